"""Pages about a row that may not be there."""

import pytest

from flow_models.document.behaviour import SetEffect
from flow_models.document.blocks import Link, ListColumn
from flow_models.document.field_blocks import ChoiceField
from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, flow, link, page, rows_of, sets, table, task, variable
from tests.flow_models.checks.asking import assert_case, problems_of


def finding(record: str, when: str = "", *effects: object, rows: tuple[tuple[str], ...] = (("Lamp",),)) -> Flow:
    """A link that opens the page of an item."""
    return flow(
        page("a", link("go")),
        page("b", link("back"), record="items", path="/b/{record.name}"),
        table("items", "name:text", rows=rows),
        arrow("a", "b", use="go", when=when, record=record, do=effects),  # type: ignore[arg-type]
        arrow("b", "a", use="back"),
    )


OPENING = ListColumn(title="Code", text="{code}", link=Link(id="open", title="{code}"))
LAMPS = "first(items, name == 'Lamp')"
CASES = {"transition.record_missing": (finding(LAMPS), finding(LAMPS, "any(items as one, one.name == 'Lamp')"))}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    "sound",
    [
        finding("first(items)"),
        finding("last(items)", "", adds("items", name="'x'"), rows=()),
        finding(LAMPS, "first(items, name == 'Lamp') != empty"),
        finding(LAMPS, "any(items, name == 'Lamp' and name != 'x')"),
        finding(LAMPS, "count(items, name == 'Lamp') > 0"),
    ],
)
def test_a_row_that_is_asked_for_or_always_there_is_not_missing(sound: Flow) -> None:
    assert problems_of("transition.record_missing", sound) == []


def test_an_empty_table_has_no_first_row() -> None:
    assert problems_of("transition.record_missing", finding("first(items)", rows=()))


def behind(when: str = "", *, given: str = "", shown: str = "") -> Flow:
    """A page about an order, whose link leads to the item that goes with it, which an order may lack."""
    return flow(
        page("a", rows_of("l", "orders", "{code}").rebuilt(columns=(OPENING,)), link("new")),
        page("o", link("with", show_if=shown), link("back"), record="orders", path="/o/{record.code}"),
        page("b", link("home"), record="items", path="/b/{record.name}"),
        table("items", "name:text", rows=(("Lamp",),)),
        table("orders", "code:text", "item:row:items"),
        arrow("a", use="new", do=(adds("orders", code="'1'", **({"item": given} if given else {})),)),
        arrow("a", "o", use="open"), arrow("o", "a", use="back"), arrow("b", "a", use="home"),
        arrow("o", "b", use="with", when=when, record="record.item"),
    )  # fmt: skip


def test_a_column_that_some_rows_leave_empty_names_no_row() -> None:
    assert problems_of("transition.record_missing", behind())
    for sound in (behind("record.item != empty"), behind(shown="record.item != empty"), behind(given="first(items)")):
        assert problems_of("transition.record_missing", sound) == []


@pytest.mark.parametrize(
    ("is_required", "when", "found"), [(False, "", 1), (True, "", 0), (False, "field.x != empty", 0)]
)
def test_a_field_in_which_nothing_need_be_chosen_names_no_row(*, is_required: bool, when: str, found: int) -> None:
    choice = ChoiceField(id="x", name="x", title="X", table="items", required=is_required)
    start = flow(
        page("a", choice, link("go")),
        page("b", link("back"), record="items", path="/b/{record.name}"),
        table("items", "name:text", rows=(("Lamp",),)),
        arrow("a", "b", use="go", when=when, record="field.x"),
        arrow("b", "a", use="back"),
    )
    assert len(problems_of("transition.record_missing", start)) == found


def kept(when: str = "", *, way: str = "a", begins: tuple[SetEffect, ...] = ()) -> Flow:
    """Pages about a row that was chosen before, on one page or on the way to the next."""
    return flow(
        page("a", rows_of("l", "items", "{name}", row_controls=(link("choose"),)), link("on")),
        page("c", link("open"), link("again")),
        page("b", link("back"), record="items", path="/b/{record.name}"),
        table("items", "name:text", rows=(("Lamp",),)),
        variable("chosen", "row:items"),
        arrow("a", "c", use="choose", do=(sets("chosen", "row"),)),
        arrow("a", "c", use="on") if way == "a" else arrow("a", "b", use="on", record="first(items)"),
        arrow("c", "b", use="open", when=when, record="chosen"),
        arrow("c", "a", use="again"), arrow("b", "a", use="back"),
        task("look", answer="first(items, value=name)", setup=begins),
    )  # fmt: skip


def test_a_variable_may_be_empty_where_one_comes_without_choosing() -> None:
    assert problems_of("transition.record_missing", kept())
    assert problems_of("transition.record_missing", kept("count(items) > 0"))


@pytest.mark.parametrize(
    "sound", [kept("chosen != empty"), kept(way="chosen"), kept(begins=(sets("chosen", "first(items)"),))]
)
def test_a_variable_that_is_asked_for_or_set_on_every_way_names_a_row(sound: Flow) -> None:
    assert problems_of("transition.record_missing", sound) == []
