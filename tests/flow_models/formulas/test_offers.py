"""The editor offers what can be written, and nothing that would mean something else."""

import dataclasses

import pytest

from flow_models.formulas import parse
from flow_models.formulas.offers import Inner, comparisons, literal, literal_of, offers
from tests.flow_models.formulas.bank import SCOPE


def test_every_offer_reads_as_the_thing_offered() -> None:
    found = offers(SCOPE)
    assert {offer.origin for offer in found} >= {
        "column",
        "row",
        "record",
        "field",
        "task",
        "variable",
        "clock",
        "answer",
    }
    for offer in found:
        assert parse(offer.source, SCOPE).tree == offer.node


@pytest.mark.parametrize("own", ["payments", None])
@pytest.mark.parametrize(
    "inner", [Inner("row1", "customers"), Inner("a", "accounts"), Inner("a", "accounts", is_before=True)]
)
def test_inside_an_aggregate_too(inner: Inner, own: str | None) -> None:
    scope = dataclasses.replace(SCOPE, row=own)
    rows = f"{'before.' if inner.is_before else ''}{inner.table}{'' if inner.bind == 'row1' else ' as a'}"
    for offer in offers(scope, inner=inner):
        tree = parse(f"count({rows}, {offer.source} == empty)", scope).tree
        assert tree is not None, offer.source
        assert tree["where"]["left"] == offer.node


def test_a_variable_that_a_column_hides_is_not_offered() -> None:
    sources = [offer.source for offer in offers(SCOPE, "integer", Inner("row1", "customers"))]
    assert sources.count("tries") == 1
    assert [offer.origin for offer in offers(SCOPE, "integer", Inner("row1", "customers"))][
        sources.index("tries")
    ] == "column"


def test_offers_fit_what_is_wanted() -> None:
    assert {offer.kind for offer in offers(SCOPE, "money")} <= {"money", "integer", "decimal"}
    assert "field.kind" in [offer.source for offer in offers(SCOPE, "text")]
    assert {offer.kind for offer in offers(SCOPE, "row:customers")} == {"row:customers"}


def test_money_is_offered_to_be_compared_with_a_whole_number_but_not_to_stand_for_one() -> None:
    assert {offer.kind for offer in offers(SCOPE, "integer", is_compared=True)} == {"money", "integer", "decimal"}
    assert {offer.kind for offer in offers(SCOPE, "integer")} == {"integer"}


@pytest.mark.parametrize("wanted", ["integer", "decimal", "money", "text", "choice", "date"])
def test_what_is_offered_to_be_compared_can_be(wanted: str) -> None:
    left = {"integer": "tries", "money": "limit", "text": "field.note", "choice": "field.kind", "date": "field.day"}
    for offer in offers(SCOPE, wanted, is_compared=True):
        assert parse(f"{left.get(wanted, 'record.rate')} == {offer.source}", SCOPE).errors == ()


def test_comparisons_fit_the_left_side() -> None:
    assert comparisons("money") == ("==", "!=", "<", "<=", ">", ">=")
    assert comparisons("boolean")[0] == "yes"
    assert "contains" in comparisons("text")
    assert comparisons("row:accounts") == ("==", "!=")


def test_a_typed_literal_has_its_type_or_is_none() -> None:
    assert literal_of("money", "-12.5") == {"op": "value", "type": "money", "value": "-12.50"}
    assert literal_of("integer", " -3") == {"op": "value", "type": "integer", "value": -3}
    assert literal_of("boolean", "true") == {"op": "value", "type": "boolean", "value": True}
    assert [literal_of(*typed) for typed in (("integer", "1.5"), ("date", "x"), ("row:accounts", "a"))] == [None] * 3


def test_a_literal_to_start_from_is_of_the_type() -> None:
    assert literal("choice", ("gold", "blue"))["value"] == "gold"
    assert literal("row:accounts") == {"op": "value", "type": "none", "value": None}
    for kind in ("text", "integer", "decimal", "money", "boolean", "date", "time"):
        assert literal(kind)["type"] == kind
