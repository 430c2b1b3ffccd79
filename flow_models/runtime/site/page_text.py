"""Writes the accessibility text of a document: what is between the parts, and the kept chunks of the parts.

While an episode goes on, most parts of a page have been seen before, and between variants of a site many parts differ
in nothing that is read; they only get other numbers.
"""

from collections.abc import Callable

from ..machine.pages.view import Button, Link, Shown, blocks_in
from .elements import Aim, Attributes, Focus
from .kept_text import ALWAYS, Kept
from .part_text import STARTS, TABS, Chunk, LineWriter
from .site import Site
from .writer import DocumentWriter, Writer


class PageWriter(DocumentWriter):
    """Writes the lines of a whole document: what is between the parts, and the kept chunks of the parts.

    Nothing that it writes itself can be used; what can be used is a part.

    Attributes:
        count: How many elements have been written.
        starts: The number of the first element of each chunk, ascending; `chunks` are those chunks.
        hidden: First and last number of what is out of reach.
        focused: Where in `starts` the part with the focus is, or -1; until it is met it is sought.
    """

    __slots__ = (
        "_containers",
        "_depth",
        "_describe",
        "_lines",
        "_marks",
        "_sought",
        "_stack",
        "chunks",
        "count",
        "focused",
        "hidden",
        "starts",
    )

    def __init__(
        self,
        site: Site,
        focus: Focus,
        describe: Callable[[Writer, Shown], None],
        containers: frozenset[type[Shown]],
    ) -> None:
        super().__init__(site, focus)
        self._describe = describe
        self._containers = containers
        self._marks = (site.mark, ALWAYS)
        self._sought = focus
        self._depth = 0
        self._stack: list[int] = []
        self._lines: list[str] = []
        self.count = 0
        self.starts: list[int] = []
        self.chunks: list[Chunk] = []
        self.hidden: list[tuple[int, int]] = []
        self.focused = -1

    @property
    def axtree(self) -> str:
        """What has been written, with its numbers."""
        return "".join(self._lines)

    def begin(
        self, line: str, count: int, _attributes: Callable[[], Attributes], _head: Callable[[Writer], None]
    ) -> None:
        """Begin the document: the line of the whole, below which all others stand."""
        self._lines.append(line)
        self._stack += (0, 1)
        self._depth = 1
        self.hidden.append((1, count))
        self.count = count + 2

    def open(
        self,
        _tag: str,
        _attributes: Attributes = (),
        line: str | None = None,
        _name: str = "",
        _aim: Aim | None = None,
        _described: tuple[int, ...] = (),
    ) -> None:
        """Begin an element; its line, if it has one."""
        depth = self._depth
        self._stack.append(depth)
        if line is not None:
            self._lines.append(f"{STARTS[depth]}{self.count}] {line}")
            self._depth = depth + 1
        self.count += 1

    def close(self) -> None:
        """End the element that was begun last."""
        self._depth = self._stack.pop()

    def text(self, text: str) -> None:
        """Add a text, unless the name says it."""
        self.remark(f"StaticText {text.strip()!r}")

    def remark(self, line: str, *, nests: bool = False) -> None:
        """Add a line without a number."""
        self._lines.append(TABS[self._depth] + line)
        if nests:
            self._depth += 1

    def leaf(
        self, tag: str, text: str, attributes: Attributes = (), line: str | None = None, _aim: Aim | None = None
    ) -> None:
        """Add an element that holds nothing but a text."""
        self.open(tag, attributes, line)
        if text:
            self.text(text)
        self.close()

    def named(self, tag: str, _text: str, attributes: Attributes, line: str, _aim: Aim | None = None) -> None:
        """Add an element whose text is its name."""
        self.open(tag, attributes, line)
        self.close()

    def unread(self, count: int, _describe: Callable[[Writer], None]) -> None:
        """Count elements that are out of reach."""
        self.hidden.append((self.count, self.count + count - 1))
        self.count += count

    def inert(self, describe: Callable[[Writer], None]) -> None:
        """Count elements that something stands over."""
        first, lines = self.count, self._lines
        self._lines = []
        super().inert(describe)
        self._lines = lines
        self.hidden.append((first, self.count - 1))

    def part(self, part: Shown) -> None:
        """Add a part of a view."""
        if type(part) in self._containers:
            self._describe(self, part)
            return
        number = self.count
        focus = self._sought
        if self.is_inert:
            self.count = number + self._chunk(part).count
            return
        kept = part.cache
        if focus is not None and _holds(part, focus):
            self.focused, self._sought = len(self.starts), None
            chunk = Chunk(self._written(part, focus))
        # Most parts are known; asking here costs less than a call.
        elif type(kept) is Kept and kept.mark in self._marks and kept.depth == self._depth:
            chunk = kept.last
        else:
            chunk = self._chunk(part)
        self._lines.append(chunk.text if chunk.number == number else chunk.numbered(number))
        self.starts.append(number)
        self.chunks.append(chunk)
        self.count = number + chunk.count

    def _chunk(self, part: Shown) -> Chunk:
        """Return the lines of a part that does not have the focus: kept ones, if there are."""
        kept = part.cache
        if type(kept) is not Kept or kept.depth != self._depth:
            kept = part.cache = Kept(self._depth)
        found = kept.known(self.site)
        if found is None:
            writer = self._written(part, None)
            found = Chunk(writer)
            kept.keep(found, writer)
        return found

    def _written(self, part: Shown, focus: Focus) -> LineWriter:
        """Write the lines of a part."""
        writer = LineWriter(self.site, focus, self._describe, self._depth)
        self._describe(writer, part)
        return writer


def _holds(part: Shown, focus: tuple[str, str, str]) -> bool:
    """Say whether a part is the control that has the focus, or has it inside."""
    block, row, _ = focus
    if part.id == block:
        # The buttons of a pause stand side by side and bear the same id.
        return not isinstance(part, (Button, Link)) or part.row == row
    return block in blocks_in(part)
