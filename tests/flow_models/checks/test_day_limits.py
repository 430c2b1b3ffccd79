"""Days as limits of fields."""

import pytest

from tests.flaws.contrary import ORDERS, within
from tests.flow_models.checks.asking import assert_case, problems_of

CASES = {
    "day.barred": (
        within("day", "minimum", "'2027-04-02'")(ORDERS),
        within("day", "minimum", "'2027-04-01'")(ORDERS),
    )
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_day_may_be_the_limit_where_nothing_follows_the_clock() -> None:
    assert problems_of("day.fixed", within("day", "maximum", "'1990-01-01'")(ORDERS)) == []
