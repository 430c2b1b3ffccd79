"""The words of a site for its things: those that may be others in a variant, and what else they may be.

A thing has one name in a variant. So a term is said otherwise wherever fixed text names the thing, or nowhere: one that
stands in data, which is never said otherwise, stays as drawn. And it is said as nothing that the flow says already,
which may mean something else there.
"""

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flow_models.compiler.formulas import Json
from flow_models.compiler.thesaurus import plain, terms
from flow_models.runtime.machine.base.appearance import Term
from flow_models.runtime.machine.base.words import capitalised, pattern_of


class _Forms:
    """Words that are looked for in texts, with what each means; the words are plain."""

    def __init__(self, meant: Mapping[str, str]) -> None:
        self.meant = meant
        self._pattern = pattern_of(meant) if meant else None

    def found_in(self, text: str) -> list[str]:
        """Return the words that stand in a text."""
        return [plain(found) for found in self._pattern.findall(text)] if self._pattern is not None else []

    def replaced(self, text: str) -> str:
        """Return a text with what they mean in place of the words, with their capitals."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: capitalised(self.meant[plain(found[0])], found[0]), text)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one flow.

    Attributes:
        said: Those that variants say in other ways, with those ways.
        drawn: By each form of every term of the flow and of every word that could stand for it: the form as drawn.
    """

    said: tuple[Term, ...]
    drawn: _Forms

    def written(self) -> list[Json]:
        """Return those that are said in other ways as programs write them."""
        return [
            {"forms": list(one.forms), "ways": [*map(list, one.ways)], "held_out": [*map(list, one.held_out)]}
            for one in self.said
        ]

    def as_drawn(self, text: str) -> str:
        """Return a text with the words of the flow in place of others for the same things."""
        return self.drawn.replaced(text)

    def in_text(self, text: str) -> Counter[str]:
        """Return how often each form of a term stands in a text."""
        return Counter(self.drawn.found_in(text))


def terms_of(told: Iterable[str], data: Iterable[str]) -> Terms:
    """Return the terms of a flow.

    Args:
        told: Its texts that are not data.
        data: What is never said otherwise.
    """
    in_told, in_data = ({form for text in texts for form in _shipped_in(text)} for texts in (told, data))
    used = [term for term in terms() if in_told.intersection(map(plain, term.forms))]
    taken = in_told | in_data | {plain(form) for term in used for form in term.forms}
    said: list[Term] = []
    drawn: dict[str, str] = {}
    for term in used:
        free = _without(term, taken)
        taken |= set(_forms(free))
        drawn |= {plain(form): own for way in _all_ways(free) for form, own in zip(way, term.forms, strict=True)}
        if (free.ways or free.held_out) and not in_data.intersection(map(plain, term.forms)):
            said.append(free)
    return Terms(tuple(said), _Forms(drawn))


def things_in(text: str) -> frozenset[str]:
    """Return which things a text names by a word of the thesaurus, each as the thesaurus calls it."""
    return frozenset(_shipped().meant[form] for form in _shipped_in(text))


# By the text; 16,384, the least used go: a flow is compiled again after each edit, with nearly all texts as before.
@functools.lru_cache(maxsize=16_384)
def _shipped_in(text: str) -> tuple[str, ...]:
    """Return the forms of the thesaurus that stand in a text."""
    return tuple(_shipped().found_in(text))


@functools.cache
def _shipped() -> _Forms:
    """Return what each form of the thesaurus means: its term, as that is called there."""
    others = {form: term.forms[0] for term in terms() for form in _forms(term)}
    # What is itself a term is never the other word for one.
    return _Forms(others | {plain(form): term.forms[0] for term in terms() for form in term.forms})


def _without(term: Term, taken: set[str]) -> Term:
    """Return a term without the ways of which a form is taken."""
    ways, held_out = (
        tuple(way for way in those if taken.isdisjoint(map(plain, way))) for those in (term.ways, term.held_out)
    )
    return Term(term.forms, ways, held_out)


def _all_ways(term: Term) -> tuple[tuple[str, ...], ...]:
    """Return what a term is called, as drawn first."""
    return term.forms, *term.ways, *term.held_out


def _forms(term: Term) -> Iterator[str]:
    """Yield all forms of a term and of its ways, plain."""
    return (plain(form) for way in _all_ways(term) for form in way)
