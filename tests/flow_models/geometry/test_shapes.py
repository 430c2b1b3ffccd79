"""Points, rectangles and curves."""

import math

import pytest

from flow_models.geometry.shapes import Point, Rect, along, curve_bounds, point_at, rounded, samples, united


def test_rectangles_that_only_touch_at_an_edge_share_nothing() -> None:
    left, right = Rect(0, 0, 10, 10), Rect(10, 0, 10, 10)
    assert not left.touches(right)
    assert left.touches(right.moved(-1, 0))
    assert left.shared_area(right.moved(-3, 5)) == 15


def test_the_union_of_rectangles_holds_all_of_them() -> None:
    assert united([Rect(5, 5, 1, 1), Rect(-2, 0, 3, 3)]) == Rect(-2, 0, 8, 6)
    assert united([]) == Rect(0, 0, 0, 0)


def test_a_cubic_begins_and_ends_at_its_ends() -> None:
    curve = (Point(0, 0), Point(10, 0), Point(10, 20), Point(20, 20))
    assert point_at(curve, 0) == curve[0]
    assert point_at(curve, 1) == curve[-1]
    assert point_at(curve, 0.5) == Point(10, 10)


def test_rounding_keeps_the_ends_and_stays_inside_the_corners() -> None:
    curve = rounded([Point(0, 0), Point(100, 0), Point(100, 80)], radius=20)
    assert (curve[0], curve[-1]) == (Point(0, 0), Point(100, 80))
    assert (len(curve) - 1) % 3 == 0
    assert curve_bounds(curve) == Rect(0, 0, 100, 80)
    corner = min(math.dist(point, (100, 0)) for point in samples(curve))
    assert 4 < corner < 20


def test_corners_closer_than_the_radius_are_rounded_less() -> None:
    curve = rounded([Point(0, 0), Point(10, 0), Point(10, 10), Point(20, 10)], radius=50)
    assert curve_bounds(curve) == Rect(0, 0, 20, 10)


def test_a_straight_chain_of_corners_becomes_one_line() -> None:
    assert len(rounded([Point(0, 0), Point(5, 0), Point(5, 0), Point(20, 0)])) == 4


@pytest.mark.parametrize(("share", "x"), [(0.0, 0.0), (0.5, 15.0), (1.0, 30.0)])
def test_a_share_of_a_chain_is_measured_by_length(share: float, x: float) -> None:
    assert along([Point(0, 0), Point(10, 0), Point(30, 0)], share) == Point(x, 0)
