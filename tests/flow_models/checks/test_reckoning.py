"""Success that expects something else than what the goal says."""

import pytest

from flow_models.document.flow import Flow
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
    table,
    task,
)
from tests.flow_models.checks.asking import assert_case, problems_of


def payments(expected: str, *, wording: str = "Pay {task.sum}.", stored: str = "number(field.sum)") -> Flow:
    """A form that writes down how much is paid."""
    return flow(
        page("a", form("f", field("sum", required=True), button("pay", submit=True))),
        table("payments", "sum:decimal"),
        arrow("a", use="pay", do=(adds("payments", sum=stored),)),
        task("pay", wording, expect=(expect_added("payments", sum=expected),),
             parameters=(parameter("sum", "decimal", 20, 30),)),
    )  # fmt: skip


CASES = {"task.reckoned_untold": (payments("task.sum * 2"), payments("task.sum"))}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    "sound",
    [
        payments("task.sum * 2", wording="Pay {task.sum} twice."),
        payments("task.sum + 15", wording="Pay {task.sum} and a fee of 15."),
        payments("task.sum + 5", stored="number(field.sum) + 5"),
        payments("task.sum * 60"),
    ],
    ids=["the goal says twice", "the goal says how much", "the site reckons so", "minutes of an hour"],
)
def test_what_is_said_anywhere_may_be_reckoned_with(sound: Flow) -> None:
    assert problems_of("task.reckoned_untold", sound) == []
