"""The kinds of page that a designer can begin with: what each holds, and which follows a button.

With which blocks a kind begins is the table `resources/pages/kinds.json`; what a name promises is in `page_names`.
"""

from typing import Any, NamedTuple

import resources
from app.canvas.page_names import kinds, promised
from flow_models.document.base import ValueType
from flow_models.document.behaviour import Page, UseTrigger
from flow_models.document.blocks import BLOCKS, AnyBlock, Button, Form, Heading, ListBlock
from flow_models.document.data import Table
from flow_models.document.edits import pages, starts
from flow_models.document.edits.following import named_first, retitle, with_record
from flow_models.document.edits.forms import form_about, referring
from flow_models.document.edits.guesses import said_of
from flow_models.document.edits.ids import escaped, new_id
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk

PAGE_KINDS = (
    "page", "form", "list", "details", "confirmation", "dialog",
    "sign_in", "sign_up", "search", "checkout", "contact", "settings",
)  # fmt: skip
ICONS = {
    "page": "page",
    "form": "form",
    "list": "list",
    "details": "details",
    "confirmation": "success",
    "dialog": "dialog",
    "sign_in": "text_field",
    "sign_up": "form",
    "search": "suggest_field",
    "checkout": "money_field",
    "contact": "long_text",
    "settings": "form",
}
"""The idea whose icon stands for each kind."""

_OF_NO_ROW = frozenset({"list", "search", "sign_in", "sign_up", "settings"})
"""Kinds of pages that are not about one row."""


class Before(NamedTuple):
    """From where an arrow leads to a new page: a page, and its button if it is one that is there."""

    page: str
    block: str


def page_of_kind(flow: Flow, kind: str, x: float, y: float, title: str = "", before: Before | None = None) -> Page:
    """Return a new page with the blocks that pages of its kind have.

    Args:
        flow: The flow that it is for.
        kind: One of `PAGE_KINDS`.
        x: Where it lies.
        y: The same.
        title: Its title; empty for one that says its kind.
        before: What leads to it; the row at hand there is the one that it shows.
    """
    words = title.strip() or resources.text(f"canvas.page_kind.{kind}.title")
    record = _row_at_hand(flow, kind, before)
    page = starts.new_page(flow, words, x=x, y=y, kind="dialog" if kind == "dialog" else "page", record=record)
    return _filled(flow, page, kind, _table_for(flow, title), before)


def named(flow: Flow, page_id: str, title: str) -> Flow:
    """Return a flow with a page retitled; one on which nobody has put anything yet gets what its name promises."""
    if not _is_bare(flow, pages.get_page(flow, page_id)):
        return retitle(flow, Element("page", page_id), title)
    flow = named_first(flow, page_id, title)
    kind, table = promised(flow, title)
    if kind == "dialog":
        # A page may be the start, or be reached by its address: what it is, it stays.
        return flow
    before = _before(flow, page_id)
    record = _row_at_hand(flow, kind, before)
    flow = flow if record is None else with_record(flow, page_id, record)
    return pages.replace_page(flow, _filled(flow, pages.get_page(flow, page_id), kind, table, before))


def _before(flow: Flow, page_id: str) -> Before | None:
    """Return the one button that leads to a page, if there is one only."""
    found = [
        Before(arrow.source, arrow.on.block)
        for arrow in flow.transitions
        if arrow.to == page_id and isinstance(arrow.on, UseTrigger)
    ]
    return found[0] if len(found) == 1 and found[0].page in flow.pages_by_id else None


def likely_kinds(flow: Flow, page_id: str, block_id: str) -> tuple[str, ...]:
    """Return `PAGE_KINDS`, the one first that most likely follows a button: a confirmation after a form, and so on."""
    first = _likeliest(tuple(walk(flow.pages_by_id[page_id].blocks)), block_id)
    return (first, *(kind for kind in PAGE_KINDS if kind != first))


def _filled(flow: Flow, page: Page, kind: str, table: Table | None, before: Before | None) -> Page:
    """Return a page with what pages of its kind hold."""
    if kind == "details" and page.record is None:
        page = page.rebuilt(record=table.id if table else None)
    table = flow.tables_by_id.get(page.record or "") or table
    return page.rebuilt(blocks=(*page.blocks, *_held(flow, kind, table, page, before)))


def _held(flow: Flow, kind: str, table: Table | None, page: Page, before: Before | None) -> tuple[AnyBlock, ...]:
    """Return what pages of a kind hold besides their heading."""
    # A list shows the first table; the others say how a row of them is called.
    others = (other for other in flow.tables if other is not table)
    about = flow.rebuilt(tables=(table, *others) if table else ())
    match kind:
        case "form":
            asked = table if page.record is None else referring(flow, page.record)
            submit = "" if before is None else _title_of(flow, before)
            return ((None if asked is None else form_about(asked, submit)) or starts.new_block(about, kind),)
        case "list" | "details":
            return (starts.new_block(about, kind),)
        case "confirmation":
            return (_said(flow, page), _button("canvas.go_on", "primary"))
        case "dialog":
            yes, no = "canvas.page_kind.dialog.yes", "canvas.page_kind.dialog.no"
            return (_button(yes, "primary"), _button(no, "secondary"))
        case _:
            return BLOCKS.validate_python([_block(about, held) for held in kinds()["blocks"].get(kind, ())])


def _said(flow: Flow, page: Page) -> AnyBlock:
    """Return the notice of a confirmation, which names the row that the page shows."""
    notice = starts.new_block(flow, "notice")
    row = said_of(flow, "record", ValueType(kind="row", table=page.record)) if page.record else ""
    words = resources.text("canvas.page_kind.confirmation.said", title=escaped(page.title), row=row)
    return notice.rebuilt(text=words) if row else notice


def _row_at_hand(flow: Flow, kind: str, before: Before | None) -> str | None:
    """Return the table of the row at hand where an arrow begins: a list's; else what a confirmation was about."""
    if before is None or kind in _OF_NO_ROW:
        return None
    page = flow.pages_by_id[before.page]
    lists = (block for block in walk(page.blocks) if isinstance(block, ListBlock))
    listed = next((block.table for block in lists if any(one.id == before.block for one in walk((block,)))), None)
    return listed or (page.record if kind in ("confirmation", "dialog") else None)


def _title_of(flow: Flow, before: Before) -> str:
    """Return what the button says that leads to a page, if it says so always."""
    title = str(getattr(flow.pages_by_id[before.page].blocks_by_id.get(before.block), "title", ""))
    return "" if "{" in title else title


def _block(about: Flow, held: dict[str, Any]) -> dict[str, Any]:
    """Return a block of the table with fresh ids; one that says only its kind comes as from the palette."""
    if held.keys() == {"kind"}:
        return starts.new_block(about, held["kind"]).model_dump(mode="json", by_alias=True)
    inner = {"blocks": [_block(about, one) for one in held["blocks"]]} if "blocks" in held else {}
    return {**held, **inner, "id": new_id("block")}


def _is_bare(flow: Flow, page: Page) -> bool:
    """Say whether a page holds only the heading with which it was made, and nothing leads on from it."""
    match page.blocks:
        case () | (Heading(),):
            own = not page.blocks or getattr(page.blocks[0], "text", "") == escaped(page.title)
            return own and page.record is None and not any(arrow.source == page.id for arrow in flow.transitions)
        case _:
            return False


def _table_for(flow: Flow, title: str) -> Table | None:
    """Return the table that a page of a chosen kind shows: the one in its name, with no name the first."""
    if title.strip():
        return promised(flow, title).table
    return flow.tables[0] if flow.tables else None


def _likeliest(blocks: tuple[AnyBlock, ...], block_id: str) -> str:
    """Return the kind of page to which one of some blocks most likely leads; a new button of a form hands it in."""
    if not block_id:
        return "confirmation" if any(isinstance(outer, Form) for outer in blocks) else "page"
    match next((inner for inner in blocks if inner.id == block_id), None):
        case Button(submit=True):
            return "confirmation"
        case Button(style="danger"):
            return "dialog"
        case _:
            return "details" if _is_in_list(blocks, block_id) else "page"


def _is_in_list(blocks: tuple[AnyBlock, ...], block_id: str) -> bool:
    lists = tuple(outer for outer in blocks if isinstance(outer, ListBlock))
    return any(inner.id == block_id for inner in walk(lists))


def _button(message_id: str, style: str) -> Button:
    return Button.model_validate({"id": new_id("block"), "title": resources.text(message_id), "style": style})
