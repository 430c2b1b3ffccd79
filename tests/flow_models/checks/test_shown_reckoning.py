"""Answers that pages reckon out with other numbers."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import flow, page, parameter, rows_of, table, task
from tests.flow_models.checks.asking import assert_case, problems_of

SHARE = "task.sale.price * task.sale.percent"


def sales(
    answer: str, shown: str = "{price * percent / 100}", wording: str = "How much is taken from {task.sale.name}?"
) -> Flow:
    """A list of sales that shows what is taken off."""
    return flow(
        page("a", rows_of("list", "sales", "{name}", shown)),
        table("sales", "name", "price:money", "percent:integer", rows=(("Cup", "4.00", 20), ("Pen", "2.00", 30))),
        task("ask", wording, answer=answer, parameters=(parameter("sale", "row:sales"),)),
    )


CASES = {"task.answer_shown_otherwise": (sales(SHARE), sales(f"{SHARE} / 100"))}


def test_an_answer_is_reckoned_as_it_is_shown() -> None:
    assert_case("task.answer_shown_otherwise", *CASES["task.answer_shown_otherwise"])


@pytest.mark.parametrize(
    "sound",
    [
        sales(f"{SHARE} / 200", wording="How much is half of that from {task.sale.name}?"),
        sales("task.sale.price * 2"),
        sales("task.sale.price - task.sale.percent"),
        sales(SHARE, "{price} {percent}"),
        sales(f"{SHARE} / 100", "{price * (percent if percent < 50 else 50) / 100}"),
        sales(SHARE, "{price * percent / 100} of {price * percent}"),
    ],
    ids=["half is said", "of one column", "another sign", "nothing is reckoned", "in the first case", "shown too"],
)
def test_what_is_shown_or_said_so_is_left_alone(sound: Flow) -> None:
    assert problems_of("task.answer_shown_otherwise", sound) == []
