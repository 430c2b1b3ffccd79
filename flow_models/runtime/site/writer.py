"""What a description of a page writes to: the elements one after the other, from which each writer makes its own text.

A block is described once, as calls on a `Writer`. `part_text` and `page_text` make the accessibility text of them and
note what can be used; `markup.HtmlWriter` makes HTML. So both come from one description and cannot disagree about what
is where. Element numbers count elements in document order from `<html>` = 0; every tag used is among the "standard HTML
tags" that BrowserGym numbers. The option not taken, a tree of elements from which both are written, costs more to build
than both texts together.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from ..machine.base.words import Phrase, Word
from ..machine.pages.view import Link, Shown
from .elements import Aim, Attributes, Focus
from .site import Site

WORDS: Final = 1
ORDER: Final = 2
BUTTONS: Final = 4
LISTS: Final = 8
"""What of a variant a text depends on, as bits; `Site.facets` has the values."""


class Filled(NamedTuple):
    """What an element says that a link fills.

    Attributes:
        line: What the accessibility text says of the element; `inside` is what it says of the link.
        link: The link.
        aims: What the element and the link stand for.
    """

    line: str
    inside: str
    link: Link
    aims: tuple[Aim, Aim]


Cell = tuple[str, str] | Filled
"""What one cell says: its text, which is its name, and its line; or a link that fills it.

The first is a plain tuple, because Python's collector stops to look at tuples of texts, of which tables are full.
"""


class Writer(ABC):
    """Takes the elements of a document in order.

    Attributes:
        site: The website, in the variant in which it appears.
        focus: The focused block, row and option, or None.
        facets: What of the variant has been asked for so far.
        words: The texts that the variant has said so far.
        is_inert: Whether something stands over what is being written.
    """

    __slots__ = ("facets", "focus", "is_inert", "site", "words")

    def __init__(self, site: Site, focus: Focus = None) -> None:
        self.site = site
        self.focus = focus
        self.facets = 0
        self.words: list[Word] = []
        self.is_inert = False

    def said(self, text: str) -> str:
        """Return a text as the variant says it and as a browser shows it."""
        if type(text) is Word:
            self.words.append(text)
        elif type(text) is Phrase:
            self.words += text.words
        return self.site.said(text)

    @abstractmethod
    def open(
        self,
        tag: str,
        attributes: Attributes = (),
        line: str | None = None,
        name: str = "",
        aim: Aim | None = None,
        described: tuple[int, ...] = (),
    ) -> None:
        """Begin an element.

        Args:
            tag: The tag's name.
            attributes: The attributes in the order of the document.
            line: What the accessibility text says after the number, or None for an element that it leaves out.
            name: The accessible name; a text that is part of it is not repeated below the line.
            aim: What the element stands for, if it can be used.
            described: Offsets of the elements that describe this one.
        """

    @abstractmethod
    def close(self) -> None:
        """End the element that was begun last."""

    @abstractmethod
    def text(self, text: str) -> None:
        """Add a text that is not empty and has no white space at its ends."""

    @abstractmethod
    def remark(self, line: str, *, nests: bool = False) -> None:
        """Add a line without a number to the accessibility text; if it nests, the rest of the element is below it."""

    @abstractmethod
    def leaf(
        self,
        tag: str,
        text: str,
        attributes: Attributes = (),
        line: str | None = None,
        aim: Aim | None = None,
    ) -> None:
        """Add an element that holds nothing but a text, which may be empty."""

    @abstractmethod
    def named(
        self,
        tag: str,
        text: str,
        attributes: Attributes,
        line: str,
        aim: Aim | None = None,
    ) -> None:
        """Add an element that holds nothing but a text, which is its name and so not repeated."""

    def filled(self, tag: str, cells: Sequence[Cell], attributes: Sequence[Attributes]) -> None:
        """Add an element for each cell."""
        for cell, own in zip(cells, attributes, strict=True):
            if isinstance(cell, Filled):
                self.open(tag, own, cell.line, "", cell.aims[0])
                self.part(cell.link)
                self.close()
            else:
                self.named(tag, cell[0], own, cell[1])

    @abstractmethod
    def part(self, part: Shown) -> None:
        """Add a part of a view."""


class DocumentWriter(Writer):
    """A writer of whole documents."""

    __slots__ = ()

    @abstractmethod
    def begin(
        self,
        line: str,
        count: int,
        attributes: Callable[[], Attributes],
        head: Callable[["Writer"], None],
    ) -> None:
        """Begin the document and its body.

        Args:
            line: What the accessibility text says of the whole, without a number.
            count: How many elements the head has, itself included.
            attributes: What makes the attributes of the document.
            head: What describes the head, which nobody reads.
        """

    @abstractmethod
    def unread(self, count: int, describe: Callable[["Writer"], None]) -> None:
        """Add elements, so many of them, that are left out of the accessibility text and out of reach."""

    def inert(self, describe: Callable[["Writer"], None]) -> None:
        """Add elements that are out of reach while something stands over them."""
        self.is_inert = True
        describe(self)
        self.is_inert = False
