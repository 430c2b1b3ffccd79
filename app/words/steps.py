"""What steps of the history are called: what was done, and in which page, section, transition, table or task."""

from collections.abc import Iterable, Sequence

import resources
from app.words.elements import title_of
from flow_models.document.behaviour import Page
from flow_models.document.data import Column, Row
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.document.tasks import Parameter


def placed(flow: Flow, words: str, at: Element | None) -> str:
    """Return what a step is called, with where the element lies that it is about; once is enough to name that."""
    owner = None if at is None else owner_of(flow, at)
    where = "" if owner is None else title_of(flow, owner)
    return words if not where or where in words else resources.text("shell.step.placed", words=words, where=where)


def owner_of(flow: Flow, at: Element) -> Element | None:
    """Return the page, section, transition, table or task that an element is or belongs to."""
    bare = at._replace(field="")
    match at.kind:
        case "block":
            owner = flow.owners_by_block.get(at.id)
            return None if owner is None else Element("page" if isinstance(owner, Page) else "section", owner.id)
        case "column":
            return _holder("table", at.id, ((table.id, table.columns) for table in flow.tables))
        case "row":
            return _holder("table", at.id, ((table.id, table.rows) for table in flow.tables))
        case "parameter":
            return _holder("task", at.id, ((task.id, task.parameters) for task in flow.tasks))
        case _:
            return bare if part_of(flow, bare) is not None else None


def _holder(
    kind: ElementKind, part_id: str, holders: Iterable[tuple[str, Sequence[Column | Row | Parameter]]]
) -> Element | None:
    """Return which of some holders, each by its id with its parts, holds a part."""
    found = (holder for holder, parts in holders if any(part.id == part_id for part in parts))
    return next((Element(kind, holder) for holder in found), None)
