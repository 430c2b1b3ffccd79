"""Pixels from the PNG that Chromium writes, without a library for pictures."""

import struct
import zlib
from typing import Final

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_CHANNELS: Final = {2: 3, 6: 4}


def pixels(png: bytes) -> Pixels:
    """Return a picture as an array (height, width, 3) of red, green and blue.

    Args:
        png: A PNG with 8 bits a channel, not interlaced, with or without transparency, which is left out.

    Raises:
        ValueError: It is another kind of picture.
    """
    width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", png[16:29])
    if not png.startswith(_SIGNATURE) or depth != 8 or colours not in _CHANNELS or interlaced:
        raise ValueError("not a PNG as Chromium writes them")
    channels = _CHANNELS[colours]
    raw = np.frombuffer(zlib.decompress(_data(png)), np.uint8).reshape(height, 1 + width * channels)
    picture = np.zeros((height, width, channels), np.uint8)
    above = np.zeros((width, channels), np.uint8)
    for row in range(height):
        above = _unfiltered(int(raw[row, 0]), raw[row, 1:].reshape(width, channels), above)
        picture[row] = above
    return np.ascontiguousarray(picture[:, :, :3])


def _data(png: bytes) -> bytes:
    """Return the compressed data of a PNG."""
    parts = []
    at = len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(parts)


def _unfiltered(kind: int, row: Pixels, above: Pixels) -> Pixels:
    """Return a row of pixels from its filtered form (PNG specification, section 9) and the row above."""
    match kind:
        case 0:
            return row
        case 1:
            return np.cumsum(row, axis=0, dtype=np.uint8)
        case 2:
            return row + above
        case _:
            return _predicted(kind, row, above)


def _predicted(kind: int, row: Pixels, above: Pixels) -> Pixels:
    """Return a row whose pixels follow from their neighbours one by one."""
    made = np.zeros_like(row)
    left = upper_left = np.zeros(row.shape[1], np.int32)
    for place in range(len(row)):
        up = above[place].astype(np.int32)
        if kind == 3:
            guess = (left + up) // 2
        else:
            straight = left + up - upper_left
            to_left, to_up = abs(straight - left), abs(straight - up)
            to_corner = abs(straight - upper_left)
            nearer = np.where(to_up <= to_corner, up, upper_left)
            guess = np.where((to_left <= to_up) & (to_left <= to_corner), left, nearer)
        made[place] = (row[place] + guess) & 255
        left, upper_left = made[place].astype(np.int32), up
    return made
