"""Says a page in fewer words, without hiding anything that somebody needs who acts on it.

What the accessibility text says twice, or only to programs, goes: the containers without a name, the numbers of what
takes no action, the addresses of links, the name of a cell beside its own text. What is left is every text, every
control with its number and its state, in the order of the page. A page that is still longer than a budget is said in
parts; `scroll` goes from one to the next.
"""

import re
from ast import literal_eval
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

QUOTED: Final = r"(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
"""A text as the accessibility text and this one quote it, as a part of a pattern."""

VALUE: Final = re.compile(r" value='([^'\\]*)'")
"""What stands in a field."""

_LINE: Final = re.compile(rf"(\t*)(?:\[(\w+)\] )?(\S+)(?: ({QUOTED}))?(.*)")
_PROGRAMS: Final = re.compile(
    r", (?:atomic|focusable)"
    rf"|, (?:url|live|relevant|describedby|orientation|hasPopup)={QUOTED}"
)
"""What an element says of itself that only programs use."""

_SAID: Final = frozenset({"StaticText", "paragraph", "caption", "LineBreak", "InlineTextBox", "strong", "emphasis"})
"""Roles that say nothing beyond their text."""

_TITLED: Final = _SAID | frozenset(
    ("RootWebArea", "LabelText", "Legend", "cell", "columnheader", "rowheader", "term", "definition", "time")
)
"""Roles of which the name alone is said."""

_STILL: Final = _TITLED | frozenset(
    (
        *("alert", "alertdialog", "article", "banner", "blockquote", "code", "complementary", "contentinfo", "dialog"),
        *("DescriptionList", "figure", "form", "generic", "group", "heading", "image", "img", "list", "listitem"),
        *("log", "main", "marker", "MenuListPopup", "meter", "navigation", "none", "note", "presentation"),
        *("progressbar", "region", "row", "rowgroup", "search", "section", "separator", "status", "table", "timer"),
        "toolbar",
    )
)
"""Roles of what takes no action: their numbers go. Everything else keeps its own."""


_IMITATES: Final = re.compile(r"\[\w+\] |^(?:# |\(Part |Page:|Error:)| \| ")
"""Texts that could be taken for elements, or for what is said of a page: these are put in quotes."""


class _Node(NamedTuple):
    """One element of a page with what is in it."""

    number: str
    role: str
    name: str
    rest: str
    children: "list[_Node]"

    @property
    def is_still(self) -> bool:
        """Whether it takes no action."""
        return self.role in _STILL


# By the text of a page: 256; agents come back to few pages, and groups of attempts to the same ones.
@lru_cache(maxsize=256)
def shortened(page: str) -> str:
    """Return the accessibility text of a page in fewer words; the same text gives the same words."""
    return "\n".join(line for node in _read(page).children for line in _lines(node, ""))


class Parts(NamedTuple):
    """A page that is said in parts: the lines of each."""

    texts: tuple[str, ...]

    def said(self, number: int) -> str:
        """Return a part, with what is above and below it."""
        if len(self.texts) == 1:
            return self.texts[0]
        above = " scroll(0, -600) shows the one before." if number else ""
        below = " scroll(0, 600) shows the next." if number + 1 < len(self.texts) else ""
        place = f"Part {number + 1} of {len(self.texts)}."
        return f"{self.texts[number]}\n({place}{above}{below} Numbers of all parts can be used.)"


def in_parts(text: str, budget: int | None) -> Parts:
    """Return a text in parts of at most so many characters, cut between lines; a longer line is a part by itself."""
    if budget is None or len(text) <= budget:
        return Parts((text,))
    parts, part, size = list[str](), list[str](), 0
    for line in text.split("\n"):
        if part and size + len(line) > budget:
            parts.append("\n".join(part))
            part, size = [], 0
        part.append(line)
        size += len(line) + 1
    return Parts((*parts, "\n".join(part)))


def _read(page: str) -> _Node:
    """Return the tree of a page; a line that is none of an element's stays as it is."""
    root = _Node("", "", "", "", [])
    path = [root]
    for line in page.split("\n"):
        depth, node = _node(line)
        del path[depth + 1 :]
        path[-1].children.append(node)
        path.append(node)
    return root


# By the line: 8,192, as many as some hundred pages have; most lines of a page come again on others.
@lru_cache(maxsize=8192)
def _parsed(line: str) -> tuple[int, str, str, str, str]:
    """Return depth, number, role, name and the rest of a line."""
    found = _LINE.fullmatch(line)
    if found is None:
        return 0, "", "StaticText", line, ""
    depth, number, role, name, rest = found.groups("")
    return len(depth), number, role, str(literal_eval(name)) if name else "", _PROGRAMS.sub("", rest)


def _node(line: str) -> tuple[int, _Node]:
    """Return the depth of a line and its element, still without children."""
    depth, number, role, name, rest = _parsed(line)
    return depth, _Node(number, role, name, rest, [])


def _lines(node: _Node, indent: str) -> Iterator[str]:
    """Yield the lines of an element and what is in it."""
    if node.role == "row":
        yield from _row(node, indent)
        return
    title = _title(node)
    if title:
        yield indent + title
    for child in _worth(node):
        yield from _lines(child, indent + " " if title else indent)


def _row(node: _Node, indent: str) -> Iterator[str]:
    """Yield a row as one line, its cells side by side; what has parts of its own follows below it."""
    cells = [_inline(child) for child in node.children] if node.children else [_title(node)]
    state = node.rest.strip(", ")
    yield indent + " | ".join(cells) + (f" ({state})" if state else "")


def _inline(node: _Node) -> str:
    """Return an element with all that is in it in one line."""
    inner = " ".join(filter(None, map(_inline, _worth(node))))
    title = "" if node.role in {"cell", "rowheader"} and inner else _title(node)
    return " ".join(filter(None, (title, inner)))


def _worth(node: _Node) -> list[_Node]:
    """Return what is in an element without what only repeats its name or its value."""
    said = {node.name, *VALUE.findall(node.rest)}
    return [child for child in node.children if not _repeats(child, said)]


def _repeats(node: _Node, said: set[str]) -> bool:
    """Say whether an element and all that is in it says only what has been said."""
    return node.role in _SAID and node.name in {"", *said} and all(_repeats(child, said) for child in node.children)


def _title(node: _Node) -> str:
    """Return what is said of an element itself, empty for one that only holds others."""
    name = " ".join(node.name.split("\n"))
    if not node.is_still:
        number = f"[{node.number}] " if node.number else ""
        return f"{number}{node.role} {name!r}{node.rest}"
    if _IMITATES.search(name) and (node.role in _TITLED or node.role == "heading"):
        name = repr(name)
    if node.role == "heading":
        return f"# {name}{node.rest}"
    if node.role in _TITLED:
        return f"{name}{node.rest}"
    return f"{node.role} {name!r}{node.rest}" if name or node.rest else ""
