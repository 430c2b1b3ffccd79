"""Exact numbers, what visitors type, and how values are shown."""

import decimal
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_models.runtime.machine.base import formats, values
from flow_models.runtime.machine.base.errors import FormulaFaultError


@pytest.mark.parametrize("text", ["1250", "1,250.00", "$1,250.00", " 1250.0 "])
def test_an_amount_is_read_as_people_write_it(text: str) -> None:
    assert values.read_money(text, "USD") == Decimal("1250.00")


@pytest.mark.parametrize("text", ["", "12.345", "1,25", "abc", "$", "1e3", "--5", "1250 $", "٣", "nan"])
def test_other_texts_are_no_amounts(text: str) -> None:
    assert values.read_money(text, "USD") is None


def test_rounding_goes_half_away_from_zero() -> None:
    assert [values.rounded(Decimal(text), 2) for text in ("0.125", "-0.125", "2.675")] == [
        Decimal("0.13"),
        Decimal("-0.13"),
        Decimal("2.68"),
    ]
    assert [values.whole(Decimal(text)) for text in ("0.5", "-0.5", "1.49")] == [1, -1, 1]


def test_a_division_keeps_twelve_places() -> None:
    assert values.divided(1, 3) == Decimal("0.333333333333")
    with pytest.raises(FormulaFaultError):
        values.divided(1, 0)


def test_the_threads_decimal_context_does_not_matter() -> None:
    with decimal.localcontext(prec=2):
        assert values.added(Decimal("1000.01"), Decimal("0.01")) == Decimal("1000.02")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_an_amount_shown_is_read_as_itself(amount: Decimal) -> None:
    assert values.read_money(formats.money(amount, "GBP"), "GBP") == amount


@given(st.text(max_size=60))
def test_reading_never_raises(text: str) -> None:
    values.read_money(text, "USD")
    values.read_number(text, 3)
    values.read_date(text)
    values.read_time(text)


def test_dates_and_times_are_shown_by_locale() -> None:
    assert formats.date("2027-03-05", "en-GB") == "5 March 2027"
    assert formats.date("2027-03-05", "en-US") == "March 5, 2027"
    assert [formats.time(text, "en-US") for text in ("00:05", "12:00", "14:30")] == ["12:05 AM", "12:00 PM", "2:30 PM"]


def test_values_are_shown_by_type() -> None:
    shown = [
        formats.formatter(kind, "USD", "en-GB")(value)
        for kind, value in (
            ("money", Decimal(2400)),
            ("boolean", True),
            ("date", "2027-03-15"),
            ("text", None),
            ("integer", 1250),
        )
    ]
    assert shown == ["$2,400.00", "Yes", "15 March 2027", "", "1250"]


def test_numbers_are_bounded() -> None:
    with pytest.raises(FormulaFaultError):
        values.assigned(10**31, "integer")
    with pytest.raises(FormulaFaultError):
        values.assigned("x" * 20_000, "text")


def test_the_empty_text_is_the_empty_value() -> None:
    assert values.assigned("", "text") is None
    assert values.from_json("", "text") is None


def test_zero_has_no_sign() -> None:
    assert str(values.rounded(Decimal("-0.001"), 2)) == "0.00"
    assert str(values.negated(Decimal("0.00"))) == "0.00"
    assert formats.money(Decimal("-0.004"), "USD") == "$0.00"


def test_amounts_are_shown_rounded_half_away_from_zero() -> None:
    assert [formats.money(Decimal(text), "USD") for text in ("0.125", "-2.675", "1234.5")] == [
        "$0.13",
        "-$2.68",
        "$1,234.50",
    ]


def test_a_changed_sign_loses_no_digit() -> None:
    long = Decimal("1234567890123456789012345.123456789012")
    assert values.negated(long) + long == 0
    assert len(values.negated(long).as_tuple().digits) == len(long.as_tuple().digits)


@pytest.mark.parametrize(
    ("text", "scale", "at"),
    [
        ("7", (0, 10, 1), 7), ("99", (0, 10, 1), 10), ("-5", (0, 10, 1), 0), ("7.4", (0, 10, 1), 7),
        (" 7 ", (0, 10, 1), 7),
        ("1e1", (0, 10, 1), 10), ("abc", (0, 10, 1), 5), ("", (0, 9, 1), 5), ("abc", (0, 5, 2), 2),
        ("abc", (1, 10, 3), 7),
        ("5", (0, 10, 3), 6), ("10", (0, 10, 3), 9), ("6", (0, 10, 4), 8), ("2", (0, 10, 4), 4), ("1", (-10, 10, 4), 2),
        ("-7", (-10, 10, 5), -5), ("-8", (-10, 10, 5), -10), ("9", (5, 5, 1), 5), ("7", (10, 0, 1), 10),
    ],
)  # fmt: skip
def test_a_slider_settles_where_chromium_puts_it(text: str, scale: tuple[int, int, int], at: int) -> None:
    assert values.on_scale(text, *scale) == at


@pytest.mark.parametrize(("text", "time"), [("9:05", "09:05"), (" 23:59 ", "23:59"), ("24:00", None), ("9:5", None)])
def test_times_are_read_with_or_without_a_leading_zero(text: str, time: str | None) -> None:
    assert values.read_time(text) == time
