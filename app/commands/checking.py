"""`gymwright check`: the problems of a flow as a table or JSON."""

from collections import Counter
from pathlib import Path

from app.commands.console import print_json, print_line, print_table, progress_bars
from app.words.counts import counted
from flow_models.checks import SEVERITIES, Problem, check
from flow_models.checks.problem import distinct
from flow_models.checks.running import check_by_running
from flow_models.document.storage import load
from resources import text


def run(path: Path, *, running: bool, as_json: bool) -> int:
    """Print the problems; return 1 if there are errors.

    Raises:
        DocumentError: The file is not a flow.
    """
    flow = load(path)
    problems = check(flow)
    if running and not any(problem.severity == "error" for problem in problems):
        with progress_bars(quiet=as_json) as advance:
            tried = check_by_running(flow, progress=lambda done, of: advance(text("cli.doing.instances"), done, of))
        problems = distinct((*problems, *tried))
    if as_json:
        print_json({"problems": [as_data(problem) for problem in problems]})
    elif not problems:
        parts = {
            "pages": counted("page", len(flow.pages)),
            "transitions": counted("transition", len(flow.transitions)),
            "tasks": counted("task", len(flow.tasks)),
        }
        print_line(text("cli.check.clean", **parts))
    else:
        show(problems)
    return int(any(problem.severity == "error" for problem in problems))


def as_data(problem: Problem) -> dict[str, object]:
    """Return a problem as JSON tells it."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "sentence": problem.sentence(),
        "elements": [element._asdict() for element in problem.elements],
        "fix": None if problem.fix is None else problem.fix.sentence(),
        "walk": None if problem.walk is None else problem.walk.as_data(),
    }


def show(problems: tuple[Problem, ...]) -> None:
    """Print a table of problems and their count."""
    rows = [
        (text(f"cli.severity.{problem.severity}"), problem.sentence(), _where(problem))
        for problem in sorted(problems, key=lambda problem: SEVERITIES.index(problem.severity))
    ]
    print_table([text("cli.column.severity"), text("cli.column.problem"), text("cli.column.where")], rows)
    counts = Counter(problem.severity for problem in problems)
    print_line(text("cli.check.found", **{f"{severity}s": counts[severity] for severity in SEVERITIES}))
    fixable = sum(problem.fix is not None for problem in problems)
    if fixable:
        print_line(text("cli.check.fixable", count=fixable))


def _where(problem: Problem) -> str:
    """Return the first element concerned."""
    if not problem.elements:
        return ""
    element = problem.elements[0]
    return f"{element.kind} {element.id}" + (f" {element.field}" if element.field else "")
