"""Does any block stand inside more others than a file and a page can hold?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.setting import at
from flow_models.document.behaviour import Page, Section
from flow_models.document.rooms import children
from flow_models.runtime.machine.base import limits

if TYPE_CHECKING:
    from flow_models.document.blocks import AnyBlock


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the outermost blocks that stand inside too many others."""
    del context
    layer: tuple[AnyBlock, ...] = owner.blocks if isinstance(owner, Page) else (*owner.header, *owner.footer)
    for _ in range(limits.NESTED):
        layer = tuple(inner for block in layer for inner in children(block))
    for block in layer:
        label, page = block_label(block), owner_label(owner)
        yield problem("block.too_deep", "error", at(block), block=label, page=page, most=limits.NESTED)
