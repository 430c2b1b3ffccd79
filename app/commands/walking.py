"""`gymwright play --walk`: a walk in the terminal, page by page, with what each step changed and what to look at.

A walk is named by a file, a walk or what `check --json` or `audit --json` printed (`FILE#2` is the second walk in it,
`FILE#CODE` that of a problem), or by the code of a problem, which is then looked for.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click

from app.commands.console import print_json, print_line, progress_bars
from exporters.walk_file import Shot, write_walks
from flow_models.checks.auditing import tried_deep
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Machine
from flow_models.solver.film import Frame, end_words, film
from flow_models.solver.walk import Walk, walk_of
from resources import text

_LOOK, _NEW, _GONE, _PLAIN = ("> ", "bold yellow"), ("+ ", "green"), ("- ", "red"), ("  ", "")
"""How a line begins, and its style: to be looked at, new, gone, as before."""

_TRIED = 3
"""Instances of each task that are solved to find the problem that somebody names."""


class Named(NamedTuple):
    """A walk with the code of what it shows; the code is empty if it is a walk alone."""

    code: str
    shot: Shot


def run(path: Path, name: str, *, html: Path | None, as_json: bool) -> int:
    """Play a walk and print its pages; return 1 if it cannot be played to its end any more.

    Raises:
        DocumentError: The file is not a flow.
        CompileError: The flow has mistakes.
        DrawError: The instance of the walk cannot be drawn any more.
        click.UsageError: There is no such walk.
    """
    flow = load(path)
    machine = Machine(compile_flow(flow).program)
    shots = [one.shot for one in _named(name, flow, quiet=as_json)]
    shot = shots[0]
    if shot.walk.task not in machine.tasks:
        raise click.UsageError(text("cli.walk.no_task", task=shot.walk.task))
    frames = film(machine, shot.walk, flow)
    if as_json:
        print_json(_as_data(shot.walk, frames))
    else:
        _print(shot, machine, frames)
        if len(shots) > 1:
            print_line(text("cli.walk.more", count=len(shots), name=name))
    if html is not None:
        write_walks(html, flow, machine, shots)
    return int(len(frames) <= len(shot.walk.events))


def _named(name: str, flow: Flow, *, quiet: bool) -> list[Named]:
    """Return the walks that somebody named.

    Raises:
        click.UsageError: There are none.
    """
    file, which = (name, "") if Path(name).is_file() else (name.partition("#")[0], name.partition("#")[2])
    if Path(file).is_file():
        found = list(_chosen(list(_read(Path(file))), which))
    else:
        found = [one for one in _looked_for(flow, quiet=quiet) if name in (one.code, one.code.rpartition(".")[2])]
    if not found:
        raise click.UsageError(text("cli.walk.none", name=name))
    return found


def _chosen(found: list[Named], which: str) -> Iterator[Named]:
    """Yield the walk of a number, those of a problem's code, or all."""
    for number, one in enumerate(found, 1):
        if which in ("", str(number), one.code, one.code.rpartition(".")[2]):
            yield one


def _read(path: Path) -> Iterator[Named]:
    """Yield the walks in a file.

    Raises:
        click.UsageError: It is not JSON, or there is something else in it.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        told = data.get("problems", [{"walk": data}])
        for one in told:
            if one.get("walk"):
                shot = Shot(one.get("sentence", ""), walk_of(one["walk"]), one.get("severity", ""))
                yield Named(one.get("code", ""), shot)
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise click.UsageError(text("cli.walk.unreadable", path=path)) from error


def _looked_for(flow: Flow, *, quiet: bool) -> Iterator[Named]:
    """Yield the walks of what trying the tasks out shows."""
    with progress_bars(quiet=quiet) as advance:
        for number, tried in enumerate(tried_deep(flow, instances=_TRIED), 1):
            advance(text("cli.doing.audit"), number, len(flow.tasks))
            for one in tried.problems:
                if one.walk is not None:
                    yield Named(one.code, Shot(one.sentence(), one.walk, one.severity))


def _as_data(walk: Walk, frames: tuple[Frame, ...]) -> dict[str, object]:
    """Return a played walk as JSON tells it."""
    return {"walk": walk.as_data(), "pages": [_frame_data(frame, walk.look) for frame in frames]}


def _frame_data(frame: Frame, look: str) -> dict[str, Any]:
    """Return a page of a walk as JSON tells it."""
    return {
        "step": frame.words,
        "title": frame.title,
        "url": frame.url,
        "lines": [line.text for line in frame.lines],
        "new": [line.text for line in frame.told()],
        "gone": list(frame.gone),
        "data": list(frame.data),
        "look": [line.text for line in frame.looks(look)],
        "error": frame.trouble,
        "success": frame.success,
        "failure": frame.failure >= 0,
    }


def _print(shot: Shot, machine: Machine, frames: tuple[Frame, ...]) -> None:
    """Print what a walk shows, its pages, and how it ends."""
    if shot.title:
        print_line(shot.title, "bold")
    print_line(text("cli.play.goal", goal=shot.walk.start(machine).goal))
    for number, frame in enumerate(frames):
        _print_frame(number, frame, shot.walk.look if number == len(frames) - 1 else "")
    if len(frames) <= len(shot.walk.events):
        print_line(text("cli.walk.broke_off", number=len(frames)))
    print_line(end_words(frames[-1]), "bold")


def _print_frame(number: int, frame: Frame, look: str) -> None:
    """Print a page: what was done, where one is then, and its lines."""
    print_line()
    print_line(f"{number}  {frame.words or text('preview.step.begin')}", "bold")
    print_line(f"   {frame.title}  {frame.url}")
    if frame.trouble:
        print_line(f"   {frame.trouble}", "red")
    for words in frame.changes():
        print_line(f"   {words}", "cyan")
    for words in frame.gone:
        _print_line(words, _GONE)
    for line in frame.lines:
        is_looked_at = line in frame.looks(look)
        _print_line(line.text, _LOOK if is_looked_at else _NEW if line.is_new and not frame.is_new_page else _PLAIN)


def _print_line(words: str, how: tuple[str, str]) -> None:
    """Print a line of a page."""
    print_line(f"   {how[0]}{words}", how[1] or None)
