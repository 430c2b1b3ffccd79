"""Every place inside a block where blocks can stand is found, by the annotations of its model."""

import resources
from flow_models.document.block_base import BlockBase
from flow_models.document.blocks import MODELS, Columns, ListBlock, ListColumn, Tab, Tabs
from flow_models.document.holding import parts_in
from flow_models.document.rooms import children, rooms, walk
from flow_models.document.storage import load
from tests.flow_models.builders import button, heading, link


def test_a_room_goes_by_its_path_and_knows_what_can_stand_in_it() -> None:
    cells = (ListColumn(), ListColumn(link=link("cell")))
    listing = ListBlock(id="list", columns=cells, row_controls=(button("go"),))
    assert [(room.path, sorted(room.kinds), room.is_single) for room in rooms(listing)] == [
        ("columns.1.link", ["link"], True),
        ("row_controls", ["button", "link"], False),
    ]
    tabs = Tabs(id="tabs", tabs=(Tab(), Tab(blocks=(heading("h"),))))
    assert [(room.path, room.kinds == frozenset(MODELS)) for room in rooms(tabs)] == [
        ("tabs.0.blocks", True),
        ("tabs.1.blocks", True),
    ]
    sides = Columns(id="sides", columns=((), (heading("h"),)))
    assert [(room.path, len(room.blocks)) for room in rooms(sides)] == [("columns.0", 0), ("columns.1", 1)]


def test_children_stand_in_the_order_of_the_rooms() -> None:
    listing = ListBlock(id="list", columns=(ListColumn(link=link("cell")),), row_controls=(button("go"),))
    assert [inner.id for inner in children(listing)] == ["cell", "go"]
    assert children(heading("h")) == ()


def test_every_block_of_the_zoo_stands_in_a_room() -> None:
    zoo = load(resources.path("examples", "block_zoo.flow.json"))
    roots = [*(page.blocks for page in zoo.pages), *((*one.header, *one.footer) for one in zoo.sections)]
    assert {block.kind for root in roots for block in walk(root)} == set(MODELS)
    for root in roots:
        inside = [inner for block in root for inner in parts_in(block) if isinstance(inner, BlockBase)]
        assert list(walk(root)) == inside
        for block in walk(root):
            assert all(inner.kind in room.kinds for room in rooms(block) for inner in room.blocks)
