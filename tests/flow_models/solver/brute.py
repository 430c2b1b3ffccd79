"""The slow way to the same answers: every way, the shortest first, with a given set of texts to type.

It knows nothing of the program: no slices, no bounds, no evidence. Whatever stands on a page is used, chosen, ticked
and filled with every text that a test names for it.
"""

import heapq
import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.pages.uses import events_of, is_enabled, texts_of
from flow_models.runtime.machine.pages.view import Field, walk

Texts = Callable[[Field], Sequence[str]]
"""Returns the texts to type into a field."""

Keys = Callable[[Start, State], Hashable]
"""Returns what tells states apart."""


class Tried(NamedTuple):
    """What came of trying everything.

    Attributes:
        length: The length of a shortest way to success, None if there is none among what was visited.
        depth: All ways of so many steps were tried.
        is_all: Whether every state that can be reached was visited.
    """

    length: int | None
    depth: int
    is_all: bool


def shortest(
    machine: Machine, start: Start, texts: Sequence[str], most: int = 1_000_000, *, with_addresses: bool = False
) -> int | None:
    """Return the length of a shortest way to success, or None if every state was visited without it.

    Raises:
        AssertionError: There are more ways than a test should try.
    """
    found = tried(machine, start, lambda _field: texts, most, with_addresses=with_addresses)
    assert found.length is not None or found.is_all, "too many ways for a test"
    return found.length


def tried(
    machine: Machine,
    start: Start,
    texts: Texts,
    most: int,
    *,
    limit: int = 1_000,
    with_addresses: bool = False,
    by_forms: bool = False,
    keys: Keys | None = None,
) -> Tried:
    """Try everything, the shortest ways first, with so many moves at most and for so many steps.

    With `by_forms` the fields of a form are filled right before its button is used, in every combination: that is as
    short as any other order, and no state is visited for each half-filled form. With `keys` that merge states
    from which the same can be reached, all of it is found with fewer moves, though not by a shortest way.
    """
    key_of = keys or (lambda start, state: machine.key(start, state, focus=False))
    if machine.verdict(start, start.state).success:
        return Tried(1, 0, is_all=False)
    best = {key_of(start, start.state): 0}
    count, moves = itertools.count(), 0
    heap = [(0, next(count), start.state)]
    while heap:
        steps, _, state = heapq.heappop(heap)
        if steps >= limit or moves >= most:
            return Tried(None, steps - 1, is_all=False)
        if steps and machine.verdict(start, state).success:
            return Tried(steps, steps - 1, is_all=False)
        if best[key_of(start, state)] < steps:
            continue
        for events in moves_in(machine, start, state, texts, with_addresses=with_addresses, by_forms=by_forms):
            moves += 1
            after = played(machine, start, state, events)
            if after is None:
                continue
            key = key_of(start, after)
            if best.get(key, limit + 1) > steps + len(events):
                best[key] = steps + len(events)
                heapq.heappush(heap, (steps + len(events), next(count), after))
    return Tried(None, limit, is_all=True)


def played(machine: Machine, start: Start, state: State, events: Sequence[Event]) -> State | None:
    """Return where some steps lead, None if they cannot be made or the episode ends in failure, or too early."""
    for number, event in enumerate(events, 1):
        step = machine.step(start, state, event)
        verdict = machine.verdict(start, step.state)
        if step.error or step.fault or verdict.failure >= 0 or (verdict.success and number < len(events)):
            return None
        state = step.state
    return state


def moves_in(
    machine: Machine, start: Start, state: State, texts: Texts, *, with_addresses: bool, by_forms: bool
) -> Iterator[tuple[Event, ...]]:
    """Yield everything that could matter."""
    yield (Event("noop"),)
    if with_addresses:
        yield from ((event,) for event in _addresses(machine, start, state))
    view = machine.view(start, state)
    for control in view.controls():
        if isinstance(control, Field):
            if not by_forms or view.form_of(control.id) is None:
                yield from ((event,) for event in _fillings(control, texts))
        elif is_enabled(control):
            form = view.form_of(control.id) if by_forms else None
            fields = [part for part in walk(form) if isinstance(part, Field)] if form is not None else []
            for filled in itertools.product(*[(None, *_fillings(field, texts)) for field in fields]):
                yield (*filter(None, filled), Event("use", control.id, control.row))


def _fillings(field: Field, texts: Texts) -> Iterator[Event]:
    """Yield the ways to fill a field in one step."""
    given = texts_of(field)
    for kind in events_of(field):
        if kind in ("check", "uncheck"):
            yield Event(kind, field.id)
        elif kind != "focus":
            offered = texts(field) if given is None else given
            yield from (Event(kind, field.id, "", text) for text in offered if text != field.text)


def _addresses(machine: Machine, start: Start, state: State) -> Iterator[Event]:
    """Yield the opening of every address."""
    for page, one in machine.program.pages.items():
        keys: list[str | None] = [None]
        if one.record is not None:
            keys = [row[0] for row in state.tables[machine.schema.table(one.record).index].rows]
        for key in keys:
            path = machine.address(start, state, page, key)
            if path:
                yield Event("goto", value=path)
