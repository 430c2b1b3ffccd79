"""Every kind of block is written."""

import pytest

from flow_models.document.blocks import MODELS
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.starts import new_block
from flow_models.document.edits.tree import Slot
from tests.flow_models.builders import shop
from tests.flow_models.runtime.site.visitor import Visitor


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_a_new_block_of_every_kind_changes_the_page_on_which_it_stands(kind: str) -> None:
    with_block = insert_block(shop(), Slot("page", "home"), None, new_block(shop(), kind))
    visitor = Visitor(with_block)
    assert visitor.answer.status == 200
    assert visitor.html != Visitor(shop()).html
