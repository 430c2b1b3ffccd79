"""The solutions of instances as an agent would do them: actions as text, with the fingerprint of what they met.

Every instance is walked on the site as drawn, and some again in a variant: of training's values, test instances of
held-out ones. A walk is what verification replays in the clean environment; those of training instances also ship as
demonstrations.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exporters.errors import ExportError
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.envs.traces import walk
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import AXES, Variants
from flow_models.solver.variants import BlockedError, adapted

Record = dict[str, Any]
"""`task`, `instance`, `variant` (its fields that are not as drawn), `split`, `goal`, `actions` (texts) and `trace`
(SHA-256 of everything that was met)."""

VARIED = 5
"""Of so many instances one is also walked in a variant."""

Plans = Mapping[tuple[str, int], Sequence[Event]]
"""The events that solve each instance, by task and number."""


def record_walks(bundle: Bundle, plans: Plans, progress: Callable[[int, int], None]) -> list[Record]:
    """Play every solution once in the simulator and write it down.

    Raises:
        ExportError: A solution does not solve its instance, or cannot be played in a variant.
    """
    known, new = Variants(bundle.program), Variants(bundle.program, "full", frozenset(AXES))
    records: list[Record] = []
    instances = [instance for task in bundle.task_names for instance in bundle.instances[task]]
    envs = {task: TextEnv(bundle, [task], split=_some_split(bundle, task)) for task in bundle.task_names}
    for done, instance in enumerate(instances, 1):
        plan, env = plans[instance.task, instance.n], envs[instance.task]
        records.append(_recorded(env, instance, PLAIN, plan))
        if instance.n % VARIED == 0 and not instance.infeasible:
            variant = (new if instance.split == "test" else known).draw(instance.seed)
            records.append(_recorded(env, instance, variant, _adapted(bundle, instance, variant, plan)))
        if done % 20 == 0 or done == len(instances):
            progress(done, len(instances))
    return records


def _some_split(bundle: Bundle, task: str) -> str:
    """Return a split in which a task has instances; naming an instance works in any."""
    split = bundle.instances[task][0].split
    return "test:instances" if split == "test" else split


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
    fields = {name: value for name, value in variant._asdict().items() if value}
    observation, _ = env.reset(options={"instance": instance.n, "variant": fields})
    actions: list[str] = []
    for event in plan:
        actions.append(env.action_for(event))
        env.step(actions[-1])
    found = walk(env, instance.n, actions, fields)
    if found.end_reason != "success":
        raise _failed(instance, found.steps, found.error or found.end_reason or "the solution ended early")
    return {
        "task": instance.task,
        "instance": instance.n,
        "variant": fields,
        "split": instance.split,
        "goal": observation["goal"],
        "actions": actions,
        "trace": found.trace,
    }
