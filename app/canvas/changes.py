"""The canvas's own edits: what one gesture or command does to the flow, made of the document's edit functions."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import resources
from app.canvas.page_kinds import page_of_kind
from flow_models.document.behaviour import UseTrigger
from flow_models.document.blocks import Button
from flow_models.document.edits import blocks, clip, pages, sections, starts, transitions
from flow_models.document.edits.ids import escaped, new_id
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.geometry.cards import CARD_WIDTH
from flow_models.geometry.shapes import Rect

_STEP_X = 340.0
_STEP_Y = 250.0


class Made(NamedTuple):
    """A flow after an edit, and what to select in it."""

    flow: Flow
    elements: tuple[Element, ...]


def connect(flow: Flow, page_id: str, block_id: str, to: str) -> Made:
    """Return the flow with an arrow from a page to another one, or staying if it is the same.

    Args:
        flow: The flow.
        page_id: Where the arrow begins.
        block_id: The button or link whose use takes it; empty for a new button named after the target.
        to: The page where it ends.
    """
    if not block_id:
        button = Button(id=new_id("block"), title=escaped(flow.pages_by_id[to].title or resources.text("canvas.go_on")))
        flow = blocks.insert_block(flow, Slot("page", page_id), None, button)
        block_id = button.id
    target = "stay" if to == page_id else to
    arrow = starts.new_transition(page_id, UseTrigger(block=block_id), target)
    return Made(transitions.add_transition(flow, arrow), (Element("transition", arrow.id),))


def add_page(flow: Flow, kind: str, x: float, y: float, section_id: str | None = None) -> Made:
    """Return the flow with a new page of one of `PAGE_KINDS` at a place."""
    page = page_of_kind(flow, kind, x, y)
    return Made(pages.add_page(flow, page, section_id), (Element("page", page.id),))


def connect_to_new(flow: Flow, page_id: str, block_id: str, kind: str, x: float, y: float) -> Made:
    """Return the flow with a new page at a place and an arrow to it; the page joins the section of the first."""
    section = flow.section_of.get(flow.pages_by_id[page_id].id)
    added = add_page(flow, kind, x, y, section.id if section else None)
    new_page_id = added.elements[0].id
    return Made(connect(added.flow, page_id, block_id, new_page_id).flow, added.elements)


def remove(flow: Flow, elements: Collection[Element]) -> Flow:
    """Return the flow without the selected pages, transitions and sections (whose pages stay)."""
    flow = transitions.remove_transitions(flow, {element.id for element in elements if element.kind == "transition"})
    for element in elements:
        if element.kind == "section" and element.id in flow.sections_by_id:
            flow = sections.remove_section(flow, element.id)
    gone = {element.id for element in elements if element.kind == "page"}
    return pages.remove_pages(flow, gone) if gone else flow


def duplicate(flow: Flow, page_ids: Collection[str]) -> Made:
    """Return the flow with copies of some pages, which are to be selected."""
    after = clip.duplicate_pages(flow, page_ids)
    return Made(after, _new_pages(flow, after))


def paste(flow: Flow, text: str) -> Made | None:
    """Return the flow with what a clipboard's text holds; `None` if that is nothing of ours."""
    held = clip.from_text(text)
    if held is None:
        return None
    after = clip.paste(flow, held)
    return Made(after, _new_pages(flow, after))


def copied(flow: Flow, elements: Sequence[Element]) -> str:
    """Return the text that goes onto the clipboard."""
    return clip.to_text(clip.copy(flow, elements))


def move(flow: Flow, shifts: Mapping[str, tuple[float, float]]) -> Flow:
    """Return the flow with pages shifted by (dx, dy)."""
    places: dict[str, tuple[float, float]] = {
        page.id: (page.x + shifts[page.id][0], page.y + shifts[page.id][1]) for page in flow.pages if page.id in shifts
    }
    return pages.move_pages(flow, places)


def group(flow: Flow, page_ids: Sequence[str]) -> Made:
    """Return the flow with a new section around some pages."""
    section = starts.new_section(flow, pages=tuple(page_ids))
    return Made(sections.add_section(flow, section), (Element("section", section.id),))


def chosen_pages(flow: Flow, elements: Collection[Element]) -> tuple[str, ...]:
    """Return the pages among some elements, and those of the sections among them, in the order of the flow."""
    held = {(element.kind, element.id) for element in elements}
    return tuple(
        page.id
        for page in flow.pages
        if ("page", page.id) in held
        or ((section := flow.section_of.get(page.id)) is not None and ("section", section.id) in held)
    )


def free_place(cards: Collection[Rect], near: Rect) -> tuple[float, float]:
    """Return where a new card goes: right of another one, else below, where there is room."""
    for column in range(1, 4):
        for row in (0, 1, -1, 2, -2):
            x, y = near.x + column * _STEP_X, near.y + row * _STEP_Y
            if not any(Rect(x - 30, y - 30, CARD_WIDTH + 60, 200.0).touches(card) for card in cards):
                return x, y
    return near.x + _STEP_X, near.y + 60.0


def _new_pages(before: Flow, after: Flow) -> tuple[Element, ...]:
    return tuple(Element("page", page.id) for page in after.pages if page.id not in before.pages_by_id)
