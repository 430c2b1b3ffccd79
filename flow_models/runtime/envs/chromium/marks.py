"""Draws numbered boxes into a picture: set-of-marks, by which agents that see name elements. It needs no library."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from .picture import Pixels

Box = tuple[str, int, int, int, int]
"""A number, and left, top, right and bottom of what it names, in pixels of the picture."""

_ROWS: Final = (
    ("111", "101", "101", "101", "111"),
    ("010", "110", "010", "010", "111"),
    ("111", "001", "111", "100", "111"),
    ("111", "001", "111", "001", "111"),
    ("101", "101", "111", "001", "001"),
    ("111", "100", "111", "001", "111"),
    ("111", "100", "111", "101", "111"),
    ("111", "001", "010", "010", "010"),
    ("111", "101", "111", "101", "111"),
    ("111", "101", "111", "001", "111"),
)
"""The ten digits, three points wide and five high."""

_INK: Final = np.array((196, 0, 96), np.uint8)
_PAPER: Final = np.array((255, 255, 255), np.uint8)


def marked(picture: Pixels, boxes: Iterable[Box], line: int = 2) -> Pixels:
    """Return a picture (height, width, 3) with boxes, and on the upper left corner of each its number.

    Args:
        picture: The picture, which stays as it is.
        boxes: What is named.
        line: How many pixels a line is wide, of which a digit is three wide and five high.
    """
    drawn = picture.copy()
    listed = list(boxes)
    for _, left, top, right, bottom in listed:
        for part in (
            drawn[top : top + line, left:right],
            drawn[max(bottom - line, 0) : bottom, left:right],
            drawn[top:bottom, left : left + line],
            drawn[top:bottom, max(right - line, 0) : right],
        ):
            part[:] = _INK
    for number, left, top, *_ in listed:
        tag = _tag(number, line)
        top = max(top - tag.shape[0] // 2, 0)
        room = drawn[top : top + tag.shape[0], left : left + tag.shape[1]]
        room[:] = tag[: room.shape[0], : room.shape[1]]
    return drawn


def _tag(number: str, line: int) -> Pixels:
    """Return a number as a picture."""
    digits = [np.array([[int(point) for point in row] for row in _ROWS[int(one)]], bool) for one in number]
    points = np.pad(np.hstack([np.pad(one, ((0, 0), (0, 1))) for one in digits]), ((1, 1), (1, 0)))
    large = points.repeat(line, 0).repeat(line, 1)
    return np.where(large[..., None], _PAPER, _INK)
