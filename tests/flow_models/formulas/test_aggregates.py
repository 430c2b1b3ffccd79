"""Aggregates bind the rows that they go through."""

import dataclasses

from flow_models.formulas import Node, parse
from tests.flow_models.formulas.bank import SCOPE


def tree(source: str) -> Node:
    found = parse(source, SCOPE)
    assert found.tree is not None, found.errors
    return found.tree


def mistakes(source: str) -> list[str]:
    return [error.message_id.removeprefix("formulas.error.") for error in parse(source, SCOPE).errors]


def test_nested_aggregates_bind_rows_of_their_own() -> None:
    outer = tree("any(accounts, any(payments, account.number == number))")
    inner = outer["where"]
    assert (outer["bind"], inner["bind"]) == ("row1", "row2")
    assert inner["where"]["right"]["of"]["name"] == "row1"


def test_with_an_alias_columns_are_reached_through_it_alone() -> None:
    aliased = tree("any(accounts as a, a.balance > amount)")["where"]
    assert aliased["left"]["of"] == {"op": "bound", "type": "row:accounts", "name": "a"}
    assert aliased["right"]["of"]["name"] == "row"
    assert mistakes("any(accounts as a, balance > 5)") == ["unknown_name"]


def test_row_is_the_places_own_row_or_else_that_of_the_aggregate() -> None:
    assert tree("any(payments as p, p == row)")["where"]["right"]["name"] == "row"
    without = dataclasses.replace(SCOPE, row=None)
    found = parse("first(accounts, any(payments as p, p.account == row))", without).tree
    assert found is not None
    assert found["where"]["where"]["right"] == {"op": "bound", "type": "row:accounts", "name": "row1"}


def test_columns_of_rows_from_the_start_of_the_episode_are_marked() -> None:
    assert tree("any(before.accounts as a, a.balance > 5)")["where"]["left"]["before"] is True
    assert tree("first(removed(accounts), default=empty).owner.name")["of"]["before"] is True
    assert "before" not in tree("any(accounts as a, a.balance > 5)")["where"]["left"]
