"""Pages that lead on by themselves."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, flow, link, page, section, sets, table, variable
from tests.flow_models.checks.asking import assert_case, problems_of

T = table("t", "x")
CASES = {
    "transition.arrival_cycle": (
        flow(page("a"), page("b"), arrow("a", "b", on="enter"), arrow("b", "a", on="enter")),
        flow(page("a"), page("b", link("go")), arrow("a", "b", on="enter"), arrow("b", "a", use="go")),
    ),
    "transition.arrival_changes": (
        flow(page("a"), T, arrow("a", on="enter", do=(adds("t", x="'1'"),))),
        flow(page("a"), table("t", "x", durable=False), arrow("a", on="enter", do=(adds("t", x="'1'"),))),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_section_that_sends_its_own_sign_in_page_to_itself_is_no_cycle() -> None:
    start = flow(page("a"), page("b"), section("s", "a", "b"), arrow("s", "a", on="enter", when="1 == 1"))
    assert problems_of("transition.arrival_cycle", start) == []


SIGNED = variable("signed", "boolean", False)
MODE = variable("mode", "choice:new|old|none", "new")
COUNT = variable("n", "integer", 0)


def ring(first: str, second: str, *parts: object, sets_n: str = "", back: str = "") -> Flow:
    """Two pages that send a visitor on to each other under conditions, and buttons that set what these read."""
    first_sets = (sets("n", sets_n),) if sets_n else ()
    return flow(
        page("a", link("sign"), link("count")), page("b"), SIGNED, MODE, COUNT,
        arrow("a", use="sign", do=(sets("signed", "not signed"), sets("mode", "'old'"))),
        arrow("a", use="count", do=(sets("n", "n + 1"),)),
        arrow("a", "b", on="enter", when=first, do=first_sets),
        arrow("b", "a", on="enter", when=second, do=(sets("n", back),) if back else ()),
        *parts,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "severity"),
    [
        (ring("signed", "not signed"), ""),
        (ring("signed == true", "signed != true"), ""),
        (ring("signed", "signed == false"), ""),
        (ring("mode == 'new'", "mode == 'old'"), ""),
        (ring("mode in ['new', 'none']", "mode not in ['new', 'none']"), ""),
        (ring("n >= 3", "n < 3"), ""),
        (ring("mode == 'none'", "mode == 'none'"), ""),
        (ring("n >= 3", "", sets_n="0"), ""),
        (ring("n == 0", "", back="1"), ""),
        (ring("signed", "signed"), "error"),
        (ring("n >= 3", "n >= 2"), "error"),
        (ring("n >= 3", "", sets_n="5"), "error"),
        (ring("mode != 'none'", "mode != 'none'"), "error"),
        (ring("n >= 3", "", sets_n="n - 1"), "warning"),
        (ring("count(t) == 0", "not any(t)", T), "warning"),
        (ring("count(t) == 0", "count(t) > 0", T), ""),
    ],
)
def test_a_ring_turns_only_where_its_conditions_can_hold_together(start: Flow, severity: str) -> None:
    assert [found.severity for found in problems_of("transition.arrival_cycle", start)] == [severity] * bool(severity)


def test_what_is_tried_before_and_what_opens_by_address_ends_a_ring() -> None:
    on = (arrow("a", "b", on="enter"), arrow("b", "a", on="enter"))
    assert problems_of("transition.arrival_cycle", flow(page("a"), page("b"), page("c"), *on))
    first = arrow("b", "c", on="enter", name="first")
    assert not problems_of("transition.arrival_cycle", flow(page("a"), page("b"), page("c"), first, *on))
    opened = (arrow("a", "b", on="open"), arrow("b", "a", on="open"))
    assert not problems_of("transition.arrival_cycle", flow(page("a"), page("b"), *opened))


def test_opening_a_page_may_set_a_variable() -> None:
    start = flow(page("a"), variable("v"), arrow("a", on="open", do=(sets("v", "'x'"),)))
    assert problems_of("transition.arrival_changes", start) == []


@pytest.mark.parametrize(
    ("second", "record", "count"),
    [("record.on", "", 1), ("not record.on", "", 0), ("not record.on", "first(t, not on)", 1)],
)
def test_pages_of_one_row_send_each_other_on_by_what_that_row_is(second: str, record: str, count: int) -> None:
    start = flow(
        page("a", link("go"), record="t", path="/a/{record.x}"), page("b", record="t", path="/b/{record.x}"),
        table("t", "x", "on:boolean", rows=(("one", True), ("two", False))),
        arrow("a", "b", on="enter", when="record.on", record=record), arrow("b", "a", on="enter", when=second),
    )  # fmt: skip
    assert len(problems_of("transition.arrival_cycle", start)) == count
