"""Whatever is typed into fields, no episode ends as the site's error, and every step costs what it costs."""

import random

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.results import END_REASONS
from tests.flow_models.runtime.examples import bundle_of_machine
from tests.flow_models.runtime.hostile import Hostile

BROKEN = END_REASONS.index("environment_error")

SITES = [
    (folder, path.name)
    for folder in ("examples", "templates")
    for path in sorted(resources.path(folder).glob("*.flow.json"))
    if load(path).tasks
]
"""Every flow that ships and has a task, as (folder, file)."""

FEW_FIELDS = ("three_pages.flow.json",)
"""Sites on most of whose pages there is nothing to type into."""

ALL_ACTIONS = 1_000_000
"""Actions of the long run over all sites together, at least half of them into fields."""


@pytest.mark.parametrize(("folder", "name"), SITES)
def test_whatever_is_typed_no_episode_ends_as_the_sites_error(folder: str, name: str) -> None:
    endured(folder, name, 1_000, seed=2)


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("folder", "name"), SITES)
def test_a_million_hostile_actions_end_no_episode_as_the_sites_error(folder: str, name: str) -> None:
    few = ALL_ACTIONS // 50
    endured(folder, name, few if name in FEW_FIELDS else -(-(ALL_ACTIONS - few) // (len(SITES) - 1)))


def site_bundle(folder: str, name: str) -> Bundle:
    """Return a flow that ships as a bundle whose instances nobody had to prove."""
    return bundle_of_machine(Machine(compile_flow(load(resources.path(folder, name))).program), 10)


def endured(folder: str, name: str, actions: int, seed: int = 1) -> None:
    """Let somebody hostile do so many actions, and hold the environment to its promises."""
    bundle = site_bundle(folder, name)
    env = TextEnv(bundle, bundle.task_names, "train", "full")
    hostile = Hostile(random.Random(f"{name} {seed}"))
    observation, _ = env.reset(seed=seed)
    episodes = 1
    for _ in range(actions):
        action = hostile.action(env, observation)
        observation, _, terminated, truncated, info = env.step(action)
        assert info["end_reason"] != BROKEN, (action, env.episode.fault)
        assert observation in env.observation_space, action
        cost = bundle.program.tasks[env.episode.start.task].step_cost
        assert info["reward_parts"][2] == -cost, action
        if terminated or truncated:
            observation, _ = env.reset()
            episodes += 1
    print(f"\n{name}, seed {seed}: {actions} actions, {hostile.typed} into fields, {episodes} episodes, no error")
    assert hostile.typed >= 0.3 * actions or name in FEW_FIELDS
