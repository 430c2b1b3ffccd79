"""TRL trains on a package as it is: prompts, environments whose methods are tools, and rewards for `GRPOTrainer`."""

from pathlib import Path
from typing import Any, Final

import pytest

from tests.stacks.conftest import MakeStack
from tests.stacks.environments import PROGRAMS, Stack

ROWS: Final = 4
PARTS: Final = ("success", "milestones", "step_cost")

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def trl(stack_of: MakeStack) -> Stack:
    return stack_of("trl")


@pytest.fixture(scope="module")
def driven(trl: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of calling the environment's methods as the trainer does."""
    found: dict[str, Any] = trl.found("trl_driving.py", where=tmp_path_factory.mktemp("driving"))
    return found


def test_a_solution_earns_the_maximum_and_after_it_tools_say_that_it_is_over(driven: dict[str, Any]) -> None:
    assert len(driven["solved"]) == driven["rows"] == ROWS
    for reward, last, after, parts in driven["solved"]:
        assert (reward, parts) == (1.0, {"success": 1.0, "milestones": 0.0, "step_cost": 0.0})
        assert "success" in last
        assert "over" in after


def test_doing_nothing_earns_the_floor(driven: dict[str, Any]) -> None:
    assert driven["waited"] == [0.0] * ROWS


def test_a_row_begins_alike_each_time_and_each_in_a_variant_of_its_own(driven: dict[str, Any]) -> None:
    assert (driven["starts"], driven["variants"]) == (ROWS, ROWS)


def test_every_action_is_a_tool_with_its_parameters(driven: dict[str, Any]) -> None:
    assert driven["tools"] == driven["offered"]


def test_a_model_that_knows_the_solution_earns_the_maximum_in_the_trainer(trl: Stack, tmp_path: Path) -> None:
    for step in _steps(trl.found("trl_training.py", "knowing", where=tmp_path)):
        assert step["rewards/Librarydesk/mean"] == step["rewards/success/mean"] == step["reward"] == 1.0
        assert step["tools/call_frequency"] == 4.0
        assert step["tools/failure_frequency"] == 0.0


def test_a_group_shares_its_start_and_what_it_earns_changes_the_model(trl: Stack, tmp_path: Path) -> None:
    found = trl.found("trl_training.py", "mixed", where=tmp_path)
    for step in _steps(found):
        assert step["reward"] == 0.5
        assert step["reward_std"] > 0.0
        assert {f"rewards/{part}/mean" for part in PARTS} <= set(step)
    assert all(len(set(group)) == 1 for group in _groups(found))
    assert found["changed"]


def test_a_broken_site_has_no_reward(trl: Stack, tmp_path: Path) -> None:
    """TRL logs such a group as nothing at all, and its step changes nothing."""
    found = trl.found("trl_training.py", "broken", where=tmp_path)
    for step in _steps(found):
        assert step["rewards/Librarydesk/mean"] is None
        assert step["rewards/success/mean"] is None
    assert not found["changed"]


def test_the_program_of_the_card_runs_as_it_stands_there(trl: Stack, tmp_path: Path) -> None:
    made = "import sys, tiny_model; tiny_model.saved(sys.argv[1])"
    model = tmp_path / "model"
    trl.run(str(trl.python), "-c", made, str(model), where=tmp_path, more={"PYTHONPATH": str(PROGRAMS)})
    said = trl.printed("TRL", str(model), "1", where=tmp_path)
    assert "rewards/Librarydesk/mean" in said


def _steps(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the trainer logged of its steps."""
    steps = [entry for entry in found["log"] if "loss" in entry]
    assert len(steps) == 2
    return steps


def _groups(found: dict[str, Any]) -> list[list[str]]:
    """Return the rows that were played, group by group."""
    resets, size = found["resets"], found["group"]
    return [resets[at : at + size] for at in range(0, len(resets), size)]
