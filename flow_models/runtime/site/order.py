"""The order of what stands together, as a variant has it: a pure function of the variant and of what is ordered.

A variant is one site, so each thing has one place in it: two menus, forms or tables that hold the same things, on
whatever pages, hold them in the same order. A thing is known by how it is drawn, which is all that twins share.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar
from zlib import crc32

from ..machine.base.words import Name, Phrase
from ..machine.pages.view import FoldOut, Menu, Shown
from .writer import ORDER, Writer

T = TypeVar("T")
S = TypeVar("S", bound=Shown)

_STEP = 6364136223846793005
_ADD = 1442695040888963407
_MASK = (1 << 64) - 1
"""Knuth's linear congruential generator (MMIX), which is all that a shuffle of a few things needs."""


def reordered(w: Writer, items: Sequence[T], names: Sequence[str]) -> Sequence[T]:
    """Return things that stand together in the order in which the variant has them.

    Args:
        w: The writer, which takes note that it asked.
        items: The things.
        names: What each is known by; things of one name keep their order.
    """
    if len(items) < 2:
        return items
    w.facets |= ORDER
    order = w.site.variant.order
    return [items[place] for place in permutation(order, tuple(names))] if order else items


def parts_reordered(w: Writer, parts: Sequence[S]) -> Sequence[S]:
    """Return parts of a page in the order in which the variant has them."""
    return reordered(w, parts, [name_of(part) for part in parts]) if len(parts) > 1 else parts


def name_of(part: Shown) -> str:
    """Return what a part is known by: its title or text as drawn, its id where these are data alone or nothing."""
    words = getattr(part, "title", "") or getattr(part, "text", "")
    if isinstance(part, FoldOut) or (isinstance(part, Menu) and not words):
        words = part.button.text
    if isinstance(words, Phrase):
        return words.name
    return words if isinstance(words, Name) and words else part.id


# By all that it follows from; 4,096, the least used go. Asked for again at each writing, and slow for long lists.
@lru_cache(maxsize=4096)
def permutation(order: int, names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the places of named things in an order that follows from a number and their names."""
    return tuple(sorted(range(len(names)), key=lambda place: _rank(order, names[place])))


def _rank(order: int, name: str) -> int:
    """Return where a thing stands among all things of a site, as a number that says nothing alone."""
    luck = crc32(f"{order} {name}".encode("utf-8", "surrogatepass"))
    # Twice, because the sum of one text in two orders differs by the same bits as that of any other of its length.
    for _ in range(2):
        luck = (luck ^ luck >> 29) * _STEP + _ADD & _MASK
    return luck >> 16
