"""Forms that cannot be sent, and blocks with nothing to show."""

import pytest

from flow_models.document.field_blocks import ChoiceField
from tests.flow_models.builders import button, field, flow, form, page, rows_of, table
from tests.flow_models.checks.asking import assert_case


def choice(**fields: object) -> ChoiceField:
    return ChoiceField.model_validate({"id": "c", "name": "c", "title": "C", **fields})


T = table("t", "x")
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
    "list.no_table": (flow(page("a", rows_of("l", "gone", "x"))), flow(page("a", rows_of("l", "t", "x")), T)),
    "list.no_columns": (flow(page("a", rows_of("l", "t")), T), flow(page("a", rows_of("l", "t", "x")), T)),
    "choice.no_table": (flow(page("a", choice(table="gone"))), flow(page("a", choice(table="t")), T)),
    "choice.empty": (flow(page("a", choice())), flow(page("a", choice(choices=("x",))))),
    "choice.repeated": (flow(page("a", choice(choices=("x", "x")))), flow(page("a", choice(choices=("x", "y"))))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
