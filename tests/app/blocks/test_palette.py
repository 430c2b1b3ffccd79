"""The palette of blocks: search, groups, small pictures, keys, pointer; what one does with it is done in the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from app.blocks.offering import offered
from app.blocks.palette import BlockPalette
from app.blocks.pictures import paint, picture_of_kind
from app.widgets.popups import place_for
from app.window.main_window import MainWindow
from app.words.elements import block_word
from app.words.palette import PALETTE
from flow_models.document.elements import Element

KINDS = [kind for group in PALETTE.values() for kind in group]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def palette(qtbot: QtBot, chosen: list[str]) -> Iterator[BlockPalette]:
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(800, 600)
    around.show()
    opened = BlockPalette(around, chosen.append)
    opened.open_under(around)
    yield opened
    around.close()


def kinds_of(typed: str) -> list[str]:
    return [kind for _, kinds in offered(typed) for kind in kinds]


def test_the_palette_opens_with_the_search_focused_and_every_kind_in_a_group(palette: BlockPalette) -> None:
    assert palette.search.hasFocus()
    assert kinds_of("") == KINDS
    assert len(offered("")) == len(PALETTE)
    assert palette.grid.current() == KINDS[0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found_first_by_its_name_and_found_by_its_other_names(kind: str) -> None:
    assert kinds_of(block_word(kind))[0] == kind
    for other in resources.text(f"shell.block_also.{kind}").split(", "):
        assert kind in kinds_of(other), other


SLIPS = {"upl": "file_field", "dropdown": "choice_field", "headng": "heading"}


@pytest.mark.parametrize(("typed", "kind"), SLIPS.items())
def test_it_finds_as_one_types_with_small_slips(typed: str, kind: str) -> None:
    assert kinds_of(typed)[0] == kind


def test_what_is_called_nothing_says_so(palette: BlockPalette, chosen: list[str]) -> None:
    QTest.keyClicks(palette.search, "zzqx")
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert chosen == []
    assert palette.isVisible()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_small_picture(qtbot: QtBot, kind: str) -> None:
    assert picture_of_kind(kind).marks
    image = QImage(100, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    blank = image.copy()
    painter = QPainter(image)
    paint(painter, image.rect().toRectF(), kind, QApplication.palette())
    painter.end()
    assert image != blank


def test_arrows_walk_over_the_tiles_and_enter_adds(palette: BlockPalette, chosen: list[str]) -> None:
    QTest.keyClick(palette.search, Qt.Key.Key_Right)
    assert palette.grid.current() == KINDS[1]
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.grid.current() == list(PALETTE["asked"])[1]
    for _ in range(40):
        QTest.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.grid.current() in PALETTE["order"]
    for _ in range(40):
        QTest.keyClick(palette.search, Qt.Key.Key_Right)
    assert palette.grid.current() == KINDS[-1]
    assert palette.search.accessibleDescription() == block_word(KINDS[-1])
    assert palette.grid.viewport().rect().contains(palette.grid.tile_of(KINDS[-1]))
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert chosen == [KINDS[-1]]


def test_escape_closes_and_adds_nothing(palette: BlockPalette, chosen: list[str], qtbot: QtBot) -> None:
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert chosen == []


def test_a_click_adds_and_a_drag_begins_without_adding(palette: BlockPalette, chosen: list[str]) -> None:
    dragged: list[str] = []
    palette.grid.dragged.disconnect()
    palette.grid.dragged.connect(dragged.append)
    middle, port = palette.grid.tile_of("text").center(), palette.grid.viewport()
    QTest.mousePress(port, LEFT, pos=middle)
    QTest.mouseMove(port, middle + QPoint(0, 40))
    QTest.mouseRelease(port, LEFT, pos=middle + QPoint(0, 40))
    assert (dragged, chosen) == (["text"], [])
    QTest.mouseClick(port, LEFT, pos=middle)
    assert chosen == ["text"]


def test_the_palette_opens_at_its_top_however_low_it_is(palette: BlockPalette) -> None:
    for height in (260, 400, 330):
        palette.resize(palette.width(), height)
        assert palette.grid.verticalScrollBar().value() == 0, height


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_palette_fits_the_screen_wherever_it_opens(qtbot: QtBot, width: int) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    opened = BlockPalette(around, print)
    room = QRect(0, 0, width, 700)
    for anchor in (QRect(10, 60, 90, 30), QRect(width - 100, 350, 90, 30), QRect(width - 100, 650, 90, 30)):
        place = place_for(opened.sizeHint(), anchor, room)
        assert room.contains(place), place
        assert place.height() >= 330


def test_keys_open_the_palette_and_enter_adds_behind_the_selected_block(window: MainWindow) -> None:
    flow = window.session.flow
    page = next(page for page in flow.pages if page.blocks)
    window.selection.select(Element("block", page.blocks[0].id))
    QTest.keySequence(window, QKeySequence("Ctrl+B"))
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, BlockPalette)
    QTest.keyClicks(palette.search, "notice")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    made = window.session.flow.pages_by_id[page.id].blocks[1]
    assert made.kind == "notice"
    assert window.selection.current == Element("block", made.id)
    assert window.session.undo_stack.count() == 1


def test_without_a_page_selected_the_palette_says_what_to_do(window: MainWindow) -> None:
    window.selection.clear()
    before = window.session.flow
    QTest.keySequence(window, QKeySequence("Ctrl+B"))
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, BlockPalette)
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.session.flow == before
    assert window.status.said._full == resources.text("shell.palette.no_place")
