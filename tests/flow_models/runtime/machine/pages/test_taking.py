"""What a site takes of what is typed: compared, required, stored and judged as pages show it."""

import pytest

from flow_models.document.blocks import AnyBlock
from flow_models.document.field_blocks import LongText, MoneyField, SuggestField, TextField
from flow_models.document.flow import Flow
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    flow,
    form,
    page,
    parameter,
    table,
    task,
)
from tests.flow_models.runtime.machine.play import Play

NAME = "José O\u2019Neill"
WAYS = (
    NAME,
    f"{NAME} ",
    f"\u00a0 {NAME}",
    "Jose\u0301  O\u2019Neill",
    f"\u200b{NAME}\ufeff",
    "José\u2003O\u2019Nei\u200bll",
)
"""Ways to write a name that no page tells apart."""


def noting(block: AnyBlock, **tasks: object) -> Flow:
    """Return a flow that stores what is typed into a field."""
    return flow(
        page("home", form("f", block, button("send", submit=True))),
        table("notes", "text:text"),
        arrow("home", use="send", do=(adds("notes", text="field.x"),)),
        task("t", "Note {task.name}", parameters=(parameter("name", "text", f" {NAME}\t"),), **tasks),  # type: ignore[arg-type]
    )


def sent(block: AnyBlock, text: str, **tasks: object) -> Play:
    """Return the visit in which a text has been typed and sent."""
    play = Play(noting(block, **tasks), "t")
    play.fill(block.id, text)
    play.use("send")
    return play


@pytest.mark.parametrize(
    ("block", "text"),
    [
        *[(TextField(id="b", name="x"), text) for text in (*WAYS, NAME.replace(" ", "\n"))],
        *[(LongText(id="b", name="x"), text) for text in (*WAYS, f"{NAME}\n")],
    ],
)
def test_a_task_is_done_in_whatever_way_its_text_is_written(block: AnyBlock, text: str) -> None:
    play = sent(block, text, expect=(expect_added("notes", text="task.name"),))
    assert play.rows("notes")[0]["text"] == NAME
    assert play.episode.end_reason == "success"


@pytest.mark.parametrize("text", WAYS)
def test_a_box_goes_on_showing_what_was_typed(text: str) -> None:
    assert sent(TextField(id="b", name="x"), text).field("x") == text


@pytest.mark.parametrize("text", ["", " ", "\u00a0\u2003", "\t\n", "\0", "\u200b\ufeff"])
@pytest.mark.parametrize(
    "block",
    [
        TextField(id="b", name="x", required=True),
        TextField(id="b", name="x", required=True, purpose="password"),
        TextField(id="b", name="x", required=True, trim=False),
        LongText(id="b", name="x", required=True),
    ],
)
def test_a_text_in_which_there_is_nothing_to_see_is_empty(block: AnyBlock, text: str) -> None:
    play = sent(block, text)
    assert play.view.errors["x"]
    assert not play.rows("notes")


@pytest.mark.parametrize(
    ("block", "text", "is_right"),
    [
        (TextField(id="b", name="x", max_length=3), "  abc ", True),
        (TextField(id="b", name="x", min_length=3), " ab  ", False),
        (TextField(id="b", name="x", pattern="@@-##"), "AB-12 ", True),
        (TextField(id="b", name="x", pattern="## \u00a0## "), "12  34 ", True),
        (TextField(id="b", name="x", pattern="## ", trim=False), "12", False),
        (TextField(id="b", name="x", purpose="email"), " ana@bank.test\u200b", True),
        (TextField(id="b", name="x", max_length=4, purpose="password"), " abc ", False),
        (LongText(id="b", name="x", max_length=3), "abc\n", True),
    ],
)
def test_a_form_judges_what_is_taken(block: AnyBlock, text: str, is_right: bool) -> None:
    assert bool(sent(block, text).rows("notes")) is is_right


@pytest.mark.parametrize(
    "block",
    [TextField(id="b", name="x", trim=False), TextField(id="b", name="x", purpose="password")],
    ids=["said by the designer", "password"],
)
def test_spaces_count_where_they_are_meant_to(block: AnyBlock) -> None:
    assert sent(block, " e\u0301  a ").rows("notes")[0]["text"] == " é  a "


def test_amounts_and_suggestions_are_read_as_pages_show_them() -> None:
    people = table("people", "name:text", rows=((f"{NAME}  ",), ("Ana",)))
    whom, amount = SuggestField(id="b", name="x", table="people"), MoneyField(id="a", name="amount")
    play = Play(
        flow(page("home", form("f", whom, amount, button("send", submit=True))), people, table("notes", "n:money"))
    )
    play.fill("b", " jose\u0301\u00a0o\u2019neill")
    play.fill("a", "\u00a012.50\u200b")
    play.use("send")
    assert not play.view.errors


def test_a_suggestion_means_the_row_that_is_spelled_so() -> None:
    people = table("people", "name:text", rows=(("Ana",), ("ANA",), ("bo",)))
    whom, send = SuggestField(id="b", name="x", table="people"), button("send", submit=True)
    stores = arrow("home", use="send", do=(adds("notes", who="field.x"),))
    play = Play(flow(page("home", form("f", whom, send)), people, table("notes", "who:row:people"), stores))
    for text in ("Ana", "ANA", "BO", "aNa"):
        play.fill("b", text)
        play.use("send")
    assert [row["who"] for row in play.rows("notes")] == ["people_1", "people_2", "people_3", "people_1"]


def test_data_begin_as_pages_show_them() -> None:
    people = table("people", "name:text", rows=((f"{NAME} \u200b",), ("Jose\u0301  O\u2019Neill",)))
    play = Play(flow(page("home"), people, task("t")), "t")
    assert [row["name"] for row in play.rows("people")] == [NAME, NAME]


def test_texts_of_formulas_are_compared_in_one_way_of_writing() -> None:
    play = Play(
        flow(
            page("home", form("f", TextField(id="b", name="x"), button("send", submit=True))),
            page("next"),
            arrow("home", "next", use="send", when='field.x == "Jose\u0301"'),
        )
    )
    play.fill("b", "José")
    play.use("send")
    assert play.page == "next"
