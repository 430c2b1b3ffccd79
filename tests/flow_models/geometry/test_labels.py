"""The words of arrows."""

import pytest

from flow_models.document.base import ValueType
from flow_models.document.behaviour import EnterTrigger, OpenTrigger, Transition, Trigger, WaitTrigger
from flow_models.document.blocks import Link, ListBlock, ListColumn
from flow_models.document.data import Column, Table, Variable
from flow_models.geometry.labels import (
    LABEL_WIDTH,
    SIDES,
    Speech,
    Words,
    forms_of,
    otherwise_of,
    source_blocks,
    whole,
    words_of,
)
from tests.flow_models.geometry.samples import page, shop


def said(transition_id: str) -> str:
    flow = shop()
    is_otherwise = transition_id in otherwise_of(flow)
    words = words_of(Speech(flow), flow.transitions_by_id[transition_id], is_otherwise=is_otherwise)
    return words.sentence().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("transition", "words"),
    [
        ("t_go", "Go on"),
        ("t_order", "Order, only if Your name is not empty"),
        ("t_again", "Order, in all other cases"),
        ("t_nav", "Home"),
    ],
)
def test_an_arrow_says_its_trigger_and_guard(transition: str, words: str) -> None:
    assert said(transition) == words


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        (EnterTrigger(), "On arrival"),
        (OpenTrigger(), "When opened by its address"),
        (WaitTrigger(steps=3), "After 3 steps"),
    ],
)
def test_triggers_without_a_block_are_worded(trigger: Trigger, words: str) -> None:
    transition = Transition(id="t", source="home", on=trigger, to="done")
    assert words_of(Speech(shop()), transition, is_otherwise=False).trigger == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('field.name == "a == b"', "Your name is “a == b”"),
        ("tries >= 3 and not done_today", "Wrong tries is at least 3 and done today is no"),
        ("any(payees, iban == field.name)", "there is a row of Payees where IBAN is Your name"),
        ("not any(payees, iban == field.name)", "there is no row of Payees where IBAN is Your name"),
        ('lower(trim(field.name)) == "a"', "Your name without spaces around in small letters is “a”"),
        ("field.name ==", "(not finished yet)"),
    ],
)
def test_a_guard_is_in_words(source: str, words: str) -> None:
    variables = (Variable(id="v", name="tries", title="Wrong tries", type=ValueType(kind="integer")),)
    done = Variable(id="d", name="done_today", type=ValueType(kind="boolean"))
    payees = Table(id="p", name="payees", title="Payees", columns=(Column(id="i", name="iban", title="IBAN"),))
    flow = shop().rebuilt(variables=(*variables, done), tables=(payees,))
    arrow = flow.transitions_by_id["t_order"].rebuilt(when=source)
    assert words_of(Speech(flow), arrow, is_otherwise=False).guard == f"only if {words}"


def test_the_link_of_a_list_is_named_by_its_column() -> None:
    listed = ListBlock(id="l", columns=(ListColumn(title="Account", link=Link(id="open", title="{name}")),))
    flow = shop().rebuilt(pages=(page("home", 0, 0, listed),))
    arrow = flow.transitions_by_id["t_go"].rebuilt(on={"kind": "use", "block": "open"})
    assert words_of(Speech(flow), arrow, is_otherwise=False).trigger == "Account in a row"


def test_a_transition_whose_source_or_button_is_gone_still_has_words() -> None:
    lost = Transition(id="t", source="nowhere", on={"kind": "use", "block": "gone"}, to="home")
    assert source_blocks(shop(), lost) == ()
    assert words_of(Speech(shop()), lost, is_otherwise=False).trigger == "A removed button"


LONG = Words("Send the money right now to somebody", "only if amount ≤ balance" * 5, "if amount ≤ balance" * 5)


def test_a_long_label_is_one_short_line_of_its_trigger_and_its_condition() -> None:
    first, second, *_, last = forms_of(LONG)
    assert first.text.startswith("Send the")
    assert ", if am" in first.text
    assert first.text.endswith("…")
    assert second.width <= LABEL_WIDTH + SIDES
    assert last.width < second.width < first.width
    assert ", if " in second.text


def test_a_short_label_says_all_at_once() -> None:
    assert [form.text for form in forms_of(Words("Show", "", ""))] == ["Show"]
    assert forms_of(Words("Show", "only if done is yes", "if done is yes"))[0].text == "Show, if done is yes"


def test_the_whole_sentence_loses_no_word() -> None:
    lines, strong, _ = whole(LONG.trigger, LONG.guard)
    assert " ".join(lines[:strong]) == LONG.trigger
    assert "".join(lines[strong:]).replace(" ", "") == LONG.guard.replace(" ", "")
