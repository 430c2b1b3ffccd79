"""Solutions done otherwise: another option, row or text, one step left out. Whoever judges them is not here.

A rule of success that lets one of them pass does not look at what was done otherwise. Each differs from the solution in
one step; the others are played as they are, so one that does not fit any more simply comes to nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.base.field_blocks import TextField
from flow_models.runtime.machine.pages.fields import AnyField
from flow_models.runtime.machine.pages.uses import events_of, is_enabled, is_optioned, is_tickable
from flow_models.runtime.machine.pages.view import Field, walk

from .field_texts import fitting, neighbours, samples
from .walk import states_of

OTHERS: Final = 2
"""Other options, rows and texts that are tried in one step."""

_GIVING: Final = frozenset({"fill", "select", "check", "uncheck"})
"""Events that put something into a field."""


class Known(NamedTuple):
    """What is worth trying besides what a page offers first and last.

    Attributes:
        donors: Texts that solutions of other instances put into each field, by its block.
        told: What the instance's goal may mean: keys of rows, options, texts.
    """

    donors: Mapping[str, Sequence[str]]
    told: frozenset[str]


class Mutant(NamedTuple):
    """A solution done otherwise.

    Attributes:
        events: All steps.
        place: Which one is another, new or left out.
        block: What is used otherwise.
    """

    events: tuple[Event, ...]
    place: int
    block: str


def shortened(
    machine: Machine, start: Start, events: tuple[Event, ...], holds: Callable[[State], bool]
) -> tuple[Event, ...]:
    """Return events without those that are not needed for something to hold in the end."""
    for place in reversed(range(len(events))):
        fewer = events[:place] + events[place + 1 :]
        states = states_of(machine, start, fewer)
        if len(states) == len(fewer) + 1 and holds(states[-1]):
            events = fewer
    return events


def mutants(machine: Machine, start: Start, events: tuple[Event, ...], known: Known) -> Iterator[Mutant]:
    """Yield a solution done otherwise in every way that is tried, in the order of its steps."""
    touched = {event.block for event in events}
    for place, (state, event) in enumerate(zip(states_of(machine, start, events), events, strict=False)):
        before, after = events[:place], events[place + 1 :]
        page = _Page(machine, start, state, known)
        for other in page.instead_of(event):
            yield Mutant((*before, other, *after), place, event.block)
        if event.kind in _GIVING:
            yield Mutant((*before, *after), place, event.block)
        for field in page.sent_by(event):
            for more in page.given(field, field.text) if field.id not in touched else ():
                yield Mutant((*before, more, event, *after), place, field.id)


class _Page:
    """A page on which something is to be done otherwise."""

    def __init__(self, machine: Machine, start: Start, state: State, known: Known) -> None:
        self._view = machine.view(start, state)
        self._context = machine.plan.context(start, state)
        plan = machine.plan.page(state.top.page)
        self._fields = {} if plan is None else {field.id: field for field in plan.fields}
        self._known = known

    def instead_of(self, event: Event) -> Iterator[Event]:
        """Yield what might be done in place of an event, with the same control."""
        if event.kind == "use":
            yield from self._in_other_rows(event)
            return
        control = self._view.control(event.block)
        if isinstance(control, Field) and event.kind in _GIVING:
            yield from (other for other in self.given(control, event.value) if other != event)

    def sent_by(self, event: Event) -> Iterator[Field]:
        """Yield the fields of the form that an event sends."""
        form = self._view.form_of(event.block) if event.kind == "use" else None
        yield from (part for part in walk(form) if isinstance(part, Field)) if form is not None else ()

    def _in_other_rows(self, event: Event) -> Iterator[Event]:
        """Yield the use of the same control in other rows of its list."""
        beside = [one for one in self._view.controls() if one.id == event.block and is_enabled(one)]
        for row in self._some(one.row for one in beside if one.row != event.row):
            yield event._replace(row=row)

    def given(self, field: Field, text: str) -> Iterator[Event]:
        """Yield events that put something else into a field than a text."""
        if is_tickable(field):
            yield Event("uncheck" if field.text else "check", field.id)
        elif is_optioned(field):
            yield from self._selections(field)
        elif "fill" in events_of(field):
            others = (other for other in self._texts(field, text) if other != text)
            yield from (Event("fill", field.id, "", other) for other in dict.fromkeys(others))

    def _selections(self, field: Field) -> Iterator[Event]:
        """Yield the choices of some of a field's options."""
        for key in self._some(key for key, _ in field.options if key):
            yield Event("select", field.id, "", key)

    def _texts(self, field: Field, text: str) -> Iterator[str]:
        """Yield texts that a field takes: of other instances, beside the one that it has, and some that do as well."""
        plan = self._fields.get(field.id)
        if plan is None:
            return
        near = (fitting(plan, value) for value in neighbours(plan, plan.value(text, self._context)))
        labels = self._some((label for _, label in field.offered if label != text), field.offered)
        given = self._some(other for other in self._known.donors.get(field.id, ()) if other != text)
        told = () if field.offered else sorted(self._known.told)
        for other in (*labels, *given, *told, *near, *_parts(plan, text), *samples(plan, self._context)[:1]):
            if self._is_taken(plan, other):
                yield other

    def _is_taken(self, field: AnyField, text: str) -> bool:
        """Say whether there is a text that a field takes."""
        return bool(text) and not field.complaint(text, self._context)

    def _some(self, others: Iterable[str], offered: Iterable[tuple[str, str]] = ()) -> list[str]:
        """Return a few of several texts: what the goal may mean (by its key, where it is offered), first and last."""
        keys = {label: key for key, label in offered}
        known = list(dict.fromkeys(others))
        meant = [one for one in known if keys.get(one, one) in self._known.told]
        return list(dict.fromkeys((*meant, *known[: OTHERS // 2], *known[-(OTHERS // 2) :])))


def _parts(field: AnyField, text: str) -> tuple[str, ...]:
    """Return a field's text without its last letter, and one as long with another letter in the middle.

    Whoever is content with a part of what was asked for, or with its length, is content with too little.
    """
    if not text or not isinstance(field.block, TextField) or field.block.pattern:
        return ()
    middle = len(text) // 2
    changed = "x" if text[middle].casefold() != "x" else "y"
    return (text[:-1], f"{text[:middle]}{changed}{text[middle + 1 :]}")
