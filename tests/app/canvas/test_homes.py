"""Where pages lie and to which section they belong, whatever hand and keys do: frames hold their own pages only."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.canvas.picking import NewPage
from app.canvas.view import CanvasPanel
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.geometry.homes import brought, homes_of
from flow_models.geometry.layout import layout_of
from flow_models.geometry.shapes import Rect
from tests.app.canvas.conftest import Hand, canvas, popup
from tests.flow_models.geometry.samples import page, shop

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def wrong(flow: Flow) -> list[str]:
    """Return what lies where it should not: cards on cards, pages in foreign frames, frames on frames."""
    layout = layout_of(flow)
    cards, frames = list(layout.cards.items()), list(layout.frames.items())
    homes = {page: flow.section_of[page].id if page in flow.section_of else "" for page in layout.cards}
    found = [
        f"{a} on {b}" for i, (a, one) in enumerate(cards) for b, two in cards[i + 1 :] if one.rect.touches(two.rect)
    ]
    for key, frame in frames:
        found += [f"{page} in {key}" for page, card in cards if homes[page] != key and card.rect.touches(frame.rect)]
        found += [
            f"{key} lacks {page}" for page, card in cards if homes[page] == key and not inside(card.rect, frame.rect)
        ]
    found += [
        f"{a} on {b}" for i, (a, one) in enumerate(frames) for b, two in frames[i + 1 :] if one.rect.touches(two.rect)
    ]
    return found


def inside(card: Rect, frame: Rect) -> bool:
    return frame.x <= card.x and card.right <= frame.right and frame.y <= card.y and card.bottom <= frame.bottom


def town() -> Flow:
    """Return the shop with a second section below it and a page in none."""
    flow = shop()
    second = flow.sections[0].rebuilt(id="staff", title="Staff", header=(), pages=("desk", "stock"))
    more = (page("desk", 0, 420), page("stock", 340, 420))
    return flow.rebuilt(pages=(*flow.pages, *more), sections=(*flow.sections, second))


@pytest.fixture
def panel(qtbot: QtBot) -> CanvasPanel:
    return canvas(qtbot, town())


def section_of(panel: CanvasPanel, page_id: str) -> str:
    found = panel.board.flow.section_of.get(panel.board.flow.pages_by_id[page_id].id)
    return found.id if found else ""


def place(panel: CanvasPanel, page_id: str) -> tuple[float, float]:
    found = panel.board.flow.pages_by_id[page_id]
    return found.x, found.y


def test_a_page_dragged_into_another_sections_frame_belongs_to_it(panel: CanvasPanel, hand: Hand) -> None:
    panel.view.centerOn(400, 300)
    start, stock = hand.card("checkout"), panel.board.layout.cards["stock"].rect
    hand.drag(start, (stock.x + 110, stock.bottom + 10))
    assert section_of(panel, "checkout") == "staff"
    assert panel.board.selection.elements == (Element("page", "checkout"),)
    assert "checkout" not in panel.board.flow.sections_by_id["buying"].pages
    assert wrong(panel.board.flow) == []
    assert panel.board.session.undo_stack.count() == 1
    assert panel.board.session.undo_stack.undoText() == "Move Checkout into Staff"
    panel.board.session.undo()
    assert section_of(panel, "checkout") == "buying"


def test_while_it_is_dragged_the_frame_shows_where_the_page_would_belong(panel: CanvasPanel, hand: Hand) -> None:
    panel.view.centerOn(400, 300)
    start, stock = hand.card("checkout"), panel.board.layout.cards["stock"].rect
    end = (stock.x + 110, stock.bottom + 10)
    before = panel.scene.frames["staff"].frame.rect
    hand.press(start)
    hand.pull(start, end)
    assert panel.scene.frames["staff"].frame.rect.height > before.height
    hand.key(Qt.Key.Key_Escape)
    assert panel.scene.frames["staff"].frame.rect == before
    hand.release(end)
    assert panel.board.session.undo_stack.count() == 0


def test_a_page_dragged_onto_another_comes_to_lie_beside_it(panel: CanvasPanel, hand: Hand) -> None:
    start, home = hand.card("done"), panel.board.layout.cards["home"].rect
    hand.drag(start, (home.x + 110, home.y + 36))
    assert section_of(panel, "done") == "buying"
    assert wrong(panel.board.flow) == []


def test_a_page_dragged_far_into_the_open_leaves_its_section(panel: CanvasPanel, hand: Hand) -> None:
    hand.drag(hand.card("checkout"), (1000, 300))
    assert section_of(panel, "checkout") == ""
    assert panel.board.session.undo_stack.undoText() == "Move Checkout out of Buying"
    assert wrong(panel.board.flow) == []


def test_a_page_dragged_a_little_way_takes_the_frame_along(panel: CanvasPanel, hand: Hand) -> None:
    start = hand.card("home")
    hand.drag(start, (start[0] - 100, start[1] - 40))
    assert section_of(panel, "home") == "buying"
    assert place(panel, "home") == (-100, -40)


def test_a_section_dragged_onto_another_goes_beside_it_and_with_alt_stays_there(panel: CanvasPanel, hand: Hand) -> None:
    panel.view.set_zoom(0.7)
    panel.view.centerOn(400, 300)
    bar = panel.board.layout.frames["staff"].bar
    start = (bar.right - 60, bar.y + 12)
    hand.drag(start, (start[0], start[1] - 380))
    assert set(panel.board.flow.sections_by_id["staff"].pages) == {"desk", "stock"}
    assert wrong(panel.board.flow) == []
    panel.board.session.undo()
    hand.drag(start, (start[0], start[1] - 380), ALT)
    assert place(panel, "desk") == (0, 40)


def test_a_section_is_made_beside_and_never_inside(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.key(Qt.Key.Key_G, CONTROL)
    made = panel.board.flow.sections[-1]
    assert made.pages == ("home",)
    assert wrong(panel.board.flow) == []
    assert panel.board.session.undo_stack.undoText() == "Make a section of Home"


def test_pages_far_apart_become_a_section_that_covers_no_other_page(panel: CanvasPanel, hand: Hand) -> None:
    panel.board.selection.select(Element("page", "done"), Element("page", "desk"), Element("page", "home"))
    hand.key(Qt.Key.Key_G, CONTROL)
    assert set(panel.board.flow.sections[-1].pages) == {"done", "desk", "home"}
    assert wrong(panel.board.flow) == []


@pytest.mark.parametrize("keys", [[Qt.Key.Key_D], [Qt.Key.Key_C, Qt.Key.Key_V]])
def test_copies_lie_beside_the_original_and_belong_to_its_section(
    panel: CanvasPanel, hand: Hand, keys: list[Qt.Key]
) -> None:
    hand.click(hand.card("home"))
    for key in keys:
        hand.key(key, CONTROL)
    copy = panel.board.flow.pages[-1]
    assert section_of(panel, copy.id) == "buying"
    home = panel.board.layout.cards["home"].rect
    assert abs(copy.x - home.x) + abs(copy.y - home.y) < 700
    assert wrong(panel.board.flow) == []


def test_a_page_made_by_key_lies_beside_the_selected_one_in_its_section(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("desk"))
    hand.key(Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(popup().focusWidget(), "Returns")
    QTest.keyClick(popup().focusWidget(), Qt.Key.Key_Return)
    made = panel.board.flow.pages[-1]
    assert section_of(panel, made.id) == "staff"
    assert wrong(panel.board.flow) == []


def test_a_pasted_section_brings_its_pages(panel: CanvasPanel, hand: Hand) -> None:
    bar = panel.board.layout.frames["buying"].bar
    hand.click((bar.right - 60, bar.y + 12))
    hand.key(Qt.Key.Key_C, CONTROL)
    hand.key(Qt.Key.Key_V, CONTROL)
    made = panel.board.flow.sections[-1]
    assert (made.title, len(made.pages)) == ("Buying 2", 2)
    assert {panel.board.flow.pages_by_id[page].title for page in made.pages} == {"Home 2", "Checkout 2"}
    assert wrong(panel.board.flow) == []


def test_cut_pages_come_back_into_their_section_or_into_the_one_that_is_selected(
    panel: CanvasPanel, hand: Hand
) -> None:
    hand.click(hand.card("checkout"))
    hand.key(Qt.Key.Key_X, CONTROL)
    hand.key(Qt.Key.Key_V, CONTROL)
    assert section_of(panel, panel.board.flow.pages[-1].id) == "buying"
    hand.key(Qt.Key.Key_X, CONTROL)
    panel.board.selection.select(Element("page", "stock"))
    hand.key(Qt.Key.Key_V, CONTROL)
    assert section_of(panel, panel.board.flow.pages[-1].id) == "staff"
    assert wrong(panel.board.flow) == []


def test_moves_by_key_join_sections_and_jump_over_cards(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("done"))
    for _ in range(12):
        hand.key(Qt.Key.Key_Left)
        assert wrong(panel.board.flow) == []
    assert section_of(panel, "done") == "buying"
    assert panel.board.session.undo_stack.count() == 1
    assert panel.board.session.undo_stack.undoText() == "Move Done into Buying"


def test_a_section_closed_in_on_all_sides_gets_room(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    for _ in range(12):
        hand.key(Qt.Key.Key_D, CONTROL)
        assert wrong(panel.board.flow) == []
    assert len(panel.board.flow.sections_by_id["buying"].pages) == 14


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_frames_hold_their_own_pages_and_nothing_lies_on_anything(qtbot: QtBot, seed: int) -> None:
    rng = random.Random(seed)
    panel = canvas(qtbot, town())
    hand = Hand(panel)
    done: list[str] = []
    for _ in range(14):
        ACTS[rng.choice(list(ACTS))](panel, hand, rng)
        done.append(panel.board.session.undo_stack.undoText())
        assert wrong(panel.board.flow) == [], done
    count = panel.board.session.undo_stack.count()
    for _ in range(count):
        panel.board.session.undo()
    assert panel.board.flow == town()


def _show(panel: CanvasPanel) -> None:
    panel.actions_by_name["fit"].trigger()


def _some(panel: CanvasPanel, rng: random.Random) -> list[str]:
    pages = list(panel.board.layout.cards)
    return rng.sample(pages, min(len(pages), rng.choice([1, 1, 1, 2, 3])))


def _choose(panel: CanvasPanel, rng: random.Random) -> None:
    panel.board.selection.select(*(Element("page", page) for page in _some(panel, rng)))


def _drag(panel: CanvasPanel, hand: Hand, rng: random.Random) -> None:
    _show(panel)
    _choose(panel, rng)
    start = hand.card(rng.choice(panel.board.selection.ids("page")))
    target = hand.card(rng.choice(list(panel.board.layout.cards)), rng.uniform(-200, 400), rng.uniform(-150, 350))
    hand.drag(start, target)


def _drag_section(panel: CanvasPanel, hand: Hand, rng: random.Random) -> None:
    if not panel.board.layout.frames:
        return
    _show(panel)
    bar = panel.board.layout.frames[rng.choice(list(panel.board.layout.frames))].bar
    hand.drag((bar.x + 3, bar.y + 30), (bar.x + rng.uniform(-600, 600), bar.y + rng.uniform(-500, 500)))


def _copy(panel: CanvasPanel, hand: Hand, rng: random.Random) -> None:
    if panel.board.layout.frames and rng.random() < 0.3:
        panel.board.selection.select(Element("section", rng.choice(list(panel.board.layout.frames))))
    else:
        _choose(panel, rng)
    hand.key(Qt.Key.Key_C, CONTROL)
    hand.key(Qt.Key.Key_V, CONTROL)


def _cut(panel: CanvasPanel, hand: Hand, rng: random.Random) -> None:
    _choose(panel, rng)
    hand.key(Qt.Key.Key_C, CONTROL)
    if len(panel.board.layout.cards) > 6:
        hand.key(Qt.Key.Key_Delete)
    hand.key(Qt.Key.Key_V, CONTROL)


def _duplicate(panel: CanvasPanel, hand: Hand, rng: random.Random) -> None:
    _choose(panel, rng)
    hand.key(Qt.Key.Key_D, CONTROL)


def _group(panel: CanvasPanel, hand: Hand, rng: random.Random) -> None:
    _choose(panel, rng)
    hand.key(Qt.Key.Key_G, CONTROL)


def _new(panel: CanvasPanel, hand: Hand, rng: random.Random) -> None:
    _choose(panel, rng)
    if rng.random() < 0.5:
        hand.key(Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    else:
        _show(panel)
        own = rng.choice(list(panel.board.layout.cards))
        hand.double_click(hand.card(own, rng.uniform(-180, -30), rng.uniform(-40, 200)))
    offer = panel.findChild(NewPage)
    if offer is not None and offer.isVisible():
        QTest.keyClick(offer.name, Qt.Key.Key_Return)


def _nudge(panel: CanvasPanel, hand: Hand, rng: random.Random) -> None:
    _choose(panel, rng)
    key = rng.choice([Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down])
    for _ in range(rng.randrange(1, 20)):
        hand.key(key, Qt.KeyboardModifier.ShiftModifier)


ACTS = {
    "drag": _drag,
    "drag_section": _drag_section,
    "copy": _copy,
    "cut": _cut,
    "duplicate": _duplicate,
    "group": _group,
    "new": _new,
    "nudge": _nudge,
}


@pytest.mark.parametrize(
    ("page_id", "home"), [("done", "staff"), ("home", "staff"), ("stock", None), ("desk", "buying")]
)
def test_a_page_that_joins_or_leaves_a_section_in_a_form_lies_there(page_id: str, home: str | None) -> None:
    flow = brought(town(), page_id, home)
    assert homes_of(flow, [page_id]) == {page_id: home}
    assert wrong(flow) == []


def test_the_clipboard_stays_readable_for_others(panel: CanvasPanel, hand: Hand) -> None:
    hand.click(hand.card("home"))
    hand.key(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().startswith("{")
