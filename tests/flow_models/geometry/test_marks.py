"""The marks of which pictures consist, and the words in them."""

from flow_models.geometry.marks import PLACES, hills, places_of, plain
from flow_models.geometry.shapes import Rect


def test_holes_in_texts_become_names_or_dots() -> None:
    assert plain("Hello {customer.first_name}, {{today}}") == "Hello \u2039first name\u203a, {today}"
    assert plain("{count(rows)} rows") == "\u2039…\u203a rows"


def test_places_and_hills_lie_inside_their_mark() -> None:
    rect = Rect(10.0, 20.0, 96.0, 22.0)
    places = list(places_of(rect))
    assert len(places) == PLACES[0] * PLACES[1]
    assert all(rect.holds(place.center) for place in places)
    assert all(rect.x < x < rect.right for x, _ in hills(rect))
