"""`tasks`: what a package asks, without playing it."""

import argparse
import json
from typing import Any

from ..bundle import Bundle
from ..contents import AboutTask, Asked, Contents


def add(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("task", nargs="?", help="only this task")
    parser.add_argument("--instances", action="store_true", help="what each instance asks")
    parser.add_argument("--split", default="train", help="the split whose instances are listed (train)")
    parser.add_argument("--variation", default="none", help="none, light or full (none)")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the reset that asks so (0)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(bundle: Bundle, options: argparse.Namespace) -> int:
    """Print the tasks or their instances."""
    contents = Contents(bundle)
    names = bundle.task_names if options.task is None else (options.task,)
    if not options.instances:
        known = [about for about in contents.tasks() if about.name in names]
        _print([_of_task(about) for about in known], as_json=options.json)
        return 0 if known else _missing(contents, options.task)
    listed = (contents.instances(name, options.split, options.variation, seed=options.seed) for name in names)
    _print([_of_instance(asked) for of_task in listed for asked in of_task], as_json=options.json)
    return 0


def _missing(contents: Contents, task: str) -> int:
    """Refuse a task that does not exist, as `instances` does."""
    contents.instances(task)
    return 2


def _of_task(about: AboutTask) -> dict[str, Any]:
    """Return a task as it is printed."""
    return {**about._asdict(), "counts": dict(about.counts)}


def _of_instance(asked: Asked) -> dict[str, Any]:
    """Return an instance as it is printed."""
    return {**asked._asdict(), "variant": asked.variant.seed, "options": asked.options}


def _print(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows as JSON, or as a table of the same."""
    if as_json:
        for row in rows:
            print(json.dumps(row))  # noqa: T201  # printing is what this command does
        return
    for row in rows:
        told = "  ".join(f"{name}={value}" for name, value in row.items() if name not in {"goal", "title", "options"})
        print(f"{row.get('goal') or row.get('title')}\n    {told}")  # noqa: T201
