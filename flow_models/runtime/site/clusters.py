"""How many characters somebody sees in a text: Chromium masks a password with one dot for each.

These are the extended grapheme clusters of Unicode's annex 29 (rules GB3 to GB13), with what its version 17 has and the
`unicodedata` of an older Python does not know. Compared with Chromium 156: alike for every code point between letters,
and for sequences but those of consonants that are linked across scripts, or in others than the six of Unicode 15.1.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_JOINER: Final = "\u200d"
_MARKS: Final = frozenset({"Mn", "Me", "Mc"})
_BROKEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Categories of which nothing joins what stands before or after, but for the exceptions below."""

_ALONE: Final = re.compile(
    "[\u102b\u102c\u1038\u1062-\u1064\u1067-\u106d\u1083\u1087-\u108c\u108f\u109a-\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d"
    "\U00011720\U00011721]"
)
"""Marks that stand by themselves."""

_FOLLOWS: Final = re.compile(
    "[\u200c\uff9e\uff9f\u0e33\u0eb3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
    # Marks of Unicode 15 to 17.
    "\u0897\u0cf3\u0ece\u1acf-\u1add\u1ae0-\u1aeb\U00010d69-\U00010d6d\U00010efa-\U00010eff\U00011241"
    "\U000113b8-\U000113c0\U000113c2\U000113c5\U000113c7-\U000113ca\U000113cc-\U000113d0\U000113d2\U000113e1\U000113e2"
    "\U00011b60-\U00011b67\U00011f00\U00011f01\U00011f03\U00011f34-\U00011f3a\U00011f3e-\U00011f42\U00011f5a\U00013440"
    "\U00013447-\U00013455\U0001611e-\U0001612f\U0001e08f\U0001e4ec-\U0001e4ef\U0001e5ee\U0001e5ef\U0001e6e3\U0001e6e6"
    "\U0001e6ee\U0001e6ef\U0001e6f5]"
)
"""What is no mark, or none yet to an older Python, and joins what stands before it all the same."""

_LEADS: Final = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3\U000113d1\U0001193f"
    "\U00011941\U00011a84-\U00011a89\U00011d46\U00011f02]"
)
"""What joins what stands behind it."""

_PICTURE: Final = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u2388\u23cf\u23e9-\u23f3"
    "\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705"
    "\u2708-\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763-\u2767"
    "\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f0ff\U0001f10d-\U0001f10f\U0001f12f\U0001f16c-\U0001f171\U0001f17e\U0001f17f\U0001f18e"
    "\U0001f191-\U0001f19a\U0001f1ad-\U0001f1e5\U0001f201-\U0001f20f\U0001f21a\U0001f22f\U0001f232-\U0001f23a"
    "\U0001f23c-\U0001f23f\U0001f249-\U0001f3fa\U0001f400-\U0001f53d\U0001f546-\U0001f64f\U0001f680-\U0001f6ff"
    "\U0001f774-\U0001f77f\U0001f7d5-\U0001f7ff\U0001f80c-\U0001f80f\U0001f848-\U0001f84f\U0001f85a-\U0001f85f"
    "\U0001f888-\U0001f88f\U0001f8ae-\U0001f8ff\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001faff"
    "\U0001fc00-\U0001fffd]"
)

_CLASSES: Final = (("f", _FOLLOWS), ("p", _LEADS), ("e", _PICTURE))
_CONSONANT: Final = re.compile(
    "[\u0915-\u0939\u0958-\u095f\u0978-\u097f\u0995-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9\u09dc\u09dd\u09df\u09f0\u09f1"
    "\u0a95-\u0aa8\u0aaa-\u0ab0\u0ab2\u0ab3\u0ab5-\u0ab9\u0af9\u0b15-\u0b28\u0b2a-\u0b30\u0b32\u0b33\u0b35-\u0b39\u0b5c"
    "\u0b5d\u0b5f\u0b71\u0c15-\u0c28\u0c2a-\u0c39\u0c58-\u0c5a\u0d15-\u0d3a]"
)
_LINKERS: Final = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")

_CLUSTER: Final = re.compile(
    r"n|p*(?:rr|l*(?:v+|wv*|x)t*|l+|t+|e(?:[fk]*ze)*|c(?:[fz]*k[fzk]*c)*|[oerc])[fzk]*|p+[fzk]*|[fzk]+"
)
"""A cluster in letters: n what nothing joins, p what leads, r flags' letters, l v t w x parts of Hangul, e pictures, z
joiners, c Indic consonants, k what links them, f what follows, o all others."""


def clusters(text: str) -> int:
    """Return how many characters somebody sees in a text."""
    return len(text) if text.isascii() else sum(1 for _ in _CLUSTER.finditer("".join(_letters(text))))


def _letters(text: str) -> Iterable[str]:
    """Yield the class of each character."""
    return map(_letter, text)


def _letter(character: str) -> str:
    """Return the class of a character."""
    if character == _JOINER:
        return "z"
    if character in _LINKERS:
        return "k"
    if _CONSONANT.match(character):
        return "c"
    named = next((letter for letter, those in _CLASSES if those.match(character)), "")
    return named or _hangul(ord(character)) or _by_category(character)


def _by_category(character: str) -> str:
    """Return the class of a character of which only its category matters."""
    category = unicodedata.category(character)
    if category in _MARKS:
        return "o" if _ALONE.match(character) else "f"
    return "n" if category in _BROKEN else "o"


def _hangul(code: int) -> str:
    """Return the class of a code point: of a part of Hangul or a flag's letter; empty if it is neither."""
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "l"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "v"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "t"
    if 0xAC00 <= code <= 0xD7A3:
        return "x" if (code - 0xAC00) % 28 else "w"
    return "r" if 0x1F1E6 <= code <= 0x1F1FF else ""
