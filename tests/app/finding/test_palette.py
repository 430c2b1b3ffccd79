"""Find anything: by keys, with slips, elements and commands alike."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

import resources
from app.finding.candidates import Candidate, best, elements_of
from app.finding.palette import Palette
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element

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
