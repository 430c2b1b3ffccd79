"""Operands of every form: plain ones, two with a sign between them, functions, and what is computed from a table."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

import resources
from app.inspector.building import (
    ANYTHING,
    DIVIDING,
    Ground,
    Wanted,
    any_of_table,
    beside,
    new_sum,
    sum_of,
)
from app.inspector.editors.base import Picker
from app.inspector.editors.of_table import Form, MakeWhere, OfTableEdit
from app.inspector.editors.operand import ItemsEdit, PlainEdit, small_button
from app.widgets.order import first_in, hide_part
from flow_models.formulas.kinds import AMOUNTS, is_literal, is_zero
from flow_models.formulas.sentences import Called, Items, OfTable, Operand, Plain, Sum

DEEPEST = 1
"""Sentences inside sentences; a table that lies deeper stands there in words and is edited as a formula."""

SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "by", "//": "whole", "%": "rest"}
"""The signs, by what they are called."""


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
        self.plain = PlainEdit(blank, self)
        self._layout.addWidget(self.plain)
        self._forms: dict[type, Form] = {}
        self._ground: Ground | None = None
        self._operand: Operand | None = None
        self._wanted = ANYTHING
        self.plain.changed.connect(self.changed)
        self.plain.extra.connect(self._another_form)

    def show_operand(self, operand: Operand | None, ground: Ground, wanted: Wanted) -> None:
        """Show an operand where something of a type is wanted."""
        self._ground, self._operand, self._wanted = ground, operand, wanted
        if operand is None or isinstance(operand, Plain):
            self.plain.show_plain(operand, ground, wanted, self._extras())
            self._show_only(self.plain)
            return
        if type(operand) not in self._forms:
            self._forms[type(operand)] = self._made(operand)
        form = self._forms[type(operand)]
        form.show_form(operand, ground, wanted)
        self._show_only(form)

    def _show_only(self, shown: QWidget) -> None:
        """Show one of the forms; the keyboard goes from the one before into it."""
        shown.show()
        for form in (self.plain, *self._forms.values()):
            if form is not shown:
                hide_part(form, shown)

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        shown = next((form for form in self._forms.values() if not form.isHidden()), None)
        return self.plain.box if shown is None else first_in(shown)

    def _extras(self) -> tuple[str, ...]:
        """Return the further ways that lead to something that fits here."""
        return tuple(way for way in ("sum", "table") if self._new(way) is not None)

    def _new(self, way: str) -> Operand | None:
        """Return what one of the further ways begins with; `None` if it cannot be gone here."""
        if self._ground is None or way not in self._wanted.takes:
            return None
        if way == "sum":
            return new_sum(self._operand, self._wanted)
        return any_of_table(self._ground, self._wanted) if self._depth < DEEPEST else None

    def form(self, kind: type) -> Form:
        """Return the widget of a form of operands that is in use.

        Raises:
            KeyError: No operand of this form was shown yet.
        """
        return self._forms[kind]

    def _made(self, operand: Operand) -> Form:
        """Return a new widget for a form of operands."""
        form: Form
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
        form.left.connect(self._plainly)
        form.formula_asked.connect(self.formula_asked)
        self._layout.addWidget(form)
        return form

    def _another_form(self, form: str) -> None:
        """Turn the operand into a calculation, into something about a table, or into nothing."""
        made = None if form == "blank" else self._new(form)
        if form == "blank" or made is not None:
            self.changed.emit(made)

    def _plainly(self, part: Operand | None) -> None:
        """Keep only one part of what stands here; if it does not fit alone, start anew."""
        ground, wanted = self._ground, self._wanted
        if ground is None:
            return
        is_typed = isinstance(part, Plain) and part.node["op"] == "value"
        is_kept = part is not None and wanted.fits(part.kind) and not (is_typed and "value" not in wanted.takes)
        self.changed.emit(part if is_kept else wanted.start(ground))


class _ItemsForm(Form):
    """Several values with commas between them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items = ItemsEdit(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.items)
        self.items.changed.connect(self.changed)

    def show_form(self, operand: Operand, ground: Ground, wanted: Wanted) -> None:
        """Show the values."""
        del wanted
        if isinstance(operand, Items):
            self.items.show_items(operand, ground.titles)


class _InWords(Form):
    """An operand that is said in words only, with the way to its formula."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self.edit = QPushButton(resources.text("inspector.operand.edit"), self)
        self.edit.setProperty("role", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(0)
        layout.addWidget(self._words)
        layout.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignLeft)
        self.edit.clicked.connect(self.formula_asked)

    def show_form(self, operand: Operand, ground: Ground, wanted: Wanted) -> None:
        """Say the operand."""
        del wanted
        self._words.setText(ground.titles.operand(operand))


class SumEdit(Form):
    """Two operands with a sign between them."""

    def __init__(self, depth: int, make_where: MakeWhere, parent: QWidget) -> None:
        super().__init__(parent)
        self.left_side, self.right_side = (OperandEdit(depth, make_where, "", self) for _ in range(2))
        self.sign = Picker(resources.text("inspector.operand.sign"), self)
        self.sign.setFixedWidth(84)
        self.remove = small_button("close", resources.text("inspector.operand.only_first"), self)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.sign)
        line.addWidget(self.right_side, 1)
        line.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.left_side)
        layout.addLayout(line)
        self._sum: Sum | None = None
        self._signs: list[str] = []
        self._wanted = ANYTHING
        self.left_side.changed.connect(lambda operand: self._tell(left=operand))
        self.right_side.changed.connect(lambda operand: self._tell(right=operand))
        for side in (self.left_side, self.right_side):
            side.formula_asked.connect(self.formula_asked)
        self.sign.chosen.connect(self._signed)
        self.remove.clicked.connect(self._drop)

    def show_form(self, operand: Operand, ground: Ground, wanted: Wanted) -> None:
        """Show a sum."""
        if not isinstance(operand, Sum):
            return
        self._sum = operand
        sides = ((self.left_side, operand.left, operand.right), (self.right_side, operand.right, operand.left))
        for widget, side, other in sides:
            among = beside(operand.sign, other, wanted, is_left=widget is self.left_side)
            takes = {"table", "value"} if among & AMOUNTS else {"table"}
            widget.show_operand(side, ground, Wanted(among=among | {side.kind}, takes=frozenset(takes)))
        signs = [sign for sign in SIGNS if sign == operand.sign or self._signed_sum(sign, wanted) is not None]
        if signs != self._signs:
            self._signs = signs
            self.sign.clear()
            self.sign.addItems([resources.text(f"inspector.sign.{SIGNS[sign]}") for sign in signs])
        self.sign.setCurrentIndex(signs.index(operand.sign))
        self._wanted = wanted

    def _signed_sum(self, sign: str, wanted: Wanted) -> Sum | None:
        """Return the calculation with another sign; nothing is divided by zero, and what does not fit is none."""
        if self._sum is None:
            return None
        right = self._sum.right
        if sign in DIVIDING and isinstance(right, Plain) and is_zero(right.node):
            right = Plain({**right.node, "value": 1 if right.kind == "integer" else "1"})
        made = sum_of(sign, self._sum.left, right)
        return made if made is not None and wanted.fits(made.kind) else None

    def _tell(self, left: Operand | None = None, right: Operand | None = None) -> None:
        if self._sum is None:
            return
        sides = (left or self._sum.left, right or self._sum.right)
        if isinstance(sides[0], Plain | Called | OfTable) and isinstance(sides[1], Plain | Called | OfTable):
            made = sum_of(self._sum.sign, sides[0], sides[1])
            if made is not None:
                self.changed.emit(made)

    def _signed(self, index: int) -> None:
        made = self._signed_sum(self._signs[index], self._wanted)
        if made is not None:
            self.changed.emit(made)

    def _drop(self) -> None:
        if self._sum is not None:
            self.left.emit(self._sum.left)


class CalledEdit(Form):
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

    def show_form(self, operand: Operand, ground: Ground, wanted: Wanted) -> None:
        """Show a function."""
        del wanted
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
                edit.show_operand(operand.args[number], ground, _argument(operand, number))

    def _arg(self, number: int) -> OperandEdit:
        edit = OperandEdit(self._depth, self._make_where, "", self)
        self._layout.addWidget(edit)
        edit.changed.connect(lambda arg: self._tell(number, arg))
        edit.formula_asked.connect(self.formula_asked)
        return edit

    def _tell(self, number: int, arg: Operand | None) -> None:
        if self._called is None or not isinstance(arg, Plain | Called):
            return
        args = (*self._called.args[:number], arg, *self._called.args[number + 1 :])
        self.changed.emit(self._called._replace(args=args))

    def _drop(self) -> None:
        if self._called is not None:
            self.left.emit(self._called.args[0] if self._called.args else None)


def _argument(called: Called, number: int) -> Wanted:
    """Return what an argument of a function should be; to how many places something is rounded is a typed number."""
    is_typed = called.fn in ("round", "chance") and number == len(called.args) - 1 and is_typed_in(called.args[number])
    return Wanted(called.args[number].kind, among=frozenset() if is_typed else None, takes=frozenset({"value"}))


def is_typed_in(operand: Operand) -> bool:
    """Say whether an operand is a value that was typed in."""
    return isinstance(operand, Plain) and is_literal(operand.node)
