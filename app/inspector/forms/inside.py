"""What lies inside blocks: columns and controls of lists, lines of details, links, tabs, blocks side by side."""

from collections.abc import Callable

from app.inspector.forms.paging import turning
from app.inspector.forms.parts import append, item, listed
from app.inspector.nodes import (
    Action,
    Card,
    Items,
    Line,
    Node,
    Option,
    Pick,
    Row,
    Section,
    Template,
    Toggle,
)
from app.inspector.shared import Shared
from app.words.elements import BLOCK_ICONS, block_word
from flow_models.document.behaviour import Page
from flow_models.document.blocks import (
    AnyBlock,
    Columns,
    Details,
    DetailsItem,
    Link,
    ListBlock,
    ListColumn,
    Menu,
    Navigation,
    Tab,
    Tabs,
)
from flow_models.document.data import Table
from flow_models.document.edits.blocks import insert_block, replace_block
from flow_models.document.edits.ids import new_id
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.edits.starts import new_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.places import place_at
from flow_models.formulas import parse
from resources import text

OPEN_CARDS = 3
"""Up to so many parts of a block start unfolded; more would be a long way to the end of the form."""


def inside(shared: Shared, block: AnyBlock) -> list[Node]:
    """Return what lies in a block: columns of lists, items of details, links and controls."""
    match block:
        case ListBlock():
            controls = _controls(
                shared,
                Slot("block", block.id, "row_controls"),
                block.row_controls,
                text("inspector.section.row_controls"),
                text("inspector.empty.row_controls"),
            )
            return [_columns(shared, block), turning(shared, block), controls]
        case Details():
            return [_items(shared, block)]
        case Navigation():
            return [_links(shared, block)]
        case Columns():
            return [_side_by_side(shared, block)]
        case Tabs():
            return [_tabs(shared, block)]
        case Menu():
            title, empty = text("inspector.section.menu_items"), text("inspector.empty.menu_items")
            return [_controls(shared, Slot("block", block.id, "items"), block.items, title, empty)]
        case _:
            return []


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
    add = append(shared, at, ListColumn, text("inspector.step.add", title=text("inspector.word.column")))
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


def _controls(shared: Shared, slot: Slot, controls: tuple[AnyBlock, ...], title: str, empty: str) -> Section:
    """Return the buttons and links in a place that holds only them."""
    inner = tuple(item(shared.flow, Element("block", control.id)) for control in controls)
    actions = tuple(
        Action(text("inspector.add.kind", kind=block_word(kind)), BLOCK_ICONS[kind], _adding(shared, slot, kind))
        for kind in ("button", "link")
    )
    more = Action(text("inspector.add.row_control"), "add", menu=actions)
    return Section((slot.name, slot.id), title, (Items((slot.name, slot.id), inner, empty),), (more,))


def _links(shared: Shared, block: Navigation) -> Section:
    inner = tuple(item(shared.flow, Element("block", link.id), "") for link in block.links)
    add = Action(text("inspector.add.link"), "add", _adding(shared, Slot("block", block.id, "links"), "link"))
    body = Items(("links", block.id), inner, text("inspector.empty.links"))
    return Section(("links", block.id), text("inspector.section.links"), (body,), (add,))


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
    add = append(shared, at, DetailsItem, text("inspector.step.add", title=text("inspector.word.item")))
    actions = [Action(text("inspector.add.item"), "add", add)]
    table = _shown_table(shared.flow, block)
    if table is not None and not block.items:
        lines = tuple(DetailsItem(title=column.title, text=f"{{{column.name}}}") for column in table.columns)
        label = text("inspector.step.fill")
        fill = Action(
            text("inspector.add.all_columns"),
            "add",
            lambda: shared.attempt(lambda now: with_value(now, at, lines), label),
        )
        actions.insert(0, fill)
    return Section(("items", block.id), text("inspector.section.items"), tuple(cards), tuple(actions))


def _shown_table(flow: Flow, block: Details) -> Table | None:
    """Return the table whose row a block shows: the page's, or that of a formula."""
    owner = flow.owners_by_block.get(block.id)
    if not block.record.strip():
        return flow.tables_by_id.get((owner.record or "") if isinstance(owner, Page) else "")
    place = place_at(flow, Element("block", block.id, "record"))
    kind = None if place is None else parse(block.record, place.scope).kind
    return next((table for table in flow.tables if kind == f"row:{table.name}"), None)


def _side_by_side(shared: Shared, block: Columns) -> Section:
    at = Element("block", block.id, "columns")
    cards = tuple(
        Card(
            ("side", number),
            text("inspector.card.column", number=number + 1),
            (
                Items(
                    ("side", number),
                    tuple(item(shared.flow, Element("block", inner.id)) for inner in column),
                    text("inspector.empty.column"),
                ),
            ),
            listed(shared, at, number, text("inspector.card.column", number=number + 1)),
        )
        for number, column in enumerate(block.columns)
    )
    add = append(shared, at, tuple, text("inspector.step.add", title=text("inspector.word.column")))
    return Section(
        ("sides", block.id),
        text("inspector.section.columns"),
        cards,
        (Action(text("inspector.add.column"), "add", add),),
    )


def _tabs(shared: Shared, block: Tabs) -> Section:
    """Return the tabs, each with its title and the blocks behind it."""
    at = Element("block", block.id, "tabs")
    cards = []
    for number, tab in enumerate(block.tabs):
        title = tab.title or text("inspector.card.tab", number=number + 1)
        inner = tuple(item(shared.flow, Element("block", behind.id)) for behind in tab.blocks)
        children: tuple[Node, ...] = (
            Row(at._replace(field=f"tabs.{number}.title"), text("inspector.field.title"), Line()),
            Items(("tab", number), inner, text("inspector.empty.tab")),
        )
        cards.append(Card(("tab", number), title, children, listed(shared, at, number, title)))
    add = append(
        shared, at, lambda: _new_tab(shared, block.id), text("inspector.step.add", title=text("inspector.word.tab"))
    )
    action = Action(text("inspector.add.tab"), "add", add)
    return Section(("tabs", block.id), text("inspector.section.tabs"), tuple(cards), (action,))


def _new_tab(shared: Shared, block_id: str) -> Tab:
    """Return a tab with a title that no other tab beside it has."""
    block = part_of(shared.flow, Element("block", block_id))
    taken = {tab.title for tab in block.tabs} if isinstance(block, Tabs) else set()
    numbers = (text("inspector.card.tab", number=number) for number in range(1, len(taken) + 2))
    return Tab(title=next(title for title in numbers if title not in taken))


def _adding(shared: Shared, slot: Slot, kind: str) -> Callable[[], object]:
    """Return what adds a block to a slot and selects it."""

    def run() -> None:
        block = new_block(shared.flow, kind)
        label = text("inspector.step.add", title=block_word(kind))
        if shared.attempt(lambda flow: insert_block(flow, slot, None, block), label):
            shared.selection.reveal(Element("block", block.id))

    return run
