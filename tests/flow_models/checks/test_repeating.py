"""Forms that accept the same thing twice."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, button, field, flow, form, link, page, rows_of, table
from tests.flow_models.checks.asking import assert_case, problems_of


def club(*rivals: object, name: str = "field.name", shown: str = "{name}") -> Flow:
    """A form that adds members, who are chosen in a list."""
    return flow(
        page("a", form("f", field("name", required=True), button("join", submit=True)),
             rows_of("list", "members", shown, row_controls=(link("open"),))),
        page("b", link("back"), record="members", path="/b/{record.code}"),
        table("members", "code:text", "name:text"),
        *rivals,  # type: ignore[arg-type]
        arrow("a", use="join", do=(adds("members", name=name, code="text(count(members))"),), notice="Welcome."),
        arrow("a", "b", use="open"),
        arrow("b", "a", use="back"),
    )  # fmt: skip


TAKEN = arrow("a", use="join", when="any(members, name == field.name)", notice="Taken.", name="taken")
CASES = {"repeating.alike": (club(), club(TAKEN))}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_rows_that_a_number_tells_apart_may_have_the_same_name() -> None:
    assert problems_of("repeating.alike", club(shown="{code} {name}")) == []


def test_what_nobody_types_is_not_sent_twice() -> None:
    assert problems_of("repeating.alike", club(name="'Somebody'")) == []
