"""What speeds are measured on: whole episodes, half of them solutions, the same ones each time."""

from functools import cache
from typing import Any

import pytest

import resources
from app.commands.speeds import Played, steps_a_second, steps_of, symbolic_choice, text_choice, written_down
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine import END_REASONS

INSTANCES = 3
INTERFACES = ["text", "symbolic"]


@cache
def _bundle() -> Bundle:
    program = compile_flow(load(resources.path("examples", "three_pages.flow.json"))).program
    return Bundle(program, [Instance("borrow-book", n, n, "train", steps=1) for n in range(INSTANCES)])


def _env(interface: str) -> Any:
    if interface == "text":
        return TextEnv(_bundle(), ["borrow-book"], variation="full")
    return SymbolicEnv(_bundle(), ["borrow-book"])


def _written(interface: str) -> list[Played]:
    if interface == "text":
        return written_down(_env(interface), 2, text_choice, "full")
    return written_down(_env(interface), 2, symbolic_choice)


@pytest.mark.parametrize("interface", INTERFACES)
def test_each_instance_is_played_by_its_solution_and_at_random_to_the_very_end(interface: str) -> None:
    env, ends = _env(interface), []
    for instance, variant, actions in _written(interface):
        env.reset(options={"task": instance.task, "instance": instance.n, "variant": variant})
        overs = [env.step(action)[2:] for action in actions]
        assert [terminated or truncated for terminated, truncated, _ in overs] == [False] * (len(actions) - 1) + [True]
        ends.append((instance.n, variant % 2 == 0, END_REASONS[overs[-1][2]["end_reason"]] == "success"))
    assert {(n, is_solved) for n, is_solved, _ in ends} == {
        (n, turn) for n in range(INSTANCES) for turn in (True, False)
    }
    assert all(is_success for _, is_solved, is_success in ends if is_solved)


@pytest.mark.parametrize("interface", INTERFACES)
def test_the_same_is_written_down_each_time(interface: str) -> None:
    assert _written(interface) == _written(interface)


def test_speed_counts_all_steps() -> None:
    played = _written("symbolic")
    assert steps_of(played) == sum(len(actions) for _, _, actions in played)
    assert steps_a_second(_env("symbolic"), played) > 0
