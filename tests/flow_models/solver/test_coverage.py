"""Coverage: what solutions take, refuse and leave out."""

from flow_models.runtime.machine import Event
from flow_models.solver.coverage import coverage
from flow_models.solver.solving import Solver
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of, safe


def test_transitions_that_no_solution_takes_are_named() -> None:
    machine = machine_of(make.shop())
    start = machine.draw("buy-item", 0)
    found = coverage(machine, [(start, Solver(machine).solve(start).events)])
    assert set(found.untaken) == {
        "home-to_orders-orders_page",
        "item-back-home",
        "done-again-home",
        "orders_page-home_link-home",
    }
    assert found.unvisited == ("orders_page",)
    assert round(found.share, 2) == 0.33


def test_both_outcomes_of_a_guard_are_told_apart() -> None:
    machine = machine_of(safe())
    start = machine.draw("raise", 0)
    wrong = (Event("fill", "f_word", "", "please"), Event("use", "enter"))
    found = coverage(machine, [(start, wrong)])
    assert (found.held, found.refused) == (set(), {"door-enter-room"})
    found = coverage(machine, [(start, (Event("fill", "f_word", "", "sesame"), Event("use", "enter")))])
    assert found.held == {"door-enter-room"}
