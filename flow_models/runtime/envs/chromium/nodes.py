"""Makes of an accessibility text the nodes from which Chromium would have given it: `reading` the other way.

Only what is printed is there: elements without a line, properties that BrowserGym leaves out and `InlineTextBox` are
not. BrowserGym's `flatten_axtree_to_str` makes the same text of the nodes; `tests/stacks` compares.
"""

import re
from ast import literal_eval
from typing import Any, Final

_QUOTED: Final = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_VALUE: Final = rf"{_QUOTED}|[^,\s]+"
_LINE: Final = re.compile(rf"(\t*)(?:\[(\d+)\] )?([^\s,]+)(?: ({_QUOTED}))?(?: value=({_VALUE}))?((?:, .*)?)")
_PROPERTY: Final = re.compile(rf", (\w+)(?:=({_VALUE}))?")


def nodes_of(axtree: str) -> list[dict[str, Any]]:
    """Return the nodes of an accessibility text as `Accessibility.getFullAXTree` has them, the root first.

    Nodes of numbered elements have BrowserGym's `browsergym_id`.
    """
    nodes: list[dict[str, Any]] = []
    above: list[dict[str, Any]] = []
    for line in axtree.split("\n"):
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"not a line of an accessibility text: {line!r}")
        depth = len(found[1])
        del above[depth:]
        node = _node(found)
        if above and _is_said(node, above[-1]):
            # Chromium has an element in between, else BrowserGym would leave the text out.
            above.append(_added(_bare("generic", ""), nodes, above))
        above[depth:] = [_added(node, nodes, above)]
    return nodes


def _node(found: re.Match[str]) -> dict[str, Any]:
    """Return the node of a line."""
    _, number, role, name, value, properties = found.groups()
    node = _bare(role, literal_eval(name) if name else "")
    if value:
        node["value"] = _typed(literal_eval(value))
    node["properties"] = [
        {"name": one[1], "value": _typed(literal_eval(one[2]) if one[2] else True)}
        for one in _PROPERTY.finditer(properties)
    ]
    if number:
        node |= {"browsergym_id": number, "backendDOMNodeId": int(number)}
    return node


def _bare(role: str, name: str) -> dict[str, Any]:
    """Return a node that has no more than a role and a name."""
    return {
        "ignored": False,
        "role": {"type": "role", "value": role},
        "name": {"type": "computedString", "value": name},
        "properties": [],
        "childIds": [],
    }


def _added(node: dict[str, Any], nodes: list[dict[str, Any]], above: list[dict[str, Any]]) -> dict[str, Any]:
    """Add a node below the last one above it."""
    node["nodeId"] = str(len(nodes) + 1)
    if above:
        node["parentId"] = above[-1]["nodeId"]
        above[-1]["childIds"].append(node["nodeId"])
    nodes.append(node)
    return node


def _is_said(node: dict[str, Any], parent: dict[str, Any]) -> bool:
    """Say whether BrowserGym would leave a text out, because the name of the node around it says it."""
    return node["role"]["value"] == "StaticText" and node["name"]["value"] in parent["name"]["value"]


def _typed(value: Any) -> dict[str, Any]:
    """Return a value as Chromium names its type."""
    kind = {bool: "booleanOrUndefined", int: "integer", float: "number"}.get(type(value), "string")
    return {"type": kind, "value": value}
