"""Spaces of texts that Gymnasium's own `Text` is too narrow for: any characters, the empty text too.

Gymnasium makes numbers of texts where it flattens observations and where processes share them, by the place of each
character in the space's set. Here that set is all of Unicode, and the place a code point; the functions at the end of
this module say so to Gymnasium, each registered for the space as its documentation asks. Whoever unpickles a space, as
the processes of asynchronous vectors do, imports this module and so has them too.

A set of a million characters in Gymnasium's own `Text` would do the same for 150 MB a space, and read a page of ten
thousand characters from shared memory by a million steps in Python.
"""

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final, overload

import gymnasium as gym
import numpy as np
import numpy.typing as npt
from gymnasium.spaces import Box, Text, utils
from gymnasium.vector.utils import shared_memory

Memory = Any
"""An array of `multiprocessing`, which has no type of its own."""

PADDING: Final = sys.maxunicode + 1
"""What stands behind a text that is not as long as it might be."""

SAMPLES: Final = ("noop()", "go_back()", "scroll(0, 200)", "press('{}', 'Tab')", "click('{}')", "fill('{}', 'word')")
"""What a random action is made of; `{}` is a number."""


class UnicodeText(Text):
    """Any text up to a length; samples are of letters and digits."""

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length, min_length=0)

    def contains(self, x: Any) -> bool:
        """Say whether something is a text that is not too long."""
        return isinstance(x, str) and len(x) <= self.max_length

    def __eq__(self, other: object) -> bool:
        """Spaces of the same kind and length are equal."""
        return type(other) is type(self) and self.max_length == other.max_length

    __hash__ = None  # type: ignore[assignment]  # spaces are mutable: they hold a random generator


class ActionText(UnicodeText):
    """Actions as strings; samples are calls of BrowserGym's set with random element numbers."""

    def __init__(self) -> None:
        super().__init__(10_000)

    def sample(self, mask: Any = None, probability: Any = None) -> str:
        """Return a random action; masks have no meaning here."""
        del mask, probability
        template = SAMPLES[int(self.np_random.integers(len(SAMPLES)))]
        return template.format(int(self.np_random.integers(120)))


class OfKind(gym.Space[Any]):
    """Whatever is of a type of Python's, as trees and lists of texts are; its samples are empty."""

    def __init__(self, kind: type[Any]) -> None:
        super().__init__(None, None)
        self.kind = kind

    @property
    def is_np_flattenable(self) -> bool:
        """Trees are no rows of numbers."""
        return False

    def contains(self, x: Any) -> bool:
        """Say whether something is of the type."""
        return isinstance(x, self.kind)

    def sample(self, mask: Any = None, probability: Any = None) -> Any:
        """Return an empty one."""
        del mask, probability
        return self.kind()

    def __eq__(self, other: object) -> bool:
        """Spaces of the same type are equal."""
        return isinstance(other, OfKind) and self.kind is other.kind

    __hash__ = None  # type: ignore[assignment]  # spaces are mutable: they hold a random generator


class SharedTexts(Sequence[str]):
    """The texts of several environments in memory that other processes write: those that stand there when one looks.

    Gymnasium reads shared memory once, before anything is written, and shows that for ever; of its own `Text` only the
    empty beginning is ever seen. A deep copy, which is what a vector gives its user unless told not to, is a tuple.
    """

    def __init__(self, space: UnicodeText, memory: Memory, n: int = 1) -> None:
        self._cells = _cells(space, memory)[:n]

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...

    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return tuple(_text(cells[1 : 1 + cells[0]]) for cells in self._cells[index])
        cells = self._cells[index]
        return _text(cells[1 : 1 + cells[0]])

    def __deepcopy__(self, memo: dict[int, object]) -> tuple[str, ...]:
        return self[:]


def _flat_space(space: UnicodeText) -> Box:
    """Return the space of a text as numbers: as many code points as it may have, behind its end `PADDING`."""
    return Box(0, PADDING, (space.max_length,), np.int32)


def _flat(space: UnicodeText, text: str) -> npt.NDArray[np.int32]:
    """Return a text as numbers, shape (max_length,)."""
    numbers = np.full(space.max_length, PADDING, np.int32)
    numbers[: len(text)] = _codes(text)
    return numbers


def _raised(_space: UnicodeText, numbers: npt.NDArray[Any]) -> str:
    """Return the text of numbers, which may have been made floats meanwhile."""
    return _text(numbers[numbers < PADDING])


def _shared(space: UnicodeText, n: int = 1, ctx: Any = multiprocessing) -> Memory:
    """Return memory for a text of each of `n` environments: its length, then its code points."""
    return ctx.Array("i", n * (1 + space.max_length))


def _write(space: UnicodeText, index: int, text: str, memory: Memory) -> None:
    """Put the text of one environment into memory."""
    cells = _cells(space, memory)[index]
    cells[0] = len(text)
    cells[1 : 1 + len(text)] = _codes(text)


def _cells(space: UnicodeText, memory: Memory) -> npt.NDArray[np.int32]:
    """Return shared memory as an array, shape (environments, 1 + max_length)."""
    cells: npt.NDArray[np.int32] = np.frombuffer(memory.get_obj(), dtype=np.int32)
    return cells.reshape(-1, 1 + space.max_length)


def _codes(text: str) -> npt.NDArray[np.int32]:
    """Return the code points of a text, shape (length,)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<i4")


def _text(codes: npt.NDArray[Any]) -> str:
    """Return the text of code points."""
    return codes.astype("<i4").tobytes().decode("utf-32-le", "surrogatepass")


_ASKED: Final[tuple[tuple[Any, Callable[..., Any]], ...]] = (
    (utils.flatten_space, _flat_space),
    (utils.flatten, _flat),
    (utils.unflatten, _raised),
    (shared_memory.create_shared_memory, _shared),
    (shared_memory.write_to_shared_memory, _write),
    (shared_memory.read_from_shared_memory, SharedTexts),
)
for _asked, _answer in _ASKED:
    _asked.register(UnicodeText, _answer)
