"""Speed of the text interface as trainers meet it: whole episodes, resets included, a new variant each.

Half of the episodes are solutions, half random uses of what the page offers. What is played is written down
beforehand, so that choosing actions costs nothing while the clock runs, and played in an environment that has seen
none of it. Nothing here knows how to print.
"""

import gc
import random
import time
from collections.abc import Sequence
from typing import Final, NamedTuple

from flow_models.runtime.envs.bundle import Bundle, Instance
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.pages.view import Button, View
from flow_models.solver.policies import random_event
from flow_models.solver.solution import Budget
from flow_models.solver.solving import Solver
from flow_models.solver.variants import BlockedError, adapted

BUDGET: Final = 4000
"""Steps that a search for a solution may try; an instance that needs more is played at random only."""


class Played(NamedTuple):
    """One episode: the instance, the seed of the variant, and the actions."""

    instance: Instance
    variant: int
    actions: Sequence[str]


class TextSpeed(NamedTuple):
    """Steps a second over all episodes.

    Attributes:
        known: The instances were drawn before, as they are after a trainer's first pass; variants are new.
        first: Each instance is drawn while the clock runs, once for the episodes that it is played in.
        episodes, steps: How many there were.
        solved: How many of the episodes were solutions.
    """

    known: float
    first: float
    episodes: int
    steps: int
    solved: int


def text_speed(bundle: Bundle, fresh: Bundle, *, rounds: int, variation: str = "full") -> TextSpeed:
    """Measure the text interface.

    Args:
        bundle: What is played; used for writing it down.
        fresh: The same once more, on which the clock runs.
        rounds: In how many variants each instance is played.
        variation: As of the environments.
    """
    played = _written_down(bundle, rounds, variation)
    del bundle
    gc.collect()
    env = TextEnv(fresh, fresh.task_names, variation=variation)
    half = len(played) // 2
    first = _play(env, played[:half])
    for episode in played:
        fresh.start(episode.instance)
    known = _play(env, played[half:])
    steps = sum(len(episode.actions) for episode in played)
    return TextSpeed(known, first, len(played), steps, sum(episode.variant % 2 == 0 for episode in played))


def _written_down(bundle: Bundle, rounds: int, variation: str) -> list[Played]:
    """Return what is played: every instance once a round, in turn by a solution and at random."""
    solver = Solver(bundle.machine)
    env = TextEnv(bundle, bundle.task_names, variation=variation)
    instances = [
        instance
        for row in zip(*(bundle.instances[task] for task in bundle.task_names), strict=False)
        for instance in row
    ]
    plans = {instance: solver.solve(bundle.start(instance), budget=Budget(BUDGET)).events for instance in instances}
    played = []
    for number in range(rounds * len(instances)):
        instance = instances[number % len(instances)]
        rng = random.Random(number)
        is_solved = (number + number // len(instances)) % 2 == 0
        seed = 2 * number + (not is_solved)
        played.append(Played(instance, seed, _actions(env, instance, seed, plans[instance] if is_solved else (), rng)))
    return played


def _actions(env: TextEnv, instance: Instance, seed: int, plan: Sequence[Event], rng: random.Random) -> list[str]:
    """Return the actions of one episode: of a plan where it comes through, else random ones to the end."""
    env.reset(options={"task": instance.task, "instance": instance.n, "variant": seed})
    try:
        events = list(adapted(env.bundle.machine, env.episode.start, plan)) if plan else []
    except BlockedError:
        events = []
    actions: list[str] = []
    texts = [str(value) for value in env.episode.start.parameters.values()]
    is_over = False
    while not is_over:
        event = events[len(actions)] if len(actions) < len(events) else _random_event(env.episode.view, rng, texts)
        actions.append(env.action_for(event))
        _, _, terminated, truncated, _ = env.step(actions[-1])
        is_over = terminated or truncated
    return actions


def _random_event(view: View, rng: random.Random, texts: Sequence[str]) -> Event:
    """Return the use of something that a page offers."""
    controls = [one for one in view.controls() if not isinstance(one, Button) or one.enabled]
    return random_event(rng.choice(controls), rng, texts) if controls else Event("back")


def _play(env: TextEnv, played: Sequence[Played]) -> float:
    """Return steps a second over episodes, resets included."""
    began = time.perf_counter()
    for instance, variant, actions in played:
        env.reset(options={"task": instance.task, "instance": instance.n, "variant": variant})
        for action in actions:
            env.step(action)
    return sum(len(episode.actions) for episode in played) / (time.perf_counter() - began)
