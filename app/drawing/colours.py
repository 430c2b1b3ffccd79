"""The colours of what is drawn, read from the palette of the widget that shows it."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette

from app.theme.colours import Colours, colours_of


@dataclass(frozen=True, slots=True)
class Ink:
    """What the canvas and small pictures are painted with, by meaning."""

    is_dark: bool
    paper: QColor
    dots: QColor
    card: QColor
    card_edge: QColor
    field: QColor
    field_edge: QColor
    text: QColor
    muted: QColor
    bar: QColor
    arrow: QColor
    accent: QColor
    on_accent: QColor
    halo: QColor
    playing: QColor
    danger: QColor
    error: QColor
    warning: QColor
    hint: QColor
    notices: tuple[QColor, QColor, QColor, QColor]
    """Grounds of notices: info, success, warning, error."""

    def severity(self, severity: str) -> QColor:
        """Return the colour of a problem's severity."""
        return {"error": self.error, "warning": self.warning, "note": self.muted}.get(severity, self.hint)

    def notice(self, tone: str) -> QColor:
        """Return the ground of a notice."""
        tones = ("info", "success", "warning", "error")
        return self.notices[tones.index(tone)] if tone in tones else self.notices[0]

    def section(self, colour: str) -> QColor:
        """Return a section's colour as it is seen on this ground: lighter on a dark one, darker on a light one."""
        return QColor(_section(colour or self.arrow.name(), self.is_dark))


def ink_of(palette: QPalette) -> Ink:
    """Return the colours that belong to a widget's palette."""
    return _ink(colours_of(palette))


@lru_cache(maxsize=256)
def _section(colour: str, is_dark: bool) -> QColor:
    own = QColor(colour)
    lightness = max(own.lightnessF(), 0.66) if is_dark else min(own.lightnessF(), 0.42)
    return QColor.fromHslF(max(own.hslHueF(), 0.0), own.hslSaturationF(), lightness)


@lru_cache(maxsize=4)
def _ink(colours: Colours) -> Ink:
    colour = colours.colour
    is_dark = colours.is_dark
    line = colour("outline") if colours.is_strong else None
    return Ink(
        is_dark=is_dark,
        paper=colour("canvas"),
        dots=colour("grid"),
        card=colour("base"),
        card_edge=line or QColor("#4b5363" if is_dark else "#b9c2ce"),
        field=QColor("#2a2f3a") if is_dark else QColor("#f7f9fb"),
        field_edge=line or QColor("#555e6f" if is_dark else "#c4ccd6"),
        text=colour("text"),
        muted=colour("muted"),
        bar=QColor("#404858") if is_dark else QColor("#dbe1e9"),
        arrow=line or QColor("#7f8a9d" if is_dark else "#7d8899"),
        accent=colour("accent"),
        on_accent=colour("on_accent"),
        halo=colour("accent"),
        playing=colour("playing"),
        danger=QColor("#d2685f") if is_dark else QColor("#b3372f"),
        error=colour("error"),
        warning=colour("warning"),
        hint=colour("hint"),
        notices=(colour("hint_ground"), colour("success_ground"), colour("warning_ground"), colour("error_ground")),
    )
