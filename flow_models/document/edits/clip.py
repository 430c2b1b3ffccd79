"""Copying parts of a flow as JSON and pasting them, into the same flow or another, with links between them intact.

A clip is plain JSON, so that it survives the clipboard, a restart and another window. Pasting gives every part a fresh
id and a free name; a transition to a page that is neither in the clip nor in the flow stays on its page.
"""

import json
import random
from collections.abc import Collection

from pydantic import ValidationError

from flow_models.document.base import Model
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.blocks import BLOCKS, AnyBlock, walk
from flow_models.document.data import Table, Variable
from flow_models.document.edits.blocks import block_of_trigger, insert_block, owner_of_slot, set_apart
from flow_models.document.edits.fresh import Fresh, Json
from flow_models.document.edits.ids import name_from, path_from, slug_from, title_from
from flow_models.document.edits.parts import field_names
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.errors import EditError
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task

Clip = Json
"""A flow in which only the copied parts are, as JSON, with a `blocks` list for blocks copied without their page."""

MARK = "gymwright-clip"
"""The key by which a clip is known, with its format version."""

OFFSET = 40.0
"""Scene units by which a pasted page lies right of and below its original."""

LISTS = {"table": "tables", "variable": "variables", "section": "sections", "page": "pages", "task": "tasks"}


def copy(flow: Flow, elements: Collection[Element]) -> Clip:
    """Return a clip of some elements; elements that the flow does not have are passed over.

    Pages take their transitions with them, sections theirs (not their pages, unless these are copied too), blocks the
    transitions that they trigger. A transition alone is not copied: it belongs to its page.
    """
    ids = {kind: {element.id for element in elements if element.kind == kind} for kind in (*LISTS, "block")}
    roots = _outermost(flow, ids["block"], ids["page"] | ids["section"])
    inside = {inner.id for root in roots for inner in walk((root,))}
    sources = ids["page"] | ids["section"]
    arrows = [arrow for arrow in flow.transitions if arrow.source in sources or block_of_trigger(arrow.on) in inside]
    clip: Clip = {MARK: 1}
    for kind, name in LISTS.items():
        clip[name] = [_written(part) for part in getattr(flow, name) if part.id in ids[kind]]
    clip["blocks"] = [_written(block) for block in roots]
    clip["transitions"] = [_written(arrow) for arrow in arrows]
    return clip


def paste(flow: Flow, clip: Clip, where: Slot | None = None, rng: random.Random | None = None) -> Flow:
    """Return the flow with a clip's parts added; `diff` says which they are.

    Args:
        flow: The flow that receives them.
        clip: What `copy` made, perhaps in another flow.
        where: Where blocks that were copied by themselves go; they are left out if `None`.
        rng: Makes the ids the same again.

    Raises:
        EditError: This is no clip, or its blocks cannot stand there.
    """
    if clip.get(MARK) != 1:
        raise EditError("edit.clip")
    try:
        fresh = Fresh(clip, rng)
        flow = _with_parts(flow, fresh)
        return flow if where is None else _with_blocks(flow, fresh, where)
    except (ValidationError, KeyError, TypeError, AttributeError) as error:
        raise EditError("edit.clip") from error


def duplicate_pages(flow: Flow, page_ids: Collection[str], rng: random.Random | None = None) -> Flow:
    """Return the flow with copies of some pages, in the sections of their originals, links between them intact."""
    pages = [page for page in flow.pages if page.id in set(page_ids)]
    before = set(flow.pages_by_id)
    flow = paste(flow, copy(flow, {Element("page", page.id) for page in pages}), rng=rng)
    copies = [page.id for page in flow.pages if page.id not in before]
    joined = {original.id: twin for original, twin in zip(pages, copies, strict=True) if original.id in flow.section_of}
    sections = tuple(
        section.rebuilt(pages=(*section.pages, *(joined[page] for page in section.pages if page in joined)))
        for section in flow.sections
    )
    return flow.rebuilt(sections=sections) if joined else flow


def duplicate_block(flow: Flow, block_id: str, where: Slot, index: int, rng: random.Random | None = None) -> Flow:
    """Return the flow with a copy of a block and its transitions at an index of a slot.

    Raises:
        UnknownElementError: The flow has no such slot.
        EditError: The block cannot stand there.
    """
    fresh = Fresh(copy(flow, {Element("block", block_id)}), rng)
    return _with_blocks(flow, fresh, where, index)


def to_text(clip: Clip) -> str:
    """Return a clip as text for the clipboard."""
    return json.dumps(clip, ensure_ascii=False)


def from_text(text: str) -> Clip | None:
    """Return the clip in a clipboard's text; `None` if it holds something else."""
    try:
        clip = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return clip if isinstance(clip, dict) and clip.get(MARK) == 1 else None


def _with_parts(flow: Flow, fresh: Fresh) -> Flow:
    """Return the flow with the clip's tables, variables, pages, sections, tasks and their transitions."""
    names = {table.name for table in flow.tables} | {variable.name for variable in flow.variables}
    tables = _named(fresh.tables(), names, "table")
    variables = _named(fresh.variables(), names, "value")
    pages = _placed(flow, fresh.pages())
    sections = _titled(fresh.sections(), {section.title for section in flow.sections})
    tasks = _slugged(fresh.tasks(), {task.name for task in flow.tasks})
    flow = flow.rebuilt(
        tables=(*flow.tables, *(Table.model_validate(part) for part in tables)),
        variables=(*flow.variables, *(Variable.model_validate(part) for part in variables)),
        pages=(*flow.pages, *(Page.model_validate(part) for part in pages)),
        sections=(*flow.sections, *(Section.model_validate(part) for part in sections)),
        tasks=(*flow.tasks, *(Task.model_validate(part) for part in tasks)),
    )
    sources = {part["id"] for part in (*pages, *sections)}
    arrows = [_landed(flow, part) for part in fresh.transitions() if part["from"] in sources]
    return flow.rebuilt(transitions=(*flow.transitions, *arrows))


def _with_blocks(flow: Flow, fresh: Fresh, where: Slot, index: int | None = None) -> Flow:
    """Return the flow with the clip's blocks in a slot, and the transitions that they trigger."""
    arrows = tuple(_landed(flow, {**part, "from": owner_of_slot(flow, where).id}) for part in fresh.transitions())
    for block in BLOCKS.validate_python(fresh.blocks()):
        inside = {inner.id for inner in walk((block,))}
        own = tuple(arrow for arrow in arrows if block_of_trigger(arrow.on) in inside)
        apart, own = set_apart(flow, block, own, field_names(flow, owner_of_slot(flow, where)))
        flow = insert_block(flow, where, index, apart)
        flow = flow.rebuilt(transitions=(*flow.transitions, *own))
        index = None if index is None else index + 1
    return flow


def _landed(flow: Flow, arrow: Json) -> Transition:
    """Return a pasted transition that leads to a page of the flow, or stays."""
    to = arrow["to"] if arrow["to"] in flow.pages_by_id or arrow["to"] == "close" else "stay"
    return Transition.model_validate({**arrow, "to": to})


def _placed(flow: Flow, pages: list[Json]) -> list[Json]:
    """Return pages with titles and addresses of their own, beside their originals."""
    titles, paths = {page.title for page in flow.pages}, {page.path for page in flow.pages}
    made = []
    for page in pages:
        title = title_from(page.get("title", ""), titles)
        path = page.get("path", "")
        if path in paths and path:
            path = path_from(title, paths)
        titles.add(title)
        paths.add(path)
        moved = {"x": page.get("x", 0.0) + OFFSET, "y": page.get("y", 0.0) + OFFSET}
        made.append({**page, **moved, "title": title, "path": path})
    return made


def _named(parts: list[Json], taken: set[str], fallback: str) -> list[Json]:
    """Return tables or variables with free names; adds them to those taken."""
    made = []
    for part in parts:
        name = name_from(part["name"], taken, fallback) if part["name"] in taken else part["name"]
        taken.add(name)
        made.append({**part, "name": name})
    return made


def _titled(parts: list[Json], taken: set[str]) -> list[Json]:
    """Return parts with titles of their own."""
    made = []
    for part in parts:
        title = title_from(part.get("title", ""), taken)
        taken.add(title)
        made.append({**part, "title": title})
    return made


def _slugged(parts: list[Json], taken: set[str]) -> list[Json]:
    """Return tasks with names of their own."""
    made = []
    for part in parts:
        name = slug_from(part["name"], taken) if part["name"] in taken else part["name"]
        taken.add(name)
        made.append({**part, "name": name})
    return made


def _outermost(flow: Flow, block_ids: set[str], owner_ids: set[str]) -> list[AnyBlock]:
    """Return the chosen blocks that stand neither inside another chosen one nor on a chosen page, in their order."""
    found: list[AnyBlock] = []
    covered: set[str] = set()
    for block_id, owner in flow.owners_by_block.items():
        if block_id in block_ids and block_id not in covered and owner.id not in owner_ids:
            block = owner.blocks_by_id[block_id]
            found.append(block)
            covered.update(inner.id for inner in walk((block,)))
    return found


def _written(part: Model) -> Json:
    """Return a part as it stands in a file."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
