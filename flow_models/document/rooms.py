"""Where blocks stand inside blocks: the rooms of each kind, found from the annotations of its model."""

import functools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from flow_models.document.base import Model
from flow_models.document.block_base import BlockBase
from flow_models.document.blocks import AnyBlock
from flow_models.document.holding import Held, Items, Maybe, Parts, fields_of


class Room(NamedTuple):
    """A place inside a block where blocks stand.

    Attributes:
        path: The field and, inside of it, numbers and fields: `blocks`, `columns.1`, `tabs.0.blocks`.
        blocks: The blocks that stand there.
        kinds: The kinds of block that can.
        is_single: Whether there is room for one block only.
    """

    path: str
    blocks: tuple[AnyBlock, ...]
    kinds: frozenset[str]
    is_single: bool


def rooms(part: Model) -> Iterator[Room]:
    """Yield the places inside a part where blocks stand, in document order; not those inside of these blocks."""
    for name, holds in _rooms_of(type(part)):
        yield from _rooms(getattr(part, name), holds, name)


def children(block: AnyBlock) -> tuple[AnyBlock, ...]:
    """Return the blocks directly inside a block, controls of lists and navigation included, in document order."""
    if not _rooms_of(type(block)):
        return ()
    return tuple(inner for room in rooms(block) for inner in room.blocks)


def walk(blocks: Iterable[AnyBlock]) -> Iterator[AnyBlock]:
    """Yield blocks and everything inside them in document order."""
    for block in blocks:
        yield block
        yield from walk(children(block))


class _Blocks(NamedTuple):
    """A plan for a field in which blocks stand: of these kinds, one after the other or a single one."""

    kinds: frozenset[str]
    is_single: bool


class _Each(NamedTuple):
    """A plan for a field that has several places: how blocks stand in each, None if each is a part."""

    plan: "_Blocks | _Each | None"


@functools.cache
def _rooms_of(model: type[Model]) -> tuple[tuple[str, _Blocks | _Each], ...]:
    """Return the fields of a model in which blocks stand."""
    found = ((name, _plan(holds)) for name, holds in fields_of(model))
    return tuple((name, plan) for name, plan in found if plan is not None)


def _plan(holds: Held) -> _Blocks | _Each | None:
    """Return how blocks stand in what a field holds; None if none do."""
    match holds:
        case Items(Parts(classes)) | Maybe(Parts(classes)) if issubclass(classes[0], BlockBase):
            kinds = frozenset(one.kind_name() for one in classes if issubclass(one, BlockBase))
            return _Blocks(kinds, isinstance(holds, Maybe))
        case Items(Parts(classes)):
            return _Each(None) if any(map(_rooms_of, classes)) else None
        case Items(inner):
            plan = _plan(inner)
            return None if plan is None else _Each(plan)
        case _:
            return None


def _rooms(value: Any, plan: _Blocks | _Each, path: str) -> Iterator[Room]:
    """Yield the places for blocks in the value of a field."""
    if isinstance(plan, _Each):
        for number, one in enumerate(value):
            if plan.plan is not None:
                yield from _rooms(one, plan.plan, f"{path}.{number}")
            else:
                yield from (room._replace(path=f"{path}.{number}.{room.path}") for room in rooms(one))
    elif not plan.is_single:
        yield Room(path, value, plan.kinds, is_single=False)
    elif value is not None:
        yield Room(path, (value,), plan.kinds, is_single=True)
