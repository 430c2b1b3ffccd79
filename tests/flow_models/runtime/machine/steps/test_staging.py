"""Testing from a page that nobody has walked to."""

from decimal import Decimal

import pytest

from flow_models.compiler import compile_flow
from flow_models.runtime.machine import Episode, Event, FormulaFaultError, Machine
from tests.flow_models.builders import shop

MACHINE = Machine(compile_flow(shop()).program)
START = MACHINE.draw("buy-item", 0)


def test_a_page_is_shown_with_its_tables_first_row() -> None:
    state = MACHINE.placed(START, START.state, "item")
    assert (state.page, state.record, MACHINE.view(START, state).path) == ("item", "items_1", "/items/Lamp")


def test_an_attempt_can_go_on_from_there() -> None:
    state = MACHINE.placed(START, START.state, "item", START.parameters["item"])  # type: ignore[arg-type]
    episode = Episode(MACHINE, START._replace(state=state))
    episode.step(Event("fill", "f_note", "", str(START.parameters["note"])))
    assert episode.step(Event("use", "buy")).end_reason == "success"


def test_data_can_be_changed_by_hand() -> None:
    state = MACHINE.edited(START.state, {"count": 4}, {"items": {"items_2": {"price": "1.5"}}})
    assert MACHINE.variables(state) == {"count": 4}
    assert MACHINE.rows(state, "items")[1]["price"] == Decimal("1.50")


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(FormulaFaultError):
        MACHINE.edited(START.state, {}, {"items": {"items_2": {"price": "cheap"}}})


def test_a_page_that_is_not_there_shows_not_found() -> None:
    assert MACHINE.view(START, MACHINE.placed(START, START.state, "nowhere")).title == "Page not found"
