"""The menu of all kinds of blocks, grouped as in a palette, each with icon and word."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.theme import icon
from app.widgets.popups import Menu
from app.words.elements import block_word
from app.words.palette import PALETTE


def add_block_menu(parent: QWidget, chosen: Callable[[str], None]) -> Menu:
    """Return the menu; `chosen` gets the kind."""
    menu = Menu(parent)
    for number, kinds in enumerate(PALETTE):
        if number:
            menu.addSeparator()
        for kind in kinds:
            action = menu.addAction(icon(kind, parent.palette(), "muted"), block_word(kind))
            action.setData(kind)
            action.triggered.connect(lambda _=False, kind=kind: chosen(kind))
    return menu
