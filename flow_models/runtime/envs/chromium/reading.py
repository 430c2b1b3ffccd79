"""Reads what Chromium says of a page to assistive programs, as BrowserGym prints it for agents.

Written anew from what browsergym-core 0.14.3 does in `flatten_axtree_to_str` with its default arguments;
`tests/parity` compares with the original. `InlineTextBox` lines are left out: they depend on where lines are wrapped.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

Node = Mapping[str, Any]
"""A node of `Accessibility.getFullAXTree`."""

_UNPRINTED: Final = frozenset({"LineBreak", "InlineTextBox"})
_IGNORED: Final = frozenset({"editable", "readonly", "level", "settable", "multiline", "invalid", "focusable"})
_BARE: Final = frozenset({"required", "focused", "atomic"})
_NUMBER: Final = re.compile(r"browsergym_id_(\S+)\s?(.*)", re.DOTALL)


class Reading(NamedTuple):
    """A page as it was read.

    Attributes:
        text: The accessibility text.
        is_focused: Whether the page, and not the browser's own controls, has the focus.
        expanded: Numbers of the controls whose list or fold-out is open.
    """

    text: str
    is_focused: bool
    expanded: frozenset[str]


def read(nodes: Sequence[Node]) -> Reading:
    """Return the reading of a page's accessibility tree, whose elements carry their numbers in ARIA attributes."""
    by_id = {node["nodeId"]: node for node in nodes}
    lines: list[str] = []
    expanded: set[str] = set()
    is_focused = False
    pending: list[tuple[Node, int, str]] = [(nodes[0], 0, "")]
    while pending:
        node, depth, parent_name = pending.pop()
        role = node["role"]["value"]
        name = ""
        if "name" in node and role not in _UNPRINTED:
            name = node["name"]["value"]
            number, attributes = _attributes(node)
            if number and "expanded=True" in attributes:
                expanded.add(number)
            is_focused |= "focused" in attributes
            if not _is_left_out(role, name, attributes, parent_name):
                lines.append("\t" * depth + _line(role, name, number, node, attributes))
                depth += 1
        pending += [(child, depth, name) for child in reversed(_children(node, by_id))]
    return Reading("\n".join(lines), is_focused, frozenset(expanded))


def _children(node: Node, by_id: Mapping[str, Node]) -> list[Node]:
    """Return the children of a node as far as Chromium sends them."""
    return [by_id[child] for child in node["childIds"] if child in by_id and child != node["nodeId"]]


def _is_left_out(role: str, name: str, attributes: list[str], parent_name: str) -> bool:
    """Say whether BrowserGym prints no line for a node: nothing is to be said of it, or its parent's name says it."""
    return (role == "generic" and not attributes) or (role == "StaticText" and name in parent_name)


def _line(role: str, name: str, number: str, node: Node, attributes: list[str]) -> str:
    """Return the line of a node."""
    line = f"[{number}] " if number else ""
    line += "generic" if role == "generic" and not name else f"{role} {name.strip()!r}"
    value = node.get("value", {}).get("value")
    if value is not None:
        line += f" value={value!r}"
    return ", ".join([line, *attributes])


def _attributes(node: Node) -> tuple[str, list[str]]:
    """Return the number of a node's element, empty if it has none, and its properties as they are printed."""
    number = ""
    printed = []
    for item in node.get("properties", ()):
        name, value = item["name"], item["value"].get("value")
        if name == "roledescription" and value is not None:
            number, value = _numbered(value)
        line = _printed(name, value)
        if line:
            printed.append(line)
    if not number:
        found = _NUMBER.match(str(node.get("description", {}).get("value", "")))
        number = "" if found is None else found[1]
    return number, printed


def _numbered(description: str) -> tuple[str, str | None]:
    """Return the number that an element carries in its role description, and that description, None without one."""
    found = _NUMBER.fullmatch(description)
    return ("", description) if found is None else (found[1], found[2] or None)


def _printed(name: str, value: Any) -> str:
    """Return a property as it is printed, empty if it is not."""
    if value is None or name in _IGNORED:
        return ""
    if name in _BARE:
        return name if value else ""
    return f"{name}={value!r}"
