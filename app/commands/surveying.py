"""`gymwright coverage`: what walks touch of a site, what is missing, and how difficult its tasks are."""

from pathlib import Path

from app.commands.console import print_json, print_line, print_table
from app.commands.solving import task_names
from flow_models.checks.covering import missing_words
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.coverage import KINDS, Coverage
from flow_models.solver.difficulty import Difficulty
from flow_models.solver.surveying import Survey, survey, title_of
from resources import text


def run(path: Path, *, instances: int, as_json: bool) -> int:
    """Print what a survey of a flow has found; return 0 even if something is missing, which is not wrong.

    Raises:
        DocumentError: The file is not a flow.
        CompileError: The flow has mistakes.
        click.UsageError: The flow has no task.
    """
    program = compile_flow(load(path)).program
    found = survey(Machine(program), task_names(program, None), instances)
    if as_json:
        print_json(as_data(found))
    else:
        _show(program, found)
    return 0


def as_data(found: Survey) -> dict[str, object]:
    """Return a survey as JSON tells it."""
    return {
        "coverage": found.tour.coverage.as_data(),
        "steps": found.steps,
        "least_steps": found.least,
        "walks": [walk.as_data() for walk in found.tour.walks],
        "difficulty": {one.task: one.as_data() for one in found.difficulties},
    }


def _show(program: Program, found: Survey) -> None:
    """Print tables of tasks, of what is touched, and of the pages of which something is missing."""
    names = ("task", "difficulty", "points", "steps", "choices", "remembered", "distractors")
    print_table([text(f"cli.column.{name}") for name in names], [_row(one) for one in found.difficulties])
    covered = found.tour.coverage
    kinds = [(text(f"export.coverage.kind.{kind}"), *covered.of(kind)) for kind in KINDS if covered.of(kind)[1]]
    print_table([text(f"cli.column.{name}") for name in ("measure", "touched", "of")], kinds)
    walks = len(found.tour.walks)
    print_line(text("cli.coverage.whole", share=f"{covered.share:.0%}", walks=walks))
    print_line(text("cli.coverage.least", steps=found.steps, least=found.least))
    missing = [
        (title_of(program, page), f"{share:.0%}", _missing(program, covered, page))
        for page, share in sorted(covered.by_page().items(), key=lambda one: one[1])
        if share < 1
    ]
    if missing:
        print_table([text(f"cli.column.{name}") for name in ("page", "touched", "missing")], missing)


def _row(one: Difficulty) -> tuple[object, ...]:
    """Return what is printed of a task."""
    medians = (f"{one.middle(name):g}" for name in ("steps", "remembered", "distractors"))
    steps, remembered, distractors = medians
    level = text(f"export.level.{one.level}")
    return one.task, level, f"{one.points:.0f}", steps, f"{one.middle('choices'):.0f}", remembered, distractors


def _missing(program: Program, covered: Coverage, page: str) -> str:
    """Return in words what nothing touches of a page."""
    return "; ".join(missing_words(program, one) for one in covered.missing if one.page == page)
