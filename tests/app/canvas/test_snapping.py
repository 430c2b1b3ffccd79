"""Snapping."""

from app.canvas.snapping import snapped
from flow_models.geometry.shapes import Rect

CARD = Rect(0, 0, 220, 150)


def test_without_neighbours_the_grid_holds() -> None:
    held = snapped(CARD, [], 13, 27, 6)
    assert (held.dx, held.dy, held.guides) == (10, 30, ())


def test_an_edge_in_reach_holds_and_draws_a_guide() -> None:
    held = snapped(CARD, [Rect(503, 404, 220, 100)], 500, 10, 6)
    assert (held.dx, held.dy) == (503, 10)
    assert [(guide.axis, guide.at) for guide in held.guides] == [("x", 503)]
    assert held.guides[0].start < 10
    assert held.guides[0].end > 504


def test_an_edge_out_of_reach_does_not_hold() -> None:
    assert snapped(CARD, [Rect(507, 404, 220, 100)], 500, 10, 6).dx == 500


def test_the_nearest_of_several_edges_holds() -> None:
    others = [Rect(505, 400, 220, 100), Rect(498, 800, 220, 100)]
    assert snapped(CARD, others, 500, 0, 6).dx == 498


def test_middles_hold_middles() -> None:
    narrow = Rect(1000, 600, 100, 100)
    held = snapped(CARD, [narrow], 942, 0, 6)
    assert CARD.moved(held.dx, 0).center.x == narrow.center.x
