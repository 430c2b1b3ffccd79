"""`gymwright audit`: every check, and every task tried out deep, as a table, JSON or a file with the walks."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app.commands.checking import as_data, show
from app.commands.console import print_json, print_line, progress_bars
from app.commands.solving import task_names
from exporters.walk_file import Shot, write_walks
from flow_models.checks import Problem, check
from flow_models.checks.auditing import tried_deep
from flow_models.checks.problem import distinct
from flow_models.compiler import CompileError, compile_flow
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.honesty import LOOKALIKES, SAMPLED
from resources import text


class Audit(NamedTuple):
    """What an audit has found so far; `tried` are the tasks that were tried out, of all `tasks`."""

    problems: tuple[Problem, ...]
    tried: tuple[str, ...]
    tasks: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all tasks were tried out."""
        return self.tried == self.tasks

    @property
    def is_good(self) -> bool:
        """Whether all was looked at and nothing is wrong."""
        return self.is_whole and not any(problem.severity == "error" for problem in self.problems)


def run(path: Path, *, instances: int, task: str | None, html: Path | None, as_json: bool) -> int:
    """Audit a flow; return 1 if there are errors or the audit was stopped, which leaves what was found until then.

    Raises:
        DocumentError: The file is not a flow.
        click.UsageError: There is no such task.
    """
    flow = load(path)
    program = _program(flow)
    names = tuple(task_names(program, task)) if program is not None and flow.tasks else ()
    found = _audited(flow, names, instances, quiet=as_json)
    if html is not None and program is not None:
        write_walks(html, flow, Machine(program), shots_of(found.problems))
    if as_json:
        print_json(_as_data(found, instances))
    else:
        _show(found, html, instances, can_run=program is not None)
    return int(not found.is_good)


def shots_of(problems: Sequence[Problem]) -> list[Shot]:
    """Return what a file shows of the problems that have a walk."""
    return [Shot(problem.sentence(), problem.walk, problem.severity) for problem in problems if problem.walk]


def _program(flow: Flow) -> Program | None:
    """Return what runs a flow; None if it cannot run yet, which the checks say."""
    try:
        return compile_flow(flow).program
    except CompileError:
        return None


def _audited(flow: Flow, tasks: tuple[str, ...], instances: int, *, quiet: bool) -> Audit:
    """Check a flow and try its tasks out, until all is done or somebody presses Ctrl+C."""
    problems, tried = list(check(flow)), list[str]()
    with progress_bars(quiet=quiet) as advance:
        try:
            advance(text("cli.doing.audit"), 0, len(tasks))
            for one in tried_deep(flow, tasks, instances) if tasks else ():
                problems += one.problems
                tried.append(one.task)
                advance(text("cli.doing.audit"), len(tried), len(tasks))
        except KeyboardInterrupt:
            pass
    return Audit(distinct(problems), tuple(tried), tasks)


def _as_data(found: Audit, instances: int) -> dict[str, object]:
    """Return an audit as JSON tells it."""
    return {
        "problems": [as_data(problem) for problem in found.problems],
        "tried": list(found.tried),
        "left": [task for task in found.tasks if task not in found.tried],
        "tried_with": {"instances": instances, "likeliest_lookalikes": LOOKALIKES, "sampled_lookalikes": SAMPLED},
    }


def _show(found: Audit, html: Path | None, instances: int, *, can_run: bool) -> None:
    """Print what was found, how far it was looked, and how walks are played."""
    if found.problems:
        show(found.problems)
    elif found.is_good:
        print_line(text("cli.audit.clean", tasks=len(found.tried)))
    for line in _reach(found, instances) if can_run else (text("cli.audit.not_run"),):
        print_line(line)
    walks = sum(problem.walk is not None for problem in found.problems)
    if walks and html is None:
        print_line(text("cli.audit.walks", count=walks))
    elif html is not None and can_run:
        print_line(text("cli.audit.written", path=html))


def _reach(found: Audit, instances: int) -> Iterator[str]:
    """Yield what was looked at and what was not."""
    if found.tried:
        yield text("cli.audit.reach", instances=instances, first=LOOKALIKES, sample=SAMPLED)
    if not found.is_whole:
        yield text("cli.audit.stopped", tried=len(found.tried), tasks=len(found.tasks))
