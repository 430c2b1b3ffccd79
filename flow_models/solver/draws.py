"""Drawing some instances of a task; a seed that the task refuses has none."""

from collections.abc import Iterable, Iterator

from flow_models.runtime.machine import DrawError, Machine, Start


def drawn(machine: Machine, task: str, seeds: Iterable[int]) -> Iterator[Start]:
    """Yield the instances of the seeds that have one."""
    for seed in seeds:
        try:
            yield machine.draw(task, seed)
        except DrawError:
            continue
