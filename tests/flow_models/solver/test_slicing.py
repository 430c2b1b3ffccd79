"""Proofs on a slice: what ends all hope is left out, and what nothing ever writes may be read."""

from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine
from flow_models.solver.outline import Outline
from flow_models.solver.slicing import slice_of
from flow_models.solver.solution import Solution
from flow_models.solver.solving import Solver
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import added, changed, machine_of


def _solved(machine: Machine, task: str) -> Solution:
    return Solver(machine).solve(machine.draw(task, 0))


def _club(points: int) -> Flow:
    """Return a site with a seat for points, a guest book that grows without end, and seats for money."""
    return make.flow(
        make.page(
            "home", make.button("reward"), make.form("book", make.field("name"), make.button("sign", submit=True))
        ),
        make.page("shop", make.form("till", make.field("why"), make.button("buy", submit=True)), make.link("back")),
        make.table("seats", "paid:text", "why:text"),
        make.table("guests", "name:text"),
        make.variable("points", "integer", initial=points),
        make.arrow("home", use="reward", when="points >= 10", do=(make.adds("seats", paid='"points"'),)),
        make.arrow("home", "shop", use="sign", do=(make.adds("guests", name="field.name"),)),
        make.arrow("shop", use="buy", do=(make.adds("seats", paid='"card"', why="field.why"),)),
        make.arrow("shop", "home", use="back"),
        make.task("get", "Get.", expect=(added("seats", {"paid": '"points"'}),), may_be_infeasible=True),
    )


def test_rows_that_nobody_expects_are_no_part_of_the_proof() -> None:
    machine = machine_of(_club(points=9))
    outline = Outline(machine.program)
    assert {outline.transitions[place].on.block for place in slice_of(outline, "get").positions} == {"reward"}
    solution = _solved(machine, "get")
    assert (solution.status, solution.proof) == ("infeasible", "slice")


def test_with_enough_points_the_seat_is_had() -> None:
    assert _solved(machine_of(_club(points=10)), "get").steps == 1


def _trips(may_change: bool) -> Flow:
    """Return a site on which a trip can be moved if its fare allows it; fares are only ever read."""
    return make.flow(
        make.page("home", make.rows_of("list", "trips", "{day}", row_controls=(make.button("open"),))),
        make.page("trip", make.form("move", make.field("day"), make.button("save", submit=True)), record="trips"),
        make.table("fares", "free:boolean", rows=((may_change,),)),
        make.table("trips", "day:text", rows=(("Monday",), ("Friday",))),
        make.arrow("home", "trip", use="open"),
        make.arrow(
            "trip", use="save", when="any(fares, free)", do=(make.changes("trips", "row == record", day="field.day"),)
        ),
        make.task(
            "move", "Move.", expect=(changed("trips", 'day == "Monday"', day='"Sunday"'),), may_be_infeasible=True
        ),
    )


def test_what_nothing_writes_leaves_each_row_to_itself() -> None:
    machine = machine_of(_trips(may_change=False))
    assert slice_of(Outline(machine.program), "move").local == "trips"
    assert _solved(machine, "move").proof == "slice"


def test_a_trip_whose_fare_allows_it_is_moved() -> None:
    assert _solved(machine_of(_trips(may_change=True)), "move").steps == 3
