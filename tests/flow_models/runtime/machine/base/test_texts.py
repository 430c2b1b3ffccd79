"""What boxes hold of a text, and what sites take of it."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_models.runtime.machine.base import texts
from flow_models.runtime.machine.base.texts import composed, is_writable, taken, typed, writable

ANY = st.text(st.characters(), max_size=12) | st.text(
    st.sampled_from(
        [
            *"aé\u0301\u0627\u0645\u200b\u200c\u200d\ufe0f\u180b\u00a0 \n\t\r\0\u202e\u2028\ufff9😀☎中\u3099\u094d",
            "\ud83d",
            "\ude00",
        ]
    ),
    max_size=12,
)
UNSEEN = (
    *"\0\x07\x7f\x9f\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069",
    *"\u3164\ufe0f\ufeff\ufff9\ufffb\ufffc\U000e0061",
)
SPACES = (" ", "\t", "\n", "\v", "\f", "\r", "\x1c", "\x85", "\u00a0", "\u1680", "\u2003", "\u2028", "\u202f", "\u3000")


@pytest.mark.parametrize(
    ("text", "line", "area"),
    [
        ("a\0b", "ab", "ab"),
        ("a\nb\r\nc\rd", "a b c d", "a\nb\nc\nd"),
        ("\ud83d\ude00", "😀", "😀"),
        ("\ud83d", "\ufffd", "\ufffd"),
        ("\ude00\ud83da", "\ufffd\ufffda", "\ufffd\ufffda"),
        ("e\u0301 \u200b ", "e\u0301 \u200b ", "e\u0301 \u200b "),
    ],
)
def test_a_box_holds_all_but_what_none_can_hold(text: str, line: str, area: str) -> None:
    assert typed(text, lines=False) == line
    assert typed(text, lines=True) == area


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("José O\u2019Neill ", "José O\u2019Neill"),
        ("Jose\u0301", "José"),
        ("\u212b\u200d", "Å"),
        ("Ana \u00a0\t Silva", "Ana Silva"),
        ("\u202eAna\u202c", "Ana"),
        (" \u200b\u00a0 ", ""),
        ("Dear Ana, \n\n  thank you.\n", "Dear Ana,\n\nthank you."),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("☎\ufe0f", "☎\ufe0f"),
        ("\u0301", "\u0301"),
        ("\ufff9Ana\ufffb Lee\ufffc", "Ana Lee"),
        ("😀\u200d", "😀"),
        ("☎\ufe0f\u200d x", "☎\ufe0f x"),
        ("中\u200c文", "中文"),
        ("\u0645\u200c x", "\u0645 x"),
        ("\u1100\u200c\u180b", "\u1100"),
        ("\u0645\u200d x", "\u0645\u200d x"),
    ],
)
def test_a_site_takes_what_a_page_shows(text: str, shown: str) -> None:
    assert taken(text) == shown


@given(ANY)
def test_what_is_held_or_taken_stays_so(text: str) -> None:
    for lines in (False, True):
        held = typed(text, lines=lines)
        assert typed(held, lines=lines) == held == writable(held)
        assert taken(taken(held)) == taken(held) == composed(taken(held))
        assert unicodedata.is_normalized("NFC", taken(held))
        assert taken(held) == taken(composed(held)) == taken(unicodedata.normalize("NFD", held))
        assert held.isascii() or held.encode()
    assert "\n" not in taken(typed(text, lines=False))


@given(ANY)
def test_a_page_can_hold_what_it_need_not_change(text: str) -> None:
    assert is_writable(text) == (writable(text) == text)
    assert is_writable(writable(text))


def test_what_nobody_sees_tells_no_two_texts_apart() -> None:
    rng = random.Random(7)
    for _ in range(2000):
        words = rng.sample(["Ana", "José", "O\u2019Neill", "Łódź", "Жук", "Σπύρος", "12.50", "x"], rng.randint(1, 3))
        hidden = "".join(character + rng.choice(UNSEEN) * rng.randint(0, 2) for character in " ".join(words))
        spread = "".join(rng.choice(SPACES) * 2 if one == " " else one for one in hidden)
        written = unicodedata.normalize(rng.choice(["NFC", "NFD"]), rng.choice(SPACES) + spread + rng.choice(SPACES))
        assert taken(typed(written, lines=False)) == " ".join(words), ascii(written)


@pytest.mark.parametrize("space", SPACES)
def test_white_space_is_white_space_to_every_reader(space: str) -> None:
    assert taken(typed(f"a{space}b", lines=False)) == "a b"
    assert taken(typed(space, lines=True)) == ""


def test_a_long_text_that_is_asked_for_again_is_looked_at_once() -> None:
    long = "é \u200b" * 3000
    texts._looked_at.cache_clear()
    assert len({taken(long) for _ in range(2000)}) == 1
    assert texts._looked_at.cache_info().misses == 1
