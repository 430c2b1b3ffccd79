"""Rows and formulas say the same: what becomes rows comes back as the same tree."""

import pytest
from hypothesis import given

from flow_models.formulas import Node, parse
from flow_models.formulas.sentences import (
    Group,
    OfTable,
    Plain,
    Row,
    Sentence,
    Sum,
    from_sentence,
    from_value,
    to_sentence,
    to_value,
)
from tests.flow_models.formulas.bank import CONDITIONS, SCOPE, SOURCES


def tree(source: str) -> Node:
    found = parse(source, SCOPE)
    assert found.tree is not None, found.errors
    return found.tree


def rows(source: str) -> Sentence:
    sentence = to_sentence(tree(source))
    assert sentence is not None
    return sentence


@given(CONDITIONS)
def test_a_condition_that_rows_show_comes_back_as_the_same_tree(source: str) -> None:
    found = parse(source, SCOPE).tree
    sentence = None if found is None else to_sentence(found)
    if sentence is not None:
        assert parse(from_sentence(sentence), SCOPE).tree == found


@given(SOURCES)
def test_a_value_that_is_one_operand_comes_back_as_the_same_tree(source: str) -> None:
    found = parse(source, SCOPE).tree
    operand = None if found is None else to_value(found)
    if operand is not None:
        assert parse(from_value(operand), SCOPE).tree == found


@pytest.mark.parametrize(
    "source",
    [
        "field.amount <= record.balance",
        "field.amount <= record.balance - limit and not user.locked",
        "is_open or tries < 3 or field.note == empty",
        "is_open and (tries < 3 or not contains(field.note, user.name))",
        "not (is_open and tries < 3)",
        'record.kind in ["current", "savings"]',
        "any(payments, account == record and amount > 5)",
        "not any(accounts, owner == user)",
        "count(payments as p, p.account == record) >= 3",
        "all(accounts, balance > 0 or is_open)",
        "sum(payments, amount, account == record) + 5 > limit or is_open",
        "lower(trim(field.note)) == lower(user.name)",
        "chance(0.5)",
        "first(sort_by(accounts, balance, descending=true), owner == user, default=empty).owner.name == field.note",
        "min(accounts, balance, default=0) < limit",
        "count(payments, amount <= field.n) > 0 and record.rate != limit",
        "divide(limit, tries, 0) > 5",
        'text(limit) == "5" or is_open',
        "month_start(day) == day",
    ],
)
def test_rows_show_what_designers_write(source: str) -> None:
    assert parse(from_sentence(rows(source)), SCOPE).tree == tree(source)


def test_a_guard_becomes_rows_with_typed_sides() -> None:
    sentence = rows("field.amount <= record.balance - limit and not user.locked")
    first, second = sentence.parts
    assert sentence.join == "all"
    assert isinstance(first, Row)
    assert (first.left.kind, first.comparison) == ("money", "<=")
    assert isinstance(first.right, Sum)
    assert second == Row(Plain(tree("user.locked")), "yes", None, is_negated=True)


def test_groups_stand_one_level_deep() -> None:
    sentence = rows("is_open and (tries < 3 or tries == 5)")
    assert isinstance(sentence.parts[1], Group)
    assert sentence.parts[1].join == "any"
    assert to_sentence(tree("is_open and (tries < 3 or (tries == 5 and is_open))")) is None


def test_a_condition_over_a_table_holds_a_sentence_itself() -> None:
    (row,) = rows("count(payments, account == record and amount > 5) == 1").parts
    assert isinstance(row, Row)
    assert isinstance(row.left, OfTable)
    assert row.left.where is not None
    assert len(row.left.where.parts) == 2


@pytest.mark.parametrize("source", ["1 if is_open else 2", "limit + limit * 2", "text(1 + tries)"])
def test_what_is_more_than_one_operand_stays_a_formula(source: str) -> None:
    assert to_value(tree(source)) is None


@pytest.mark.parametrize("source", ["is_open == (tries < 3)", "any(accounts, 1 + tries * 2 > 3)"])
def test_what_rows_cannot_show_stays_a_formula(source: str) -> None:
    assert to_sentence(tree(source)) is None


def test_no_condition_is_a_sentence_without_rows() -> None:
    assert to_sentence(None) == Sentence()
    assert from_sentence(Sentence()) == ""
    assert from_sentence(Sentence("any", (Group("all", ()),))) == ""


def test_a_group_of_one_row_is_that_row() -> None:
    row = Row(Plain(tree("is_open")), "yes")
    assert from_sentence(Sentence("all", (Group("any", (row,)), row))) == "is_open and is_open"
