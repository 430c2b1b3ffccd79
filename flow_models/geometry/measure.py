"""Estimated widths of text in every script, and shortening and wrapping by them.

The canvas and the SVG use whatever sans-serif font the machine has, so widths are estimates on the wide side; the
canvas narrows what is wider all the same. A text is measured, cut and wrapped by what a reader takes for one letter: a
letter with its accents, a flag, or several emoji joined into one. Ranges of scripts are those of the Unicode Standard;
which letters are as wide as they are high is its annex 11 (East Asian Width).
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

_UNITS = (
    dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 0.56)
    | dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 0.66)
    | dict.fromkeys("iljtfrI.,:;'|!()[] \u00a0\u2039\u203a\u00ab\u00bb\u2019", 0.34)
    | dict.fromkeys("mwMW@%\u2014\u2026", 0.9)
    | dict.fromkeys("\u0416\u041c\u0424\u0428\u0429\u042e\u0436\u043c\u0444\u0448\u0449\u044b\u044e", 0.95)
)
_OTHER = 0.62
_CAPITAL = 0.72
_SIGN = 0.95
_WIDE = 1.0
_EMOJI = 1.3
_BEYOND = 0.8
"""Letters of scripts that are neither Latin, Greek, Cyrillic, Hebrew nor Arabic."""
_NARROW = (range(0x530), range(0x590, 0x900))
"""The Latin, Greek and Cyrillic letters, and the Hebrew and Arabic ones."""

_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
_FLAGS = range(0x1F1E6, 0x1F200)
_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0000, 0xE0080)
_PICTURES = range(0x1F000, 0x20000)
_NOT_FIRST = frozenset("\u3001\u3002\uff0c\uff0e\uff01\uff1f\uff1a\uff1b\uff09\u300d\u300f\u3011\u300b\u30fc")
"""Wide signs and the sign for a long vowel, with which no line begins."""
_NOT_LAST = frozenset("\uff08\u300c\u300e\u3010\u300a")
ELLIPSIS = "…"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a text is at a font size in scene units."""
    units = sum(map(_units_of, text)) if text.isascii() else sum(map(_cluster_units, letters(text)))
    return units * size * (1.08 if bold else 1.0)


def letters(text: str) -> Iterator[str]:
    """Yield what a reader takes for one letter each: what is joined to a letter comes with it."""
    held = ""
    for before, letter in pairwise(f"\0{text}"):
        if held and not _goes_on(held, before, letter):
            yield held
            held = ""
        held += letter
    if held:
        yield held


def is_right_to_left(text: str) -> bool:
    """Say whether a text is written from right to left, as its first letter with a direction says."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((found in ("R", "AL") for found in directions if found in ("L", "R", "AL")), False)


@lru_cache(maxsize=4096)
def shortened(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return a text cut to a width, with an ellipsis where something was left out."""
    if text_width(text, size, bold=bold) <= width:
        return text
    room = width - text_width(ELLIPSIS, size, bold=bold)
    kept = ""
    for letter in letters(text):
        room -= text_width(letter, size, bold=bold)
        if room < 0:
            break
        kept += letter
    return kept.rstrip() + ELLIPSIS


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float, size: float, *, lines: int) -> tuple[str, ...]:
    """Return a text broken at spaces (no-break ones left out) into at most so many lines, the last one shortened.

    Scripts that are written without spaces break between any two letters as wide as high.
    """
    pieces = list(_pieces(text))
    broken: list[str] = []
    while pieces and len(broken) < lines - 1:
        line = pieces.pop(0)
        while pieces and text_width((line + pieces[0]).rstrip(" "), size) <= width:
            line += pieces.pop(0)
        broken.append(shortened(line.rstrip(" "), width, size))
    if pieces:
        broken.append(shortened("".join(pieces).rstrip(" "), width, size))
    return tuple(broken)


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts between which a line may break, each with the space behind it."""
    held = ""
    for letter in letters(" ".join(word for word in text.split(" ") if word)):
        if held and (held.endswith(" ") or _may_break(held[-1], letter)):
            yield held
            held = ""
        held += letter
    if held:
        yield held


def _may_break(before: str, letter: str) -> bool:
    """Say whether a line may end between two letters that no space parts."""
    first = letter[0]
    if first in _NOT_FIRST or before in _NOT_LAST:
        return False
    return _is_wide(first) or (_is_wide(before) and first.isalnum())


def _goes_on(held: str, before: str, letter: str) -> bool:
    """Say whether a letter belongs to those held: a mark on them, something joined, or the second half of a flag."""
    code = ord(letter)
    if before == _JOINER or code in _TONES or code in _TAGS:
        return True
    if code in _FLAGS and len(held) == 1:
        return ord(held) in _FLAGS
    return unicodedata.category(letter) in ("Mn", "Me", "Mc", "Cf")


@lru_cache(maxsize=4096)
def _cluster_units(letter: str) -> float:
    """Return the width of one letter with all that is joined to it, in font sizes."""
    if _AS_EMOJI in letter or ord(letter[0]) in _PICTURES:
        return _EMOJI
    return sum(map(_units_of, letter))


@lru_cache(maxsize=4096)
def _units_of(letter: str) -> float:
    """Return the width of one character in font sizes."""
    if letter in _UNITS:
        return _UNITS[letter]
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if _is_wide(letter):
        return _WIDE
    plain = unicodedata.normalize("NFD", letter)[0]
    return _UNITS[plain] if plain in _UNITS else _units_of_others(plain)


def _units_of_others(letter: str) -> float:
    """Return the width of a character that is in no table and not as wide as high."""
    if unicodedata.category(letter) in ("Sm", "So"):
        return _SIGN
    if not letter.isalpha() and unicodedata.category(letter) != "Mc":
        return _OTHER
    if letter.isupper():
        return _CAPITAL
    is_narrow = any(ord(letter) in script for script in _NARROW) or unicodedata.east_asian_width(letter) == "H"
    return _OTHER if is_narrow else _BEYOND


def _is_wide(letter: str) -> bool:
    """Say whether a letter is as wide as high, as those of Chinese, Japanese and Korean."""
    return unicodedata.east_asian_width(letter) in ("W", "F")
