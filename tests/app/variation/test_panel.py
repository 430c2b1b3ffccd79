"""The variation panel as a person uses it: switches, pickers, ways to say; each change is one step."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.variation.axes import PartPicker
from app.variation.panel import VariationPanel
from flow_models.document import storage
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.variation import switch_axis, synonyms_of
from flow_models.document.elements import Element

BANK = storage.load(resources.path("examples", "north_bank.flow.json"))


@pytest.fixture
def session() -> DocumentSession:
    return DocumentSession(BANK)


@pytest.fixture
def panel(qtbot: QtBot, session: DocumentSession) -> VariationPanel:
    shown = VariationPanel(session, Selection(session))
    session.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(380, 900)
    shown.show()
    shown.activateWindow()
    return shown


def choose(picker: PartPicker, part: str) -> None:
    """Choose who sees a value, with the keyboard."""
    picker.setFocus()
    while picker.currentData() != part:
        before = picker.currentIndex()
        QTest.keyClick(picker, Qt.Key.Key_Down if before < picker.findData(part) else Qt.Key.Key_Up)
        assert picker.currentIndex() != before


def item(panel: VariationPanel, words: str) -> QTreeWidgetItem:
    return panel.saying.ways.findItems(words, Qt.MatchFlag.MatchExactly)[0]


def press(button: QPushButton) -> None:
    """Click a button, once what is around it has found its place."""
    QCoreApplication.processEvents()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_axis_is_switched_off_and_undo_switches_it_on(panel: VariationPanel, session: DocumentSession) -> None:
    card, before = panel.cards["look"], panel.summary.text()
    QTest.keyClick(card.switch, Qt.Key.Key_Space)
    assert session.flow.variation.look.is_on is False
    assert card.counts.text() == resources.text("variation.panel.off")
    assert panel.summary.text() != before
    session.undo()
    assert card.switch.isChecked()
    assert session.flow == BANK


def test_a_value_is_held_out_and_the_shipped_rule_comes_back(panel: VariationPanel, session: DocumentSession) -> None:
    card = panel.cards["layout"]
    QTest.mouseClick(card.unfold, Qt.MouseButton.LeftButton)
    choose(card.pickers["navigation", "side"], "tests")
    assert "navigation.side" in (session.flow.variation.layout.held_out or ())
    assert session.undo_stack.count() == 1
    QTest.mouseClick(card.reset, Qt.MouseButton.LeftButton)
    assert session.flow == BANK
    assert card.pickers["navigation", "side"].currentData() == "training"
    assert card.reset.isHidden()


def test_orders_vary_or_do_not(panel: VariationPanel, session: DocumentSession) -> None:
    card = panel.cards["layout"]
    QTest.mouseClick(card.unfold, Qt.MouseButton.LeftButton)
    choose(card.pickers["order", ""], "never")
    assert len(session.flow.variation.layout.left_out) == 40
    choose(card.pickers["order", ""], "training")
    assert session.flow == BANK


def test_a_way_is_typed_kept_for_tests_and_removed(panel: VariationPanel, session: DocumentSession) -> None:
    panel.tabs.setCurrentIndex(1)
    saying = panel.saying
    saying.choose("Send money")
    QTest.keyClicks(saying.line, "Wire money")
    QTest.keyClick(saying.line, Qt.Key.Key_Return)
    assert synonyms_of(session.flow, "Send money").ways == ("Wire money",)
    saying.ways.setCurrentItem(item(panel, "Wire money"))
    press(saying.hold)
    assert synonyms_of(session.flow, "Send money").held_out == ("Wire money",)
    assert item(panel, "Wire money").text(1) == resources.text("variation.part.tests")
    press(saying.remove)
    assert session.flow == BANK


def test_ways_of_the_thesaurus_become_suggestions_that_can_be_used(
    panel: VariationPanel, session: DocumentSession
) -> None:
    panel.tabs.setCurrentIndex(1)
    saying = panel.saying
    saying.choose("Send money")
    QTest.keyClick(saying.alone, Qt.Key.Key_Space)
    assert synonyms_of(session.flow, "Send money").is_alone
    saying.ways.setCurrentItem(item(panel, "Transfer money"))
    assert saying.hold.text() == resources.text("variation.words.use")
    press(saying.hold)
    assert synonyms_of(session.flow, "Send money").ways == ("Transfer money",)


def test_texts_are_found_by_what_is_typed(panel: VariationPanel) -> None:
    panel.tabs.setCurrentIndex(1)
    panel.saying.choose("Send money")
    QTest.keyClicks(panel.saying.filter_line, "passw")
    items = [panel.saying.texts.topLevelItem(number) for number in range(panel.saying.texts.topLevelItemCount())]
    shown = [one.text(0) for one in items if one is not None and not one.isHidden()]
    assert shown
    assert all("passw" in words.lower() for words in shown)


def test_where_wording_does_not_vary_the_panel_says_so(
    panel: VariationPanel, session: DocumentSession, qtbot: QtBot
) -> None:
    panel.tabs.setCurrentIndex(1)
    session.edit(switch_axis(BANK, "wording", False), "Switch off")
    qtbot.waitUntil(lambda: panel.saying.hint.text() == resources.text("variation.words.off"))
    assert not panel.saying.texts.isEnabled()


def test_new_texts_come_while_the_panel_is_seen(panel: VariationPanel, session: DocumentSession, qtbot: QtBot) -> None:
    panel.tabs.setCurrentIndex(1)
    title = Element("page", "p_accounts", "title")
    session.edit(with_value(BANK, title, "Where my money is"), "Edit title")
    exactly = Qt.MatchFlag.MatchExactly
    qtbot.waitUntil(lambda: len(panel.saying.texts.findItems("Where my money is", exactly)) == 1)
