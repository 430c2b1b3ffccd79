"""Which parts of a flow an edit touched: those that differ, and those whose problems depend on them.

What a question about one part looks at beyond the part itself is written down here, and only here: its section, the
transitions of its source, the page at the other end, the data.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flow_models.document.behaviour import ChangeTrigger, Page, Section, Transition, UseTrigger
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow

Arrows = Mapping[str, tuple[Transition, ...]]
"""Transitions by their source."""


def every_part(flow: Flow) -> set[Element]:
    """Return all parts that are asked about by themselves."""
    lists: tuple[tuple[ElementKind, Sequence[object]], ...] = (
        ("table", flow.tables),
        ("variable", flow.variables),
        ("section", flow.sections),
        ("page", flow.pages),
        ("transition", flow.transitions),
        ("task", flow.tasks),
    )
    return {Element(kind, str(getattr(part, "id", ""))) for kind, parts in lists for part in parts}


def touched_parts(before: Flow, after: Flow, old_arrows: Arrows, new_arrows: Arrows) -> set[Element]:
    """Return the parts whose problems or formulas may differ, those that are gone included.

    Names, types and titles of tables and variables must be the same; where they are not, every part is touched.

    Args:
        before: The flow before the edit.
        after: The flow after it.
        old_arrows: Transitions by source before.
        new_arrows: Transitions by source after.
    """
    pages = set(_changed(before.pages_by_id, after.pages_by_id))
    sections = set(_changed(before.sections_by_id, after.sections_by_id))
    sources = set(_changed(old_arrows, new_arrows))
    sources |= _pages_of(before, after, sources - sections)
    pages |= _pages_of(before, after, sections)
    owners = pages | sections
    targets = {page for page in pages if _matters_as_target(before, after, page)}
    arrows: dict[str, Transition] = {}
    for flow, table in ((before, old_arrows), (after, new_arrows)):
        listening = tuple(_listening(flow, table, owners))
        sources.update(arrow.source for arrow in listening)
        found = (*listening, *_leading(table, targets), *_starting(table, owners | sources))
        arrows.update((arrow.id, arrow) for arrow in found)
    known = before.sections_by_id.keys() | after.sections_by_id.keys()
    asked = owners | sources | {arrow.to for arrow in arrows.values()}
    touched = {Element("transition", arrow) for arrow in arrows}
    touched |= {Element("section" if part in known else "page", part) for part in asked}
    return touched | _touched_data(before, after) | _touched_tasks(before, after, pages)


def _pages_of(before: Flow, after: Flow, sections: Iterable[str]) -> set[str]:
    """Return the pages that some sections have or had."""
    found = (flow.sections_by_id.get(section) for flow in (before, after) for section in sections)
    return {page for section in found if section is not None for page in section.pages}


def _touched_data(before: Flow, after: Flow) -> set[Element]:
    """Return all tables, variables and tasks if any data differ."""
    if _are_same(before.tables, after.tables) and _are_same(before.variables, after.variables):
        return set()
    return {part for flow in (before, after) for part in every_part(flow) if part.kind in ("table", "variable", "task")}


def _touched_tasks(before: Flow, after: Flow, pages: set[str]) -> set[Element]:
    """Return the tasks that differ, and those that begin elsewhere or on a page that differs."""
    is_elsewhere = before.site.start != after.site.start
    found = set(_changed(before.tasks_by_id, after.tasks_by_id))
    found |= {task.id for task in after.tasks if is_elsewhere or (task.start or after.site.start) in pages}
    return {Element("task", task) for task in found}


def _changed(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys whose values are not the same, on either side; sequences are compared item by item."""
    for key, value in new.items():
        other = old.get(key)
        if other is not value and (other is None or not isinstance(value, tuple) or not _are_same(other, value)):
            yield key
    for key in old:
        if key not in new:
            yield key


def _are_same(old: object, new: tuple[object, ...]) -> bool:
    """Say whether two sequences hold the same objects in the same order."""
    return isinstance(old, tuple) and len(old) == len(new) and all(a is b for a, b in zip(old, new, strict=True))


def _starting(arrows: Arrows, sources: set[str]) -> Iterator[Transition]:
    """Yield the transitions of some sources."""
    for source in sources:
        yield from arrows.get(source, ())


def _leading(arrows: Arrows, targets: set[str]) -> Iterator[Transition]:
    """Yield the transitions that lead to some pages."""
    if targets:
        yield from (arrow for transitions in arrows.values() for arrow in transitions if arrow.to in targets)


def _listening(flow: Flow, arrows: Arrows, owners: set[str]) -> Iterator[Transition]:
    """Yield the transitions that listen to a block of some pages and sections."""
    blocks = {block_id for owner in _found(flow, owners) for block_id in owner.blocks_by_id}
    for transitions in arrows.values():
        for arrow in transitions:
            if isinstance(arrow.on, UseTrigger | ChangeTrigger) and arrow.on.block in blocks:
                yield arrow


def _matters_as_target(before: Flow, after: Flow, page_id: str) -> bool:
    """Say whether transitions to a changed page have to be looked at: it came, went, or shows a record."""
    old, new = before.pages_by_id.get(page_id), after.pages_by_id.get(page_id)
    return old is None or new is None or old.record is not None or new.record is not None


def _found(flow: Flow, ids: Iterable[str]) -> Iterator[Page | Section]:
    for owner_id in ids:
        owner = flow.pages_by_id.get(owner_id) or flow.sections_by_id.get(owner_id)
        if owner is not None:
            yield owner
