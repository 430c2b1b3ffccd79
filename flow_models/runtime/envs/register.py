"""Gymnasium ids of a package: one for each task, and `all`, which mixes them by weight."""

import inspect
import sys
import warnings
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar, cast

import gymnasium as gym

from ..machine.base.errors import ProgramError
from .bundle import Bundle
from .given import as_text
from .listing import BundleError
from .registry import ADAPTERS, INTERFACES, VECTOR, Entry

T = TypeVar("T")


class ShortInterfaceWarning(UserWarning):
    """A task cannot always be done in an interface, as the package's card says too."""


def register(module: str, folder: Path) -> tuple[str, ...]:
    """Register the environments of a package with Gymnasium and return their ids.

    Ids have no `max_episode_steps`: the machine truncates by itself, for every framework alike.

    Args:
        module: The importable name of the package; its `make` is the entry point.
        folder: Where its data files lie.

    Raises:
        BundleError: A file is missing, or is not what was proven.
        ProgramError: The program is of another format, or damaged.
        SystemExit: The same, where the package is imported for a command of its own.
    """
    try:
        bundle = read(folder)
    except (BundleError, ProgramError) as error:
        # `python -m MODULE` imports the package before its command line could refuse; Python says `-m` until then.
        if sys.argv[:1] != ["-m"]:
            raise
        print(f"python -m {module}: {error}", file=sys.stderr)  # noqa: T201  # the answer to who asked
        raise SystemExit(2) from None
    ids = []
    for task in bundle.task_names:
        ids.append(bundle.env_id(task))
        _register(ids[-1], module, (task,))
    ids.append(f"{module}/all-v{max((bundle.version(task) for task in bundle.task_names), default=1)}")
    _register(ids[-1], module, bundle.task_names)
    return tuple(ids)


def _register(name: str, module: str, tasks: Sequence[str]) -> None:
    """Register one id; again if the package was imported before, as it is with `importlib.reload`."""
    gym.registry.pop(name, None)
    gym.register(
        name,
        entry_point=f"{module}:make",
        vector_entry_point=f"{module}:make_vec",
        kwargs={"tasks": list(tasks)},
    )


def make(folder: Path, tasks: Sequence[str], interface: str = "text", **options: Any) -> gym.Env[Any, Any]:
    """Return an environment of a package.

    Args:
        folder: Where the package's data files lie.
        tasks: The tasks to play.
        interface: The name of one of `INTERFACES`.
        options: `split`, `variation` and `render_mode`, and what the interface knows besides.

    Raises:
        BundleError: The interface, variation, split or a task does not exist.
    """
    wanted = as_text(interface)
    for entry in INTERFACES:
        if entry.name == wanted:
            bundle = read(folder)
            made: gym.Env[Any, Any] = entry.load()(bundle, tasks, **options)
            _say_shortfall(bundle, entry.name, tasks)
            return made
    known = ", ".join(repr(entry.name) for entry in INTERFACES)
    raise BundleError(f"There is no interface {interface!r}; there are {known}")


def make_vec(
    folder: Path, tasks: Sequence[str], num_envs: int = 1, interface: str = "symbolic", **options: Any
) -> gym.vector.VectorEnv[Any, Any, Any]:
    """Return many environments of a package as one: symbolic ones on tables, others side by side.

    Args:
        folder: Where the package's data files lie.
        tasks: The tasks to play.
        num_envs: How many there are.
        interface: The name of one of `INTERFACES`.
        options: `split` and `variation`, and what the interface knows besides; on tables `autoreset_mode` too.

    Raises:
        BundleError: The interface, variation, split or a task does not exist.
    """
    if as_text(interface) == "symbolic":
        bundle = read(folder)
        made: gym.vector.VectorEnv[Any, Any, Any] = VECTOR.load()(bundle, tasks, num_envs, **options)
        _say_shortfall(bundle, "symbolic", tasks)
        return made
    mode = options.pop("autoreset_mode", gym.vector.AutoresetMode.NEXT_STEP)
    each = partial(make, folder, tasks, interface, **options)
    return gym.vector.SyncVectorEnv([each] * num_envs, autoreset_mode=mode)


def _say_shortfall(bundle: Bundle, interface: str, tasks: Sequence[str]) -> None:
    """Warn of tasks that cannot always be done in an interface."""
    shortfall = bundle.shortfall(interface, tasks)
    if shortfall:
        warnings.warn(f"{shortfall}; `text` has them all", ShortInterfaceWarning, stacklevel=3)


def adapter(folder: Path, name: str, *arguments: Any, **options: Any) -> Any:
    """Return what another framework takes of a package.

    Args:
        folder: Where the package's data files lie.
        name: The name of one of `ADAPTERS`.
        arguments: What the adapter takes besides the package, see its module in `adapters`.
        options: The same by name.

    Raises:
        BundleError: There is no such adapter, what it needs is not installed, or what it is asked for does not exist.
    """
    wanted = as_text(name)
    for entry in ADAPTERS:
        if entry.name == wanted:
            bundle = read(folder)
            return _loaded(entry, bundle.wheel)(bundle, *arguments, **options)
    known = ", ".join(repr(entry.name) for entry in ADAPTERS)
    raise BundleError(f"There is no adapter {name!r}; there are {known}")


def _loaded(entry: Entry, wheel: str) -> Any:
    """Return what an adapter's place names; its extra is installed with the wheel.

    Raises:
        BundleError: What it needs is not installed.
    """
    try:
        return entry.load()
    except ModuleNotFoundError as error:
        raise entry.lacks(f"The adapter {entry.name!r}", [error.name or "a module"], wheel) from error


def bound(function: Callable[..., T], first: object) -> Callable[..., T]:
    """Return a function or class with its first argument given, which `help` shows with the others and its words."""

    def called(*arguments: Any, **options: Any) -> T:
        return function(first, *arguments, **options)

    signature = inspect.signature(function)
    cast(Any, called).__signature__ = signature.replace(parameters=[*signature.parameters.values()][1:])
    called.__name__, called.__doc__ = function.__name__, function.__doc__
    return called


# By folder, as many as a process plays packages; never cleared: all its environments share a machine and boards.
@cache
def read(folder: Path) -> Bundle:
    """Return the bundle in a folder, read once per process."""
    return Bundle.read(folder)
