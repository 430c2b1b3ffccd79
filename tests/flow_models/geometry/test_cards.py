"""Cards, faces and ports."""

import pytest

from flow_models.document.behaviour import ChangeTrigger, Transition
from flow_models.document.edits import pages
from flow_models.geometry.cards import CARD_WIDTH, TITLE_HEIGHT, Card
from flow_models.geometry.layout import layout_of
from tests.flow_models.geometry.samples import shop


@pytest.fixture
def cards() -> dict[str, Card]:
    return dict(layout_of(shop()).cards)


def test_the_start_page_its_section_and_dead_ends_are_marked(cards: dict[str, Card]) -> None:
    assert [page for page, card in cards.items() if card.face.is_start] == ["home"]
    assert cards["home"].face.colour == "#1f7a6b"
    assert cards["done"].face.colour == ""
    assert [page for page, card in cards.items() if not card.face.has_way_out] == ["done"]


def test_a_transition_of_the_section_is_a_way_out_unless_it_leads_to_the_page_itself() -> None:
    flow = shop()
    only_nav = flow.rebuilt(transitions=tuple(t for t in flow.transitions if t.id == "t_nav"))
    faces = {page: card.face for page, card in layout_of(only_nav).cards.items()}
    assert faces["checkout"].has_way_out
    assert not faces["home"].has_way_out


def test_an_arrow_leaves_at_the_row_of_its_button(cards: dict[str, Card]) -> None:
    card = cards["checkout"]
    port = card.port_of("order")
    assert port.x == card.rect.x + CARD_WIDTH
    assert TITLE_HEIGHT < port.y - card.rect.y < card.rect.height
    assert card.port_of("unknown").y == card.rect.y + TITLE_HEIGHT / 2


def test_ports_say_what_is_connected_and_what_can_be_dragged(cards: dict[str, Card]) -> None:
    ports = {port.block: (port.connected, port.is_control) for port in cards["checkout"].face.ports}
    assert ports == {"": (False, False), "order": (True, True)}


def test_a_field_has_a_port_only_while_a_transition_listens_to_it() -> None:
    flow = shop()
    listens = Transition(id="t_change", source="checkout", on=ChangeTrigger(block="name_field"), to="stay")
    ports = layout_of(flow.rebuilt(transitions=(*flow.transitions, listens))).cards["checkout"].face.ports
    assert [(port.block, port.is_control) for port in ports] == [("", False), ("name_field", False), ("order", True)]


def test_moving_a_page_keeps_its_face() -> None:
    flow = shop()
    before = layout_of(flow)
    moved = pages.move_pages(flow, {"home": (50, 60)})
    after = layout_of(moved, before)
    assert after.cards["home"].face is before.cards["home"].face
    assert (after.cards["home"].rect.x, after.cards["home"].rect.y) == (50, 60)
