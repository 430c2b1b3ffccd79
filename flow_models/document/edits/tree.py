"""The tree of blocks rebuilt: one block replaced, removed or joined by others, at any depth.

A block stands in a *slot*: the blocks of a page, header or footer of a section, the inside of a form, group or
fold-out, one of several columns or tabs, the row controls of a list, the link of a list's column, the links of a
navigation, the items of a menu.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from flow_models.document.blocks import (
    AnyBlock,
    Button,
    Columns,
    FoldOut,
    Form,
    Group,
    Link,
    ListBlock,
    ListColumn,
    Menu,
    Navigation,
    Tabs,
    walk,
)
from flow_models.document.errors import EditError

Blocks = tuple[AnyBlock, ...]
Change = Callable[[AnyBlock], Blocks]


class Slot(NamedTuple):
    """Where blocks stand: in which element, and in which of its sequences.

    `name` is `blocks` for a page, form, group or fold-out; `header` or `footer` for a section; `columns.0`,
    `columns.1`… for columns, `tabs.0`… for tabs; `row_controls` for a list; `links` for a navigation; `items` for a
    menu.
    """

    kind: Literal["page", "section", "block"]
    id: str
    name: str = "blocks"


def mapped_tree(blocks: Blocks, block_id: str, change: Change) -> Blocks:
    """Return blocks in which the one with this id, at any depth, became the blocks that `change` makes of it.

    Parts without it stay the same objects.

    Raises:
        EditError: The change puts a block where it cannot stand, such as a heading among links.
    """
    if not any(block.id == block_id for block in walk(blocks)):
        return blocks
    made: list[AnyBlock] = []
    for block in blocks:
        if block.id == block_id:
            made.extend(change(block))
        else:
            made.append(_mapped_inside(block, block_id, change))
    return tuple(made)


def in_slot(block: AnyBlock, name: str, change: Callable[[Blocks], Blocks]) -> AnyBlock:
    """Return a block with a change applied to one of its sequences of inner blocks.

    Raises:
        EditError: The block has no such place, or what the change makes cannot stand there.
    """
    match block:
        case Form() | Group() | FoldOut() if name == "blocks":
            return block.rebuilt(blocks=change(block.blocks))
        case Columns() if (position := _position(name, "columns.", len(block.columns))) is not None:
            columns = list(block.columns)
            columns[position] = change(columns[position])
            return block.rebuilt(columns=tuple(columns))
        case Tabs() if (position := _position(name, "tabs.", len(block.tabs))) is not None:
            tabs = list(block.tabs)
            tabs[position] = tabs[position].rebuilt(blocks=change(tabs[position].blocks))
            return block.rebuilt(tabs=tuple(tabs))
        case ListBlock() if name == "row_controls":
            return block.rebuilt(row_controls=_controls(change(block.row_controls)))
        case Navigation() if name == "links":
            return block.rebuilt(links=_links(change(block.links)))
        case Menu() if name == "items":
            return block.rebuilt(items=_controls(change(block.items)))
        case _:
            raise EditError("edit.no_slot", kind=block.kind, slot=name)


def _position(name: str, prefix: str, count: int) -> int | None:
    """Return the number in a slot's name such as `tabs.1`, if there is such a place."""
    number = name.removeprefix(prefix)
    is_number = name.startswith(prefix) and number.isdecimal()
    return int(number) if is_number and int(number) < count else None


def _mapped_inside(block: AnyBlock, block_id: str, change: Change) -> AnyBlock:
    """Return a block whose inner blocks are mapped; the same object if the id is not inside."""
    match block:
        case Form() | Group() | FoldOut():
            inner = mapped_tree(block.blocks, block_id, change)
            return block if inner is block.blocks else block.rebuilt(blocks=inner)
        case Columns():
            columns = tuple(mapped_tree(column, block_id, change) for column in block.columns)
            is_same = all(new is old for new, old in zip(columns, block.columns, strict=True))
            return block if is_same else block.rebuilt(columns=columns)
        case Tabs():
            behind = tuple(mapped_tree(tab.blocks, block_id, change) for tab in block.tabs)
            tabs = tuple(
                tab if new is tab.blocks else tab.rebuilt(blocks=new)
                for new, tab in zip(behind, block.tabs, strict=True)
            )
            is_same = all(new is old for new, old in zip(tabs, block.tabs, strict=True))
            return block if is_same else block.rebuilt(tabs=tabs)
        case ListBlock():
            return _mapped_list(block, block_id, change)
        case Navigation():
            links = mapped_tree(block.links, block_id, change)
            return block if links is block.links else block.rebuilt(links=_links(links))
        case Menu():
            items = mapped_tree(block.items, block_id, change)
            return block if items is block.items else block.rebuilt(items=_controls(items))
        case _:
            return block


def _mapped_list(block: ListBlock, block_id: str, change: Change) -> AnyBlock:
    """Return a list whose row controls and column links are mapped."""
    controls = mapped_tree(block.row_controls, block_id, change)
    if controls is not block.row_controls:
        return block.rebuilt(row_controls=_controls(controls))
    if not any(column.link is not None and column.link.id == block_id for column in block.columns):
        return block
    return block.rebuilt(columns=tuple(_mapped_column(column, block_id, change) for column in block.columns))


def _mapped_column(column: ListColumn, block_id: str, change: Change) -> ListColumn:
    """Return a list's column whose link is mapped; an empty change takes the link away and keeps the text."""
    if column.link is None or column.link.id != block_id:
        return column
    links = _links(change(column.link))
    if len(links) > 1:
        raise EditError("edit.no_slot", kind="link", slot="link")
    return column.rebuilt(link=links[0] if links else None)


def _links(blocks: Blocks) -> tuple[Link, ...]:
    links = tuple(block for block in blocks if isinstance(block, Link))
    if len(links) != len(blocks):
        raise EditError("edit.links_only")
    return links


def _controls(blocks: Blocks) -> tuple[Button | Link, ...]:
    controls = tuple(block for block in blocks if isinstance(block, Button | Link))
    if len(controls) != len(blocks):
        raise EditError("edit.controls_only")
    return controls
