"""The solutions of instances as an agent would do them: actions as text, with the fingerprint of what they met.

Every instance is walked on the site as drawn, and some again in a variant: of training's values, test instances of
held-out ones. A walk is what verification replays in the clean environment; those of training instances also ship as
demonstrations.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import resources
from exporters.errors import ExportError
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.envs.traces import env_of, walk
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import AXES, Variants
from flow_models.solver.instances import Progress
from flow_models.solver.telling import name_of
from flow_models.solver.variants import BlockedError, adapted

Record = dict[str, Any]
"""`task`, `instance`, `variant` (its fields that are not as drawn), `split`, `goal`, `actions` (texts) and `trace`
(SHA-256 of everything that was met)."""

VARIED = 5
"""Of so many instances one is also walked in a variant."""

Plans = Mapping[tuple[str, int], Sequence[Event]]
"""The events that solve each instance, by task and number."""


def record_walks(bundle: Bundle, plans: Plans, progress: Progress) -> list[Record]:
    """Play every solution once in the simulator and write it down.

    Raises:
        ExportError: A solution does not solve its instance, or cannot be played in a variant.
    """
    records: list[Record] = []
    count = sum(len(bundle.instances[task]) for task in bundle.task_names)
    envs = {task: env_of(bundle, task) for task in bundle.task_names}
    instances: set[Instance] = set()
    for instance, variant, plan in walks_of(bundle, plans):
        records.append(_recorded(envs[instance.task], instance, variant, plan))
        instances.add(instance)
        progress(len(instances), count, instance.task)
    return records


def walks_of(
    bundle: Bundle, plans: Plans, met: Callable[[Variant], Variant] = lambda variant: variant
) -> Iterator[tuple[Instance, Variant, Sequence[Event]]]:
    """Yield each instance with its solution on the site as drawn, and some again in a variant.

    Args:
        bundle: The instances.
        plans: The events that solve them.
        met: What is left of a variant where these are to be played, which may not show all of it.

    Raises:
        ExportError: A solution cannot be played in a variant.
    """
    known, new = Variants(bundle.program), Variants(bundle.program, "full", frozenset(AXES))
    for task in bundle.task_names:
        for instance in bundle.instances[task]:
            plan = plans[task, instance.n]
            yield instance, PLAIN, plan
            if instance.n % VARIED == 0 and not instance.infeasible:
                variant = met((new if instance.split == "test" else known).draw(instance.seed))
                yield instance, variant, _adapted(bundle, instance, variant, plan)


def _adapted(bundle: Bundle, instance: Instance, variant: Variant, plan: Sequence[Event]) -> Sequence[Event]:
    """Return what a solution becomes in a variant."""
    try:
        return adapted(bundle.machine, bundle.start(instance, variant), plan)
    except BlockedError as error:
        raise _failed(instance, 0, str(error)) from error


def _failed(instance: Instance, step: int, reason: str) -> ExportError:
    """Return the error for a solution that does not solve its instance."""
    return ExportError("export.walk_failed", task=instance.task, instance=instance.n, step=step, reason=reason)


def _recorded(env: TextEnv, instance: Instance, variant: Variant, plan: Sequence[Event]) -> Record:
    """Write down one walk: first its actions, then what playing them from the start meets."""
    fields = variant.fields
    observation, _ = env.reset(options={"instance": instance.n, "variant": fields})
    actions: list[str] = []
    for event in plan:
        try:
            actions.append(env.action_for(event))
        except LookupError:
            reason = resources.text("export.not_there", kind=event.kind, block=name_of(env.bundle.program, event.block))
            raise _failed(instance, len(actions) + 1, reason) from None
        env.step(actions[-1])
    found = walk(env, instance.n, actions, fields)
    if found.end_reason != "success":
        raise _failed(instance, found.steps, found.error or found.end_reason or resources.text("export.no_end"))
    return {
        "task": instance.task,
        "instance": instance.n,
        "variant": fields,
        "split": instance.split,
        "goal": observation["goal"],
        "actions": actions,
        "trace": found.trace,
    }
