"""The menu of all kinds of blocks, grouped as in a palette, each with icon and word."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from app.theme import icon
from app.words.elements import block_icon, block_word

GROUPS = (
    ("heading", "text", "image", "notice", "divider"),
    (
        "form",
        "text_field",
        "long_text",
        "number_field",
        "money_field",
        "date_field",
        "time_field",
        "slider",
        "choice_field",
        "suggest_field",
        "choice_grid",
        "file_field",
        "checkbox",
    ),
    ("button", "link", "menu", "navigation", "steps"),
    ("list", "pagination", "details"),
    ("group", "columns", "tabs", "fold_out"),
)


def add_block_menu(parent: QWidget, chosen: Callable[[str], None]) -> QMenu:
    """Return the menu; `chosen` gets the kind."""
    menu = QMenu(parent)
    for number, kinds in enumerate(GROUPS):
        if number:
            menu.addSeparator()
        for kind in kinds:
            action = menu.addAction(icon(block_icon(kind), parent.palette(), "muted"), block_word(kind))
            action.setData(kind)
            action.triggered.connect(lambda _=False, kind=kind: chosen(kind))
    return menu
