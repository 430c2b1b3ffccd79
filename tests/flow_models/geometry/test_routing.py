"""The ways of arrows."""

import pytest

from flow_models.geometry.routing import Ends, loop, route, sides, stub
from flow_models.geometry.shapes import Point, Rect, curve_bounds, samples

HERE = Rect(0, 0, 220, 150)


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (HERE.moved(340, 0), ("right", "left")),
        (HERE.moved(-340, 80), ("left", "right")),
        (HERE.moved(0, 250), ("right", "right")),
        (HERE.moved(30, -250), ("left", "left")),
    ],
)
def test_an_arrow_uses_the_sides_that_face_each_other(there: Rect, expected: tuple[str, str]) -> None:
    assert sides(HERE, there) == expected


def test_a_free_way_is_one_curve() -> None:
    there = HERE.moved(340, 100)
    ends = Ends(Point(220, 60), "right", Point(340, 130), "left")
    curve = route(ends, HERE, there, 0, lambda _area: (HERE, there))
    assert len(curve) == 4
    assert (curve[0], curve[-1]) == (ends.start, ends.end)


@pytest.mark.parametrize("dx", [680.0, -680.0])
def test_a_card_in_the_way_is_gone_around(dx: float) -> None:
    there, between = HERE.moved(dx, 0), HERE.moved(dx / 2, 0)
    leaves, arrives = sides(HERE, there)
    start = Point(220 if leaves == "right" else 0, 60)
    end = Point(there.right if arrives == "right" else there.x, 60)
    curve = route(Ends(start, leaves, end, arrives), HERE, there, 0, lambda _area: (HERE, there, between))
    assert (curve[0], curve[-1]) == (start, end)
    assert not any(between.holds(point) for point in samples(curve, 30))


def test_a_card_below_another_is_gone_around_on_the_outside() -> None:
    there, between = HERE.moved(0, 500), HERE.moved(40, 250)
    ends = Ends(Point(220, 60), "right", Point(220, 560), "right")
    curve = route(ends, HERE, there, 0, lambda _area: (HERE, there, between))
    assert not any(between.holds(point) for point in samples(curve, 30))
    assert curve_bounds(curve).right > between.right


def test_two_arrows_around_the_same_card_keep_apart() -> None:
    there, between = HERE.moved(680, 0), HERE.moved(340, 0)
    ends = Ends(Point(220, 60), "right", Point(680, 60), "left")
    first, second = (route(ends, HERE, there, lane, lambda _area: (HERE, there, between)) for lane in (0, 1))
    assert curve_bounds(first).y != curve_bounds(second).y


def test_loops_and_stubs_stay_beside_their_card() -> None:
    start = Point(220, 60)
    assert loop(start, 0)[-1] == Point(220, 69)
    assert curve_bounds(loop(start, 2)).right < 280
    assert stub(start, 0)[-1].x > start.x
