"""Frames of sections."""

from flow_models.document.base import SectionId
from flow_models.geometry.frames import frame_of
from flow_models.geometry.layout import layout_of
from flow_models.geometry.shapes import Rect
from tests.flow_models.geometry.samples import shop

CARDS = (Rect(0, 0, 220, 150), Rect(340, 20, 220, 150))


def test_a_frame_holds_its_cards_below_its_title_bar() -> None:
    frame = frame_of(SectionId("s"), "Buying", "#123456", CARDS, ())
    assert frame is not None
    assert all(frame.rect.x < card.x and card.right < frame.rect.right for card in CARDS)
    assert all(frame.bar.bottom < card.y and card.bottom < frame.rect.bottom for card in CARDS)


def test_a_section_without_pages_has_no_frame() -> None:
    assert frame_of(SectionId("s"), "Empty", "#123456", (), ()) is None


def test_chips_flow_into_rows_inside_the_bar() -> None:
    frame = frame_of(SectionId("s"), "Buying", "#123456", CARDS[:1], [(f"t{n}", f"Link number {n}") for n in range(7)])
    assert frame is not None
    rects = [chip.rect for chip in frame.chips]
    assert len({rect.y for rect in rects}) > 1
    assert all(frame.bar.x < rect.x and rect.right < frame.bar.right for rect in rects)
    assert all(rect.bottom < frame.bar.bottom for rect in rects)
    assert not any(one.touches(other) for one in rects for other in rects if one is not other)


def test_a_chip_names_the_page_only_where_the_link_does_not() -> None:
    frame = layout_of(shop()).frames["buying"]
    assert [(chip.transition, chip.text) for chip in frame.chips] == [("t_nav", "Home")]
    renamed = shop().rebuilt(pages=(shop().pages[0].rebuilt(title="Our books"), *shop().pages[1:]))
    assert layout_of(renamed).frames["buying"].chips[0].text == "Home → Our books"
