"""The shared selection."""

import pytest

from app.document.selection import Selection
from app.document.session import DocumentSession
from flow_models.document.behaviour import Page
from flow_models.document.edits.pages import remove_pages
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

HOME = Element("page", "home")
PAY = Element("page", "pay")


@pytest.fixture
def session(qapp: object) -> DocumentSession:
    return DocumentSession(Flow(id="f", pages=(Page(id="home"), Page(id="pay"))))


@pytest.fixture
def selection(session: DocumentSession) -> Selection:
    return Selection(session)


def test_selecting_the_same_again_is_not_told(selection: Selection) -> None:
    told: list[tuple[Element, ...]] = []
    selection.changed.connect(told.append)
    selection.select(HOME)
    selection.select(HOME._replace(field="title"))
    assert told == [(HOME,)]


def test_toggle_takes_out_and_puts_back(selection: Selection) -> None:
    selection.select(HOME, PAY)
    selection.toggle(HOME)
    once = selection.elements
    selection.toggle(HOME)
    assert (once, selection.elements) == ((PAY,), (PAY, HOME))
    assert selection.current == HOME


def test_reveal_selects_the_element_and_tells_the_field(selection: Selection) -> None:
    told: list[Element] = []
    selection.revealed.connect(told.append)
    selection.reveal(PAY._replace(field="title"))
    assert selection.elements == (PAY,)
    assert told == [Element("page", "pay", "title")]


def test_elements_that_an_edit_removes_are_dropped_once(session: DocumentSession, selection: Selection) -> None:
    selection.select(HOME, PAY)
    told: list[tuple[Element, ...]] = []
    selection.changed.connect(told.append)
    session.edit(remove_pages(session.flow, ["home"]), "Delete page")
    assert told == [(PAY,)]


def test_elements_that_stay_stay_selected(session: DocumentSession, selection: Selection) -> None:
    selection.select(HOME, PAY)
    session.edit(session.flow.rebuilt(title="Bank"), "Rename flow")
    assert selection.elements == (HOME, PAY)
