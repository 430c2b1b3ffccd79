"""Skylark Air as a drawing and as tasks: as large as promised, laid out cleanly, with instances that do not repeat."""

import itertools
from collections.abc import Iterator
from functools import cache

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.blocks import AnyBlock
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.runtime.machine import Machine, Start
from flow_models.solver import Solver
from flow_models.solver.instances import content_of
from tests.daily import without

SEEDS = range(80)
TELLING = {"flight", "out", "back", "trip", "traveller", "award"}
"""Parameters that are rows of which a page lists many."""

NEW_KINDS = {
    "image",
    "slider",
    "suggest_field",
    "time_field",
    "file_field",
    "choice_grid",
    "tabs",
    "fold_out",
    "menu",
    "pagination",
    "steps",
}


@pytest.fixture(scope="module")
def flow() -> Flow:
    return storage.load(resources.path("examples", "skylark_air.flow.json"))


@cache
def _machine() -> Machine:
    return Machine(compile_flow(storage.load(resources.path("examples", "skylark_air.flow.json"))).program)


@cache
def _starts(task: str) -> tuple[Start, ...]:
    return tuple(_machine().draw(task, seed) for seed in SEEDS)


TASKS = tuple(_machine().tasks)
LONG = ("cheap-morning-flight", "traveller-phone", "return-trip", "move-trip", "check-in")
"""Tasks that take longest to solve."""


def _blocks(flow: Flow) -> Iterator[AnyBlock]:
    for page in flow.pages:
        yield from walk(page.blocks)
    for section in flow.sections:
        yield from walk((*section.header, *section.footer))


def test_it_is_as_large_as_promised(flow: Flow) -> None:
    assert len(flow.pages) >= 24
    assert len(flow.transitions) >= 90
    assert len(flow.tables) >= 7
    assert len(flow.tasks) >= 12


def test_it_shows_every_kind_of_block_that_north_bank_lacks(flow: Flow) -> None:
    assert {block.kind for block in _blocks(flow)} >= NEW_KINDS


def test_every_page_belongs_to_one_section(flow: Flow) -> None:
    placed = [page for section in flow.sections for page in section.pages]
    assert sorted(placed) == sorted(flow.pages_by_id)


def test_no_two_pages_stand_on_one_spot(flow: Flow) -> None:
    spots = {(page.x, page.y) for page in flow.pages}
    assert len(spots) == len(flow.pages)


def test_the_sections_do_not_overlap(flow: Flow) -> None:
    spans = []
    for section in flow.sections:
        heights = [flow.pages_by_id[page].y for page in section.pages]
        spans.append((min(heights), max(heights)))
    spans.sort()
    assert all(upper[1] + 100 < lower[0] for upper, lower in itertools.pairwise(spans))


def test_it_has_every_kind_of_task_that_is_asked_for(flow: Flow) -> None:
    tasks = flow.tasks
    assert all(task.parameters and len(task.wordings) >= 3 for task in tasks)
    assert sum(1 for task in tasks if task.answer) >= 2
    assert sum(1 for task in tasks if task.milestones) >= 3
    assert sum(1 for task in tasks if task.may_be_infeasible) >= 2
    assert any(task.failures for task in tasks)
    assert any(task.start is None for task in tasks)


@pytest.mark.parametrize("task", TASKS)
def test_no_two_instances_of_a_task_are_alike(task: str) -> None:
    contents = {content_of(_machine(), start) for start in _starts(task)}
    assert len(contents) == len(SEEDS)


@pytest.mark.parametrize("task", TASKS)
def test_the_row_that_a_goal_means_can_stand_anywhere(task: str) -> None:
    machine = _machine()
    for parameter in machine.program.tasks[task].parameters:
        table = parameter.type.removeprefix("row:")
        if parameter.name in TELLING:
            place = machine.schema.tables[table].index
            firsts = [
                start.parameters[parameter.name] == start.state.tables[place].rows[0][0] for start in _starts(task)
            ]
            assert sum(firsts) <= 0.25 * len(SEEDS), parameter.name


@pytest.mark.parametrize("task", [task for task in TASKS if _machine().program.tasks[task].answer is not None])
def test_no_answer_to_a_question_is_common(task: str) -> None:
    answers = [_machine().expected_answer(start, start.state) for start in _starts(task)]
    assert max(map(answers.count, answers)) <= 0.1 * len(SEEDS)


@pytest.mark.parametrize("task", without(TASKS, LONG))
def test_a_task_allows_twice_its_shortest_way_and_some_steps(task: str) -> None:
    solver = Solver(_machine())
    longest = max(solver.solve(start).steps for start in _starts(task)[:6])
    assert 2 * longest + 6 <= _machine().rules(task).max_steps


@pytest.mark.parametrize(
    "task", ["reward-seat", *(pytest.param(task, marks=pytest.mark.proof) for task in ("move-trip", "check-in"))]
)
def test_some_instances_are_proven_impossible_and_some_are_not(task: str) -> None:
    solver = Solver(_machine())
    found = [solver.solve(start).status for start in _starts(task)[:12]]
    assert set(found) == {"solved", "infeasible"}
    assert 0.15 <= found.count("infeasible") / len(found) <= 0.7
