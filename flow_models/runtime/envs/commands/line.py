"""The command line of a package. Nothing but the command that is asked for is imported."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, NamedTuple

from ...machine.base.errors import ProgramError
from ..listing import BundleError
from ..register import read


class Command(NamedTuple):
    """One command.

    Attributes:
        name: What is typed.
        about: What it does, in one sentence.
        place: The module here with `add(parser)`, which says what it takes, and `run(bundle, options) -> int`, which
            returns the exit status and raises `BundleError` for what does not exist, in words.
    """

    name: str
    about: str
    place: str


COMMANDS: Final = (
    Command("tasks", "List the tasks, or with --instances what each of their instances asks.", "tasks"),
    Command("evaluate", "Say how a policy does, by task, split and what is varied.", "evaluate"),
    Command("rollout", "Let a policy play many episodes on a machine or a cluster, kept as Parquet.", "rollout"),
    Command("compare", "Say which of two runs of evaluate did better, pair by pair.", "compare"),
    Command("regrade", "Judge a run of evaluate anew, and list which verdicts are others now.", "regrade"),
    Command("verify", "See whether the package is what it says: play it, compare, look for leaks.", "verify"),
)
"""All commands, in the order in which help names them."""


def main(folder: Path, module: str, arguments: Sequence[str] | None = None) -> int:
    """Run the command that is asked for and return its exit status: 0 done, 1 not as it should be, 2 asked wrongly."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description="What this environment package does.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((command for command in COMMANDS if command.name in given[:1]), None)
    for command in COMMANDS:
        its_own = commands.add_parser(command.name, help=command.about, description=command.about)
        if command is wanted:
            _module(command).add(its_own)
    options = parser.parse_args(given)
    _say_everything()
    try:
        return int(_module(next(one for one in COMMANDS if one.name == options.command)).run(read(folder), options))
    except (BundleError, ProgramError) as error:
        print(f"{parser.prog} {options.command}: {error}", file=sys.stderr)  # noqa: T201  # the answer to who asked
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        print(f"{parser.prog} {options.command}: cannot read or write{where}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        print(f"{parser.prog} {options.command}: stopped", file=sys.stderr)  # noqa: T201
        return 130


def _say_everything() -> None:
    """Let a terminal that lacks a character show its number instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _module(command: Command) -> Any:
    """Return the module of a command."""
    return import_module(f".{command.place}", __package__)
