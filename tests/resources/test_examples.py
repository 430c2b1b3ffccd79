"""The example flows and templates: each is a real flow that loads, keeps its bytes, checks clean, draws and plays."""

import itertools
import json
import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

import resources
from flow_models.checks import check
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.blocks import AnyBlock
from flow_models.document.flow import Flow
from flow_models.document.places import places
from flow_models.formulas import parse, parse_template
from flow_models.runtime.machine import Machine, Start
from flow_models.solver import Solver
from tests.daily import without

EXAMPLES = sorted(resources.path("examples").glob("*.flow.json"))
SKYLARK_AIR = Path(resources.path("examples", "skylark_air.flow.json"))
TEMPLATES = sorted(resources.path("templates").glob("*.flow.json"))
SEEDS = range(60)
BANK = resources.path("examples", "north_bank.flow.json")


def _name(path: Path) -> str:
    return path.name


@cache
def _machine(path: Path) -> Machine:
    """Return the machine of a flow; tests share it, because it keeps the instances that it has drawn."""
    compiled = compile_flow(storage.load(path))
    assert not compiled.left_out
    return Machine(compiled.program)


@pytest.fixture(scope="module")
def bank() -> Flow:
    return storage.load(BANK)


def test_the_promised_examples_and_templates_are_there() -> None:
    assert {"north_bank.flow.json", "three_pages.flow.json", "block_zoo.flow.json"} <= {path.name for path in EXAMPLES}
    assert {path.name.split(".")[0] for path in TEMPLATES} == {"blank", "sign_in", "list_and_detail", "form_wizard"}


@pytest.mark.parametrize("path", [*EXAMPLES, *TEMPLATES], ids=_name)
def test_a_flow_is_written_as_it_was_read(path: Path) -> None:
    assert storage.dumps(storage.load(path)) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*EXAMPLES, *TEMPLATES], ids=_name)
def test_every_formula_of_a_flow_is_right(path: Path) -> None:
    for place in places(storage.load(path)):
        if place.template:
            assert not parse_template(place.source, place.scope).errors, place
        else:
            assert not parse(place.source, place.scope, place.expected, place.choices).errors, place


@pytest.mark.parametrize("path", [*EXAMPLES, *TEMPLATES], ids=_name)
def test_the_checks_find_nothing_to_mend(path: Path) -> None:
    assert not [problem.sentence() for problem in check(storage.load(path))]


@pytest.mark.parametrize("path", without([*EXAMPLES, *TEMPLATES], [SKYLARK_AIR]), ids=_name)
def test_every_task_of_a_flow_draws_instances_that_differ(path: Path) -> None:
    machine = _machine(path)
    for task in machine.tasks:
        contents = {_content(machine.draw(task, seed)) for seed in SEEDS}
        assert len(contents) >= 0.95 * len(SEEDS), task


def _content(start: Start) -> tuple[object, ...]:
    """Return what an agent could tell instances apart by."""
    return start.goal, tuple(table.rows for table in start.state.tables)


def test_the_zoo_uses_every_kind_of_block() -> None:
    zoo = storage.load(resources.path("examples", "block_zoo.flow.json"))
    used = {owner.blocks_by_id[block].kind for block, owner in zoo.owners_by_block.items()}
    assert used == {kind.model_fields["kind"].default for kind in get_args(AnyBlock)}


def test_the_row_that_a_goal_means_can_stand_anywhere_in_its_table() -> None:
    machine = _machine(BANK)
    for task in machine.tasks:
        starts = [machine.draw(task, seed) for seed in SEEDS]
        for parameter in machine.program.tasks[task].parameters:
            table = parameter.type.removeprefix("row:")
            if table in machine.schema.tables and table != "customers":
                keys = [start.state.tables[machine.schema.tables[table].index].rows[0][0] for start in starts]
                firsts = sum(start.parameters[parameter.name] == key for start, key in zip(starts, keys, strict=True))
                assert firsts <= 0.3 * len(SEEDS), (task, parameter.name)


def test_no_answer_to_a_question_of_north_bank_is_common(bank: Flow) -> None:
    machine = _machine(BANK)
    for task in bank.tasks:
        if task.answer:
            starts = [machine.draw(task.name, seed) for seed in SEEDS]
            answers = [machine.expected_answer(start, start.state) for start in starts]
            assert max(map(answers.count, answers)) <= 0.05 * len(SEEDS), task.name


def test_north_bank_is_as_large_as_promised(bank: Flow) -> None:
    assert len(bank.pages) >= 16
    assert len(bank.sections) == 3
    assert len(bank.transitions) >= 55
    assert len([table for table in bank.tables if table.generate]) >= 6
    assert len(bank.tasks) >= 8


@pytest.mark.parametrize("document", ["README.md", "docs/symbolic.md", "docs/vector.md"])
def test_documents_name_north_bank_as_it_is_exported(document: str, bank: Flow) -> None:
    text = (Path(__file__).parents[2] / document).read_text(encoding="utf-8")
    versions = {task.name: task.version for task in bank.tasks}
    versions["all"] = max(versions.values())
    named = re.findall(r"northbank/([a-z-]+)-v(\d+)", text)
    assert named
    assert {(task, versions.get(task)) for task, _ in named} == {(task, int(version)) for task, version in named}
    assert set(re.findall(r"northbank-([\d.]+)-py3", text)) <= {bank.version}


def test_every_page_of_north_bank_belongs_to_one_section(bank: Flow) -> None:
    placed = [page for section in bank.sections for page in section.pages]
    assert sorted(placed) == sorted(bank.pages_by_id)


def test_the_pages_of_north_bank_stand_on_a_clean_grid(bank: Flow) -> None:
    spots = {(page.x, page.y) for page in bank.pages}
    assert len(spots) == len(bank.pages)
    columns = sorted({x for x, _ in spots})
    rows = sorted({y for _, y in spots})
    assert min(right - left for left, right in itertools.pairwise(columns)) >= 340
    assert min(lower - upper for upper, lower in itertools.pairwise(rows)) >= 250


def test_the_sections_of_north_bank_do_not_overlap(bank: Flow) -> None:
    spans = []
    for section in bank.sections:
        heights = [bank.pages_by_id[page].y for page in section.pages]
        spans.append((min(heights), max(heights) + 160))
    spans.sort()
    assert all(upper[1] + 90 < lower[0] for upper, lower in itertools.pairwise(spans))


def test_north_bank_has_every_kind_of_task_that_the_first_issue_asks_for(bank: Flow) -> None:
    tasks = bank.tasks
    assert all(task.parameters and len(task.wordings) >= 2 for task in tasks)
    assert any(task.answer for task in tasks)
    assert any(len(task.success.changes) >= 2 for task in tasks)
    assert any(task.failures for task in tasks)
    assert any(task.may_be_infeasible for task in tasks)
    assert any(task.milestones for task in tasks)
    assert any(task.start is None for task in tasks)


@pytest.mark.parametrize("name", ["north_bank", "skylark_air"])
def test_every_task_can_be_asked_in_three_ways_so_that_one_is_held_out(name: str) -> None:
    tasks = storage.load(resources.path("examples", f"{name}.flow.json")).tasks
    assert {len(task.wordings) >= 3 for task in tasks} == {True}


def test_the_shortest_solutions_of_every_task_of_north_bank_differ_in_length() -> None:
    solver = Solver(_machine(BANK))
    for task in solver.machine.tasks:
        found = (solver.solve(solver.machine.draw(task, seed)) for seed in range(8))
        steps = (solution.steps for solution in found if solution.status == "solved")
        first = next(steps)
        assert any(other != first for other in steps), task


def test_a_letter_of_north_bank_says_what_its_subject_promises(bank: Flow) -> None:
    notes = next(table for table in bank.tables if table.name == "notes")
    pool = json.loads(resources.path("pools", "bank_subject.json").read_text(encoding="utf-8"))["values"]
    told = {row.values[notes.columns[0].id]: row.values[notes.columns[2].id] for row in notes.rows}
    assert set(told) == set(pool)
    machine = _machine(BANK)
    schema = machine.schema.tables["messages"]
    for seed in range(10):
        for row in machine.draw("pay-payee", seed).state.tables[schema.index].rows:
            subject, body = (row[schema.columns[name]] for name in ("subject", "body"))
            assert (body or "") == told.get(subject, "")


def test_every_pool_that_a_flow_draws_from_is_shipped() -> None:
    named = set()
    for path in (*EXAMPLES, *TEMPLATES):
        named |= set(_pools(json.loads(path.read_text(encoding="utf-8"))))
    assert named
    assert named <= {path.stem for path in resources.path("pools").glob("*.json")}


def _pools(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["pool"]] if part.get("kind") == "pool" else []
        return own + [name for value in part.values() for name in _pools(value)]
    if isinstance(part, list):
        return [name for value in part for name in _pools(value)]
    return []


@pytest.mark.parametrize("path", [*EXAMPLES, *TEMPLATES], ids=_name)
def test_every_task_of_a_flow_can_be_done_or_is_proven_impossible(path: Path) -> None:
    solver = Solver(_machine(path))
    for task in solver.machine.tasks:
        rules = solver.machine.program.tasks[task]
        found = [solver.solve(solver.machine.draw(task, seed)) for seed in range(2)]
        assert {solution.status for solution in found} <= (
            {"solved", "infeasible"} if rules.may_be_infeasible else {"solved"}
        )
        assert 2 * max(solution.steps for solution in found) <= rules.max_steps
