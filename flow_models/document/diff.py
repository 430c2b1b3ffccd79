"""What differs between two flows, by kind and id; parts that are the same objects are never looked into.

Edits keep untouched parts as they are, so comparing the flow before and after an edit costs one pass over the lists
of elements. Order counts: elements that changed places make their owner `changed`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.data import Column, Row, Table, Variable
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.document.tasks import Parameter, Task


class Diff(NamedTuple):
    """Elements that are new, that differ, and that are gone; none of them names a field."""

    added: frozenset[Element]
    changed: frozenset[Element]
    removed: frozenset[Element]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


_Part = TypeVar("_Part", bound=Page | Section | Transition | Table | Column | Row | Variable | Task | Parameter)
_Pairs = Iterator[tuple[_Part | None, _Part | None]]


def diff(before: Flow, after: Flow) -> Diff:
    """Return what an edit changed; a changed block makes its page or section changed as well, a cell its table.

    `flow` is changed if its own fields or the order of its elements are, not when an element in it is.
    """
    marks = _Marks()
    if before is after:
        return marks.result()
    if _own_fields(before) != _own_fields(after) or _is_reordered(before, after):
        marks.changed.add(Element("flow", after.id))
    if before.site is not after.site and before.site != after.site:
        marks.changed.add(Element("site", ""))
    for old_table, new_table in _pairs(before.tables, after.tables):
        if marks.compare("table", old_table, new_table):
            marks.compare_all("column", old_table.columns if old_table else (), new_table.columns if new_table else ())
            marks.compare_all("row", old_table.rows if old_table else (), new_table.rows if new_table else ())
    marks.compare_all("variable", before.variables, after.variables)
    for old_section, new_section in _pairs(before.sections, after.sections):
        if marks.compare("section", old_section, new_section):
            marks.compare_blocks(old_section, new_section)
    for old_page, new_page in _pairs(before.pages, after.pages):
        if marks.compare("page", old_page, new_page):
            marks.compare_blocks(old_page, new_page)
    marks.compare_all("transition", before.transitions, after.transitions)
    for old_task, new_task in _pairs(before.tasks, after.tasks):
        if marks.compare("task", old_task, new_task):
            old_parts = old_task.parameters if old_task else ()
            marks.compare_all("parameter", old_parts, new_task.parameters if new_task else ())
    return marks.result()


class _Marks:
    """Collects the three sets."""

    def __init__(self) -> None:
        self.added: set[Element] = set()
        self.changed: set[Element] = set()
        self.removed: set[Element] = set()

    def result(self) -> Diff:
        added, removed = frozenset(self.added), frozenset(self.removed)
        moved = added & removed
        return Diff(added - moved, frozenset(self.changed) | moved, removed - moved)

    def compare(self, kind: ElementKind, old: _Part | None, new: _Part | None) -> bool:
        """Note how one element differs and say whether it does."""
        if new is None and old is not None:
            self.removed.add(Element(kind, old.id))
        elif old is None and new is not None:
            self.added.add(Element(kind, new.id))
        elif new is not None and old != new:
            self.changed.add(Element(kind, new.id))
        else:
            return False
        return True

    def compare_all(self, kind: ElementKind, old: Sequence[_Part], new: Sequence[_Part]) -> None:
        """Note how the elements of two sequences differ."""
        for pair in _pairs(old, new):
            self.compare(kind, *pair)

    def compare_blocks(self, old: Page | Section | None, new: Page | Section | None) -> None:
        """Note how the blocks of two pages or sections differ, nested ones each by itself."""
        olds, news = (old.blocks_by_id if old else {}), (new.blocks_by_id if new else {})
        self.removed.update(Element("block", block_id) for block_id in olds if block_id not in news)
        for block_id, block in news.items():
            if block_id not in olds:
                self.added.add(Element("block", block_id))
            elif block is not olds[block_id] and block != olds[block_id]:
                self.changed.add(Element("block", block_id))


def _pairs(old: Sequence[_Part], new: Sequence[_Part]) -> _Pairs[_Part]:
    """Yield the parts of two sequences that are not the same object, paired by id."""
    if old is new:
        return
    olds: Mapping[str, _Part] = {part.id: part for part in old}
    kept: set[str] = set()
    for part in new:
        kept.add(part.id)
        if olds.get(part.id) is not part:
            yield olds.get(part.id), part
    for part in old:
        if part.id not in kept:
            yield part, None


def _own_fields(flow: Flow) -> tuple[object, ...]:
    return (flow.id, flow.title, flow.description, flow.domain, flow.version, flow.license)


def _is_reordered(before: Flow, after: Flow) -> bool:
    """Say whether elements that both flows have stand in another order."""
    for old, new in zip(_lists(before), _lists(after), strict=True):
        if old is new:
            continue
        olds, news = [part.id for part in old], [part.id for part in new]
        if olds == news:
            continue
        common = set(olds).intersection(news)
        if [part for part in olds if part in common] != [part for part in news if part in common]:
            return True
    return False


def _lists(flow: Flow) -> tuple[Sequence[Table | Variable | Section | Page | Transition | Task], ...]:
    return (flow.tables, flow.variables, flow.sections, flow.pages, flow.transitions, flow.tasks)
