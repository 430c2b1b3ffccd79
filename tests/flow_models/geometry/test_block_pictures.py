"""Every kind of block has a picture."""

import pytest

from flow_models.document.blocks import MODELS
from flow_models.document.edits.starts import new_block
from flow_models.geometry.block_pictures import Place, Sheet
from tests.flow_models.builders import shop

EMPTY = frozenset({"columns", "details"})
"""Kinds of which nothing is drawn while nothing is in them."""


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_a_new_block_of_every_kind_is_pictured_within_its_place(kind: str) -> None:
    sheet, place = Sheet([]), Place(10.0, 20.0, 196.0)
    below = sheet.stack((new_block(shop(), kind),), place)
    assert bool(sheet.marks) is (kind not in EMPTY)
    assert all(mark.rect.x >= 10.0 and mark.rect.right <= 206.01 for mark in sheet.marks)
    assert all(mark.rect.y >= 20.0 and mark.rect.bottom <= below + 0.01 for mark in sheet.marks)
