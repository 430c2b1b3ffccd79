"""The ways to say what stands on the pages of a flow: the designer's own, then those of the thesaurus.

Only fixed texts count, and only those that name something: labels, buttons, links, headings and titles. Paragraphs,
choices, cells and texts with formulas are always as drawn. Two different texts of a flow are never said alike: a way
belongs to the first text that claims it, and none is what the flow itself says somewhere.
"""

from collections import Counter
from collections.abc import Iterator

from flow_models.compiler.interruptions import ways as ways_of_obstacles
from flow_models.compiler.thesaurus import Entry, entry, plain, spoken
from flow_models.document.base import Model
from flow_models.document.blocks import AnyBlock
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.formulas.reading import holes
from flow_models.runtime.machine.base.kinds import KINDS, contents
from flow_models.runtime.machine.base.parts import Part

Words = dict[str, dict[str, list[str]]]
"""By text its `ways`, the text itself first, and its `held_out` ways."""


def words_of(flow: Flow) -> Words:
    """Return the ways to say each fixed text of a flow and of what may interrupt it; texts with one way are left out.

    Nothing can be said otherwise in a flow that does not vary its wording.
    """
    if not flow.variation.wording.is_on:
        return {}
    texts = list(dict.fromkeys(fixed_texts(flow)))
    obstacles = ways_of_obstacles()
    owners = {plain(text): "" for text in _said_otherwise(flow)}
    owners |= {plain(text): plain(text) for text in (*texts, *(one.say for one in obstacles))}
    return _granted((*_claims(flow, texts), *obstacles), owners)


def fixed_texts(flow: Flow) -> Iterator[str]:
    """Yield every fixed text of a flow that can be said in other ways, in the order of the file, some repeatedly."""
    for section in flow.sections:
        for block in walk((*section.header, *section.footer)):
            yield from _texts_of(block, KINDS[block.kind])
    for page in flow.pages:
        yield from _fixed(page.title)
        for block in walk(page.blocks):
            yield from _texts_of(block, KINDS[block.kind])


def _claims(flow: Flow, texts: list[str]) -> Iterator[Entry]:
    """Yield the ways to say texts: the designer's own, then those of the thesaurus where these do not stand alone."""
    own = {plain(one.text): one for one in flow.variation.synonyms}
    for text in texts:
        if plain(text) in own:
            yield Entry(text, own[plain(text)].ways, own[plain(text)].held_out)
    alone = {text for text, one in own.items() if one.is_alone}
    yield from (one for one in _known(texts) if plain(one.say) not in alone)


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
                if owner == plain(claim.say) and way.strip() and way not in (*ways["ways"], *ways["held_out"]):
                    ways[kind].append(way)
    return {text: ways for text, ways in found.items() if len(ways["ways"]) + len(ways["held_out"]) > 1}


def _said_otherwise(flow: Flow) -> Iterator[str]:
    """Yield texts of a flow that are never said in other ways, and that nothing else should be said as."""
    yield flow.site.name
    for table in flow.tables:
        for column in table.columns:
            yield from column.type.choices
        for row in table.rows:
            yield from (value for value in row.values.values() if isinstance(value, str))
    for page in flow.pages:
        for block in walk(page.blocks):
            yield from _offered(block)


def _offered(block: AnyBlock) -> Iterator[str]:
    """Yield the fixed texts among which a visitor chooses."""
    for content in contents(KINDS[block.kind]):
        if content.is_texts and not content.is_said:
            yield from getattr(block, content.name)


def _texts_of(part: Model, kind: type[Part]) -> Iterator[str]:
    """Yield the fixed texts that name something in a block or a part of one, without those of blocks inside it."""
    for content in contents(kind):
        value = getattr(part, content.name)
        if content.part is not None:
            for inner in value:
                yield from _texts_of(inner, content.part)
        elif content.is_said:
            yield from _fixed(value) if content.asks else _named(*value) if content.is_texts else _named(value)


def _fixed(template: str) -> Iterator[str]:
    """Yield the text of a template without formulas."""
    parts, _ = holes(template)
    if len(parts) == 1 and isinstance(parts[0], str):
        yield from _named(parts[0])


def _named(*titles: str) -> Iterator[str]:
    """Yield titles that are not blank."""
    yield from (title for title in titles if title.strip())
