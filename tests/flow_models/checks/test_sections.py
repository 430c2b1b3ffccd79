"""Sections and their pages."""

import pytest

from tests.flow_models.builders import flow, page, section
from tests.flow_models.checks.asking import assert_case

CASES = {
    "section.empty": (flow(page("a"), section("s")), flow(page("a"), section("s", "a"))),
    "section.unknown_page": (flow(page("a"), section("s", "a", "gone")), flow(page("a"), section("s", "a"))),
    "section.two": (
        flow(page("a"), section("s", "a"), section("t", "a")),
        flow(page("a"), page("b"), section("s", "a"), section("t", "b")),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
