"""Transitions that leave the range of values: refused in the site's words, beside the field or in a notice."""

from decimal import Decimal

import pytest

from flow_models.document.blocks import AnyBlock, Columns, FoldOut, Group, Tab, Tabs
from flow_models.document.field_blocks import DateField, LongText, NumberField
from flow_models.document.flow import Flow, Site
from flow_models.document.tasks import Failure
from flow_models.runtime.machine.base import limits
from flow_models.runtime.machine.base.tables import Base, Table
from flow_models.runtime.machine.pages.view import Button, Field, NoticeBox, Text
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    flow,
    form,
    money_field,
    page,
    rows_of,
    section,
    sets,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.runtime.machine.play import Play

WIDE = "9" * 30
"""The widest number that a field accepts."""

AMOUNT = NumberField(id="f_n", name="n", title="Number")
WORD = LongText(id="f_word", name="word", title="Word", max_length=5_000)
DAY = DateField(id="f_day", name="day", title="Day")


def bank(*, when: str = "", value: str = "total + field.amount", kind: str = "money") -> Flow:
    """Return a site that adds an amount to a total, as a task in which every step costs."""
    return flow(
        page(
            "home",
            form("f", money_field("amount"), AMOUNT, DAY, WORD, button("send", submit=True)),
        ),
        table("log", "text:text"),
        variable("total", kind),
        variable("sum", "decimal", 10),
        arrow("home", use="send", when=when, do=(adds("log", text='"a"'), sets("total", value)), notice="Done"),
        task("t", failures=(Failure(when="count(log) > 5"),), step_cost=0.01, max_steps=9),
    )


def errors(play: Play) -> dict[str, str]:
    return {one.name: one.error for one in play.view.controls() if isinstance(one, Field) and one.error}


def test_a_number_wider_than_what_can_be_kept_is_refused_beside_its_field() -> None:
    play = Play(bank(), "t")
    play.fill("f_amount", "9" * 35)
    result = play.use("send")
    assert errors(play) == {"amount": "This number is too large."}
    assert (result.end_reason, result.reward, play.rows("log")) == ("", -0.01, [])


@pytest.mark.parametrize(
    ("when", "value", "kind", "filled", "said"),
    [
        ("", "field.n * 1000", "integer", {"n": WIDE}, {"n": "This number is too large."}),
        ("", "field.day + field.n", "date", {"n": WIDE, "day": "2027-03-15"}, {"n": "", "day": ""}),
        ("", "field.day + 400", "date", {"day": "9999-12-31"}, {"day": "This date is beyond the calendar."}),
        ("", "field.day - 400", "date", {"day": "0001-01-01"}, {"day": "This date is beyond the calendar."}),
        ("10 / field.n > 1", "1", "integer", {"n": "0"}, {"n": "Nothing can be divided by zero."}),
        ("chance(field.n)", "1", "integer", {"n": "7"}, {"n": "This is no probability."}),
        ("", "field.word + field.word + \"!\"", "text", {"word": "x" * 5_000}, {"word": "This text is too long."}),
        ("", "upper(field.word)", "text", {"word": "ΐ" * 5_000}, {"word": "This text is too long."}),
    ],
)  # fmt: skip
def test_what_leaves_the_range_is_refused_beside_the_fields_that_it_reads(
    when: str, value: str, kind: str, filled: dict[str, str], said: dict[str, str]
) -> None:
    play = Play(bank(when=when, value=value, kind=kind), "t")
    for name, text in {"amount": "5", **filled}.items():
        play.fill(f"f_{name}", text)
    before = play.episode.state.steps
    result = play.use("send")
    found = errors(play)
    assert found.keys() == said.keys()
    assert all(found[name] == words for name, words in said.items() if words)
    assert (play.rows("log"), play.value("total"), play.view.notices) == ([], None, ())
    assert (result.end_reason, result.transition, result.error, result.reward) == ("", None, "", -0.01)
    assert play.episode.state.steps == before + 1
    assert {name: play.field(name) for name in filled} == filled


def test_pressing_a_doubling_button_for_ever_ends_in_a_notice() -> None:
    play = Play(
        flow(page("home", button("go")), variable("n", "integer", 1), arrow("home", use="go", do=(sets("n", "n * 2"),)))
    )
    for _ in range(150):
        assert play.use("go").end_reason == ""
    assert play.value("n") == 2**99
    assert play.view.notices == (("error", "This could not be done. This number is too large."),)


def test_a_field_that_is_not_shown_says_nothing_so_a_notice_does() -> None:
    hidden = NumberField(id="f_n", name="n", show_if="n < 1")
    play = Play(
        flow(
            page("home", hidden, button("hide"), button("go")),
            variable("n", "integer", 0),
            arrow("home", use="hide", do=(sets("n", "1"),)),
            arrow("home", use="go", do=(sets("n", "field.n * field.n"),)),
        )
    )
    play.fill("f_n", WIDE)
    play.use("hide")
    play.use("go")
    assert play.view.notices == (("error", "This could not be done. This number is too large."),)


def test_a_full_table_takes_no_more_rows() -> None:
    play = Play(bank(value="0"), "t")
    full = Table("log", Base(tuple((str(number), None) for number in range(limits.ROWS))))
    play.episode = play.episode.at(play.episode.state.replaced(tables=(full,)))
    play.use("send")
    assert play.view.notices == (("error", "This could not be done. There is no room for more."),)


def test_only_the_transition_is_refused_and_what_follows_from_the_arrival_by_itself() -> None:
    play = Play(
        flow(
            page("home", button("go"), button("wait")),
            page("next", words("w", "{count} {late}")),
            variable("count", "integer", 0),
            variable("late", "integer", 0),
            arrow("home", "next", use="go", do=(sets("count", "5"),)),
            arrow("next", on="enter", do=(sets("late", "1 // late"),)),
            arrow("next", wait=2, do=(sets("late", "2 // late"),)),
        )
    )
    assert play.use("go").transition == "home-go-next"
    assert (play.page, play.value("count"), play.value("late"), len(play.view.notices)) == ("next", 5, 0, 1)
    play.noop(2)
    assert (play.page, len(play.view.notices)) == ("next", 1)


def test_a_page_whose_address_is_out_of_range_is_not_found() -> None:
    play = Play(
        flow(
            page("home", button("go")),
            page("far", path="/far/{10 // n}"),
            variable("n", "integer", 0),
            arrow("home", "far", use="go"),
        )
    )
    assert play.use("go").end_reason == ""
    assert play.view.title == "Page not found"
    assert play.do("goto", value="/far/10").end_reason == ""


def shown() -> Play:
    """Return a page on which everything reads a number by which one cannot divide, and one that can be changed."""
    items = table("items", "label:text", "n:integer", rows=(("Lamp", 0), ("Desk", 5)))
    bounded = money_field("most", maximum="100 / by", initial="100 / by")
    home = page(
        "home",
        words("text", "{10 // by}"),
        words("hidden", "now", show_if="10 // by > 1"),
        button("off", enabled_if="10 // by > 1"),
        rows_of("cells", "items", "{label} {10 // row.n}"),
        rows_of("none", "items", "{label}", where="10 // by > row.n"),
        rows_of("unsorted", "items", "{label}", sort="10 // row.n"),
        form("f", bounded, button("send", submit=True)),
        button("reset"),
        title="Home {10 // by}",
        open_by_url="10 // by > 1",
    )
    site = Site(name="Test site", start="home")
    sent = arrow("home", use="send", do=(sets("sent", "true"),))
    reset = arrow("home", use="reset", do=(sets("by", "5"),))
    parts = (items, variable("by", "integer", 0), variable("sent", "boolean"), sent, reset)
    return Play(flow(home, *parts, site=site))


def test_a_page_shows_words_in_place_of_what_is_out_of_range() -> None:
    play = shown()
    title, parts = play.view.title, {part.id: part for part in play.view.main}
    assert title == "Home (out of range)"
    assert isinstance(parts["text"], Text)
    assert parts["text"].text == "(out of range)"
    assert "hidden" not in parts
    assert isinstance(parts["off"], Button)
    assert not parts["off"].enabled
    assert [row.cells[0] for row in parts["cells"].rows] == ["Lamp (out of range)", "Desk 2"]  # type: ignore[attr-defined]
    for name in ("none", "unsorted"):
        part = parts[name]
        assert isinstance(part, NoticeBox)
        assert part.text == "This part cannot be shown: a value is out of range."
    play.use("reset")
    assert not any(isinstance(part, NoticeBox) and part.id == "none" for part in play.view.main)


def test_what_is_typed_beside_a_bound_that_is_out_of_range_is_refused() -> None:
    play = shown()
    assert play.field("most") == ""
    play.fill("f_most", "5")
    play.use("send")
    assert (errors(play), play.value("sent")) == ({"most": "Nothing can be divided by zero."}, None)
    play.use("reset")
    play.use("send")
    assert (errors(play), play.value("sent")) == ({}, True)


def test_amounts_wider_than_what_is_kept_are_shown_and_compared() -> None:
    play = Play(bank(when="field.n * field.n * field.n > 5", value="1"), "t")
    play.fill("f_n", WIDE)
    play.use("send")
    assert play.value("total") == Decimal(1)


@pytest.mark.parametrize(
    ("column", "kind", "value"), [("text", "text", "upper(word)"), ("n", "integer", "days * days")]
)
def test_a_success_whose_values_fit_no_column_has_not_happened(column: str, kind: str, value: str) -> None:
    play = Play(
        flow(
            page("home", form("f", WORD, AMOUNT, button("send", submit=True))),
            table("log", f"{column}:{kind}"),
            variable("word"),
            variable("days", "integer"),
            arrow(
                "home",
                use="send",
                do=(adds("log"), sets("word", "field.word"), sets("days", "field.n")),
            ),
            task("t", expect=(expect_added("log", 1, **{column: value}),), step_cost=0.01, max_steps=9),
        ),
        "t",
    )
    play.fill("f_word", "ΐ" * 5_000)
    play.fill("f_n", WIDE)
    result = play.use("send")
    assert (result.end_reason, result.reward) == ("", -0.01)
    assert len(play.rows("log")) == 1


@pytest.mark.parametrize(
    "container",
    [
        Group(id="c", blocks=(words("w", "x"),), show_if="10 // by > 1"),
        form("c", money_field("much"), show_if="10 // by > 1"),
        Columns(id="c", columns=((words("w", "x"),), ()), show_if="10 // by > 1"),
        FoldOut(id="c", title="More", blocks=(words("w", "x"),), show_if="10 // by > 1"),
        Tabs(id="c", tabs=(Tab(title="One", blocks=(words("w", "x"),)),), show_if="10 // by > 1"),
    ],
    ids=lambda one: one.kind,
)
@pytest.mark.parametrize("is_header", [False, True])
def test_what_holds_blocks_is_not_shown_where_its_condition_is_out_of_range(
    container: AnyBlock, is_header: bool
) -> None:
    blocks = (button("go"),) if is_header else (container, button("go"))
    header = (container,) if is_header else ()
    effect = arrow("home", use="go", do=(sets("by", "by - 1"),))
    play = Play(
        flow(page("home", *blocks), section("all", "home", header=header), variable("by", "integer", 1), effect)
    )
    assert "c" in {part.id for part in (*play.view.header, *play.view.main)}
    assert play.use("go").end_reason == ""
    assert {part.id for part in (*play.view.header, *play.view.main)} == {"go"}
