"""Whatever is chosen in a sentence leaves a sentence without mistakes: no choice turns it into a formula.

Conditions and values of every example and template are opened, and entries of every list in them chosen: a few in the
tests of every day, many as a proof. Names of one list behave alike by type, so that drawing among them finds a fault.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from app.inspector.building import Ground, Wanted, without_blank
from app.inspector.editors.base import Picker
from app.inspector.editors.operands import OperandEdit
from app.inspector.editors.sentence import SentenceEdit
from flow_models.document import storage
from flow_models.document.places import Place, places
from flow_models.document.wording import titles_at
from flow_models.formulas import parse
from flow_models.formulas.sentences import Operand, Sentence, from_sentence, from_value, to_sentence, to_value
from tests.daily import without

FILES = [*sorted(resources.path("examples").glob("*.json")), *sorted(resources.path("templates").glob("*.json"))]


@cache
def grounds(file: str) -> tuple[tuple[Place, Ground], ...]:
    """Return the places of a file that hold formulas which read as sentences, equal ones once."""
    flow = storage.load(resources.path(*file.split("/")))
    found: dict[object, tuple[Place, Ground]] = {}
    for place in places(flow):
        if not place.template:
            ground = Ground(place.scope, titles_at(flow, place.elements[0]))
            found.setdefault((place.source, place.scope, place.expected, place.choices), (place, ground))
    return tuple(found.values())


@dataclass
class Bench:
    """One formula in the widget that edits it, which does what its editor would do with a choice."""

    place: Place
    ground: Ground
    source: str
    parent: QWidget
    """Kept, as Qt would delete what stands in it."""
    widget: QWidget
    told: list[str] = field(default_factory=list)
    asked: list[bool] = field(default_factory=list)

    def reads(self, source: str) -> bool:
        """Say whether a formula reads as a sentence."""
        place = self.place
        if not source.strip():
            return True
        tree = parse(source, place.scope, place.expected, place.choices).tree
        read = to_sentence if isinstance(self.widget, SentenceEdit) else to_value
        return tree is not None and read(tree) is not None

    def show(self, source: str) -> bool:
        """Show a formula; say whether it reads as a sentence, as everything that is chosen must."""
        place = self.place
        tree = parse(source, place.scope, place.expected, place.choices).tree if source.strip() else None
        if isinstance(self.widget, SentenceEdit):
            sentence = to_sentence(tree)
            if sentence is None or (tree is None and source.strip()):
                return False
            self.widget.show_sentence(sentence, self.ground)
            return True
        assert isinstance(self.widget, OperandEdit)
        operand = None if tree is None else to_value(tree)
        if operand is None and source.strip():
            return False
        self.widget.show_operand(operand, self.ground, Wanted(place.expected, place.choices))
        return True

    def lists(self) -> list[Picker]:
        """Return the lists that are seen."""
        return [one for one in self.widget.findChildren(Picker) if one.isVisibleTo(self.widget)]

    def buttons(self) -> list[QAbstractButton]:
        """Return the buttons that are seen, but for the one that asks for the formula."""
        asks = resources.text("inspector.operand.edit")
        found = self.widget.findChildren(QAbstractButton)
        return [one for one in found if one.isVisibleTo(self.widget) and one.text() != asks]

    def choose(self, widget: QWidget, index: int = 0) -> str:
        """Choose an entry or press a button; return the formula that this makes."""
        self.told.clear()
        self.asked.clear()
        if isinstance(widget, Picker):
            widget.chosen.emit(index)
        elif isinstance(widget, QAbstractButton):
            widget.click()
        if self.asked:
            return "a formula was asked for"
        return self.told[-1] if self.told else self.source

    def mistakes(self, source: str) -> list[str]:
        """Return what is wrong with a formula at this place; one that is blank is not filled in yet."""
        place = self.place
        if not source.strip():
            return []
        found = parse(source, place.scope, place.expected, place.choices).errors
        return [mistake.message_id for mistake in found if mistake.severity == "error"]


def bench(place: Place, ground: Ground, qtbot: QtBot) -> Bench | None:
    """Return a place on the bench; nothing for what rows cannot show."""
    is_condition = place.expected == "boolean" and place.field.rpartition(".")[2] not in ("value",)
    parent = QWidget()
    qtbot.addWidget(parent)
    widget = SentenceEdit(0, "", parent) if is_condition else OperandEdit(0, SentenceEdit, "Nothing", parent)
    made = Bench(place, ground, place.source, parent, widget)

    def told(value: Sentence | Operand | None) -> None:
        if isinstance(value, Sentence):
            made.told.append(from_sentence(without_blank(value)))
        else:
            made.told.append("" if value is None else from_value(value))

    widget.changed.connect(told)
    widget.formula_asked.connect(lambda: made.asked.append(True))
    return made if made.show(place.source) else None


def entries(picker: Picker) -> list[int]:
    """Return the entries that can be chosen and do not stand there already."""
    model = picker.model()
    indexes = [index for index in range(picker.count()) if index != picker.currentIndex()]
    return [one for one in indexes if model.flags(model.index(one, 0, QModelIndex())) & Qt.ItemFlag.ItemIsSelectable]


def steps(made: Bench, most: int) -> Iterator[tuple[str, str]]:
    """Yield what a choice is called and the formula that it makes, for each choice, or some of each list."""
    chance = random.Random(0)
    for place, picker in enumerate(made.lists()):
        found = entries(picker)
        for index in chance.sample(found, min(most, len(found))):
            now = made.lists()[place]
            yield now.itemText(index), made.choose(now, index)
            made.show(made.source)
    for place in range(len(made.buttons())):
        button = made.buttons()[place]
        yield button.accessibleName() or button.text(), made.choose(button)
        made.show(made.source)


def name(file: object) -> str:
    return f"{file.parent.name}/{file.name}"  # type: ignore[attr-defined]  # a path


def wrong_choices(file: str, qtbot: QtBot, most: int, stride: int = 1) -> list[tuple[str, str, str, list[str]]]:
    """Return every choice after which there is a mistake or no sentence."""
    wrong = []
    for place, ground in grounds(file)[::stride]:
        made = bench(place, ground, qtbot)
        for label, source in () if made is None else steps(made, most):
            mistakes = made.mistakes(source) if made is not None else []
            if made is not None and (mistakes or not made.reads(source)):
                wrong.append((place.source, label, source, mistakes))
        # Widgets of rows that went are put away when Qt comes to it, and slow everything until then.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return wrong


@pytest.mark.parametrize("file", without(map(name, FILES), ["examples/skylark_air.flow.json"]))
def test_a_choice_in_a_sentence_leaves_a_sentence_without_mistakes(file: str, qtbot: QtBot) -> None:
    assert wrong_choices(file, qtbot, most=3, stride=8) == []


@pytest.mark.proof
@pytest.mark.parametrize("file", [name(file) for file in FILES])
def test_many_choices_in_every_sentence_leave_sentences_without_mistakes(file: str, qtbot: QtBot) -> None:
    assert wrong_choices(file, qtbot, most=12) == []
