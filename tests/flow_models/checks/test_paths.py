"""Addresses of pages."""

import pytest

from tests.flow_models.builders import flow, page, table
from tests.flow_models.checks.asking import assert_case, problems_of

CASES = {
    "path.missing": (flow(page("a", path="")), flow(page("a"))),
    "path.no_slash": (flow(page("a", path="home")), flow(page("a", path="/"))),
    "path.form": (flow(page("a", path="/my page?x")), flow(page("a", path="/my-page/x_1"))),
    "path.of_dialog": (flow(page("a", kind="dialog", path="/x")), flow(page("a", kind="dialog"))),
    "path.shared": (
        flow(page("a", path="/x"), page("b", path="/x/")),
        flow(page("a", path="/x"), page("b", path="/y")),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    ("first", "second", "is_shared"),
    [
        ("/t/{record.x}", "/t/{record.y}", True),
        ("/t/{record.x}", "/t/new", False),
        ("/t/{record.x}/edit", "/t/{record.x}", False),
        ("/t/{record.x}/a", "/t/b/{record.x}", True),
        ("/t/{record.x}", "/s/{record.x}", False),
    ],
)
def test_addresses_with_holes_are_compared_by_what_they_match(first: str, second: str, is_shared: bool) -> None:
    start = flow(page("a", path=first, record="t"), page("b", path=second, record="t"), table("t", "x", "y"))
    assert bool(problems_of("path.shared", start)) is is_shared
