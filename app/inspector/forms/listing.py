"""The form of a list: which rows it shows, what it says of each, what turns its pages, what can be done with a row."""

from collections.abc import Callable

from app.inspector.forms.controls import controls_section
from app.inspector.forms.paging import turning
from app.inspector.forms.parts import OPEN_CARDS, append, item, listed, pick_row, tables, template_row, value_row
from app.inspector.nodes import (
    Action,
    Card,
    Condition,
    Items,
    Line,
    Node,
    Option,
    Pick,
    Row,
    Section,
    Template,
    Toggle,
    Whole,
)
from app.inspector.shared import Shared
from flow_models.document.blocks import Link, ListBlock, ListColumn, list_column
from flow_models.document.data import Column
from flow_models.document.edits.blocks import replace_block
from flow_models.document.edits.guesses import said_of
from flow_models.document.edits.ids import new_id
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from resources import text


def list_form(shared: Shared, block: ListBlock) -> list[Node]:
    """Return the form of a list."""
    slot = Slot("block", block.id, "row_controls")
    title, empty = text("inspector.section.row_controls"), text("inspector.empty.row_controls")
    return [
        *_rows(shared.flow, Element("block", block.id)),
        _columns(shared, block),
        turning(shared, block),
        controls_section(shared, slot, block.row_controls, title, empty),
    ]


def _rows(flow: Flow, at: Element) -> list[Node]:
    """Return which rows a list shows and how."""
    return [
        template_row(at, "title", text("inspector.field.title")),
        Row(at._replace(field="table"), text("inspector.field.table"), tables(flow), write=_with_table(at)),
        Row(at._replace(field="where"), text("inspector.field.where"), Condition(text("inspector.blank.where"))),
        value_row(at, "sort", text("inspector.field.sort"), text("inspector.blank.sort")),
        Row(at._replace(field="descending"), text("inspector.field.descending"), Toggle()),
        pick_row(at, "style", text("inspector.field.style"), "list_style", ("table", "cards")),
        Row(
            at._replace(field="limit"),
            text("inspector.field.limit"),
            Whole(0, 1000, special=text("inspector.blank.limit")),
        ),
        Row(
            at._replace(field="page_size"),
            text("inspector.field.page_size"),
            Whole(0, 1000, special=text("inspector.blank.page_size")),
        ),
        template_row(at, "empty_text", text("inspector.field.empty_text")),
    ]


def _with_table(at: Element) -> Callable[[Flow, object], Flow]:
    """Return what gives a list another table, and columns for it if it has none yet."""

    def write(flow: Flow, value: object) -> Flow:
        changed = with_value(flow, at, value)
        block = part_of(changed, at)
        table = changed.tables_by_id.get(str(value))
        if table is None or not isinstance(block, ListBlock) or block.columns:
            return changed
        columns = tuple(_shown(changed, column) for column in table.columns)
        return with_value(changed, at._replace(field="columns"), columns)

    at = at._replace(field="table")
    return write


def _shown(flow: Flow, column: Column) -> ListColumn:
    return list_column(column, said_of(flow, column.name, column.type))


def _next_column(shared: Shared, block_id: str) -> ListColumn:
    """Return the column of a list that shows the first column of its table not shown yet; a blank one if all are."""
    block = part_of(shared.flow, Element("block", block_id))
    table = shared.flow.tables_by_id.get((block.table if isinstance(block, ListBlock) else None) or "")
    shown = {column.text for column in block.columns} if isinstance(block, ListBlock) else set()
    made = (_shown(shared.flow, column) for column in (() if table is None else table.columns))
    return next((column for column in made if column.text not in shown), ListColumn())


def _columns(shared: Shared, block: ListBlock) -> Section:
    at = Element("block", block.id, "columns")
    cards = []
    is_open = len(block.columns) <= OPEN_CARDS
    for number, column in enumerate(block.columns):
        title = column.title or text("inspector.card.column", number=number + 1)
        own = at._replace(field=f"columns.{number}")
        children: list[Node] = [
            Row(own._replace(field=f"{own.field}.title"), text("inspector.field.title"), Line()),
            Row(own._replace(field=f"{own.field}.text"), text("inspector.field.words"), Template()),
            Row(
                own._replace(field=f"{own.field}.align"),
                text("inspector.field.align"),
                Pick(tuple(Option(side, text(f"inspector.align.{side}")) for side in ("start", "end"))),
            ),
            Row(
                own._replace(field=f"{own.field}.link"),
                text("inspector.field.is_link"),
                Toggle(),
                read=_reading_link(block.id, number),
                write=_linking(block.id, number),
            ),
        ]
        if column.link is not None:
            link = item(shared.flow, Element("block", column.link.id), text("inspector.item.link_settings"))
            children.append(Items(("link", number), (link,)))
        cards.append(
            Card(
                ("column", number),
                title,
                tuple(children),
                listed(shared, at, number, title),
                folds=True,
                is_open=is_open,
            )
        )
    add = append(
        shared,
        at,
        lambda: _next_column(shared, block.id),
        text("inspector.step.add", title=text("inspector.word.column")),
    )
    action = Action(text("inspector.add.column"), "add", add)
    return Section(("list_columns", block.id), text("inspector.section.columns"), tuple(cards), (action,))


def _reading_link(block_id: str, number: int) -> Callable[[Flow], object]:
    def read(flow: Flow) -> object:
        block = part_of(flow, Element("block", block_id))
        is_there = isinstance(block, ListBlock) and number < len(block.columns)
        return is_there and isinstance(block, ListBlock) and block.columns[number].link is not None

    return read


def _linking(block_id: str, number: int) -> Callable[[Flow, object], Flow]:
    def write(flow: Flow, value: object) -> Flow:
        block = part_of(flow, Element("block", block_id))
        if not isinstance(block, ListBlock):
            return flow
        link = Link(id=new_id("block"), title=block.columns[number].title) if value else None
        column = block.columns[number].rebuilt(link=link)
        columns = (*block.columns[:number], column, *block.columns[number + 1 :])
        return replace_block(flow, block.rebuilt(columns=columns))

    return write
