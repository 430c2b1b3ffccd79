"""verifiers finds a package's taskset by name: its validator passes every task, and its evaluation scores a model."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from exporters.export import Report
from tests.stacks.conftest import MakeStack, solved
from tests.stacks.environments import PROGRAMS, Stack, environment

TASKSET: Final = "librarydesk_vf"
ROWS: Final = {"train": 4, "validation": 2, "test:instances": 2}

MISSING: Final = """
import librarydesk
try:
    import librarydesk_vf
except librarydesk.runtime.envs.listing.BundleError as error:
    print(error)
"""

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def verifiers(stack_of: MakeStack) -> Stack:
    return stack_of("verifiers")


@pytest.fixture(scope="module")
def evaluated(verifiers: Stack, known: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What came of the rows of training, played by a model that knows the solutions."""
    return _evaluate(verifiers, TASKSET, known, tmp_path_factory.mktemp("knowing"))


@pytest.mark.parametrize("split", ROWS)
def test_its_validator_passes_every_task(split: str, verifiers: Stack, known: Path, tmp_path: Path) -> None:
    """Gold: the solution earns the maximum. Noop: doing nothing does not."""
    assert _valid(verifiers, TASKSET, split, known, tmp_path) == ROWS[split]


def test_its_validator_passes_every_task_of_a_bank_with_many(bank: Report, tmp_path: Path) -> None:
    verifiers = environment("verifiers", bank.folder, bank.wheel)
    known, tasks = solved(bank, tmp_path), len(bank.tasks)
    for split in ("train", "validation"):
        assert _valid(verifiers, "northbank_vf", split, known, tmp_path / split) == tasks * ROWS[split]


def test_a_model_that_knows_the_solution_earns_the_maximum(evaluated: list[dict[str, Any]]) -> None:
    assert len(evaluated) == ROWS["train"]
    for episode in evaluated:
        [trace] = episode["traces"]
        assert (episode["ok"], trace["stop_condition"]) == (True, "success")
        assert {name: one["score"] for name, one in trace["rewards"].items()} == {
            "reward": 1.0,
            "success": 1.0,
            "milestones": 0.0,
            "step_cost": 0.0,
        }
        assert sum(one["score"] * one["weight"] for one in trace["rewards"].values()) == 1.0


def test_a_model_that_does_nothing_earns_the_floor(verifiers: Stack, tmp_path: Path) -> None:
    knows_nothing = tmp_path / "nothing.jsonl"
    knows_nothing.touch()
    for episode in _evaluate(verifiers, TASKSET, knows_nothing, tmp_path):
        [trace] = episode["traces"]
        assert (episode["ok"], trace["stop_condition"]) == (True, "step_limit")
        assert trace["rewards"]["reward"]["score"] == 0.0


def test_a_broken_site_is_an_error_and_no_reward(verifiers: Stack, known: Path, tmp_path: Path) -> None:
    for episode in _evaluate(verifiers, "broken_vf", known, tmp_path):
        assert not episode["ok"]
        assert "The site broke in borrow-book" in json.dumps(episode["errors"])


def test_the_program_of_the_card_runs_as_it_stands_there(verifiers: Stack, known: Path, tmp_path: Path) -> None:
    command = (str(verifiers.python), str(PROGRAMS / "scripted_endpoint.py"), "PORT", str(known))
    with verifiers.serving(*command, where=tmp_path) as url:
        more = {"KEY": "none", "URL": f"{url}/v1", "MODEL": "knowing"}
        verifiers.printed("verifiers", where=tmp_path, more=more)
    found = [json.loads(line) for path in tmp_path.glob("**/traces.jsonl") for line in path.read_text().splitlines()]
    assert found
    assert all(episode["ok"] for episode in found)


def test_where_verifiers_is_not_installed_the_package_works_and_its_taskset_says_what_to_install(
    library: Report, tmp_path: Path
) -> None:
    plain = environment("", library.folder, library.wheel)
    said = plain.run(str(plain.python), "-c", MISSING, where=tmp_path)
    assert f'pip install "{library.wheel.name}[verifiers]"' in said


def _valid(verifiers: Stack, taskset: str, split: str, known: Path, out: Path) -> int:
    """Return how many tasks of a split its validator has, all of which have to pass both checks."""
    out.mkdir(exist_ok=True)
    chosen = ("--taskset.split", split, "--taskset.solutions", str(known), "--runtime.type", "subprocess")
    command = (verifiers.command("vf-validate"), taskset, *chosen, "--no-rich", "-o", "out")
    verifiers.run(*command, where=out)
    [summary] = [json.loads(path.read_text()) for path in out.glob("out/**/summary.json")]
    total: int = summary["total"]
    for check in ("gold", "noop"):
        assert summary["checks"][check]["valid"] == total
    return total


def _evaluate(verifiers: Stack, taskset: str, solutions: Path, out: Path) -> list[dict[str, Any]]:
    """Return what came of an evaluation of all rows of training, an episode with its trace for each."""
    endpoint = (str(verifiers.python), str(PROGRAMS / "scripted_endpoint.py"), "PORT", str(solutions))
    with verifiers.serving(*endpoint, where=out) as url:
        verifiers.run(
            verifiers.command("vf-eval"),
            taskset,
            *("--model", "knowing", "--client.base-url", f"{url}/v1", "--client.api-key-var", "KEY"),
            *("-n", str(ROWS["train"]), "--no-push", "--no-rich", "-o", str(out / "out")),
            where=out,
            more={"KEY": "none", "PYTHONPATH": str(PROGRAMS)},
        )
    return [json.loads(line) for path in out.glob("out/**/traces.jsonl") for line in path.read_text().splitlines()]
