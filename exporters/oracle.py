"""The solutions of a package's instances, those of tests too, worked out afresh: for whoever owns the flow.

They never ship. From a flow its instances are drawn and solved as the export does; a package is read as it lies in a
folder or a wheel, and what it lists is solved again.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from exporters import canary
from exporters.errors import ExportError
from exporters.reading import read_package
from exporters.stages import Advance
from exporters.walks import Plans, Record, record_walks
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.instances import Progress, UnprovenError, build_instances, solve_listed


class _Wanted(NamedTuple):
    """Which instances are to be solved; `task` is None for those of all tasks."""

    splits: Sequence[str]
    task: str | None

    def of(self, instances: Iterable[Instance]) -> list[Instance]:
        """Return those that are wanted."""
        return [one for one in instances if one.split in self.splits and self.task in (None, one.task)]

    def see_that_it_exists(self, program: Program) -> None:
        """See that a program has the task.

        Raises:
            ExportError: It has not.
        """
        if self.task is not None and self.task not in program.tasks:
            raise ExportError("export.oracle.no_task", task=self.task, tasks=", ".join(program.tasks))


class _Solved(NamedTuple):
    """Instances with the events that solve them."""

    bundle: Bundle
    plans: Plans


def solutions(
    source: Path, counts: tuple[int, int, int], splits: Sequence[str], task: str | None, advance: Advance
) -> list[Record]:
    """Return the solutions of instances as actions of the text interface, some again in a variant, with the canary.

    Args:
        source: A flow's file, or a package: its folder or wheel.
        counts: For a flow, as at its export: how many instances of each split; numbers follow from these.
        splits: The splits wanted.
        task: The only task wanted.
        advance: Told how far it is, in the stages `instances` and `walks`.

    Raises:
        DocumentError: The file is not a flow.
        CompileError: The flow has mistakes.
        BundleError: The package is incomplete or damaged.
        ExportError: It was made for another runtime, an instance is not what the package says, or there is no such
            task.
    """
    wanted = _Wanted(splits, task)
    found = partial(advance, "instances")
    bundle, plans = _of_flow(source, counts, wanted, found) if _is_flow(source) else _of_package(source, wanted, found)
    mark = canary.guid(bundle.program)
    return [{**record, "canary": mark} for record in record_walks(bundle, plans, partial(advance, "walks"))]


def check_place(source: Path, out: Path) -> None:
    """See that solutions are not written into the package that they solve.

    Raises:
        ExportError: They would be.
    """
    if source.is_dir() and out.resolve().is_relative_to(source.resolve()):
        raise ExportError("export.oracle.inside", out=out, folder=source)


def _of_flow(source: Path, counts: tuple[int, int, int], wanted: _Wanted, progress: Progress) -> _Solved:
    """Return the instances of a flow as an export would number them, with their solutions."""
    program = compile_flow(storage.load(source)).program
    wanted.see_that_it_exists(program)
    made = build_instances(program, counts, task=wanted.task, progress=progress)
    return _Solved(Bundle(program, wanted.of(made.listed)), made.plans)


def _of_package(source: Path, wanted: _Wanted, progress: Progress) -> _Solved:
    """Return the instances that a package lists, with their solutions.

    Raises:
        ExportError: One is not what the package says.
    """
    bundle = read_package(source).bundle
    wanted.see_that_it_exists(bundle.program)
    listed = wanted.of(instance for task in bundle.task_names for instance in bundle.instances[task])
    try:
        return _Solved(Bundle(bundle.program, listed), solve_listed(bundle.program, listed, progress=progress))
    except UnprovenError as error:
        raise ExportError("export.oracle.differs", task=error.instance.task, instance=error.instance.n) from error


def _is_flow(source: Path) -> bool:
    """Say whether a path means a flow's file rather than a package."""
    return source.is_file() and source.suffix != ".whl"
