"""The menu of all kinds of blocks, grouped as in a palette, each with icon and word."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from app.elements import BLOCK_ICONS, block_word
from app.theme import icon

GROUPS = (
    ("heading", "text", "notice", "divider"),
    (
        "form",
        "text_field",
        "long_text",
        "number_field",
        "money_field",
        "date_field",
        "choice_field",
        "checkbox",
    ),
    ("button", "link", "navigation"),
    ("list", "details"),
    ("group", "columns"),
)


def add_block_menu(parent: QWidget, chosen: Callable[[str], None]) -> QMenu:
    """Return the menu; `chosen` gets the kind."""
    menu = QMenu(parent)
    for number, kinds in enumerate(GROUPS):
        if number:
            menu.addSeparator()
        for kind in kinds:
            idea = BLOCK_ICONS.get(kind, "field" if number == 1 else "block")
            action = menu.addAction(icon(idea, parent.palette(), "muted"), block_word(kind))
            action.setData(kind)
            action.triggered.connect(lambda _=False, kind=kind: chosen(kind))
    return menu
