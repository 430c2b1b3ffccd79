"""What the person has made in this document since it was opened, and of it what is still under construction.

New things have nothing around them yet. So what the checks miss about them is a note as long as they are worked at,
and for some steps after that; and nothing that mends many things at once deletes them. The option not taken, a minute
by the clock, would let an alarm appear while nobody does anything.
"""

from collections.abc import Iterator
from dataclasses import replace

from flow_models.checks.problem import Problem
from flow_models.checks.unfinished import UNFINISHED
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.data import Table, Variable
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.holding import own_ids
from flow_models.document.tasks import Task

Item = Table | Variable | Section | Page | Transition | Task

STEPS = 25
"""Steps of the history that are not about a new thing, after which it is new no more."""

Named = tuple[str, str]
"""An element by kind and id."""


class Making:
    """Follows one document from edit to edit."""

    def __init__(self) -> None:
        self._made: dict[Named, str] = {}
        self._worked: dict[str, int] = {}
        self._older: set[Named] = set()

    def forget(self) -> None:
        """Begin anew: another document was opened."""
        self._made.clear()
        self._worked.clear()
        self._older.clear()

    def settle(self) -> None:
        """Take nothing as under construction any more: the person hands on what there is."""
        self._worked.clear()

    def follow(self, before: Flow, after: Flow, step: int) -> None:
        """Take in an edit, which is at a step of the history."""
        for old, new in _changed(before, after):
            was, now = _ids(old), _ids(new)
            for gone in was - now:
                if self._made.pop(gone, None) is None:
                    self._older.add(gone)
            # What an undo brings back is as old as it was.
            made = {named for named in now - was if named not in self._older}
            self._older -= now
            if new is None:
                continue
            self._made |= dict.fromkeys(made, new.id)
            if made or new.id in self._worked:
                self._worked[new.id] = step

    def is_made(self, named: Named) -> bool:
        """Say whether an element was made since the document was opened."""
        return named in self._made

    def is_new(self, element: Element, step: int) -> bool:
        """Say whether an element is under construction at a step of the history."""
        worked = self._worked.get(self._made.get((element.kind, element.id), ""))
        return worked is not None and step - worked < STEPS

    def softened(self, problem: Problem, step: int) -> Problem:
        """Return a problem as the person should take it now: a note where it is about something unfinished."""
        is_note = problem.code in UNFINISHED and problem.elements and self.is_new(problem.elements[0], step)
        return replace(problem, severity="note") if is_note else problem

    def deletes_made(self, before: Flow, after: Flow) -> bool:
        """Say whether an edit deletes something that was made since the document was opened."""
        return any(self.is_made(gone) for old, new in _changed(before, after) for gone in _ids(old) - _ids(new))


def _changed(before: Flow, after: Flow) -> Iterator[tuple[Item | None, Item | None]]:
    """Yield what a flow lists before and after an edit, where it is not the same."""
    for old_items, new_items in zip(_items(before), _items(after), strict=True):
        if old_items is new_items:
            continue
        old = {item.id: item for item in old_items}
        new = {item.id: item for item in new_items}
        for item_id in {**old, **new}:
            if old.get(item_id) is not new.get(item_id):
                yield old.get(item_id), new.get(item_id)


def _ids(item: Item | None) -> set[Named]:
    """Return every element in what a flow lists."""
    return set() if item is None else set(own_ids(item))


def _items(flow: Flow) -> tuple[tuple[Item, ...], ...]:
    """Return the lists of a flow."""
    return flow.tables, flow.variables, flow.sections, flow.pages, flow.transitions, flow.tasks
