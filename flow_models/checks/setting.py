"""The fix that sets one field of a block, and the element that stands for a block's field."""

from functools import partial

from flow_models.checks.labels import block_label
from flow_models.checks.problem import Fix, fix
from flow_models.document.blocks import AnyBlock
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element


def at(block: AnyBlock, field: str = "") -> Element:
    """Return the element that stands for a block or one of its fields."""
    return Element("block", block.id, field)


def setting(
    block: AnyBlock, field: str, value: object, name: str, *, named: AnyBlock | None = None, **words: object
) -> Fix:
    """Return the fix that sets one field of a block; its sentence names another block if one is given."""
    edit = partial(with_value, element=at(block, field), value=value)
    return fix(name, edit, block=block_label(named or block), **words)
