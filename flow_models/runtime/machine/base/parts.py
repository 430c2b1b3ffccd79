"""How the frozen values of a program are made: what a part is, how it is read from JSON, and what stands inside it.

A part is a frozen dataclass. Its fields say how they are read: a text, number or flag as it stands, another part, a
formula, a template, tuples and mappings of those. Whoever adds a field to a part writes it there and nowhere else.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self, TypeVar, get_args, get_origin

from .errors import ProgramError

Json = Mapping[str, Any]
"""A part of a program as JSON. Its values are what the compiler wrote; they are checked there, so `Any` is honest."""

Say = Callable[[str], str]
"""What gives a fixed text that names something the ways in which it can be said."""

_Read = Callable[[Any, Say], Any]
_Value = TypeVar("_Value")


class Said:
    """Marks a field whose texts name something, so that variants may say them in other ways."""


class PerClass(dict["type[Part]", _Value]):
    """A function of a class of parts, computed once for each.

    Kept by class, of which there are as many as in the code; never cleared. Without it each part that is read would
    look up annotations anew, which takes longer than to read it.
    """

    def __init__(self, compute: "Callable[[type[Part]], _Value]") -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, part: "type[Part]") -> _Value:
        found = self[part] = self._compute(part)
        return found

    def __call__(self, part: "type[Part]") -> _Value:
        """Return what the function gives for a class."""
        return self[part]


class Part:
    """A frozen part of a program.

    Attributes:
        tag: The key under which JSON says which of several classes a part is, and the name of the attribute that says
            it of a class; empty for parts of one class.
        tagged: The classes by that word, each noted when it is defined.
    """

    __slots__ = ()

    tag: ClassVar[str] = ""
    tagged: ClassVar[dict[str, type["Part"]]] = {}

    def __init_subclass__(cls) -> None:
        if "tag" in cls.__dict__:
            cls.tagged = {}
        elif cls.tag and cls.__dict__.get(cls.tag):
            # A dataclass with slots is made twice; the second one, which is used, replaces the first.
            cls.tagged[getattr(cls, cls.tag)] = cls

    @classmethod
    def read(cls, written: Json, say: Say = str) -> Self:
        """Return the part that JSON describes.

        Args:
            written: The part as the compiler wrote it; a key that is missing leaves the field's default.
            say: What marked texts (`Said`) become.

        Raises:
            ProgramError: There is no class for its tag.
            KeyError: A field without a default is missing.
        """
        if not cls.tag:
            return cls.made(written, say)
        found = cls.tagged.get(written[cls.tag])
        if found is None:
            raise ProgramError(f"unknown {cls.__name__.lower()} {written[cls.tag]!r}")
        return typing.cast("Self", found.made(written, say))

    @classmethod
    def made(cls, written: Json, say: Say) -> Self:
        """Return the part of this very class that JSON describes.

        Raises:
            KeyError: A field without a default is missing.
        """
        values = {
            name: read(written[key], say) for name, key, read, needed in _reading(cls) if needed or key in written
        }
        return cls(**values)


class Deferred(Mapping[str, _Value]):
    """Named parts, each read when somebody first asks for it: a large program is ready at once."""

    __slots__ = ("_read", "_seen", "_written")

    def __init__(self, written: Mapping[str, Json], read: Callable[[Json], _Value]) -> None:
        self._written = written
        self._read = read
        # By name, as many as the program has, gone with it: a machine for 1,000 pages is there in 10 ms, not in 150.
        self._seen: dict[str, _Value] = {}

    def __getitem__(self, name: str) -> _Value:
        found = self._seen.get(name)
        if found is None:
            found = self._seen[name] = self._read(self._written[name])
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._written

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


class DeferredList(Sequence[_Value]):
    """Parts in order, each read when somebody first asks for it."""

    __slots__ = ("_read", "_seen", "_written")

    def __init__(self, written: Sequence[Json], read: Callable[[Json], _Value]) -> None:
        self._written = written
        self._read = read
        # By place, as those of `Deferred`.
        self._seen: dict[int, _Value] = {}

    @typing.overload
    def __getitem__(self, place: int) -> _Value: ...

    @typing.overload
    def __getitem__(self, place: slice) -> tuple[_Value, ...]: ...

    def __getitem__(self, place: int | slice) -> _Value | tuple[_Value, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        found = self._seen.get(place)
        if found is None:
            found = self._seen[place] = self._read(self._written[place])
        return found

    def __len__(self) -> int:
        return len(self._written)


def parts_in(*things: object) -> Iterator[Part]:
    """Yield every part in some things, however deep: in parts, tuples, lists and mappings; others hold none."""
    waiting = list(things)
    while waiting:
        thing = waiting.pop()
        # The commonest first: most of what is met is a tuple, a text or nothing.
        if thing.__class__ is tuple:
            waiting.extend(thing)
        elif thing is None or isinstance(thing, str):
            continue
        elif isinstance(thing, Part):
            yield thing
            waiting.extend([getattr(thing, name) for name in inner_fields(type(thing))])
        elif isinstance(thing, Mapping):
            waiting.extend(thing.values())
        elif isinstance(thing, list | DeferredList):
            waiting.extend(thing)


@PerClass
def inner_fields(part: type[Part]) -> tuple[str, ...]:
    """Return the names of the fields of a class of parts that may hold other parts."""
    hints = typing.get_type_hints(part)
    return tuple(field.name for field in fields_of(part) if _holds_parts(hints[field.name]))


def fields_of(part: type[Part]) -> tuple[dataclasses.Field[Any], ...]:
    """Return the fields of a class of parts."""
    return dataclasses.fields(typing.cast("Any", part))


def _holds_parts(hint: Any) -> bool:
    """Say whether a value of a type may hold parts."""
    if isinstance(hint, type) and not get_args(hint):
        return issubclass(hint, Part)
    return any(_holds_parts(inner) for inner in get_args(hint) if inner is not ...)


@PerClass
def _reading(part: type[Part]) -> tuple[tuple[str, str, _Read, bool], ...]:
    """Return (name, key in JSON, what reads it, whether it must be there) of each field of a class."""
    hints = typing.get_type_hints(part, include_extras=True)
    missing = dataclasses.MISSING
    return tuple(
        (
            field.name,
            field.metadata.get("key", field.name),
            _reader(hints[field.name]),
            field.default is missing and field.default_factory is missing,
        )
        for field in fields_of(part)
    )


def _reader(hint: Any) -> _Read:
    """Return what reads a value of a type."""
    is_said = False
    if get_origin(hint) is typing.Annotated:
        hint, *marks = get_args(hint)
        is_said = any(mark is Said for mark in marks)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _reader_of_union(args, is_said=is_said)
    if origin is tuple:
        return _reader_of_items(typing.Annotated[args[0], Said] if is_said else args[0])
    if origin is not None and issubclass(origin, Mapping):
        inner = _reader(args[1])
        return lambda written, say: {name: inner(value, say) for name, value in written.items()}
    if isinstance(hint, type) and issubclass(hint, Part):
        return hint.read
    return _said if is_said else _as_it_stands


def _reader_of_union(args: tuple[Any, ...], *, is_said: bool) -> _Read:
    """Return what reads a value that may be missing, or a part or a plain value."""
    parts = [one for one in args if isinstance(one, type) and issubclass(one, Part)]
    if not parts:
        return _said if is_said else _as_it_stands
    read, plain = parts[0].read, _said if is_said else _as_it_stands
    return lambda written, say: read(written, say) if isinstance(written, Mapping) else plain(written, say)


def _reader_of_items(hint: Any) -> _Read:
    """Return what reads a list whose items have a type."""
    inner = _reader(hint)
    return lambda written, say: tuple([inner(one, say) for one in written])


def _as_it_stands(written: Any, _say: Say) -> Any:
    """Return a plain value."""
    return written


def _said(written: Any, say: Say) -> Any:
    """Return a text as it can be said."""
    return say(written) if isinstance(written, str) else written
