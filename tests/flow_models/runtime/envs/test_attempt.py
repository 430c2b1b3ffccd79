"""What is the same under every interface: beginning and ending, infos, states, copies and pickles."""

import copy
import pickle
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.envs.registration import EnvSpec

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine import Event, SavedStateError
from flow_models.runtime.machine.base.results import END_REASONS
from tests.flow_models.runtime.envs.acting import any_action, plain, rollout

ROOT = Path(__file__).resolve().parents[4]

Playable = TextEnv | SymbolicEnv

LOADED = """
import pickle, sys
from tests.flow_models.runtime.envs.acting import rollout
env, met, steps = pickle.load(sys.stdin.buffer)
print(rollout(env, steps, 3, met))
"""


@pytest.fixture(params=[TextEnv, SymbolicEnv])
def env(request: pytest.FixtureRequest, bundle: Bundle) -> Playable:
    made: Playable = request.param(bundle, bundle.task_names, variation="full")
    return made


def in_the_middle(env: gym.Env[Any, Any], steps: int = 7) -> tuple[Any, Any]:
    """Play some steps and return what was met last, in an episode that still runs."""
    rng = random.Random(5)
    env.action_space.seed(2)
    observation, info = env.reset(seed=11)
    done = 0
    while done < steps:
        observation, _, terminated, truncated, info = env.step(any_action(observation, info, rng))
        done += 1
        if terminated or truncated:
            observation, info = env.reset()
            done = 0
    return observation, info


def report(env: Playable) -> Any:
    """Return the action that says that the task cannot be done."""
    return env.action_for(Event("infeasible"))


def test_before_the_first_reset_nothing_can_be_done(env: Playable) -> None:
    for act in (lambda: env.step("noop()" if isinstance(env, TextEnv) else 0), env.get_state):  # type: ignore[arg-type]
        with pytest.raises(gym.error.ResetNeeded, match="no episode has begun"):
            act()


@pytest.mark.parametrize("instance", [0, 11])
def test_after_the_end_a_step_asks_for_a_reset_and_pays_nothing(env: Playable, instance: int) -> None:
    env.reset(options={"instance": instance, "variant": {}})
    action = report(env)
    last, _, terminated, _, info = env.step(action)
    assert terminated
    for _ in range(2):
        with pytest.raises(gym.error.ResetNeeded, match=END_REASONS[info["end_reason"]]):
            env.step(action)
    saved = env.get_state()
    assert plain(env.set_state(saved)) == plain(last)
    with pytest.raises(gym.error.ResetNeeded):
        env.step(action)
    assert env.reset()[1]["end_reason"] == 0


def test_at_the_step_limit_every_interface_truncates(env: Playable) -> None:
    env.reset(options={"instance": 0, "variant": {}})
    noop: Any = env.action_for(Event("noop"))
    limit = env.bundle.program.tasks[env.bundle.task_names[0]].max_steps
    ends = [env.step(noop)[2:4] for _ in range(limit)]
    assert ends == [(False, False)] * (limit - 1) + [(False, True)]
    with pytest.raises(gym.error.ResetNeeded, match="step_limit"):
        env.step(noop)


def test_a_mask_can_be_read_after_the_end(bundle: Bundle) -> None:
    env = SymbolicEnv(bundle, bundle.task_names)
    env.reset(seed=1)
    env.step(report(env))
    assert env.action_masks()[0]


def test_before_the_start_a_mask_allows_nothing_but_nothing(bundle: Bundle) -> None:
    env = SymbolicEnv(bundle, bundle.task_names)
    assert np.flatnonzero(env.action_masks()).tolist() == [0]


def test_a_refused_reset_leaves_the_episode_as_it_was(env: Playable) -> None:
    in_the_middle(env)
    before = env.get_state()
    with pytest.raises(Exception, match="no instance 99"):
        env.reset(options={"instance": 99})
    assert env.get_state() == before


@pytest.mark.parametrize("damage", [{"episode": {}}, {"instance": None}, {"episode": {"program": "other"}}])
def test_a_state_of_something_else_is_refused_in_words(env: Playable, damage: dict[str, Any]) -> None:
    in_the_middle(env)
    with pytest.raises(SavedStateError, match="saved"):
        env.set_state({**env.get_state(), **damage})


def test_both_interfaces_tell_the_same_of_an_episode(bundle: Bundle) -> None:
    told = []
    for kind in (TextEnv, SymbolicEnv):
        env: Playable = kind(bundle, bundle.task_names, variation="full")
        begun = env.reset(seed=4)[1]
        ended = env.step(report(env))[4]
        saved = env.get_state()["episode"]
        infos = [{name: plain(info[name]) for name in info if name != "action_mask"} for info in (begun, ended)]
        told.append([infos, [saved[name] for name in ("task", "seed", "variant", "end_reason", "reached")]])
    assert told[0] == told[1]


def test_a_deep_copy_goes_on_as_the_original(env: Playable) -> None:
    met = in_the_middle(env)
    copied = copy.deepcopy(env)
    assert rollout(copied, 40, 3, met) == rollout(env, 40, 3, met)


def test_a_pickle_goes_on_as_the_original(env: Playable) -> None:
    met = in_the_middle(env)
    loaded = pickle.loads(pickle.dumps(env))
    assert rollout(loaded, 40, 3, met) == rollout(env, 40, 3, met)


def test_a_copy_is_not_moved_by_the_original_nor_the_original_by_it(env: Playable) -> None:
    met = in_the_middle(env)
    before = env.get_state()
    copied = copy.deepcopy(env)
    rollout(env, 20, 3, met)
    assert copied.get_state() == before
    after = env.get_state()
    rollout(copied, 20, 4, met)
    assert env.get_state() == after


def test_copies_share_the_bundle_and_what_was_computed_from_it(env: Playable) -> None:
    in_the_middle(env)
    for other in (copy.deepcopy(env), pickle.loads(pickle.dumps(env))):
        assert other.bundle is env.bundle
        assert other.bundle.machine is env.bundle.machine


def test_copies_as_text_share_the_site_and_those_of_symbols_the_known_states(bundle: Bundle) -> None:
    text = TextEnv(bundle, bundle.task_names, variation="full")
    symbolic = SymbolicEnv(bundle, bundle.task_names)
    for env in (text, symbolic):
        in_the_middle(env)
    assert copy.deepcopy(text).attempt.site is text.attempt.site
    for other in (copy.deepcopy(symbolic), pickle.loads(pickle.dumps(symbolic))):
        assert other.attempt.played.board is symbolic.attempt.played.board


def test_a_pickle_holds_nothing_of_the_bundle(env: Playable) -> None:
    in_the_middle(env)
    pickled = pickle.dumps(env)
    assert env.bundle.hash.encode() in pickled
    assert not [
        word for word in env.bundle.program.json if word in ("transitions", "sections") and word.encode() in pickled
    ]


def test_an_environment_that_has_not_begun_can_be_copied(env: Playable) -> None:
    loaded, copied = pickle.loads(pickle.dumps(env)), copy.deepcopy(env)
    first = plain(env.reset(seed=3))
    assert plain(loaded.reset(seed=3)) == plain(copied.reset(seed=3)) == first


@pytest.mark.parametrize("kind", [TextEnv, SymbolicEnv])
def test_a_wrapped_environment_can_be_copied_and_pickled(kind: type[Playable], bundle: Bundle) -> None:
    given = {"bundle": bundle, "tasks": bundle.task_names, "variation": "full"}
    env: gym.Env[Any, Any] = gym.make(EnvSpec("library-v1", f"{kind.__module__}:{kind.__name__}", kwargs=given))
    met = in_the_middle(env)
    copied, loaded = copy.deepcopy(env), pickle.loads(pickle.dumps(env))
    assert copied.spec == env.spec
    went = rollout(env, 30, 3, met)
    assert rollout(copied, 30, 3, met) == went
    assert rollout(loaded, 30, 3, met) == went


@pytest.mark.parametrize("kind", [TextEnv, SymbolicEnv])
def test_another_process_goes_on_with_a_pickle(kind: type[Playable], bundle: Bundle, folder: Path) -> None:
    env = kind(Bundle.read(folder), bundle.task_names, variation="full")
    met = in_the_middle(env)
    done = subprocess.run(
        [sys.executable, "-c", LOADED], input=pickle.dumps((env, met, 40)), cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().strip() == str(rollout(env, 40, 3, met))
