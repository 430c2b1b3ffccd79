"""The table of all kinds of block, and what is derived from it: sets of kinds, and what stands inside a block.

Whoever must know kinds asks here instead of listing them: what holds a value, what is filled how, what formulas and
texts a kind has.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin, get_type_hints

from . import blocks, field_blocks
from .parts import Part, PerClass, inner_fields
from .traits import Asks, Block, Traits

KINDS: Final[Mapping[str, type[Block]]] = MappingProxyType(
    {name: kind for name, kind in Block.tagged.items() if issubclass(kind, Block)}
)
"""The class of each kind of block, by its name."""


class Slot(NamedTuple):
    """A formula or text of a class of parts: the field, and what may be named and is wanted there."""

    name: str
    asks: Asks


def _kinds(has: Callable[[Traits], object]) -> frozenset[str]:
    """Return the kinds of which something holds."""
    return frozenset(name for name, kind in KINDS.items() if has(kind.traits))


FIELDS: Final = _kinds(lambda traits: traits.value)
"""Kinds that hold a value."""

FILLABLE: Final = _kinds(lambda traits: traits.fill in ("typed", "slid"))
"""Fields that are filled with a text."""

OPTIONED: Final = _kinds(lambda traits: traits.fill == "chosen")
"""Fields of which one chooses an option."""

CHANGES_ON_FILL: Final = _kinds(lambda traits: traits.has_change and traits.fill in ("typed", "slid"))
"""Fields that are filled and to whose change a transition may listen; plain text and amounts have no such moment."""

CHANGING: Final = _kinds(lambda traits: traits.has_change)
"""Fields to whose change a transition may listen."""

UNFOLDING: Final = _kinds(lambda traits: traits.has_buttons)
"""Kinds that have buttons of their own."""

OVER_ROWS: Final = frozenset(name for name, kind in KINDS.items() if "table" in kind.__annotations__)
"""Kinds that show or offer the rows of a table."""


@PerClass
def slots(part: type[Part]) -> tuple[Slot, ...]:
    """Return the formulas and texts that a class of parts has itself, in the order of its fields."""
    found = []
    for name, hint in get_type_hints(part, include_extras=True).items():
        marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
        found += [Slot(name, mark) for mark in marks if isinstance(mark, Asks)]
    return tuple(found)


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
    "FILLABLE",
    "KINDS",
    "OPTIONED",
    "OVER_ROWS",
    "UNFOLDING",
    "Block",
    "Slot",
    "blocks",
    "controls",
    "field_blocks",
    "inside",
    "slots",
    "walk",
]
