"""Where a block lands among blocks that are drawn: between, beside, in and out of what holds others."""

import pytest

from app.blocks.boxes import place_among
from app.blocks.placing import Spot
from flow_models.document.behaviour import Page
from flow_models.document.blocks import AnyBlock, Button, Columns, Form, Group, Text
from flow_models.document.edits.tree import Slot
from flow_models.document.flow import Flow
from flow_models.geometry.shapes import Point, Rect

ROOM = Rect(0, 0, 200, 1)
PAGE = Slot("page", "p")


def place(blocks: tuple[AnyBlock, ...], drawn: dict[str, Rect], x: float, y: float) -> Spot:
    """Return where something lands on a page with these blocks."""
    flow = Flow(id="f", pages=(Page(id="p", blocks=blocks),))
    return place_among(flow, flow.pages[0], drawn, Point(x, y), ROOM).spot


TWO = (Text(id="a", text="A"), Text(id="b", text="B"))
STACKED = {"a": Rect(0, 0, 200, 20), "b": Rect(0, 30, 200, 20)}


@pytest.mark.parametrize(("y", "index"), [(-20, 0), (5, 0), (15, 1), (24, 1), (35, 1), (45, 2), (400, 2)])
def test_it_lands_before_or_behind_the_nearest_block(y: float, index: int) -> None:
    assert place(TWO, STACKED, 50, y) == Spot(PAGE, index)


@pytest.mark.parametrize(("x", "index"), [(10, 0), (70, 1), (110, 1), (190, 2)])
def test_beside_each_other_left_and_right_decide(x: float, index: int) -> None:
    side_by_side = {"a": Rect(0, 0, 90, 20), "b": Rect(100, 0, 90, 20)}
    assert place(TWO, side_by_side, x, 15) == Spot(PAGE, index)


def test_inside_a_form_it_lands_between_its_blocks_and_at_its_rim_beside_it() -> None:
    form = Form(id="form", blocks=TWO)
    drawn = {"a": Rect(0, 0, 200, 20), "b": Rect(0, 30, 200, 20)}
    assert place((form,), drawn, 50, 26) == Spot(Slot("block", "form"), 1)
    assert place((form,), drawn, 50, 48) == Spot(PAGE, 1)
    assert place((form,), drawn, 50, 2) == Spot(PAGE, 0)


def test_an_empty_group_takes_in_what_is_held_over_it() -> None:
    group = Group(id="g", title="More")
    assert place((group,), {"g": Rect(0, 0, 200, 40)}, 50, 20) == Spot(Slot("block", "g"), 0)


def test_the_nearest_of_several_columns_is_meant() -> None:
    columns = Columns(id="c", columns=((TWO[0],), (TWO[1],)))
    drawn = {"a": Rect(0, 0, 90, 60), "b": Rect(110, 0, 90, 60)}
    assert place((columns,), drawn, 150, 40) == Spot(Slot("block", "c", "columns.1"), 1)
    assert place((columns,), drawn, 20, 20) == Spot(Slot("block", "c", "columns.0"), 0)


def test_on_an_empty_page_it_is_the_first() -> None:
    assert place((), {}, 50, 80) == Spot(PAGE, 0)


def test_a_button_in_a_group_is_no_holder() -> None:
    group = Group(id="g", blocks=(Button(id="ok", title="OK"),))
    assert place((group,), {"ok": Rect(0, 0, 60, 60)}, 30, 40) == Spot(Slot("block", "g"), 1)
