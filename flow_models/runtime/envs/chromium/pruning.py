"""Writes a page's elements as BrowserGym's `pruned_html` for agents that read HTML.

Written anew from what browsergym-core 0.14.3 makes of a DOM snapshot (`flatten_dom_to_str`, `prune_html`) with
Beautiful Soup and lxml, which are not needed here; `tests/parity` compares with the original. They differ in one thing:
the original writes texts and values into its HTML as they are and reads it again, so that `<b>` or `&copy;` in a text,
or a quotation mark in a value, become markup there. Here they stay what they are.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ...site.elements import VOID_TAGS

Snapshot = Mapping[str, Any]
"""What `DOMSnapshot.captureSnapshot` answers."""

_ELEMENT: Final = 1
_TEXT: Final = 3
_DROPPED: Final = frozenset({"style", "link", "script", "br"})
_UNWRAPPED: Final = frozenset({"html", "body"})
_BARE: Final = frozenset({"div", "span", "i", "p"})
"""Tags that are left out around what they hold if their number is all that they have."""

_MARKS: Final = frozenset({"aria-roledescription", "aria-description"})
_MARK: Final = re.compile(r"browsergym_id_\S+\s?")


def pruned(snapshot: Snapshot) -> str:
    """Return a document with element numbers and without scripts, styles and bare wrappers."""
    return _Pruner(snapshot).text()


class _Pruner:
    """Goes through the nodes of one snapshot and gathers lines."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._strings: Sequence[str] = snapshot["strings"]
        self._nodes: Mapping[str, Any] = snapshot["documents"][0]["nodes"]
        self._inner: dict[int, list[int]] = defaultdict(list)
        for node, parent in enumerate(self._nodes["parentIndex"]):
            self._inner[parent].append(node)
        self._lines: list[str] = []
        self._said = ""

    def text(self) -> str:
        """Return all lines."""
        for node in self._inner[0]:
            self._add(node, 0)
        return "".join(f"{line}\n" for line in self._lines)

    def _add(self, node: int, depth: int) -> None:
        """Add the lines of a node and of all that it holds."""
        kind = self._nodes["nodeType"][node]
        if kind == _TEXT:
            self._said += self._string(self._nodes["nodeValue"][node])
        elif kind == _ELEMENT:
            self._add_element(node, depth)

    def _add_element(self, node: int, depth: int) -> None:
        tag = self._string(self._nodes["nodeName"][node]).lower()
        if tag.startswith("::"):
            # What the style sheet puts before and behind an element is in the snapshot, and a text to lxml.
            self._said += f"<{tag}>"
            return
        self._flush(depth)
        if tag in _DROPPED:
            return
        attributes = self._attributes(node)
        if tag in _UNWRAPPED or (tag in _BARE and attributes.keys() == {"bid"}):
            self._add_inner(node, depth)
            return
        opened = f"<{tag}" + "".join(f" {name}={_quoted(value)}" for name, value in sorted(attributes.items()))
        if tag in VOID_TAGS:
            self._lines.append(f"{' ' * depth}{opened}/>")
        elif tag == "textarea":
            # White space counts there, so nothing is put around the text.
            self._lines.append(f"{' ' * depth}{opened}>{_escaped(self._held(node))}</{tag}>")
        else:
            self._lines.append(f"{' ' * depth}{opened}>")
            self._add_inner(node, depth + 1)
            self._lines.append(f"{' ' * depth}</{tag}>")

    def _held(self, node: int) -> str:
        """Return the text directly in an element."""
        return "".join(self._string(self._nodes["nodeValue"][inner]) for inner in self._inner[node])

    def _add_inner(self, node: int, depth: int) -> None:
        """Add what an element holds."""
        for inner in self._inner[node]:
            self._add(inner, depth)
        self._flush(depth)

    def _flush(self, depth: int) -> None:
        """Add the line of a text that has come to its end."""
        said = _escaped(self._said).strip()
        if said:
            self._lines.append(" " * depth + said)
        self._said = ""

    def _string(self, index: int) -> str:
        """Return a string of the snapshot, which has no empty ones."""
        return self._strings[index] if index >= 0 else ""

    def _attributes(self, node: int) -> dict[str, str]:
        """Return the attributes of an element as the page has them."""
        listed = [self._string(index) for index in self._nodes["attributes"][node]]
        found = dict(zip(listed[::2], listed[1::2], strict=True))
        for name in _MARKS & found.keys():
            found[name] = _MARK.sub("", found[name], count=1)
            if not found[name]:
                del found[name]
        return found


def _escaped(text: str) -> str:
    """Return a text in one line, as it stands between tags."""
    return text.replace("\n", " ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: str) -> str:
    """Return the value of an attribute between quotation marks."""
    return '"' + _escaped(value).replace('"', "&quot;") + '"'
