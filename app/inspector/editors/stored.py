"""Editors of stored values: a line, or a drop-down where the values are known; and a list of them, one a line."""

from PySide6.QtWidgets import QWidget

import resources
from app.inspector.editors.base import FieldEditor, Picker, PlainLine, index_of
from app.inspector.editors.plain import LinesEditor
from app.inspector.nodes import Row, Stored, StoredMany
from app.inspector.shared import Shared
from app.inspector.stored import UnfitError, parsed, rows_of, shown
from flow_models.document.base import Literal_, ValueType

LISTED = frozenset({"boolean", "choice", "row"})
"""Types whose values are picked from a list."""


class StoredEditor(FieldEditor):
    """One stored value."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self.line = PlainLine(parent=self)
        self.box = Picker(parent=self)
        self.column.addWidget(self.line)
        self.column.addWidget(self.box)
        self._values: list[Literal_] = []
        self._value: Literal_ = None
        self.line.textEdited.connect(self._typed)
        self.line.left.connect(self.settled)
        self.line.returnPressed.connect(self.settled)
        self.box.chosen.connect(self._picked)

    def follow(self) -> None:
        """Take what the description says."""
        kind = self._kind()
        is_listed = kind.kind in LISTED
        self.box.setVisible(is_listed)
        self.line.setVisible(not is_listed)
        self.line.setPlaceholderText(resources.text(f"inspector.value.example_{kind.kind}") if not is_listed else "")
        options = value_options(self.shared, kind) if is_listed else []
        if [value for value, _ in options] != self._values or self.box.count() != len(options):
            self._values = [value for value, _ in options]
            self.box.clear()
            self.box.addItems([label for _, label in options])
        self._show()

    def show_value(self, value: object) -> None:
        """Show a value."""
        self._value = value if isinstance(value, str | int | bool) else None
        self._show()

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.box if self._kind().kind in LISTED else self.line

    def _show(self) -> None:
        kind = self._kind()
        if kind.kind in LISTED:
            self.box.setCurrentIndex(index_of(self._value, self._values))
        elif not self.line.hasFocus() or self.line.text() == "":
            self.line.show_text(shown(self.shared.flow, self._value, kind))

    def _kind(self) -> ValueType:
        return self.row.editor.type if isinstance(self.row.editor, Stored) else ValueType()

    def _typed(self, text: str) -> None:
        try:
            value = parsed(self.shared.flow, text, self._kind())
        except UnfitError as error:
            self.refused.emit("error", str(error))
            return
        self._value = value
        self.tell(value)

    def _picked(self, index: int) -> None:
        self._value = self._values[index]
        self.tell(self._value)
        self.settled.emit()


class StoredManyEditor(LinesEditor):
    """Several stored values, one a line."""

    def _kind(self) -> ValueType:
        return self.row.editor.type if isinstance(self.row.editor, StoredMany) else ValueType()

    def _text(self, value: object) -> str:
        values = value if isinstance(value, tuple) else ()
        return "\n".join(shown(self.shared.flow, part, self._kind()) for part in values)

    def _typed(self) -> None:
        lines = [line for line in self.area.lines() if line.strip()]
        try:
            values = tuple(parsed(self.shared.flow, line.strip(), self._kind()) for line in lines)
        except UnfitError as error:
            self.refused.emit("error", str(error))
            return
        self.tell(values)


def value_options(shared: Shared, kind: ValueType) -> list[tuple[Literal_, str]]:
    """Return the values that can be picked for a type, the empty one first."""
    empty: tuple[Literal_, str] = (None, resources.text("inspector.value.empty"))
    match kind.kind:
        case "boolean":
            yes, no = resources.text("inspector.value.yes"), resources.text("inspector.value.no")
            return [empty, (True, yes), (False, no)]
        case "choice":
            return [empty, *((choice, choice) for choice in kind.choices)]
        case _:
            return [empty, *rows_of(shared.flow, kind.table)]
