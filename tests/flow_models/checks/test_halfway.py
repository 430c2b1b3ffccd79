"""Rewards on the way and failures that look at what passes."""

import pytest

from flow_models.document.flow import Flow
from flow_models.document.tasks import Failure, Milestone
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    field,
    flow,
    form,
    page,
    parameter,
    sets,
    table,
    task,
    variable,
)
from tests.flow_models.checks.asking import assert_case, problems_of


def ordering(*, pays: str = "", fails: str = "") -> Flow:
    """A form that keeps a word, and a button that orders it."""
    return flow(
        page("a", form("f", field("word"), button("keep", submit=True)), button("order")),
        variable("kept"), variable("count", "integer", 0), table("orders", "word:text"),
        arrow("a", use="keep", do=(sets("kept", "field.word"), sets("count", "count + 1"))),
        arrow("a", use="order", do=(adds("orders", word="kept"),), notice="Ordered."),
        task(
            "order", "Order {task.word}.", parameters=(parameter("word", "text", "x", "y"),),
            expect=(expect_added("orders", word="task.word"),),
            milestones=(Milestone(title="M", when=pays, reward=0.1),) if pays else (),
            failures=(Failure(title="F", when=fails),) if fails else (),
        ),
    )  # fmt: skip


CASES = {
    "task.milestone_any": (ordering(pays="kept != empty"), ordering(pays="kept == task.word")),
    "task.failure_passing": (
        ordering(fails="kept != task.word"), ordering(fails="any(added(orders) as new, new.word != task.word)"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize("sound", [ordering(pays="count > 0"), ordering(fails="count > 3")])
def test_what_is_counted_may_be_meant(sound: Flow) -> None:
    assert [one for code in CASES for one in problems_of(code, sound)] == []
