"""The kinds of page that a designer can begin with: what each holds, and which most likely follows a button."""

import resources
from flow_models.document.behaviour import Page
from flow_models.document.blocks import AnyBlock, Button, Form, ListBlock
from flow_models.document.edits import starts
from flow_models.document.edits.ids import new_id
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk

PAGE_KINDS = ("page", "form", "list", "details", "confirmation", "dialog")


def page_of_kind(flow: Flow, kind: str, x: float, y: float) -> Page:
    """Return a new page with the blocks that pages of its kind have."""
    words = resources.text(f"canvas.page_kind.{kind}.title")
    page = starts.new_page(flow, words, x=x, y=y, kind="dialog" if kind == "dialog" else "page")
    if kind == "details":
        page = page.rebuilt(record=flow.tables[0].id if flow.tables else None)
    return page.rebuilt(blocks=(*page.blocks, *_held(flow, kind)))


def _held(flow: Flow, kind: str) -> tuple[AnyBlock, ...]:
    """Return what pages of a kind hold besides their heading."""
    match kind:
        case "form" | "list" | "details":
            return (starts.new_block(flow, kind),)
        case "confirmation":
            return (starts.new_block(flow, "notice"), _button("canvas.go_on", "primary"))
        case "dialog":
            yes, no = "canvas.page_kind.dialog.yes", "canvas.page_kind.dialog.no"
            return (_button(yes, "primary"), _button(no, "secondary"))
        case _:
            return ()


def likely_kinds(flow: Flow, page_id: str, block_id: str) -> tuple[str, ...]:
    """Return `PAGE_KINDS`, the one first that most likely follows a button: a confirmation after a form, and so on."""
    first = _likeliest(tuple(walk(flow.pages_by_id[page_id].blocks)), block_id)
    return (first, *(kind for kind in PAGE_KINDS if kind != first))


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
