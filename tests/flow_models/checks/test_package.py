"""The name of the package that is exported."""

import pytest

from tests.flow_models.builders import flow, page
from tests.flow_models.checks.asking import assert_case

CASES = {"package.taken": (flow(page("a")).rebuilt(package="random"), flow(page("a")).rebuilt(package="randoms"))}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
