"""The main job where there is no screen: the example checked, solved, exported, installed and played in the terminal.

Started by `run.py`, which has said why, as `python -m app.commands.headless`. Everything lands in `out/headless` of the
checkout, which is cleared first; numbers are small, so that it takes minutes.
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import resources
from app.commands import exporting, solving
from app.commands.console import print_line, print_table, progress_bars
from exporters import tryout
from exporters.clean_environment import InstallError, UnavailableError, install, prepare, variables
from exporters.diagram import PictureError, to_png
from exporters.export import Report, export
from exporters.failures import FAILURES, words
from flow_models.checks import check
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from resources import text

COUNTS = (5, 2, 2)
SOLVED = 2
SEEDS = 100
STEPS = 5
PLAY_TIMEOUT_S = 300

EXAMPLE = resources.path("examples", "north_bank.flow.json")
FOLDER = Path(__file__).resolve().parents[2] / "out" / "headless"


class PlayError(Exception):
    """The package could not be played where it was installed; the message is what Python said."""


def main(example: Path = EXAMPLE, folder: Path = FOLDER) -> int:
    """Do the main job; return 0 if every part of it went well."""
    began = time.perf_counter()
    try:
        is_fine = run(load(example), folder)
    except FAILURES as error:
        print_line(words(error))
        is_fine = False
    except UnavailableError as error:
        print_line(text("cli.headless.unavailable", reason=error))
        is_fine = False
    except (InstallError, PlayError) as error:
        print_line(text("cli.headless.broke_off", reason=error))
        is_fine = False
    print_line(
        text("cli.headless.done", seconds=round(time.perf_counter() - began))
        if is_fine
        else text("cli.headless.failed")
    )
    return int(not is_fine)


def run(flow: Flow, folder: Path) -> bool:
    """Check, solve, export, install and play a flow; return whether all of it went well.

    Raises:
        UnavailableError: No clean environment can be made.
        InstallError: The wheel cannot be installed.
        PlayError: The package breaks off.
    """
    print_line(text("cli.headless.no_screen", title=flow.title))
    shutil.rmtree(folder, ignore_errors=True)
    _step(1, text("cli.headless.check", flow=flow.title))
    problems = check(flow)
    for problem in problems:
        print_line(f"{text(f'cli.severity.{problem.severity}')}: {problem.sentence()}")
    _step(2, text("cli.headless.solve", count=SOLVED))
    is_solved = _solve(flow)
    _step(3, text("cli.headless.export", counts=" + ".join(map(str, COUNTS))))
    with progress_bars() as advance:
        report = export(
            flow,
            folder,
            COUNTS,
            lambda stage, done, of, _task="": advance(text(f"export.doing.{stage}"), done, of),
            seeds=SEEDS,
        )
    for remark in report.remarks:
        print_line(remark)
    exporting.show_verification(report)
    _step(4, text("cli.headless.install"))
    python = install(report.wheel, prepare(), folder / "env")
    _step(5, text("cli.headless.play"))
    played = play(python, report.folder.name.rpartition("-")[0])
    _show(played)
    _paths(flow, report, folder)
    has_errors = any(problem.severity == "error" for problem in problems)
    is_verified = report.verification is not None and report.verification.status == "verified"
    return is_solved and is_verified and not has_errors and all(map(_is_played_well, played.values()))


def play(python: Path, module: str) -> dict[str, Any]:
    """Return how solutions and random actions did, by task, in the environment where a package is installed.

    Raises:
        PlayError: The package breaks off.
    """
    command = [str(python), "-I", str(tryout.__file__), module]
    try:
        done = subprocess.run(
            command, env=variables(), capture_output=True, text=True, timeout=PLAY_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PlayError(str(error)) from error
    if done.returncode != 0:
        raise PlayError(done.stderr.strip()[-800:])
    played: dict[str, Any] = json.loads(done.stdout)
    return played


def _step(number: int, what: str) -> None:
    """Say which part of the job begins."""
    print_line()
    print_line(text("cli.headless.step", number=number, of=STEPS, what=what), style="bold")


def _solve(flow: Flow) -> bool:
    """Solve a few instances of each task and show how that went."""
    program = compile_flow(flow).program
    with progress_bars() as advance:
        found = [solving.solve_task(program, task, SOLVED, advance) for task in program.tasks]
    solving.show(found)
    return all(solving.is_fine(program, solved) for solved in found)


def _is_played_well(results: dict[str, dict[str, float]]) -> bool:
    """Say whether every solution solved its instance, and random actions did not."""
    solution, chance = results["solution"], results["random"]
    return solution["successes"] == solution["attempts"] and chance["successes"] < chance["attempts"] / 2


def _show(played: dict[str, Any]) -> None:
    """Print a table of tasks."""
    rows = [
        (
            task,
            *(
                text("cli.headless.of", **{name: results[who][name] for name in ("successes", "attempts")})
                for who in ("solution", "random")
            ),
            results["solution"]["steps"],
        )
        for task, results in played.items()
    ]
    titles = ["cli.column.task", "cli.headless.solution", "cli.headless.random", "cli.column.solution_steps"]
    print_table([text(title) for title in titles], rows)


def _paths(flow: Flow, report: Report, folder: Path) -> None:
    """Print where everything lies, and draw the picture."""
    print_line()
    print_line(text("export.wheel", path=report.wheel))
    print_line(text("cli.headless.environment", path=folder / "env"))
    print_line(text("cli.headless.svg", path=report.diagram))
    picture = folder / "diagram.png"
    try:
        to_png(flow, picture)
    except PictureError as error:
        print_line(text("cli.headless.no_png", reason=words(error)))
    else:
        print_line(text("cli.headless.png", path=picture))


if __name__ == "__main__":
    sys.exit(main())
