"""Icons as fixed pictures: a font icon asked to paint into no space at all, as in a squeezed box, writes warnings.

A form has hundreds of them, so what was painted once comes from Qt's own cache.
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPalette, QPixmap, QPixmapCache

from app.theme import colours_of, icon

SIDE = 16


def picture(idea: str, palette: QPalette, colour: str = "muted") -> QIcon:
    """Return the icon of an idea at its usual size, sharp up to three times that density."""
    fixed = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
            fixed.addPixmap(_painted(idea, palette, colour, ratio, mode), mode)
        fixed.addPixmap(_painted(idea, palette, "on_selection", ratio, QIcon.Mode.Normal), QIcon.Mode.Selected)
    return fixed


def _painted(idea: str, palette: QPalette, colour: str, ratio: float, mode: QIcon.Mode) -> QPixmap:
    """Return an icon in one density and mode, painted when it is first asked for in these colours."""
    colours = colours_of(palette)
    key = f"picture {idea} {getattr(colours, colour)} {colours.outline} {ratio} {mode.name}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = icon(idea, palette, colour).pixmap(QSize(SIDE, SIDE), ratio, mode)
        QPixmapCache.insert(key, found)
    return found
