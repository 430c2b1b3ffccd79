"""What a goal names: quoted texts, names, amounts, numbers of accounts, found by how they are written."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

_KINDS: Final = {
    "quoted": r"[\u201c\"\u2018]([^\u201d\"\u2019]+)[\u201d\"\u2019]",
    "iban": r"\b([A-Z]{2}\d{2}(?: [A-Z0-9]{4})+)",
    "phone": r"(\(\d{3}\) \d{3}-\d{4})",
    "amount": r"[€$£](\d[\d,]*(?:\.\d+)?)",
    "dotted": r"\b([a-z]+\.[a-z]+)\b",
    "mixed": r"\b([A-Za-z]+\d+)\b",
    "name": r"(?<![.?!:] )(?<!^)\b([A-Z][a-z'-]+(?: [A-Z][\w'-]+)*)",
    # A sentence begins with a large letter: of three such words the first is none of the name.
    "first": r"(?:(?<=^)|(?<=[.?!:] ))(?:[A-Z][a-z]+ (?=[A-Z][\w'-]+ [A-Z]))?([A-Z][a-z'-]+(?: [A-Z][\w'-]+)+)",
}
_SPAN: Final = re.compile("|".join(_KINDS.values()))
_NAMES: Final = tuple(_KINDS)
_WORD: Final = re.compile(r"[a-z]{2,}")


class Span(NamedTuple):
    """A part of a goal that names something.

    Attributes:
        kind: How it is written, and the how many-th of this kind it is.
        text: What would be typed.
    """

    kind: str
    text: str


class Goal(NamedTuple):
    """A goal: what it names, and its other words."""

    spans: tuple[Span, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=4096)
def understood(goal: str) -> Goal:
    """Return what a goal names and its other words, each once."""
    return Goal(spans(goal), tuple(dict.fromkeys(_WORD.findall(_SPAN.sub(" ", goal).casefold()))))


def spans(text: str) -> tuple[Span, ...]:
    """Return what a text names, in its order."""
    found: list[Span] = []
    counted: dict[str, int] = {}
    for match in _SPAN.finditer(text):
        kind = _NAMES[(match.lastindex or 1) - 1].replace("first", "name")
        said = match[match.lastindex or 0]
        if said not in [span.text for span in found]:
            counted[kind] = counted.get(kind, -1) + 1
            found.append(Span(f"{kind}{counted[kind]}", said.replace(",", "") if kind == "amount" else said))
    return tuple(found)
