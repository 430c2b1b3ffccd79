"""The element tree of one document, and the two texts that are written from it: HTML and accessibility text.

An element knows its tag and attributes for HTML, and its line for the accessibility text, so both come from one tree
and cannot disagree about what is where. Element numbers count elements in document order from `<html>` = 0; every tag
used here is among the "standard HTML tags" that BrowserGym numbers. Which blocks become which elements is not here:
`blocks` and `document` say so.

A subtree may be *kept*: shared between documents. It remembers its last accessibility text with the number and depth
at which it began, which is nearly always where it begins again. The option not taken, a separate fast writer for the
text, would be a second description of every block.
"""

import html
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

VOID_TAGS: Final = frozenset({"hr", "input", "link", "meta"})
"""Tags without content and closing tag."""

_SPACES: Final = re.compile(r"[ \t\n\f\r]+")


class Target(NamedTuple):
    """What an element of the page stands for: a block, in a row or with an option, and how it is used.

    Kinds: `button`, `link`, `text` (one line), `area` (several lines), `select`, `option`, `radio`, `checkbox`, and
    `label`, which stands for its control.
    """

    block: str
    row: str = ""
    option: str = ""
    kind: str = ""


class Mark(NamedTuple):
    """An attribute value that depends on element numbers, given as offsets from the element that carries it.

    Kinds: `id` (also a list of ids) and `token` (a name that only this rendering knows).
    """

    kind: str
    offsets: tuple[int, ...] = (0,)


Attributes = tuple[tuple[str, "str | Mark | None"], ...]
"""Names with their values; `None` is an attribute without a value."""

Tokens = Callable[[int], str]
"""From an element's number to the name that only this rendering knows."""

ID: Final = Mark("id")
TOKEN: Final = Mark("token")


class Element:
    """One HTML element.

    Attributes:
        tag: The tag's name.
        attributes: The attributes in the order of the document.
        children: Elements and texts; texts have no white space at their ends.
        line: What the accessibility text says after the number, or None for an element that it leaves out.
        name: The accessible name; a text that is part of it is not repeated below the line.
        inner: Lines that stand directly below the line, before the children, without a number.
        nested: Whether the children stand below the last inner line.
        described: Offsets of the elements that describe this one.
        hidden: Whether the whole subtree is left out of the accessibility text.
        target: What the element stands for, if it can be used.
        kept: Whether the subtree is shared between documents.
        count: How many elements the subtree has.
    """

    __slots__ = (
        "attributes",
        "children",
        "count",
        "described",
        "hidden",
        "inner",
        "kept",
        "line",
        "memo",
        "name",
        "nested",
        "tag",
        "target",
    )

    def __init__(
        self,
        tag: str,
        children: "tuple[Element | str, ...]" = (),
        attributes: Attributes = (),
        line: str | None = None,
        name: str = "",
        target: Target | None = None,
    ) -> None:
        self.tag = tag
        self.children = children
        self.attributes = attributes
        self.line = line
        self.name = name
        self.target = target
        self.inner: tuple[str, ...] = ()
        self.nested = False
        self.described: tuple[int, ...] = ()
        self.hidden = False
        self.kept = False
        self.memo: tuple[int, int, str] | None = None
        count: int = 1
        for child in children:
            if not isinstance(child, str):
                count += child.count
        self.count: int = count

    def elements(self, number: int = 0) -> "Iterator[tuple[int, Element]]":
        """Yield every element of the subtree with its number, in document order."""
        yield number, self
        number += 1
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements(number)
                number += child.count

    def find(self, number: int) -> "tuple[Element, ...]":
        """Return the element with a number below its ancestors, outermost first; empty if there is none."""
        if not 0 <= number < self.count:
            return ()
        element, start, path = self, 0, [self]
        while start != number:
            start += 1
            for child in element.children:
                if isinstance(child, Element):
                    if number < start + child.count:
                        element = child
                        break
                    start += child.count
            path.append(element)
        return tuple(path)


def flat(text: str) -> str:
    """Return a text as a browser shows it: white space collapsed, none at the ends."""
    return _SPACES.sub(" ", text).strip(" ")


def element_id(number: int) -> str:
    """Return the `id` attribute of the element with a number."""
    return f"e{number}"


def to_axtree(root: Element) -> str:
    """Write the accessibility text of a document, as BrowserGym prints it without the `InlineTextBox` lines."""
    lines = [root.line or ""]
    number = 1
    for child in root.children:
        if isinstance(child, Element):
            _write_lines(child, 1, number, lines)
            number += child.count
    return "\n".join(lines)


def _write_lines(element: Element, depth: int, number: int, lines: list[str]) -> None:
    """Add the lines of a subtree, from its text of last time if it begins at the same number and depth."""
    if element.hidden:
        return
    if not element.kept:
        _write_fresh_lines(element, depth, number, lines)
        return
    memo = element.memo
    if memo is None or memo[0] != number or memo[1] != depth:
        fresh: list[str] = []
        _write_fresh_lines(element, depth, number, fresh)
        memo = element.memo = (number, depth, "\n".join(fresh))
    if memo[2]:
        lines.append(memo[2])


def _write_fresh_lines(element: Element, depth: int, number: int, lines: list[str]) -> None:
    """Add the line of an element and those of everything inside it."""
    line = element.line
    if line is not None:
        if element.described:
            ids = " ".join(element_id(number + offset) for offset in element.described)
            line = f"{line}, describedby={ids!r}"
        indent = "\t" * depth
        lines.append(f"{indent}[{number}] {line}")
        depth += 1
        if element.inner:
            lines.extend([f"{indent}\t{inner}" for inner in element.inner])
            if element.nested:
                depth += 1
    number += 1
    for child in element.children:
        if not isinstance(child, str):
            _write_lines(child, depth, number, lines)
            number += child.count
        elif child not in element.name:
            indent = "\t" * depth
            lines.append(f"{indent}StaticText {child.strip()!r}")


def to_html(root: Element, tokens: Tokens) -> str:
    """Write a document as HTML, without white space between elements."""
    parts = ["<!DOCTYPE html>"]
    _write_html(root, 0, tokens, parts)
    return "".join(parts)


def _write_html(element: Element, number: int, tokens: Tokens, parts: list[str]) -> None:
    """Add the HTML of a subtree."""
    tag = element.tag
    parts.append(f"<{tag}")
    for name, value in element.attributes:
        if value is None:
            parts.append(f" {name}")
        elif isinstance(value, str):
            parts.append(f' {name}="{html.escape(value)}"')
        else:
            write = element_id if value.kind == "id" else tokens
            parts.append(f' {name}="{" ".join(write(number + offset) for offset in value.offsets)}"')
    parts.append(">")
    if tag in VOID_TAGS:
        return
    if tag == "textarea":
        # The parser drops one line break at the start of a textarea.
        parts.append("\n")
    number += 1
    for child in element.children:
        if isinstance(child, str):
            parts.append(html.escape(child, quote=False))
        else:
            _write_html(child, number, tokens, parts)
            number += child.count
    parts.append(f"</{tag}>")
