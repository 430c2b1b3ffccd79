"""Does the order of things that have nothing to do with each other not matter?

Two fields that are filled one after the other are filled the other way round. Of a solution that comes back to a page,
what was done before that and after it changes places, with the pages of its lists turned anew; where the data come out
the same, so must the verdict.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, combinations, pairwise

from flow_models.checks.deep.replaying import ends_well, solutions
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Event, Start, State
from flow_models.runtime.machine.pages.view import Pagination, walk
from flow_models.solver.policies import FILLING
from flow_models.solver.walk import walk_in


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield that a solution fails because its parts are done in another order."""
    if trial.task.answer.strip():
        return
    for start, solution, states in solutions(trial):
        parts = (_turned(trial, start, one) for one in _parts_swapped(states, solution.events))
        for events in chain(_fields_swapped(trial, start, states, solution.events), parts):
            if ends_well(trial, start, events) is False and _comes_to_the_same(trial, start, states[-1], events):
                walk = walk_in(start, events)
                yield trial.problem("order_counts", "error", "success", walk=walk, goal=start.goal)
                return


def _fields_swapped(
    trial: Trial, start: Start, states: tuple[State, ...], events: tuple[Event, ...]
) -> Iterator[tuple[Event, ...]]:
    """Yield the events with two fields filled the other way round, where the site does not answer to either."""
    for place, (one, other) in enumerate(pairwise(events)):
        if one.kind in FILLING and other.kind in FILLING and one.block != other.block:
            steps = [trial.machine.step(start, states[at], events[at]) for at in (place, place + 1)]
            if not any(step.transition for step in steps):
                yield (*events[:place], other, one, *events[place + 2 :])


def _parts_swapped(states: tuple[State, ...], events: tuple[Event, ...]) -> Iterator[tuple[Event, ...]]:
    """Yield the events with what is done before a page is come back to behind what is done after it."""
    home, end = states[0].base, states[-1].base
    for place in range(1, len(events)):
        if states[place].base[:2] != home[:2] or states[place].dialog is not None:
            continue
        for turn in range(1, place):
            if states[turn].base[0] == end[0]:
                yield (*events[place:], *events[turn:place], *events[:turn])
    visits = [place for place, state in enumerate(states[:-1]) if state.base[:2] == end[:2] and state.dialog is None]
    for first, second in combinations(visits, 2):
        yield (*events[:first], *events[second:], *events[first:second])


def _turned(trial: Trial, start: Start, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return events with the pages of lists turned as they want it, not as it was where they were found."""
    state, done = start.state, list[Event]()
    for event in events:
        turned = _paginations(trial, start, state)
        if any(one.id == event.block for one in turned):
            continue
        for turn in (*_turns(trial, start, state, event, turned), event):
            state = trial.machine.step(start, state, turn).state
            done.append(turn)
    return tuple(done)


def _turns(trial: Trial, start: Start, state: State, event: Event, turned: list[Pagination]) -> tuple[Event, ...]:
    """Return how the pages of lists are turned until the row of an event is there; nothing if it is, or never comes."""
    if not event.row or trial.machine.view(start, state).control(event.block, event.row) is not None:
        return ()
    for one in turned:
        turns = [Event("use", one.id, "1")] if one.page > 1 else []
        for _ in range(one.pages):
            there = state
            for turn in turns:
                there = trial.machine.step(start, there, turn).state
            if trial.machine.view(start, there).control(event.block, event.row) is not None:
                return tuple(turns)
            turns.append(Event("use", one.id, "next"))
    return ()


def _paginations(trial: Trial, start: Start, state: State) -> list[Pagination]:
    """Return where the pages of lists can be turned."""
    parts = trial.machine.view(start, state).top.parts
    return [inner for part in parts for inner in walk(part) if isinstance(inner, Pagination)]


def _comes_to_the_same(trial: Trial, start: Start, wanted: State, events: tuple[Event, ...]) -> bool:
    """Say whether events leave the same durable data as a solution, whatever the order of the rows."""
    state = start.state
    for event in events:
        state = trial.machine.step(start, state, event).state
    return _content(trial, state) == _content(trial, wanted)


def _content(trial: Trial, state: State) -> list[Counter[object]]:
    """Return what the rows of durable tables hold, without their keys."""
    durable = (table.index for table in trial.machine.schema.table_list if table.durable)
    return [Counter(row[1:] for row in state.tables[index].rows) for index in durable]
