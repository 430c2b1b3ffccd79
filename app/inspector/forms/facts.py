"""The form of details: the row of which they tell, and what they tell of it."""

from app.inspector.forms.parts import OPEN_CARDS, append, listed, value_row
from app.inspector.nodes import Action, Card, Line, Node, Row, Section, Template
from app.inspector.shared import Shared
from flow_models.document.behaviour import Page
from flow_models.document.blocks import Details, DetailsItem
from flow_models.document.data import Column, Table
from flow_models.document.edits.guesses import said_of
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.places import place_at
from flow_models.formulas import parse
from resources import text


def details_form(shared: Shared, block: Details) -> list[Node]:
    """Return the form of details."""
    blank = text("inspector.blank.details_record")
    record = value_row(Element("block", block.id), "record", text("inspector.field.row"), blank)
    return [record, _items(shared, block)]


def _items(shared: Shared, block: Details) -> Section:
    at = Element("block", block.id, "items")
    cards = []
    is_open = len(block.items) <= OPEN_CARDS
    for number, detail in enumerate(block.items):
        title = detail.title or text("inspector.card.item", number=number + 1)
        path = f"items.{number}"
        children: tuple[Node, ...] = (
            Row(at._replace(field=f"{path}.title"), text("inspector.field.title"), Line()),
            Row(at._replace(field=f"{path}.text"), text("inspector.field.value"), Template()),
        )
        cards.append(
            Card(("item", number), title, children, listed(shared, at, number, title), folds=True, is_open=is_open)
        )
    add = append(
        shared, at, lambda: _next_item(shared, block.id), text("inspector.step.add", title=text("inspector.word.item"))
    )
    actions = [Action(text("inspector.add.item"), "add", add)]
    table = _shown_table(shared.flow, block)
    if table is not None and not block.items:
        lines = tuple(_item(shared.flow, column) for column in table.columns)
        label = text("inspector.step.fill")
        fill = Action(
            text("inspector.add.all_columns"),
            "add",
            lambda: shared.attempt(lambda now: with_value(now, at, lines), label),
        )
        actions.insert(0, fill)
    return Section(("items", block.id), text("inspector.section.items"), tuple(cards), tuple(actions))


def _item(flow: Flow, column: Column) -> DetailsItem:
    return DetailsItem(title=column.title, text=said_of(flow, column.name, column.type))


def _next_item(shared: Shared, block_id: str) -> DetailsItem:
    """Return the fact that shows the first column of the row not shown yet; a blank one if all are."""
    block = part_of(shared.flow, Element("block", block_id))
    table = _shown_table(shared.flow, block) if isinstance(block, Details) else None
    shown = {item.text for item in block.items} if isinstance(block, Details) else set()
    made = (_item(shared.flow, column) for column in (() if table is None else table.columns))
    return next((item for item in made if item.text not in shown), DetailsItem())


def _shown_table(flow: Flow, block: Details) -> Table | None:
    """Return the table whose row a block shows: the page's, or that of a formula."""
    owner = flow.owners_by_block.get(block.id)
    if not block.record.strip():
        return flow.tables_by_id.get((owner.record or "") if isinstance(owner, Page) else "")
    place = place_at(flow, Element("block", block.id, "record"))
    kind = None if place is None else parse(block.record, place.scope).kind
    return next((table for table in flow.tables if kind == f"row:{table.name}"), None)
