"""Where the way of one instance ends in another one of the same task."""

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.machine import Machine, Start
from flow_models.solver.hurdles import Hurdle, hurdle
from flow_models.solver.solution import Solution
from flow_models.solver.solving import Solver

SEEDS = 12


def answered(name: str, task: str) -> tuple[Machine, list[tuple[Start, Solution]]]:
    machine = Machine(compile_flow(storage.load(resources.path("examples", f"{name}.flow.json"))).program)
    solver = Solver(machine)
    return machine, [(start, solver.solve(start)) for start in (machine.draw(task, seed) for seed in range(SEEDS))]


def hurdles(name: str, task: str, status: str) -> list[Hurdle | None]:
    """Return where instances of a status end on the way of the first that can be done."""
    machine, answers = answered(name, task)
    other, solution = next(one for one in answers if one[1].status == "solved")
    return [hurdle(machine, start, other, solution) for start, answer in answers if answer.status == status]


def test_the_site_says_in_its_own_words_why_an_instance_cannot_be_done() -> None:
    found = hurdles("north_bank", "raise-limit", "infeasible")
    assert found
    assert all(one is not None and one.kind == "said" and "the limit can be €" in one.words for one in found)


@pytest.mark.proof
def test_nothing_stands_in_the_way_of_what_can_be_done_also_behind_a_page_of_a_list() -> None:
    assert set(hurdles("north_bank", "raise-limit", "solved")) == {None}


def test_other_rows_and_choices_than_those_of_the_model_are_taken() -> None:
    assert set(hurdles("three_pages", "borrow-book", "solved")) == {None}
