"""What a task asks, when it is done, and what it pays."""

import pytest

from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange, Failure, FormulaSource, Milestone, Success
from flow_models.document.variation import Axis, Variation
from tests.flow_models.builders import expect_added, flow, page, parameter, table, task
from tests.flow_models.checks.asking import assert_case, problems_of

T = table("t", "x")
ADDED = expect_added("t", x="'1'")


def asked(wording: str = "Do it.", **fields: object) -> Flow:
    """A flow with one task; it expects a row unless told otherwise."""
    given: dict[str, object] = {"success": Success(changes=(ADDED,)), **fields}
    return flow(
        page("a"), page("d", kind="dialog"), page("r", record="t"), T, table("p", "x", durable=False),
        task("t", wording).rebuilt(**given),
    )  # fmt: skip


def changed(change: ExpectedChange) -> Flow:
    return asked(success=Success(changes=(change,)))


PARAMETER = parameter("who", "text", "Ann")
WORDINGS = ("Do it.", "Please do it.", "It is to be done.")
CASES = {
    "task.no_wording": (asked(" "), asked("Do it.")),
    "task.empty_wording": (asked(wordings=("Do it.", "")), asked(wordings=("Do it.", "Do it now."))),
    "task.few_wordings": (asked(wordings=WORDINGS[:2]), asked(wordings=WORDINGS)),
    "task.unnamed_parameter": (asked(parameters=(PARAMETER,)), asked("Tell {task.who}.", parameters=(PARAMETER,))),
    "task.no_start": (asked(start="gone"), asked(start="a")),
    "task.start_dialog": (asked(start="d"), asked(start="a")),
    "task.no_start_record": (asked(start="r"), asked(start="r", start_record="first(t)")),
    "task.no_success": (asked(success=Success()), asked(success=Success(), answer="count(t)")),
    "task.success_and_answer": (asked(answer="count(t)"), asked()),
    "task.success_at_start": (
        asked(success=Success(also="1 == 1")),
        asked(success=Success(also="count(t) == 1")),
    ),
    "task.change_no_table": (changed(ADDED.rebuilt(table="gone")), changed(ADDED)),
    "task.change_passing": (changed(expect_added("p", x="'1'")), changed(ADDED)),
    "task.change_no_values": (
        changed(ExpectedChange(kind="changed", table="t")),
        changed(ExpectedChange(kind="removed", table="t")),
    ),
    "task.change_no_column": (changed(expect_added("t", gone="'1'")), changed(ADDED)),
    "task.milestones": (
        asked(milestones=(Milestone(when="true", reward=0.3), Milestone(when="true", reward=0.3))),
        asked(milestones=(Milestone(when="true", reward=0.3), Milestone(when="true", reward=0.2))),
    ),
    "task.milestone_empty": (asked(milestones=(Milestone(),)), asked(milestones=(Milestone(when="count(t) == 1"),))),
    "task.failure_empty": (asked(failures=(Failure(),)), asked(failures=(Failure(when="count(t) == 1"),))),
}


@pytest.mark.parametrize(
    ("axis", "is_asked"),
    [
        (Axis(), True),
        (Axis(is_on=False), False),
        (Axis(left_out=("goal.new_wordings",)), False),
        (Axis(held_out=("wording.new_ways",)), False),
        (Axis(held_out=("goal.new_wordings",)), True),
    ],
)
def test_a_third_wording_is_asked_for_where_one_would_be_held_out(axis: Axis, is_asked: bool) -> None:
    few = asked(wordings=(*WORDINGS[:2], WORDINGS[0])).rebuilt(variation=Variation(wording=axis))
    found = problems_of("task.few_wordings", few)
    assert [problem.severity for problem in found] == ["hint"] * is_asked
    assert all("2 of the three ways" in problem.sentence() for problem in found)


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_computed_parameter_need_not_be_told() -> None:
    whole = parameter("n", "integer", 3)
    twice = whole.rebuilt(id="p_2", name="twice", source=FormulaSource(formula="task.n * 2"))
    assert problems_of("task.unnamed_parameter", asked("Do {task.n}.", parameters=(whole, twice))) == []


def test_a_parameter_told_through_another_counts_as_told() -> None:
    start = asked("Do {task.twice}.", parameters=(
        parameter("n", "integer", 3),
        parameter("twice", "integer").rebuilt(source=FormulaSource(formula="task.n * 2")),
    ))  # fmt: skip
    assert problems_of("task.unnamed_parameter", start) == []
