"""Trainers on Gymnasium take a package as it is: checkers pass, and one real update of each runs."""

from pathlib import Path
from typing import Any, Final

import pytest

from tests.stacks.conftest import MakeStack
from tests.stacks.environments import Stack

OFFLINE: Final = {"RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0", "RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0"}

pytestmark = [pytest.mark.proof, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def sb3(stack_of: MakeStack) -> Stack:
    return stack_of("sb3")


@pytest.fixture(scope="module")
def rllib(stack_of: MakeStack) -> Stack:
    return stack_of("rllib")


@pytest.fixture(scope="module")
def torchrl(stack_of: MakeStack) -> Stack:
    return stack_of("torchrl")


@pytest.fixture(scope="module")
def trained(sb3: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Gymnasium and Stable-Baselines3 made of the package."""
    found: dict[str, Any] = sb3.found("gymnasium_consumers.py", where=tmp_path_factory.mktemp("sb3"))
    return found


def test_the_checkers_of_gymnasium_and_stable_baselines_pass(trained: dict[str, Any]) -> None:
    assert trained["checked"] == ["symbolic int32", "symbolic float32", "text"]


def test_solutions_earn_the_maximum_and_nothing_the_floor_as_numbers(trained: dict[str, Any]) -> None:
    assert trained["oracle"] == [1.0] * 4
    assert trained["noop"] == 0.0


@pytest.mark.parametrize("trainer", ["PPO", "MaskablePPO"])
def test_an_update_changes_the_policy(trainer: str, trained: dict[str, Any]) -> None:
    assert trained[trainer] == {"steps": 128, "changed": True}


def test_a_mask_can_be_asked_for_before_the_start_and_is_kept(trained: dict[str, Any]) -> None:
    assert trained["mask before the start"] == [0]
    assert trained["masked actions"] == 0


@pytest.mark.parametrize("shared", ["shared", "not shared"])
def test_texts_come_through_the_memory_that_processes_share(shared: str, trained: dict[str, Any]) -> None:
    assert trained[f"asynchronous, {shared}"] == [True, True, True]


def test_the_program_of_the_card_trains_with_stable_baselines(sb3: Stack, tmp_path: Path) -> None:
    assert int(sb3.printed("Stable-Baselines3", where=tmp_path)) == 256
    assert (tmp_path / "policy.zip").exists()


def test_the_program_of_the_card_plays_many_at_once(sb3: Stack, tmp_path: Path) -> None:
    assert "(256, " in sb3.printed("Many at once", where=tmp_path)


def test_the_program_of_the_card_trains_with_rllib(rllib: Stack, tmp_path: Path) -> None:
    said = rllib.printed("RLlib", where=tmp_path, more=OFFLINE)
    assert int(said.splitlines()[-1]) > 0


def test_the_program_of_the_card_rolls_out_with_torchrl(torchrl: Stack, tmp_path: Path) -> None:
    assert "tensor([" in torchrl.printed("torchrl", where=tmp_path)


def test_torchrl_checks_the_specs_keeps_the_mask_and_reads_infos(torchrl: Stack, tmp_path: Path) -> None:
    found = torchrl.found("torchrl_rollout.py", where=tmp_path)
    assert found == {"specs": True, "masked": True, "end_reason": "step_limit", "parts": [0.0, 0.0, 0.0]}


def test_tables_on_torch_play_what_they_play_in_numpy_and_say_when_they_are_full(sb3: Stack, tmp_path: Path) -> None:
    found = sb3.found("tables_on_torch.py", where=tmp_path)
    assert found["differing"] == 0
    assert found["ends"] > 100
    assert "more room" in found["refused"]
