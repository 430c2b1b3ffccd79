"""Finding room for labels."""

import random

from flow_models.geometry.placing import Places, label_place
from flow_models.geometry.shapes import Point, Rect

LINE = (Point(0, 0), Point(100, 0), Point(200, 0), Point(300, 0))
NONE = Places()


def test_the_index_finds_exactly_what_a_search_through_all_would() -> None:
    dice = random.Random(3)
    rects = {str(n): Rect(dice.uniform(-900, 900), dice.uniform(-900, 900), 220, 150) for n in range(60)}
    places = Places(rects.items())
    for _ in range(50):
        area = Rect(dice.uniform(-900, 900), dice.uniform(-900, 900), 300, 40)
        found = {rect for rect in places.near(area) if rect.touches(area)}
        assert found == {rect for rect in rects.values() if rect.touches(area)}


def test_a_label_stands_in_the_middle_of_a_free_arrow() -> None:
    assert label_place(LINE, (60, 20), NONE, NONE, NONE) == Rect(120, -10, 60, 20)


def test_a_label_avoids_a_card_and_another_label() -> None:
    cards = Places([("card", Rect(100, -50, 100, 100))])
    labels = Places([("label", Rect(210, -10, 60, 20))])
    rect = label_place(LINE, (60, 20), cards, labels, NONE)
    assert not any(rect.touches(other) for other in (*cards.near(rect), *labels.near(rect)))


def test_a_label_takes_its_home_while_that_is_free() -> None:
    home = Rect(310, -10, 60, 20)
    assert label_place(LINE, (60, 20), NONE, NONE, NONE, home) == home
    taken = Places([("card", home)])
    assert label_place(LINE, (60, 20), taken, NONE, NONE, home) != home
