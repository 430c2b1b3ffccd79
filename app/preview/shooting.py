"""Pictures of a page in many variants, taken one after the other by a browser that is never on the screen.

The window goes on meanwhile: each picture takes about a tenth of a second, most of it in Chromium's own processes.
Import this module late: Qt WebEngine takes a third of a second to load.
"""

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtWebEngineCore import QWebEngineProfile, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView

from app.preview.browser import SitePage
from app.preview.play import Picture
from app.preview.showing import Showing
from flow_models.runtime.machine import FormulaFaultError, MachineError
from flow_models.runtime.machine.base.variant import Variant
from flow_models.runtime.site.server import SiteServer, first_address
from flow_models.runtime.site.site import Site
from flow_models.runtime.site.web import Session

SHEET_SIZE = QSize(1120, 784)
"""CSS pixels of a page on the sheet: wide enough for a navigation at the side."""

SETTLE_MS = 40
"""How long a painted page takes to reach the view."""

PATIENCE_MS = 4000
"""A page that has not been painted by then is taken as it is."""

MOST_TRIES = 10
"""A picture that equals the last one so often is taken as it is: the variants look alike."""

_PAINTED = "painted"
# Two frames: a page is laid out in the first one, and painted only after it. A change of the title is told at once.
_TELL = f"requestAnimationFrame(() => requestAnimationFrame(() => {{ document.title = '{_PAINTED} %s'; }}))"


class Shooter(QObject):
    """Takes pictures of a page in one variant after the other."""

    taken = Signal(int, object)
    """Carries the number of the variant and its picture, a `QPixmap`."""

    def __init__(self, server: SiteServer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._session: Session | None = None
        self._origin = ""
        self._showing: Showing | None = None
        self._waiting: list[tuple[int, Variant]] = []
        self._now: tuple[Showing | None, int] = (None, 0)
        self._shot = 0
        self._tries = 0
        self._last = QImage()
        self._is_busy = False
        self.view = QWebEngineView()
        # Shown all the same: a view that is hidden paints nothing.
        self.view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._profile = QWebEngineProfile(self)
        self.page = SitePage(self._profile, self.view)
        self.view.setPage(self.page)
        self.page.settings().setAttribute(QWebEngineSettings.WebAttribute.ShowScrollBars, False)
        self.view.resize(SHEET_SIZE)
        self.page.loadFinished.connect(self._loaded)
        self.page.titleChanged.connect(self._titled)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._take)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._take)

    def shoot(self, showing: Showing, variants: Sequence[Variant]) -> None:
        """Take pictures of a page in some variants; what was under way is given up."""
        self._showing = showing
        self._waiting = list(enumerate(variants))
        if not self.view.isVisible():
            self.view.show()
        if not self._is_busy:
            self._next()

    def shut_down(self) -> None:
        """Delete the page, the view and the profile, in this order."""
        self._waiting.clear()
        self._settling.stop()
        self._patience.stop()
        self.page.loadFinished.disconnect(self._loaded)
        self.page.titleChanged.disconnect(self._titled)
        self.view.hide()
        # At once and in this order, as the preview's browser: Chromium crashes at exit otherwise.
        for part in (self.page, self.view, self._profile):
            shiboken6.delete(part)
        if self._origin:
            self._server.remove(self._origin)

    def _next(self) -> None:
        """Load the next variant; one at a time, so that a picture is never that of another."""
        showing = self._showing
        while showing is not None and self._waiting:
            number, variant = self._waiting.pop(0)
            try:
                start, state = showing.begun(variant)
            except (MachineError, KeyError, FormulaFaultError):
                continue
            self._is_busy = True
            self._now = (showing, number)
            self._shot += 1
            self._tries = 0
            self._load(Picture(showing.machine, start, state), showing.site.dressed(variant))
            return
        self._is_busy = False

    def _load(self, picture: Picture, site: Site) -> None:
        """Let the browser load a page in a variant."""
        if self._session is None:
            self._session = Session(picture, site)
            self._origin = self.page.origin = self._server.add(self._session)
        else:
            with self._session.lock:
                self._session.visit, self._session.site = picture, site
        self._patience.start()
        self.page.setUrl(QUrl(first_address(self._origin)))

    def _loaded(self, _good: bool) -> None:
        self.page.runJavaScript(_TELL % self._shot)

    def _titled(self, title: str) -> None:
        if title == f"{_PAINTED} {self._shot}" and self._is_busy:
            self._settling.start()

    def _take(self) -> None:
        """Take the picture; one that equals the last is most often still that of the last, and is taken again."""
        picture = self.view.grab()
        image = picture.toImage()
        self._tries += 1
        if image == self._last and self._tries < MOST_TRIES:
            self._settling.start()
            return
        self._settling.stop()
        self._patience.stop()
        self._last = image
        showing, number = self._now
        if showing is self._showing:
            self.taken.emit(number, picture)
        self._next()
