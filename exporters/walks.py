"""The solutions of instances as an agent would do them: actions as text, with the fingerprint of what they met.

A walk is what verification replays in the clean environment; those of training instances also ship as demonstrations.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exporters.errors import ExportError
from flow_models.runtime.envs.bundle import Bundle, Instance
from flow_models.runtime.envs.text import TextEnv
from flow_models.runtime.envs.traces import walk
from flow_models.runtime.machine.events import Event

Record = dict[str, Any]
"""`task`, `instance`, `split`, `goal`, `actions` (texts) and `trace` (SHA-256 of everything that was met)."""

Plans = Mapping[tuple[str, int], Sequence[Event]]
"""The events that solve each instance, by task and number."""


def record_walks(bundle: Bundle, plans: Plans, progress: Callable[[int, int], None]) -> list[Record]:
    """Play every solution once in the simulator and write it down.

    Raises:
        ExportError: A solution does not solve its instance.
    """
    records: list[Record] = []
    instances = [instance for task in bundle.task_names for instance in bundle.instances[task]]
    envs = {task: TextEnv(bundle, [task], split=_some_split(bundle, task)) for task in bundle.task_names}
    for done, instance in enumerate(instances, 1):
        records.append(_recorded(envs[instance.task], instance, plans[instance.task, instance.n]))
        if done % 20 == 0 or done == len(instances):
            progress(done, len(instances))
    return records


def _some_split(bundle: Bundle, task: str) -> str:
    """Return a split in which a task has instances; naming an instance works in any."""
    split = bundle.instances[task][0].split
    return "test:instances" if split == "test" else split


def _recorded(env: TextEnv, instance: Instance, plan: Sequence[Event]) -> Record:
    """Write down one walk: first its actions, then what playing them from the start meets."""
    observation, _ = env.reset(options={"instance": instance.n})
    actions: list[str] = []
    for event in plan:
        actions.append(env.action_for(event))
        env.step(actions[-1])
    found = walk(env, instance.n, actions)
    if found.end_reason != "success":
        raise ExportError(
            "export.walk_failed",
            task=instance.task,
            instance=instance.n,
            step=found.steps,
            reason=found.error or found.end_reason or "the solution ended early",
        )
    return {
        "task": instance.task,
        "instance": instance.n,
        "split": instance.split,
        "goal": observation["goal"],
        "actions": actions,
        "trace": found.trace,
    }
