"""What is computed from the rows of a table, as a form: what, of which rows, of which column, under which condition.

Every list offers only what fits where the whole stands.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

import resources
from app.inspector.building import (
    ANYTHING,
    FUNCTIONS,
    WITH_VALUE,
    Ground,
    Wanted,
    inner_of,
    of_table,
    of_value,
    rows_of,
    table_node,
    values_of,
)
from app.inspector.editors.base import Picker
from app.inspector.editors.operand import small_button
from flow_models.formulas import Node
from flow_models.formulas.sentences import OfTable, Operand, Sentence


class WhereEdit(QWidget):
    """A condition inside an operand; `sentence.SentenceEdit` is the one."""

    changed = Signal(object)
    """Carries a `Sentence`."""
    formula_asked = Signal()

    def show_sentence(self, sentence: Sentence, ground: Ground) -> None:
        """Show a condition."""
        raise NotImplementedError


MakeWhere = Callable[[int, str, QWidget], WhereEdit]


class Form(QFrame):
    """The widget of one form of operands."""

    changed = Signal(object)
    """Carries an `Operand`."""
    left = Signal(object)
    """The form is to go; carries the part of it that may stay, or `None`."""
    formula_asked = Signal()

    def show_form(self, operand: Operand, ground: Ground, wanted: Wanted) -> None:
        """Show an operand of this form."""
        raise NotImplementedError


class OfTableEdit(Form):
    """Something computed from the rows of a table: what, of which rows, of which column, under which condition."""

    def __init__(self, depth: int, make_where: MakeWhere, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self.fn = Picker(resources.text("inspector.of_table.fn"), self)
        self.table = Picker(resources.text("inspector.of_table.rows"), self)
        self.value = Picker(resources.text("inspector.of_table.column"), self)
        self.remove = small_button("close", resources.text("inspector.of_table.remove"), self)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.fn, 1)
        top.addWidget(self.remove)
        self.where = make_where(depth + 1, resources.text("inspector.of_table.where_caption"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.table)
        layout.addWidget(self.value)
        layout.addWidget(self.where)
        self._operand: OfTable | None = None
        self._ground: Ground | None = None
        self._wanted = ANYTHING
        self._offered: dict[Picker, list[OfTable]] = {}
        for picker in (self.fn, self.table, self.value):
            picker.chosen.connect(lambda index, picker=picker: self.changed.emit(self._offered[picker][index]))
        self.where.changed.connect(self._where_changed)
        self.where.formula_asked.connect(self.formula_asked)
        self.remove.clicked.connect(lambda: self.left.emit(None))

    def show_form(self, operand: Operand, ground: Ground, wanted: Wanted) -> None:
        """Show what is computed."""
        if not isinstance(operand, OfTable):
            return
        self._operand, self._ground, self._wanted = operand, ground, wanted
        inner = Ground(ground.scope, ground.titles.inside(operand.bind), inner_of(operand))
        self._show_offered(self.fn, self._functions(), lambda one: resources.text(f"inspector.of_table.short_{one.fn}"))
        self._show_offered(self.table, self._tables(), lambda one: ground.titles.rows(one.rows))
        is_row = operand.fn in ("first", "last")
        self.value.setVisible(operand.fn in WITH_VALUE or (is_row and not operand.steps))
        whole = resources.text("inspector.of_table.whole_row")
        self._show_offered(
            self.value, self._columns(), lambda one: whole if one.value is None else inner.titles.operand(one.value)
        )
        self.where.show_sentence(operand.where or Sentence(), inner)

    def _show_offered(self, picker: Picker, offered: list[OfTable], words: Callable[[OfTable], str]) -> None:
        """Show what a list offers, with what stands there chosen."""
        labels = [words(one) for one in offered]
        if labels != [picker.itemText(index) for index in range(picker.count())]:
            picker.clear()
            picker.addItems(labels)
        self._offered[picker] = offered
        picker.setCurrentIndex(next((place for place, one in enumerate(offered) if one == self._operand), -1))

    def _functions(self) -> list[OfTable]:
        """Return what else can be computed here: from the same rows if they have what it takes."""
        old, ground = self._operand, self._ground
        if old is None or ground is None:
            return []
        others = (table_node(name) for name in ground.scope.tables)
        rows = [old.rows, *others]
        made = {fn: (self._over(fn, one) for one in rows) for fn in FUNCTIONS}
        found = {fn: next((one for one in ways if one is not None), None) for fn, ways in made.items()}
        return [old if fn == old.fn else one for fn, one in found.items() if one is not None or fn == old.fn]  # type: ignore[misc]  # the old one is no None

    def _tables(self) -> list[OfTable]:
        """Return the same of other rows."""
        old, ground = self._operand, self._ground
        if old is None or ground is None:
            return []
        rows = [node for name in ground.scope.tables for node in rows_of(name, ground)]
        rows += [] if old.rows in rows else [old.rows]
        made = [old if node == old.rows else self._over(old.fn, node) for node in rows]
        return [one for one in made if one is not None]

    def _over(self, fn: str, rows: Node) -> OfTable | None:
        """Return something else computed here; of the same rows with the same condition."""
        old, ground = self._operand, self._ground
        if old is None or ground is None:
            return None
        return of_table(fn, rows, ground, self._wanted, old if rows == old.rows else None)

    def _columns(self) -> list[OfTable]:
        """Return the same of other columns of the rows."""
        old, ground = self._operand, self._ground
        if old is None or ground is None or old.steps or not (old.fn in WITH_VALUE or old.fn in ("first", "last")):
            return []
        values = values_of(old, ground)
        values += [] if old.value in values else [old.value]
        made = [old if one == old.value else of_value(old, one) for one in values]
        return [one for one in made if one is old or self._wanted.fits(one.kind)]

    def _where_changed(self, where: Sentence) -> None:
        if self._operand is None:
            return
        # Of all rows something must be said; without it only whether there is one can be asked.
        fn = "any" if self._operand.fn == "all" and not where.parts else self._operand.fn
        self.changed.emit(replace(self._operand, fn=fn, where=where if where.parts else None))
