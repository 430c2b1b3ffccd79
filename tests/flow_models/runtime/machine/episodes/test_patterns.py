"""Texts by a pattern against the same texts made one by one."""

from collections.abc import Iterator
from itertools import islice
from string import ascii_uppercase, digits

from hypothesis import given
from hypothesis import strategies as st

from flow_models.runtime.machine.base.randomness import stream
from flow_models.runtime.machine.episodes.patterns import Pattern


def one_by_one(pattern: str, seed: int) -> Iterator[str]:
    """Yield the texts of a pattern without a shortcut: eight characters of every number."""
    bits = stream(seed, "p:characters", 0)
    while True:
        left, number, text = 0, 0, ""
        for character in pattern:
            alphabet = {"#": digits, "@": ascii_uppercase}.get(character)
            if alphabet is None:
                text += character
                continue
            if not left:
                left, number = 8, next(bits)
                if "@" not in pattern:
                    number = int(f"{number % 10**8:08}"[::-1])
            number, choice = divmod(number, len(alphabet))
            left -= 1
            text += alphabet[choice]
        yield text


@given(st.text(alphabet="#@-{é", max_size=20), st.integers(0, 20), st.integers(0, 5))
def test_texts_are_those_of_their_numbers_however_many_are_made_at_once(pattern: str, count: int, seed: int) -> None:
    expected = list(islice(one_by_one(pattern, seed), 30))
    assert list(islice(Pattern(pattern).texts(count, seed, "p", 0), 30)) == expected


def test_texts_of_a_pattern_differ() -> None:
    assert len(set(islice(Pattern("@#######").texts(9, 1, "p", 0), 40))) == 40
    assert Pattern("@@-##").texts(1, 1, "p", 0).__next__() != Pattern("@@-##").texts(1, 2, "p", 0).__next__()
