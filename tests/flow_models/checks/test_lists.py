"""Lists that show nothing or whose pages nothing turns, and page numbers that turn nothing."""

import pytest

from flow_models.document.blocks import Pagination
from tests.flow_models.builders import flow, page, rows_of, table
from tests.flow_models.checks.asking import assert_case, problems_of

T = table("t", "x")
SHORT = rows_of("l", "t", "{x}", page_size=5)
WHOLE = rows_of("l", "t", "{x}")


def pages(list_id: str | None = "l") -> Pagination:
    return Pagination.model_validate({"id": "p", "list": list_id})


CASES = {
    "list.no_table": (flow(page("a", rows_of("l", "gone", "x"))), flow(page("a", rows_of("l", "t", "x")), T)),
    "list.no_columns": (flow(page("a", rows_of("l", "t")), T), flow(page("a", rows_of("l", "t", "x")), T)),
    "pagination.no_list": (flow(page("a", SHORT, pages(None)), T), flow(page("a", SHORT, pages()), T)),
    "pagination.not_paged": (flow(page("a", WHOLE, pages()), T), flow(page("a", SHORT, pages()), T)),
    "list.no_pagination": (flow(page("a", SHORT), T), flow(page("a", SHORT, pages()), T)),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_page_numbers_may_belong_to_no_list_of_another_page() -> None:
    built = flow(page("a", SHORT), page("b", pages()), T)
    assert len(problems_of("pagination.no_list", built)) == 1
