"""What the texts of a flow name, without the small words: which name the same thing, and which stand inside others."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from flow_models.compiler.thesaurus import plain

Named = tuple[str, ...]
"""The words of a text that tell things apart, in the singular and in small letters."""

_SMALL = frozenset({"a", "an", "the", "this", "these", "that", "your", "my", "our", "all"})
_WORD = re.compile(r"[\w'\u2019-]+")
_CLAUSE = re.compile(r"[.:;!?,(“\n]")
_LONGEST = 8
"""Words of the longest name that is looked for inside other texts."""


class Names:
    """The names of a flow.

    Args:
        texts: What names something in it, each once.
        told: All that it says; there names stand with a capital letter.
    """

    def __init__(self, texts: Iterable[str], told: Iterable[str]) -> None:
        self._texts = Counter(named(text) for text in {plain(text) for text in texts})
        inside = {part for text in self._texts for part in _parts(text) if part != text and part in self._texts}
        self._inside = inside | {part for text in told for part in _mentioned(text) if part in self._texts}

    def has_twin(self, text: str) -> bool:
        """Say whether another text names the same but for small words."""
        return self._texts[named(text)] > 1

    def fits(self, way: str, text: str) -> bool:
        """Say whether a way to say a text names the same: no other thing, and every thing that others name by it."""
        own, said = named(text), named(way)
        needed = {part for part in _parts(own) if part in self._texts and (part != own or own in self._inside)}
        return (said == own or said not in self._texts) and needed <= set(_parts(said))


def named(text: str) -> Named:
    """Return what a text names."""
    return tuple(_singular(word) for word in _WORD.findall(text.casefold()) if word not in _SMALL)


def _singular(word: str) -> str:
    """Return a word without the ending of a plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _parts(whole: Named) -> Iterator[Named]:
    """Yield all neighbouring words of a name, not many at a time, the whole among them."""
    for first in range(len(whole)):
        for last in range(first + 1, min(len(whole), first + _LONGEST) + 1):
            yield whole[first:last]


def _mentioned(text: str) -> Iterator[Named]:
    """Yield what may be names inside a text: several words, or one with a capital letter that begins no clause."""
    whole = named(text)
    for clause in _CLAUSE.split(text):
        yield from (part for part in _parts(named(clause)) if len(part) > 1 and part != whole)
        yield from (named(word) for word in _WORD.findall(clause)[1:] if word[0].isupper())
