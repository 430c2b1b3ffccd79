"""Renaming changes every use of one thing and nothing else that was typed."""

import pytest

from flow_models.formulas import parse, references, renamed
from flow_models.formulas.typer import Space
from tests.flow_models.formulas.bank import SCOPE


@pytest.mark.parametrize(
    ("space", "old", "table", "source", "changed"),
    [
        ("field", "amount", None, "field.amount  >amount", "field.total  >amount"),
        ("task", "amount", None, "task.amount > field.amount", "task.total > field.amount"),
        ("column", "amount", "payments", "amount + row.amount > field.amount", "total + row.total > field.amount"),
        ("column", "amount", "payments", "sum(payments as p, p.amount)", "sum(payments as p, p.total)"),
        ("column", "balance", "accounts", "account.balance > max(accounts, balance, default=0)",
         "account.total > max(accounts, total, default=0)"),
        ("column", "balance", "customers", "record.balance > 5", "record.balance > 5"),
        ("column", "name", "customers", "task.account.owner.name == 'name'", "task.account.owner.total == 'name'"),
        ("variable", "user", None, "any(accounts, owner == user)", "any(accounts, owner == total)"),
        ("variable", "tries", None, "any(customers, tries > user.tries)", "any(customers, tries > user.tries)"),
        ("table", "accounts", None, "any(before.accounts) or any( accounts )", "any(before.total) or any( total )"),
        ("table", "accounts", None, "any(added(accounts))", "any(added(total))"),
    ],
)  # fmt: skip
def test_only_what_means_the_renamed_thing_changes(
    space: Space, old: str, table: str | None, source: str, changed: str
) -> None:
    assert renamed(source, SCOPE, space, old, "total", table=table) == changed


def test_names_are_found_beside_mistakes() -> None:
    assert renamed("field.amount + nothing", SCOPE, "field", "amount", "total") == "field.total + nothing"


def test_texts_with_formulas_are_renamed_inside_their_braces() -> None:
    text = "amount {{amount}} {field.amount} {amount}"
    renaming = renamed(text, SCOPE, "column", "amount", "total", table="payments", template=True)
    assert renaming == "amount {{amount}} {field.amount} {total}"


def test_references_say_what_each_name_is_and_where() -> None:
    source = "any(accounts, owner == user and balance > field.amount)"
    found = [(use.space, source[use.start : use.end], use.table) for use in references(source, SCOPE)]
    assert found == [
        ("table", "accounts", None),
        ("column", "owner", "accounts"),
        ("variable", "user", None),
        ("column", "balance", "accounts"),
        ("field", "amount", None),
    ]


def test_a_source_that_cannot_be_read_stays_as_it_is() -> None:
    assert parse("field.amount (", SCOPE).tree is None
    assert renamed("field.amount (", SCOPE, "field", "amount", "total") == "field.amount ("
