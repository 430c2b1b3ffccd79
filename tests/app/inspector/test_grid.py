"""The rows of a table: typed, pasted and emptied."""

from unittest import mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.inspector.grid import RowGrid
from app.inspector.panel import InspectorPanel
from app.inspector.pasting import cells_of
from flow_models.runtime.machine.base import limits
from tests.app.inspector.conftest import BANK, flow_of, select


def test_cells_are_typed_pasted_and_emptied(panel: InspectorPanel) -> None:
    select(panel, "table", "t_topics")
    grid = panel.findChild(RowGrid)
    assert grid is not None
    grid.view.setFocus()
    grid.view.setCurrentIndex(grid.model.index(0, 1))
    QGuiApplication.clipboard().setText("What now?\tWait.\nAnd then?\tAsk.")
    QTest.keyClick(grid.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    columns = [column.id for column in BANK.tables_by_id["t_topics"].columns]
    rows = flow_of(panel).tables_by_id["t_topics"].rows
    assert [rows[number].values[columns[1]] for number in (0, 1)] == ["What now?", "And then?"]
    QTest.keyClick(grid.view, Qt.Key.Key_Delete)
    assert columns[1] not in flow_of(panel).tables_by_id["t_topics"].rows[0].values
    QTest.mouseClick(grid.add, Qt.MouseButton.LeftButton)
    assert len(flow_of(panel).tables_by_id["t_topics"].rows) == len(rows) + 1


def _typed(grid: RowGrid, words: str, key: Qt.Key) -> None:
    editor = QApplication.focusWidget()
    assert editor is not None
    assert grid.isAncestorOf(editor)
    if isinstance(editor, QLineEdit):
        QTest.keyClicks(editor, words)
    QTest.keyClick(editor, key)
    QApplication.processEvents()


def test_rows_are_typed_one_after_the_other_and_the_button_stays_under_the_pointer(panel: InspectorPanel) -> None:
    select(panel, "table", "t_topics")
    grid = panel.findChild(RowGrid)
    assert grid is not None
    before = flow_of(panel).tables_by_id["t_topics"].rows
    columns = [column.id for column in BANK.tables_by_id["t_topics"].columns]
    place = grid.add.pos()
    QTest.mouseClick(grid.add, Qt.MouseButton.LeftButton)
    for words in [f"{name} {number}" for number in (1, 2) for name in columns]:
        _typed(grid, words, Qt.Key.Key_Tab)
    assert grid.add.pos() == place
    rows = flow_of(panel).tables_by_id["t_topics"].rows
    assert rows[: len(before)] == before, "Tab after the last cell typed over the first row"
    assert [row.values.get(columns[-1]) for row in rows[len(before) :]] == [
        f"{columns[-1]} 1",
        f"{columns[-1]} 2",
        None,
    ]
    for words in ["" for _ in columns]:
        _typed(grid, words, Qt.Key.Key_Tab)
    assert len(flow_of(panel).tables_by_id["t_topics"].rows) == len(rows), "an empty row ends the list"


LONG = "x" * 200_000
PASTES = {
    "200 kB in one cell": LONG,
    "200 kB after a quote": f'"{LONG}',
    "a little too long": "x" * (limits.TEXT + 1),
    "a null character": "a\0b",
    "half a character": "a\ud800b",
    "more cells than columns": "\t".join("abcdefghijklmnopqrstuvwxyz"),
}


@pytest.mark.parametrize("text", PASTES.values(), ids=PASTES)
def test_a_paste_that_does_not_fit_says_so_and_changes_nothing_else(panel: InspectorPanel, text: str) -> None:
    select(panel, "table", "t_topics")
    grid = panel.findChild(RowGrid)
    assert grid is not None
    before = flow_of(panel).tables_by_id["t_topics"].rows
    grid.view.setCurrentIndex(grid.model.index(0, grid.model.columnCount() - 1))
    with mock.patch.object(QGuiApplication.clipboard(), "text", return_value=text):
        grid.paste_rows()
    assert not grid.note.isHidden()
    assert 0 < len(grid.note.text()) < 300
    assert text.startswith("a\tb") or flow_of(panel).tables_by_id["t_topics"].rows == before


def test_lines_of_a_paste_may_end_as_on_any_system() -> None:
    assert cells_of("a\tb\rc\td\r\ne\tf\n") == [["a", "b"], ["c", "d"], ["e", "f"]]
