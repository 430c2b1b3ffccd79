"""Many symbolic episodes on tables: the same as single environments side by side, whatever follows an end."""

import copy
import pickle
from collections.abc import Iterator, Sequence
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode, SyncVectorEnv

from flow_models.runtime.envs import register
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.interfaces.vector import SymbolicVectorEnv
from flow_models.runtime.envs.listing import BundleError, Instance
from flow_models.runtime.envs.symbols.board import Board
from flow_models.runtime.envs.tables.tables import FullTablesWarning, Tables
from flow_models.runtime.machine import Event
from flow_models.solver.solution import Budget
from flow_models.solver.solving import Solver
from tests.flow_models.runtime.examples import EXAMPLES, bundle_of

MODES = tuple(AutoresetMode)
COUNT = 5


def assert_equal(ours: Any, theirs: Any, where: str = "") -> None:
    """Compare what environments give, types of arrays and keys included."""
    if isinstance(theirs, dict):
        assert ours.keys() == theirs.keys(), where
        for name, value in theirs.items():
            assert_equal(ours[name], value, f"{where}/{name}")
    elif isinstance(theirs, tuple):
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            assert_equal(one, other, f"{where}({place})")
    elif isinstance(theirs, np.ndarray) and theirs.dtype == object:
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            assert_equal(one, other, f"{where}[{place}]")
    elif isinstance(theirs, np.ndarray):
        assert ours.dtype == theirs.dtype, where
        assert np.array_equal(ours, theirs), where
    else:
        assert ours == theirs, where


class Visitor:
    """Chooses actions: in turn solutions, random ones that the mask allows, and some that it forbids."""

    def __init__(self, env: SyncVectorEnv, bundle: Bundle) -> None:
        self._envs: list[SymbolicEnv] = env.envs  # type: ignore[assignment]
        self._solver = Solver(bundle.machine)
        self._rng = np.random.default_rng(0)
        self._solved: dict[Instance, Sequence[Event]] = {}
        self._plans: dict[int, Iterator[Event]] = {}

    def actions(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return an action for each environment."""
        return np.array([self._action(slot, env) for slot, env in enumerate(self._envs)])

    def _action(self, slot: int, env: SymbolicEnv) -> int:
        played = env.attempt.played
        if not played.steps:
            self._plans[slot] = iter(self._solution(played.board) if self._rng.random() < 0.5 else ())
        event = next(self._plans[slot], None)
        action = None if event is None or played.end_reason else env.action_for(event)
        if action is not None:
            return action
        allowed = np.flatnonzero(env.action_masks())
        return int(self._rng.choice(allowed if self._rng.random() < 0.9 else env.encoding.actions))

    def _solution(self, board: Board) -> Sequence[Event]:
        if board.instance not in self._solved:
            self._solved[board.instance] = self._solver.solve(board.start, budget=Budget(1000)).events
        return self._solved[board.instance]


def assert_same_play(
    bundle: Bundle, mode: AutoresetMode, steps: int, tables: Tables | None = None, **options: Any
) -> float:
    """Play both side by side and return what was earned."""
    ours = SymbolicVectorEnv(bundle, bundle.task_names, COUNT, autoreset_mode=mode, tables=tables, **options)
    each = [lambda: SymbolicEnv(bundle, bundle.task_names, **options)] * COUNT
    theirs: Any = SyncVectorEnv(each, autoreset_mode=mode)
    visitor, earned = Visitor(theirs, bundle), 0.0
    assert_equal(ours.reset(seed=4), theirs.reset(seed=4))
    for step in range(steps):
        actions = visitor.actions()
        expected = theirs.step(actions)
        assert_equal(ours.step(actions), expected, f"{mode} {step}")
        earned += expected[1].sum()
        over = expected[2] | expected[3]
        if mode is AutoresetMode.DISABLED and over.any():
            one, other = (env.reset(options={"reset_mask": over.copy()}) for env in (ours, theirs))
            assert_equal(one, other)
    return earned


@pytest.mark.parametrize("mode", MODES)
def test_a_vector_plays_what_single_environments_play(bundle: Bundle, mode: AutoresetMode) -> None:
    assert assert_same_play(bundle, mode, 40, variation="full") > 0


@pytest.mark.proof
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("variation", ["none", "full"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_so_does_one_of_every_example(name: str, mode: AutoresetMode, variation: str) -> None:
    assert assert_same_play(bundle_of(name, 4), mode, 400, variation=variation) > 0


@pytest.mark.parametrize(("mode", "states", "of_instance"), [(MODES[0], 0, 99), (MODES[1], 40, 99), (MODES[2], 999, 4)])
def test_where_tables_have_no_room_it_is_played_step_by_step_and_counted(
    bundle: Bundle, mode: AutoresetMode, states: int, of_instance: int
) -> None:
    tables = Tables(bundle, states, of_instance)
    with pytest.warns(FullTablesWarning, match="played step by step"):
        assert assert_same_play(bundle, mode, 40, tables, dtype="float32") > 0
    assert tables.outside > 0
    assert len(tables) <= states + 2
    # Nor does what the machine needs to go on grow beyond: only nodes that are states, and ways between them.
    for graph in {node.page.graph for node in tables.nodes.values()}:
        ways = {id(way) for node in tables.nodes.values() for way in node.page.data.ways.values()}
        assert len(graph) <= len(tables) + len(ways)


def test_slots_have_seeds_of_their_own_or_go_on_in_their_sequence(bundle: Bundle) -> None:
    ours = SymbolicVectorEnv(bundle, bundle.task_names, 3)
    single = SymbolicEnv(bundle, bundle.task_names)
    ours.reset(seed=[7, 8, 9])
    _, again = ours.reset(seed=[None, 8, None])
    for slot, (seed, episode) in enumerate(((7, 1), (8, 0), (9, 1))):
        _, info = single.reset(seed=seed)
        for _ in range(episode):
            _, info = single.reset()
        assert again["instance"][slot] == info["instance"]
    assert len({tuple(SymbolicVectorEnv(bundle, bundle.task_names, 9).reset()[1]["instance"]) for _ in range(3)}) > 1


def test_options_name_what_all_slots_play_and_a_mask_says_which_begin(bundle: Bundle) -> None:
    ours = SymbolicVectorEnv(bundle, bundle.task_names, 3)
    ours.reset(seed=1)
    some = np.array([True, False, True])
    _, infos = ours.reset(options={"instance": 6, "variant": 5, "reset_mask": some})
    assert infos["instance"].tolist() == [6, 0, 6]
    assert infos["_instance"].tolist() == some.tolist()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"options": {"reset_mask": [True]}}, "an array of 2 truth values"),
        ({"options": {"reset_mask": np.zeros(2, np.bool_)}}, "at least one of them True"),
        ({"options": {"colour": 3}}, "does not know the option 'colour'"),
        ({"seed": [1]}, "one for each of 2 slots"),
        ({"seed": -1}, "whole number from 0"),
    ],
)
def test_what_a_reset_cannot_mean_is_refused_in_words(bundle: Bundle, what: dict[str, Any], words: str) -> None:
    env = SymbolicVectorEnv(bundle, bundle.task_names, 2)
    with pytest.raises((BundleError, gym.error.Error), match=words):
        env.reset(**what)


@pytest.mark.parametrize("actions", [[0], [0.0, 1.0], [0, -1], [0, 10**6], [True, False], [[0], [0, 1]]])
def test_what_is_no_action_is_refused_before_anything_happens(bundle: Bundle, actions: list[Any]) -> None:
    env = SymbolicVectorEnv(bundle, bundle.task_names, 2)
    env.reset(seed=1)
    with pytest.raises(gym.error.InvalidAction, match="whole number"):
        env.step(actions)  # type: ignore[arg-type]  # as some hand them over
    assert env.batch.steps.tolist() == [0, 0]


def test_steps_before_the_first_reset_or_after_the_end_ask_for_a_reset(bundle: Bundle) -> None:
    env = SymbolicVectorEnv(bundle, bundle.task_names, 2, autoreset_mode="Disabled")
    with pytest.raises(gym.error.ResetNeeded, match="before using"):
        env.step(np.array([0, 0]))
    env.reset(seed=0)
    env.step(np.array([0, 1]))
    with pytest.raises(gym.error.ResetNeeded, match="reset_mask"):
        env.step(np.array([0, 0]))


@pytest.mark.parametrize(
    "options",
    [
        *({"num_envs": 0}, {"render_mode": "human"}, {"autoreset_mode": "Never"}, {"split": "best"}),
        *({"tables": 3}, {"tables": Tables(bundle_of("block_zoo", 2))}),
    ],
)
def test_what_no_vector_can_be_is_refused_in_words(bundle: Bundle, options: dict[str, Any]) -> None:
    with pytest.raises(BundleError):
        SymbolicVectorEnv(bundle, bundle.task_names, **options)


@pytest.mark.parametrize("bounds", [{"states": -1}, {"states": 1.5}, {"of_instance": True}])
def test_bounds_of_tables_are_whole_numbers(bundle: Bundle, bounds: dict[str, Any]) -> None:
    with pytest.raises(BundleError, match="is a whole number from 0"):
        Tables(bundle, **bounds)


def test_a_vector_is_copied_with_the_same_tables_and_says_that_it_cannot_be_pickled(bundle: Bundle) -> None:
    env = SymbolicVectorEnv(bundle, bundle.task_names, 2)
    env.reset(seed=3)
    assert copy.deepcopy(env).batch.tables is env.batch.tables
    with pytest.raises(TypeError, match=r"cannot be pickled: call gym\.make_vec"):
        pickle.dumps(env)


def test_of_a_package_gymnasium_makes_a_vector_on_tables_and_texts_side_by_side(folder: Any) -> None:
    tasks = register.read(folder).task_names
    assert isinstance(register.make_vec(folder, tasks, 3, split="train"), SymbolicVectorEnv)
    texts = register.make_vec(folder, tasks, 2, interface="text", split="train")
    assert isinstance(texts, SyncVectorEnv)
    assert isinstance(texts.envs[0], TextEnv)
