"""Editors of formulas and texts: sentences with an `fx` switch, values with the same, texts with inserted values."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

import resources
from app.inspector.building import Ground, Wanted, without_blank
from app.inspector.editors.base import FieldEditor
from app.inspector.editors.operands import OperandEdit
from app.inspector.editors.sentence import SentenceEdit
from app.inspector.editors.source import SourceEdit
from app.inspector.nodes import Condition, Row, Template, Value
from app.inspector.shared import Shared
from app.widgets.popups import Menu, open_under
from flow_models.document.edits.parts import owner_of
from flow_models.document.wording import Titles, place_words, titles_at
from flow_models.formulas import parse
from flow_models.formulas.offers import offers
from flow_models.formulas.sentences import Operand, Sentence, from_sentence, from_value, to_sentence, to_value


class FormulaEditor(FieldEditor):
    """A formula shown in a friendly form or, by the `fx` switch or where it must be, as source."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self.place = shared.place(row.at)
        self.titles = Titles()
        self._source = ""
        self._wants_source = False
        self.fx = QToolButton(parent=self)
        self.fx.setText(resources.text("inspector.fx"))
        self.fx.setProperty("role", "fx")
        self.fx.setCheckable(True)
        self.fx.setToolTip(resources.text("inspector.fx_tip"))
        self.fx.setAccessibleName(resources.text("inspector.fx_name", field=row.label))
        self.blank = QLabel(parent=self)
        self.blank.setProperty("role", "muted")
        self.blank.setWordWrap(True)
        self._source_edit: SourceEdit | None = None
        self.friendly = self._friendly()
        self._body = QHBoxLayout()
        self._body.setSpacing(4)
        self._body.addWidget(self.friendly, 1)
        self.column.addWidget(self.blank)
        self.column.addLayout(self._body)
        self._put_switch()
        self.fx.clicked.connect(self._switched)

    def _put_switch(self) -> None:
        """Put the `fx` switch beside the field."""
        self._body.addWidget(self.fx)
        self._body.setAlignment(self.fx, Qt.AlignmentFlag.AlignTop)

    @property
    def source(self) -> SourceEdit:
        """The field for the formula; made when first needed."""
        if self._source_edit is None:
            self._source_edit = SourceEdit(1, self)
            self._source_edit.hide()
            self._body.insertWidget(0, self._source_edit, 1)
            self.watch(self._source_edit)
            self._source_edit.edited.connect(self._typed)
            self._source_edit.checked.connect(self._checked)
            self._source_edit.left.connect(self.settled)
            name = self.row.label or resources.text("inspector.formula")
            self._source_edit.setAccessibleName(resources.text("inspector.fx_name", field=name))
        return self._source_edit

    @property
    def is_source(self) -> bool:
        """Whether the formula itself is shown."""
        return self._source_edit is not None and not self._source_edit.isHidden()

    def _friendly(self) -> QWidget:
        """Return the widget of the friendly form."""
        raise NotImplementedError

    def _read(self) -> bool:
        """Show the source in the friendly form; say whether it could be."""
        raise NotImplementedError

    def _blank_words(self) -> str:
        spec = self.row.editor
        return spec.blank if isinstance(spec, Condition) else ""

    def follow(self) -> None:
        """Take what the description and the flow say."""
        flow = self.shared.flow
        self.place = self.shared.place(self.row.at)
        self.titles = titles_at(flow, owner_of(flow, self.row.at))
        self._show()

    def show_value(self, value: object) -> None:
        """Show a value."""
        self._source = value if isinstance(value, str) else ""
        self._show()

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.source if self.is_source else self.friendly

    def ground(self) -> Ground | None:
        """Return what can be named here."""
        return None if self.place is None else Ground(self.place.scope, self.titles)

    def _show(self) -> None:
        """Show the source in the form that it can have and the person wants."""
        is_readable = False if self.place is None else self._read()
        is_source = self._wants_source or not is_readable
        self.fx.setChecked(is_source)
        self.friendly.setVisible(not is_source)
        if is_source or self._source_edit is not None:
            self.source.setVisible(is_source)
        if is_source:
            self.source.show_source(self._source, self.place, self.titles)
        else:
            self.refused.emit("", "")
        self.blank.setText(self._blank_words())
        self._show_blank(self._source)
        if is_source and not is_readable and not self.source.mistakes() and self._source.strip():
            self.refused.emit("hint", resources.text("inspector.fx_only", words=self._words()))

    def _words(self) -> str:
        return "" if self.place is None else place_words(self.place._replace(source=self._source), self.titles)

    def _show_blank(self, source: str) -> None:
        """Say what a blank formula means, as long as it is one: inside the field, so that typing moves nothing."""
        if self.is_source:
            self.source.setPlaceholderText(self._blank_words())
        self.blank.setVisible(bool(self._blank_words()) and not source.strip() and not self.is_source)

    def ask_formula(self) -> None:
        """Show the formula and put the keyboard there."""
        self._wants_source = True
        self._show()
        self.source.setFocus()

    def _switched(self) -> None:
        self._wants_source = self.fx.isChecked()
        self._show()
        if self._wants_source:
            self.source.setFocus()

    def _typed(self, source: str) -> None:
        self._source = source
        self._wants_source = True
        self.tell(source)
        self._show_blank(source)

    def _checked(self, severity: str, sentence: str) -> None:
        if self.is_source:
            self.refused.emit(severity, sentence)

    def tell_source(self, source: str) -> None:
        """Tell a source that the friendly form made; what was typed there and does not fit is only said to be wrong."""
        place = self.place
        found = () if place is None else parse(source, place.scope, place.expected, place.choices).errors
        wrong = [mistake for mistake in found if mistake.severity == "error"]
        if source.strip() and wrong:
            self.refused.emit("error", resources.text(wrong[0].message_id, **dict(wrong[0].args)))
            return
        self._source = source
        self.tell(source)
        self._show_blank(source)
        self.settled.emit()


class ConditionEditor(FormulaEditor):
    """A condition as sentences."""

    def _friendly(self) -> QWidget:
        spec = self.row.editor
        self.sentence = SentenceEdit(0, spec.lead if isinstance(spec, Condition) else "", self)
        self.sentence.changed.connect(self._sentence_changed)
        self.sentence.formula_asked.connect(self.ask_formula)
        return self.sentence

    def _put_switch(self) -> None:
        """Put the `fx` switch below, beside the way to another row, so that the rows have the whole width."""
        foot = QHBoxLayout()
        foot.addWidget(self.sentence.add)
        foot.addStretch(1)
        foot.addWidget(self.fx)
        self.column.addLayout(foot)

    def _show(self) -> None:
        """Show rows or the formula; rows are added only to rows."""
        super()._show()
        self.sentence.add.setVisible(not self.is_source)

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return super().target() if self.is_source else self.sentence.first_target()

    def _read(self) -> bool:
        ground = self.ground()
        if self.place is None or ground is None:
            return False
        parsed = parse(self._source, self.place.scope, "boolean")
        if parsed.tree is None and self._source.strip():
            return False
        found = to_sentence(parsed.tree)
        if found is None:
            return False
        self.sentence.show_sentence(found, ground)
        return True

    def _sentence_changed(self, sentence: Sentence) -> None:
        self.tell_source(from_sentence(without_blank(sentence)))


class ValueEditor(FormulaEditor):
    """A value: a name, something typed in, or a calculation."""

    def _friendly(self) -> QWidget:
        spec = self.row.editor
        blank = spec.blank if isinstance(spec, Value) else ""
        self.operand = OperandEdit(0, SentenceEdit, blank or resources.text("inspector.operand.blank"), self)
        self.operand.changed.connect(self._operand_changed)
        self.operand.formula_asked.connect(self.ask_formula)
        return self.operand

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return super().target() if self.is_source else self.operand.target()

    def _read(self) -> bool:
        place, ground = self.place, self.ground()
        if place is None or ground is None:
            return False
        operand: Operand | None = None
        if self._source.strip():
            tree = parse(self._source, place.scope, place.expected, place.choices).tree
            operand = None if tree is None else to_value(tree)
            if operand is None:
                return False
        self.operand.show_operand(operand, ground, Wanted(place.expected, place.choices))
        return True

    def _operand_changed(self, operand: Operand | None) -> None:
        self.tell_source("" if operand is None else from_value(operand))


class TemplateEditor(FieldEditor):
    """A text in which values can be put."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        spec = row.editor
        self.area = SourceEdit(spec.lines if isinstance(spec, Template) else 1, self)
        self.put_in = QToolButton(parent=self)
        self.put_in.setText(resources.text("inspector.template.insert"))
        self.put_in.setProperty("role", "fx")
        self.put_in.setToolTip(resources.text("inspector.template.insert_tip"))
        self.put_in.setAccessibleName(resources.text("inspector.template.insert_tip"))
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.area, 1)
        line.addWidget(self.put_in)
        line.setAlignment(self.put_in, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(line)
        self._source = ""
        self.watch(self.area)
        self.area.edited.connect(self._typed)
        self.area.checked.connect(self._checked)
        self.area.left.connect(self.settled)
        self.put_in.clicked.connect(self._offer)

    def follow(self) -> None:
        """Take what the description and the flow say."""
        flow = self.shared.flow
        self._place = self.shared.place(self.row.at)
        self._titles = titles_at(flow, owner_of(flow, self.row.at))
        self.put_in.setVisible(self._place is not None)
        spec = self.row.editor
        self.area.setPlaceholderText(spec.placeholder if isinstance(spec, Template) else "")
        if self._place is not None:
            self.area.show_source(self._source, self._place, self._titles)

    def show_value(self, value: object) -> None:
        """Show a value."""
        self._source = value if isinstance(value, str) else ""
        self.area.show_source(self._source, self._place, self._titles)

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.area

    def _typed(self, source: str) -> None:
        self._source = source
        self.tell(source)

    def _checked(self, severity: str, sentence: str) -> None:
        """Say what is wrong; of a text in which values stand, how it reads."""
        place = self._place
        if not severity and place is not None and place.template and "{" in self._source:
            words = place_words(place._replace(source=self._source), self._titles)
            severity, sentence = "hint", resources.text("inspector.template.shown", words=words)
        self.refused.emit(severity, sentence)

    def _offer(self) -> None:
        """Open the menu of values that can be put in."""
        open_under(self.insert_menu(), self.put_in)

    def insert_menu(self) -> QMenu:
        """Return a menu of the values that exist here, grouped by where they come from."""
        menu = Menu(self)
        groups: dict[str, QMenu] = {}
        if self._place is None:
            return menu
        ground = Ground(self._place.scope, self._titles)
        for offer in offers(self._place.scope, "scalar"):
            if offer.origin not in groups:
                table = ground.table_words(offer.origin)
                groups[offer.origin] = menu.addMenu(resources.text(f"inspector.origin.{offer.origin}", table=table))
            action = groups[offer.origin].addAction(self._titles.node(offer.node))
            action.setToolTip(offer.source)
            action.triggered.connect(lambda _=False, source=offer.source: self.area.insert(f"{{{source}}}"))
        return menu
