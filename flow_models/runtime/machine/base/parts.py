"""How the frozen values of a program are made: what a part is, how it is read from JSON, and what stands inside it.

A part is a frozen dataclass. Its fields say how they are read: a text, number or flag as it stands, another part, a
formula, a template, tuples and mappings of those. Whoever adds a field to a part writes it there and nowhere else.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Protocol, Self, TypeVar, get_args, get_origin

from .errors import ProgramError

Json = Mapping[str, Any]
"""A part of a program as JSON. Its values are what the compiler wrote; they are checked there, so `Any` is honest."""


class Say(Protocol):
    """What gives a fixed text the ways in which it can be said; see `words.Vocabulary.say`."""

    def __call__(self, text: str, *, is_name: bool, is_whole: bool) -> str:
        """Return the text as a value that knows them."""


def as_drawn(text: str, *, is_name: bool, is_whole: bool) -> str:  # noqa: ARG001
    """Return a text as it is."""
    return text


_Read = Callable[[Any, Say], Any]
_Value = TypeVar("_Value")


class Said:
    """Marks a field whose texts name something, so that variants may say them in other ways."""


class Told:
    """Marks a field whose texts tell something: variants say the words in them as everywhere, and nothing else."""


_Mark = type[Said] | type[Told] | None


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
    def read(cls, written: Json, say: Say = as_drawn) -> Self:
        """Return the part that JSON describes.

        Args:
            written: The part as the compiler wrote it; a key that is missing leaves the field's default.
            say: What marked texts (`Said`, `Told`) become.

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
    mark: _Mark = None
    if get_origin(hint) is typing.Annotated:
        hint, *marks = get_args(hint)
        mark = next((one for one in marks if one in (Said, Told)), None)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _reader_of_union(args, mark)
    if origin is tuple:
        return _reader_of_items(args[0], mark)
    if origin is not None and issubclass(origin, Mapping):
        inner = _reader(args[1])
        return lambda written, say: {name: inner(value, say) for name, value in written.items()}
    if isinstance(hint, type) and issubclass(hint, Part):
        return hint.read
    return _plain_reader(mark)


def _reader_of_union(args: tuple[Any, ...], mark: _Mark) -> _Read:
    """Return what reads a value that may be missing, or a part or a plain value."""
    parts = [one for one in args if isinstance(one, type) and issubclass(one, Part)]
    if not parts:
        return _plain_reader(mark)
    read, plain = parts[0].read, _plain_reader(mark)
    return lambda written, say: read(written, say) if isinstance(written, Mapping) else plain(written, say)


def _reader_of_items(hint: Any, mark: _Mark) -> _Read:
    """Return what reads a list whose items have a type; a template is a list of texts and formulas."""
    inner = _reader(hint if mark is None else typing.Annotated[hint, mark])
    if mark is None or get_origin(hint) not in (typing.Union, types.UnionType):
        return lambda written, say: tuple([inner(one, say) for one in written])
    return lambda written, say: tuple([inner(one, say if len(written) == 1 else _in_pieces(say)) for one in written])


def _in_pieces(say: Say) -> Say:
    """Return what says the pieces of a template between its formulas."""
    return lambda text, *, is_name, is_whole: say(text, is_name=is_name, is_whole=False)  # noqa: ARG005


def _plain_reader(mark: _Mark) -> _Read:
    """Return what reads a plain value; a marked text becomes one as it can be said."""
    if mark is None:
        return lambda written, _say: written
    is_name = mark is Said
    return lambda written, say: (
        say(written, is_name=is_name, is_whole=True) if isinstance(written, str) and written else written
    )
