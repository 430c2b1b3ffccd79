"""Where a visit begins."""

import pytest

from flow_models.document.flow import Flow, Site
from tests.flow_models.builders import flow, page, table
from tests.flow_models.checks.asking import assert_case

CASES = {
    "start.no_pages": (Flow(id="f"), flow(page("a"))),
    "start.missing": (flow(page("a")).rebuilt(site=Site()), flow(page("a"))),
    "start.dialog": (flow(page("a"), page("d", kind="dialog"), start="d"), flow(page("a"), page("d", kind="dialog"))),
    "start.record": (
        flow(page("a", record="t"), table("t", "x")),
        flow(page("b"), page("a", record="t"), table("t", "x")),
    ),
    "start.not_found_missing": (
        flow(page("a"), site=Site(start="a", not_found="gone")),
        flow(page("a"), page("b"), site=Site(start="a", not_found="b")),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
