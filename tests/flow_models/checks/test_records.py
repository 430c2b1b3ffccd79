"""Detail pages and the rows that they show."""

import pytest

from flow_models.document.blocks import Details
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, button, flow, link, page, rows_of, table
from tests.flow_models.checks.asking import assert_case, problems_of

T = table("t", "x", rows=(("one",),))
CONTROL = rows_of("l", "t", "{x}", row_controls=(button("open"),))


def detail(**fields: object) -> Flow:
    """A list whose button opens a page with details."""
    return flow(
        page("a", CONTROL, link("plain")), page("d", Details(id="det"), **fields), T, arrow("a", "d", use="open")
    )


def with_plain_link(**fields: str) -> Flow:
    start = detail(record="t", path="/d/{record.x}")
    return start.rebuilt(transitions=(*start.transitions, arrow("a", "d", use="plain", **fields)))  # type: ignore[arg-type]


CASES = {
    "page.no_record": (detail(), detail(record="t", path="/d/{record.x}")),
    "page.record_missing": (detail(record="gone"), detail(record="t")),
    "page.path_without_record": (detail(record="t", path="/d"), detail(record="t", path="/d/{record.x}")),
    "transition.no_record": (with_plain_link(), with_plain_link(record="first(t)")),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_detail_page_gets_the_table_of_the_list_that_opens_it() -> None:
    fix = problems_of("page.no_record", detail())[0].fix
    assert fix is not None
    assert fix.edit(detail()).pages_by_id["d"].record == "t"


def test_details_with_a_row_of_their_own_need_no_record() -> None:
    assert problems_of("page.no_record", flow(page("a", Details(id="det", record="first(t)")), T)) == []
