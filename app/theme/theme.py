"""Puts the chosen look onto the application, and follows the system where that is the choice."""

from collections.abc import Mapping
from string import Template
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

import resources
from app.desktop.settings import Settings
from app.theme.colours import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, NAMES, Colours, palette_of
from app.theme.focus import FocusMarker

BY_MODE: Mapping[str, Colours] = MappingProxyType(
    {"light": LIGHT, "dark": DARK, "contrast_light": CONTRAST_LIGHT, "contrast_dark": CONTRAST_DARK}
)
MODES = ("system", *BY_MODE)
_SETTING = "theme"
_TEXT_SETTING = "text_step"
TEXT_STEPS = range(-2, 7)
"""Points by which the text can be smaller or larger than the system's."""


_PICTURES = {"down": "chevron_down", "up": "chevron_up", "check": "check"}


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
        self._system_points = application.font().pointSizeF()
        self._text_step = _step(settings.get(_TEXT_SETTING, "0"))
        # The one style that takes all its colours from the palette, on every system.
        application.setStyle("Fusion")
        FocusMarker(application, self)
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self._apply()

    @property
    def mode(self) -> str:
        """Return what was chosen: one of `MODES`."""
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

    @property
    def text_step(self) -> int:
        """Return by how many points the text is larger than the system's."""
        return self._text_step

    def set_text_step(self, step: int) -> None:
        """Make all text larger or smaller, within `TEXT_STEPS`, and keep that."""
        self._text_step = _step(str(step))
        self._settings.set(_TEXT_SETTING, str(self._text_step))
        self._apply()

    def _system_changed(self) -> None:
        if self._mode == "system":
            self._apply()

    def _apply(self) -> None:
        hints = self._application.styleHints()
        if self._mode == "system":
            hints.unsetColorScheme()
            is_strong = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
            colours = of_system(is_dark=hints.colorScheme() == Qt.ColorScheme.Dark, is_strong=is_strong)
        else:
            colours = BY_MODE[self._mode]
            hints.setColorScheme(Qt.ColorScheme.Dark if colours.is_dark else Qt.ColorScheme.Light)
        font = self._application.font()
        font.setPointSizeF(self._system_points + self._text_step)
        self._application.setFont(font)
        self._application.setPalette(palette_of(colours))
        self._application.setStyleSheet(style_sheet(colours, font.pointSizeF()))


def of_system(*, is_dark: bool, is_strong: bool) -> Colours:
    """Return the colours for what the system prefers."""
    return BY_MODE[("contrast_" if is_strong else "") + ("dark" if is_dark else "light")]


def _step(text: str) -> int:
    """Return a kept step of the text size, bounded; anything else counts as the system's size."""
    try:
        return min(max(int(text), TEXT_STEPS.start), TEXT_STEPS.stop - 1)
    except ValueError:
        return 0


def style_sheet(colours: Colours, points: float) -> str:
    """Return the style sheet in these colours for a text size in points."""
    return filled(
        "window", colours, {"title_points": f"{points * 2:.0f}pt", "heading_points": f"{points * 1.25:.0f}pt"}
    )


def filled(name: str, colours: Colours, sizes: Mapping[str, str]) -> str:
    """Return a shipped style sheet in these colours, with its sizes and the small pictures of fields filled in."""
    template = Template(resources.path("looks", f"{name}.qss").read_text(encoding="utf-8"))
    mode = "dark" if colours.is_dark else "light"
    pictures = {idea: resources.path("looks", f"{file}_{mode}.svg").as_posix() for idea, file in _PICTURES.items()}
    # Fields keep the cross with which they began, so one has to do in every look.
    pictures["clear"] = resources.path("looks", "clear.svg").as_posix()
    return template.substitute({part: getattr(colours, part) for part in NAMES} | pictures | dict(sizes))
