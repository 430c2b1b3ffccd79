"""Is there something behind everything that a visitor can unfold, and does the way to it say so?"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.setting import at
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import FoldOut, Menu, Tabs


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the menus, fold-outs and tabs of a page or section that hold nothing, and tabs that say nothing."""
    del context
    page = owner_label(owner)
    for block in owner.blocks_by_id.values():
        match block:
            case Tabs():
                yield from _tabs(block, page)
            case Menu() if not block.items:
                yield problem("menu.empty", "warning", at(block, "items"), block=block_label(block), page=page)
            case FoldOut() if not block.blocks:
                yield problem("fold_out.empty", "hint", at(block), block=block_label(block), page=page)
            case _:
                pass


def _tabs(block: Tabs, page: str) -> Iterator[Problem]:
    """Yield tabs that are none, or that say nothing."""
    titles = [tab.title.strip() for tab in block.tabs]
    if not titles:
        yield problem("tabs.empty", "warning", at(block, "tabs"), page=page)
    elif not all(titles):
        yield problem("tabs.untitled", "warning", at(block, f"tabs.{titles.index('')}.title"), page=page)
