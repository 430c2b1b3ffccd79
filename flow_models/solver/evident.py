"""A quick look at a solution: whether it is plain that the goal or the flow itself tells all that it types and chooses.

Most solutions are such, and need no comparison with other starts. In doubt nothing is plain.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.base.nodes import Constant, nodes_in
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.formulas.limits import computed_or
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.fields import raw_text

from .outline import Outline
from .telling import cell_texts

if TYPE_CHECKING:
    from .items import Item

_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")

LEAST = 3
"""Letters of a text that stands somewhere by no mere chance: "1" is in "Room 1", in dates and in most conditions."""


class Evident:
    """Knows what the goals and the words of a program's flow tell."""

    def __init__(self, machine: Machine, outline: Outline) -> None:
        self._machine = machine
        self._outline = outline
        self._rivals: dict[str, frozenset[str]] = {}

    def is_all(self, start: Start, events: Sequence[Event], states: Sequence[State]) -> bool:
        """Say whether it is plain that all choices of a solution are told; no answer is plain."""
        told = frozenset(filter(None, map(str.casefold, self._told(start))))
        goal = _BETWEEN_DIGITS.sub("", start.goal.casefold())
        return all(
            self._is_told(event, self._machine.view(start, state), told, goal)
            for event, state in zip(events, states, strict=False)
        )

    def _is_told(self, event: Event, view: shown.View, told: frozenset[str], goal: str) -> bool:
        """Say whether one event is plain."""
        match event.kind:
            case "message" | "noop":
                return False
            case "fill":
                return self._is_known(event.value, told, goal)
            case "select":
                return any(self._is_known(text, told, goal) for text in (event.value, *_label(view, event)))
            case "use" if event.row:
                return _is_known_row(_row_texts(view, event), told)
            case "use":
                return event.block not in self._rivals_on(view.top.page)
            case _:
                return True

    def _rivals_on(self, page: str) -> frozenset[str]:
        """Return the controls of a page that write the same lasting data as another: one has to know which."""
        found = self._rivals.get(page)
        if found is None:
            by_item: dict[Item, set[str]] = {}
            one = self._outline.program.pages.get(page)
            for position in () if one is None else one.transitions:
                for write in self._outline.by_transition[position]:
                    for item in filter(self._lasts, write.items):
                        by_item.setdefault(item, set()).add(self._outline.transitions[position].on.block)
            rivals = chain.from_iterable(blocks for blocks in by_item.values() if len(blocks) > 1)
            found = self._rivals[page] = frozenset(rivals)
        return found

    def _lasts(self, item: "Item") -> bool:
        """Say whether data stays when a visit ends."""
        return item[0] in ("table", "column") and self._outline.program.tables[item[1]].durable

    def _is_known(self, text: str, told: frozenset[str], goal: str) -> bool:
        """Say whether the goal or the flow itself says a text."""
        low = text.casefold()
        if len(low) < LEAST:
            return not low
        return low in told or low in self._written or _BETWEEN_DIGITS.sub("", low) in goal

    def _told(self, start: Start) -> Iterator[str]:
        """Yield the values that the goal names, as they are typed and as it says them."""
        plan = self._machine.plan
        wordings = self._machine.program.tasks[start.task].wordings
        context = Context(plan.schema, start.drawn, plan.schema.initial, task=start.parameters, seed=start.seed)
        for node in nodes_in(wordings):
            for compute in (plan.formulas.value(node), plan.formulas.shown(node)):
                value = computed_or(compute, context, lambda _fault: None)
                yield raw_text(value) if value is not None else ""

    @cached_property
    def _written(self) -> frozenset[str]:
        """The texts that stand in the flow's own formulas."""
        program = self._machine.program
        trees = (program.transitions, tuple(program.pages.values()), tuple(program.tasks.values()))
        constants = (node.value for node in nodes_in(trees) if isinstance(node, Constant))
        return frozenset(raw_text(value).casefold() for value in constants if value is not None)


def _label(view: shown.View, event: Event) -> Iterator[str]:
    """Yield what the chosen option of a field says."""
    control = view.control(event.block)
    if isinstance(control, shown.Field):
        places = ((place.key, place.label) for _, line in control.grid for place in line)
        yield from (label for key, label in chain(control.options, places) if key == event.value)


def _row_texts(view: shown.View, event: Event) -> Sequence[str] | None:
    """Return what the row of a list says whose control is used, None if there is no row beside it."""
    for inner in _long_lists(view):
        for row in inner.rows:
            if row.key == event.row and any(one.id == event.block for one in shown.controls_in(inner)):
                return cell_texts(row)
    return None


def _long_lists(view: shown.View) -> Iterator[shown.ListView]:
    """Yield the lists on top of a page that have more than one row."""
    for part in view.top.parts:
        for inner in shown.walk(part):
            if isinstance(inner, shown.ListView) and len(inner.rows) > 1:
                yield inner


def _is_known_row(texts: Sequence[str] | None, told: frozenset[str]) -> bool:
    """Say whether what a row says names it; without other rows beside it nothing has to."""
    if texts is None:
        return True
    low = [text.casefold() for text in texts]
    return any(text in told or any(len(one) >= LEAST and one in text for one in told) for text in low)
