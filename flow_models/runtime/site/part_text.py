"""Writes the accessibility text of one part of a page, as BrowserGym prints it without the `InlineTextBox` lines.

What is written becomes a `Chunk`: lines without the numbers of their elements, which depend on what stands before.
`page_text` puts chunks together.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Final

from ..machine.pages.view import Shown
from .elements import Aim, Attributes, Focus
from .site import Site
from .writer import Cell, Filled, Writer

_DEPTH_LIMIT: Final = 64
TABS: Final = tuple("\n" + "\t" * depth for depth in range(_DEPTH_LIMIT))
"""What stands before a line, by its depth."""

STARTS: Final = tuple(f"{tabs}[" for tabs in TABS)
"""What stands before the number of a line, by its depth."""

_NUMBERS: Final = [str(number) for number in range(4096)]
"""Numbers as texts, by number: as many as the longest page so far has elements, twice at most. A page has hundreds."""

_Pick = Callable[[Sequence[str]], Sequence[str]]


class Chunk:
    """The lines of one part, without the numbers of its elements.

    Attributes:
        text: The lines as they were written last, where the first element had the number `number`; -1 before. A part
            mostly has the same one from page to page.
        count: How many elements the part has.
        places: The offsets of the elements that can be used, ascending; `aims` are what they stand for.
    """

    __slots__ = ("_first", "_last", "_pick", "_pieces", "aims", "count", "number", "places", "text")

    def __init__(self, writer: "LineWriter") -> None:
        # What stands before, between and behind the numbers, with room for these.
        self._pieces = [""] * (2 * len(writer.pieces) - 1)
        self._pieces[::2] = writer.pieces
        self.count = writer.count
        self.places = tuple(writer.places)
        self.aims = tuple(writer.aims)
        offsets = writer.offsets
        # Where the numbers begin and end, counted from the first element, if they are in turn; else what picks them.
        # They are out of turn only where an element names another one, so there are two of them at least.
        self._first, self._last = (offsets[0], offsets[-1] + 1) if offsets else (0, 0)
        is_in_turn = writer.is_in_turn and self._last - self._first == len(offsets)
        self._pick: _Pick | None = None if is_in_turn else itemgetter(*offsets)
        self.number = -1
        self.text = ""

    def numbered(self, number: int) -> str:
        """Return the lines for a first element with a number."""
        numbers = _NUMBERS if number + self.count < len(_NUMBERS) else _more_numbers(number + self.count)
        if self._pick is None:
            self._pieces[1::2] = numbers[number + self._first : number + self._last]
        else:
            self._pieces[1::2] = self._pick(numbers[number : number + self.count])
        self.number, self.text = number, "".join(self._pieces)
        return self.text

    def aim(self, offset: int) -> Aim | None:
        """Return what the element at an offset stands for."""
        at = bisect_left(self.places, offset)
        return self.aims[at] if at < len(self.places) and self.places[at] == offset else None


def _more_numbers(count: int) -> list[str]:
    """Return more than so many numbers as texts."""
    _NUMBERS.extend([str(number) for number in range(len(_NUMBERS), 2 * count)])
    return _NUMBERS


class LineWriter(Writer):
    """Records the lines of a part.

    Attributes:
        depth: How deep the next line stands.
        pieces: What stands before, between and behind the numbers: one more than there are `offsets`.
        offsets: The numbers, counted from the first element.
        is_in_turn: Whether they ascend.
        count, places, aims: As of a chunk.
    """

    __slots__ = ("_describe", "_name", "_stack", "aims", "count", "depth", "is_in_turn", "offsets", "pieces", "places")

    def __init__(self, site: Site, focus: Focus, describe: Callable[[Writer, Shown], None], depth: int = 0) -> None:
        super().__init__(site, focus)
        self._describe = describe
        self.depth = depth
        self.pieces = [""]
        self.offsets: list[int] = []
        self.is_in_turn = True
        self.count = 0
        self.places: list[int] = []
        self.aims: list[Aim] = []
        self._name = ""
        self._stack: list[tuple[int, str]] = []

    def open(
        self,
        _tag: str,
        _attributes: Attributes = (),
        line: str | None = None,
        name: str = "",
        aim: Aim | None = None,
        described: tuple[int, ...] = (),
    ) -> None:
        """Begin an element; its line, if it has one."""
        offset = self.count
        self.count = offset + 1
        depth = self.depth
        self._stack.append((depth, self._name))
        self._name = name
        if line is not None:
            pieces = self.pieces
            pieces[-1] += STARTS[depth]
            pieces.append("] " + line)
            self.offsets.append(offset)
            self.depth = depth + 1
            if described:
                self._describe_by(offset, described)
        if aim is not None:
            self.places.append(offset)
            self.aims.append(aim)

    def _describe_by(self, offset: int, described: tuple[int, ...]) -> None:
        """Add the ids of describing elements to the line written last."""
        self.pieces[-1] += ", describedby='e"
        self.pieces += [" e"] * (len(described) - 1) + ["'"]
        self.offsets += [offset + step for step in described]
        self.is_in_turn = False

    def close(self) -> None:
        """End the element that was begun last."""
        self.depth, self._name = self._stack.pop()

    def text(self, text: str) -> None:
        """Add a text, unless the name says it."""
        if text not in self._name:
            self.remark(f"StaticText {text.strip()!r}")

    def remark(self, line: str, *, nests: bool = False) -> None:
        """Add a line without a number."""
        self.pieces[-1] += TABS[self.depth] + line
        if nests:
            self.depth += 1

    def leaf(
        self, _tag: str, text: str, _attributes: Attributes = (), line: str | None = None, aim: Aim | None = None
    ) -> None:
        """Add an element that holds nothing but a text."""
        offset = self.count
        self.count = offset + 1
        if aim is not None:
            self.places.append(offset)
            self.aims.append(aim)
        if line is None:
            if text:
                self.remark(f"StaticText {text.strip()!r}")
        else:
            depth, pieces = self.depth, self.pieces
            pieces[-1] += STARTS[depth]
            pieces.append(f"] {line}{TABS[depth + 1]}StaticText {text.strip()!r}" if text else "] " + line)
            self.offsets.append(offset)

    def named(self, _tag: str, _text: str, _attributes: Attributes, line: str, aim: Aim | None = None) -> None:
        """Add an element whose text is its name."""
        offset, pieces = self.count, self.pieces
        self.count = offset + 1
        pieces[-1] += STARTS[self.depth]
        pieces.append("] " + line)
        self.offsets.append(offset)
        if aim is not None:
            self.places.append(offset)
            self.aims.append(aim)

    def filled(self, _tag: str, cells: Sequence[Cell], _attributes: Sequence[Attributes]) -> None:
        """Add an element for each cell; the lines of a table are most of what is written."""
        start, inner = STARTS[self.depth], STARTS[self.depth + 1]
        pieces, offset = self.pieces, self.count
        first = offset
        for cell in cells:
            pieces[-1] += start
            if type(cell) is Filled:
                pieces += (f"] {cell.line}{inner}", "] " + cell.inside)
                self.places += (offset, offset + 1)
                self.aims += cell.aims
                offset += 2
            else:
                pieces.append("] " + cell[1])
                offset += 1
        self.count = offset
        self.offsets += range(first, offset)

    def part(self, part: Shown) -> None:
        """Add a part of a view."""
        self._describe(self, part)
