"""The entrance takes any text, knows what the place wants, and never raises."""

from hypothesis import given
from hypothesis import strategies as st

import resources
from flow_models.formulas import parse, parse_template
from tests.flow_models.formulas.bank import HOSTILE, SCOPE

KINDS = st.sampled_from(
    [None, "boolean", "text", "integer", "decimal", "money", "date", "time", "choice", "scalar", "row:accounts"]
)


@given(HOSTILE, KINDS)
def test_no_source_raises_and_every_mistake_has_words_and_a_place(source: str, expected: str | None) -> None:
    for found in (parse(source, SCOPE, expected), parse_template(source, SCOPE)):
        for error in found.errors:
            assert resources.text(error.message_id, **dict(error.args))
            assert 0 <= error.start <= error.end <= len(source)
        if any(error.severity == "error" for error in found.errors):
            assert found.tree is None


def _first(source: str, expected: str, choices: tuple[str, ...] = ()) -> str:
    found = parse(source, SCOPE, expected, choices)
    return found.errors[0].message_id.rpartition(".")[2] if found.errors else found.kind or ""


def test_what_stands_at_a_place_must_be_what_the_place_wants() -> None:
    assert _first("field.note", "boolean") == "expected"
    assert _first("limit", "text") == "expected"
    assert _first("row", "scalar") == "not_a_value"
    assert _first("record", "row:accounts") == "row:accounts"
    assert _first("empty", "row:accounts") == "none"


def test_literals_take_the_type_that_the_place_wants() -> None:
    assert _first("5", "money") == "money"
    assert _first("5", "decimal") == "decimal"
    assert _first('"2027-03-15"', "date") == "date"
    assert _first('"gold"', "choice", ("gold", "blue")) == "choice"
    assert _first('"god"', "choice", ("gold", "blue")) == "unknown_choice_close"
    assert _first('"gold" if is_open else "blue"', "choice", ("gold", "blue")) == "choice"


def test_blank_source_is_neither_a_tree_nor_a_mistake() -> None:
    assert parse("  ", SCOPE, "boolean") == parse("", SCOPE)
    assert parse("", SCOPE).errors == ()


def test_a_template_gives_texts_and_trees_in_turn() -> None:
    found = parse_template("Hi {user.name}, {{x}}", SCOPE)
    assert found.parts is not None
    assert [part if isinstance(part, str) else part["op"] for part in found.parts] == ["Hi ", "column", ", {x}"]


def test_mistakes_in_a_template_are_placed_in_the_whole_text() -> None:
    text = "Dear {user.nme}, {} and {record}"
    found = parse_template(text, SCOPE)
    assert [text[error.start : error.end] for error in found.errors] == ["user.nme", "{}", "record"]


def test_warnings_leave_a_template_usable() -> None:
    assert parse_template("{limit / tries}", SCOPE).parts is not None
