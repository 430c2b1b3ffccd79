"""The place of the page: words until there is one, then the browser, which is made when it is first needed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QStackedLayout, QWidget

import resources
from app.preview.snapshot import Snapshot

if TYPE_CHECKING:
    from app.preview.browser import Browser

LEAST_HEIGHT = 180
"""Pixels that the page has, whatever stands above it."""

LOST_MS = 10_000
"""A browser that stops twice within this time is not asked for the same page a third time."""


class Stage(QWidget):
    """Shows what the site shows."""

    painted = Signal()
    """The browser has painted the page that was asked for."""
    touched = Signal()
    """Somebody clicked into a picture, which does nothing."""
    lost = Signal()
    """The browser has stopped and begins again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.browser: Browser | None = None
        self._is_shut = False
        self._site_width = 0
        self._shown: tuple[str, Snapshot] | None = None
        self._lost = QElapsedTimer()
        self.hint = QLabel(resources.text("preview.hint.none"), alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.hint.setProperty("role", "muted")
        self.hint.setMargin(16)
        self.setMinimumHeight(LEAST_HEIGHT)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.hint)

    def show_snapshot(self, origin: str, snapshot: Snapshot) -> None:
        """Let the browser show what the site shows, unless it has asked for that itself."""
        self._shown = origin, snapshot
        if not self.isVisible() or self._is_shut:
            return
        browser = self._made_browser()
        if browser is None:
            return
        if snapshot.is_answered:
            browser.note_shown(snapshot.page)
        else:
            browser.show_site(origin, snapshot.page, is_picture=snapshot.mode == "page")

    def load_again(self, origin: str, snapshot: Snapshot) -> None:
        """Load what was not loaded while nobody saw it."""
        self._shown = origin, snapshot
        browser = None if self._is_shut else self._made_browser()
        if browser is not None:
            browser.show_site(origin, snapshot.page, is_picture=snapshot.mode == "page")

    def show_hint(self, message_id: str) -> None:
        """Show words in the place of a page."""
        self.hint.setText(resources.text(message_id))
        self._stack.setCurrentWidget(self.hint)

    def set_site_width(self, width: int) -> None:
        """Show pages as wide as this, in CSS pixels."""
        self._site_width = width
        if self.browser is not None:
            self.browser.set_site_width(width)

    def take_keyboard(self) -> None:
        """Put the keyboard into the page, if there is one."""
        if self.browser is not None:
            self.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, name: str) -> None:
        """Mark the control of the page that has a name."""
        if name and self.browser is not None:
            self.browser.point_at(name)

    def shut_down(self) -> None:
        """End the browser; nothing is shown afterwards."""
        self._is_shut = True
        if self.browser is not None:
            self.browser.shut_down()
            self.browser = None

    def _made_browser(self) -> "Browser | None":
        """Return the browser; none where the system lacks what Qt WebEngine needs, which is then said."""
        if self.browser is None:
            # Loaded here: Qt WebEngine takes a third of a second.
            try:
                from app.preview.browser import Browser
            except ImportError:
                self.show_hint("preview.hint.no_browser")
                return None

            self.hint.setText(resources.text("preview.hint.loading"))
            was_active, focus = self.window().isActiveWindow(), QApplication.focusWidget()
            self.browser = Browser(self)
            if self._site_width:
                self.browser.set_site_width(self._site_width)
            self.browser.loaded.connect(self._painted)
            self.browser.touched.connect(self.touched)
            self.browser.lost.connect(self._begin_again)
            self._stack.addWidget(self.browser)
            self._stack.setCurrentWidget(self.browser)
            if was_active:
                # The first web view makes Qt create the window anew, which loses the keyboard.
                self.window().activateWindow()
                if focus is not None:
                    focus.setFocus()
        return self.browser

    def _begin_again(self) -> None:
        """Show the page again after the browser stopped; a page that stops it again and again stays away."""
        is_first = not self._lost.isValid() or self._lost.elapsed() > LOST_MS
        self._lost.start()
        self.lost.emit()
        if self._shown is None or not is_first:
            self.show_hint("preview.hint.lost_again")
        else:
            self.load_again(*self._shown)

    def _painted(self) -> None:
        if self.browser is not None:
            self._stack.setCurrentWidget(self.browser)
            self.painted.emit()
