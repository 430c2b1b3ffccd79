"""Puts the chosen look onto the application, and follows the system where that is the choice."""

from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

import resources
from app.settings import Settings
from app.theme.colours import DARK, LIGHT, NAMES, Colours, palette_of

MODES = ("system", "light", "dark")
_SETTING = "theme"


class Theme(QObject):
    """The look of the application; there is one for all windows."""

    changed = Signal(str)
    """Carries the mode that was chosen."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        self._application = application
        self._settings = settings
        chosen = settings.get(_SETTING, "system")
        self._mode = chosen if chosen in MODES else "system"
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def mode(self) -> str:
        """Return what was chosen: `system`, `light` or `dark`."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Choose a look and keep the choice.

        Raises:
            ValueError: There is no such look.
        """
        if mode not in MODES:
            raise ValueError(f"no look is called {mode!r}")
        self._mode = mode
        self._settings.set(_SETTING, mode)
        self._apply()
        self.changed.emit(mode)

    def _system_changed(self) -> None:
        if self._mode == "system":
            self._apply()

    def _apply(self) -> None:
        hints = self._application.styleHints()
        if self._mode == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if self._mode == "dark" else Qt.ColorScheme.Light)
        dark = self._mode == "dark" or (self._mode == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
        colours = DARK if dark else LIGHT
        self._application.setPalette(palette_of(colours))
        self._application.setStyleSheet(style_sheet(colours))


def style_sheet(colours: Colours) -> str:
    """Return the style sheet in these colours."""
    template = Template(resources.path("looks", "window.qss").read_text(encoding="utf-8"))
    return template.substitute({name: getattr(colours, name) for name in NAMES})
