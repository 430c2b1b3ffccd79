"""How few steps walks need at least: a bound that no walks are below, and that short ones reach."""

import pytest

from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, Machine
from flow_models.solver.coverage import Solved, Touch, coverage
from flow_models.solver.inspection import least_steps
from flow_models.solver.touring import tour
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of, safe
from tests.flow_models.solver.wild import wild


def _least(machine: Machine, *walks: Solved) -> int:
    """Return the bound for what walks touch."""
    return least_steps(machine.program, +coverage(machine, walks).touched)


def _toured(flow: Flow, steps: int) -> tuple[Machine, list[Solved]]:
    """Return what runs a flow, and walks that touch much of it."""
    machine = machine_of(flow)
    found = tour(machine, [(machine.draw("do", 0), ())], steps=steps)
    return machine, [(one.start(machine), one.events) for one in found.walks]


def test_the_bound_is_reached_by_walks_that_do_nothing_twice() -> None:
    machine = machine_of(safe())
    start = machine.draw("raise", 0)
    opened = (Event("fill", "f_word", "", "sesame"), Event("use", "enter"))
    assert _least(machine, (start, opened)) == len(opened)
    assert _least(machine, (start, opened), (start, opened)) == len(opened)


def test_a_way_back_that_has_to_be_made_is_counted() -> None:
    program = machine_of(make.shop()).program
    arrows = [one for one in program.transitions if one.to == "item"]
    twice = [Touch("transition", "home", one.id) for one in arrows]
    back = [Touch("back", "item"), Touch("reload", "item")]
    assert least_steps(program, twice) == len(twice)
    assert least_steps(program, [*twice, *back]) == len(twice) + 2


def _bounds(seeds: range, steps: int) -> list[int]:
    """Return the bounds for walks through random sites, none of which has fewer steps."""
    bounds = []
    for seed in seeds:
        machine, walks = _toured(wild(seed), steps)
        bounds.append(_least(machine, *walks))
        assert bounds[-1] <= sum(len(events) for _, events in walks), seed
    return bounds


def test_no_walks_through_random_sites_are_below_the_bound() -> None:
    assert sum(_bounds(range(20), steps=200)) > 50


@pytest.mark.proof
def test_no_walks_through_many_random_sites_are_below_the_bound() -> None:
    assert sum(_bounds(range(1_000), steps=1_000)) > 10_000
