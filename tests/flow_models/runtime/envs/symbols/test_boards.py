"""The boards of a bundle: what is kept is bounded, and forgetting changes nothing."""

import random
from typing import Any

import numpy as np
import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.symbols.boards import Boards

FEW = 25


def walked(boards: Boards, bundle: Bundle) -> tuple[list[tuple[Any, ...]], int]:
    """Return what a random walk over the instances in turn meets, and how many states were held at most."""
    rng = random.Random(3)
    instances = bundle.instances[bundle.task_names[0]]
    met: list[tuple[Any, ...]] = []
    held = 0
    episode = boards.episode(instances[0])
    for number in range(1500):
        if episode.end_reason:
            episode = boards.episode(instances[number % len(instances)])
        edge = episode.step(rng.choice(np.flatnonzero(episode.node.mask).tolist()))
        met.append((edge.reward, edge.terminated, edge.end_reason, edge.node.observation.tobytes()))
        held = max(held, len(boards))
    return met, held


def test_boards_hold_no_more_than_their_limit_while_they_grow_and_steps_stay_the_same(bundle: Bundle) -> None:
    few, held = walked(Boards(bundle, FEW), bundle)
    many, all_held = walked(Boards(bundle), bundle)
    assert few == many
    assert held == FEW < all_held / 4


def test_one_instance_alone_may_not_hold_more_either(bundle: Bundle) -> None:
    boards = Boards(bundle, FEW)
    rng = random.Random(2)
    instance = bundle.instances[bundle.task_names[0]][0]
    kept = set()
    for _ in range(30):
        episode = boards.episode(instance)
        while not episode.end_reason:
            episode.step(rng.choice(np.flatnonzero(episode.node.mask)[2:].tolist()))
            assert len(boards) <= FEW
            kept.add(len(boards))
    assert max(kept) > FEW // 2


def test_nothing_of_a_forgotten_board_can_be_reached_from_where_one_stands(bundle: Bundle) -> None:
    boards = Boards(bundle, FEW)
    one, other = bundle.instances[bundle.task_names[0]][:2]
    stays = boards.episode(one)
    stays.step(0)
    data = stays.node.page.data
    assert data.pages
    rng = random.Random(1)
    goes = boards.episode(other)
    for _ in range(400):
        if goes.end_reason:
            goes = boards.episode(other)
        goes.step(rng.choice(np.flatnonzero(goes.node.mask)[2:].tolist()))
    assert not data.pages
    assert not data.ways
    assert stays.step(0).node.mask[0] == 1
    assert len(boards) <= FEW


def test_whoever_stands_where_a_board_was_forgotten_does_not_hold_what_copies_do_from_there(bundle: Bundle) -> None:
    episode = Boards(bundle).episode(bundle.instances[bundle.task_names[0]][0])
    episode.board.forget()
    for action in np.flatnonzero(episode.node.mask).tolist():
        episode.copy().step(action)
    assert not episode.node.page.nodes


def test_all_environments_of_a_bundle_share_its_boards(bundle: Bundle) -> None:
    first, second = (SymbolicEnv(bundle, bundle.task_names) for _ in range(2))
    for env in (first, second):
        env.reset(options={"instance": 3})
    assert first.attempt.played.board is second.attempt.played.board


@pytest.mark.parametrize("steps", [0, 1, 5])
def test_the_steps_of_a_saved_state_are_its_own_and_not_those_of_whoever_came_first(bundle: Bundle, steps: int) -> None:
    boards = Boards(bundle)
    instance = bundle.instances[bundle.task_names[0]][0]
    episode = boards.episode(instance)
    for _ in range(steps):
        episode.step(0)
    saved = episode.get_state()
    assert saved["state"]["steps"] == steps  # type: ignore[index]
    other = boards.episode(instance)
    other.set_state(saved)
    assert (other.steps, other.node) == (steps, episode.node)
