"""Refusals that compare otherwise than they say."""

import pytest

from flow_models.document.field_blocks import NumberField
from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, button, changes, field, flow, form, money_field, page, table
from tests.flow_models.checks.asking import assert_case, problems_of


def ordering(when: str, notice: str, accepted: str = "") -> Flow:
    """A form that orders pieces of a thing for an amount, and refuses some."""
    number = NumberField(id="f_n", name="n", title="Pieces")
    return flow(
        page("a", form("f", number, money_field("amount"), field("name"), button("go", submit=True))),
        table("purses", "left:money", "most:integer", rows=(("9.00", 4),)),
        table("orders", "n:integer", "name:text"),
        arrow("a", use="go", when=when, notice=notice, name="refused"),
        arrow(
            "a", use="go", when=accepted, name="done",
            do=(
                adds("orders", n="field.n", name="field.name"),
                changes("purses", "row == first(purses)", left="left - field.amount"),
            ),
        ),
    )  # fmt: skip


LEFT = "first(purses).left"

CASES = {
    "refusing.turned": (
        ordering("field.n < 5", "At most 5 pieces."), ordering("field.n > 5", "At most 5 pieces."),
    ),
    "refusing.edge": (
        ordering(f"field.amount >= {LEFT}", f"You have {{{LEFT}}}. That is not enough."),
        ordering(f"field.amount > {LEFT}", f"You have {{{LEFT}}}. That is not enough."),
    ),
    "refusing.short": (
        ordering("", "Not enough.", accepted=f"{LEFT} > field.amount"),
        ordering("", "Not enough.", accepted=f"{LEFT} >= field.amount"),
    ),
    "refusing.number": (ordering("field.n > 5", "At most 4 pieces."), ordering("field.n >= 5", "At most 4 pieces.")),
    "refusing.accepts": (
        ordering("true", "No.", accepted=f"{LEFT} < field.amount"),
        ordering("true", "No.", accepted=f"{LEFT} >= field.amount"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    ("when", "notice"),
    [
        ("field.n > 2", "Order at least 2 pieces."),
        ("field.n < 9", "That is too many."),
        ("9 > field.n", "No more than 9 pieces."),
        ("not (field.n > 9)", "You can order up to 9."),
        ("field.n <= first(purses).most", "At most {first(purses).most} are left."),
        (f"field.amount < {LEFT}", "Try again."),
        ("not any(orders, name == field.name)", "That name is taken, or there already."),
        ("count(orders, name == field.name) == 0", "There is one already."),
        ("field.name == first(orders).name", "This does not match."),
    ],
)
def test_a_message_that_is_not_true_where_it_appears(when: str, notice: str) -> None:
    assert problems_of("refusing.turned", ordering(when, notice))


@pytest.mark.parametrize(
    ("when", "notice"),
    [
        ("field.n < 2", "Order at least 2 pieces."),
        ("field.n > 9", "That is too many."),
        ("field.n > 9", "Two to nine pieces, at least 2 and at most 9."),
        ("field.n <= 9 and field.n < 2", "Order at least 2."),
        ("field.n > first(purses).most", "Only {first(purses).most} are left."),
        ("first(purses).most < 2", "You need at least 2 for this."),
        (f"field.amount > {LEFT}", "Try again."),
        ("any(orders, name == field.name)", "There is one already."),
        ("field.name != first(orders).name", "This does not match."),
        ("field.n == 3", "Three is too many of a wrong number."),
        ("field.name in ['x', 'y']", "At most 5 of these."),
        ("not (field.name not in ['x', 'y'])", "That is wrong."),
    ],
)
def test_a_message_that_is_true(when: str, notice: str) -> None:
    found = [one for code in CASES for one in problems_of(code, ordering(when, notice, "field.name not in ['z']"))]
    assert found == []
