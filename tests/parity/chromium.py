"""Reads a page in Chromium as BrowserGym does: numbers on elements, and the flattened accessibility tree.

Written anew from what browsergym-core 0.14.3 does, so that the ordinary tests can compare without its environment;
`tests/parity/test_browsergym.py` compares with the original.
"""

import re
import shutil
from typing import Any

from playwright.sync_api import Page

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

TAGS = (
    "a body button caption dd div dl dt fieldset footer form h1 h2 h3 head header hr html input label legend li link "
    "main meta nav ol option p script section select span strong table tbody td textarea th thead title tr ul"
)

_MARK = """
(tags) => {
  const known = new Set(tags.split(" "));
  let number = 0;
  for (const element of document.querySelectorAll("*")) {
    if (!known.has(element.tagName.toLowerCase())) throw new Error("unknown tag " + element.tagName);
    if (element.value !== undefined) element.setAttribute("value", element.value);
    if (element.checked === true) element.setAttribute("checked", "");
    else if (element.checked === false) element.removeAttribute("checked");
    const bid = String(number++);
    element.setAttribute("bid", bid);
    element.setAttribute("aria-roledescription", "browsergym_id_" + bid + " ");
    element.setAttribute("aria-description", "browsergym_id_" + bid + " ");
  }
}
"""

_UNMARK = """
() => {
  for (const element of document.querySelectorAll("*")) {
    element.removeAttribute("aria-roledescription");
    element.removeAttribute("aria-description");
  }
}
"""

_IGNORED = {"editable", "readonly", "level", "settable", "multiline", "invalid", "focusable"}
_NUMBER = re.compile(r"browsergym_id_(\d+)\s?(.*)")


def browser_path() -> str | None:
    """Return an installed Chromium, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def axtree(page: Page) -> str:
    """Return the accessibility text of a page, without `InlineTextBox` lines."""
    page.evaluate(_MARK, TAGS)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree", {})["nodes"]
    session.detach()
    page.evaluate(_UNMARK)
    lines: list[str] = []
    _flatten({node["nodeId"]: node for node in nodes}, nodes[0], 0, "", lines)
    return "\n".join(lines)


def _flatten(nodes: dict[str, Any], node: dict[str, Any], depth: int, parent_name: str, lines: list[str]) -> None:
    role = node["role"]["value"]
    name = ""
    is_printed = "name" in node and role not in ("LineBreak", "InlineTextBox")
    if is_printed:
        name = node["name"]["value"]
        attributes = _attributes(node)
        if (role == "generic" and not attributes) or (role == "StaticText" and name in parent_name):
            is_printed = False
    if is_printed:
        number = _number(node)
        value = node.get("value", {}).get("value")
        line = "" if number is None else f"[{number}] "
        line += "generic" if role == "generic" and not name else f"{role} {name.strip()!r}"
        line += "" if value is None else f" value={value!r}"
        lines.append("\t" * depth + ", ".join([line, *attributes]))
        depth += 1
    for child in node["childIds"]:
        if child in nodes:
            _flatten(nodes, nodes[child], depth, name, lines)


def _attributes(node: dict[str, Any]) -> list[str]:
    found = []
    for item in node.get("properties", []):
        name, value = item["name"], item["value"].get("value")
        if value is None or name in _IGNORED or (name == "roledescription" and _NUMBER.fullmatch(value)):
            continue
        if name in ("required", "focused", "atomic"):
            found += [name] if value else []
        else:
            found.append(f"{name}={value!r}")
    return found


def _number(node: dict[str, Any]) -> str | None:
    texts = [item["value"].get("value", "") for item in node.get("properties", []) if item["name"] == "roledescription"]
    texts.append(node.get("description", {}).get("value", ""))
    return next((found.group(1) for text in texts if (found := _NUMBER.match(str(text)))), None)
