"""The shared selection."""

import pytest

from app.document.selection import Selection
from flow_models.document.elements import Element

HOME = Element("page", "home")
PAY = Element("page", "pay")


@pytest.fixture
def selection(qapp: object) -> Selection:
    return Selection()


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


def test_elements_that_are_gone_are_dropped(selection: Selection) -> None:
    selection.select(HOME, PAY)
    selection.keep(lambda element: element.id == "pay")
    assert selection.elements == (PAY,)
