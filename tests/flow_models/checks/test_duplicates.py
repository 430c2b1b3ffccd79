"""Names and titles that stand for two things."""

import pytest

from tests.flow_models.builders import field, flow, page, parameter, section, table, task, variable
from tests.flow_models.checks.asking import assert_case, problems_of

CASES = {
    "name.repeated": (
        flow(page("a"), table("t", "x"), variable("t").rebuilt(id="v")),
        flow(page("a"), table("t", "x"), variable("v")),
    ),
    "name.reserved": (flow(page("a"), variable("record")), flow(page("a"), variable("records"))),
    "task.repeated": (
        flow(page("a"), task("x"), task("x").rebuilt(id="y")),
        flow(page("a"), task("x"), task("y")),
    ),
    "page.same_title": (flow(page("a", title="X"), page("b", title="X")), flow(page("a"), page("b"))),
    "title.repeated": (
        flow(page("a"), section("s", "a", title="X"), section("t", title="X")),
        flow(page("a", title="X"), section("s", "a", title="X")),
    ),
    "field.repeated": (
        flow(page("a", field("x"), field("x").rebuilt(id="other"))),
        flow(page("a", field("x")), page("b", field("x").rebuilt(id="other"))),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_field_of_a_section_meets_those_of_its_pages() -> None:
    start = flow(page("a", field("x")), section("s", "a", header=(field("x").rebuilt(id="other"),)))
    assert len(problems_of("field.repeated", start)) == 1


def test_columns_and_parameters_are_unique_in_their_owner_only() -> None:
    one, other = table("t", "x"), table("s", "x")
    assert problems_of("name.repeated", flow(page("a"), one, other)) == []
    twice = one.rebuilt(columns=(*one.columns, one.columns[0].rebuilt(id="c2")))
    assert len(problems_of("name.repeated", flow(page("a"), twice))) == 1
    asked = task("t", parameters=(parameter("p", "text", "x"), parameter("p", "text", "y").rebuilt(id="p2")))
    assert len(problems_of("name.repeated", flow(page("a"), asked))) == 1
