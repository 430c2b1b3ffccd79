"""SkyRL-gym takes a package as it is: rows of a dataset, and an environment under an id of its registry."""

from pathlib import Path
from typing import Any

import pytest

from tests.stacks.conftest import MakeStack
from tests.stacks.environments import Stack

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def skyrl(stack_of: MakeStack) -> Stack:
    return stack_of("skyrl")


@pytest.fixture(scope="module")
def played(skyrl: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of playing the rows as its trainer does."""
    found: dict[str, Any] = skyrl.found("skyrl.py", where=tmp_path_factory.mktemp("skyrl"))
    return found


def test_a_solution_earns_the_maximum(played: dict[str, Any]) -> None:
    assert played["oracle"] == [1.0] * played["rows"] == [1.0] * 4
    assert played["end"] == [True, [], "success"]


def test_doing_nothing_earns_the_floor(played: dict[str, Any]) -> None:
    assert played["noop"] == 0.0


def test_parts_and_ends_are_metrics_whose_means_are_true(played: dict[str, Any]) -> None:
    assert (played["metrics"]["reward/success"], played["metrics"]["end/success"]) == (1.0, 1.0)
    assert (played["means"]["reward/success"], played["means"]["end/success"]) == (0.5, 0.5)


def test_an_answer_without_an_action_is_told_so(played: dict[str, Any]) -> None:
    assert played["wrong"].startswith("Error: Your answer holds no action")


def test_a_broken_site_raises(played: dict[str, Any]) -> None:
    assert played["fault"] == "FaultError"


def test_the_program_of_the_card_runs_as_it_stands_there(skyrl: Stack, tmp_path: Path) -> None:
    said = skyrl.printed("SkyRL", where=tmp_path)
    assert said.startswith("step_limit")
    assert "'end/step_limit': 1.0" in said
