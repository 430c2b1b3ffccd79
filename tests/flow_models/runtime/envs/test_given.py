"""Whatever callers hand over is taken as what was meant, or refused in words before anything has changed."""

import copy
import functools
import operator
from collections.abc import Callable, Iterator
from typing import Any

import gymnasium as gym
import numpy as np
import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import BundleError
from flow_models.runtime.envs.register import make
from flow_models.runtime.machine.base.errors import SavedStateError

WORDED = (gym.error.Error, BundleError, SavedStateError)
"""Errors that say in words what was wrong; never those of Python about types, keys and positions."""

ODD: list[Any] = [
    *(None, True, False, 0, -1, 3, 10**6, 10**30, -(10**30), 0.0, 2.5, -1.5, 1e300),
    *(float("nan"), float("inf"), 3 + 1j, "", "x", "12", "\0", "\ud800", "x" * 20_000, b"noop()", bytearray(b"x")),
    *([], ["x"], [1], [[]], (), (1, 2), {}, {"x": 1}, {1: 2}, set(), {"a"}, frozenset(), range(3), object(), len, int),
    *(np.int8(3), np.int64(-1), np.uint64(2**64 - 1), np.float64(2.0), np.float32("nan"), np.bool_(True)),
    *(np.str_("x"), np.bytes_(b"x"), np.array(3), np.array(-1), np.array(2.5), np.array("x"), np.array(None)),
    *(np.array([3]), np.array([]), np.array([1, 2]), np.array([[1]]), np.array(["noop()"]), np.zeros((2, 2))),
    *(np.datetime64("2027-01-01"), np.array(True), np.array([True]), np.ma.masked, slice(1), Ellipsis, NotImplemented),
]


def named(value: object) -> str:
    return f"{type(value).__name__} {str(value)[:20]!a}"


odd = pytest.mark.parametrize("value", ODD, ids=named)


def worded(do: Callable[[], object]) -> bool:
    """Do something; say whether it was refused, in words."""
    words = ""
    try:
        do()
    except WORDED as error:
        words = str(error)
    assert not words or len(words) > 20
    return bool(words)


@odd
def test_a_text_step_takes_anything(bundle: Bundle, value: Any) -> None:
    env = TextEnv(bundle, bundle.task_names)
    env.reset(seed=1)
    seen, _, ended, cut, info = env.step(value)
    assert seen in env.observation_space
    assert seen["last_action_error"]
    assert (ended, cut, info["steps"]) == (False, False, 1)


@pytest.mark.parametrize("value", [np.str_("noop()"), np.array("noop()"), "noop()"], ids=named)
def test_a_text_by_numpy_is_a_text(bundle: Bundle, value: Any) -> None:
    env = TextEnv(bundle, bundle.task_names)
    env.reset(seed=1)
    seen = env.step(value)[0]
    assert (seen["last_action"], seen["last_action_error"]) == ("noop()", "")
    assert type(seen["last_action"]) is str


@odd
def test_a_symbolic_step_is_an_action_or_refused_and_changes_nothing(bundle: Bundle, value: Any) -> None:
    env = SymbolicEnv(bundle, bundle.task_names)
    env.reset(seed=1)
    is_action = type(value) is int or isinstance(value, np.integer) or named(value) in ("ndarray '3'", "ndarray '-1'")
    is_action = is_action and 0 <= int(value) < env.encoding.actions
    before = env.get_state()
    assert worded(lambda: env.step(value)) != is_action
    assert is_action or env.get_state() == before


@pytest.mark.parametrize("wanted", [np.int64(12), np.int8(12), np.array(12), 12], ids=named)
@pytest.mark.parametrize("kind", [TextEnv, SymbolicEnv])
def test_numbers_by_numpy_are_numbers(bundle: Bundle, kind: Any, wanted: Any) -> None:
    env = kind(bundle, bundle.task_names, variation="full")
    plain = kind(bundle, bundle.task_names, variation="full")
    assert env.reset(seed=wanted)[1]["variant"] == plain.reset(seed=12)[1]["variant"]
    assert env.reset(options={"variant": wanted})[1]["variant"] == 12
    assert env.reset(options={"instance": np.int64(3), "task": np.str_(bundle.task_names[0])})[1]["instance"] == 3


@odd
@pytest.mark.parametrize("kind", [TextEnv, SymbolicEnv])
def test_a_reset_takes_what_is_meant_or_refuses_it(bundle: Bundle, kind: Any, value: Any) -> None:
    env = kind(bundle, bundle.task_names, variation="full")
    env.reset(seed=1)
    before = env.get_state()
    for given in ({"seed": value}, {"options": value}, *({"options": {name: value}} for name in OPTIONS)):
        if worded(lambda given=given: env.reset(**given)):  # type: ignore[misc]  # the default binds the loop's value
            assert env.get_state() == before
        else:
            env.set_state(before)


OPTIONS = ("instance", "task", "variant", "other")


@odd
@pytest.mark.parametrize("kind", [TextEnv, SymbolicEnv])
def test_a_state_that_is_none_is_refused(bundle: Bundle, kind: Any, value: Any) -> None:
    env = kind(bundle, bundle.task_names)
    env.reset(seed=1)
    before = env.get_state()
    damaged = [value, {"episode": value}, *({**before, name: value} for name in before)]
    for state in damaged:
        if worded(lambda state=state: env.set_state(state)):  # type: ignore[misc]  # as above
            assert env.get_state() == before


def places(held: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of everything within JSON."""
    inner = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    for name, value in inner:
        yield (*path, name)
        yield from places(value, (*path, name))


JSON_VALUES: tuple[Any, ...] = (
    None,
    -1,
    10**9,
    10**40,
    "x",
    "",
    [],
    {},
    [1],
    True,
    1.5,
    "\ud800",
    [[None]],
    {"a": 1},
    float("nan"),
)


@pytest.mark.parametrize("kind", [TextEnv, SymbolicEnv])
def test_a_state_with_another_value_anywhere_is_refused_or_can_be_played(bundle: Bundle, kind: Any) -> None:
    env = kind(bundle, bundle.task_names, variation="full")
    variant = {"seed": 3, "interruption": "newsletter", "conduct": "error"}
    env.reset(seed=1, options={"variant": variant})
    actions = [0, 0] if kind is SymbolicEnv else ["goto('https://elsewhere.test')", "noop()", "go_back()"]
    env.step(actions[0])
    before = env.get_state()
    refused = 0
    for place in places(before):
        for value in JSON_VALUES:
            state = copy.deepcopy(before)
            functools.reduce(operator.getitem, place[:-1], state)[place[-1]] = value
            if worded(lambda state=state: env.set_state(state)):  # type: ignore[misc]  # as above
                refused += 1
                continue
            for action in actions:
                if not env.attempt.played.end_reason:
                    env.step(action)
    assert refused > len(JSON_VALUES)


@odd
def test_options_of_make_are_taken_or_refused(bundle: Bundle, value: Any) -> None:
    for name in ("split", "variation", "render_mode", "multi_action"):
        worded(lambda name=name: TextEnv(bundle, bundle.task_names, **{name: value}))  # type: ignore[misc]  # as above
    for name in ("split", "variation", "render_mode"):
        worded(lambda name=name: SymbolicEnv(bundle, bundle.task_names, **{name: value}))  # type: ignore[misc]
    for kind in (TextEnv, SymbolicEnv):
        assert worded(lambda kind=kind: kind(bundle, value))  # type: ignore[misc]  # as above
    if not isinstance(value, dict):
        for axis in ("look", "order", "data"):
            worded(lambda axis=axis: TextEnv(bundle, bundle.task_names, variation={axis: value}))  # type: ignore[misc]


@odd
def test_an_interface_that_there_is_not_is_refused(folder: Any, value: Any) -> None:
    assert worded(lambda: make(folder, ["x"], interface=value))


@pytest.mark.parametrize("field", ["seed", "look", "order", "wording", "new_ways", "conduct", "other"])
@odd
def test_a_variant_by_its_fields_is_taken_or_refused(bundle: Bundle, field: str, value: Any) -> None:
    env = TextEnv(bundle, bundle.task_names, variation="full")
    if not worded(lambda: env.reset(options={"variant": {field: value}})):
        assert env.step("noop()")[0] in env.observation_space
