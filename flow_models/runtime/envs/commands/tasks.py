"""`tasks`: what a package asks, without playing it."""

import argparse
import json
from typing import Any, Final

from ..bundle import Bundle
from ..contents import AboutTask, Asked, Contents
from ..listing import BundleError

SAID: Final = ("id", "task", "instance", "variant", "feasible", "steps", "max_steps")
"""What is told of a row in words, in this order."""

OF_INSTANCES: Final = ("split", "variation", "seed")
"""What is said of instances, as `Contents.instances` takes it."""


def add(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("task", nargs="?", help="only this task")
    parser.add_argument("--instances", action="store_true", help="what each instance asks")
    parser.add_argument("--split", help="the split whose instances are listed (train)")
    parser.add_argument("--variation", help="none, light or full (none)")
    parser.add_argument("--seed", type=int, help="the seed of the reset that asks so (0)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(bundle: Bundle, options: argparse.Namespace) -> int:
    """Print the tasks or their instances."""
    contents, asked = Contents(bundle), {name: getattr(options, name) for name in OF_INSTANCES}
    given = {name: value for name, value in asked.items() if value is not None}
    names = bundle.task_names if options.task is None else (options.task,)
    if not options.instances:
        for name in given:
            raise BundleError(f"--{name} says which instances are listed and how: add --instances")
        known = [about for about in contents.tasks() if about.name in names]
        _print([_of_task(about) for about in known], as_json=options.json)
        return 0 if known else _missing(contents, options.task)
    listed = (contents.instances(name, **given) for name in names)
    _print([_of_instance(one) for of_task in listed for one in of_task], as_json=options.json)
    return 0


def _missing(contents: Contents, task: str) -> int:
    """Refuse a task that does not exist, as `instances` does."""
    contents.instances(task)
    return 2


def _of_task(about: AboutTask) -> dict[str, Any]:
    """Return a task as it is printed."""
    difficulty = None if about.difficulty is None else about.difficulty._asdict()
    return {**about._asdict(), "counts": dict(about.counts), "difficulty": difficulty}


def _of_instance(asked: Asked) -> dict[str, Any]:
    """Return an instance as it is printed."""
    return {**asked._asdict(), "variant": asked.variant.seed, "options": asked.options}


def _print(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows as JSON, or what is asked with the rest below it."""
    for row in rows:
        told = json.dumps(row) if as_json else _in_words(row)
        print(told)  # noqa: T201  # printing is what this command does


def _in_words(row: dict[str, Any]) -> str:
    """Return a row as what is asked, and below it what is known of that."""
    counts, difficulty = row.get("counts"), row.get("difficulty")
    told: dict[str, Any] = {name: row[name] for name in SAID if name in row}
    if counts is not None:
        told["instances"] = " / ".join(f"{count} {split}" for split, count in counts.items())
    if difficulty is not None:
        told["difficulty"] = f"{difficulty['level']} ({difficulty['points']:g} points)"
    facts = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in told.items())
    return f"{row.get('goal') or row.get('title')}\n    {facts}"
