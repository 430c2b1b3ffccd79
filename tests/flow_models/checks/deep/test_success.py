"""What a trial shows of success and rewards: each with a near miss, and a walk that shows it when played again."""

from typing import Any

import pytest

import resources
from flow_models.checks import Problem
from flow_models.checks.deep import drawn, otherwise, rewards, unchanged
from flow_models.checks.trial import Trial
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.blocks import Button
from flow_models.document.field_blocks import ChoiceField, NumberField
from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange, Failure, Milestone, Success
from flow_models.runtime.machine import Machine, Start, State
from flow_models.solver.solving import Solver
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    changes,
    expect_added,
    field,
    flow,
    form,
    page,
    parameter,
    rows_of,
    sets,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.checks.test_running import ADDED, NUMBER, ordering, running

THINGS = table("things", "x:integer", rows=tuple((number,) for number in range(1, 40)))


def changed(where: str, **values: str) -> ExpectedChange:
    named = {f"things_{name}": value for name, value in values.items()}
    return ExpectedChange(kind="changed", table="things", where=where, values=named)


def judging(*expected: ExpectedChange, also: str = "", nothing_else: bool = True) -> Success:
    return Success(changes=expected, also=also, nothing_else=nothing_else)


def about_things(where: str) -> Flow:
    flow_ = ordering(success=judging(changed(where, x="0")))
    return flow_.rebuilt(tables=(*flow_.tables, THINGS))


def noting(*values: str, **fields: Any) -> Flow:
    """A page with a form that orders a number, with a note."""
    number = NumberField(id="f_n", name="n", title="Number", required=True)
    named = {f"orders_{name}": f"task.{name}" for name in values}
    expected = ExpectedChange(kind="added", table="orders", values=named)
    asked = task("order", "Order {task.n} with the note {task.note}, please.", max_steps=20).rebuilt(
        parameters=(NUMBER, parameter("note", "text", "Soon", "Later")), success=judging(expected), **fields
    )
    return flow(
        page("a", form("f", number, field("note"), field("more"), button("send", submit=True))),
        table("orders", "n:integer", "note", "more"),
        arrow("a", use="send", do=(adds("orders", n="field.n", note="field.note", more="field.more"),)),
        asked,
    )  # fmt: skip


def taking(success: Success) -> Flow:
    """A list of books of which one is to be taken."""
    books = table("books", "title", "taken:boolean", rows=tuple((f"Book {n}", False) for n in range(30)))
    listed = rows_of("list", "books", "{title}", row_controls=(Button(id="take", title="Take"),))
    asked = task("take", "Take {task.book.title}.", parameters=(parameter("book", "row:books"),), max_steps=20)
    return flow(
        page("a", listed), books, arrow("a", use="take", do=(changes("books", "row == used", taken="true"),)),
        asked.rebuilt(success=success),
    )  # fmt: skip


TAKEN = ExpectedChange(kind="changed", table="books", where="row == task.book", values={"books_taken": "true"})


def stepping(*milestones: str) -> Flow:
    """Three pages: a number is put into a draft, read again, and ordered; another one leads nowhere."""
    number = NumberField(id="f_n", name="n", title="Number", required=True)
    return flow(
        page("a", form("f", number, button("send", submit=True)), button("look")), page("b", button("on")),
        page("c", words("w", "{draft} {looked} {read}"), button("go")),
        arrow("a", "b", use="send", do=(sets("draft", "field.n"),)), arrow("a", use="look", do=(sets("looked", "1"),)),
        arrow("b", "c", use="on", do=(sets("read", "1"),)), arrow("c", use="go", do=(adds("orders", n="draft"),)),
        table("orders", "n:integer"), variable("draft", "integer", 0), variable("looked", "integer", 0),
        variable("read", "integer", 0),
        task("order", "Order {task.n}.", max_steps=20).rebuilt(
            parameters=(NUMBER,), success=judging(ADDED),
            milestones=tuple(Milestone(when=when, reward=0.1) for when in milestones),
        ),
    )  # fmt: skip


CASES = {
    "no_row": (about_things("x == task.n"), about_things("x > 0")),
    "contradiction": (
        ordering(success=judging(ADDED, also="count(added(orders)) == 2")),
        ordering(success=judging(ADDED, also="count(added(orders)) == 1")),
    ),
    "failure_beside_success": (
        ordering(failures=(Failure(when="count(orders) == 1 and task.n > 990"),)),
        ordering(failures=(Failure(when="count(orders) == 2 and task.n > 990"),)),
    ),
    "other_counts": (noting("n"), noting("n", "note")),
    "other_row_counts": (
        taking(judging(also="any(changed(books), taken)", nothing_else=False)),
        taking(judging(TAKEN)),
    ),
    "free": (noting("n", "note"), taking(judging(TAKEN))),
    "second_counts": (ordering(success=judging(ADDED, nothing_else=False)), ordering()),
    "milestone_wandering": (stepping("looked == 1"), stepping("draft == task.n")),
    "milestone_unreached": (stepping("read == 2"), stepping("draft == task.n")),
    "milestone_order": (stepping("read == 1", "draft == task.n"), stepping("draft == task.n", "read == 1")),
}


def ended(flow_: Flow, problem: Problem) -> tuple[Machine, Start, State]:
    """Play the walk of a problem to its end."""
    machine = Machine(compile_flow(flow_).program)
    assert problem.walk is not None
    start = problem.walk.start(machine)
    steps = list(problem.walk.played(machine))
    assert [step.error for step in steps if step.error] == []
    assert len(steps) == len(problem.walk.events)
    return machine, start, steps[-1].state if steps else start.state


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    trips, near_miss = CASES[code]
    found = running(code, trips)
    assert found
    assert running(code, near_miss) == []
    assert all(len(problem.sentence()) > 20 for problem in found)
    for problem in found:
        ended(trips, problem)


@pytest.mark.parametrize("code", ["other_counts", "other_row_counts", "second_counts"])
def test_the_walk_succeeds_and_should_not(code: str) -> None:
    trips, _ = CASES[code]
    for problem in running(code, trips):
        machine, start, state = ended(trips, problem)
        assert machine.verdict(start, state).success


def test_the_fix_lets_success_expect_what_the_goal_says() -> None:
    trips = noting("n")
    [found] = running("other_counts", trips)
    assert found.severity == "error"
    assert found.fix is not None
    assert found.fix.sentence() == "Expect “note” in “Note”"
    assert running("other_counts", found.fix.edit(trips)) == []


def test_only_the_column_of_its_name_is_meant_by_a_row_that_several_could_hold() -> None:
    def pick(name: str) -> ChoiceField:
        return ChoiceField(id=f"f_{name}", name=name, title=name, table="extras", label="{row.name}", required=True)

    made = flow(
        page("a", form("f", pick("bag"), pick("meal"), button("send", submit=True))),
        table("extras", "kind", "name", rows=(("Bag", "Small"), ("Bag", "Big"), ("Bag", "Huge"))),
        table("orders", "bag:row:extras", "meal:row:extras"),
        arrow("a", use="send", do=(adds("orders", bag="field.bag", meal="field.meal"),)),
        task("order", "Order the bag {task.bag.name}.", parameters=(parameter("bag", "row:extras"),),
             expect=(expect_added("orders"),)),
    )  # fmt: skip
    found = running("other_counts", made)
    assert [dict(one.arguments)["column"] for one in found] == ["Bag"]
    assert {dict(found[0].arguments)[name] for name in ("value", "other")} <= {"Small", "Big", "Huge"}


def test_what_the_rule_compares_may_be_meant_and_is_only_doubted() -> None:
    near = noting("n")
    at_least = near.rebuilt(tasks=(near.tasks[0].rebuilt(success=judging(expect_added("orders"), also=AT_LEAST)),))
    found = [one for one in running("other_counts", at_least) if "as N " in one.sentence()]
    assert [problem.severity for problem in found] == ["warning"]


AT_LEAST = "all(added(orders), n >= task.n and note == task.note)"


def test_what_holds_in_one_of_a_hundred_instances_is_found_without_solving_any() -> None:
    rare = ordering(failures=(Failure(when="task.n > 990"),))
    [found] = running("failure_at_start", rare)
    assert dict(found.arguments)["drawn"] == "300"
    machine, start, state = ended(rare, found)
    assert machine.verdict(start, state).failure == 0


def test_a_rule_that_rules_success_out_is_no_second_problem_of_the_search() -> None:
    trips, _ = CASES["contradiction"]
    assert running("never", trips) == []


def test_a_solution_that_changes_nothing_shows_it() -> None:
    begun = stepping("draft == task.n")
    alone = begun.rebuilt(tasks=(begun.tasks[0].rebuilt(success=judging(also="draft == task.n"), milestones=()),))
    for problem in running("success_unchanged", alone):
        machine, start, state = ended(alone, problem)
        assert machine.verdict(start, state).success
        assert state.tables == start.before
    assert running("success_unchanged", begun) == []


@pytest.mark.parametrize(
    "name", ["three_pages", *(pytest.param(name, marks=pytest.mark.proof) for name in ("north_bank", "skylark_air"))]
)
def test_the_examples_have_remarks_only(name: str) -> None:
    flow_ = storage.load(resources.path("examples", f"{name}.flow.json"))
    machine = Machine(compile_flow(flow_).program)
    solver = Solver(machine)
    trials = [Trial(flow_, machine, solver, asked, 2) for asked in flow_.tasks]
    questions = (drawn.problems, otherwise.problems, rewards.problems, unchanged.problems)
    found = [problem for trial in trials for question in questions for problem in question(trial)]
    assert [problem.sentence() for problem in found if problem.severity != "note"] == []
    assert {problem.code for problem in found} <= {"running.free"}
