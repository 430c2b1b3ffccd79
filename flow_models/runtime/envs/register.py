"""Gymnasium ids of a package: one for each task, and `all`, which mixes them by weight."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import gymnasium as gym

from .bundle import Bundle, BundleError

INTERFACES = ("text", "symbolic", "browser")


def register(module: str, folder: Path) -> tuple[str, ...]:
    """Register the environments of a package with Gymnasium and return their ids.

    Ids have no `max_episode_steps`: the machine truncates by itself, for every framework alike.

    Args:
        module: The importable name of the package; its `make` is the entry point.
        folder: Where its data files lie.
    """
    bundle = read(folder)
    ids = []
    for task in bundle.task_names:
        ids.append(f"{module}/{task}-v{bundle.version(task)}")
        _register(ids[-1], module, (task,))
    ids.append(f"{module}/all-v{max((bundle.version(task) for task in bundle.task_names), default=1)}")
    _register(ids[-1], module, bundle.task_names)
    return tuple(ids)


def _register(name: str, module: str, tasks: Sequence[str]) -> None:
    """Register one id; again if the package was imported before, as it is with `importlib.reload`."""
    gym.registry.pop(name, None)
    gym.register(name, entry_point=f"{module}:make", kwargs={"tasks": list(tasks)})


def make(folder: Path, tasks: Sequence[str], interface: str = "text", **options: Any) -> gym.Env[Any, Any]:
    """Return an environment of a package.

    Args:
        folder: Where the package's data files lie.
        tasks: The tasks to play.
        interface: `text`, `symbolic` or `browser`.
        options: `split`, `variation` and `render_mode`.

    Raises:
        BundleError: The interface, variation, split or a task does not exist.
    """
    bundle = read(folder)
    match interface:
        case "text":
            from .interfaces.text import TextEnv

            return TextEnv(bundle, tasks, **options)
        case "symbolic":
            from .interfaces.symbolic import SymbolicEnv

            return SymbolicEnv(bundle, tasks, **options)
        case "browser":
            from .interfaces.browser import BrowserEnv

            return BrowserEnv(bundle, tasks, **options)
        case _:
            raise BundleError(f"There is no interface {interface!r}; there are {', '.join(map(repr, INTERFACES))}")


@cache
def read(folder: Path) -> Bundle:
    """Return the bundle in a folder, read once per process."""
    return Bundle.read(folder)
