"""The ways to say the fixed texts of a flow: those of the thesaurus, and the designer's own. No Qt.

What a way is good for is decided by the compiler: no two texts of a flow are ever said alike, so a way may be taken.
"""

from typing import Literal, NamedTuple

from flow_models.compiler.texts import fixed_texts
from flow_models.compiler.thesaurus import entry, plain, spoken
from flow_models.compiler.words import words_of
from flow_models.document.edits.variation import synonyms_of, with_synonyms
from flow_models.document.flow import Flow
from flow_models.document.variation import Synonyms
from flow_models.runtime.machine.base.appearance import Ways

Source = Literal["drawn", "thesaurus", "own", "suggested"]


class Way(NamedTuple):
    """One way to say a text.

    Attributes:
        words: The way.
        source: `drawn` for the text itself, `own` for the designer's, `suggested` for a way of the thesaurus that is
            not used because the designer's own stand alone.
        is_held_out: Whether only tests see it.
        is_taken: Whether it is never used, because another text is or may be said so.
    """

    words: str
    source: Source
    is_held_out: bool = False
    is_taken: bool = False


def texts_of(flow: Flow) -> list[tuple[str, int]]:
    """Return every fixed text of a flow once, in the order of the file, with in how many ways it is said."""
    words = _granted(flow)
    counts = {text: len(found.ways) + len(found.held_out) for text, found in words.items()}
    return [(text, counts.get(text, 1)) for text in dict.fromkeys(fixed_texts(flow))]


def ways_of(flow: Flow, text: str) -> list[Way]:
    """Return all ways to say a text: as drawn, the designer's own, then those of the thesaurus."""
    granted = _granted(flow).get(text, Ways((text,), ()))
    used = {*granted.ways, *granted.held_out}
    own = synonyms_of(flow, text)
    found = [Way(text, "drawn")]
    found += [Way(way, "own", is_taken=way not in used) for way in own.ways]
    found += [Way(way, "own", is_held_out=True, is_taken=way not in used) for way in own.held_out]
    known = {plain(way.words) for way in found}
    known_entry = entry(text)
    if known_entry is None:
        return found
    shipped = spoken(known_entry, text)
    source: Source = "suggested" if own.is_alone else "thesaurus"
    for ways, is_held_out in ((shipped.ways, False), (shipped.held_out, True)):
        for way in ways:
            if plain(way) not in known:
                is_taken = way not in used and source == "thesaurus"
                found.append(Way(way, source, is_held_out, is_taken))
    return found


def with_way(flow: Flow, text: str, way: str, *, is_held_out: bool) -> Flow:
    """Return the flow with a way of the designer's own to say a text, seen by training or by tests alone."""
    words = " ".join(way.split())
    own = _without(synonyms_of(flow, text), words)
    if not words or plain(words) == plain(text):
        return flow
    if is_held_out:
        return with_synonyms(flow, own.rebuilt(held_out=(*own.held_out, words)))
    return with_synonyms(flow, own.rebuilt(ways=(*own.ways, words)))


def without_way(flow: Flow, text: str, way: str) -> Flow:
    """Return the flow without one of the designer's own ways to say a text."""
    return with_synonyms(flow, _without(synonyms_of(flow, text), way))


def alone(flow: Flow, text: str, is_alone: bool) -> Flow:
    """Return the flow in which the thesaurus adds nothing to a text, or adds its ways again."""
    return with_synonyms(flow, synonyms_of(flow, text).rebuilt(is_alone=is_alone))


def _without(own: Synonyms, way: str) -> Synonyms:
    """Return the designer's ways without one, however it is capitalised."""
    return own.rebuilt(
        ways=tuple(one for one in own.ways if plain(one) != plain(way)),
        held_out=tuple(one for one in own.held_out if plain(one) != plain(way)),
    )


def _granted(flow: Flow) -> dict[str, Ways]:
    """Return the ways in which a flow's program says its fixed texts."""
    return {text: Ways.read(ways) for text, ways in words_of(flow).items()}
