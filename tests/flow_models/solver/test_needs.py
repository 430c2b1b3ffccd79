"""What a task needs at least: rows that can never become the expected ones do not shorten the estimate."""

from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.solver.outline import Outline
from flow_models.solver.solving import Solver, TaskPlan
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import added, machine_of


def _office(paid: str, *, corrects: bool) -> Flow:
    """Return a site that sells a ticket in two ways: by one button, or by a form; a ticket's class can be changed."""
    changed = (make.changes("tickets", "true", level="field.level"),) if corrects else ()
    return make.flow(
        make.page(
            "home",
            make.button("gift"),
            make.link("order"),
            make.form("other", make.field("level", required=True), make.button("change", submit=True)),
        ),
        make.page("desk", make.form("ask", make.field("name", required=True), make.button("buy", submit=True))),
        make.table("tickets", "paid:text", "level:text"),
        make.arrow("home", use="gift", do=(make.adds("tickets", paid='"points"', level='"plain"'),)),
        make.arrow("home", "desk", use="order"),
        make.arrow("home", use="change", do=changed),
        make.arrow("desk", "home", use="buy", do=(make.adds("tickets", paid='"card"', level="field.name"),)),
        make.task("buy", "Buy.", expect=(added("tickets", {"paid": f'"{paid}"', "level": '"gold"'}),), max_steps=20),
    )


def _estimate(built: Flow) -> int:
    plan = TaskPlan(Outline(compile_flow(built).program), "buy")
    return plan.distances().at("home", False, 0)


def _steps(built: Flow) -> int:
    machine = machine_of(built)
    return Solver(machine).solve(machine.draw("buy", 0)).steps


def test_a_row_with_another_fixed_value_is_no_way_to_the_expected_one() -> None:
    built = _office("card", corrects=False)
    assert _estimate(built) == _steps(built) == 3


def test_changing_a_row_needs_a_row_that_was_added_before() -> None:
    built = _office("points", corrects=True)
    assert (_estimate(built), _steps(built)) == (2, 3)


def test_a_fixed_value_that_a_change_can_replace_sets_nothing_apart() -> None:
    built = _office("card", corrects=True)
    assert _estimate(built) <= _steps(built) == 3
