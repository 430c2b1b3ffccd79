"""The ways to say what stands on the pages of a flow: the designer's own, then those of the thesaurus.

Only fixed texts that name something have ways (see `texts`). Two different texts of a flow are never said alike: a way
belongs to the first text that claims it, and none is what the flow itself says somewhere. Nor is one thing ever called
by two names: words for things are `terms`, which ways leave as drawn; a text that names the same as another but for
"a" or "your" stays as drawn, and a name that stands inside other texts stands inside their ways too.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

from flow_models.compiler.formulas import Json
from flow_models.compiler.interruptions import ways as ways_of_obstacles
from flow_models.compiler.naming import Names
from flow_models.compiler.terms import Terms, terms_of, things_in
from flow_models.compiler.texts import data_texts, fixed_texts, told_texts
from flow_models.compiler.thesaurus import Entry, entry, plain, spoken
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base.appearance import Term, Ways
from flow_models.runtime.machine.base.words import Vocabulary, Word

Words = dict[str, dict[str, list[str]]]
"""By text its `ways`, the text itself first, and its `held_out` ways."""


def wording_of(flow: Flow) -> Json:
    """Return the `words` and `terms` of a flow as programs write them: the ways to say each fixed text, and its terms.

    Texts with one way are left out. Nothing can be said otherwise in a flow that does not vary its wording.
    """
    if not flow.variation.wording.is_on:
        return {"words": {}, "terms": []}
    obstacles, data, told = ways_of_obstacles(), list(data_texts(flow)), list(told_texts(flow))
    texts = list(dict.fromkeys(fixed_texts(flow)))
    own = list(_own(flow, texts))
    terms = terms_of((*told, *_foreign(own), *_ways_in(obstacles)), (*data, *_left_alone(flow)))
    owners = {plain(text): "" for text in data}
    owners |= {plain(text): plain(text) for text in (*texts, *(one.say for one in obstacles))}
    claims = (*_as_drawn(own, terms), *_of_thesaurus(flow, texts, terms, Names(texts, told)), *obstacles)
    return {"words": _granted(claims, owners), "terms": terms.written()}


def words_of(flow: Flow) -> Words:
    """Return all ways in which variants say each fixed text of a flow and of what may interrupt it, terms included."""
    return said_by(wording_of(flow), fixed_texts(flow))


def said_by(written: Json, texts: Iterator[str]) -> Words:
    """Return all ways in which a program's variants say texts, from its `words` and `terms`."""
    ways = {text: Ways.read(one) for text, one in written["words"].items()}
    vocabulary = Vocabulary(ways, [Term.read(one) for one in written["terms"]])
    found = (vocabulary.say(text) for text in dict.fromkeys((*ways, *texts)))
    return {str(word): _all_said(word) for word in found if isinstance(word, Word)}


def _all_said(word: Word) -> dict[str, list[str]]:
    """Return all ways to say a word, those that training sees and those that only tests see."""
    ways = dict.fromkeys(_said(word, is_new=False))
    return {"ways": [*ways], "held_out": [one for one in dict.fromkeys(_said(word, is_new=True)) if one not in ways]}


def _said(text: str, *, is_new: bool) -> Iterator[str]:
    """Yield all ways to say a text; a plain one is said as it is."""
    if not isinstance(text, Word):
        yield str(text)
        return
    for way in text.held_out if is_new and text.held_out else text.ways:
        pieces = (way,) if isinstance(way, str) else way
        yield from map("".join, itertools.product(*(list(_said(piece, is_new=is_new)) for piece in pieces)))


def _own(flow: Flow, texts: list[str]) -> Iterator[Entry]:
    """Yield the designer's own ways to say texts."""
    own = {plain(one.text): one for one in flow.variation.synonyms}
    for text in texts:
        if plain(text) in own:
            yield Entry(text, own[plain(text)].ways, own[plain(text)].held_out)


def _left_alone(flow: Flow) -> Iterator[str]:
    """Yield the texts of which the designer wants no other ways than their own."""
    yield from (one.text for one in flow.variation.synonyms if one.is_alone)


def _ways_in(claims: Iterable[Entry]) -> Iterator[str]:
    """Yield all texts of some claims."""
    for one in claims:
        yield from (one.say, *one.ways, *one.held_out)


def _foreign(own: list[Entry]) -> Iterator[str]:
    """Yield the designer's ways that name a thing which their text does not: so no term may be said."""
    for one in own:
        yield from (way for way in (*one.ways, *one.held_out) if not things_in(way) <= things_in(one.say))


def _as_drawn(own: list[Entry], terms: Terms) -> Iterator[Entry]:
    """Yield the designer's ways with the words of the flow, which the variant chooses."""
    for one in own:
        yield Entry(one.say, tuple(map(terms.as_drawn, one.ways)), tuple(map(terms.as_drawn, one.held_out)))


def _of_thesaurus(flow: Flow, texts: list[str], terms: Terms, names: Names) -> Iterator[Entry]:
    """Yield the ways of the thesaurus to say texts where the designer's do not stand alone.

    They name things as the flow does, and no other thing than the text.
    """
    alone = set(map(plain, _left_alone(flow)))
    for known in _known(texts):
        text = known.say
        if plain(text) in alone or names.has_twin(text):
            continue
        ways, held_out = (
            tuple(
                way
                for way in map(terms.as_drawn, those)
                if terms.in_text(way) == terms.in_text(text) and names.fits(way, text)
            )
            for those in (known.ways, known.held_out)
        )
        yield Entry(text, ways, tuple(way for way in held_out if way not in ways))


def _known(texts: list[str]) -> Iterator[Entry]:
    """Yield what the thesaurus knows of texts.

    A flow that says two texts of one entry may mean different things by them, so those stay as they are.
    """
    found = {text: one for text in texts if (one := entry(text)) is not None}
    meant = Counter(say for say, _ in {(one.say, plain(text)) for text, one in found.items()})
    yield from (spoken(one, text) for text, one in found.items() if meant[one.say] == 1)


def _granted(claims: tuple[Entry, ...], owners: dict[str, str]) -> Words:
    """Return the ways that nobody else has; `owners` says by way whose it is, and learns whose those are."""
    found: Words = {}
    for claim in claims:
        ways = found.setdefault(claim.say, {"ways": [claim.say], "held_out": []})
        for kind, wanted in (("ways", claim.ways), ("held_out", claim.held_out)):
            for way in wanted:
                owner = owners.setdefault(plain(way), plain(claim.say))
                known = map(plain, (*ways["ways"], *ways["held_out"]))
                if owner == plain(claim.say) and way.strip() and plain(way) not in known:
                    ways[kind].append(way)
    return {text: ways for text, ways in found.items() if len(ways["ways"]) + len(ways["held_out"]) > 1}
