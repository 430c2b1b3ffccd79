"""Writes the accessibility text of a document, as BrowserGym prints it without the `InlineTextBox` lines.

What is written for one part of a view is kept on the part as a `Chunk`, without numbers, and numbered anew wherever it
begins. While an episode goes on, most parts of a page have been seen before, and between variants of a site many parts
differ in nothing that is read.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from ..machine.view import Shown, controls_in
from .elements import Aim, Attributes, Focus
from .site import Site
from .writer import WORDS, Cell, DocumentWriter, Filled, Writer

if TYPE_CHECKING:
    from ..machine.variant import Word

_DEPTH_LIMIT: Final = 64
_TABS: Final = tuple("\n" + "\t" * depth for depth in range(_DEPTH_LIMIT))
_STARTS: Final = tuple(f"{tabs}[" for tabs in _TABS)
_NUMBERS: Final = [str(number) for number in range(4096)]

KEPT: Final = 8
"""Chunks that one part keeps for variants."""

CHUNKS_KEPT: Final = 16_384
"""Chunks that a site keeps on all parts together, a few KiB each; when there are more, all are forgotten."""

FEW_WORDS: Final = 3
"""How many words a part may have to be known by them."""

ALWAYS: Final = object()
"""The mark of a text that is the same on the site in all variants."""


class Chunk:
    """The lines of one part, without the numbers of its elements.

    Attributes:
        lead: What stands before the first number, beginning with a line break; `rest` is what follows each number.
        count: How many elements the part has.
        places: The offsets of the elements that can be used, ascending; `aims` are what they stand for.
        first, last: Where the numbers begin and end, counted from the first element, if they are in turn; else
            `offsets` are all of them.
    """

    __slots__ = ("aims", "count", "first", "last", "lead", "offsets", "places", "rest")

    def __init__(self, writer: "LineWriter") -> None:
        self.lead = writer.pieces[0]
        self.rest = tuple(writer.pieces[1:])
        self.count = writer.count
        self.places = tuple(writer.places)
        self.aims = tuple(writer.aims)
        offsets = writer.offsets
        self.first, self.last = (offsets[0], offsets[-1] + 1) if offsets else (0, 0)
        is_in_turn = writer.is_in_turn and self.last - self.first == len(offsets)
        self.offsets: tuple[int, ...] | None = None if is_in_turn else tuple(offsets)

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
            pieces[-1] += _STARTS[depth]
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
        self.pieces[-1] += _TABS[self.depth] + line
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
            pieces[-1] += _STARTS[depth]
            pieces.append(f"] {line}{_TABS[depth + 1]}StaticText {text.strip()!r}" if text else "] " + line)
            self.offsets.append(offset)

    def named(self, _tag: str, _text: str, _attributes: Attributes, line: str, aim: Aim | None = None) -> None:
        """Add an element whose text is its name."""
        offset, pieces = self.count, self.pieces
        self.count = offset + 1
        pieces[-1] += _STARTS[self.depth]
        pieces.append("] " + line)
        self.offsets.append(offset)
        if aim is not None:
            self.places.append(offset)
            self.aims.append(aim)

    def filled(self, _tag: str, cells: Sequence[Cell], _attributes: Sequence[Attributes]) -> None:
        """Add an element for each cell; the lines of a table are most of what is written."""
        start, inner = _STARTS[self.depth], _STARTS[self.depth + 1]
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


class PageWriter(DocumentWriter):
    """Writes the lines of a whole document: what is between the parts, and the kept chunks of the parts.

    Nothing that it writes itself can be used; what can be used is a part.

    Attributes:
        count: How many elements have been written.
        starts: The number of the first element of each chunk, ascending; `chunks` are those chunks.
        hidden: First and last number of what is out of reach.
        focused: Where in `starts` the part with the focus is, or -1.
    """

    __slots__ = (
        "_containers",
        "_depth",
        "_describe",
        "_mark",
        "_numbers",
        "_stack",
        "_texts",
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
        self._mark = site.mark
        self._depth = 0
        self._stack: list[int] = []
        self._texts = [""]
        self._numbers: list[str] = []
        self.count = 0
        self.starts: list[int] = []
        self.chunks: list[Chunk] = []
        self.hidden: list[tuple[int, int]] = []
        self.focused = -1

    @property
    def axtree(self) -> str:
        """What has been written, with its numbers."""
        pieces = [""] * (2 * len(self._texts) - 1)
        pieces[::2] = self._texts
        pieces[1::2] = self._numbers
        return "".join(pieces)

    def begin(
        self, line: str, count: int, _attributes: Callable[[], Attributes], _head: Callable[[Writer], None]
    ) -> None:
        """Begin the document: the line of the whole, below which all others stand."""
        self._texts[-1] += line
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
            self._texts[-1] += _STARTS[depth]
            self._texts.append("] " + line)
            self._numbers.append(str(self.count))
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
        self._texts[-1] += _TABS[self._depth] + line
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
        first, texts, numbers = self.count, self._texts, self._numbers
        self._texts, self._numbers = [""], []
        self.is_inert = True
        describe(self)
        self.is_inert = False
        self._texts, self._numbers = texts, numbers
        self.hidden.append((first, self.count - 1))

    def part(self, part: Shown) -> None:
        """Add a part of a view."""
        if type(part) in self._containers:
            self._describe(self, part)
            return
        number = self.count
        focus = self.focus
        if self.is_inert:
            self.count = number + self._chunk(part).count
            return
        if focus is not None and self.focused < 0 and _holds(part, focus[0]):
            self.focused = len(self.starts)
            chunk = Chunk(self._written(part, focus))
        else:
            kept, found = part.cache, None
            if type(kept) is Kept and (kept.mark is self._mark or kept.mark is ALWAYS) and kept.depth == self._depth:
                found = kept.last
            chunk = self._chunk(part) if found is None else found
        self._texts[-1] += chunk.lead
        self._texts += chunk.rest
        self.starts.append(number)
        self.chunks.append(chunk)
        self.count = number + chunk.count
        numbers = _NUMBERS if self.count < len(_NUMBERS) else _more_numbers(self.count)
        offsets = chunk.offsets
        if offsets is None:
            self._numbers += numbers[number + chunk.first : number + chunk.last]
        else:
            self._numbers += [numbers[number + offset] for offset in offsets]

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


class Kept(dict[tuple[object, ...], Chunk]):
    """The chunks of one part by what of the variant they depend on, the latest few.

    A part with few words is known by how they are said, so that it is found again in other variants that say them
    alike; one with many is known by the wording as a whole.

    Attributes:
        depth: How deep the part stands.
        mark: That of the site that asked last, which is most often the one that asks next, or `ALWAYS`; `last` is
            what it got.
        facets: What of the variant the chunks depend on, as bits.
        words: The words that they depend on; none where they depend on the wording as a whole.
    """

    __slots__ = ("depth", "facets", "last", "mark", "words")

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.depth = depth
        self.facets = 0
        self.words: tuple[Word, ...] = ()
        self.mark: object = None
        self.last: Chunk | None = None

    def known(self, site: Site) -> Chunk | None:
        """Return the chunk in the variant of a site, if there is one."""
        if self.mark is ALWAYS:
            return self.last
        found = self.get(self._key(site)) if self else None
        if found is not None:
            self.mark, self.last = site.mark, found
        return found

    def _key(self, site: Site) -> tuple[object, ...]:
        """Return what a chunk of the part depends on in the variant of a site."""
        facets = site.facets[self.facets] if self.facets else ()
        if not self.words:
            return facets
        spoken = site.spoken
        return (facets, *[spoken.get(word) or word.said(site.variant) for word in self.words])

    def keep(self, chunk: Chunk, writer: LineWriter) -> None:
        """Remember a chunk; once one depends on more of the variant than the others did, those are forgotten."""
        site = writer.site
        if len(site.kept) >= CHUNKS_KEPT:
            _forget(site.kept)
        site.kept.append(self)
        if writer.words or writer.facets:
            self._widen(writer)
        if not self.words and not self.facets:
            self.mark, self.last = ALWAYS, chunk
            return
        self.mark, self.last = site.mark, chunk
        if len(self) >= KEPT:
            del self[next(iter(self))]
        self[self._key(site)] = chunk

    def _widen(self, writer: LineWriter) -> None:
        """Take note of what of the variant a text depends on."""
        facets = self.facets | writer.facets
        words = self.words
        for word in writer.words:
            if word not in words:
                words += (word,)
        if len(words) > FEW_WORDS or facets & WORDS:
            facets, words = facets | WORDS, ()
        if facets != self.facets or words != self.words:
            self.clear()
            self.facets, self.words = facets, words


def _forget(everything: list[Any]) -> None:
    """Forget all chunks that parts keep."""
    for kept in everything:
        kept.clear()
        kept.mark = kept.last = None
    everything.clear()


def _holds(part: Shown, block: str) -> bool:
    """Say whether a part is a block or has a control of it inside."""
    if part.id == block:
        return True
    for control in controls_in(part):  # noqa: SIM110  a third of the time of `any`, for each part of a page
        if control.id == block:
            return True
    return False
