"""Stored values as a person types and reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.inspector.stored import UnfitError, parsed, shown
from flow_models.document import storage
from flow_models.document.base import Literal_, ValueType
from flow_models.document.values import fault_of

BANK = storage.load(resources.path("examples", "north_bank.flow.json"))
TOPIC = BANK.tables_by_id["t_topics"].rows[0]


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "read"),
    [
        (ValueType(kind="text"), " as it is ", " as it is ", " as it is "),
        (ValueType(kind="integer"), "1,250", 1250, "1250"),
        (ValueType(kind="money"), "$1,250.5", "1250.50", "1250.50"),
        (ValueType(kind="decimal", places=3), "0.5", "0.500", "0.500"),
        (ValueType(kind="boolean"), "Yes", True, "yes"),
        (ValueType(kind="date"), "2027-03-15", "2027-03-15", "2027-03-15"),
        (ValueType(kind="time"), "9:05", "09:05", "09:05"),
        (ValueType(kind="choice", choices=("Fast", "Slow")), "slow", "Slow", "Slow"),
        (ValueType(kind="integer"), "  ", None, ""),
    ],
)
def test_what_is_typed_is_stored_and_read_back(kind: ValueType, typed: str, stored: Literal_, read: str) -> None:
    assert parsed(BANK, typed, kind) == stored
    assert shown(BANK, stored, kind) == read


def test_a_row_is_typed_by_its_title_and_stored_by_its_id() -> None:
    kind = ValueType.model_validate({"kind": "row", "table": "t_topics"})
    title = shown(BANK, TOPIC.id, kind)
    assert parsed(BANK, title.upper(), kind) == TOPIC.id


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (ValueType(kind="integer"), "1.5"),
        (ValueType(kind="integer"), "NaN"),
        (ValueType(kind="money"), "1.005"),
        (ValueType(kind="boolean"), "perhaps"),
        (ValueType(kind="date"), "15.3.2027"),
        (ValueType(kind="time"), "25:00"),
        (ValueType(kind="choice", choices=("Fast",)), "Slow"),
        (ValueType(kind="row"), "nobody"),
    ],
)
def test_what_is_no_value_is_refused_in_words(kind: ValueType, typed: str) -> None:
    with pytest.raises(UnfitError, match=r"\.$"):
        parsed(BANK, typed, kind)


KINDS = ("text", "integer", "decimal", "money", "boolean", "date", "time", "choice", "row")
TYPED = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"\d{3,5}-\d\d-\d\d|\d\d?:\d\d|-?\d{1,17}(\.\d{1,14})?"),
    st.sampled_from(["2027-02-30", "0000-01-01", "٢٠٢٧-01-01", "1٣:4٥", "x" * 10_001, "a\0b", "a\ud800b", "1e14"]),  # noqa: RUF001  # digits of other scripts
)


@given(st.sampled_from(KINDS), TYPED)
def test_what_is_stored_is_a_value_of_its_type_else_words_say_why(kind: str, typed: str) -> None:
    wanted = ValueType(kind=kind, choices=("Fast", "1") if kind == "choice" else ())
    try:
        stored = parsed(BANK, typed, wanted)
    except UnfitError as error:
        stored = None
        assert str(error).endswith(".")  # noqa: PT017  # a value or words
    assert fault_of(BANK, wanted, stored) == ""
