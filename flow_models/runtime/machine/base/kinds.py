"""The table of all kinds of block, and what is derived from it: sets of kinds, and what stands inside a block.

Whoever must know kinds asks here instead of listing them: what holds a value, what is filled how, what formulas and
texts a kind has.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin, get_type_hints

from . import blocks, field_blocks
from .nodes import Node
from .parts import Part, PerClass, Said, fields_of, inner_fields
from .traits import Asks, Block, Traits

KINDS: Final[Mapping[str, type[Block]]] = MappingProxyType(
    {
        kind.kind: kind
        for module in (blocks, field_blocks)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Block) and kind.kind
    }
)
"""The class of each kind of block, by its name."""


class Slot(NamedTuple):
    """A formula or text of a class of parts: the field, and what may be named and is wanted there."""

    name: str
    asks: Asks


class Content(NamedTuple):
    """What others than the machine must know of one field of a class of parts.

    Attributes:
        name: The field.
        asks: What may be named and is wanted where it holds a formula or a text with formulas.
        is_said: Whether its fixed texts name something, so that variants may say them in other ways.
        is_texts: Whether it is a list of fixed texts.
        part: The class of the parts in it, such as the columns of a list; blocks are no such parts.
    """

    name: str
    asks: Asks | None
    is_said: bool
    is_texts: bool
    part: type[Part] | None


def _kinds(has: Callable[[Traits], object]) -> frozenset[str]:
    """Return the kinds of which something holds."""
    return frozenset(name for name, kind in KINDS.items() if has(kind.traits))


FIELDS: Final = _kinds(lambda traits: traits.value)
"""Kinds that hold a value."""

CHANGES_ON_FILL: Final = _kinds(lambda traits: traits.has_change and traits.fill in ("typed", "slid"))
"""Fields that are filled and to whose change a transition may listen; plain text and amounts have no such moment."""

CHANGING: Final = _kinds(lambda traits: traits.has_change)
"""Fields to whose change a transition may listen."""

OVER_ROWS: Final = frozenset(name for name, kind in KINDS.items() if "table" in kind.__annotations__)
"""Kinds that show or offer the rows of a table."""


@PerClass
def contents(part: type[Part]) -> tuple[Content, ...]:
    """Return what the fields of a class of parts hold, in their order, those that it shares with others first."""
    hints = get_type_hints(part, include_extras=True)
    return tuple(_content(field.name, hints[field.name]) for field in fields_of(part))


def inside(block: Block) -> tuple[Block, ...]:
    """Return the blocks that stand directly inside one; links and buttons of lists and menus aside."""
    return tuple(inner for name in _holding(type(block))[0] for inner in _blocks_in(getattr(block, name)))


def controls(block: Block) -> tuple[blocks.ControlBlock, ...]:
    """Return the links and buttons that belong to a list, navigation or menu; those of a list stand in each row."""
    found = (inner for name in _holding(type(block))[1] for inner in _blocks_in(getattr(block, name)))
    return tuple(one for one in found if isinstance(one, blocks.ControlBlock))


def walk(among: Iterable[Block]) -> list[Block]:
    """Return blocks and everything inside them in document order, links and buttons of lists and menus included."""
    return [one for block in among for one in (block, *controls(block), *walk(inside(block)))]


@PerClass
def slots(part: type[Part]) -> tuple[Slot, ...]:
    """Return the formulas and texts that a class of parts has itself, in the order of its fields."""
    return tuple(Slot(content.name, content.asks) for content in contents(part) if content.asks is not None)


def _content(name: str, hint: Any) -> Content:
    """Return what a field of a type holds."""
    held, *marks = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    return Content(
        name,
        asks=next((mark for mark in marks if isinstance(mark, Asks)), None),
        is_said=Said in marks,
        is_texts=held == tuple[str, ...],
        part=next((one for one in get_args(held) if isinstance(one, type) and _is_plain_part(one)), None),
    )


def _is_plain_part(found: type) -> bool:
    """Say whether a class is one of parts that are neither blocks nor formulas."""
    return issubclass(found, Part) and not issubclass(found, Block | Node)


@PerClass
def _holding(part: type[Part]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of a class that hold blocks of all kinds, and those that hold its own links and buttons."""
    hints = get_type_hints(part)
    held = {name: _block_classes(hints[name]) for name in inner_fields(part)}
    free = tuple(name for name, classes in held.items() if Block in classes)
    own = tuple(name for name, classes in held.items() if classes and Block not in classes)
    return free, own


def _block_classes(hint: Any) -> set[type[Block]]:
    """Return the classes of blocks that a field of a type can hold, in parts between them too."""
    if not isinstance(hint, type) or get_args(hint):
        return {one for inner in get_args(hint) for one in _block_classes(inner)}
    if issubclass(hint, Block):
        return {hint}
    if not issubclass(hint, Part):
        return set()
    hints = get_type_hints(hint)
    return {one for name in inner_fields(hint) for one in _block_classes(hints[name])}


def _blocks_in(held: Any) -> Iterator[Block]:
    """Yield the blocks in what a field holds, without those inside them."""
    if isinstance(held, Block):
        yield held
    elif isinstance(held, tuple):
        for one in held:
            yield from _blocks_in(one)
    elif isinstance(held, Part):
        for name in inner_fields(type(held)):
            yield from _blocks_in(getattr(held, name))


__all__ = [
    "CHANGES_ON_FILL",
    "CHANGING",
    "FIELDS",
    "KINDS",
    "OVER_ROWS",
    "Block",
    "contents",
    "controls",
    "inside",
    "slots",
    "walk",
]
