"""Can every task be done in every interface of the package? Each solution is played in all that need no extra.

The text interface is left out: what is walked there is recorded, and an export whose solution fails there is refused.
An interface with a narrower set of actions may lack one that a solution needs; its tasks are shipped nevertheless, and
the package says in which interface not all of them can be done.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from exporters.walks import Plans, walks_of
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.instances import some_split
from flow_models.runtime.envs.listing import Instance, Played
from flow_models.runtime.envs.registry import EVERYWHERE, TEXT
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.base.results import END_REASONS
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.solver.instances import Progress

Json = dict[str, Any]

OTHERS: Final = tuple(entry for entry in EVERYWHERE if entry is not TEXT)
"""The interfaces whose actions may not say everything."""


class Environment(Protocol):
    """An environment that knows the action for an event."""

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, Json]:
        """Begin an episode."""

    def step(self, action: Any) -> tuple[Any, Any, bool, bool, Json]:
        """Do one action."""

    def action_for(self, event: Event) -> Any:
        """Return the action that stands for an event, None if there is none."""


def play_interfaces(bundle: Bundle, plans: Plans, progress: Progress | None = None) -> tuple[Played, ...]:
    """Play every solution in every interface but the text, on the site as drawn, some in a variant too."""
    of: Counter[tuple[str, str]] = Counter()
    done: Counter[tuple[str, str]] = Counter()
    envs: dict[tuple[str, str], Environment] = {
        (entry.name, task): entry.load()(bundle, [task], split=some_split(bundle, task))
        for entry in OTHERS
        for task in bundle.task_names
    }
    count = sum(len(bundle.instances[task]) for task in bundle.task_names)
    instances: set[Instance] = set()
    for instance, variant, plan in walks_of(bundle, plans, _between):
        instances.add(instance)
        for entry in OTHERS:
            place = entry.name, instance.task
            of[place] += 1
            done[place] += _is_done(envs[place], instance, variant, plan)
        if progress is not None:
            progress(len(instances), count, instance.task)
    return tuple(Played(*place, of[place], done[place]) for place in envs)


def short(played: Iterable[Played]) -> tuple[Played, ...]:
    """Return where not every solution can be played."""
    return tuple(one for one in played if one.is_short)


def _between(variant: Variant) -> Variant:
    """Return what these interfaces meet of a variant: what comes between, and neither layout nor words.

    A navigation that a variant puts behind a button, for one, stands open there, so a solution has nothing to open.
    """
    return PLAIN._replace(seed=variant.seed, interruption=variant.interruption, conduct=variant.conduct)


def _is_done(env: Environment, instance: Instance, variant: Variant, plan: Sequence[Event]) -> bool:
    """Say whether a solution does its instance in an interface."""
    _, info = env.reset(options={"instance": instance.n, "variant": variant.fields})
    for event in plan:
        action = env.action_for(event)
        if action is None:
            return False
        _, _, terminated, truncated, info = env.step(action)
        if terminated or truncated:
            break
    return END_REASONS[info["end_reason"]] == "success"
