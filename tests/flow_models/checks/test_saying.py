"""Pictures without words, and steps that do not say where a visitor stands."""

import pytest

from flow_models.document.blocks import Image, Steps
from tests.flow_models.builders import flow, page
from tests.flow_models.checks.asking import assert_case

CASES = {
    "image.no_text": (flow(page("a", Image(id="i"))), flow(page("a", Image(id="i", text="A hill")))),
    "steps.empty": (flow(page("a", Steps(id="s"))), flow(page("a", Steps(id="s", titles=("One",))))),
    "steps.current": (
        flow(page("a", Steps(id="s", titles=("One",), current=2))),
        flow(page("a", Steps(id="s", titles=("One", "Two"), current=2))),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
