"""Why an instance cannot be done: where the way of another instance of the same task ends in this one.

Somebody who draws asks "why not this one?" of an instance beside others that can be done. So the solution of such a
one is walked here with this instance's own values, and where it stops what the site says, or no longer offers, is the
reason. This finds words for a person; that there is no solution is proven elsewhere. The option not taken, telling the
proof itself, names data that no page shows.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State, Step
from flow_models.runtime.machine.base.nodes import Node
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.fields import raw_text
from flow_models.runtime.machine.pages.uses import is_enabled

from .solution import Solution
from .telling import as_read

_PAGES: Final = 50
"""Pages of a list that are turned to find a row."""


class Hurdle(NamedTuple):
    """Where a way ends.

    Attributes:
        kind: `said`: the site says `words`; `absent`: `words` is not offered in the block; `closed`: the block is not
            there, or cannot be used; `guard`: the part `failing` of the condition of `transition` does not hold.
        words: What the site says, or the value or the row's key that is not offered.
        block: The block that was to be used.
        transition: What it sets off in the other instance.
        failing: The part of a condition.
        events: What was done in this instance until then.
    """

    kind: Literal["said", "absent", "closed", "guard"]
    words: str = ""
    block: str = ""
    transition: str = ""
    failing: Node | None = None
    events: tuple[Event, ...] = ()


def hurdle(machine: Machine, start: Start, other: Start, solution: Solution) -> Hurdle | None:
    """Return where the solution of another instance ends in this one; None if it can be walked to its last step."""
    walk = _Walk(machine, start, other)
    found = walk.run(solution.events)
    return None if found is None else found._replace(events=tuple(walk.events))


class _Walk:
    """Two instances, taken the same way step by step.

    Attributes:
        events: What was done in the instance that may not be done.
    """

    def __init__(self, machine: Machine, start: Start, other: Start) -> None:
        self.events: list[Event] = []
        self._machine = machine
        self._start, self._other = start, other
        self._own_state, self._other_state = start.state, other.state
        self._values = {
            raw_text(value): raw_text(start.parameters[name])
            for name, value in other.parameters.items()
            if name in start.parameters
        }

    def run(self, events: Sequence[Event]) -> Hurdle | None:
        """Return where the way ends."""
        for event in events:
            beside = self._machine.view(self._other, self._other_state)
            if isinstance(_part(beside, event.block), shown.Pagination):
                self._other_state = self._machine.step(self._other, self._other_state, event).state
                continue
            own = self._translated(event, beside)
            self._turn_to(own)
            before = self._machine.view(self._start, self._own_state)
            found = self._missing(own, before, beside)
            if found is not None:
                return found
            found = self._step(own, event, before)
            if found is not None:
                return found
        return None

    def _translated(self, event: Event, beside: shown.View) -> Event:
        """Return what the event is in this instance: with its own rows and values."""
        keys = {key: self._values.get(key, key) for key in (event.row, event.value)}
        value = keys[event.value]
        control = beside.control(event.block)
        if isinstance(control, shown.Field) and value == event.value:
            theirs = next((key for key, label in control.offered if label == value), "")
            ours = self._machine.view(self._start, self._own_state).control(event.block)
            if theirs in self._values and isinstance(ours, shown.Field):
                value = dict(ours.offered).get(self._values[theirs], value)
        return event._replace(row=keys[event.row], value=value)

    def _turn_to(self, event: Event) -> None:
        """Turn the pages of lists until a row's control is there, if it ever is."""
        for _ in range(_PAGES if event.row else 0):
            view = self._machine.view(self._start, self._own_state)
            onward = [one for one in view.controls() if one.row == "next" and isinstance(one, shown.Button)]
            usable = next((one for one in onward if is_enabled(one)), None)
            if view.control(event.block, event.row) is not None or usable is None:
                return
            self._own_state = self._own(Event("use", usable.id, "next")).state

    def _missing(self, event: Event, view: shown.View, beside: shown.View) -> Hurdle | None:
        """Return that the page has nothing with which the event could be done, with what it says instead."""
        control = view.control(event.block, event.row)
        if isinstance(control, shown.Field):
            if event.kind == "select" and not self._offers(control, event.value):
                return self._said(view, beside) or Hurdle("absent", event.value, event.block)
            return None
        if event.block and (control is None or not is_enabled(control)):
            kind: Literal["absent", "closed"] = "absent" if event.row in self._values.values() else "closed"
            return self._said(view, beside) or Hurdle(kind, event.row, event.block)
        return None

    def _step(self, own: Event, theirs: Event, before: shown.View) -> Hurdle | None:
        """Do the event in both; return what the site says if it does something else in this instance."""
        explained = {one.transition: one for one in self._machine.explain(self._start, self._own_state)}
        done = self._own(own)
        step = self._machine.step(self._other, self._other_state, theirs)
        self._own_state, self._other_state = done.state, step.state
        if done.transition == step.transition:
            return None
        after, beside = self._view(done.state), self._machine.view(self._other, step.state)
        said = self._said(after, beside) or self._said(after, before)
        if said is not None or step.transition is None:
            return said
        one = explained.get(step.transition)
        if one is not None and one.failing is not None:
            return Hurdle("guard", "", own.block, step.transition, one.failing)
        return Hurdle("closed", "", own.block, step.transition)

    def _own(self, event: Event) -> Step:
        """Do an event in the instance that may not be done."""
        self.events.append(event)
        return self._machine.step(self._start, self._own_state, event)

    def _view(self, state: State) -> shown.View:
        return self._machine.view(self._start, state)

    def _said(self, view: shown.View, beside: shown.View) -> Hurdle | None:
        """Return what a page says that another does not."""
        known = set(_remarks(beside))
        new = next((text for text in _remarks(view) if text not in known), "")
        return Hurdle("said", new) if new else None

    def _offers(self, field: shown.Field, key: str) -> bool:
        places = [place for _, line in field.grid for place in line]
        if places:
            return any(place.key == key and place.is_free for place in places)
        return any(key == own for own, _ in field.options)


def _part(view: shown.View, block: str) -> shown.Shown | None:
    """Return the part of a page that a block shows."""
    return next((one for part in view.top.parts for one in shown.walk(part) if one.id == block), None)


def _remarks(view: shown.View) -> list[str]:
    """Return what a page says to the visitor: what is wrong with fields, messages, boxed remarks."""
    boxes = [one.text for part in view.top.parts for one in shown.walk(part) if isinstance(one, shown.NoticeBox)]
    notices = [text for _, text in (*view.top.notices, *view.notices)]
    return [as_read(text) for text in (*view.top.errors.values(), *notices, *boxes) if text]
