"""Numbered boxes on a picture."""

import numpy as np

from flow_models.runtime.envs.chromium.marks import marked

PAGE = np.full((60, 80, 3), 255, np.uint8)


def test_a_box_is_drawn_around_what_is_named_and_the_picture_stays() -> None:
    drawn = marked(PAGE, [("7", 10, 20, 50, 40)])
    assert (drawn[39, 10:50] != 255).any(axis=1).all()
    assert (drawn[20:40, 49] != 255).any(axis=1).all()
    assert (drawn[25:38, 30:45] == 255).all()
    assert (PAGE == 255).all()


def test_numbers_differ_and_wider_lines_make_them_larger() -> None:
    thin = [marked(PAGE, [(number, 10, 20, 50, 40)], 1) for number in ("12", "13")]
    assert (thin[0] != thin[1]).any()
    assert (marked(PAGE, [("12", 10, 20, 50, 40)], 4) != 255).sum() > 3 * (thin[0] != 255).sum()


def test_what_stands_at_the_edge_is_cut_off_there() -> None:
    assert marked(PAGE, [("1234567", 70, 0, 80, 60)]).shape == PAGE.shape
