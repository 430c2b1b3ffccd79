"""Texts as Gymnasium's wrappers and vectors handle them: as they are, whatever characters are in them."""

import copy
import multiprocessing
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.spaces import utils
from gymnasium.utils.env_checker import check_env
from gymnasium.vector.utils import create_shared_memory, read_from_shared_memory, write_to_shared_memory
from gymnasium.wrappers import FlattenObservation
from hypothesis import given
from hypothesis import strategies as st

from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.register import make, read
from flow_models.runtime.envs.spaces import UnicodeText
from tests.flow_models.runtime.examples import EXAMPLES
from tests.parity.walks import example

SPACE = UnicodeText(12)
TEXTS = st.text(st.characters(), max_size=12) | st.sampled_from(["", "\0", "a\0", "\ud800", "\U0010ffff" * 12])
MODES = ("sync", "async")
NAME = "gymwright_tests/vector-v0"


@pytest.fixture
def known(folder: Path) -> Iterator[None]:
    """Register the environments of a package, as its import does."""
    tasks = list(read(folder).task_names)
    gym.register(NAME, entry_point=lambda **options: make(folder, tasks, **options))
    yield
    gym.registry.pop(NAME)


@given(TEXTS)
def test_any_text_is_flattened_and_back(text: str) -> None:
    flat: Any = utils.flatten(SPACE, text)
    space: Any = utils.flatten_space(SPACE)
    assert space.contains(flat)
    assert utils.unflatten(SPACE, flat) == utils.unflatten(SPACE, np.asarray(flat, np.float64)) == text


@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, min_size=1, max_size=4))
def test_any_texts_are_shared_and_later_ones_seen(first: list[str], then: list[str]) -> None:
    memory = create_shared_memory(SPACE, 4, multiprocessing)
    write: Any = write_to_shared_memory
    shown: Any = read_from_shared_memory(SPACE, memory, 4)
    assert list(shown) == [""] * 4
    for texts in (first, then):
        for index, text in enumerate(texts):
            write(SPACE, index, text, memory)
        assert list(shown[: len(texts)]) == texts
        assert copy.deepcopy(shown) == tuple(shown)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_flat_observation_holds_every_key(name: str) -> None:
    bundle = example(name).bundle
    env = TextEnv(bundle, bundle.task_names)
    seen, _ = env.reset(seed=3)
    wrapped = FlattenObservation(env)
    flat, _ = wrapped.reset(seed=3)
    assert wrapped.observation_space.contains(flat)
    assert utils.unflatten(env.observation_space, flat) == seen


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("is_copied", [True, False])
def test_a_vector_of_processes_says_what_one_of_this_process_says(name: str, is_copied: bool) -> None:
    bundle = example(name).bundle
    makes: list[Callable[[], TextEnv]] = [lambda: TextEnv(bundle, bundle.task_names, variation="full")] * 2
    near, tnear = gym.vector.SyncVectorEnv(makes), gym.vector.AsyncVectorEnv(makes, copy=is_copied)
    with closing(near) as ours, closing(tnear) as theirs:
        assert told(ours.reset(seed=5)[0]) == told(theirs.reset(seed=5)[0])
        for action in ("click('9')", "fill('12', 'José\\u2019 \\U0001f600')", "noop()"):
            here, there = ours.step([action] * 2), theirs.step([action] * 2)
            assert told(here[0]) == told(there[0])
            assert np.array_equal(here[1], there[1])


def test_processes_that_begin_afresh_know_how_texts_are_shared(folder: Path) -> None:
    with closing(
        gym.vector.AsyncVectorEnv([partial(TextEnv, folder, read(folder).task_names)], context="spawn")
    ) as envs:
        assert envs.reset(seed=1)[0]["goal"][0]


def told(observations: dict[str, Any]) -> dict[str, list[str]]:
    """Return the observations of a vector, whatever holds them."""
    return {key: list(texts) for key, texts in observations.items()}


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("interface", ["text", "symbolic"])
def test_a_vector_is_made_by_name_as_it_is(interface: str, mode: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        envs = gym.make_vec(NAME, num_envs=3, vectorization_mode=mode, interface=interface)
        first, _ = envs.reset(seed=1)
        assert envs.observation_space.contains(first)
        for _ in range(4):
            seen, rewards, *_ = envs.step(envs.action_space.sample())
            assert envs.observation_space.contains(seen)
            assert rewards.shape == (3,)
        envs.close()


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(("interface", "mode"), [("text", "ansi"), ("text", None), ("symbolic", None)])
def test_gymnasiums_checkers_have_nothing_to_say_of_a_made_environment(interface: str, mode: str | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env = gym.make(NAME, interface=interface, render_mode=mode)
        env.reset(seed=1)
        if mode:
            assert env.render()
        check_env(env.unwrapped, skip_render_check=mode is None)
