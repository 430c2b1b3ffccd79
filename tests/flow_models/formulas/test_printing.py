"""A tree is printed in one spelling that reads as the same tree again."""

import dataclasses

import pytest
from hypothesis import given

from flow_models.formulas import TableInfo, parse, parse_template, template_to_source, to_source
from tests.flow_models.formulas.bank import SCOPE, SOURCES


@given(SOURCES)
def test_what_is_printed_reads_as_the_same_tree(source: str) -> None:
    found = parse(source, SCOPE)
    if found.tree is not None:
        assert parse(to_source(found.tree), SCOPE).tree == found.tree


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("(is_open)", "is_open"),
        ("not (is_open and True)", "not (is_open and true)"),
        ("row.amount>100", "amount > 100.00"),
        ("(tries+1)*2-(3-1)", "(tries + 1) * 2 - (3 - 1)"),
        ("0 < tries < 5", "0 < tries and tries < 5"),
        ("clock.date", "today()"),
        ("any( payments  as p , p.account==record )", "any(payments as p, p.account == record)"),
        ("count(cart, row == empty)", "count(cart, row == empty)"),
        ("count(accounts, number == row.text)", "count(accounts, number == row.text)"),
        (
            "first(accounts,value=balance,where=balance>5,default=0)",
            "first(accounts, balance > 5.00, value=balance, default=0.00)",
        ),
        ("(1 if is_open else 2) if tries == 3 else 4", "(1 if is_open else 2) if tries == 3 else 4"),
        ("field.note == 'it is \"so\"'", r'field.note == "it is \"so\""'),
        ("None", "empty"),
    ],
)
def test_the_canonical_spelling(source: str, printed: str) -> None:
    tree = parse(source, SCOPE).tree
    assert tree is not None
    assert to_source(tree) == printed


def test_a_column_named_like_a_word_of_the_language_is_printed_with_its_row() -> None:
    scope = dataclasses.replace(SCOPE, tables={"odd": TableInfo({"answer": "text"})}, row="odd", record=None)
    tree = parse("row.answer", scope).tree
    assert tree is not None
    assert to_source(tree) == "row.answer"


def test_a_template_is_printed_with_its_braces() -> None:
    text = "{{a}} {user.name}: {limit}"
    parts = parse_template(text, SCOPE).parts
    assert parts is not None
    assert template_to_source(parts) == text
