"""What keys do to one line of text; tests/parity/test_keys.py compares with Chromium."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_models.runtime.site.editing import Line, refused, struck
from flow_models.runtime.site.strokes import stroke_of
from tests.parity.keys import KEYS


@pytest.mark.parametrize(
    ("line", "keys", "after"),
    [
        (Line("hello big world", 6, 9), "x", ("hello x world", 7, 7)),
        (Line("hello big world", 6, 9), "ArrowLeft", ("hello big world", 6, 6)),
        (Line("hello big world", 6, 9), "ArrowRight", ("hello big world", 9, 9)),
        (Line("hello big world", 6, 9), "Shift+Home", ("hello big world", 6, 0)),
        (Line("hello big world", 6, 9), "Control+Backspace", ("hello  world", 6, 6)),
        (Line("hello big world", 6, 9), "Control+x", ("hello  world", 6, 6)),
        (Line("hello big", 4, 4), "Control+a Shift+ArrowLeft", ("hello big", 0, 8)),
        (Line("O'Neill x"), "Control+ArrowRight", ("O'Neill x", 7, 7)),
        (Line("1,250.00 x"), "Control+Delete", (" x", 0, 0)),
        (Line("a.b", 3, 3), "Control+ArrowLeft Control+ArrowLeft", ("a.b", 1, 1)),
        (Line("c++ x"), "Control+ArrowRight Control+ArrowRight", ("c++ x", 3, 3)),
        (Line("abc def", 7, 7, "password"), "Control+Backspace", ("", 0, 0)),
        (Line("abc def", 0, 7, "password"), "Control+x", ("abc def", 0, 7)),
        (Line("find me", 2, 2, "search"), "Escape", ("", 0, 0)),
        (Line("keep me", 2, 2), "Escape", ("keep me", 2, 2)),
        (Line("abc", 2, 2), "Control+Shift+Backspace", ("c", 0, 0)),
        (Line("日本", 2, 2), "x Home", ("日本x", 0, 0)),
    ],
)
def test_keys_change_a_line_as_in_chromium(line: Line, keys: str, after: tuple[str, int, int]) -> None:
    for key in keys.split():
        line = struck(line, stroke_of(key))
    assert line[:3] == after


@pytest.mark.parametrize("text", ["e\u0301", "\U0001f468\u200d\U0001f469", "日本", "שלום", "नमस्ते", "a\xadb"])
@pytest.mark.parametrize("key", ["ArrowLeft", "Backspace", "Delete", "Control+ArrowRight"])
def test_the_caret_does_not_move_where_fonts_and_dictionaries_decide(text: str, key: str) -> None:
    found = refused(Line(text), stroke_of(key), listens=False)
    assert found is not None
    assert found.code == "writing"


@given(st.text(max_size=12), st.lists(st.sampled_from(KEYS), max_size=12), st.sampled_from(["", "search", "password"]))
def test_a_selection_is_always_inside_its_text(text: str, keys: list[str], purpose: str) -> None:
    line = Line(text, purpose=purpose)
    for key in keys:
        if key not in ("Tab", "Shift+Tab") and refused(line, stroke_of(key), listens=False) is None:
            line = struck(line, stroke_of(key))
        assert 0 <= line.start <= line.end <= len(line.text)
