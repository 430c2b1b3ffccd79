"""What stands beside an element, to be selected when it goes: the next of its kind, the one before, what holds it."""

from collections.abc import Iterator, Sequence
from typing import Any

from flow_models.document.behaviour import Page
from flow_models.document.edits.blocks import slots
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow


def beside(flow: Flow, gone: Element) -> Iterator[Element]:
    """Yield what could be selected in place of an element of a flow, the nearest first."""
    for kind, parts, holder in _rows(flow, gone):
        ids = [part.id for part in parts]
        if gone.id in ids:
            place = ids.index(gone.id)
            yield from (Element(kind, part) for part in (*ids[place + 1 :], *reversed(ids[:place])))
            if holder is not None:
                yield holder
                yield from beside(flow, holder)


Row = tuple[ElementKind, Sequence[Any], Element | None]


def _rows(flow: Flow, gone: Element) -> Iterator[Row]:
    """Yield the rows of elements in which one can stand, each with what holds it."""
    match gone.kind:
        case "block":
            yield from _rows_of_blocks(flow, gone.id)
        case "transition":
            source = next((arrow.source for arrow in flow.transitions if arrow.id == gone.id), "")
            holder: Element | None = Element("page" if source in flow.pages_by_id else "section", source)
            yield "transition", [arrow for arrow in flow.transitions if arrow.source == source], holder
        case "column":
            yield from (("column", table.columns, Element("table", table.id)) for table in flow.tables)
        case "row":
            yield from (("row", table.rows, Element("table", table.id)) for table in flow.tables)
        case "parameter":
            yield from (("parameter", task.parameters, Element("task", task.id)) for task in flow.tasks)
        case "page" | "section" | "table" | "variable" | "task":
            yield gone.kind, getattr(flow, f"{gone.kind}s"), None


def _rows_of_blocks(flow: Flow, block_id: str) -> Iterator[Row]:
    owner = flow.owners_by_block.get(block_id)
    if owner is None:
        return
    whole = Element("page" if isinstance(owner, Page) else "section", owner.id)
    for slot, blocks in slots(owner):
        yield "block", blocks, Element("block", slot.id) if slot.kind == "block" else whole
