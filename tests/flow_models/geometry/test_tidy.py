"""Tidying up."""

import resources
from flow_models.document import storage
from flow_models.document.edits import pages
from flow_models.document.flow import Flow
from flow_models.geometry.layout import layout_of
from flow_models.geometry.tidy import tidied
from tests.flow_models.geometry.samples import large, shop


def test_pages_come_in_columns_by_their_distance_from_the_start() -> None:
    piled = pages.move_pages(shop(), {"home": (0, 0), "checkout": (5, 5), "done": (9, 9)})
    places = tidied(piled)
    assert places["checkout"] == (places["home"][0] + 340, places["home"][1])


def test_no_cards_and_no_frames_overlap_afterwards() -> None:
    flow = storage.load(resources.path("examples", "north_bank.flow.json"))
    piled = pages.move_pages(flow, {page.id: (10.0, 20.0) for page in flow.pages})
    layout = layout_of(pages.move_pages(piled, tidied(piled)))
    cards = [card.rect for card in layout.cards.values()]
    frames = [frame.rect for frame in layout.frames.values()]
    assert not any(one.touches(other) for group in (cards, frames) for one in group for other in group if one != other)


def test_only_the_chosen_pages_are_placed_and_stay_where_they_began() -> None:
    flow = large(20, 40, columns=5)
    chosen = ("p7", "p8", "p12")
    places = tidied(flow, chosen)
    assert set(places) == set(chosen)
    assert min(x for x, _ in places.values()) == min(
        flow.pages_by_id[page].x for page in flow.pages_by_id if page in chosen
    )


def test_the_same_flow_is_tidied_the_same_way() -> None:
    flow = large(30, 60, columns=6)
    assert tidied(flow) == tidied(flow)
    assert tidied(Flow(id="empty")) == {}
