"""Pages that lead on by themselves."""

import pytest

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


def test_opening_a_page_may_set_a_variable() -> None:
    start = flow(page("a"), variable("v"), arrow("a", on="open", do=(sets("v", "'x'"),)))
    assert problems_of("transition.arrival_changes", start) == []
