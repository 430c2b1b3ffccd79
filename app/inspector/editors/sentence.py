"""Conditions as sentences: rows of left, comparison and right, and groups of rows, joined by ALL or ANY."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

import resources
from app.inspector.building import ANYTHING, NO, Ground, first_row, fitted, tests_of, wanted_of
from app.inspector.editors.base import Picker
from app.inspector.editors.of_table import WhereEdit
from app.inspector.editors.operand import small_button
from app.inspector.editors.operands import OperandEdit
from app.widgets.order import first_in, hide_part
from flow_models.document.wording import comparison_words
from flow_models.formulas.sentences import YES, Group, Operand, Row, Sentence


class RowEdit(QFrame):
    """One comparison."""

    changed = Signal(object)
    """Carries a `Row`."""
    removed = Signal()
    formula_asked = Signal()

    def __init__(self, depth: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "condition")
        self.left, self.right = (OperandEdit(depth, SentenceEdit, "", self) for _ in range(2))
        self.comparison = Picker(resources.text("inspector.row.comparison"), self)
        self.negated = QPushButton(resources.text("inspector.row.negated"), self)
        self.negated.setToolTip(resources.text("inspector.row.negated_tip"))
        self.remove = small_button("close", resources.text("inspector.row.remove"), self)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        for line in (top, bottom):
            line.setSpacing(4)
        top.addWidget(self.negated)
        top.addWidget(self.left, 1)
        top.addWidget(self.remove)
        top.setAlignment(self.remove, Qt.AlignmentFlag.AlignTop)
        bottom.addWidget(self.comparison, 2)
        bottom.addWidget(self.right, 3)
        bottom.setAlignment(self.comparison, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 4, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addLayout(bottom)
        self._row: Row | None = None
        self._ground: Ground | None = None
        self._tests: list[str] = []
        self.left.changed.connect(self._left_changed)
        self.right.changed.connect(lambda operand: self._tell(right=operand))
        self.comparison.chosen.connect(self._compared)
        self.negated.clicked.connect(self._affirm)
        self.remove.clicked.connect(self.removed)
        for operand in (self.left, self.right):
            operand.formula_asked.connect(self.formula_asked)

    def show_row(self, row: Row, ground: Ground) -> None:
        """Show a comparison."""
        self._row, self._ground = row, ground
        self.left.show_operand(row.left, ground, ANYTHING)
        tests = tests_of(row)
        if tests != self._tests:
            self._tests = tests
            self.comparison.clear()
            self.comparison.addItems([comparison_words(test, row.left.kind) for test in tests])
        is_plain_yes = row.comparison == YES
        self.comparison.setCurrentIndex(tests.index(NO if is_plain_yes and row.is_negated else row.comparison))
        self.negated.setVisible(row.is_negated and not is_plain_yes)
        self.right.setVisible(row.right is not None)
        if row.right is not None:
            self.right.show_operand(row.right, ground, wanted_of(row, ground))

    def _left_changed(self, left: Operand) -> None:
        if self._row is not None and self._ground is not None:
            self.changed.emit(fitted(replace(self._row, left=left), self._ground))

    def _affirm(self) -> None:
        if self._row is not None:
            self.changed.emit(replace(self._row, is_negated=False))

    def _compared(self, index: int) -> None:
        if self._row is None or self._ground is None:
            return
        test = self._tests[index]
        if test in (YES, NO):
            self.changed.emit(Row(self._row.left, YES, None, test == NO))
            return
        is_negated = self._row.is_negated and self._row.comparison != YES
        self.changed.emit(fitted(Row(self._row.left, test, self._row.right, is_negated), self._ground))

    def _tell(self, right: Operand) -> None:
        if self._row is not None:
            self.changed.emit(replace(self._row, right=right))


class SentenceEdit(WhereEdit):
    """Comparisons joined by ALL or ANY, with groups of them one level deep."""

    def __init__(self, depth: int, lead: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._depth = depth
        self.lead = QLabel(lead, self)
        self.lead.setProperty("role", "muted")
        self.lead.setVisible(bool(lead))
        self.join = Picker(resources.text("inspector.join.how"), self)
        self.join.addItems([resources.text("inspector.join.all"), resources.text("inspector.join.any")])
        self.add = QPushButton(resources.text("inspector.row.add"), self)
        self.add.setProperty("role", "quiet")
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.lead)
        top.addWidget(self.join, 1)
        foot.addWidget(self.add)
        foot.addStretch(1)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addLayout(self._parts)
        layout.addLayout(foot)
        self._widgets: list[RowEdit | GroupEdit] = []
        self._sentence = Sentence()
        self._ground: Ground | None = None
        self.join.chosen.connect(self._joined)
        self.add.clicked.connect(self._add)

    def show_sentence(self, sentence: Sentence, ground: Ground) -> None:
        """Show a condition; the widgets of its rows stay where the rows do."""
        self._sentence, self._ground = sentence, ground
        self.join.setVisible(len(sentence.parts) > 1)
        self.lead.setVisible(bool(self.lead.text()) and bool(sentence.parts))
        self.join.setCurrentIndex(0 if sentence.join == "all" else 1)
        for index, part in enumerate(sentence.parts):
            self._show_part(index, part, ground)
        while len(self._widgets) > len(sentence.parts):
            self._discard(self._widgets.pop(), len(self._widgets))

    def _show_part(self, index: int, part: Row | Group, ground: Ground) -> None:
        """Show one part in the widget at its place, or in a new one if that is of the other sort."""
        unfit = None
        widget = self._widgets[index] if index < len(self._widgets) else None
        if widget is None or isinstance(widget, RowEdit) != isinstance(part, Row):
            unfit, widget = widget, self._made(part, index)
        if isinstance(widget, RowEdit) and isinstance(part, Row):
            widget.show_row(part, ground)
        elif isinstance(widget, GroupEdit) and isinstance(part, Group):
            widget.show_group(part, ground)
        if unfit is not None:
            self._discard(unfit, index)

    def first_target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return first_in(self._widgets[0]) if self._widgets else self.add

    def _made(self, part: Row | Group, index: int) -> "RowEdit | GroupEdit":
        """Return a new widget for a part, before the one that does not fit."""
        widget: RowEdit | GroupEdit = (
            RowEdit(self._depth, self) if isinstance(part, Row) else GroupEdit(self._depth, self)
        )
        self._widgets[index : index + 1] = [widget]
        self._parts.insertWidget(index, widget)
        # Qt shows what it was given when it comes to it; the keyboard may go there before.
        widget.setVisible(True)
        widget.changed.connect(lambda part: self._changed(widget, part))
        widget.removed.connect(lambda: self._removed(widget))
        widget.formula_asked.connect(self.formula_asked)
        return widget

    def _discard(self, widget: QWidget, index: int) -> None:
        """Take a part away; the keyboard goes from it to what is in its place now."""
        self._parts.removeWidget(widget)
        hide_part(widget, self._widgets[min(index, len(self._widgets) - 1)] if self._widgets else self.add)
        widget.deleteLater()

    def _changed(self, widget: "RowEdit | GroupEdit", part: Row | Group) -> None:
        index = self._widgets.index(widget)
        parts = self._sentence.parts
        self._tell(Sentence(self._sentence.join, (*parts[:index], part, *parts[index + 1 :])))

    def _removed(self, widget: "RowEdit | GroupEdit") -> None:
        index = self._widgets.index(widget)
        self._discard(self._widgets.pop(index), index)
        parts = self._sentence.parts
        self._tell(Sentence(self._sentence.join, (*parts[:index], *parts[index + 1 :])))

    def _joined(self, index: int) -> None:
        self._tell(Sentence("any" if index else "all", self._sentence.parts))

    def _add(self) -> None:
        if self._ground is None:
            return
        row = first_row(self._ground)
        if row is None:
            self.formula_asked.emit()
            return
        self._tell(Sentence(self._sentence.join, (*self._sentence.parts, row)))
        if self._widgets:
            first_in(self._widgets[-1]).setFocus()

    def _tell(self, sentence: Sentence) -> None:
        if self._ground is not None:
            self.show_sentence(sentence, self._ground)
        self.changed.emit(sentence)


class GroupEdit(QFrame):
    """Comparisons inside a sentence that belong together."""

    changed = Signal(object)
    """Carries a `Group`."""
    removed = Signal()
    formula_asked = Signal()

    def __init__(self, depth: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self.negated = QPushButton(resources.text("inspector.row.negated"), self)
        self.negated.setToolTip(resources.text("inspector.row.negated_tip"))
        self.rows = SentenceEdit(depth, "", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.negated)
        layout.addWidget(self.rows)
        self._group = Group("all", ())
        self.rows.changed.connect(self._changed)
        self.rows.formula_asked.connect(self.formula_asked)
        self.negated.clicked.connect(lambda: self.changed.emit(replace(self._group, is_negated=False)))

    def show_group(self, group: Group, ground: Ground) -> None:
        """Show the comparisons."""
        self._group = group
        self.negated.setVisible(group.is_negated)
        self.rows.show_sentence(Sentence(group.join, group.rows), ground)

    def _changed(self, sentence: Sentence) -> None:
        rows = tuple(part for part in sentence.parts if isinstance(part, Row))
        if rows:
            self.changed.emit(Group(sentence.join, rows, self._group.is_negated))
        else:
            self.removed.emit()
