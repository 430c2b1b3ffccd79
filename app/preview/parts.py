"""Which elements of the page in the browser belong to which block, by their numbers in document order.

The page itself bears no marks of that: what agents see is the same in the preview as in a package.
"""

from collections.abc import Callable
from typing import NamedTuple

from flow_models.runtime.machine.pages.view import Shown, View
from flow_models.runtime.site.blocks import describe
from flow_models.runtime.site.document import focus_of, write_document
from flow_models.runtime.site.elements import Aim, Attributes
from flow_models.runtime.site.site import Site
from flow_models.runtime.site.writer import DocumentWriter, Writer


class Part(NamedTuple):
    """A block on the page.

    Attributes:
        block: Its id.
        first: The number of its first element.
        end: The number behind that of its last element.
    """

    block: str
    first: int
    end: int


def parts_of(view: View, site: Site) -> tuple[Part, ...]:
    """Return the blocks that a page shows, outer ones behind what they hold; a block of a row comes once for each."""
    writer = _Numbering(site, focus_of(view))
    write_document(writer, view)
    return tuple(writer.parts)


class _Numbering(DocumentWriter):
    """Counts the elements of a document, and writes nothing."""

    __slots__ = ("count", "parts")

    def __init__(self, site: Site, focus: tuple[str, str, str] | None) -> None:
        super().__init__(site, focus)
        self.count = 0
        self.parts: list[Part] = []

    def begin(
        self, _line: str, count: int, _attributes: Callable[[], Attributes], _head: Callable[[Writer], None]
    ) -> None:
        """Count the document, its head and its body."""
        self.count = count + 2

    def open(
        self,
        _tag: str,
        _attributes: Attributes = (),
        _line: str | None = None,
        _name: str = "",
        _aim: Aim | None = None,
        _described: tuple[int, ...] = (),
    ) -> None:
        """Count an element."""
        self.count += 1

    def close(self) -> None:
        """Need nothing."""

    def text(self, _text: str) -> None:
        """Need nothing."""

    def remark(self, _line: str, *, nests: bool = False) -> None:
        """Need nothing."""

    def leaf(
        self,
        _tag: str,
        _text: str,
        _attributes: Attributes = (),
        _line: str | None = None,
        _aim: Aim | None = None,
    ) -> None:
        """Count an element."""
        self.count += 1

    def named(self, _tag: str, _text: str, _attributes: Attributes, _line: str, _aim: Aim | None = None) -> None:
        """Count an element."""
        self.count += 1

    def unread(self, count: int, _describe: Callable[[Writer], None]) -> None:
        """Count elements."""
        self.count += count

    def part(self, part: Shown) -> None:
        """Take note of which elements are a block's."""
        first = self.count
        describe(self, part)
        if part.id and self.count > first:
            self.parts.append(Part(part.id, first, self.count))
