"""Finding room for labels."""

import random

import pytest

from flow_models.geometry.labels import Form
from flow_models.geometry.lines import Lines
from flow_models.geometry.placing import Ground, Places, label_place
from flow_models.geometry.shapes import Point, Rect

LINE = (Point(0, 0), Point(100, 0), Point(200, 0), Point(300, 0))
FORMS = (Form("Send money", 60), Form("Send…", 30))


def ground(*taken: Rect, labels: tuple[Rect, ...] = (), others: tuple[tuple[Point, ...], ...] = ()) -> Ground:
    """Return a ground with the line and some other things."""
    lines = Lines()
    lines.add("own", LINE)
    for number, line in enumerate(others):
        lines.add(f"other {number}", line)
    first, second = (Places((str(number), rect) for number, rect in enumerate(rects)) for rects in (taken, labels))
    return Ground(first, second, lines)


def shifted(by: float) -> tuple[Point, ...]:
    return tuple(Point(point.x, point.y + by) for point in LINE)


def test_the_index_finds_exactly_what_a_search_through_all_would() -> None:
    dice = random.Random(3)
    rects = {str(n): Rect(dice.uniform(-900, 900), dice.uniform(-900, 900), 220, 150) for n in range(60)}
    places = Places(rects.items())
    for _ in range(50):
        area = Rect(dice.uniform(-900, 900), dice.uniform(-900, 900), 300, 40)
        found = {rect for rect in places.near(area) if rect.touches(area)}
        assert found == {rect for rect in rects.values() if rect.touches(area)}
        assert places.is_free(area) == (not found)


def test_a_label_stands_in_the_middle_of_a_free_arrow() -> None:
    label = label_place("own", LINE, FORMS, ground())
    assert label is not None
    assert (label.text, label.rect, label.leader) == ("Send money", Rect(120, -9, 60, 18), None)


def test_a_label_that_would_hide_its_arrow_stands_beside_it() -> None:
    label = label_place("own", LINE, (Form("Send the money to somebody else", 200),), ground())
    assert label is not None
    assert label.rect.bottom < 0
    assert label.leader is None


def test_a_label_avoids_a_card_and_another_label() -> None:
    card, other = Rect(100, -50, 100, 100), Rect(210, -10, 60, 20)
    label = label_place("own", LINE, FORMS, ground(card, labels=(other,)))
    assert label is not None
    assert not label.rect.touches(card)
    assert not label.rect.touches(other)


def test_a_label_begins_at_its_home_while_that_is_free() -> None:
    home = Point(302, 0)
    free, taken = (label_place("own", LINE, FORMS, ground(*rects), home) for rects in ((), (Rect(310, -9, 60, 18),)))
    assert free is not None
    assert taken is not None
    assert free.rect == Rect(302, -9, 60, 18)
    assert taken.rect.x != 302


@pytest.mark.parametrize("by", [-13.0, -6.0, 6.0, 13.0])
def test_a_label_stands_nearer_to_its_own_line_than_to_one_beside_it(by: float) -> None:
    label = label_place("own", LINE, FORMS, ground(others=(shifted(by),)))
    assert label is not None
    assert label.leader is None
    assert abs(label.rect.center.y) < abs(label.rect.center.y - by)


def test_a_label_between_lines_on_both_sides_stands_away_and_leads_to_its_own() -> None:
    label = label_place("own", LINE, FORMS, ground(others=(shifted(-6), shifted(6))))
    assert label is not None
    assert label.leader is not None
    start, end = label.leader
    assert end.y == 0
    assert label.rect.holds(start)
    assert not label.rect.inflated(3).holds(Point(label.rect.center.x, 6))


def test_a_label_has_no_place_where_all_is_taken() -> None:
    assert label_place("own", LINE, FORMS, ground(Rect(-900, -900, 2400, 1800))) is None
