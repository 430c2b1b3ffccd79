"""Find anything: by keys, with slips, elements and commands alike."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

import resources
from app.drawing import strokes
from app.finding.candidates import Candidate, best, elements_of
from app.finding.palette import Palette
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.blocks import Button
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.flow_models.geometry.samples import arrow, page

BANK = storage.load(resources.path("examples", "north_bank.flow.json"))
ALL = list(elements_of(BANK))


def opened(window: MainWindow) -> Palette:
    QTest.keySequence(window, QKeySequence("Ctrl+K"))
    palette = window.findChild(Palette)
    assert palette is not None
    return palette


def test_everything_listed_exists_and_every_page_is_listed() -> None:
    assert [one for one in ALL if isinstance(one.target, Element) and part_of(BANK, one.target) is None] == []
    assert {page.id for page in BANK.pages} <= {one.target.id for one in ALL if isinstance(one.target, Element)}


def test_the_very_title_comes_first_and_a_slip_still_finds() -> None:
    title = BANK.pages[5].title
    assert best(ALL, title)[0].title.casefold() == title.casefold()
    assert "Payees" in [one.title for one in best(ALL, "payeees")]


def twins() -> Flow:
    """Return eleven pages, each with a button that stays, and one page called like the buttons."""
    pages = tuple(page(f"p{i}", 0, 250.0 * i, Button(id=f"go_p{i}", title="Saved")) for i in range(11))
    arrows = tuple(arrow(f"t{i}", f"p{i}", "stay") for i in range(11))
    return Flow(id="twins", pages=(*pages, page("last", 900, 0, title="Saved drafts")), transitions=arrows)


def test_pages_come_before_buttons_and_transitions() -> None:
    found = best(list(elements_of(twins())), "saved")
    assert found[0].title == "Saved drafts"
    kinds = [one.target.kind for one in found if isinstance(one.target, Element)]
    assert kinds[1:] == sorted(kinds[1:], key=lambda kind: kind == "transition")
    accounts = next(page for page in BANK.pages if page.title == "Accounts")
    assert best(ALL, "accounts")[0].target == Element("page", accounts.id)


def test_each_of_eleven_that_stay_here_names_its_page() -> None:
    found = [one for one in elements_of(twins()) if isinstance(one.target, Element) and one.target.kind == "transition"]
    assert len({one.title for one in found}) == 1
    assert [one.word for one in found] == [f"Transition on P{i}" for i in range(11)]


def test_a_page_is_found_among_hundreds_of_arrows_that_fit_alike() -> None:
    arrows = tuple(arrow(f"u{i}", "p0", "last", "go_p0") for i in range(300))
    flow = twins().rebuilt(transitions=arrows)
    assert best(list(elements_of(flow)), "drafts")[0].title == "Saved drafts"


@pytest.mark.parametrize("keys", ["Ctrl+K", "Ctrl+F"])
def test_what_is_found_is_zoomed_to(open_window: Callable[[Flow], MainWindow], keys: str) -> None:
    window = open_window(twins())
    window.canvas.view.set_zoom(0.05)
    QTest.keySequence(window, QKeySequence(keys))
    place = window.findChildren(Palette)[0] if keys == "Ctrl+K" else window.panels["outline"]
    line = place.findChildren(QLineEdit)[0]
    QTest.keyClicks(line, "saved")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert window.selection.elements == (Element("page", "last"),)
    view, card = window.canvas.view, window.canvas.board.layout.cards["last"].rect
    assert view.zoom >= 0.5
    assert view.seen().contains(strokes.qrect(card))


def test_nothing_fits_nonsense() -> None:
    assert best([Candidate("Accounts", "Page", "page", "x")], "zzzzqqq") == []


def test_typing_and_enter_reveal_the_page(window: MainWindow) -> None:
    page = window.session.flow.pages[1]
    palette = opened(window)
    QTest.keyClicks(palette.line, page.title)
    told: list[Element] = []
    window.selection.revealed.connect(told.append)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert told == [Element("page", page.id)]


def test_a_command_is_found_and_given(window: MainWindow) -> None:
    palette = opened(window)
    QTest.keyClicks(palette.line, "start screen")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.pages.currentWidget() is window.start


def test_arrows_move_and_escape_closes(window: MainWindow) -> None:
    palette = opened(window)
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    row = palette.results.currentIndex().row()
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert row == 1
    assert not palette.isVisible()
    assert window.selection.elements == ()
