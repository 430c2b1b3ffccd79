"""The canvas's own edits: what one gesture or command does to the flow, made of the document's edit functions."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import resources
from flow_models.document.behaviour import Page, UseTrigger
from flow_models.document.blocks import Button
from flow_models.document.edits import blocks, clip, pages, sections, starts, transitions
from flow_models.document.edits.ids import escaped, new_id
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.geometry import homes
from flow_models.geometry.homes import Placed
from flow_models.geometry.layout import Layout, layout_of
from flow_models.geometry.shapes import Rect, united

_STEP_X = 340.0
_STEP_Y = 250.0
_HOMES = "homes"
"""The key under which the text on the clipboard says to which section each page belonged."""


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
        title = flow.pages_by_id[to].title
        # A title that shows a value shows that of the other page's row, which this page does not have.
        title = resources.text("canvas.go_on") if "{" in title or not title else title
        button = Button(id=new_id("block"), title=escaped(title))
        flow = blocks.insert_block(flow, Slot("page", page_id), None, button)
        block_id = button.id
    target = "stay" if to == page_id else to
    arrow = starts.new_transition(page_id, UseTrigger(block=block_id), target)
    return Made(transitions.add_transition(flow, arrow), (Element("transition", arrow.id),))


def add_page(flow: Flow, layout: Layout, page: Page, section_id: str | None = None, *, by_hand: bool = True) -> Made:
    """Return the flow with a new page, at its place or as near to that as there is room.

    Args:
        flow: The flow.
        layout: Its layout.
        page: The page, at the place where it is wanted.
        section_id: The section that it joins.
        by_hand: Whether a person chose the place, so that it belongs to the section in whose frame that lies.
    """
    after = pages.add_page(flow, page, section_id)
    ground = homes.standing(flow, layout, ())
    wanted = Placed({page.id: homes.card_of(after, page.id)}, {page.id: section_id})
    if by_hand:
        wanted = homes.housed(wanted, ground)
    return Made(homes.settled(after, wanted, ground), (Element("page", page.id),))


def connect_to_new(flow: Flow, layout: Layout, page_id: str, block_id: str, page: Page) -> Made:
    """Return the flow with a new page and an arrow to it; it joins the section of the first unless it is far away."""
    section = flow.section_of.get(flow.pages_by_id[page_id].id)
    added = add_page(flow, layout, page, section.id if section else None)
    return Made(connect(added.flow, page_id, block_id, page.id).flow, added.elements)


def remove(flow: Flow, elements: Collection[Element]) -> Flow:
    """Return the flow without the selected pages, transitions and sections (whose pages stay)."""
    flow = transitions.remove_transitions(flow, {element.id for element in elements if element.kind == "transition"})
    for element in elements:
        if element.kind == "section" and element.id in flow.sections_by_id:
            flow = sections.remove_section(flow, element.id)
    gone = {element.id for element in elements if element.kind == "page"}
    return pages.remove_pages(flow, gone) if gone else flow


def duplicate(flow: Flow, layout: Layout, page_ids: Collection[str]) -> Made:
    """Return the flow with copies of some pages beside them, which are to be selected."""
    after = clip.duplicate_pages(flow, page_ids)
    made = _new_pages(flow, after)
    originals = [page.id for page in flow.pages if page.id in set(page_ids)]
    return Made(_beside(flow, after, layout, dict(zip(made, originals, strict=True))), _elements(made))


def paste(flow: Flow, layout: Layout, text: str, chosen: Sequence[Element] = ()) -> Made | None:
    """Return the flow with what a clipboard's text holds; `None` if that is nothing of ours.

    Copies lie beside their originals and belong to their sections. Pages whose originals are gone come to what is
    chosen, else back to where they were.

    Args:
        flow: The flow.
        layout: Its layout.
        text: The clipboard's text.
        chosen: What is selected.
    """
    held = clip.from_text(text)
    if held is None:
        return None
    after = clip.paste(flow, held)
    made = _new_pages(flow, after)
    originals = dict(zip(made, (str(page["id"]) for page in held["pages"]), strict=True))
    copies = {page: old for page, old in originals.items() if old in flow.pages_by_id}
    moved = {page: old for page, old in originals.items() if old not in flow.pages_by_id}
    after = _beside(flow, after, layout, copies, set(moved))
    if moved:
        after = _landed(after, flow, moved, held.get(_HOMES, {}), chosen)
    new = [Element("section", section.id) for section in after.sections if section.id not in flow.sections_by_id]
    return Made(after, (*_elements(made), *new))


def copied(flow: Flow, elements: Sequence[Element]) -> str:
    """Return the text that goes onto the clipboard; sections bring their pages, pages remember their sections."""
    inside = (page for one in elements if one.kind == "section" for page in flow.sections_by_id[one.id].pages)
    held = clip.copy(flow, (*elements, *(Element("page", page) for page in inside)))
    homes_of = homes.homes_of(flow, [str(page["id"]) for page in held["pages"]])
    return clip.to_text({**held, _HOMES: homes_of})


def put(flow: Flow, layout: Layout, held: Placed, *, exactly: bool = False) -> Flow:
    """Return the flow with pages put down elsewhere; `exactly` there, or where the nearest room is."""
    if exactly:
        return homes.put(flow, held)
    return homes.settled(flow, held, homes.standing(flow, layout, held.cards.keys()))


def group(flow: Flow, layout: Layout, page_ids: Sequence[str]) -> Made:
    """Return the flow with a new section around some pages, which go aside where its frame would lie on others."""
    section = starts.new_section(flow, pages=tuple(page_ids))
    after = sections.add_section(flow, section)
    ground = homes.standing(flow, layout, page_ids)
    cards = {page: layout.cards[page].rect for page in page_ids}
    frame = ground.frame_with(section.id, list(cards.values()))
    if any(rect.touches(frame) for rect in ground.cards.values()):
        cards = _packed(cards)
    settled = homes.settled(after, Placed(cards, dict.fromkeys(cards, section.id)), ground)
    return Made(settled, (Element("section", section.id),))


def beside(layout: Layout, page_id: str) -> tuple[float, float]:
    """Return where a page is wanted that is made by key: right of another one."""
    near = layout.cards[page_id].rect
    return near.x + _STEP_X, near.y


def chosen_pages(flow: Flow, elements: Collection[Element]) -> tuple[str, ...]:
    """Return the pages among some elements, and those of the sections among them, in the order of the flow."""
    held = {(element.kind, element.id) for element in elements}
    return tuple(
        page.id
        for page in flow.pages
        if ("page", page.id) in held
        or ((section := flow.section_of.get(page.id)) is not None and ("section", section.id) in held)
    )


def _beside(before: Flow, after: Flow, layout: Layout, twins: Mapping[str, str], waiting: Collection[str] = ()) -> Flow:
    """Return a flow in which copies lie right of their originals and belong to their sections, or to copies of these.

    Args:
        before: The flow without the copies.
        after: The flow with them.
        layout: The layout of the flow without them.
        twins: The original of each copy.
        waiting: Pages that have no place yet.
    """
    originals, own = homes.homes_of(before, twins.values()), homes.homes_of(after, twins)
    by_home: dict[str | None, list[str]] = {}
    for page, old in twins.items():
        by_home.setdefault(own[page] or originals[old], []).append(page)
    held = {*twins, *waiting}
    for home, pages_there in by_home.items():
        old_cards = {page: layout.cards[twins[page]].rect for page in pages_there}
        right = united(old_cards.values()).width + 2 * homes.GAP
        cards = {page: rect.moved(right, 0.0) for page, rect in old_cards.items()}
        layout = layout_of(after, layout)
        ground = homes.standing(after, layout, held)
        after = homes.settled(after, Placed(cards, dict.fromkeys(cards, home)), ground)
        held -= set(pages_there)
    return after


def _landed(
    after: Flow, before: Flow, moved: Mapping[str, str], owners: Mapping[str, str | None], chosen: Sequence[Element]
) -> Flow:
    """Return a flow in which pages without originals belong to what is chosen, else to the section they came from."""
    layout = layout_of(after)
    target = next((one.id for one in chosen if one.kind == "section"), None)
    near = next((one.id for one in reversed(chosen) if one.kind == "page"), None)
    own = homes.homes_of(after, moved)
    wanted: dict[str, str | None] = {}
    for page, old in moved.items():
        back = owners.get(old)
        aim = target or (homes.homes_of(before, [near])[near] if near else back)
        wanted[page] = own[page] or (aim if aim in after.sections_by_id else None)
    cards = {page: layout.cards[page].rect.moved(-clip.OFFSET, -clip.OFFSET) for page in moved}
    beside_page = near or next(iter(before.sections_by_id[target].pages if target else ()), "")
    if beside_page in layout.cards:
        to, around = layout.cards[beside_page].rect, united(cards.values())
        cards = {page: rect.moved(to.x + _STEP_X - around.x, to.y - around.y) for page, rect in cards.items()}
    return homes.settled(after, Placed(cards, wanted), homes.standing(after, layout, moved))


def _packed(cards: Mapping[str, Rect]) -> dict[str, Rect]:
    """Return cards side by side in rows, in the order in which one reads them, from their common corner on."""
    corner = united(cards.values())
    order = sorted(cards, key=lambda page: (cards[page].y, cards[page].x))
    columns = max(1, round(len(order) ** 0.5 + 0.4))
    return {
        page: cards[page]._replace(x=corner.x + place % columns * _STEP_X, y=corner.y + place // columns * _STEP_Y)
        for place, page in enumerate(order)
    }


def _new_pages(before: Flow, after: Flow) -> list[str]:
    return [page.id for page in after.pages if page.id not in before.pages_by_id]


def _elements(page_ids: Sequence[str]) -> tuple[Element, ...]:
    return tuple(Element("page", page) for page in page_ids)
