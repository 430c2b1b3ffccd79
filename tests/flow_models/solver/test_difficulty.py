"""Difficulty: what solutions take, and by what tasks are ordered."""

from dataclasses import replace

from flow_models.document.tasks import Success
from flow_models.runtime.machine import Event, Machine
from flow_models.solver.audit import Audit
from flow_models.solver.difficulty import LEVELS, Difficulty, Effort, difficulty, effort, ordered, spread
from flow_models.solver.solving import Solver
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of, safe

PLAIN = Effort(steps=3, choices=4.0, bits=6.0, pages=2, told=1, remembered=0, guards=0, distractors=2)


def _effort(machine: Machine, task: str) -> Effort:
    """Return what the solution of a task's first instance takes."""
    start = machine.draw(task, 0)
    return effort(machine, start, Solver(machine).solve(start).events)


def test_a_solution_is_counted_step_by_step() -> None:
    found = _effort(machine_of(safe()), "raise")
    assert (found.steps, found.pages, found.guards) == (4, 2, 2)
    assert found.told == 1, "the amount is told, the word is not"
    assert found.remembered == 0


def test_rows_beside_the_right_one_are_distractors() -> None:
    machine = machine_of(make.shop())
    start = machine.draw("buy-item", 0)
    events = Solver(machine).solve(start).events
    rows = len(machine.rows(start.state, "items"))
    chosen = sum(bool(event.row) for event in events)
    assert effort(machine, start, events).distractors == (rows - 1) * chosen > 0


def test_what_stood_on_an_earlier_page_alone_must_be_remembered() -> None:
    """A code is read on one page and typed on the next."""
    flow = make.flow(
        make.page("mail", make.words("says", "Your code is 4711."), make.link("on")),
        make.page("door", make.form("ask", make.field("code", required=True), make.button("enter", submit=True))),
        make.variable("open", "boolean", initial=False),
        make.arrow("mail", "door", use="on"),
        make.arrow("door", use="enter", when='field.code == "4711"', do=(make.sets("open", "true"),)),
        make.task("enter", "Open the door.", success=Success(also="open")),
    )
    machine = machine_of(flow)
    events = (Event("use", "on"), Event("fill", "f_code", "", "4711"), Event("use", "enter"))
    assert effort(machine, machine.draw("enter", 0), events).remembered == 1


def test_more_steps_choices_and_things_to_remember_are_more_difficult() -> None:
    for harder in (replace(PLAIN, bits=7.0), replace(PLAIN, remembered=1)):
        those = (Difficulty("harder", (harder,)), Difficulty("plain", (PLAIN,)))
        assert [one.task for one in ordered(those)] == ["plain", "harder"]


def test_what_a_cheap_policy_can_do_is_not_difficult() -> None:
    long = replace(PLAIN, bits=90.0)
    assert Difficulty("t", (long,)).level == "demanding"
    assert Difficulty("t", (long,), cheap=0.25).points == 2.0
    assert Difficulty("t", (long,), cheap=0.25).level == "plain"


def test_the_best_of_the_cheap_policies_counts() -> None:
    machine = machine_of(safe())
    measured = Audit(
        "raise", 100, {"nothing": 0, "random": 3, "replay": 50}, 0.0, {"nothing": 0, "random": 1, "replay": 1}
    )
    assert difficulty(machine, "raise", (), measured).cheap == 0.5


def test_levels_follow_each_other_from_the_first_point_on() -> None:
    assert list(LEVELS.values()) == sorted(LEVELS.values())
    assert Difficulty("t", ()).level == "plain"


def test_lengths_are_counted() -> None:
    assert spread((6, 4, 6)) == {4: 1, 6: 2}
