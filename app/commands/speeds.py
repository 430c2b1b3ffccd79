"""Speed of the environments as trainers meet them: whole episodes, resets included, a new variant each where there are.

Half of the episodes are solutions, half random uses of what the page offers. What is played is written down
beforehand, so that choosing actions costs nothing while the clock runs, and played in an environment that has seen
none of it. Nothing here knows how to print.
"""

import gc
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine import Event, Machine, Start
from flow_models.runtime.machine.episodes.variation import Variants, Variation
from flow_models.runtime.machine.pages.uses import is_enabled
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
    actions: Sequence[Any]


Info = Mapping[str, Any]

Choose = Callable[[Any, Info, random.Random], Any]
"""Returns a random action in an environment, from the info of its last step and a source of luck."""


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


def text_speed(bundle: Bundle, fresh: Bundle, *, rounds: int, variation: Variation = "full") -> TextSpeed:
    """Measure the text interface.

    Args:
        bundle: What is played; used for writing it down.
        fresh: The same once more, on which the clock runs.
        rounds: In how many variants each instance is played.
        variation: As of the environments.
    """
    played = written_down(TextEnv(bundle, bundle.task_names, variation=variation), rounds, text_choice, variation)
    del bundle
    gc.collect()
    env = TextEnv(fresh, fresh.task_names, variation=variation)
    half = len(played) // 2
    first = steps_a_second(env, played[:half])
    for episode in played:
        fresh.start(episode.instance)
    known = steps_a_second(env, played[half:])
    return TextSpeed(known, first, len(played), steps_of(played), sum(one.variant % 2 == 0 for one in played))


def written_down(env: Any, rounds: int, choose: Choose, variation: Variation = "none") -> list[Played]:
    """Return what is played: every instance once a round, in turn by a solution and at random.

    Args:
        env: The environment in which it is tried out.
        rounds: In how many variants each instance is played.
        choose: Chooses random actions.
        variation: As of the environment.
    """
    bundle: Bundle = env.bundle
    solver, variants = Solver(bundle.machine), Variants(bundle.program, variation)
    rows = zip(*(bundle.instances[task] for task in bundle.task_names), strict=False)
    instances = [instance for row in rows for instance in row]
    plans = {instance: solver.solve(bundle.start(instance), budget=Budget(BUDGET)).events for instance in instances}
    played = []
    for number in range(rounds * len(instances)):
        turn, place = divmod(number, len(instances))
        instance = instances[place]
        is_solved = (turn + place) % 2 == 0
        seed = 2 * number + (not is_solved)
        start = bundle.start(instance, variants.draw(seed))
        events = _coming_through(bundle.machine, start, plans[instance]) if is_solved else ()
        _, info = env.reset(options=_options(instance, seed))
        played.append(Played(instance, seed, list(_actions(env, info, events, choose, random.Random(number)))))
    return played


def steps_a_second(env: Any, played: Sequence[Played]) -> float:
    """Return how fast episodes are played, resets included."""
    began = time.perf_counter()
    for instance, variant, actions in played:
        env.reset(options=_options(instance, variant))
        for action in actions:
            env.step(action)
    return steps_of(played) / (time.perf_counter() - began)


def steps_of(played: Sequence[Played]) -> int:
    """Return how many steps episodes have."""
    return sum(len(episode.actions) for episode in played)


def text_choice(env: TextEnv, info: Info, rng: random.Random) -> str:
    """Return the use of something that a page offers, or some text of the task for a field."""
    del info
    controls = [one for one in env.episode.view.controls() if is_enabled(one)]
    texts = [str(value) for value in env.episode.start.parameters.values()]
    return env.action_for(random_event(rng.choice(controls), rng, texts) if controls else Event("back"))


def symbolic_choice(env: SymbolicEnv, info: Info, rng: random.Random) -> int:
    """Return an allowed action that does not end the episode by a report or an answer."""
    allowed = np.flatnonzero(info["action_mask"])
    return int(rng.choice(allowed[allowed >= env.encoding.actions - env.encoding.slots * env.encoding.values]))


def _options(instance: Instance, variant: int) -> dict[str, Any]:
    """Return what `reset` is told."""
    return {"task": instance.task, "instance": instance.n, "variant": variant}


def _coming_through(machine: Machine, start: Start, plan: Sequence[Event]) -> Sequence[Event]:
    """Return what a plan becomes in a variant, empty where it does not come through or there is none."""
    try:
        return adapted(machine, start, plan) if plan else ()
    except BlockedError:
        return ()


def _actions(env: Any, info: Info, events: Iterable[Event], choose: Choose, rng: random.Random) -> Iterator[Any]:
    """Do the actions of one episode and yield them: those of events as far as they have one, then random ones."""
    planned = (env.action_for(event) for event in events)
    is_over = False
    while not is_over:
        action = next(planned, None)
        if action is None:
            planned.close()
            action = choose(env, info, rng)
        yield action
        _, _, terminated, truncated, info = env.step(action)
        is_over = terminated or truncated
