"""Scopes are values: equal content, equal scope, equal hash."""

from flow_models.formulas import Scope, TableInfo
from flow_models.formulas.scope import Names


def _scope(balance: str) -> Scope:
    return Scope(fields={"amount": "money"}, tables={"accounts": TableInfo({"balance": balance})})


def test_equal_scopes_are_one_key() -> None:
    assert _scope("money") == _scope("money")
    assert len({_scope("money"), _scope("money"), _scope("integer")}) == 2


def test_names_keep_their_order_and_compare_by_content() -> None:
    assert list(Names({"b": "text", "a": "text"})) == ["b", "a"]
    assert Names({"b": "text"}) != Names({"b": "money"})
    assert Names({"b": "text"}) != {"b": "text"}
