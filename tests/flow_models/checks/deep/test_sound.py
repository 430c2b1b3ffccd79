"""No false alarms: the examples and templates, and odd flows that are as they should be, trip no question of goals."""

from collections.abc import Callable, Iterator

import pytest

import resources
from flow_models.checks.deep import (
    answers,
    apart_rows,
    gaps,
    grammar,
    looking,
    one_row,
    said_order,
    shown_answers,
    spelling,
    superlatives,
    ties,
    units,
    writes,
)
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Machine
from flow_models.solver.solving import Solver
from tests.flaws.museum import MUSEUM, cell, says
from tests.flaws.table import Edit, edits, sets

QUESTIONS: tuple[Callable[[Trial], Iterator[Problem]], ...] = tuple(
    module.problems
    for module in (
        answers,
        apart_rows,
        gaps,
        grammar,
        looking,
        one_row,
        said_order,
        shown_answers,
        spelling,
        superlatives,
        ties,
        units,
        writes,
    )
)

SHIPPED = [
    *(("examples", name) for name in ("north_bank", "three_pages", "block_zoo")),
    pytest.param("examples", "skylark_air", marks=pytest.mark.proof),
    *(("templates", name) for name in ("form_wizard", "list_and_detail", "sign_in")),
]


def found(flow: Flow, *, solved: int = 1, drawn: int = 25) -> list[tuple[str, str]]:
    """Return what is said of the tasks of a flow, task by task."""
    machine = Machine(compile_flow(flow).program)
    solver = Solver(machine)
    trials = (Trial(flow, machine, solver, task, solved, drawn) for task in flow.tasks)
    return [(trial.task.name, one.code) for trial in trials for ask in QUESTIONS for one in ask(trial)]


@pytest.mark.parametrize(("kind", "name"), SHIPPED)
def test_what_ships_is_left_alone(kind: str, name: str) -> None:
    assert found(load(resources.path(kind, f"{name}.flow.json"))) == []


SOUND: dict[str, Edit] = {
    "as it is": lambda flow: flow,
    "one title, told apart by the guide": edits(
        cell(3, "title", "Roman glass"),
        says("Book {task.number} tickets for “{task.tour.title}” with {task.tour.guide}."),
        says("“{task.tour.title}” with {task.tour.guide}: {task.number} tickets, please.", 1),
        says("How much is “{task.tour.title}” with {task.tour.guide}?", task_id="price-of-tour"),
        says("Who guides “{task.tour.title}” on {task.tour.day}?", task_id="guide-of-tour"),
    ),
    "a tie that changes nothing": edits(cell(2, "day", "2027-03-02"), cell(2, "price", "12.00"), cell(1, "minutes", 5)),
    "a yes-or-no question": edits(
        sets("task", "price-of-tour", "answer", "task.tour.price > 10"),
        says("Does “{task.tour.title}” cost more than $10?", task_id="price-of-tour"),
    ),
    "a choice of two that the goal names": says(
        "Who guides “{task.tour.title}”, {task.tour.guide} or {first(tours, guide != task.tour.guide).guide}?",
        task_id="guide-of-tour",
    ),
    "a number that is a name": says("Book {task.number} tickets for tour {task.tour.minutes} needs no unit."),
    "words that only look like orders": says(
        "Book {task.number} tickets, at the latest today, for “{task.tour.title}”."
    ),
    "a visit that is noted where nothing counts it": sets("table", "tours", "title", "Newest first"),
}


@pytest.mark.parametrize("name", SOUND)
def test_odd_but_sound_flows_are_left_alone(name: str) -> None:
    flow = SOUND[name](MUSEUM)
    odd = {("book-cheapest", "running.tie")} if name == "a tie that changes nothing" else set()
    assert set(found(flow, drawn=60)) - odd == set()
