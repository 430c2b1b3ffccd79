"""Speed of the environments as trainers meet them: whole episodes, resets included, a new variant each where there are.

Half of the episodes are solutions, half random uses of what the page offers. What is played is written down
beforehand, so that choosing actions costs nothing while the clock runs, and played in an environment that has seen
none of it. Time is that of the processor. Nothing here knows how to print.
"""

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from app.commands.lake import TURNS, Lake
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

GROUP: Final = 16
"""Episodes of a group that share instance and variant, as trainers play them."""

GROUPS: Final = 10
"""Groups of a turn."""

_GROUP_VARIANTS: Final = 1_000_000
"""The first variant of a group, behind all of single episodes."""


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


class TextRatios(NamedTuple):
    """The text environment beside FrozenLake; all are medians over the turns.

    Attributes:
        new: Steps a second where every episode has a new variant and its instance was drawn before.
        groups: Steps a second in groups that share instance and variant.
        lake: Steps a second of FrozenLake.
        new_ratio, groups_ratio: The same as parts of FrozenLake's in the same turn.
    """

    new: float
    groups: float
    lake: float
    new_ratio: float
    groups_ratio: float


def text_ratios(bundle: Bundle, fresh: Bundle, *, variation: Variation = "full") -> TextRatios:
    """Measure the text interface beside FrozenLake, in turns.

    Args:
        bundle: What is played; used for writing it down.
        fresh: The same once more, on which the clock runs.
        variation: As of the environments.
    """
    script = Script(TextEnv(bundle, bundle.task_names, variation=variation), text_choice, variation)
    # A round more than turns: the first one warms up.
    new = [script.round(number) for number in range(TURNS + 1)]
    groups = [script.groups(number) for number in range(TURNS)]
    del script, bundle
    env = TextEnv(fresh, fresh.task_names, variation=variation)
    lake = Lake()
    for episode in new[0]:
        fresh.start(episode.instance)
    steps_a_second(env, new[0])
    # What was needed for writing it down is not there where people train, so Python's collector is not to look at it.
    gc.collect()
    gc.freeze()
    try:
        found = [
            (steps_a_second(env, new[turn + 1]), steps_a_second(env, groups[turn]), lake.steps_a_second())
            for turn in range(TURNS)
        ]
    finally:
        gc.unfreeze()
    ratios = [(one / reference, many / reference) for one, many, reference in found]
    return TextRatios(*_medians(found), *_medians(ratios))


class Script:
    """Writes down what is played.

    Args:
        env: The environment in which it is tried out.
        choose: Chooses random actions.
        variation: As of the environment.
    """

    def __init__(self, env: Any, choose: Choose, variation: Variation = "none") -> None:
        bundle: Bundle = env.bundle
        self._env, self._bundle, self._choose = env, bundle, choose
        self._variants = Variants(bundle.program, variation)
        rows = zip(*(bundle.instances[task] for task in bundle.task_names), strict=False)
        self._instances = [instance for row in rows for instance in row]
        solver, budget = Solver(bundle.machine), Budget(BUDGET)
        self._plans = {one: solver.solve(bundle.start(one), budget=budget).events for one in self._instances}

    def round(self, turn: int) -> list[Played]:
        """Return one episode of every instance, in turn by a solution and at random, each in a variant of its own."""
        played = []
        for place, instance in enumerate(self._instances):
            number = turn * len(self._instances) + place
            is_solved = (turn + place) % 2 == 0
            played.append(self._played(instance, 2 * number + (not is_solved), number, is_solved=is_solved))
        return played

    def groups(self, turn: int) -> list[Played]:
        """Return groups of episodes that share instance and variant, half of them solutions."""
        count = len(self._instances)
        played = []
        for number in range(turn * GROUPS, (turn + 1) * GROUPS):
            instance, variant = self._instances[number % count], _GROUP_VARIANTS + number
            for place in range(GROUP):
                luck = variant * GROUP + place
                played.append(self._played(instance, variant, luck, is_solved=place % 2 == 0))
        return played

    def _played(self, instance: Instance, variant: int, luck: int, *, is_solved: bool) -> Played:
        """Play an episode and return what was done."""
        start = self._bundle.start(instance, self._variants.draw(variant))
        events = _coming_through(self._bundle.machine, start, self._plans[instance]) if is_solved else ()
        _, info = self._env.reset(options=_options(instance, variant))
        actions = _actions(self._env, info, events, self._choose, random.Random(luck))
        return Played(instance, variant, list(actions))


def written_down(env: Any, rounds: int, choose: Choose, variation: Variation = "none") -> list[Played]:
    """Return what is played: every instance once a round, in turn by a solution and at random; see `Script`."""
    script = Script(env, choose, variation)
    return [episode for turn in range(rounds) for episode in script.round(turn)]


def steps_a_second(env: Any, played: Sequence[Played]) -> float:
    """Return how fast episodes are played, resets included."""
    began = time.process_time()
    for instance, variant, actions in played:
        env.reset(options=_options(instance, variant))
        for action in actions:
            env.step(action)
    return steps_of(played) / (time.process_time() - began)


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


def random_actions(env: Any, seed: int, steps: int) -> list[int]:
    """Return what uniformly random legal play does, episode after episode of the environment's split."""
    rng = random.Random(seed)
    _, info = env.reset(seed=seed)
    actions = []
    for _ in range(steps):
        actions.append(int(rng.choice(np.flatnonzero(info["action_mask"]))))
        _, _, terminated, truncated, info = env.step(actions[-1])
        if terminated or truncated:
            _, info = env.reset()
    return actions


def random_steps_a_second(env: Any, seed: int, actions: Sequence[int]) -> float:
    """Return how fast such play is, resets included."""
    began = time.process_time()
    env.reset(seed=seed)
    for action in actions:
        _, _, terminated, truncated, _ = env.step(action)
        if terminated or truncated:
            env.reset()
    return len(actions) / (time.process_time() - began)


def _medians(rows: Sequence[tuple[float, ...]]) -> Iterator[float]:
    """Yield the median of each column."""
    return map(statistics.median, zip(*rows, strict=True))


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
