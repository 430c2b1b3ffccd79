"""Changes that no task would notice."""

import pytest

from flow_models.document.behaviour import Effect
from flow_models.document.data import Table
from flow_models.document.flow import Flow
from flow_models.document.tasks import Success
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    changes,
    clears,
    expect_added,
    field,
    flow,
    form,
    page,
    table,
    task,
)
from tests.flow_models.checks.asking import assert_case, problems_of

LOG = table("log", "n:integer")
GOODS = table("goods", "n:integer", rows=((1,),))


def noted(*more: Effect, other: tuple[Effect, ...] = (), tables: tuple[Table, ...] = (LOG,), **rule: object) -> Flow:
    """A page with a form that writes a note, and a button that does something else."""
    success = Success(changes=(expect_added("notes", text="'x'"),)).rebuilt(**rule)
    return flow(
        page("a", form("f", field("text"), button("send", submit=True)), button("more")),
        table("notes", "text"), *tables,
        arrow("a", use="send", do=(adds("notes", text="field.text"), *more)), arrow("a", use="more", do=other),
        task("note", "Note x.").rebuilt(success=success),
    )  # fmt: skip


def passing(*other: Effect) -> Flow:
    return noted(other=other, tables=(GOODS.rebuilt(durable=False),))


LATEST = table("state", "latest:text!", "n:integer", rows=(("", 1),))


def latest(*effects: Effect) -> Flow:
    return noted(tables=(LATEST,)).rebuilt(
        transitions=(arrow("a", use="send", do=effects),),
    )


TYPED = changes("state", "true", latest="field.text")

CASES = {
    "task.something_else": (
        noted(other=(adds("log", n="1"),), nothing_else=False),
        noted(other=(adds("log", n="1"),)),
    ),
    "column.derived_typed": (latest(TYPED), latest(TYPED, adds("notes", text="field.text"))),
    "table.passing_changes": (
        passing(changes("goods", "n == 1", n="2")),
        passing(changes("goods", "n == 1", n="2"), clears("goods")),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_what_cannot_be_done_without_another_change_is_left_to_the_person() -> None:
    [found] = problems_of("task.something_else", noted(adds("log", n="1"), nothing_else=False))
    assert found.fix is None
    assert "Notes, Log" in found.sentence()
