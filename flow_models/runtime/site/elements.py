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


class Reading(NamedTuple):
    """What is special about how an element is read.

    Attributes:
        inner: Lines that stand directly below the element's, before its children, without a number.
        is_nested: Whether the children stand below the last inner line.
        described: Offsets of the elements that describe this one.
        is_hidden: Whether the whole subtree is left out of the accessibility text.
        later: What makes the children when they are needed, for subtrees that are costly and mostly only read.
        quick: What writes the lines of those children without making them, from the first one's number and depth.
    """

    inner: tuple[str, ...] = ()
    is_nested: bool = False
    described: tuple[int, ...] = ()
    is_hidden: bool = False
    later: "Callable[[], tuple[Element | str, ...]] | None" = None
    quick: Callable[[int, int], str] | None = None


HIDDEN: Final = Reading(is_hidden=True)


class Element:
    """One HTML element.

    Attributes:
        tag: The tag's name.
        children: Elements and texts; texts have no white space at their ends.
        attributes: The attributes in the order of the document.
        line: What the accessibility text says after the number, or None for an element that it leaves out.
        name: The accessible name; a text that is part of it is not repeated below the line.
        target: What the element stands for, if it can be used.
        reading: What is special about how it is read, or None.
        count: How many elements the subtree has.
        memo: For a kept subtree the number, depth and text of last time; None for others.
    """

    __slots__ = ("attributes", "children", "count", "line", "memo", "name", "reading", "tag", "target")

    def __init__(
        self,
        tag: str,
        children: "tuple[Element | str, ...]" = (),
        attributes: Attributes = (),
        line: str | None = None,
        name: str = "",
        target: Target | None = None,
        reading: Reading | None = None,
    ) -> None:
        self.tag = tag
        self.children = children
        self.attributes = attributes
        self.line = line
        self.name = name
        self.target = target
        self.reading = reading
        self.memo: tuple[int, int, str] | None = None
        count: int = 1
        for child in children:
            if not isinstance(child, str):
                count += child.count
        self.count: int = count

    def defer(self, count: int) -> "Element":
        """Say how many elements the subtree will have once its children are made."""
        self.count = count
        return self

    def parts(self) -> "tuple[Element | str, ...]":
        """Return the children, made now if they have not been needed before."""
        if not self.children and self.reading is not None and self.reading.later is not None:
            self.children = self.reading.later()
        return self.children

    @property
    def is_hidden(self) -> bool:
        """Whether the subtree is left out of the accessibility text."""
        return self.reading is not None and self.reading.is_hidden

    def keep(self) -> "Element":
        """Let the subtree remember its text, because it is shared between documents."""
        self.memo = _NOTHING
        return self

    def elements(self, number: int = 0) -> "Iterator[tuple[int, Element]]":
        """Yield every element of the subtree with its number, in document order."""
        yield number, self
        number += 1
        for child in self.parts():
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
            for child in element.parts():
                if isinstance(child, Element):
                    if number < start + child.count:
                        element = child
                        break
                    start += child.count
            path.append(element)
        return tuple(path)


_NOTHING: Final = (-1, -1, "")


def flat(text: str) -> str:
    """Return a text as a browser shows it: white space collapsed, none at the ends."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _SPACES.sub(" ", text).strip(" ")


def element_id(number: int) -> str:
    """Return the `id` attribute of the element with a number."""
    return f"e{number}"


def to_axtree(root: Element) -> str:
    """Write the accessibility text of a document, as BrowserGym prints it without the `InlineTextBox` lines."""
    lines = [root.line or ""]
    _write_children(root, 1, 1, lines)
    return "\n".join(lines)


def _write_children(element: Element, depth: int, number: int, lines: list[str]) -> None:
    """Add the lines of what is inside an element; `number` is that of its first child."""
    indent = "\t" * depth
    for child in element.children:
        if isinstance(child, str):
            if child not in element.name:
                lines.append(f"{indent}StaticText {child.strip()!r}")
        elif child.memo is not None:
            text = child.memo[2] if child.memo[0] == number and child.memo[1] == depth else _noted(child, depth, number)
            if text:
                lines.append(text)
            number += child.count
        elif child.reading is not None:
            _write_special(child, child.reading, depth, number, lines)
            number += child.count
        else:
            if child.line is not None:
                lines.append(f"{indent}[{number}] {child.line}")
                if child.children != (child.name,):
                    _write_children(child, depth + 1, number + 1, lines)
            elif child.children:
                _write_children(child, depth, number + 1, lines)
            number += child.count


def _noted(element: Element, depth: int, number: int) -> str:
    """Write the lines of a kept subtree and remember them."""
    lines: list[str] = []
    if element.reading is not None:
        _write_special(element, element.reading, depth, number, lines)
    elif element.line is not None:
        lines.append("\t" * depth + f"[{number}] {element.line}")
        _write_children(element, depth + 1, number + 1, lines)
    else:
        _write_children(element, depth, number + 1, lines)
    text = "\n".join(lines)
    element.memo = (number, depth, text)
    return text


def _write_special(element: Element, reading: Reading, depth: int, number: int, lines: list[str]) -> None:
    """Add the lines of an element that is read in a special way, and of what is inside it."""
    if reading.is_hidden:
        return
    if element.line is not None:
        line = element.line
        if reading.described:
            ids = " ".join(element_id(number + offset) for offset in reading.described)
            line = f"{line}, describedby={ids!r}"
        indent = "\t" * depth
        lines.append(f"{indent}[{number}] {line}")
        lines.extend([f"{indent}\t{inner}" for inner in reading.inner])
        depth += 2 if reading.is_nested else 1
    if reading.quick is None:
        _write_children(element, depth, number + 1, lines)
    elif element.count > 1:
        lines.append(reading.quick(number + 1, depth))


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
    for child in element.parts():
        if isinstance(child, str):
            parts.append(html.escape(child, quote=False))
        else:
            _write_html(child, number, tokens, parts)
            number += child.count
    parts.append(f"</{tag}>")
