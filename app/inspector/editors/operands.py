"""Operands of every form: plain ones, two with a sign between them, functions, and what is computed from a table."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

import resources
from app.inspector.building import (
    ANYTHING,
    EMPTY,
    FUNCTIONS,
    WITH_VALUE,
    Ground,
    Wanted,
    inner_of,
    is_column_of,
    of_table,
    rows_of,
    table_node,
)
from app.inspector.editors.base import Picker
from app.inspector.editors.operand import ItemsEdit, PlainEdit, is_literal, small_button
from flow_models.formulas import Node
from flow_models.formulas.kinds import AMOUNTS, ORDERED
from flow_models.formulas.offers import literal, offers
from flow_models.formulas.sentences import Called, Items, OfTable, Operand, Plain, Sentence, Sum

DEEPEST = 1
"""Sentences inside sentences; a table that lies deeper stands there in words and is edited as a formula."""

SIGNS = ("+", "-", "*", "/")


class WhereEdit(QWidget):
    """A condition inside an operand; `sentence.SentenceEdit` is the one."""

    changed = Signal(object)
    """Carries a `Sentence`."""
    formula_asked = Signal()

    def show_sentence(self, sentence: Sentence, ground: Ground) -> None:
        """Show a condition."""
        raise NotImplementedError


MakeWhere = Callable[[int, str, QWidget], WhereEdit]


class OperandEdit(QWidget):
    """One operand of any form."""

    changed = Signal(object)
    """Carries an `Operand`, or `None` where nothing may stand and nothing was chosen."""
    formula_asked = Signal()

    def __init__(self, depth: int, make_where: MakeWhere, blank: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._depth, self._make_where = depth, make_where
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        extras = ("sum", "table", "formula") if depth < DEEPEST else ("sum", "formula")
        self.plain = PlainEdit(extras, blank, self)
        self._layout.addWidget(self.plain)
        self._forms: dict[type, _Form] = {}
        self._ground: Ground | None = None
        self._operand: Operand | None = None
        self._wanted = ANYTHING
        self.plain.changed.connect(self.changed)
        self.plain.extra.connect(self._another_form)

    def show_operand(self, operand: Operand | None, ground: Ground, wanted: Wanted) -> None:
        """Show an operand where something of a type is wanted."""
        self._ground, self._operand, self._wanted = ground, operand, wanted
        is_plain = operand is None or isinstance(operand, Plain)
        self.plain.setVisible(is_plain)
        for kind, form in self._forms.items():
            form.setVisible(type(operand) is kind)
        if operand is None or isinstance(operand, Plain):
            self.plain.show_plain(operand, ground, wanted)
            return
        if type(operand) not in self._forms:
            self._forms[type(operand)] = self._made(operand)
        self._forms[type(operand)].show_form(operand, ground)

    def form(self, kind: type) -> "_Form":
        """Return the widget of a form of operands that is in use.

        Raises:
            KeyError: No operand of this form was shown yet.
        """
        return self._forms[kind]

    def _made(self, operand: Operand) -> "_Form":
        """Return a new widget for a form of operands."""
        form: _Form
        match operand:
            case Sum():
                form = SumEdit(self._depth, self._make_where, self)
            case OfTable() if self._depth >= DEEPEST:
                form = _InWords(self)
            case OfTable():
                form = OfTableEdit(self._depth, self._make_where, self)
            case Called():
                form = CalledEdit(self._depth, self._make_where, self)
            case _:
                form = _ItemsForm(self)
        form.changed.connect(self.changed)
        form.formula_asked.connect(self.formula_asked)
        self._layout.addWidget(form)
        return form

    def _another_form(self, form: str) -> None:
        """Turn the operand into a calculation, into something about a table, or into nothing."""
        ground = self._ground
        if form == "blank":
            self.changed.emit(None)
        elif form == "formula" or ground is None:
            self.formula_asked.emit()
        elif form == "sum":
            self.changed.emit(self._new_sum())
        elif ground.scope.tables:
            kind = self._wanted.kind or ""
            fn = "first" if kind.startswith("row:") else "any" if kind in ("", "boolean") else "count"
            table = kind[4:] if fn == "first" else next(iter(ground.scope.tables))
            self.changed.emit(of_table(fn, table_node(table), ground))

    def _new_sum(self) -> Sum:
        """Return a sum that starts with what stands here, if that can be added to."""
        left = self._operand if isinstance(self._operand, Plain) else None
        if left is None or left.kind not in ORDERED:
            kind = self._wanted.kind if self._wanted.kind in AMOUNTS else "integer"
            left = Plain(literal(kind or "integer"))
        second = "integer" if left.kind in ("date", "time") else left.kind
        return Sum("+", left, Plain(literal(second)), left.kind)


class _Form(QFrame):
    """The widget of one form of operands."""

    changed = Signal(object)
    """Carries an `Operand`."""
    formula_asked = Signal()

    def show_form(self, operand: Operand, ground: Ground) -> None:
        """Show an operand of this form."""
        raise NotImplementedError


class _ItemsForm(_Form):
    """Several values with commas between them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items = ItemsEdit(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.items)
        self.items.changed.connect(self.changed)

    def show_form(self, operand: Operand, ground: Ground) -> None:
        """Show the values."""
        if isinstance(operand, Items):
            self.items.show_items(operand, ground.titles)


class _InWords(_Form):
    """An operand that is said in words only, with the way to its formula."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self.edit = QPushButton(resources.text("inspector.operand.formula"), self)
        self.edit.setProperty("role", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(0)
        layout.addWidget(self._words)
        layout.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignLeft)
        self.edit.clicked.connect(self.formula_asked)

    def show_form(self, operand: Operand, ground: Ground) -> None:
        """Say the operand."""
        self._words.setText(ground.titles.operand(operand))


class SumEdit(_Form):
    """Two operands with a sign between them."""

    def __init__(self, depth: int, make_where: MakeWhere, parent: QWidget) -> None:
        super().__init__(parent)
        self.left, self.right = (OperandEdit(depth, make_where, "", self) for _ in range(2))
        self.sign = Picker(resources.text("inspector.operand.sign"), self)
        self.sign.addItems([resources.text(f"inspector.sign.{name}") for name in ("plus", "minus", "times", "by")])
        self.sign.setFixedWidth(84)
        self.remove = small_button("close", resources.text("inspector.operand.only_first"), self)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.sign)
        line.addWidget(self.right, 1)
        line.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.left)
        layout.addLayout(line)
        self._sum: Sum | None = None
        self.left.changed.connect(lambda operand: self._tell(left=operand))
        self.right.changed.connect(lambda operand: self._tell(right=operand))
        for side in (self.left, self.right):
            side.formula_asked.connect(self.formula_asked)
        self.sign.chosen.connect(self._signed)
        self.remove.clicked.connect(self._drop)

    def show_form(self, operand: Operand, ground: Ground) -> None:
        """Show a sum."""
        if not isinstance(operand, Sum):
            return
        self._sum = operand
        for widget, side in ((self.left, operand.left), (self.right, operand.right)):
            is_typed = isinstance(side, Plain) and is_literal(side.node)
            widget.show_operand(side, ground, Wanted(side.kind) if is_typed else ANYTHING)
        signs = SIGNS if operand.sign in SIGNS else (*SIGNS, operand.sign)
        while self.sign.count() < len(signs):
            self.sign.addItem(operand.sign)
        self.sign.setCurrentIndex(signs.index(operand.sign))

    def _tell(self, left: Operand | None = None, right: Operand | None = None) -> None:
        chosen = [side for side in (left, right) if side is not None]
        if self._sum is None or not chosen:
            return
        if not isinstance(chosen[0], Plain | Called | OfTable):
            self.formula_asked.emit()
            return
        if left is not None:
            self.changed.emit(self._sum._replace(left=chosen[0], kind=chosen[0].kind))
        else:
            self.changed.emit(self._sum._replace(right=chosen[0]))

    def _drop(self) -> None:
        if self._sum is not None:
            self.changed.emit(self._sum.left)

    def _signed(self, index: int) -> None:
        if self._sum is not None and index < len(SIGNS):
            default = Plain(EMPTY) if SIGNS[index] == "/" else None
            self.changed.emit(self._sum._replace(sign=SIGNS[index], default=default))


class CalledEdit(_Form):
    """A function of one or two operands, such as a text in small letters."""

    def __init__(self, depth: int, make_where: MakeWhere, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self._depth, self._make_where = depth, make_where
        self.caption = QLabel(parent=self)
        self.caption.setProperty("role", "muted")
        self.remove = small_button("close", resources.text("inspector.operand.only_first"), self)
        line = QHBoxLayout()
        line.addWidget(self.caption, 1)
        line.addWidget(self.remove)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 4, 6, 6)
        self._layout.setSpacing(4)
        self._layout.addLayout(line)
        self.args: list[OperandEdit] = []
        self._called: Called | None = None
        self.remove.clicked.connect(self._drop)

    def show_form(self, operand: Operand, ground: Ground) -> None:
        """Show a function."""
        if not isinstance(operand, Called):
            return
        self._called = operand
        self.caption.setText(resources.text(f"inspector.function.{operand.fn}"))
        self.remove.setVisible(bool(operand.args))
        while len(self.args) < len(operand.args):
            self.args.append(self._arg(len(self.args)))
        for number, edit in enumerate(self.args):
            edit.setVisible(number < len(operand.args))
            if number < len(operand.args):
                edit.show_operand(operand.args[number], ground, Wanted(operand.args[number].kind))

    def _arg(self, number: int) -> OperandEdit:
        edit = OperandEdit(self._depth, self._make_where, "", self)
        self._layout.addWidget(edit)
        edit.changed.connect(lambda arg: self._tell(number, arg))
        edit.formula_asked.connect(self.formula_asked)
        return edit

    def _tell(self, number: int, arg: Operand | None) -> None:
        if self._called is None:
            return
        if not isinstance(arg, Plain | Called):
            self.formula_asked.emit()
            return
        args = (*self._called.args[:number], arg, *self._called.args[number + 1 :])
        self.changed.emit(self._called._replace(args=args))

    def _drop(self) -> None:
        if self._called is not None and self._called.args:
            self.changed.emit(self._called.args[0])


class OfTableEdit(_Form):
    """Something computed from the rows of a table: what, of which rows, of which column, under which condition."""

    def __init__(self, depth: int, make_where: MakeWhere, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self.fn = Picker(resources.text("inspector.of_table.fn"), self)
        self.table = Picker(resources.text("inspector.of_table.rows"), self)
        self.value = Picker(resources.text("inspector.of_table.column"), self)
        self.fn.addItems([resources.text(f"inspector.of_table.short_{fn}") for fn in FUNCTIONS])
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
        self._rows: list[Node] = []
        self._values: list[Plain | Called | None] = []
        self.fn.chosen.connect(lambda index: self._rebuild(fn=FUNCTIONS[index]))
        self.table.chosen.connect(lambda index: self._rebuild(rows=self._rows[index]))
        self.value.chosen.connect(lambda index: self._rebuild(value=(self._values[index],)))
        self.where.changed.connect(self._where_changed)
        self.where.formula_asked.connect(self.formula_asked)
        self.remove.clicked.connect(lambda: self.changed.emit(Plain(EMPTY)))

    def show_form(self, operand: Operand, ground: Ground) -> None:
        """Show what is computed."""
        if not isinstance(operand, OfTable):
            return
        self._operand, self._ground = operand, ground
        self.fn.setCurrentIndex(FUNCTIONS.index(operand.fn))
        inner = Ground(ground.scope, ground.titles.inside(operand.bind), inner_of(operand))
        rows = [node for name in ground.scope.tables for node in rows_of(name, ground)]
        if operand.rows not in rows:
            rows.append(operand.rows)
        if rows != self._rows:
            self._rows = rows
            self.table.clear()
            self.table.addItems([ground.titles.rows(node) for node in rows])
        self.table.setCurrentIndex(rows.index(operand.rows))
        self._show_values(operand, inner)
        self.where.show_sentence(operand.where or Sentence(), inner)

    def _show_values(self, operand: OfTable, inner: Ground) -> None:
        is_row = operand.fn in ("first", "last")
        self.value.setVisible(operand.fn in WITH_VALUE or (is_row and not operand.steps))
        values = _values_of(operand, inner)
        if values != self._values:
            self._values = values
            self.value.clear()
            whole = resources.text("inspector.of_table.whole_row")
            self.value.addItems([whole if part is None else inner.titles.operand(part) for part in values])
        self.value.setCurrentIndex(values.index(operand.value) if operand.value in values else -1)

    def _rebuild(
        self, fn: str | None = None, rows: Node | None = None, value: tuple[Plain | Called | None] | None = None
    ) -> None:
        """Tell the operand with one part of it changed."""
        old, ground = self._operand, self._ground
        if old is None or ground is None:
            return
        chosen = (old.value if rows is None else None) if value is None else value[0]
        where = old.where if rows is None else None
        self.changed.emit(of_table(fn or old.fn, rows or old.rows, ground, chosen, where, old.bind))

    def _where_changed(self, where: Sentence) -> None:
        if self._operand is not None:
            self.changed.emit(replace(self._operand, where=where if where.parts else None))


def _values_of(operand: OfTable, inner: Ground) -> list[Plain | Called | None]:
    """Return what a function over rows can take of each row; `None` for the row itself."""
    found = [Plain(offer.node) for offer in offers(inner.scope, None, inner.inner)]
    values: list[Plain | Called | None] = [None] if operand.fn in ("first", "last") else []
    values += [plain for plain in found if is_column_of(plain.node, operand)]
    if operand.value is not None and operand.value not in values:
        values.append(operand.value)
    return values
