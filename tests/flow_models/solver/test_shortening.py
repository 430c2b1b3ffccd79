"""A shorter walk leads to the very same end."""

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Event, Machine
from flow_models.solver.shortening import ending, shorter
from flow_models.solver.solving import solve
from flow_models.solver.walk import walk_in

MACHINE = Machine(compile_flow(load(resources.path("examples", "north_bank.flow.json"))).program)
START = MACHINE.draw("freeze-card", 1)
SOLUTION = solve(MACHINE, START).events
ASIDE = (Event("goto", value="/payees"), Event("noop"), Event("goto", value="/accounts"))


def test_a_detour_is_left_out_and_the_end_stays() -> None:
    walk = walk_in(START, (*ASIDE, *SOLUTION))
    found = shorter(MACHINE, walk)
    assert found is not None
    assert len(found.events) == len(SOLUTION)
    assert ending(MACHINE, found) == ending(MACHINE, walk)


def test_a_walk_to_a_page_becomes_the_shortest_way_there() -> None:
    found = shorter(MACHINE, walk_in(START, (*ASIDE, Event("goto", value="/cards"))))
    assert found is not None
    assert len(found.events) == 1


def test_a_walk_without_a_needless_step_is_not_shortened() -> None:
    assert shorter(MACHINE, walk_in(START, SOLUTION)) is None


def test_a_step_that_no_page_shows_but_that_changes_data_is_kept() -> None:
    walk = walk_in(START, (*SOLUTION, Event("goto", value="/accounts")))
    assert shorter(MACHINE, walk) is None


def test_a_walk_that_breaks_off_has_no_end() -> None:
    walk = walk_in(START, (Event("use", "b_none"), Event("noop")))
    assert ending(MACHINE, walk) is None
    assert shorter(MACHINE, walk) is None


def test_what_is_done_before_it_begins_needs_no_step() -> None:
    found = shorter(MACHINE, walk_in(START, (Event("noop"), Event("noop"))))
    assert found is not None
    assert found.events == ()
