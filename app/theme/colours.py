"""The colours of the window by what they mean: in light and in dark, each also in high contrast.

Texts on their grounds reach a contrast of 4.5 (7 in high contrast), marks and borders of fields 3 (WCAG 2.2); a test
measures them.
"""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours as `#rrggbb`; `colour` gives them as Qt's."""

    window: str
    """Behind the panels."""
    base: str
    """Behind lists and fields."""
    raised: str
    """Headers, hovered rows, cards."""
    text: str
    muted: str
    """Text that matters less; still readable."""
    border: str
    """Lines between parts."""
    outline: str
    """The edge of a field or button, which one must see to find it."""
    accent: str
    """Links, the focus ring, what is chosen."""
    on_accent: str
    selection: str
    """Behind selected rows."""
    on_selection: str
    error: str
    warning: str
    hint: str
    success: str
    playing: str
    """The page where an episode is."""
    canvas: str
    """Behind the cards."""
    grid: str
    """Dots on the canvas."""
    error_ground: str
    warning_ground: str
    hint_ground: str
    success_ground: str

    @property
    def note(self) -> str:
        """What is said without any need to do something."""
        return self.muted

    @property
    def is_dark(self) -> bool:
        """Whether texts are lighter than their ground."""
        return QColor(self.window).lightness() < 128

    @property
    def is_strong(self) -> bool:
        """Whether these are colours of high contrast: every line is seen."""
        return contrast(self.border, self.base) >= 3

    def colour(self, name: str) -> QColor:
        """Return one colour as Qt's."""
        return QColor(getattr(self, name))


LIGHT = Colours(
    window="#f3f4f7",
    base="#ffffff",
    raised="#e9ecf1",
    text="#1b2230",
    muted="#566074",
    border="#d3d8e0",
    outline="#7c869a",
    accent="#2855c5",
    on_accent="#ffffff",
    selection="#d9e4ff",
    on_selection="#10214d",
    error="#b3261e",
    warning="#8a5200",
    hint="#1a6396",
    success="#1c6b3f",
    playing="#6b3fc0",
    canvas="#eceff4",
    grid="#ccd2dc",
    error_ground="#fdecea",
    warning_ground="#fff3df",
    hint_ground="#e6f1fa",
    success_ground="#e5f5ec",
)

DARK = Colours(
    window="#1b1e25",
    base="#22262f",
    raised="#2d323d",
    text="#e7eaf0",
    muted="#a7b0c0",
    border="#3a404d",
    outline="#7a8497",
    accent="#8fb0ff",
    on_accent="#0f1a38",
    selection="#33477d",
    on_selection="#f2f5ff",
    error="#ff9c94",
    warning="#f3c26b",
    hint="#8cc6f2",
    success="#7fd7a4",
    playing="#c3a6ff",
    canvas="#16191f",
    grid="#2f3541",
    error_ground="#43262a",
    warning_ground="#41351f",
    hint_ground="#203447",
    success_ground="#1f3a2c",
)

CONTRAST_LIGHT = Colours(
    window="#ffffff",
    base="#ffffff",
    raised="#ececec",
    text="#000000",
    muted="#262626",
    border="#595959",
    outline="#4a4a4a",
    accent="#0a2a9c",
    on_accent="#ffffff",
    selection="#ffe27a",
    on_selection="#000000",
    error="#8a0000",
    warning="#573600",
    hint="#003c69",
    success="#0a4a24",
    playing="#46189a",
    canvas="#ffffff",
    grid="#8a8a8a",
    error_ground="#fff0ee",
    warning_ground="#fff6e0",
    hint_ground="#ecf6ff",
    success_ground="#eafaf0",
)

CONTRAST_DARK = Colours(
    window="#000000",
    base="#000000",
    raised="#242424",
    text="#ffffff",
    muted="#e4e4e4",
    border="#9c9c9c",
    outline="#c4c4c4",
    accent="#7fd8ff",
    on_accent="#000000",
    selection="#1c3d8f",
    on_selection="#ffffff",
    error="#ffb8b2",
    warning="#ffd75e",
    hint="#a6deff",
    success="#8ff0b8",
    playing="#dcc8ff",
    canvas="#000000",
    grid="#6a6a6a",
    error_ground="#3a0d0d",
    warning_ground="#332600",
    hint_ground="#06263d",
    success_ground="#0a2e18",
)

ALL = (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)

NAMES = tuple(field.name for field in fields(Colours))


def colours_of(palette: QPalette) -> Colours:
    """Return the colours that belong to a widget's palette.

    The links tell, because style sheets change every other role of the widgets that they dress: a see-through scroll
    area has a black ground. A palette that is none of ours goes by its ground.
    """
    link = palette.color(QPalette.ColorRole.Link).name()
    for colours in ALL:
        if link == colours.accent:
            return colours
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def palette_of(colours: Colours) -> QPalette:
    """Return Qt's palette in these colours."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for target, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "base"),
        (role.AlternateBase, "window"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "on_accent"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "on_selection"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.Accent, "accent"),
        (role.Light, "raised"),
        (role.Midlight, "raised"),
        (role.Mid, "border"),
        (role.Dark, "outline"),
    ):
        palette.setColor(target, colours.colour(name))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, target, colours.colour("outline"))
    return palette


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (black on white), as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
