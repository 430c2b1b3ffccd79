"""One labelled field: its editor, its help, what is wrong with it, and the steps of the history that it makes."""

from itertools import count

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

import resources
from app.inspector.editors.base import FieldEditor, PlainArea, PlainLine
from app.inspector.editors.formula import ConditionEditor, TemplateEditor, ValueEditor
from app.inspector.editors.plain import (
    ColourEditor,
    LineEditor,
    LinesEditor,
    NameEditor,
    PickEditor,
    RealEditor,
    TextsEditor,
    ToggleEditor,
    WholeEditor,
)
from app.inspector.editors.stored import StoredEditor, StoredManyEditor
from app.inspector.nodes import (
    WIDE,
    Colour,
    Condition,
    Line,
    Lines,
    Name,
    Pick,
    Real,
    Row,
    Stored,
    StoredMany,
    Template,
    Texts,
    Toggle,
    Value,
    Whole,
)
from app.inspector.remarks import NONE, Remark, remark_of
from app.inspector.shared import Shared, put
from app.widgets.labels import Kept
from app.widgets.styling import set_look
from app.words.elements import exists, title_of
from app.words.steps import placed
from flow_models.checks.problem import Problem

EDITORS: dict[type, type[FieldEditor]] = {
    Line: LineEditor,
    Lines: LinesEditor,
    Name: NameEditor,
    Texts: TextsEditor,
    Toggle: ToggleEditor,
    Whole: WholeEditor,
    Real: RealEditor,
    Pick: PickEditor,
    Colour: ColourEditor,
    Stored: StoredEditor,
    StoredMany: StoredManyEditor,
    Template: TemplateEditor,
    Condition: ConditionEditor,
    Value: ValueEditor,
}
LABEL_WIDTH = 104
"""Pixels for the labels that stand beside their editors; longer ones wrap."""

_gestures = count()


class RowWidget(QWidget):
    """A labelled field; below it stands its help or, in the same place, what is wrong with it."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self.row = row
        self._gesture = next(_gestures)
        self._before = shared.flow
        self._complaint: Problem | None = None
        self._refusal = ("", "")
        self._untaken: tuple[str, object] | None = None
        self._overflow = ""
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.editor = EDITORS[type(row.editor)](shared, row, self)
        self.help = QLabel(self)
        self.help.setProperty("role", "help")
        self.help.setWordWrap(True)
        self.problem = Kept(1, self)
        self.problem.setProperty("role", "remark")
        self._lay_out(row)
        self.editor.edited.connect(self._edited)
        self.editor.settled.connect(self._settled)
        self.editor.refused.connect(self._refused)
        self.editor.overflowed.connect(self._overflowed)
        self.update_node(row)

    def _lay_out(self, row: Row) -> None:
        is_wide = isinstance(row.editor, WIDE)
        body = QVBoxLayout()
        body.setSpacing(1)
        body.addWidget(self.editor)
        body.addLayout(self._message_place())
        layout = QVBoxLayout(self) if is_wide else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 if is_wide else 8)
        if isinstance(row.editor, Toggle):
            self.label.hide()
            layout.addSpacing(LABEL_WIDTH + 8)
            layout.addLayout(body, 1)
            return
        if not is_wide:
            self.label.setFixedWidth(LABEL_WIDTH)
            self.label.setContentsMargins(0, 5, 0, 0)
        layout.addWidget(self.label)
        if not is_wide:
            layout.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(body, 1)

    def _message_place(self) -> QGridLayout:
        """Return where help and messages take turns: as high as the help, or one line, whatever is said."""
        _keep_place(self.problem, is_kept=True)
        place = QGridLayout()
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.help, 0, 0)
        place.addWidget(self.problem, 0, 0)
        return place

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the keyboard into the field for a click on its label, its help or its message."""
        self.focus()
        super().mousePressEvent(event)

    def update_node(self, row: Row) -> None:
        """Show the field as it is now."""
        self.row = row
        self.label.setText(row.label)
        self.label.setVisible(bool(row.label) and not isinstance(row.editor, Toggle))
        self.editor.name_for_readers(row.label or _title_around(self), row.help)
        self.label.setBuddy(self.editor.target())
        self.help.setText(row.help)
        _keep_place(self.help, is_kept=bool(row.help))
        value = self._value()
        if self._untaken is not None and value != self._untaken[1]:
            self._untaken = None
        self.editor.refresh(row, value)
        self._complain()

    def _value(self) -> object:
        """Return what the flow holds."""
        return self.row.read(self._shared.flow) if self.row.read else self._shared.value(self.row.at)

    def complain(self, problem: Problem | None) -> None:
        """Show what the checks say about the field, and its fix if it has one."""
        if problem is self._complaint:
            return
        self._complaint = problem
        self._complain()

    def focus(self) -> None:
        """Put the keyboard into the field, with what stands there marked, so that what is typed replaces it."""
        target = self.editor.target()
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target, PlainLine) or (isinstance(target, PlainArea) and target.blockCount() == 1):
            target.selectAll()

    def begin(self) -> None:
        """Begin a new step of the history: the keyboard has come to the field."""
        self._gesture = next(_gestures)
        self._before = self._shared.flow

    def _edited(self, value: object) -> None:
        row = self.row
        refused = self._shared.session.attempt(
            lambda flow: row.write(flow, value) if row.write else put(flow, row.at, value),
            self._step(),
            f"inspector-{self._gesture}",
        )
        self._overflow = ""
        self._untaken = (refused, self._value()) if refused else None
        if self._untaken is not None:
            self.editor.hold(self._untaken[1])
        self._complain()
        self._shared.remarked.emit()

    def _settled(self) -> None:
        row, before = self.row, self._before
        lost = self._lost()
        if lost:
            self._shared.said.emit(resources.text("inspector.not_taken", field=self._called(), reason=lost))
        self._overflow = ""
        self._complain()
        if row.settle is not None and self._shared.flow is not before:
            settle = row.settle
            self._shared.session.attempt(lambda flow: settle(before, flow), self._step(), f"inspector-{self._gesture}")
        self._gesture = next(_gestures)
        self._before = self._shared.flow

    def _step(self) -> str:
        """Return what the history calls the edit: after what the thing was called before one typed into it."""
        at = self.row.at._replace(field="")
        flow = self._before if exists(self._before, at) else self._shared.flow
        words = resources.text("inspector.step.change", field=self._called(), title=title_of(flow, at))
        return placed(flow, words, at)

    def _called(self) -> str:
        """Return what the field is called in a sentence; one under a heading has no label of its own."""
        return self.row.label or resources.text(f"inspector.word.{type(self.row.editor).__name__.lower()}")

    def _lost(self) -> str:
        """Return why what was entered last is not in the flow; nothing if it is."""
        return self._overflow or ("" if self._untaken is None else self._untaken[0])

    def _overflowed(self, sentence: str) -> None:
        self._overflow = sentence
        self._complain()
        self._shared.remarked.emit()

    def _refused(self, severity: str, sentence: str) -> None:
        self._refusal = (severity, sentence)
        self._complain()
        self._shared.remarked.emit()

    def _complain(self) -> None:
        """Show what is wrong, in the place of the help."""
        remark = self.remark()
        self.problem.say(remark.sentence)
        self.problem.setVisible(bool(remark.sentence))
        self.help.setVisible(bool(self.row.help) and not remark.sentence)
        set_look(self.problem, "tone", remark.severity)
        set_look(self.editor.target(), "invalid", remark.severity)

    def remark(self) -> Remark:
        """Return what is wrong: why what is entered was not taken, else with what is entered, else with the flow."""
        lost = self._lost()
        severity, sentence = ("error", lost) if lost else self._refusal
        if severity:
            return Remark(severity, sentence)
        return NONE if self._complaint is None else remark_of(self._complaint)


def _title_around(row: QWidget) -> str:
    """Return the title of the part of the form in which a field stands that has no label of its own."""
    above = row.parentWidget()
    while above is not None and not above.accessibleName():
        above = above.parentWidget()
    return "" if above is None else above.accessibleName()


def _keep_place(label: QLabel, *, is_kept: bool) -> None:
    """Say whether a label's place stays empty while another stands there."""
    policy = label.sizePolicy()
    policy.setRetainSizeWhenHidden(is_kept)
    label.setSizePolicy(policy)
