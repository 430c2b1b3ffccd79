"""The words of a site: its fixed texts as values that know how a variant says them.

A variant is one site, so a thing has one name in it. Two kinds of choice make it: a *term* is a word of the site for a
thing ("payee"), chosen once and then said so in all its forms wherever fixed text names the thing; a *way* is how one
fixed text as a whole is said. Ways leave terms alone, and what comes from data is never said otherwise.

As texts all of these are what was drawn, so the machine need not know of variants; whoever writes a page says them.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .appearance import Term, Ways
from .variant import Variant


class Name(str):
    """A fixed text of the site, by which the thing that it stands on is known wherever that thing stands."""

    __slots__ = ()


class Word(Name):
    """A fixed text that can be said in several ways; as a text it is the way it was drawn.

    Attributes:
        key: A number of the text's own, so that one wording chooses differently for different texts.
        ways: The ways that training sees, the drawn one first.
        held_out: The ways that only tests see; empty if there are none.
    """

    __slots__ = ("held_out", "key", "ways")

    key: int
    ways: "tuple[Way, ...]"
    held_out: "tuple[Way, ...]"

    def __new__(cls, text: str, key: int, ways: "tuple[Way, ...]", held_out: "tuple[Way, ...]" = ()) -> "Word":
        """Make a text that can be said in several ways."""
        word = super().__new__(cls, text)
        word.key = key
        word.ways = ways
        word.held_out = held_out
        return word

    def __getnewargs__(self) -> "tuple[str, int, tuple[Way, ...], tuple[Way, ...]]":  # type: ignore[override]
        """Return what a copy is made of."""
        return str(self), self.key, self.ways, self.held_out

    def said(self, variant: Variant) -> str:
        """Return the way in which a variant says this."""
        if not variant.wording:
            return str(self)
        ways = self.held_out if variant.new_words and self.held_out else self.ways
        way = ways[(variant.wording * self.key >> 7) % len(ways)]
        return way if isinstance(way, str) else "".join([said(piece, variant) for piece in way])


Way = str | tuple[str, ...]
"""One way to say a text: it stands there, or in pieces of which some are terms (`Word`s)."""


class Phrase(str):
    """A text with values in it of which the fixed pieces can be said otherwise; as a text it is as drawn.

    Attributes:
        pieces: Fixed pieces and values, in their order.
        name: The fixed pieces alone, by which the thing is known whatever the values are.
        words: The pieces that can be said in several ways.
    """

    __slots__ = ("name", "pieces", "words")

    pieces: tuple[str, ...]
    name: str
    words: tuple[Word, ...]

    def __new__(cls, pieces: tuple[str, ...], name: str) -> "Phrase":
        """Join pieces."""
        phrase = super().__new__(cls, "".join(pieces))
        phrase.pieces = pieces
        phrase.name = name
        phrase.words = tuple([piece for piece in pieces if type(piece) is Word])
        return phrase

    def __getnewargs__(self) -> tuple[tuple[str, ...], str]:  # type: ignore[override]
        """Return what a copy is made of."""
        return self.pieces, self.name

    def said(self, variant: Variant) -> str:
        """Return the text as a variant says it."""
        return "".join([said(piece, variant) for piece in self.pieces])


def said(text: str, variant: Variant) -> str:
    """Return a text as a variant says it; one without words of the site is what it is."""
    return text.said(variant) if isinstance(text, Word | Phrase) else text


def followed(text: str, more: str) -> str:
    """Return a text with more behind it, which is said in no other way."""
    if not more:
        return text
    return Phrase((*(text.pieces if isinstance(text, Phrase) else (text,)), more), "")


def packed(text: str) -> str | list[str]:
    """Return a text as JSON, in pieces if a variant may say it otherwise; `Vocabulary.unpacked` reads it."""
    if isinstance(text, Phrase):
        return [str(piece) for piece in text.pieces]
    return [str(text)] if isinstance(text, Word) else str(text)


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a term ("payees"), and how it is said: by what chooses, for training, and for tests alone."""

    key: int
    ways: tuple[str, ...]
    held_out: tuple[str, ...]

    def word(self, text: str) -> Word:
        """Return the term as it stands in a text, all its ways with the capitals of that."""
        told = [tuple([capitalised(way, text) for way in ways]) for ways in (self.ways, self.held_out)]
        return Word(text, self.key, (text, *told[0]), told[1])


class Vocabulary:
    """What gives the fixed texts of a program the ways in which they can be said.

    Args:
        ways: The ways to say whole texts, by text; terms stand in them as drawn.
        terms: The terms that can be said otherwise.
    """

    def __init__(self, ways: Mapping[str, Ways], terms: Sequence[Term]) -> None:
        self._forms = dict(_forms(terms))
        self._pattern = pattern_of(self._forms) if self._forms else None
        self.words = {text: self._word(text, found) for text, found in ways.items()}

    def say(self, text: str, *, is_name: bool = True, is_whole: bool = True) -> str:
        """Return a fixed text as a value that knows how variants say it.

        Args:
            text: The text.
            is_name: Whether it names something; else it tells something in which names may stand.
            is_whole: Whether it stands alone; else values stand before or behind it.
        """
        known = self.words.get(text) if is_whole else None
        if known is not None:
            return known
        way = self._way(text)
        if not isinstance(way, str):
            return Word(text, 0, (way,))
        return Name(text) if is_name or is_whole else text

    def unpacked(self, packed: str | Sequence[str]) -> str:
        """Return the text of which `packed` made JSON."""
        if isinstance(packed, str):
            return packed
        if len(packed) == 1:
            return self.say(str(packed[0]))
        return Phrase(tuple([self.say(str(piece), is_name=False, is_whole=False) for piece in packed]), "")

    def _word(self, text: str, found: Ways) -> Word:
        """Return a text with the ways to say it as a whole."""
        ways, held_out = (tuple([self._way(way) for way in those]) for those in (found.ways, found.held_out))
        return Word(text, word_key(" ".join(text.split()).casefold()), ways, held_out)

    def _way(self, text: str) -> Way:
        """Return a text in pieces if terms stand in it, else as it is."""
        if self._pattern is None:
            return text
        pieces = self._pattern.split(text)
        if len(pieces) == 1:
            return text
        # Every second piece is what the pattern found.
        return tuple(
            [
                self._forms[" ".join(piece.split()).casefold()].word(piece) if place % 2 else piece
                for place, piece in enumerate(pieces)
                if piece
            ]
        )


def pattern_of(forms: Mapping[str, object]) -> re.Pattern[str]:
    """Return what finds words in a text, in whatever capitals, the longest where several begin."""
    longest_first = sorted(forms, key=len, reverse=True)
    found = "|".join([r"\s+".join(map(re.escape, form.split())) for form in longest_first])
    return re.compile(rf"(?<![\w-])({found})(?![\w-])", re.IGNORECASE)


def capitalised(way: str, text: str) -> str:
    """Return a way with the capitals of the text in whose place it stands: NO, No or For Each Word; else its own."""
    if text.isupper() and len(text) > 1:
        return way.upper()
    words = text.split()
    if len(words) > 1 and all(word[:1].isupper() and not word.isupper() for word in words):
        return " ".join([word[:1].upper() + word[1:] for word in way.split(" ")])
    return way[:1].upper() + way[1:] if text[:1].isupper() else way


def word_key(text: str) -> int:
    """Return a number of a text's own."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")


def _forms(terms: Sequence[Term]) -> Iterator[tuple[str, _Form]]:
    """Yield the forms of terms in small letters, each with the same form of the other ways to say the term."""
    for term in terms:
        key = word_key(term.forms[0].casefold())
        for place, form in enumerate(term.forms):
            ways, held_out = (tuple([way[place] for way in those]) for those in (term.ways, term.held_out))
            yield form.casefold(), _Form(key, ways, held_out)
