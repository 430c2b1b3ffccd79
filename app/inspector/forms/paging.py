"""Turning the pages of lists: which list a pagination turns, and what turns the pages of a list."""

from app.inspector.forms.parts import item
from app.inspector.nodes import Action, Items, Option, Pick, Row, Section
from app.inspector.shared import Shared
from app.words.elements import block_title, block_word
from flow_models.document.blocks import AnyBlock, ListBlock, Pagination
from flow_models.document.edits.blocks import insert_block, slot_of
from flow_models.document.edits.ids import new_id
from flow_models.document.edits.parts import owner_of_block, with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from resources import text

FIRST_SIZE = 10
"""So many rows at a time a list shows once pages can be turned, if it has shown all of them."""


def list_choice(flow: Flow, at: Element) -> Row:
    """Return the choice among the lists of the page on which a pagination stands."""
    lists = [block for block in _beside(flow, at.id) if isinstance(block, ListBlock)]
    options = tuple(Option(block.id, _list_title(flow, block), "list") for block in lists)
    help_text = text("inspector.help.turned_list") if lists else text("inspector.help.no_list")
    return Row(at._replace(field="list"), text("inspector.field.turned_list"), Pick(options), help=help_text)


def turning(shared: Shared, block: ListBlock) -> Section:
    """Return what turns the pages of a list, with the way to add it."""
    paginations = [other for other in _beside(shared.flow, block.id) if _turns(other, block)]
    items = tuple(item(shared.flow, Element("block", other.id), "") for other in paginations)
    empty = text("inspector.empty.turning" if block.page_size else "inspector.empty.turning_all")
    add = Action(text("inspector.add.turning"), "add", lambda: _add(shared, block.id))
    body = Items(("turning", block.id), items, empty)
    is_open = bool(items) or bool(block.page_size)
    return Section(
        ("turning", "list"), text("inspector.section.turning"), (body,), () if items else (add,), is_open=is_open
    )


def _add(shared: Shared, list_id: str) -> None:
    """Put a pagination behind a list, which then shows a part of its rows at a time."""
    made = Pagination(id=new_id("block"), list=list_id)

    def change(flow: Flow) -> Flow:
        slot, index = slot_of(flow, list_id)
        block = owner_of_block(flow, list_id).blocks_by_id[list_id]
        if isinstance(block, ListBlock) and not block.page_size:
            flow = with_value(flow, Element("block", list_id, "page_size"), FIRST_SIZE)
        return insert_block(flow, slot, index + 1, made)

    shared.attempt(change, text("inspector.step.add", title=block_word("pagination")))


def _beside(flow: Flow, block_id: str) -> tuple[AnyBlock, ...]:
    """Return all blocks of the page, or of the header and footer, on which a block stands."""
    owner = flow.owners_by_block.get(block_id)
    return () if owner is None else tuple(owner.blocks_by_id.values())


def _turns(other: AnyBlock, block: ListBlock) -> bool:
    return isinstance(other, Pagination) and other.list == block.id


def _list_title(flow: Flow, block: ListBlock) -> str:
    """Return what a list is called: its title, else that of its table."""
    table = flow.tables_by_id.get(block.table or "")
    if block.title or table is None:
        return block_title(block)
    return text("inspector.item.list_of", table=table.title or table.name)
