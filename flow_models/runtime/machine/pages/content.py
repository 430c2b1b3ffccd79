"""What a part of a page says and holds, as a value that finds the part again wherever an equal one is made.

The text of a part is kept on the part, so equal parts should be one object: whichever instance, variant or page they
were made for.
"""

from collections.abc import Callable, Hashable
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

from ..base.words import Phrase
from .view import ListRow, Shown


def content_of(held: Any) -> Hashable:
    """Return what tells a part, or a value that one holds, from others; a row of a list is known by its identity.

    Two texts with values in them are alike only if they are so piece by piece, because variants say the pieces.
    """
    kind = type(held)
    if kind is tuple:
        return tuple([one if type(one) is str else content_of(one) for one in held])
    if kind is Phrase:
        return tuple(held.pieces)
    if kind is ListRow:
        return id(held)
    if isinstance(held, Shown):
        values = _VALUES[type(held)](held)
        return tuple([one if type(one) is str else content_of(one) for one in values])
    known: Hashable = held
    return known


class _Values(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """What gives the class and the values of a part, by its class; finding the fields takes longer than all else."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        found: Callable[[Any], tuple[Any, ...]] = attrgetter(
            "__class__", *[one.name for one in fields(kind) if one.init]
        )
        self[kind] = found
        return found


# As many as there are kinds of parts.
_VALUES: Final = _Values()
