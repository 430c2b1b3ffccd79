"""Functions and aggregates take what they can use."""

import pytest

from flow_models.formulas import Node, parse
from flow_models.formulas.calls import NAMES
from tests.flow_models.formulas.bank import SCOPE


def tree(source: str) -> Node:
    found = parse(source, SCOPE)
    assert found.tree is not None, found.errors
    return found.tree


def mistakes(source: str) -> list[str]:
    return [error.message_id.removeprefix("formulas.error.") for error in parse(source, SCOPE).errors]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("len(field.note)", "integer"),
        ("upper(trim(lower(field.note)))", "text"),
        ("contains(user.name, field.note)", "boolean"),
        ('days(record.opened, "2027-03-15")', "integer"),
        ("month_start(day)", "date"),
        ("text(limit)", "text"),
        ('number("12")', "decimal"),
        ("round(record.rate)", "integer"),
        ("round(record.rate, 3)", "decimal"),
        ("round(limit * 1.055)", "money"),
        ("abs(tries - 5)", "integer"),
        ("divide(limit, tries, 0)", "money"),
        ("quotient(tries, field.n, 0)", "integer"),
        ("remainder(tries, field.n, empty)", "integer"),
        ("count(accounts)", "integer"),
        ("sum(payments, amount)", "money"),
        ("avg(customers, tries, default=0)", "decimal"),
        ("min(payments, day, default=today())", "date"),
        ("any(accounts, balance > 5)", "boolean"),
        ("all(accounts, balance > 5)", "boolean"),
        ("first(accounts)", "row:accounts"),
        ("last(payments, value=amount, default=0)", "money"),
        ("max(payments, amount, default=tries)", "money"),
        ("count(sort_by(accounts, balance))", "integer"),
    ],
)
def test_a_call_has_the_type_of_its_function(source: str, kind: str) -> None:
    assert tree(source)["type"] == kind


@pytest.mark.parametrize(
    ("source", "mistake"),
    [
        ("len(5)", "argument"),
        ("len()", "argument_count"),
        ("foo(5)", "unknown_function"),
        ("uper(field.note)", "unknown_function_close"),
        ("count()", "table_first"),
        ("count(limit)", "unknown_table"),
        ("count(acounts)", "unknown_table_close"),
        ("count(5)", "not_a_table"),
        ("count(accounts, balance)", "not_a_condition"),
        ("count(accounts, balance > 5, 3)", "too_many_arguments"),
        ('count(accounts, number="5")', "unknown_option"),
        ("count(accounts, default=5)", "unknown_option"),
        ("sum(accounts)", "no_value"),
        ("sum(accounts, number)", "aggregate_value"),
        ("all(accounts)", "no_condition"),
        ("min(accounts, balance, default=true)", "default_kind"),
        ("max(customers, tries, default=limit)", "default_kind"),
        ("divide(limit, 2, 0)", "needless_default"),
        ("chance(2)", "chance_range"),
        ("round(limit, tries)", "round_places"),
        ("sort_by(accounts, owner)", "sort_key"),
        ("added(cart)", "not_durable"),
        ("any(accounts as row, true)", "alias_taken"),
        ("any(accounts as a, any(payments as a, true))", "alias_taken"),
        ("count(*accounts)", "not_allowed"),
        ("count(accounts, **accounts)", "unknown_option"),
        ('"a".upper()', "not_allowed"),
        ("any(accounts, any(accounts as b, any(cart, any(customers, true))))", "too_nested"),
    ],
)
def test_a_call_with_a_mistake_says_which(source: str, mistake: str) -> None:
    assert mistakes(source) == [mistake]


@pytest.mark.parametrize(
    ("source", "warning"),
    [
        ("min(accounts, balance)", "no_default"),
        ("avg(accounts, balance, balance > 5)", "no_default"),
        ("first(accounts).balance", "may_be_missing"),
        ("limit / tries", "may_be_zero"),
    ],
)
def test_what_may_have_no_value_is_a_warning_that_leaves_the_tree(source: str, warning: str) -> None:
    found = parse(source, SCOPE)
    assert [(error.message_id, error.severity) for error in found.errors] == [(f"formulas.error.{warning}", "warning")]
    assert found.tree is not None


@pytest.mark.parametrize(
    "source", ["min(accounts, balance, default=0)", "first(accounts, default=empty).balance", "divide(limit, tries, 0)"]
)
def test_a_default_takes_the_warning_away(source: str) -> None:
    assert mistakes(source) == []


def test_every_function_can_be_called() -> None:
    called = {
        *("len", "lower", "upper", "trim", "contains", "starts_with", "ends_with", "year", "month", "day", "weekday"),
        *("month_start", "days", "text", "number", "count", "sum", "avg", "min", "max", "first", "last", "any", "all"),
        *(
            "divide",
            "quotient",
            "remainder",
            "added",
            "changed",
            "removed",
            "sort_by",
            "round",
            "abs",
            "today",
            "chance",
        ),
    }
    assert set(NAMES) == called


@pytest.mark.parametrize(
    ("source", "better"),
    [
        ("min(accounts, balance)", "min(accounts, balance, default=empty)"),
        ("max(accounts as a, a.balance)", "max(accounts as a, a.balance, default=empty)"),
        ("avg(accounts, balance, balance > 5) + 1", "avg(accounts, balance, balance > 5, default=empty) + 1"),
        ("(last(accounts, balance > 3)).balance", "last(accounts, balance > 3, value=balance, default=empty)"),
        (
            "first(sort_by(accounts, balance)).balance",
            "first(sort_by(accounts, balance), value=balance, default=empty)",
        ),
        ("'é' + text(limit / tries)", "'é' + text(divide(limit, tries, empty))"),
        ("tries // (tries + 1)", "quotient(tries, tries + 1, empty)"),
        ("tries % tries", "remainder(tries, tries, empty)"),
    ],
)
def test_what_may_have_no_value_can_be_written_so_that_it_is_said(source: str, better: str) -> None:
    [mistake] = parse(source, SCOPE).errors
    assert mistake.better is not None
    start, end, words = mistake.moved(2).moved(-2).better or mistake.better
    assert f"{source[:start]}{words}{source[end:]}" == better
    found = parse(better, SCOPE)
    assert (found.errors, found.tree and found.tree["type"]) == ((), tree(source)["type"])


def test_nothing_better_is_known_of_a_row_with_a_name() -> None:
    assert [one.better for one in parse("first(accounts as a, a.balance > 2).balance", SCOPE).errors] == [None]
