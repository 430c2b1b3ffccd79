"""The scene follows the flow; problems, the play and the colours show."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem

from app.canvas.card import CardItem
from app.canvas.view import CanvasPanel
from app.drawing.colours import ink_of
from app.theme.colours import DARK, LIGHT, contrast, palette_of
from flow_models.document.edits import pages
from flow_models.document.elements import Element


@dataclass(frozen=True)
class Found:
    """A problem as the canvas sees one."""

    severity: str
    elements: tuple[Element, ...]
    words: str

    def sentence(self) -> str:
        return self.words


def test_only_what_changed_gets_another_item(panel: CanvasPanel) -> None:
    before = dict(panel.scene.cards)
    flow = pages.remove_pages(panel.board.flow, {"done"})
    panel.board.session.edit(pages.rename_page(flow, "home", "Start"), "Both")
    assert panel.scene.cards["home"] is before["home"]
    assert panel.scene.cards["home"].card.face.title == "Start"
    assert before["done"].scene() is None
    assert set(panel.scene.labels) == {"t_go", "t_again"}


def test_another_document_takes_the_place_of_the_last(panel: CanvasPanel) -> None:
    flow = panel.board.flow
    panel.board.session.new_from(flow.rebuilt(id="other", pages=flow.pages[:1], transitions=(), sections=()))
    assert set(panel.scene.cards) == {"home"}
    assert (panel.scene.arrows, panel.scene.labels, panel.scene.frames) == ({}, {}, {})


def test_problems_are_counted_on_their_pages_with_the_worst_severity(panel: CanvasPanel) -> None:
    panel.show_problems(
        [
            Found("warning", (Element("block", "order", "title"),), "The button has no title."),
            Found("error", (Element("transition", "t_go", "when"),), "The condition is wrong."),
            Found("hint", (Element("page", "checkout"),), "The page could have a heading."),
            Found("error", (Element("table", "t"),), "A table is unused."),
        ]
    )
    badges = {page: card.badge and (card.badge.severity, card.badge.count) for page, card in panel.scene.cards.items()}
    assert badges == {"home": ("error", 1), "checkout": ("warning", 2), "done": None}
    assert "The button has no title." in panel.scene.cards["checkout"].toolTip()
    panel.show_problems([])
    assert panel.scene.cards["home"].badge is None


def test_a_card_says_how_much_of_its_page_was_touched(panel: CanvasPanel) -> None:
    panel.show_coverage({"home": "94 %", "done": "100 %"})
    shares = {page: card.share for page, card in panel.scene.cards.items()}
    assert shares == {"home": "94 %", "checkout": "", "done": "100 %"}
    assert "94 %" in panel.scene.cards["home"].accessible_name
    panel.show_coverage({})
    assert not any(card.share for card in panel.scene.cards.values())


def _painted(card: CardItem, scale: float) -> QImage:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(scale, scale)
    card.paint(painter, QStyleOptionGraphicsItem(), None)
    painter.end()
    return image


@pytest.mark.parametrize(("scale", "says"), [(0.2, True), (0.14, True), (0.1, False)])
def test_from_afar_a_card_says_how_much_was_touched_while_there_is_room(
    panel: CanvasPanel, scale: float, says: bool
) -> None:
    card = panel.scene.cards["home"]
    before = _painted(card, scale)
    panel.show_coverage({"home": "94 %"})
    assert (_painted(card, scale) != before) is says


def test_the_play_lights_the_page_and_its_ways_and_says_why_one_is_blocked(panel: CanvasPanel) -> None:
    panel.show_play("checkout", {"t_order": (False, "your name is empty"), "t_again": (True, "")}, "t_go")
    states = {key: item.play for key, item in panel.scene.arrows.items()}
    assert states == {"t_go": "last", "t_order": "blocked", "t_again": "possible", "t_nav": "dimmed"}
    assert [page for page, card in panel.scene.cards.items() if card.is_active] == ["checkout"]
    label = panel.scene.labels["t_order"]
    assert label.toolTip().endswith("Not now: your name is empty")
    assert "Not now: your" in " ".join(label._lines()[0])
    panel.show_play(None)
    assert {item.play for item in panel.scene.arrows.values()} == {""}
    assert "Not now" not in label.toolTip()


def test_reasons_of_neighbouring_arrows_do_not_lie_on_each_other(panel: CanvasPanel) -> None:
    why = "the amount is more than the balance of the account"
    panel.show_play("checkout", {"t_order": (False, why), "t_again": (False, why)})
    first, second = (panel.scene.labels[key].area() for key in ("t_order", "t_again"))
    assert not first.intersects(second)


def test_while_playing_a_section_draws_no_lines_but_lights_its_chips(panel: CanvasPanel) -> None:
    for state in ({"t_nav": (True, "")}, {"t_nav": (False, "not yet")}):
        panel.show_play("checkout", state, "t_nav")
        assert not panel.scene.arrows["t_nav"].isVisible()
        assert panel.scene.frames["buying"].play["t_nav"] == panel.scene.play.of_arrow("t_nav")
    panel.board.selection.select(Element("transition", "t_nav"))
    assert panel.scene.arrows["t_nav"].isVisible()


def test_the_play_survives_an_edit(panel: CanvasPanel) -> None:
    panel.show_play("home", {"t_go": (True, "")})
    panel.board.session.edit(pages.rename_page(panel.board.flow, "home", "Start"), "Rename")
    assert panel.scene.cards["home"].is_active
    assert panel.scene.arrows["t_go"].play == "possible"


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_words_on_the_canvas_can_be_read(colours: object) -> None:
    ink = ink_of(palette_of(colours))  # type: ignore[arg-type]
    for ground in (ink.card, ink.paper, ink.field):
        assert contrast(ink.text.name(), ground.name()) >= 4.5
        assert contrast(ink.muted.name(), ground.name()) >= 4.5
    assert contrast(ink.on_accent.name(), ink.accent.name()) >= 4.5
    assert contrast(ink.arrow.name(), ink.paper.name()) >= 3
    for section in ("#5b7fa6", "#b5a14a", "#111111", "#ffffff"):
        assert contrast(ink.section(section).name(), ink.paper.name()) >= 3


def test_the_canvas_takes_the_colours_of_another_palette(panel: CanvasPanel, qapp: QApplication) -> None:
    panel.setPalette(palette_of(DARK))
    assert panel.scene.ink.is_dark
    assert panel.scene.cards["home"].ink.is_dark
    image = panel.view.viewport().grab().toImage()
    assert image.pixelColor(3, 3).lightness() < 60
    panel.setPalette(palette_of(LIGHT))
    assert panel.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)


@pytest.mark.parametrize("zoom", [1.5, 1.0, 0.5, 0.3, 0.2, 0.08])
def test_every_zoom_paints_the_cards(panel: CanvasPanel, zoom: float) -> None:
    panel.show_problems([Found("error", (Element("page", "done"),), "Wrong.")])
    panel.board.selection.select(Element("page", "home"))
    panel.view.set_zoom(zoom)
    card = panel.board.layout.cards["checkout"].rect
    panel.view.centerOn(card.center.x, card.center.y)
    image: QImage = panel.view.viewport().grab().toImage()
    painted = image.pixelColor(panel.view.mapFromScene(card.right - 40, card.bottom - 18))
    assert painted == panel.scene.ink.card
