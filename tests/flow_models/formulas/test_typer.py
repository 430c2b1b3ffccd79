"""Names are resolved, operators meet only types that go together, and mistakes are told in words."""

import dataclasses

import pytest

import resources
from flow_models.formulas import Node, Scope, parse
from tests.flow_models.formulas.bank import SCOPE


def mistakes(source: str, scope: Scope = SCOPE) -> list[tuple[str, str]]:
    found = parse(source, scope).errors
    return [(error.message_id.removeprefix("formulas.error."), source[error.start : error.end]) for error in found]


def sentence(source: str) -> str:
    (error,) = parse(source, SCOPE).errors
    return resources.text(error.message_id, **dict(error.args))


def tree(source: str, scope: Scope = SCOPE) -> Node:
    found = parse(source, scope)
    assert found.tree is not None, found.errors
    return found.tree


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("field.amount - record.balance", "money"),
        ("limit * 1.5", "money"),
        ("2 * limit", "money"),
        ("limit / 2", "money"),
        ("limit / record.balance", "decimal"),
        ("limit + 5", "money"),
        ("limit + tries", "money"),
        ("record.rate - limit", "money"),
        ("limit - 2 * 3", "money"),
        ("field.day - record.opened", "integer"),
        ("field.day + 3", "date"),
        ("tries / 2", "decimal"),
        ("tries // 2", "integer"),
        ("tries + record.rate", "decimal"),
        ("field.note + record.number", "text"),
        ("record.owner", "row:customers"),
        ("task.account.owner.name", "text"),
        ("1 if is_open else 2.5", "decimal"),
        ("limit if is_open else 5", "money"),
        ("limit if is_open else empty", "money"),
        ("tries if is_open else limit", "money"),
        ("limit == tries", "boolean"),
        ("0 < tries <= limit", "boolean"),
        ("record.rate < limit", "boolean"),
        ("limit in [tries, record.rate]", "boolean"),
        ("today()", "date"),
        ("clock.step", "integer"),
        ("0 < tries < 5", "boolean"),
        ("text", "text"),
        ("empty", "none"),
    ],
)
def test_a_formula_has_the_type_that_its_parts_give(source: str, kind: str) -> None:
    assert tree(source)["type"] == kind


@pytest.mark.parametrize(
    ("source", "mistake", "at"),
    [
        ('field.amount == "x"', "comparison", 'field.amount == "x"'),
        ("limit == field.note", "comparison", "limit == field.note"),
        ("field.day == tries", "comparison", "field.day == tries"),
        ("is_open == tries", "comparison", "is_open == tries"),
        ("row == record", "comparison", "row == record"),
        ("field.note < record.number", "no_order", "field.note < record.number"),
        ("limit < empty", "no_order", "limit < empty"),
        ("limit + field.note", "arithmetic", "limit + field.note"),
        ("tries / limit", "arithmetic", "tries / limit"),
        ("limit // tries", "arithmetic", "limit // tries"),
        ("limit * limit", "arithmetic", "limit * limit"),
        ("record.number + 5", "arithmetic", "record.number + 5"),
        ("tries // 2.5", "arithmetic", "tries // 2.5"),
        ("-user", "not_a_number", "user"),
        ("not tries", "not_a_condition", "tries"),
        ("is_open and field.note", "not_a_condition", "field.note"),
        ("1 if is_open else field.note", "branches", "1 if is_open else field.note"),
        ("limit == 1.255", "money_places", "1.255"),
        ('field.day == "2027-02-30"', "date_form", '"2027-02-30"'),
        ('at < "24:00"', "time_form", '"24:00"'),
        ('record.kind == "saving"', "unknown_choice_close", '"saving"'),
        ('field.kind in ["current", "gold"]', "unknown_choice", '"gold"'),
        ("tries ** 2", "power", "tries ** 2"),
        ("tries / 0", "by_zero", "0"),
        ("accounts", "not_a_value", "accounts"),
        ("field", "namespace_alone", "field"),
        ("tries is 5", "use_equals", "tries is 5"),
        ("tries in accounts", "not_a_list", "accounts"),
        ("limit.places", "no_columns", "limit.places"),
        ("tries[0]", "not_allowed", "tries[0]"),
        ("record.__class__", "unknown_column", "record.__class__"),
        ("1000000000000000000", "number_form", "1000000000000000000"),
        ("before.cart", "not_durable", "before.cart"),
    ],
)
def test_a_mistake_is_found_where_it_is(source: str, mistake: str, at: str) -> None:
    assert mistakes(source) == [(mistake, at)]


def test_mistakes_are_plain_sentences() -> None:
    assert sentence('field.amount == "x"') == 'field.amount is money, but it is compared with "x", which is text.'
    assert sentence("field.amout") == "This page has no field amout. Did you mean amount?"
    assert sentence("recrd == empty") == "Nothing here is called recrd. Did you mean record?"
    assert sentence("amuont > 5") == "Nothing here is called amuont. Did you mean amount?"


def test_one_mistake_does_not_hide_another_and_is_told_once() -> None:
    assert mistakes("(fild.amount + 1) * 2 > limt") == [
        ("unknown_name_close", "fild"),
        ("unknown_name_close", "limt"),
    ]


def test_a_literal_takes_the_type_of_what_it_stands_beside() -> None:
    assert tree("field.amount > 100")["right"] == {"op": "value", "type": "money", "value": "100.00"}
    assert tree('"2027-03-15" <= day')["left"] == {"op": "value", "type": "date", "value": "2027-03-15"}
    assert tree('record.kind in ["savings"]')["right"]["items"][0]["type"] == "choice"


def test_a_minus_sign_belongs_to_the_number() -> None:
    assert tree("limit > -5")["right"] == {"op": "value", "type": "money", "value": "-5.00"}
    assert tree("--5") == {"op": "value", "type": "integer", "value": 5}


def test_bare_names_are_columns_before_variables() -> None:
    assert tree("amount") == {
        "op": "column",
        "type": "money",
        "of": {"op": "bound", "type": "row:payments", "name": "row"},
        "name": "amount",
    }
    assert tree("limit")["op"] == "variable"


def test_what_a_place_does_not_allow_is_refused() -> None:
    plain = dataclasses.replace(SCOPE, allow=frozenset(), row=None, record=None)
    assert mistakes("count(before.accounts)", plain) == [("before_here", "before.accounts")]
    assert mistakes("any(added(accounts))", plain) == [("before_here", "added(accounts)")]
    assert mistakes('answer == "5"', plain) == [("answer_here", "answer")]
    assert mistakes("chance(0.5)", plain) == [("chance_here", "chance(0.5)")]
    assert mistakes("record == empty", plain) == [("no_record", "record")]
    assert mistakes("row == empty", plain) == [("no_row", "row")]
    assert mistakes("used == empty", plain) == [("no_used", "used")]


def test_deep_nesting_is_a_mistake_and_not_a_crash() -> None:
    assert mistakes("not " * 60 + "is_open")[0][0] == "too_deep"
    assert mistakes("1" + "+1" * 60)[0][0] == "too_deep"
    assert mistakes("-" * 400 + "1")[0][0] == "too_deep"


def test_chains_do_not_stand_inside_chains_where_they_would_double_the_tree() -> None:
    assert mistakes("0 < (1 if 0 < tries < 2 else 2) < 2") == [("chain_in_chain", "0 < tries < 2")]
    assert mistakes("0 < tries < 2 and 0 < field.n < 2") == []
