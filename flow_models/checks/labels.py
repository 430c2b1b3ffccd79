"""How the sentences of problems call the elements of a flow: by their titles, or by what they are."""

import resources
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.blocks import AnyBlock, Details
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.geometry.marks import plain

LIMIT = 40
"""Characters of a title that a sentence repeats."""


def page_label(page: Page | None) -> str:
    """Return what a page is called."""
    return _short(page.title) if page is not None and page.title else resources.text("checks.untitled.page")


def owner_label(owner: Page | Section | None) -> str:
    """Return what a page or section is called."""
    if isinstance(owner, Section):
        return _short(owner.title) or resources.text("checks.untitled.section")
    return page_label(owner)


def block_label(block: AnyBlock) -> str:
    """Return what a block is called: its title or text, the title of its first line, else what it is."""
    lines = (one.title for one in (block.items if isinstance(block, Details) else ()))
    words = getattr(block, "title", "") or getattr(block, "text", "") or next(filter(None, lines), "")
    return _short(words) or resources.text("checks.untitled.block", kind=block.kind.replace("_", " "))


def arrow_label(flow: Flow, arrow: Transition) -> str:
    """Return what a transition is called: what triggers it, and from where."""
    source = flow.pages_by_id.get(arrow.source) or flow.sections_by_id.get(arrow.source)
    place = owner_label(source)
    match arrow.on.kind:
        case "use" | "change":
            owner = flow.owners_by_block.get(arrow.on.block)
            block = None if owner is None else owner.blocks_by_id[arrow.on.block]
            if block is not None:
                return resources.text("checks.arrow.block", block=block_label(block), page=place)
            return resources.text("checks.arrow.missing", page=place)
        case "enter":
            return resources.text("checks.arrow.enter", page=place)
        case "open":
            return resources.text("checks.arrow.open", page=place)
        case "wait":
            return resources.text("checks.arrow.wait", page=place)


def part_label(flow: Flow, element: Element) -> str:
    """Return what the table, section, page, transition or task is called in which a formula stands."""
    match element.kind:
        case "transition":
            return arrow_label(flow, flow.transitions_by_id[element.id])
        case "task":
            task = flow.tasks_by_id[element.id]
            return f"“{task.title or task.name}”"
        case "table":
            table = flow.tables_by_id[element.id]
            return f"“{table.title or table.name}”"
        case _:
            return f"“{owner_label(flow.pages_by_id.get(element.id) or flow.sections_by_id.get(element.id))}”"


def _short(words: str) -> str:
    """Return a title that fits into a sentence."""
    words = " ".join(plain(words).split())
    return words if len(words) <= LIMIT else words[: LIMIT - 1] + "…"
