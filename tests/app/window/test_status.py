"""The status bar."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.window.main_window import MainWindow
from flow_models.checks.problem import Problem, Severity
from flow_models.document.edits.pages import remove_pages
from flow_models.document.elements import Element


def made(severity: Severity) -> Problem:
    return Problem(severity, severity, "shell.problems.none", (), ())


def words(window: MainWindow) -> str:
    return " | ".join(label.text() for label in window.statusBar().findChildren(QLabel))


def test_it_names_what_is_selected_and_counts_what_there_is(window: MainWindow) -> None:
    page = window.session.flow.pages[0]
    window.selection.select(Element("page", page.id))
    assert f"Page: {page.title}" in words(window)
    assert "3 pages" in words(window)
    window.session.edit(remove_pages(window.session.flow, [page.id]), "Delete page")
    assert page.title not in words(window)
    assert "2 pages" in words(window)


def test_its_words_begin_where_those_above_begin(window: MainWindow) -> None:
    window.status.say("Saved.")
    assert window.status.said.mapTo(window, window.status.said.rect().topLeft()).x() >= 6


def test_the_badge_tells_how_many_problems_there_are_and_leads_to_them(window: MainWindow) -> None:
    window.checking.stop()
    badge = window.status.badge
    window.session.show_problems((made("hint"), made("error")))
    assert badge.text() == "Problems (2)"
    window.docks.close("problems")
    QTest.mouseClick(badge, Qt.MouseButton.LeftButton)
    assert window.docks.by_name["problems"].isVisible()
    window.session.show_problems(())
    assert badge.text() == "No problems"
