"""Estimated widths, shortening and wrapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_models.geometry.measure import is_right_to_left, letters, shortened, text_width, wrapped


def test_wider_letters_bold_and_larger_sizes_are_wider() -> None:
    assert text_width("WWW", 10) > text_width("iii", 10)
    assert text_width("Send", 10, bold=True) > text_width("Send", 10)
    assert text_width("Send", 20) == 2 * text_width("Send", 10)


def test_a_text_that_fits_is_not_touched() -> None:
    assert shortened("Send money", 200, 10) == "Send money"


@given(st.text(max_size=60), st.floats(min_value=20, max_value=300))
def test_a_shortened_text_fits(text: str, width: float) -> None:
    assert text_width(shortened(text, width, 10), 10) <= width


def test_lines_break_between_words_and_only_the_last_is_cut() -> None:
    lines = wrapped("only if the amount is at most the balance of the account", 100, 10, lines=2)
    assert len(lines) == 2
    assert lines[0] == "only if the amount is"
    assert lines[1].endswith("…")


def test_a_short_text_takes_one_line_and_none_takes_no_line() -> None:
    assert wrapped("Send", 100, 10, lines=3) == ("Send",)
    assert wrapped("", 100, 10, lines=3) == ()


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("\u56fe\u4e66\u9986\u9884\u8ba2\u7cfb\u7edf\u786e\u8ba4\u4ed8\u6b3e\u9875\u9762", 13.0),
        ("\uff21\uff22\uff11", 3.0),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", 1.3),
        ("\U0001f44d\U0001f3fd", 1.3),
        ("\U0001f1e9\U0001f1ea", 1.3),
        ("\u2764\ufe0f", 1.3),
    ],
    ids=["chinese", "full width", "family", "skin", "flag", "heart"],
)
def test_wide_letters_and_emoji_take_the_room_that_they_are_drawn_in(text: str, units: float) -> None:
    assert text_width(text, 10) == pytest.approx(10 * units)


def test_a_letter_with_its_accents_is_as_wide_as_without() -> None:
    assert text_width("e\u0301\u0323", 10) == text_width("\u00e9", 10) == text_width("e", 10)


def test_no_letter_is_cut_in_two() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    text = f"e\u0301{family}\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7"
    parts = list(letters(text))
    assert parts == ["e\u0301", family, "\U0001f1e9\U0001f1ea", "\U0001f1eb\U0001f1f7"]
    cuts = {shortened(text, width, 10)[:-1] for width in range(10, 45)}
    assert cuts <= {"".join(parts[:count]) for count in range(5)} | {text[:-1]}


@given(st.text(max_size=60), st.integers(min_value=1, max_value=4))
def test_wrapping_loses_nothing_but_spaces_before_the_last_line(text: str, lines: int) -> None:
    broken = wrapped(text, 80, 10, lines=lines)
    assert len(broken) <= lines
    assert all(text_width(line, 10) <= 80 for line in broken)
    whole = wrapped(text, 1e9, 10, lines=lines)
    assert "".join(whole).replace(" ", "") == text.replace(" ", "")


def test_chinese_breaks_between_letters_but_not_before_a_full_stop() -> None:
    lines = wrapped("\u56fe\u4e66\u9986\u9884\u8ba2\u3002\u786e\u8ba4\u4ed8\u6b3e", 55, 10, lines=3)
    assert lines == ("\u56fe\u4e66\u9986\u9884", "\u8ba2\u3002\u786e\u8ba4\u4ed8", "\u6b3e")


@pytest.mark.parametrize(
    ("text", "turned"), [("\u0645\u0643", True), ("1. \u05e1\u05e4", True), ("Send \u0645", False), ("12", False)]
)
def test_the_first_letter_says_in_which_direction_a_text_runs(text: str, turned: bool) -> None:
    assert is_right_to_left(text) == turned
