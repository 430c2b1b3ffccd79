"""A document as Chromium's snapshot has it: elements with BrowserGym's numbers and marks, in order."""

from typing import Any

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.chromium.pruning import pruned
from flow_models.runtime.envs.chromium.snapshot import Marked, Snapshot, snapshot_of
from flow_models.runtime.machine import Episode
from flow_models.runtime.site import Rendered

FIELDS = (
    '<!DOCTYPE html><html><body><textarea name="a">\n\none\ntwo</textarea><select name="b"><option value="x">X</option>'
    '<option value="y" selected>Y &amp; Z</option></select><input type="checkbox" checked><hr><p>end</p></body></html>'
)


def taken(html: str) -> Snapshot:
    """Return the snapshot of a document in which only what has an even number is in reach."""
    return snapshot_of(html, "https://x.test/", lambda number: Marked(number % 2 == 0, is_used=number > 3))


def attributes(snapshot: dict[str, Any]) -> list[dict[str, str]]:
    """Return the attributes of every element."""
    strings, nodes = snapshot["strings"], snapshot["documents"][0]["nodes"]
    texts = [["" if one < 0 else strings[one] for one in listed] for listed in nodes["attributes"]]
    return [dict(zip(listed[::2], listed[1::2], strict=True)) for listed in texts if listed]


def test_elements_are_numbered_in_the_order_of_the_document() -> None:
    found = attributes(taken(FIELDS).dom)
    assert [one["bid"] for one in found] == [str(number) for number in range(9)]


def test_fields_have_what_they_hold_as_their_value() -> None:
    _, _, area, select, _, _, tick, *_ = attributes(taken(FIELDS).dom)
    assert area["value"] == "\none\ntwo"
    assert select["value"] == "y"
    assert tick["value"] == "on"
    assert "checked" in tick


def test_what_is_in_reach_and_can_be_used_is_marked() -> None:
    properties = taken(FIELDS).properties
    assert properties["4"] == {"visibility": 1.0, "bbox": None, "clickable": True, "set_of_marks": True}
    assert properties["5"] == {"visibility": 0.0, "bbox": None, "clickable": True, "set_of_marks": False}
    assert not properties["2"]["clickable"]


def test_every_node_is_below_the_one_around_it() -> None:
    snapshot = taken(FIELDS).dom
    nodes, strings = snapshot["documents"][0]["nodes"], snapshot["strings"]
    names = [strings[name] for name in nodes["nodeName"]]
    above = {name: names[nodes["parentIndex"][place]] for place, name in enumerate(names) if place}
    assert (above["HTML"], above["OPTION"], above["HR"], above["P"]) == ("#document", "SELECT", "BODY", "BODY")


def test_a_page_of_a_site_has_as_many_elements_as_its_text_counts(bundle: Bundle) -> None:
    instance = bundle.instances[bundle.task_names[0]][0]
    view = Episode(bundle.machine, bundle.start(instance)).view
    rendered = Rendered(view, bundle.site)
    snapshot = snapshot_of(rendered.html(b"seed"), "https://x.test/", lambda _: Marked(is_shown=True, is_used=False))
    assert len(snapshot.properties) == rendered.count
    assert f'<main bid="{rendered.count}' not in pruned(snapshot.dom)
    assert "<main" in pruned(snapshot.dom)
