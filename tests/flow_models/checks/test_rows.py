"""Suggestions and grids without a table."""

import pytest

from flow_models.document.field_blocks import ChoiceGrid, SuggestField
from tests.flow_models.builders import flow, page, table
from tests.flow_models.checks.asking import assert_case

T = table("t", "x")


def suggest(**fields: object) -> SuggestField:
    return SuggestField.model_validate({"id": "s", "name": "s", "title": "S", **fields})


def grid(**fields: object) -> ChoiceGrid:
    return ChoiceGrid.model_validate({"id": "g", "name": "g", "title": "G", **fields})


CASES = {
    "suggest.no_table": (flow(page("a", suggest()), T), flow(page("a", suggest(table="t")), T)),
    "grid.no_table": (flow(page("a", grid(table="gone")), T), flow(page("a", grid(table="t")), T)),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
