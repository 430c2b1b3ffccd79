"""Long ways are found by trying few steps, whatever the number of fields, pages, rows and wants."""

from collections.abc import Callable

import pytest

from flow_models.document.flow import Flow
from flow_models.solver.solution import Solution
from flow_models.solver.solving import Solver
from tests.flow_models.solver import long_sites as sites
from tests.flow_models.solver.brute import shortest
from tests.flow_models.solver.sites import machine_of


def _solved(flow: Flow) -> Solution:
    """Return the solution of a flow's only task."""
    machine = machine_of(flow)
    [task] = machine.program.tasks
    return Solver(machine).solve(machine.draw(task, 0))


@pytest.mark.parametrize("count", [1, 7, 8, 12, 40])
@pytest.mark.parametrize("required", [True, False])
def test_a_form_is_one_move_whatever_the_number_of_its_fields(count: int, required: bool) -> None:
    solution = _solved(sites.one_form(count, required=required))
    assert (solution.steps, solution.explored) == (count + 1, 1)


def test_fields_are_filled_in_the_order_of_the_page() -> None:
    solution = _solved(sites.one_form(12))
    assert [event.block for event in solution.events] == [*(f"f_c{number}" for number in range(12)), "send"]


LONG: dict[str, tuple[Callable[[], Flow], int, int]] = {
    "a guard on some fields": (lambda: sites.one_form(40, guard="len(field.c3) == 6"), 41, 100),
    "two pages of six": (lambda: sites.several_forms(2, 6), 16, 20),
    "five pages of eight": (lambda: sites.several_forms(5, 8), 47, 50),
    "boxes, lists, dates and numbers": (lambda: sites.every_kind(10), 31, 20),
    "an invoice of three lines": (lambda: sites.invoice(3), 19, 100),
    "an invoice of six lines": (lambda: sites.invoice(6), 34, 100),
    "six rows to remove": (lambda: sites.removal(12, 6, asks=False), 12, 50),
    "six rows to remove after a question": (lambda: sites.removal(12, 6), 18, 50),
    "six rows to remove, each expected apart": (lambda: sites.removal(12, 6, apart=True), 18, 50),
    "fifteen rows to remove": (lambda: sites.removal(30, 15), 45, 100),
    "six rows to change": (lambda: sites.ticking(12, 6), 12, 100),
    "six rows to add": (lambda: sites.counted_invitations(12, 6), 12, 100),
    "a row for every member of a team": (lambda: sites.invitations(12, 6), 12, 100),
    "25 settings on 25 pages": (lambda: sites.settings(25), 75, 200),
    "25 settings on 25 pages, each asked back": (lambda: sites.settings(25, asks=True), 100, 200),
    "a return of 25 values on five pages": (lambda: sites.tax_return(5, 5), 38, 100),
    "a return of 25 values on one page": (lambda: sites.tax_return(1, 25), 34, 100),
    "a return of 25 values on 25 pages": (lambda: sites.tax_return(25, 1), 58, 100),
    "a trip there and back": (lambda: sites.trip(), 32, 3_000),
    "a trip there and back, kept in a draft": (lambda: sites.trip(drafts=True), 32, 3_000),
    "a trip from lists that begin with a city": (lambda: sites.trip(blank=False), 32, 3_000),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_way_is_found_by_trying_few_steps(name: str) -> None:
    built, steps, most = LONG[name]
    solution = _solved(built())
    assert (solution.status, solution.steps) == ("solved", steps)
    assert solution.explored <= most


SHORT: dict[str, tuple[Callable[[], Flow], tuple[str, ...]]] = {
    "form": (lambda: sites.one_form(3), ("Text 0", "Text 1", "Text 2")),
    "form that asks for nothing": (lambda: sites.one_form(3, required=False), ("Text 0", "Text 1", "Text 2")),
    "pages": (lambda: sites.several_forms(2, 2), ("Text 0", "Text 1", "Text 2", "Text 3")),
    "removal": (lambda: sites.removal(4, 2), ()),
    "removal apart": (lambda: sites.removal(4, 2, apart=True), ()),
    "ticking": (lambda: sites.ticking(4, 2), ()),
    "adding": (lambda: sites.counted_invitations(4, 2), ()),
    "every": (lambda: sites.invitations(4, 2), ()),
    "settings": (lambda: sites.settings(2), ("Text 0", "Text 1")),
    "settings asked back": (lambda: sites.settings(2, asks=True), ("Text 0", "Text 1")),
}


@pytest.mark.parametrize("name", SHORT)
def test_short_ones_of_these_take_as_many_steps_as_breadth_first_finds(name: str) -> None:
    built, texts = SHORT[name]
    machine = machine_of(built())
    [task] = machine.program.tasks
    start = machine.draw(task, 0)
    assert Solver(machine).solve(start).steps == shortest(machine, start, texts, most=200_000)
