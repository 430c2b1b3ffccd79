"""Copying parts of a flow as JSON and pasting them, into the same flow or another, with links between them intact.

A clip is plain JSON, so that it survives the clipboard, a restart and another window. Pasting gives every part a fresh
id and a free name; a transition to a page that is neither in the clip nor in the flow stays on its page.
"""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from pydantic import ValidationError

from flow_models.document.base import Model, PageId
from flow_models.document.behaviour import CLOSE, STAY, Page, Section, Transition
from flow_models.document.blocks import AnyBlock
from flow_models.document.data import Table, Variable
from flow_models.document.edits.blocks import block_of_trigger, insert_block, owner_of_slot, set_apart
from flow_models.document.edits.fresh import Fresh, Json
from flow_models.document.edits.ids import address_from, name_from, slug_from, title_from
from flow_models.document.edits.parts import field_names
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.errors import EditError
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.document.tasks import Task

_Named = TypeVar("_Named", Table, Variable, Task)

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
    ids: dict[str, set[str]] = defaultdict(set)
    for element in elements:
        ids[element.kind].add(element.id)
    sources = ids["page"] | ids["section"]
    roots = _outermost(flow, ids["block"], sources)
    inside = {inner.id for inner in walk(roots)}
    arrows = [arrow for arrow in flow.transitions if arrow.source in sources or block_of_trigger(arrow.on) in inside]
    own = {name: [part for part in getattr(flow, name) if part.id in ids[kind]] for kind, name in LISTS.items()}
    copied = {**own, "blocks": roots, "transitions": arrows}
    return {MARK: 1, **{name: list(map(_written, parts)) for name, parts in copied.items()}}


def paste(flow: Flow, clip: Clip, where: Slot | None = None, rng: random.Random | None = None) -> Flow:
    """Return the flow with a clip's parts added, under new ids where theirs are taken.

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
    twins = {original.id: twin for original, twin in zip(pages, copies, strict=True)}
    sections = tuple(_with_twins(section, twins) for section in flow.sections)
    return flow.rebuilt(sections=sections) if sections != flow.sections else flow


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
    titles = {section.title for section in flow.sections}
    slugs = {task.name for task in flow.tasks}
    flow = flow.rebuilt(
        tables=(*flow.tables, *_named(fresh.tables, names, partial(name_from, fallback="table"))),
    )
    flow = flow.rebuilt(
        variables=(*flow.variables, *_named(fresh.variables, names, name_from)),
        pages=(*flow.pages, *_placed(flow, fresh.pages)),
        sections=(*flow.sections, *_titled(fresh.sections, titles)),
        tasks=(*flow.tasks, *_named(fresh.tasks, slugs, slug_from)),
    )
    sources = {*(page.id for page in fresh.pages), *(section.id for section in fresh.sections)}
    arrows = [_landed(flow, arrow) for arrow in fresh.transitions if arrow.source in sources]
    return flow.rebuilt(transitions=(*flow.transitions, *arrows))


def _with_blocks(flow: Flow, fresh: Fresh, where: Slot, index: int | None = None) -> Flow:
    """Return the flow with the clip's blocks in a slot, and the transitions that they trigger."""
    source = owner_of_slot(flow, where).id
    arrows = tuple(_landed(flow, arrow.rebuilt(source=source)) for arrow in fresh.transitions)
    for block in fresh.blocks:
        inside = {inner.id for inner in walk((block,))}
        own = tuple(arrow for arrow in arrows if block_of_trigger(arrow.on) in inside)
        apart, own = set_apart(flow, block, own, field_names(flow, owner_of_slot(flow, where)))
        flow = insert_block(flow, where, index, apart)
        flow = flow.rebuilt(transitions=(*flow.transitions, *own))
        index = None if index is None else index + 1
    return flow


def _landed(flow: Flow, arrow: Transition) -> Transition:
    """Return a pasted transition that leads to a page of the flow, or stays."""
    return arrow if arrow.to in flow.pages_by_id or arrow.to == CLOSE else arrow.rebuilt(to=STAY)


def _placed(flow: Flow, pages: Iterable[Page]) -> Iterator[Page]:
    """Yield pages with titles and addresses of their own, beside their originals."""
    titles, paths = {page.title for page in flow.pages}, {page.path for page in flow.pages}
    for page in pages:
        title = title_from(page.title, titles)
        table = flow.tables_by_id.get(page.record or "")
        path = address_from(title, paths, table) if page.path and page.path in paths else page.path
        titles.add(title)
        paths.add(path)
        yield page.rebuilt(title=title, path=path, x=page.x + OFFSET, y=page.y + OFFSET)


def _named(
    parts: Iterable[_Named], taken: set[str], name_of: Callable[[str, Collection[str]], str]
) -> Iterator[_Named]:
    """Yield tables, variables or tasks with free names; adds them to those taken."""
    for part in parts:
        name = name_of(part.name, taken) if part.name in taken else part.name
        taken.add(name)
        yield part.rebuilt(name=name)


def _titled(sections: Iterable[Section], taken: set[str]) -> Iterator[Section]:
    """Yield sections with titles of their own."""
    for section in sections:
        title = title_from(section.title, taken)
        taken.add(title)
        yield section.rebuilt(title=title)


def _with_twins(section: Section, twins: Mapping[PageId, PageId]) -> Section:
    """Return a section that also holds the copies of those of its pages that have one."""
    joining = [twins[page] for page in section.pages if page in twins]
    return section.rebuilt(pages=(*section.pages, *joining)) if joining else section


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
