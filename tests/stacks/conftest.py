"""The packages that all stacks are tried with, exported once: the library with its one task, and the bank with many."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import resources
from exporters.export import Report, export
from exporters.oracle import solutions
from flow_models.document import storage
from flow_models.runtime.machine.base.splits import SPLITS
from tests.stacks.environments import Stack, environment

COUNTS = (4, 2, 2)

MakeStack = Callable[..., Stack]


def silent(stage: str, done: int, of: int, task: str = "", /) -> None:
    """Say nothing about progress."""


def solved(package: Report, folder: Path) -> Path:
    """Return a file in a folder with the solutions of all instances of a package."""
    found = solutions(package.folder, COUNTS, SPLITS, None, silent)
    file = folder / "solutions.jsonl"
    file.write_text("".join(f"{json.dumps(record)}\n" for record in found), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The package `librarydesk`."""
    flow = storage.load(resources.path("examples", "three_pages.flow.json"))
    return export(flow, tmp_path_factory.mktemp("library"), COUNTS, silent, check=False)


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The package `northbank`, which takes minutes to make."""
    flow = storage.load(resources.path("examples", "north_bank.flow.json"))
    return export(flow, tmp_path_factory.mktemp("bank"), COUNTS, silent, check=False)


@pytest.fixture(scope="session")
def known(library: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the solutions of all instances of `librarydesk`, as `gymwright oracle` writes it."""
    return solved(library, tmp_path_factory.mktemp("known"))


@pytest.fixture(scope="session")
def stack_of(library: Report) -> MakeStack:
    """Make the environment of an extra with `librarydesk` in it."""

    def make(extra: str, *besides: str, python: str = sys.executable) -> Stack:
        return environment(extra, library.folder, library.wheel, python, *besides)

    return make
