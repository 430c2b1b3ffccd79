"""Writes a document as HTML, without white space between elements."""

import html
from collections.abc import Callable

from ..machine.pages.view import Shown
from .elements import VOID_TAGS, Aim, Attributes, Focus, Tokens, element_id
from .site import Site
from .writer import DocumentWriter, Writer


class HtmlWriter(DocumentWriter):
    """Makes HTML.

    Args:
        site: The website.
        focus: Where the focus is; HTML does not say it.
        describe: What describes one part of a view.
        tokens: The names of this rendering.
    """

    __slots__ = ("_count", "_describe", "_open", "_parts", "_tokens")

    def __init__(self, site: Site, focus: Focus, describe: Callable[[Writer, Shown], None], tokens: Tokens) -> None:
        super().__init__(site, focus)
        self._describe = describe
        self._tokens = tokens
        self._count = 0
        self._open: list[str] = []
        self._parts = ["<!DOCTYPE html>"]

    @property
    def html(self) -> str:
        """What has been written."""
        return "".join(self._parts)

    def begin(
        self,
        _line: str,
        _count: int,
        attributes: Callable[[], Attributes],
        head: Callable[[Writer], None],
    ) -> None:
        """Begin the document and its body."""
        self.open("html", attributes())
        head(self)
        self.open("body")

    def open(
        self,
        tag: str,
        attributes: Attributes = (),
        _line: str | None = None,
        _name: str = "",
        _aim: Aim | None = None,
        described: tuple[int, ...] = (),
    ) -> None:
        """Begin an element."""
        number = self._count
        self._count += 1
        parts = self._parts
        parts.append(f"<{tag}")
        for key, value in attributes:
            if value is None:
                parts.append(f" {key}")
            elif isinstance(value, str):
                parts.append(f' {key}="{html.escape(value)}"')
            else:
                write = element_id if value.kind == "id" else self._tokens
                parts.append(f' {key}="{" ".join(write(number + offset) for offset in value.offsets)}"')
        if described:
            parts.append(f' aria-describedby="{" ".join(element_id(number + offset) for offset in described)}"')
        # The parser drops one line break at the start of a textarea.
        parts.append(">\n" if tag == "textarea" else ">")
        self._open.append(tag)

    def close(self) -> None:
        """End the element that was begun last."""
        tag = self._open.pop()
        if tag not in VOID_TAGS:
            self._parts.append(f"</{tag}>")

    def text(self, text: str) -> None:
        """Add a text."""
        self._parts.append(html.escape(text, quote=False))

    def remark(self, line: str, *, nests: bool = False) -> None:
        """Add nothing: the line is for readers of the accessibility text."""

    def leaf(
        self, tag: str, text: str, attributes: Attributes = (), line: str | None = None, aim: Aim | None = None
    ) -> None:
        """Add an element that holds nothing but a text."""
        self.open(tag, attributes, line, "", aim)
        if text:
            self.text(text)
        self.close()

    def named(self, tag: str, text: str, attributes: Attributes, line: str, aim: Aim | None = None) -> None:
        """Add an element whose text is its name."""
        self.leaf(tag, text, attributes, line, aim)

    def unread(self, _count: int, describe: Callable[[Writer], None]) -> None:
        """Add elements that are out of reach."""
        describe(self)

    def part(self, part: Shown) -> None:
        """Add a part of a view."""
        self._describe(self, part)
