"""What cannot be a formula is refused before Python's parser sees it, with a place."""

import pytest

from flow_models.formulas.reading import Error, Hole, holes, read, tokens
from flow_models.runtime.machine.base import limits


@pytest.mark.parametrize(
    ("source", "mistake", "at"),
    [
        ("amount = 5", "single_equals", "="),
        ("(amount", "unclosed_bracket", "("),
        ("amount)", "extra_bracket", ")"),
        ('name == "x', "unclosed_text", '"'),
        ("a; b", "unexpected_character", ";"),
        ("a # b", "unexpected_character", "#"),
        ("(x := 5)", "unexpected_character", ":"),
        ("{1}", "unexpected_character", "{"),
        ('f"{a}"', "unexpected_character", '"'),
        ('"""a"""', "unexpected_character", '"'),
        ("0x10", "unexpected_character", "x"),
        ('"\\x41"', "bad_escape", "\\x"),
        ('"a\x00"', "unexpected_character", "\x00"),
        ("caf\u00e9", "unexpected_character", "\u00e9"),
        ("a b", "syntax", "a"),
        ("a +", "syntax", "+"),
        ("(" * 41 + "a" + ")" * 41, "too_deep", "("),
    ],
)
def test_a_mistake_of_form_has_a_name_and_a_place(source: str, mistake: str, at: str) -> None:
    error = read(source).error
    assert error is not None
    assert error.message_id == f"formulas.error.{mistake}"
    assert source[error.start : error.end] == at or mistake == "syntax"


def test_a_formula_has_at_most_500_characters() -> None:
    assert read("1" + " " * (limits.FORMULA - 1)).error is None
    error = read("1" + " " * limits.FORMULA).error
    assert error is not None
    assert error.message_id == "formulas.error.too_long"


def test_an_alias_keeps_every_position() -> None:
    source = "any(seats  as s, s.flight == row)"
    found = read(source)
    assert found.expression is not None
    assert found.aliases == {source.index("s,")}
    assert found.text(found.expression) == source


def test_the_word_as_means_nothing_without_a_name() -> None:
    error = read("any(seats as)").error
    assert error is not None
    assert error.message_id == "formulas.error.syntax"


def test_positions_count_characters_behind_long_letters() -> None:
    source = '  "\u00e9\U0001f600" + nam'
    found = read(source)
    assert found.expression is not None
    assert found.span(found.expression) == (2, len(source))


def test_lines_and_blanks_around_a_formula_do_not_count() -> None:
    found = read("\n  field.amount\n  > 5 ")
    assert found.error is None
    assert found.expression is not None
    assert found.span(found.expression) == (3, 21)


def test_tokens_keep_words_numbers_texts_and_signs_apart() -> None:
    found = tokens('a.b <= 1.50 // "x y"')
    assert not isinstance(found, Error)
    assert [token.text for token in found] == ["a", ".", "b", "<=", "1.50", "//", '"x y"']


def test_a_template_is_split_into_texts_and_holes() -> None:
    parts, errors = holes("Hi {user.name}, {{x}} {first(a, b == '}')}")
    assert errors == ()
    assert parts == ("Hi ", Hole("user.name", 4), ", {x} ", Hole("first(a, b == '}')", 23))


@pytest.mark.parametrize(
    ("text", "mistake"), [("a {b", "unclosed_brace"), ("a } b", "extra_brace"), ("{a{b}", "unclosed_brace")]
)
def test_a_brace_without_its_partner_is_a_mistake(text: str, mistake: str) -> None:
    _, errors = holes(text)
    assert [error.message_id for error in errors] == [f"formulas.error.{mistake}"]
