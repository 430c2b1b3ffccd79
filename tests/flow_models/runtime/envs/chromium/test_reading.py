"""The accessibility text from nodes as Chromium tells them."""

from typing import Any

from flow_models.runtime.envs.chromium.reading import read


def node(number: int, role: str, name: str, *children: int, **properties: Any) -> dict[str, Any]:
    """Return a node as Chromium tells it, with a mark if it is not a text."""
    found = [{"name": key, "value": {"value": value}} for key, value in properties.items()]
    if role != "StaticText":
        found.append({"name": "roledescription", "value": {"value": f"browsergym_id_{number} "}})
    told = {"nodeId": str(number), "role": {"value": role}, "name": {"value": name}, "properties": found}
    return {**told, "childIds": [str(child) for child in children]}


def test_lines_are_indented_and_say_what_matters() -> None:
    nodes = [
        node(0, "RootWebArea", "Home", 1, focused=True, focusable=True),
        node(1, "combobox", "To ", 2, expanded=True, required=False),
        node(2, "StaticText", "Ana"),
    ]
    found = read(nodes)
    assert found.text == "[0] RootWebArea 'Home', focused\n\t[1] combobox 'To', expanded=True\n\t\tStaticText 'Ana'"
    assert found.is_focused
    assert found.expanded == {"1"}


def test_generic_wrappers_repeated_texts_and_line_boxes_are_left_out() -> None:
    nodes = [
        node(0, "generic", "", 1),
        node(1, "heading", "Payees today", 2, 4),
        node(2, "StaticText", "Payees", 3),
        node(3, "InlineTextBox", "Payees"),
        node(4, "link", "More", level=2),
    ]
    assert read(nodes).text == "[1] heading 'Payees today'\n\t[4] link 'More'"
    assert not read(nodes).is_focused
