"""Pixels against pictures written by the specification."""

import struct
import zlib

import numpy as np
import pytest

from flow_models.runtime.envs.chromium.picture import Pixels, pixels


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows: list[bytes], width: int, colours: int) -> bytes:
    """Write a PNG from filtered rows."""
    head = struct.pack(">IIBBBBB", width, len(rows), 8, colours, 0, 0, 0)
    data = zlib.compress(b"".join(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data[:9]) + chunk(b"IDAT", data[9:])


def filtered(picture: Pixels, kinds: list[int]) -> list[bytes]:
    """Return the rows of a picture, filtered as the specification says."""
    rows = []
    wide = picture.astype(int)
    for y, kind in enumerate(kinds):
        row = bytearray([kind])
        for x in range(picture.shape[1]):
            for c in range(picture.shape[2]):
                left = wide[y, x - 1, c] if x else 0
                up = wide[y - 1, x, c] if y else 0
                corner = wide[y - 1, x - 1, c] if x and y else 0
                near = min((left, up, corner), key=lambda value: abs(left + up - corner - value))
                guess = [0, left, up, (left + up) // 2, near][kind]
                row.append((wide[y, x, c] - guess) & 255)
        rows.append(bytes(row))
    return rows


@pytest.mark.parametrize("channels", [3, 4])
def test_every_filter_gives_the_pixels_back(channels: int) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (10, 7, channels), np.uint8)
    made = png(filtered(picture, [0, 1, 2, 3, 4, 4, 3, 2, 1, 0]), 7, {3: 2, 4: 6}[channels])
    assert (pixels(made) == picture[:, :, :3]).all()


def test_another_kind_of_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PNG"):
        pixels(png([b"\0\0"], 1, 0))
