"""What a flow says: texts that name things, texts that tell something, and data, each for the words of its variants.

Fixed texts count as names where they label, head or title something: labels, buttons, links, headings and titles.
Paragraphs, notices, help and goals tell something. Choices, rows and values are data, and always as drawn.
"""

import re
from collections.abc import Iterator

from flow_models.compiler.data import pool_values
from flow_models.document.base import Model
from flow_models.document.blocks import AnyBlock
from flow_models.document.data import PoolGenerator
from flow_models.document.flow import Flow
from flow_models.document.places import Place, places
from flow_models.document.rooms import walk
from flow_models.document.tasks import PoolSource
from flow_models.formulas.reading import Hole, holes
from flow_models.runtime.machine.base.kinds import KINDS, contents
from flow_models.runtime.machine.base.parts import Part

_LITERAL = re.compile(r'"([^"]+)"')
"""A text inside a formula."""

_LABEL, _PATH = "label", "path"
"""Templates whose fixed parts visitors name, as they do with data, and addresses, which are no words."""


def fixed_texts(flow: Flow) -> Iterator[str]:
    """Yield every fixed text of a flow that names something, in the order of the file, some repeatedly."""
    for section in flow.sections:
        for block in walk((*section.header, *section.footer)):
            yield from _texts_of(block, KINDS[block.kind])
    for page in flow.pages:
        yield from _fixed(page.title)
        for block in walk(page.blocks):
            yield from _texts_of(block, KINDS[block.kind])


def told_texts(flow: Flow) -> Iterator[str]:
    """Yield the fixed pieces of all texts that are neither data nor addresses, those of `fixed_texts` included."""
    yield from fixed_texts(flow)
    for place in places(flow):
        if place.template and _kind(place) not in (_LABEL, _PATH):
            yield from (piece for piece in holes(place.source)[0] if isinstance(piece, str))
    for block in _blocks(flow):
        yield from _named(getattr(block, "placeholder", ""))


def data_texts(flow: Flow) -> Iterator[str]:
    """Yield what a flow says that is never said otherwise: names, choices, rows, pools, and texts inside formulas."""
    yield flow.site.name
    for table in flow.tables:
        for column in table.columns:
            yield from column.type.choices
        for row in table.rows:
            yield from (value for value in row.values.values() if isinstance(value, str))
    for block in _blocks(flow):
        yield from _offered(block)
    for place in places(flow):
        if not place.template:
            yield from _LITERAL.findall(place.source)
            continue
        for piece in holes(place.source)[0]:
            if isinstance(piece, Hole):
                yield from _LITERAL.findall(piece.source)
            elif _kind(place) == _LABEL:
                yield piece
    for pool in dict.fromkeys(_pools(flow)):
        yield from (value for value in pool_values(pool) or () if isinstance(value, str))


def _kind(place: Place) -> str:
    """Return the name of the field that a place is."""
    return place.field.rpartition(".")[2]


def _pools(flow: Flow) -> Iterator[str]:
    """Yield the names of the pools from which a flow draws."""
    for table in flow.tables:
        if table.generate is not None:
            yield from (one.pool for one in table.generate.columns.values() if isinstance(one, PoolGenerator))
    for task in flow.tasks:
        yield from (one.source.pool for one in task.parameters if isinstance(one.source, PoolSource))


def _blocks(flow: Flow) -> Iterator[AnyBlock]:
    """Yield all blocks of a flow."""
    for section in flow.sections:
        yield from walk((*section.header, *section.footer))
    for page in flow.pages:
        yield from walk(page.blocks)


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
