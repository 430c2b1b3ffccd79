"""Letters of every script stay as they were typed, in every kind of text field."""

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.inspector.editors.formula import TemplateEditor
from app.inspector.editors.plain import LineEditor, NameEditor
from app.inspector.grid import RowGrid
from app.inspector.panel import InspectorPanel
from flow_models.document import storage
from flow_models.document.flow import Flow
from tests.app.inspector.conftest import BANK, flow_of, select

TABLE = next(table.id for table in BANK.tables if table.rows and any(one.type.kind == "text" for one in table.columns))

TEXTS = {
    "Chinese": "图书馆的预订",
    "Arabic": "حجز كتاب ١٢",
    "emoji": "📚👩🏽‍🔬🇨🇭",
    "combining": "Zoe\u0308 a\u0301\u0323",
    "Devanagari": "पुस्तकालय",
}


def _typed(widget: QWidget, words: str) -> None:
    """Put a text in as an input method does, in place of what stands there."""
    widget.setFocus()
    assert isinstance(widget, QLineEdit | QPlainTextEdit)
    widget.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def _cell_of_text(grid: RowGrid) -> QModelIndex:
    cells = (grid.model.index(0, column) for column in range(grid.model.columnCount()))
    return next(cell for cell in cells if grid.model.column(cell).type.kind == "text")


def _fields(panel: InspectorPanel) -> dict[type, list[QWidget]]:
    """Return the open text fields of the form that is shown, by their kinds."""
    found: dict[type, list[QWidget]] = {}
    for row in panel.rows():
        target = row.editor.target()
        is_text = isinstance(target, QLineEdit | QPlainTextEdit) and not target.isReadOnly()
        if is_text and target.isVisible() and target.isEnabled():
            found.setdefault(type(row.editor), []).append(target)
    return found


def _elements() -> list[tuple[str, str]]:
    """Return one element of each kind, and one block of each kind."""
    first = {"page": BANK.pages[0].id, "table": BANK.tables[0].id, "task": BANK.tasks[0].id}
    blocks = {part.kind: block for page in BANK.pages for block, part in page.blocks_by_id.items()}
    return [*first.items(), ("transition", BANK.transitions[0].id), *(("block", block) for block in blocks.values())]


def _holds(flow: Flow, words: str) -> bool:
    return words in storage.dumps(flow)


def test_every_script_is_kept_in_every_kind_of_text_field(panel: InspectorPanel) -> None:
    done: set[type] = set()
    for kind, element_id in _elements():
        select(panel, kind, element_id)
        for editor, fields in _fields(panel).items():
            # Names in formulas are letters of English only, and the field says so.
            if editor in done or issubclass(editor, NameEditor):
                continue
            done.add(editor)
            for words in TEXTS.values():
                _typed(fields[0], words)
                panel.setFocus()
                assert _holds(flow_of(panel), words), f"{words!r} in {editor.__name__} of {kind} {element_id}"
    assert {LineEditor, TemplateEditor} <= done, done


@pytest.mark.parametrize("script", TEXTS)
def test_every_script_is_kept_in_the_cells_of_a_table(panel: InspectorPanel, script: str) -> None:
    select(panel, "table", TABLE)
    grid = panel.findChild(RowGrid)
    assert grid is not None
    at = _cell_of_text(grid)
    grid.view.setCurrentIndex(at)
    grid.view.edit(at)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    _typed(editor, TEXTS[script])
    grid.view.setFocus()
    assert TEXTS[script] in flow_of(panel).tables_by_id[TABLE].rows[0].values.values()
