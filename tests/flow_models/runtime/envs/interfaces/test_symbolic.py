"""The symbolic interface."""

import json
import warnings
from typing import Any

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.envs.symbols.encoding import Encoding
from flow_models.runtime.envs.symbols.vocabulary import Vocabulary, plausible_answers
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.base.results import END_REASONS
from flow_models.runtime.machine.episodes.episode import Episode
from flow_models.solver import Solver
from tests.flow_models.builders import flow, page, parameter, table, task


@pytest.fixture
def env(bundle: Bundle) -> SymbolicEnv:
    return SymbolicEnv(bundle, bundle.task_names)


def masked_walk(env: SymbolicEnv, seed: int, steps: int) -> list[tuple[int, float, bool, bool, int, bytes]]:
    """Return what a random walk over allowed actions meets."""
    rng = np.random.default_rng(seed)
    _, info = env.reset(seed=seed)
    met = []
    for _ in range(steps):
        action = rng.choice(np.flatnonzero(info["action_mask"]))
        observation, reward, terminated, truncated, info = env.step(action)
        numbers: Any = observation["observations"]
        met.append((int(action), reward, terminated, truncated, info["end_reason"], numbers.tobytes()))
        if terminated or truncated:
            _, info = env.reset()
    return met


def test_gymnasiums_checker_has_nothing_to_say(env: SymbolicEnv) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(env, skip_render_check=True)


def test_numbers_come_as_floats_for_networks_that_make_none_of_them(bundle: Bundle, env: SymbolicEnv) -> None:
    floats = SymbolicEnv(bundle, bundle.task_names, dtype="float32")
    check_env(floats, skip_render_check=True)
    whole, same = env.reset(seed=3)[0]["observations"], floats.reset(seed=3)[0]["observations"]
    assert (whole.dtype, same.dtype) == (np.int32, np.float32)
    np.testing.assert_array_equal(whole, same)
    with pytest.raises(BundleError, match="dtype 'int32' or 'float32', not 'int8'"):
        SymbolicEnv(bundle, bundle.task_names, dtype="int8")  # type: ignore[arg-type]  # what is refused


def test_infos_are_numbers_of_numpy_the_same_at_each_step(env: SymbolicEnv) -> None:
    _, first = env.reset(seed=3)
    info = env.step(np.int64(0))[4]
    assert first.keys() == info.keys()
    assert all(isinstance(value, np.generic | np.ndarray) for value in (*first.values(), *info.values()))


def test_one_seed_gives_equal_walks_and_another_differs(bundle: Bundle, env: SymbolicEnv) -> None:
    again = SymbolicEnv(bundle, bundle.task_names)
    assert masked_walk(env, 4, 120) == masked_walk(again, 4, 120)
    assert masked_walk(env, 4, 30) != masked_walk(again, 5, 30)


def test_what_is_looked_up_is_what_the_machine_does(env: SymbolicEnv, bundle: Bundle) -> None:
    rng = np.random.default_rng(0)
    for number in range(8):
        _, info = env.reset(options={"instance": number})
        instance = bundle.instances[bundle.task_names[0]][number]
        episode = Episode(bundle.machine, bundle.start(instance), infeasible=instance.infeasible)
        while not episode.end_reason:
            action = int(rng.choice(np.flatnonzero(info["action_mask"])))
            event = env.encoding.event(action, episode.view, env.attempt.played.board.vocabulary)
            result = episode.step(event)
            _, reward, terminated, truncated, info = env.step(np.int64(action))
            assert (reward, terminated, truncated) == (result.reward, result.terminated, result.truncated)
            assert END_REASONS[info["end_reason"]] == result.end_reason


def test_masked_actions_change_nothing_but_count(env: SymbolicEnv) -> None:
    observation, info = env.reset(seed=2)
    forbidden = int(np.flatnonzero(info["action_mask"] == 0)[0])
    after, reward, terminated, _, info = env.step(np.int64(forbidden))
    np.testing.assert_array_equal(after["observations"], observation["observations"])
    assert (reward <= 0, terminated, info["steps"]) == (True, False, 1)


def test_the_three_masks_agree_and_are_fresh(env: SymbolicEnv) -> None:
    observation, info = env.reset(seed=2)
    np.testing.assert_array_equal(observation["action_mask"], info["action_mask"])
    np.testing.assert_array_equal(observation["action_mask"].astype(bool), env.action_masks())
    observation["action_mask"][:] = 0
    assert env.action_masks().any()


def test_values_are_in_another_order_in_another_instance(env: SymbolicEnv) -> None:
    places = set()
    for number in range(8):
        env.reset(options={"instance": number})
        places.add(env.attempt.played.board.vocabulary.goals)
    assert len(places) > 2


def test_every_allowed_action_is_an_event_and_back(env: SymbolicEnv) -> None:
    _, info = env.reset(seed=2)
    view, board = env.attempt.played.view, env.attempt.played.board
    for action in np.flatnonzero(info["action_mask"]):
        event = env.encoding.event(int(action), view, board.vocabulary)
        assert event.kind != "reject"
        assert env.encoding.action(event, view, board.vocabulary) == action


def test_an_episode_is_branched_by_its_state(env: SymbolicEnv, bundle: Bundle) -> None:
    rng = np.random.default_rng(7)
    _, info = env.reset(options={"instance": 0})
    for _ in range(3):
        _, _, _, _, info = env.step(rng.choice(np.flatnonzero(info["action_mask"])))
    saved = json.loads(json.dumps(env.get_state()))
    action = rng.choice(np.flatnonzero(info["action_mask"])[2:])
    first = env.step(action)
    other = SymbolicEnv(bundle, bundle.task_names)
    assert np.array_equal(other.set_state(saved)["action_mask"], info["action_mask"])
    second = other.step(action)
    assert np.array_equal(first[0]["observations"], second[0]["observations"])
    assert (first[1:4], first[4]["steps"]) == (second[1:4], second[4]["steps"])


def test_a_question_without_an_answer_offers_as_many_as_the_others() -> None:
    bills = table("bills", "total:money", rows=((None,), ("4.00",), ("9.00",)))
    asked = task("t", parameters=(parameter("bill", "row:bills"),), answer="task.bill.total")
    machine = Machine(compile_flow(flow(page("home"), bills, asked)).program)
    starts = tuple(machine.draw("t", seed) for seed in range(12))
    pool = plausible_answers(machine, starts)
    assert {machine.expected_answer(start, start.state) for start in starts} == {"", "$4.00", "$9.00"}
    assert {len(Vocabulary(machine, start, pool).answers) for start in starts} == {2}


def test_a_question_with_few_answers_offers_others_of_the_data() -> None:
    people = table("people", "name:text", "age:integer", rows=tuple((f"P{n}", n % 2) for n in range(30)))
    asked = task("t", parameters=(parameter("who", "row:people", where="age == 1"),), answer='"P1"')
    machine = Machine(compile_flow(flow(page("home"), people, asked)).program)
    start = machine.draw("t", 1)
    answers = Vocabulary(machine, start, plausible_answers(machine, (start,))).answers
    assert "P1" in answers
    assert len(set(answers)) == len(answers) >= 20


def test_of_a_variant_only_what_comes_between_reaches_integers(bundle: Bundle) -> None:
    env = SymbolicEnv(bundle, bundle.task_names)
    drawn, _ = env.reset(seed=1, options={"instance": 0})
    for calm in ({"navigation": "menu", "order": 5}, {"wording": 9, "look": "airy"}):
        same, _ = env.reset(options={"instance": 0, "variant": calm})
        assert np.array_equal(same["observations"], drawn["observations"])
    asked, info = env.reset(options={"instance": 0, "variant": {"seed": 5, "interruption": "cookies"}})
    assert not np.array_equal(asked["observations"], drawn["observations"])
    accept = env.action_for(Event("use", "interruption", "accept"))
    assert accept is not None
    assert info["action_mask"][accept]
    gone = env.step(np.int64(accept))[0]
    assert np.array_equal(gone["action_mask"], drawn["action_mask"])


def zoo() -> tuple[Machine, Encoding]:
    """Return the furniture house, which uses every kind of block, and its spaces."""
    machine = Machine(compile_flow(load(resources.path("examples", "block_zoo.flow.json"))).program)
    return machine, Encoding(machine.program)


@pytest.mark.parametrize("task", ["order-piece", "keep-seat", "write-letter"])
def test_every_step_of_a_solution_with_every_kind_of_block_is_an_action(task: str) -> None:
    machine, encoding = zoo()
    for seed in range(3):
        start = machine.draw(task, seed)
        vocabulary = Vocabulary(machine, start, ())
        state = start.state
        for event in Solver(machine).solve(start).events:
            view = machine.view(start, state)
            action = encoding.action(event, view, vocabulary)
            assert action is not None, event
            assert encoding.mask(view, vocabulary)[action]
            assert encoding.event(action, view, vocabulary) == event
            state = machine.step(start, state, event).state


def test_no_page_shows_more_controls_than_there_are_slots_and_states_tell_what_is_chosen() -> None:
    machine, encoding = zoo()
    start = machine.draw("order-piece", 1)
    vocabulary = Vocabulary(machine, start, ())
    before = encoding.observe(start.task, machine.view(start, start.state), vocabulary)
    state = machine.step(start, start.state, Event("use", "b_pages", "2")).state
    after = encoding.observe(start.task, machine.view(start, state), vocabulary)
    assert len(machine.view(start, state).controls()) <= encoding.slots
    assert not (before == after).all()
