"""Walking over the canvas with the keyboard."""

import pytest

from app.canvas.neighbours import in_order, towards
from flow_models.document.flow import Flow
from flow_models.geometry.layout import layout_of
from tests.flow_models.geometry.samples import page

PAGES = (page("a", 0, 0), page("b", 340, 15), page("c", 0, 250), page("d", 680, 260))
CARDS = layout_of(Flow(id="f", pages=PAGES)).cards


@pytest.mark.parametrize(
    ("here", "direction", "there"),
    [
        ("a", (1, 0), "b"),
        ("a", (0, 1), "c"),
        ("c", (1, 0), "d"),
        ("d", (0, -1), "b"),
        ("a", (-1, 0), None),
    ],
)
def test_the_nearest_card_in_a_direction(here: str, direction: tuple[int, int], there: str | None) -> None:
    assert towards(CARDS, here, direction) == there


def test_reading_order_goes_row_by_row_and_ends() -> None:
    assert [in_order(CARDS, here, 1) for here in (None, "a", "b", "c", "d")] == ["a", "b", "c", "d", None]
    assert in_order(CARDS, None, -1) == "d"
    assert in_order({}, None, 1) is None
