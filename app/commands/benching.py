"""`gymwright bench`: how fast checks, solving and the environments are on this computer, as ratios where possible.

Speeds are total steps over time of the processor for whole episodes, resets included, half of them random and half
solutions, one process. What is played is written down beforehand, so choosing actions costs nothing while the clock
runs. Nothing is warmed up but the interpreter, except where a line says so.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import resources
from app.commands.console import Advance, print_json, print_table, progress_bars
from app.commands.lake import TURNS, Lake
from app.commands.large import large_flow
from app.commands.speeds import (
    TextSpeed,
    random_actions,
    random_steps_a_second,
    steps_a_second,
    symbolic_choice,
    text_ratios,
    text_speed,
    written_down,
)
from app.commands.starting import work_until_shown_s
from app.commands.textworld import textworld_speed
from app.commands.vector_speed import vector_speed
from exporters.export import export
from flow_models.checks import Checker, check
from flow_models.compiler import compile_flow
from flow_models.document.behaviour import Page
from flow_models.document.blocks import ListBlock
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.symbolic import SymbolicEnv
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine import Machine
from flow_models.solver.solving import Solver
from resources import text

FACTOR = 10
"""By how much the flow and its tables grow to see whether speed stays."""

VECTOR = (16_384, 100, 24)
"""Episodes side by side, over how many instances, and how many steps each makes."""

LIST_LIMIT = 10
"""Rows that lists show while tables grow, so that pages stay as long as they were."""

EDITS = 9
ROUNDS = 6
"""In how many variants each instance is played as text."""

RANDOM_STEPS = 20_000
"""How many steps a turn of random legal play has."""

EXPORTED = (5, 2, 2)
"""Instances of each task in the export that is measured."""


HAND_PAGES = (150, 1000)
"""The sizes of the sites in which the window is measured."""

PROMPT = ("fit", "zoom", "pan", "select", "letter", "drag", "undo", "tidy")
"""What has to be answered before a person notices a pause."""

HAND_BARS = {"open": "< 1500", **dict.fromkeys(PROMPT, "< 100")}


TEXT = ("text", "text_ratio", "text_groups", "text_groups_ratio")
SKYLARK = ("text_skylark", "text_ratio_skylark", "text_groups_skylark", "text_groups_ratio_skylark")
"""What is measured of text beside FrozenLake, on the flow and on the second example."""


class Figure(NamedTuple):
    """One measurement; `bar` is what it should at least (speeds) or at most (times) be, `None` without one."""

    name: str
    value: float
    unit: str
    bar: str = ""


def run(path: Path | None, *, instances: int, seconds: float, quick: bool, as_json: bool) -> int:
    """Measure and print.

    Raises:
        DocumentError: The file is not a flow.
        CompileError: The flow has mistakes.
    """
    flow = load(resources.path("examples", "north_bank.flow.json") if path is None else path)
    with progress_bars(quiet=as_json) as advance:
        figures = measure(flow, instances, seconds, quick=quick, advance=advance)
    if path is None:
        other = load(resources.path("examples", "skylark_air.flow.json"))
        figures += text_beside_lake(other, instances, SKYLARK, ">= 0.06")
    if as_json:
        print_json({"flow": flow.title, "figures": [figure._asdict() for figure in figures]})
    else:
        names = [text(f"cli.column.{name}") for name in ("measure", "value", "unit", "bar")]
        print_table(names, [(text(f"cli.figure.{name}"), value, unit, bar) for name, value, unit, bar in figures])
    return 0


def measure(flow: Flow, instances: int, seconds: float, *, quick: bool, advance: Advance) -> list[Figure]:
    """Return all figures."""
    # The environments first: what checks keep in memory is not there where people train.
    stages: list[Callable[[], list[Figure]]] = [
        lambda: _text(flow, instances, ROUNDS),
        lambda: _symbolic(flow, instances, seconds),
        lambda: _documents(flow),
    ]
    if not quick:
        stages += [
            lambda: vector(flow),
            lambda: _solving(flow),
            lambda: _exporting(flow),
            *(partial(hand, pages) for pages in HAND_PAGES),
            preview,
            start,
        ]
    figures: list[Figure] = []
    for number, stage in enumerate(stages):
        advance(text("cli.doing.bench"), number, len(stages))
        figures += stage()
    advance(text("cli.doing.bench"), len(stages), len(stages))
    return figures


def _documents(flow: Flow) -> list[Figure]:
    """Measure checking and compiling; an edit is the renaming of one page."""
    return [
        Figure("check", 1000 * _timed(lambda: check(flow)), "ms"),
        Figure("check_edit", _edit_ms(flow), "ms"),
        Figure("check_edit_large", _edit_ms(large_flow()), "ms", "< 50"),
        Figure("compile", 1000 * _timed(lambda: compile_flow(flow)), "ms"),
    ]


def _edit_ms(flow: Flow) -> float:
    """Return the time of checking after the renaming of one page, in milliseconds: the median of some edits."""
    checker = Checker()
    checker.check(flow)
    times = []
    for number in range(EDITS):
        place = number % len(flow.pages)
        page = flow.pages[place].rebuilt(title=f"Another title {number}")
        flow = flow.rebuilt(pages=(*flow.pages[:place], page, *flow.pages[place + 1 :]))
        times.append(_timed(lambda flow=flow: checker.check(flow), repeats=1))  # type: ignore[misc]
    return 1000 * statistics.median(times)


def _symbolic(flow: Flow, instances: int, seconds: float) -> list[Figure]:
    """Measure the symbolic interface in turns with FrozenLake."""
    bundle = _bundle(flow, instances)
    # Two rounds, so that every instance is played by its solution and at random.
    played = written_down(SymbolicEnv(bundle, bundle.task_names), 2, symbolic_choice)
    env = SymbolicEnv(bundle, bundle.task_names)
    first = steps_a_second(env, played)
    lake = Lake()
    ours: list[float] = []
    theirs: list[float] = []
    until = time.perf_counter() + 2 * seconds
    while time.perf_counter() < until:
        ours.append(steps_a_second(env, played))
        theirs.append(lake.steps_a_second())
    speed, reference = statistics.median(ours), statistics.median(theirs)
    random_speed, ratio = _random_play(flow, instances, lake)
    return [
        Figure("symbolic", speed, "steps/s"),
        Figure("symbolic_first", first, "steps/s"),
        Figure("lake", reference, "steps/s"),
        Figure("symbolic_ratio", speed / reference, "x", ">= 1.0"),
        Figure("symbolic_random", random_speed, "steps/s"),
        Figure("symbolic_random_ratio", ratio, "x", ">= 0.15"),
    ]


def vector(flow: Flow) -> list[Figure]:
    """Measure the vector on tables, every step made once before, in turns with FrozenLake."""
    tasks = len(flow.tasks)
    speed = vector_speed(_bundle(flow, max(1, VECTOR[1] // tasks)), count=VECTOR[0], steps=VECTOR[2])
    return [
        Figure("vector", speed.states, "steps/s", ">= 10000000"),
        Figure("vector_ratio", speed.states / speed.lake, "x", ">= 100"),
        Figure("vector_seen", speed.seen, "steps/s", ">= 3000000"),
        Figure("vector_fill", speed.fill_s, "s"),
        Figure("vector_states", speed.held, ""),
        Figure("vector_size", speed.megabytes, "MB"),
        Figure("vector_begin", speed.begin_us, "us"),
    ]


def _random_play(flow: Flow, instances: int, lake: Lake) -> tuple[float, float]:
    """Measure random legal play, most of whose states are new: steps a second, and the ratio to FrozenLake.

    Both are medians of some turns, in an environment that goes on through all of them as a trainer's does.
    """
    bundle = _bundle(flow, instances)
    scribe = SymbolicEnv(bundle, bundle.task_names)
    turns = [random_actions(scribe, turn, RANDOM_STEPS) for turn in range(TURNS)]
    bundle = _bundle(flow, instances)
    env, speeds, ratios = SymbolicEnv(bundle, bundle.task_names), [], []
    for turn, actions in enumerate(turns):
        speeds.append(random_steps_a_second(env, turn, actions))
        ratios.append(speeds[-1] / lake.steps_a_second())
    return statistics.median(speeds), statistics.median(ratios)


def _text(flow: Flow, instances: int, rounds: int) -> list[Figure]:
    """Measure the text interface in full variation: the flow, and it with ten times the pages or the rows."""
    figures = [*text_beside_lake(flow, instances, TEXT, ">= 0.08"), *_textworld()]
    figures.append(Figure("text_first", _text_speed(flow, instances, rounds).first, "steps/s"))
    plain = _limited(flow)
    for name, grown in (
        ("text_limited", plain),
        ("text_pages", _with_pages(plain)),
        ("text_rows", _with_rows(plain)),
    ):
        figures.append(Figure(name, _text_speed(grown, instances, 2).known, "steps/s"))
    bundle = _bundle(flow, instances)
    env = TextEnv(bundle, bundle.task_names, variation="full")
    names = [(task, instance.n) for task in bundle.task_names for instance in bundle.instances[task]]
    first, again = (_reset_ms(env, names) for _ in range(2))
    return [*figures, Figure("reset", again, "ms", "< 1"), Figure("reset_first", first, "ms", "< 1")]


def _textworld() -> list[Figure]:
    """Measure TextWorldExpress in the same run, where this Python has it."""
    found = textworld_speed()
    if found is None:
        return []
    return [Figure("textworld", found.speed, "steps/s"), Figure("textworld_ratio", found.ratio, "x")]


def text_beside_lake(flow: Flow, instances: int, names: Sequence[str], bar: str) -> list[Figure]:
    """Measure the text interface in full variation against FrozenLake, new episodes and groups; `bar` is of the new."""
    found = text_ratios(_bundle(flow, instances), _bundle(flow, instances))
    values = (found.new, found.new_ratio, found.groups, found.groups_ratio)
    units, bars = ("steps/s", "x") * 2, ("", bar, "", ">= 0.2")
    return [Figure(*one) for one in zip(names, values, units, bars, strict=True)]


def _text_speed(flow: Flow, instances: int, rounds: int) -> TextSpeed:
    """Measure the text interface on so many instances a task, each in so many variants."""
    return text_speed(_bundle(flow, instances), _bundle(flow, instances), rounds=rounds)


def _solving(flow: Flow) -> list[Figure]:
    """Measure solving: the mean over the first instances of each task."""
    program = compile_flow(flow).program
    machine = Machine(program)
    solver = Solver(machine)
    times = []
    for task in program.tasks:
        for seed in range(3):
            start = machine.draw(task, seed)
            times.append(_timed(lambda start=start: solver.solve(start), repeats=1))  # type: ignore[misc]
    return [
        Figure("solve", 1000 * statistics.mean(times), "ms"),
        Figure("solve_median", 1000 * statistics.median(times), "ms"),
    ]


def _exporting(flow: Flow) -> list[Figure]:
    """Measure an export with few instances, the cheap policies and the proof in a clean environment included."""
    with tempfile.TemporaryDirectory(prefix="gymwright-bench-") as folder:
        stages: dict[str, float] = {}

        def advance(stage: str, done: int, of: int, task: str = "", /) -> None:
            del done, of, task
            stages[stage] = time.perf_counter()

        began = time.perf_counter()
        report = export(flow, Path(folder), EXPORTED, advance)
        total = time.perf_counter() - began
    unit = "s" if report.verification is not None and report.verification.status == "verified" else "s, unverified"
    return [
        Figure("export", total, unit),
        Figure("export_instances", stages["instances"] - stages["compile"], "s"),
        Figure("export_audit", stages["audit"] - stages["interfaces"], "s"),
    ]


def hand(pages: int, times: int = 3) -> list[Figure]:
    """Measure how fast the window answers a hand in a site of so many pages, where PySide6 is installed.

    Args:
        pages: How many pages the site has.
        times: How often most of what a hand does is done.
    """
    found = _measured_apart("app.measuring", str(pages), str(times))
    figures = [Figure(f"hand_{act}", times["painted_ms"], "ms", HAND_BARS[act]) for act, times in found.items()]
    worst = max((times["worst_ms"] for act, times in found.items() if act in PROMPT), default=0.0)
    away = max((times["away_ms"] for act, times in found.items() if act in PROMPT), default=0.0)
    ends = [Figure("hand_worst", worst, "ms"), Figure("hand_away", away, "ms")] if found else []
    return [figure._replace(name=f"{figure.name}_{pages}") for figure in (*figures, *ends)]


def preview() -> list[Figure]:
    """Measure the preview where PySide6 is installed."""
    found = _measured_apart("app.preview.measuring")
    return [Figure("preview_edit", found["edit_ms"], "ms", "< 300")] if found else []


def _measured_apart(module: str, *arguments: str) -> dict[str, Any]:
    """Return what a module measures in a process of its own; nothing without PySide6, or where no window opens."""
    if find_spec("PySide6") is None:
        return {}
    done = subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=False)
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}


def start() -> list[Figure]:
    """Measure the second start of the app to its window, in seconds of work, where PySide6 is installed."""
    if find_spec("PySide6") is None:
        return []
    with tempfile.TemporaryDirectory(prefix="gymwright-bench-") as folder:
        try:
            work_until_shown_s(Path(folder))
            return [Figure("start", work_until_shown_s(Path(folder)), "s", "< 3")]
        except TimeoutError:
            return []


def _bundle(flow: Flow, instances: int) -> Bundle:
    """Return a flow as a bundle of unproven instances: for speed it does not matter that they are solvable."""
    program = compile_flow(flow).program
    return Bundle(program, [Instance(name, n, n, "train") for name in program.tasks for n in range(instances)])


def _reset_ms(env: TextEnv, names: Sequence[tuple[str, int]]) -> float:
    """Return the median time of a reset to an instance, in milliseconds."""
    times = [_timed(lambda n=n, t=t: env.reset(options={"task": t, "instance": n}), repeats=1) for t, n in names]  # type: ignore[misc]
    return 1000 * statistics.median(times)


def _timed(action: Callable[[], object], repeats: int = 3) -> float:
    """Return the shortest of some runs, in seconds."""
    best = float("inf")
    for _ in range(repeats):
        began = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - began)
    return best


def _limited(flow: Flow) -> Flow:
    """Return the flow with lists that show a few rows."""

    def shortened(page: Page) -> Page:
        blocks = (block.rebuilt(limit=LIST_LIMIT) if isinstance(block, ListBlock) else block for block in page.blocks)
        return page.rebuilt(blocks=tuple(blocks))

    return flow.rebuilt(pages=tuple(shortened(page) for page in flow.pages))


def _with_pages(flow: Flow) -> Flow:
    """Return the flow with ten times as many pages; nobody visits the new ones."""
    more = tuple(
        Page(id=f"more_{number}", title=f"More {number}", path=f"/more/{number}")
        for number in range((FACTOR - 1) * len(flow.pages))
    )
    return flow.rebuilt(pages=(*flow.pages, *more))


def _with_rows(flow: Flow) -> Flow:
    """Return the flow with ten times as many rows in its longest generated table."""
    generated = [(table.generate.maximum, table, table.generate) for table in flow.tables if table.generate is not None]
    if not generated:
        return flow
    _, longest, generate = max(generated, key=lambda entry: entry[0])
    most = min(1000, generate.maximum * FACTOR)
    grown = longest.rebuilt(generate=generate.rebuilt(minimum=min(most, generate.minimum * FACTOR), maximum=most))
    return flow.rebuilt(tables=tuple(grown if table is longest else table for table in flow.tables))
