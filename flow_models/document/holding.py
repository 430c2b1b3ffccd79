"""What the fields of models hold, found once from their annotations: ids of elements, and other parts.

Whatever follows references or looks for what stands inside a part asks here, so that a new field of a new model is
followed by all of them.
"""

import functools
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, NamedTuple, NewType, TypeAlias, TypeVar, Union, cast, get_args, get_origin

from flow_models.document.base import Model
from flow_models.document.elements import ElementKind

_Part = TypeVar("_Part", bound=Model)


@dataclass(frozen=True, slots=True)
class Ids:
    """The id of an element of one of some kinds, or a word in its place."""

    kinds: frozenset[ElementKind]


@dataclass(frozen=True, slots=True)
class Parts:
    """A part of one of some classes."""

    classes: tuple[type[Model], ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """Something, or None."""

    inner: "Held"


@dataclass(frozen=True, slots=True)
class Items:
    """Any number of things, in order."""

    inner: "Held"


@dataclass(frozen=True, slots=True)
class Entries:
    """Things by key; what keys and values hold is None where they are plain."""

    key: "Held | None"
    value: "Held | None"


Held: TypeAlias = Ids | Parts | Maybe | Items | Entries
"""What a value can hold besides plain values."""


class Change(NamedTuple):
    """What ids become.

    Attributes:
        among: All ids that become others, perhaps with some that do not; what holds none of them is not looked into.
        becomes: Returns what an id of an element of one of some kinds becomes, None if what it names is gone.
    """

    among: frozenset[str]
    becomes: Callable[[frozenset[ElementKind], str], str | None]


class Item(Model):
    """What a flow lists itself: a table, variable, section, page, transition or task."""

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id in it, its own ones and those to which it refers.

        Kept with the item, which never changes: an edit that follows references looks into few of many pages.
        """
        found: set[str] = set()

        def note(_kinds: frozenset[ElementKind], element_id: str) -> str:
            found.add(element_id)
            return element_id

        _with_ids_inside(self, Change(frozenset(), note))
        return frozenset(found)

    @cached_property
    def elements(self) -> tuple[tuple[ElementKind, str], ...]:
        """Kind and id of itself and of every element inside it, in order; kept for the same reason."""
        return tuple(own_ids(self))


@functools.cache
def fields_of(model: type[Model]) -> tuple[tuple[str, Held], ...]:
    """Return the fields of a model that hold ids or parts, in their order."""
    found = ((name, held(field.annotation)) for name, field in model.model_fields.items())
    return tuple((name, holds) for name, holds in found if holds is not None)


def held(hint: Any) -> Held | None:
    """Return what values of a type hold; None for plain ones."""
    if get_origin(hint) is Annotated:
        return held(get_args(hint)[0])
    if isinstance(hint, NewType):
        return Ids(frozenset({cast("ElementKind", hint.__name__.removesuffix("Id").lower())}))
    if isinstance(hint, type) and not get_args(hint):
        return Parts((hint,)) if issubclass(hint, Model) else None
    return _held_in(get_origin(hint), get_args(hint))


def _held_in(origin: Any, args: tuple[Any, ...]) -> Held | None:
    """Return what values of a type that is made of others hold."""
    if origin in (Union, types.UnionType):
        return _held_by_one_of(args)
    if origin is tuple:
        inner = held(args[0])
        return None if inner is None else Items(inner)
    if origin is dict:
        key, value = map(held, args)
        return None if key is None and value is None else Entries(key, value)
    return None


def _held_by_one_of(types_: tuple[Any, ...]) -> Held | None:
    """Return what values hold that are of one of several types: ids or parts, never both."""
    ways = [holds for holds in map(held, types_) if holds is not None]
    if not ways:
        return None
    kinds = frozenset[ElementKind]().union(*(way.kinds for way in ways if isinstance(way, Ids)))
    found = Ids(kinds) if kinds else Parts(sum((way.classes for way in ways if isinstance(way, Parts)), ()))
    return Maybe(found) if type(None) in types_ else found


def parts_in(part: Model) -> Iterator[Model]:
    """Yield a part and every part inside it, in order, at any depth."""
    yield part
    for name, holds in fields_of(type(part)):
        yield from _parts_in(getattr(part, name), holds)


def _parts_in(value: Any, holds: Held | None) -> Iterator[Model]:
    match holds:
        case Parts():
            yield from parts_in(value)
        case Maybe() if value is not None:
            yield from _parts_in(value, holds.inner)
        case Items():
            for one in value:
                yield from _parts_in(one, holds.inner)
        case Entries():
            for one in value.values():
                yield from _parts_in(one, holds.value)
        case _:
            pass


def own_ids(part: Model) -> Iterator[tuple[ElementKind, str]]:
    """Yield kind and id of every element in a part, itself included."""
    for inner in parts_in(part):
        own = dict(fields_of(type(inner))).get("id")
        if isinstance(own, Ids):
            (kind,) = own.kinds
            yield kind, getattr(inner, "id", "")


def with_ids(part: _Part, change: Change) -> _Part | None:
    """Return a part in which every id, its own too, is what it becomes; the same object if none is another.

    Where an id is gone, a field that may be empty is emptied, and a key or an item of several is left out; any other
    part cannot be without it and goes as well: None stands for a part that does.
    """
    if isinstance(part, Item) and part.ids.isdisjoint(change.among):
        return part
    return _with_ids_inside(part, change)


def _with_ids_inside(part: _Part, change: Change) -> _Part | None:
    """Return a part with other ids in its fields; None if it goes."""
    changes: dict[str, object] = {}
    for name, holds in fields_of(type(part)):
        value = getattr(part, name)
        new = _with_ids(value, holds, change)
        if new is value:
            continue
        if new is None and not isinstance(holds, Maybe):
            return None
        changes[name] = new
    return part.rebuilt(**changes) if changes else part


def _with_ids(value: Any, holds: Held, change: Change) -> Any:
    """Return a value with other ids in it; None if it is gone."""
    match holds:
        case Ids():
            return change.becomes(holds.kinds, value)
        case Parts():
            return with_ids(value, change)
        case Maybe():
            return None if value is None else _with_ids(value, holds.inner, change)
        case Items():
            return _with_ids_in_order(value, holds, change)
        case Entries():
            return _with_ids_by_key(value, holds, change)


def _with_ids_in_order(values: tuple[Any, ...], holds: Items, change: Change) -> tuple[Any, ...]:
    """Return several things with other ids in them, without those that are gone."""
    made = tuple(_with_ids(one, holds.inner, change) for one in values)
    is_same = all(new is old for new, old in zip(made, values, strict=True))
    return values if is_same else tuple(one for one in made if one is not None)


def _with_ids_by_key(values: dict[str, Any], holds: Entries, change: Change) -> dict[str, Any]:
    """Return a mapping with other ids in its keys and values, without the entries in which one is gone."""
    made = {}
    for key, value in values.items():
        new_key = key if holds.key is None else _with_ids(key, holds.key, change)
        new = value if holds.value is None else _with_ids(value, holds.value, change)
        if new_key is not None and (new is not None or holds.value is None):
            made[new_key] = new
    return values if made == values and list(made) == list(values) else made
