"""Forms that cannot be sent."""

import pytest

from tests.flow_models.builders import button, field, flow, form, page
from tests.flow_models.checks.asking import assert_case

CASES = {
    "form.no_submit": (
        flow(page("a", form("f", field("x"), button("b")))),
        flow(page("a", form("f", field("x"), button("b", submit=True)))),
    ),
    "form.no_fields": (
        flow(page("a", form("f", button("b", submit=True)))),
        flow(page("a", form("f", field("x"), button("b", submit=True)))),
    ),
    "form.submit_outside": (
        flow(page("a", button("b", submit=True))),
        flow(page("a", form("f", button("b", submit=True)))),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
