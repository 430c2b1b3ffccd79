"""The embedded browser: one view, off the record, that shows the site of the preview and nothing else.

Import this module late: Qt WebEngine takes a third of a second to load.
"""

import json

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineScript, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

import resources
from app.preview.widths import FIRST, SITE_WIDTHS
from app.theme import colours_of
from flow_models.runtime.site.server import first_address

SMALLEST = 0.25
"""Chromium shows pages no smaller."""

_INERT = "preview-inert"
_SWALLOWED = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
    }
)


class SitePage(QWebEnginePage):
    """A page that stays on the site: no other address, no window of its own, no question that blocks."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self.origin = ""

    def acceptNavigationRequest(self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main: bool) -> bool:
        """Let the site's own addresses pass."""
        del kind, is_main
        return QUrl(url).toString().startswith(f"{self.origin}/")

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        """Open what wants a new window in this one."""
        del kind
        return self

    def javaScriptAlert(self, origin: QUrl | str, message: str) -> None:
        """Show no dialog that would block."""
        del origin, message

    def javaScriptConfirm(self, origin: QUrl | str, message: str) -> bool:
        """Answer no."""
        del origin, message
        return False


class Browser(QWidget):
    """The view with its page and profile, which are deleted in the order that Chromium needs."""

    loaded = Signal()
    """The page that was asked for is shown."""
    touched = Signal()
    """Somebody clicked into a picture, which does nothing."""
    lost = Signal()
    """Chromium's process for the page has ended; the next page that is asked for starts another one."""

    def __init__(self, parent: QWidget | None = None, site_width: int = SITE_WIDTHS[FIRST]) -> None:
        super().__init__(parent)
        self._site_width = site_width
        self._is_picture = True
        self._is_loading = False
        self._loads_again = False
        self._shown_page = ""
        self.view = QWebEngineView(self)
        # Made behind the view, so that Qt deletes it behind the view's page: another order crashes at exit.
        self._profile = QWebEngineProfile(self)
        self.page = SitePage(self._profile, self.view)
        self.page.setBackgroundColor(self.palette().color(self.palette().ColorRole.Base))
        self.view.setPage(self.page)
        # What is dragged here comes to the stage around it, never into the page.
        self.view.setAcceptDrops(False)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAccessibleName(resources.text("preview.page"))
        self.setFocusProxy(self.view)
        settings = self.page.settings()
        for name in ("PluginsEnabled", "PdfViewerEnabled", "JavascriptCanOpenWindows", "HyperlinkAuditingEnabled"):
            settings.setAttribute(getattr(QWebEngineSettings.WebAttribute, name), False)
        self.page.loadStarted.connect(self._begun)
        self.page.loadFinished.connect(self._finished)
        self.page.renderProcessTerminated.connect(self._lose)

    @property
    def is_loading(self) -> bool:
        """Whether a page has been asked for that is not there yet."""
        return self._is_loading

    def show_site(self, origin: str, page: str, *, is_picture: bool) -> None:
        """Load what the site shows now.

        Args:
            origin: Where the server has the session.
            page: What tells pages apart; the place to which one has scrolled is kept on the same one.
            is_picture: Whether using the page does nothing.
        """
        self._make_picture(is_picture)
        is_same = page == self._shown_page and self.page.origin == origin
        self._shown_page = page
        # A load that is broken off is reported as finished as well; nobody could tell which one of the two is meant.
        if self._is_loading:
            self._loads_again = True
            return
        self._is_loading = True
        self.page.origin = origin
        # Reloading keeps the place to which the page was scrolled, an address of its own begins at the top.
        if is_same:
            self.page.triggerAction(QWebEnginePage.WebAction.Reload)
        else:
            self.page.setUrl(QUrl(first_address(origin)))

    def point_at(self, name: str) -> None:
        """Put a frame around a control of the page, until the next page comes."""
        colour = colours_of(self.palette()).playing
        chosen = json.dumps(f'[name="{name}"], [data-go="{name}"], [value="{name}"]')
        self.page.runJavaScript(
            f"(() => {{ let e = document.querySelector({chosen}); if (!e) return; if (e.tagName === 'OPTION')"
            " e = e.closest('select'); e.scrollIntoView({block: 'nearest'});"
            f" e.style.outline = '3px solid {colour}'; e.style.outlineOffset = '3px'; }})()"
        )

    def note_shown(self, page: str) -> None:
        """Take note that the browser came to a page by itself."""
        self._shown_page = page

    def shut_down(self) -> None:
        """Delete the page, the view and the profile, in this order."""
        self.page.loadFinished.disconnect(self._finished)
        self.page.renderProcessTerminated.disconnect(self._lose)
        self.hide()
        # At once: what is only left to Qt's event loop is still there when the program ends, in whatever order.
        for part in (self.page, self.view, self._profile):
            shiboken6.delete(part)

    def _make_picture(self, is_picture: bool) -> None:
        if is_picture == self._is_picture and self.page.origin:
            return
        self._is_picture = is_picture
        scripts = self.page.scripts()
        for script in scripts.find(_INERT):
            scripts.remove(script)
        if is_picture:
            script = QWebEngineScript()
            script.setName(_INERT)
            script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentReady)
            # Beside the page's own scripts, which see nothing of it.
            script.setWorldId(QWebEngineScript.ScriptWorldId.ApplicationWorld)
            script.setSourceCode("document.body.inert = true")
            scripts.insert(script)

    def _begun(self) -> None:
        self._is_loading = True

    def _finished(self, _good: bool) -> None:
        self._is_loading = False
        # Chromium paints into a widget of its own, which it exchanges when it likes: only that one gets the events.
        target = self.view.focusProxy()
        if target is not None:
            target.removeEventFilter(self)
            target.installEventFilter(self)
        if self._loads_again:
            self._loads_again = False
            self._is_loading = True
            self.page.setUrl(QUrl(first_address(self.page.origin)))
            return
        self.loaded.emit()

    def _lose(self) -> None:
        self._is_loading = self._loads_again = False
        self._shown_page = ""
        self.lost.emit()

    def set_site_width(self, width: int) -> None:
        """Show pages as wide as this, in CSS pixels."""
        self._site_width = width
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the page smaller where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the page its width: what is left over lies on both sides, what is missing makes it smaller."""
        width = min(self.width(), self._site_width)
        self.view.setGeometry((self.width() - width) // 2, 0, width, self.height())
        self.view.setZoomFactor(max(SMALLEST, width / self._site_width))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep clicks from a picture, and say that it is one."""
        if self._is_picture and event.type() in _SWALLOWED:
            if event.type() == QEvent.Type.MouseButtonPress:
                self.touched.emit()
            return True
        return super().eventFilter(watched, event)
