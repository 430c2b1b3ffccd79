"""Which messages hold the expected answer, and nothing but it."""

import datetime as dt
from decimal import Decimal

import pytest

from flow_models.compiler import compile_flow
from flow_models.runtime.machine.base.schema import Schema
from flow_models.runtime.machine.episodes.answers import fits
from tests.flow_models.builders import flow, page

SCHEMA = Schema(compile_flow(flow(page("home"))).program)


@pytest.mark.parametrize(
    ("message", "expected", "kind"),
    [
        ("$1,250.00", Decimal(1250), "money"),
        ("You spent 45.20 dollars.", Decimal("45.2"), "money"),
        ("-3", -3, "integer"),
        ("It is 2027-03-15.", "2027-03-15", "date"),
        ("15 March 2027", "2027-03-15", "date"),
        ("on March 5th, 2027", "2027-03-05", "date"),
        ("at 2:30 pm", "14:30", "time"),
        ("Yes, it is.", True, "boolean"),
        ("no", False, "boolean"),
        ("  \u201cGreen  Leaf\u201d. ", "Green Leaf", "text"),
    ],
)
def test_a_message_with_the_value_fits(message: str, expected: str | int | Decimal, kind: str) -> None:
    assert fits(message, expected, kind, SCHEMA)


@pytest.mark.parametrize(
    ("message", "expected", "kind"),
    [
        ("$1,250.00 or $3", Decimal(1250), "money"),
        ("1.250", Decimal(1250), "money"),
        ("yes and no", True, "boolean"),
        ("", None, "text"),
        ("It is Green Leaf", "Green Leaf", "text"),
        ("2027-03-15 or 2027-03-16", "2027-03-15", "date"),
        ("2027-02-30", "2027-02-30", "date"),
    ],
)
def test_a_message_with_another_or_no_single_value_does_not_fit(
    message: str, expected: str | int | Decimal | None, kind: str
) -> None:
    assert not fits(message, expected, kind, SCHEMA)


def test_every_month_is_read_in_full_and_short() -> None:
    for month in range(1, 13):
        day = dt.date(2027, month, 9)
        for form in ("%d %B %Y", "%b %d, %Y"):
            assert fits(day.strftime(form), day.isoformat(), "date", SCHEMA)
