"""Rules that nothing satisfies, and rewards that pay for giving up."""

from typing import Any

import pytest

from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange, Failure, Milestone, Success
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
    table,
    task,
)
from tests.flow_models.checks.asking import assert_case, problems_of

CARDS = table("cards", "status:choice:On|Off|Gone", "limit:integer", rows=(("On", 5),))


def carded(*expected: ExpectedChange, **fields: Any) -> Flow:
    """A card that can be switched off, a note that can be written."""
    rule = fields.pop("rule", {})
    success = Success(changes=expected or (expect_added("notes", kind="'x'"),)).rebuilt(**rule)
    return flow(
        page("a", form("f", field("text"), button("send", submit=True)), button("off")),
        table("notes", "text", "kind"), CARDS,
        arrow("a", use="send", do=(adds("notes", text="field.text", kind="'x'"),)),
        arrow("a", use="off", do=(changes("cards", "true", status="'Off'"),)),
        task("note", "Note x.").rebuilt(success=success, **fields),
    )  # fmt: skip


def only(also: str, **rule: object) -> Flow:
    return carded(rule={"changes": (), "also": also, **rule})


def status(value: str) -> ExpectedChange:
    return ExpectedChange(kind="changed", table="cards", where="true", values={"cards_status": value})


NEVER, EVER = "count(notes) > 3 and count(notes) < 2", "count(notes) > 1 and count(notes) < 3"
CASES = {
    "task.rule_never": (carded(rule={"also": NEVER}), carded(rule={"also": EVER})),
    "task.milestone_never": (
        carded(milestones=(Milestone(when=NEVER),)),
        carded(milestones=(Milestone(when=EVER),)),
    ),
    "task.failure_never": (carded(failures=(Failure(when=NEVER),)), carded(failures=(Failure(when=EVER),))),
    "task.nothing_may_change": (only("count(notes) == 1"), only("count(notes) == 1", nothing_else=False)),
    "task.value_never": (carded(status("'Gone'")), carded(status("'Off'"))),
    "task.pays_giving_up": (carded(step_cost=0.05, max_steps=21), carded(step_cost=0.05, max_steps=20)),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_value_of_a_new_row_is_one_that_some_arrow_writes() -> None:
    for value, severities in (("'y'", ["error"]), ("'x'", [])):
        found = problems_of("task.value_never", carded(expect_added("notes", kind=value)))
        assert [problem.severity for problem in found] == severities


def test_a_condition_that_empty_values_may_satisfy_is_only_doubted() -> None:
    doubted = carded(rule={"also": "not (count(notes) > 1) and not (count(notes) < 3)"})
    assert [problem.severity for problem in problems_of("task.rule_never", doubted)] == ["warning"]


def test_a_rule_over_what_may_change_besides_is_no_contradiction() -> None:
    derived = CARDS.rebuilt(columns=tuple(one.rebuilt(derived=True) for one in CARDS.columns))
    free = only("any(cards, status == 'Off')")
    tables = tuple(derived if one.id == "cards" else one for one in free.tables)
    assert problems_of("task.nothing_may_change", free)
    assert problems_of("task.nothing_may_change", free.rebuilt(tables=tables)) == []


def test_the_fix_leaves_half_of_the_reward_to_the_last_step() -> None:
    flow_ = carded(step_cost=0.05, max_steps=50)
    [found] = problems_of("task.pays_giving_up", flow_)
    assert found.fix is not None
    assert found.fix.sentence() == "Let a step cost 0.01"
    assert found.fix.edit(flow_).tasks[0].step_cost == 0.01
