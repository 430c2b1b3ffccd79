"""The rows of a table: typed, pasted and emptied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.inspector.grid import RowGrid
from app.inspector.panel import InspectorPanel
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
