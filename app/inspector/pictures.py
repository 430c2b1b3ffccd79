"""Icons as fixed pictures: a font icon asked to paint into no space at all, as in a squeezed box, writes warnings."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPalette

from app.theme import icon

SIDE = 16


def picture(idea: str, palette: QPalette, colour: str = "muted") -> QIcon:
    """Return the icon of an idea at its usual size, sharp up to three times that density."""
    drawn = icon(idea, palette, colour)
    fixed = QIcon()
    chosen = icon(idea, palette, "on_selection")
    for ratio in (1.0, 2.0, 3.0):
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
            fixed.addPixmap(drawn.pixmap(QSize(SIDE, SIDE), ratio, mode), mode)
        fixed.addPixmap(chosen.pixmap(QSize(SIDE, SIDE), ratio), QIcon.Mode.Selected)
    return fixed
