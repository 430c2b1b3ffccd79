"""Formulas of transitions that can leave the range of values."""

import pytest

import resources
from flow_models.checks import check
from flow_models.document.field_blocks import DateField, NumberField
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    changes,
    flow,
    form,
    money_field,
    page,
    rows_of,
    sets,
    table,
    variable,
)
from tests.flow_models.checks.asking import assert_case, problems_of


def summing(value: str = "total + field.amount", *, when: str = "", maximum: str = "", kind: str = "money") -> Flow:
    """Return a site that makes something of an amount and a day."""
    number = NumberField(id="f_n", name="n", title="N", maximum=maximum)
    day = DateField(id="f_day", name="day", title="Day", maximum='"2030-01-01"' if maximum else "")
    fields = (money_field("amount", minimum="0", maximum=maximum), number, day)
    accounts = table("accounts", "balance:money", rows=(("100.00",), ("200.00",)))
    return flow(
        page("a", form("f", *fields, button("send", submit=True)), rows_of("l", "accounts", "{balance}")),
        accounts,
        variable("total", kind, {"date": "2027-01-01"}.get(kind, 0) if kind != "money" else "0.00"),
        arrow("a", use="send", when=when, do=(sets("total", value),)),
    )


CASES = {
    "transition.number_range": (summing(), summing(maximum="1000000")),
    "transition.date_range": (
        summing("field.day + field.n", kind="date"),
        summing("field.day + 30", kind="date", maximum="90"),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("total * 2 + 1", "integer"),
        ("total + total + 1", "integer"),
        ("field.n * field.n", "integer"),
        ("field.amount * 1000", "money"),
        ("field.n / 0.001", "decimal"),
        ("sum(accounts, balance * field.n)", "money"),
    ],
)
def test_numbers_that_nothing_keeps_small_are_named(value: str, kind: str) -> None:
    found = problems_of("transition.number_range", summing(value, kind=kind))
    assert [one.severity for one in found] == ["hint"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("total + 1", "integer"),
        ("total + count(accounts)", "integer"),
        ("total + first(accounts).balance", "money"),
        ("abs(field.n) // 3", "integer"),
        ("days(field.day, today())", "integer"),
        ("field.n % 7 + year(field.day)", "integer"),
        ("month_start(field.day)", "date"),
        ("10 / (field.n + 0.5)", "decimal"),
    ],
)
def test_what_grows_slowly_or_fits_by_itself_is_not_named(value: str, kind: str) -> None:
    assert problems_of("transition.number_range", summing(value, kind=kind)) == []


def test_a_condition_keeps_a_value_in_its_range() -> None:
    assert problems_of("transition.number_range", summing("field.n * 1000", when="field.n < 5000", kind="integer"))
    narrow = "field.n < 5000 and field.n > -5000"
    assert problems_of("transition.number_range", summing("field.n * 1000", when=narrow, kind="integer")) == []


def test_a_balance_that_is_moved_from_account_to_account_is_not_named() -> None:
    paying = arrow(
        "a",
        use="send",
        when="field.amount <= first(accounts).balance",
        do=(
            changes("accounts", "row == first(accounts)", balance="balance - field.amount"),
            adds("accounts", balance="field.amount"),
        ),
    )
    drawn = summing("total")
    assert problems_of("transition.number_range", drawn.rebuilt(transitions=(paying,))) == []


def test_a_date_in_a_condition_is_named_too() -> None:
    found = problems_of("transition.date_range", summing("1", when="field.day + 90 > today()", kind="integer"))
    assert [one.elements[0].field for one in found] == ["when"]


@pytest.mark.parametrize("folder", ["examples", "templates"])
def test_what_ships_has_no_such_formula(folder: str) -> None:
    for path in sorted(resources.path(folder).glob("*.flow.json")):
        assert [one.sentence() for one in check(load(path)) if one.code.endswith("_range")] == []
