"""The outline in a narrow window: names have the room, kinds are told by icons, tips and screen readers."""

import pytest
from PySide6.QtCore import Qt

from app.outline.model import KIND, NAME
from app.window.main_window import MainWindow


@pytest.mark.parametrize(("width", "has_kinds"), [(214, False), (420, True)])
def test_names_have_the_room_where_there_is_little(window: MainWindow, width: int, has_kinds: bool) -> None:
    tree = window.panels["outline"].tree  # type: ignore[attr-defined]  # panels are widgets to the window
    window.panels["outline"].resize(width, 500)
    assert tree.isColumnHidden(KIND) is not has_kinds
    index = tree.model().index(0, NAME)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert tree.model().index(0, KIND).data() in index.data(role)
