"""What elements are called on screen."""

from typing import get_args

import pytest

import resources
from app.words.counts import counted
from app.words.elements import TITLE_LIMIT, block_word, exists, kind_word, page_of, title_of, word_of_part
from flow_models.document import storage
from flow_models.document.behaviour import EnterTrigger, Page, Section, Transition, UseTrigger, WaitTrigger
from flow_models.document.blocks import MODELS, Button
from flow_models.document.elements import Element, ElementKind
from flow_models.document.field_blocks import MoneyField
from flow_models.document.flow import Flow

FLOW = Flow(
    id="f",
    sections=(Section(id="s", title="Shop", pages=("b",), header=(Button(id="out", title="Sign out"),)),),
    pages=(
        Page(id="a", title="Home", blocks=(Button(id="go", title="Go on"), MoneyField(id="m", name="amount"))),
        Page(id="b", title=" Long " + "x" * 100, kind="dialog"),
    ),
    transitions=(
        Transition(id="t1", source="a", on=UseTrigger(block="go"), to="b"),
        Transition(id="t2", source="a", on=WaitTrigger(steps=3), to="stay"),
        Transition(id="t3", source="s", on=EnterTrigger(), to="close"),
        Transition(id="t4", source="a", on=UseTrigger(block="gone"), to="a"),
    ),
)


@pytest.mark.parametrize(
    ("kind", "part", "title"),
    [
        ("page", "a", "Home"),
        ("block", "go", "Go on"),
        ("block", "m", "amount"),
        ("transition", "t2", "After 3 steps → stays here"),
        ("transition", "t3", "Page is entered → closes the dialog"),
        ("transition", "t4", "(a block that is gone) → Home"),
        ("site", "site", "Site"),
        ("flow", "f", "Untitled flow"),
        ("page", "gone", "Page"),
    ],
)
def test_an_element_is_called_by_what_the_person_knows(kind: str, part: str, title: str) -> None:
    assert title_of(FLOW, Element(kind, part)) == title  # type: ignore[arg-type]  # parametrized


def test_long_titles_are_cut_to_one_line() -> None:
    title = title_of(FLOW, Element("page", "b"))
    assert len(title) == TITLE_LIMIT
    assert title.startswith("Long x")


def test_the_page_of_an_element_is_where_it_is_seen() -> None:
    elements = [Element("block", "go"), Element("block", "out"), Element("transition", "t3"), Element("task", "x")]
    assert [page_of(FLOW, element) for element in elements] == ["a", "b", "b", None]


def test_a_dialog_is_called_a_dialog() -> None:
    assert [word_of_part(page) for page in FLOW.pages] == ["Page", "Dialog"]


def test_every_kind_of_element_and_block_of_the_bank_has_words() -> None:
    flow = storage.load(resources.path("examples", "north_bank.flow.json"))
    words = {word_of_part(block) for page in flow.pages for block in flow.blocks_on(page.id)}
    assert all(words)
    assert exists(flow, Element("page", flow.pages[0].id))


def test_every_kind_that_a_flow_can_hold_has_a_word() -> None:
    assert all(kind_word(kind) for kind in get_args(ElementKind))
    assert all(block_word(kind) for kind in MODELS)


def test_counts_agree_with_their_nouns() -> None:
    assert (counted("page", 1), counted("page", 0), counted("change", 12)) == ("1 page", "0 pages", "12 changes")
