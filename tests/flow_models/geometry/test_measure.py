"""Estimated widths, shortening and wrapping."""

from hypothesis import given
from hypothesis import strategies as st

from flow_models.geometry.measure import shortened, text_width, wrapped


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
