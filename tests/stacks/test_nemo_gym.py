"""NeMo Gym takes a package as it is: its agent plays our server, and its command finds the configuration valid."""

from pathlib import Path
from typing import Any

import pytest

from tests.stacks.conftest import MakeStack
from tests.stacks.environments import Stack, interpreter

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def nemo(stack_of: MakeStack) -> Stack:
    """The newest that installs: 0.4 on Python 3.12."""
    return stack_of("nemo", python=interpreter("3.12"))


@pytest.fixture(scope="module")
def played(nemo: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of playing the package's server with NeMo Gym's agent."""
    found: dict[str, Any] = nemo.found("nemo_gym_server.py", where=tmp_path_factory.mktemp("nemo"))
    return found


def test_a_solution_earns_the_maximum_and_says_its_parts(played: dict[str, Any]) -> None:
    assert played["oracle"] == [1.0] * 4
    assert played["end"] == [True, False, "success", {"success": 1.0, "milestones": 0.0, "step_cost": 0.0}]


def test_doing_nothing_earns_the_floor_and_is_truncated(played: dict[str, Any]) -> None:
    assert played["noop"] == [0.0, False, True, "step_limit"]


def test_a_step_without_an_attempt_is_refused_in_words(played: dict[str, Any]) -> None:
    status, said = played["late"]
    assert status == 409
    assert "No attempt is running" in said["detail"]


def test_a_broken_site_lets_the_run_fail(played: dict[str, Any]) -> None:
    assert played["fault"] == "RuntimeError"


def test_its_verifier_fixture_has_four_cases_that_hold(played: dict[str, Any]) -> None:
    kinds = ("full_reward", "zero_reward", "malformed", "determinism")
    assert played["fixture"] == [[kind, True] for kind in kinds]


def test_the_program_of_the_card_runs_as_it_stands_there(nemo: Stack, tmp_path: Path) -> None:
    assert "Config is valid" in nemo.printed("NeMo Gym", where=tmp_path)
    assert (tmp_path / "resources_servers/librarydesk/data/example.jsonl").read_text().count("\n") == 4
