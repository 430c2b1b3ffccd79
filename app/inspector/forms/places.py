"""The forms of blocks that have several places for blocks: columns beside each other, and tabs."""

from app.inspector.forms.parts import append, item, listed
from app.inspector.nodes import Action, Card, Items, Line, Node, Row, Section
from app.inspector.shared import Shared
from flow_models.document.blocks import Columns, Tab, Tabs
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element
from resources import text


def columns_form(shared: Shared, block: Columns) -> list[Node]:
    """Return the columns, each with the blocks in it."""
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
    action = Action(text("inspector.add.column"), "add", add)
    return [Section(("sides", block.id), text("inspector.section.columns"), cards, (action,))]


def tabs_form(shared: Shared, block: Tabs) -> list[Node]:
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
    return [Section(("tabs", block.id), text("inspector.section.tabs"), tuple(cards), (action,))]


def _new_tab(shared: Shared, block_id: str) -> Tab:
    """Return a tab with a title that no other tab beside it has."""
    block = part_of(shared.flow, Element("block", block_id))
    taken = {tab.title for tab in block.tabs} if isinstance(block, Tabs) else set()
    numbers = (text("inspector.card.tab", number=number) for number in range(1, len(taken) + 2))
    return Tab(title=next(title for title in numbers if title not in taken))
