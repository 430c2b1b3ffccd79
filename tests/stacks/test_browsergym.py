"""BrowserGym plays a package in its own Chromium, and its observations without a browser are the same."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from exporters.export import Report
from exporters.oracle import solutions
from flow_models.runtime.envs.chromium.find import has_chromium
from tests.stacks.conftest import COUNTS, MakeStack, silent
from tests.stacks.environments import Stack, environment, interpreter

PYTHONS: Final = ("3.11", "3.12")
"""BrowserGym's Playwright has wheels for none newer."""

pytestmark = [
    pytest.mark.proof,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer"),
]


@pytest.fixture(scope="module")
def browsergym(stack_of: MakeStack) -> Stack:
    return stack_of("browsergym", python=interpreter(*PYTHONS))


@pytest.fixture(scope="module")
def played(browsergym: Stack, library: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of playing the library's package."""
    return _played(browsergym, "librarydesk", library, tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def bank_played(bank: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of playing the bank's package."""
    stack = environment("browsergym", bank.folder, bank.wheel, interpreter(*PYTHONS))
    return _played(stack, "northbank", bank, tmp_path_factory.mktemp("bank"))


def _played(stack: Stack, module: str, package: Report, folder: Path) -> dict[str, Any]:
    """Play two instances of each task, and one of the test split by solutions from a file."""
    file = folder / "solutions.jsonl"
    records = solutions(package.folder, COUNTS, ("test",), None, silent)
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    found: dict[str, Any] = stack.found("browsergym_tasks.py", module, "2", str(file), where=folder)
    return found


def test_cheating_earns_the_maximum(played: dict[str, Any]) -> None:
    _all_solved(played, tasks=1)


def test_cheating_earns_the_maximum_in_the_bank(bank_played: dict[str, Any]) -> None:
    _all_solved(bank_played, tasks=10)


def test_doing_nothing_earns_nothing(played: dict[str, Any], bank_played: dict[str, Any]) -> None:
    assert set(played["idle"].values()) == {0.0}
    assert set(bank_played["idle"].values()) == {0.0}


def test_all_looks_the_same_without_a_browser(played: dict[str, Any], bank_played: dict[str, Any]) -> None:
    assert played["differences"] == []
    assert bank_played["differences"] == []


def test_a_site_that_breaks_raises(browsergym: Stack, tmp_path: Path) -> None:
    found = browsergym.found("browsergym_fault.py", "librarydesk", where=tmp_path)
    names = ("librarydesk.borrow-book", "librarydesk.text.borrow-book")
    assert found == {f"browsergym/{name}": "FaultError" for name in names}


def test_the_program_of_the_card_runs(browsergym: Stack, tmp_path: Path) -> None:
    assert "success" in browsergym.printed("BrowserGym and AgentLab", where=tmp_path)


def _all_solved(played: dict[str, Any], tasks: int) -> None:
    """See that every solution earned the maximum, those of the test split too."""
    ends = [one for listed in played["cheated"].values() for one in listed] + list(played["test"].values())
    assert len(ends) == 3 * tasks
    assert {(one["reward"], one["done"], one["end"]) for one in ends} == {(1.0, True, "success")}
