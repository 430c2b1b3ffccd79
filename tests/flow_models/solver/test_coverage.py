"""Coverage: what walks touch and what they leave out."""

from flow_models.runtime.machine import Event
from flow_models.solver.coverage import Coverage, coverage
from flow_models.solver.solving import Solver
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of, safe

SESAME = Event("fill", "f_word", "", "sesame")
ENTER = Event("use", "enter")


def _covered(*events: Event) -> Coverage:
    """Return what steps through the safe touch."""
    machine = machine_of(safe())
    return coverage(machine, [(machine.draw("raise", 0), events)])


def test_transitions_that_no_solution_takes_are_named() -> None:
    machine = machine_of(make.shop())
    start = machine.draw("buy-item", 0)
    found = coverage(machine, [(start, Solver(machine).solve(start).events)])
    assert set(found.elements("transition", touched=False)) == {
        "home-to_orders-orders_page",
        "item-back-home",
        "done-again-home",
        "orders_page-home_link-home",
    }
    assert found.elements("page", touched=False) == ("orders_page",)
    assert found.of("transition") == (2, 6)


def test_both_outcomes_of_a_guard_are_told_apart() -> None:
    found = _covered(SESAME._replace(value="please"), ENTER)
    assert (found.elements("met", touched=True), found.elements("unmet", touched=True)) == ((), ("door-enter-room",))
    found = _covered(SESAME, ENTER)
    assert (found.elements("met", touched=True), found.elements("unmet", touched=True)) == (("door-enter-room",), ())


def test_a_guard_is_not_asked_where_the_form_is_refused() -> None:
    found = _covered(ENTER)
    assert found.elements("unmet", touched=True) == ()
    assert found.elements("bad", touched=True) == ("f_word",)


def test_input_counts_once_the_site_has_taken_it() -> None:
    assert _covered(SESAME).elements("good", touched=True) == ()
    assert _covered(SESAME, ENTER).elements("good", touched=True) == ("f_word",)


def test_leaving_with_something_typed_is_no_sending() -> None:
    amount = Event("fill", "f_amount", "", "5.00")
    left = _covered(SESAME, ENTER, amount, Event("use", "leave"))
    assert left.elements("cancel", touched=True) == ("room",)
    assert _covered(SESAME, ENTER, Event("use", "leave")).elements("cancel", touched=True) == ()
    assert _covered(SESAME, ENTER, amount, Event("use", "save")).elements("cancel", touched=True) == ()


def test_going_back_and_opening_again_are_touched_by_nothing_else() -> None:
    machine = machine_of(safe())
    start = machine.draw("raise", 0)
    again = Event("goto", value=machine.address(start, start.state, "door"))
    found = coverage(machine, [(start, (again, SESAME, ENTER, Event("back")))])
    assert (found.elements("reload", touched=True), found.elements("back", touched=True)) == (("door",), ("room",))


def test_each_page_has_a_number_and_what_is_missing_is_a_list() -> None:
    data = _covered(SESAME, ENTER).as_data()
    assert data["pages"]["door"] > data["pages"]["room"] > 0
    assert {"kind": "transition", "page": "room", "element": "room-save-stay"} in data["missing"]
    assert data["share"] < 1
