"""The deep audit of a flow: every check, and every task tried out with many instances, a task for each process.

What the tasks show comes task by task, so that whoever stops early keeps what was found so far.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from flow_models.checks.plain import plain, problems_of
from flow_models.checks.problem import Problem
from flow_models.checks.running import check_by_running
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.processes.jobs import Data
from flow_models.processes.pool import Pool, worth_starting

INSTANCES: Final = 20
"""Instances of each task that an audit solves."""

_WORTH: Final = 4
"""Two processes are worth their start from so many tasks on: each takes half a second to begin, a task seconds."""


class Tried(NamedTuple):
    """What trying a task out has shown."""

    task: str
    problems: tuple[Problem, ...]


def tried_deep(flow: Flow, tasks: tuple[str, ...] = (), instances: int = INSTANCES) -> Iterator[Tried]:
    """Try tasks out one after the other, several at a time, and yield what each has shown.

    Args:
        flow: The flow; of one that does not compile nothing is found.
        tasks: The names of the tasks; all if empty.
        instances: How many instances of each task to solve.

    Raises:
        CrashError: A process met a bug or ended without an answer.
    """
    names = [task.name for task in flow.tasks if not tasks or task.name in tasks]
    shared = {"flow": storage.dumps(flow), "instances": instances}
    with Pool(trying, shared, worth_starting(len(names), _WORTH)) as pool:
        pieces = ({"task": name} for name in names)
        for name, found in zip(names, pool.done(pieces), strict=True):
            yield Tried(name, problems_of(found["problems"]))


def trying(shared: Data) -> Any:
    """Return what tries out one task; the maker of the audit's processes."""
    flow = storage.loads(shared["flow"])

    def tried(piece: Data) -> Data:
        found = check_by_running(flow, tasks=(piece["task"],), solved=shared["instances"])
        return {"problems": [plain(problem) for problem in found]}

    return tried
