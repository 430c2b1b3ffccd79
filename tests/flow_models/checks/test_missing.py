"""Pages about a row that may not be there."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, flow, link, page, table
from tests.flow_models.checks.asking import assert_case, problems_of


def finding(record: str, when: str = "", *effects: object, rows: tuple[tuple[str], ...] = (("Lamp",),)) -> Flow:
    """A link that opens the page of an item."""
    return flow(
        page("a", link("go")),
        page("b", link("back"), record="items", path="/b/{record.name}"),
        table("items", "name:text", rows=rows),
        arrow("a", "b", use="go", when=when, record=record, do=effects),  # type: ignore[arg-type]
        arrow("b", "a", use="back"),
    )


LAMPS = "first(items, name == 'Lamp')"
CASES = {"transition.record_missing": (finding(LAMPS), finding(LAMPS, "any(items as one, one.name == 'Lamp')"))}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    "sound",
    [
        finding("first(items)"),
        finding("last(items)", "", adds("items", name="'x'"), rows=()),
        finding(LAMPS, "first(items, name == 'Lamp') != empty"),
        finding(LAMPS, "any(items, name == 'Lamp' and name != 'x')"),
        finding(LAMPS, "count(items, name == 'Lamp') > 0"),
    ],
)
def test_a_row_that_is_asked_for_or_always_there_is_not_missing(sound: Flow) -> None:
    assert problems_of("transition.record_missing", sound) == []


def test_an_empty_table_has_no_first_row() -> None:
    assert problems_of("transition.record_missing", finding("first(items)", rows=()))
