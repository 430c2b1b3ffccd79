"""Success too soon: with a part undone again, or one step before the site is through with it.

A change that was needed and is undone must be missed in the end. Where one use more still changes what the solution has
made, the rule may have meant that last step; what only takes back or calls off is no step of the task.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from flow_models.checks.problem import Problem
from flow_models.checks.senses import has_sense
from flow_models.checks.told import Goal
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Event, Start, State
from flow_models.runtime.machine.pages.fields import raw_text
from flow_models.solver.outcomes import Difference, outcome_differences
from flow_models.solver.reversals import Undone, further, undone
from flow_models.solver.telling import name_of
from flow_models.solver.walk import states_of, walk_in

SOLUTIONS: Final = 2
"""Solutions of a task in which changes are undone or that are followed by one more step."""


class _Done(NamedTuple):
    """A solution with the states on its way."""

    trial: Trial
    start: Start
    events: tuple[Event, ...]
    states: tuple[State, ...]


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield that a task counts as done although a part of it is undone, or before the site's last step; each once."""
    if trial.task.answer.strip():
        return
    found: dict[str, Problem] = {}
    for start, solution in trial.solutions[:SOLUTIONS]:
        events = solution.events
        done = _Done(trial, start, events, states_of(trial.machine, start, events))
        for one in (*_undone(done), *_early(done)):
            found.setdefault(one.code, one)
    yield from found.values()


def _undone(done: _Done) -> Iterator[Problem]:
    """Yield that a solution counts although a change that it needs and the goal tells is undone on the way."""
    trial, start, states = done.trial, done.start, done.states
    told = Goal(trial.machine, trial.task.name).meant(start)
    for one in undone(trial.machine, start, done.events):
        change = outcome_differences(trial.machine, start, states[one.place + 1], states[one.place])[0]
        events = _succeeding(done, one, one.undoing)
        if events and _is_told(change, told) and not _succeeding(done, one, ()):
            yield trial.problem(
                "undone_counts",
                "warning",
                "success",
                walk=walk_in(start, events, one.undoing[-1].block),
                goal=start.goal,
                table=_title(trial, change.table),
                control=name_of(trial.machine.program, one.undoing[-1].block),
            )


def _succeeding(done: _Done, one: Undone, undoing: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return all that is done up to a success with other data than the solution's; none if there is no such success.

    Without the undoing the change is left out, so that one sees whether it is needed.
    """
    trial, start = done.trial, done.start
    events = (*done.events[: one.place + bool(undoing)], *undoing, *one.rest)
    states = states_of(trial.machine, start, events)
    ends = (number for number, state in enumerate(states) if trial.machine.verdict(start, state).success)
    end = next(ends, None)
    if end is None or not outcome_differences(trial.machine, start, done.states[-1], states[end]):
        return ()
    return events[:end]


def _is_told(change: Difference, told: frozenset[str]) -> bool:
    """Say whether a goal tells something of what was changed."""
    values = (value for side in (change.value, change.other) for value in (side if isinstance(side, tuple) else [side]))
    return any(raw_text(value) in told for value in values)


def _early(done: _Done) -> Iterator[Problem]:
    """Yield that a step which goes on with what a solution has made is no part of it."""
    trial, start, end = done.trial, done.start, done.states[-1]
    for event, state in further(trial.machine, start, end):
        change = next(_continued(trial, start, end, state), None)
        if change is not None and trial.machine.verdict(start, state).success and _is_going_on(trial, event.block):
            yield trial.problem(
                "early_counts",
                "warning",
                "success",
                walk=walk_in(start, (*done.events, event), event.block),
                goal=start.goal,
                control=name_of(trial.machine.program, event.block),
                column=_column(trial, change),
                table=_title(trial, change.table),
            )


def _continued(trial: Trial, start: Start, end: State, state: State) -> Iterator[Difference]:
    """Yield what a further step changes of the rows that a solution has made or changed, to something new."""
    for change in outcome_differences(trial.machine, start, end, state):
        index = trial.machine.schema.table(change.table).index
        olds = {value for row in start.before[index].rows for value in row}
        if change.column and change.other not in olds:
            yield change


def _is_going_on(trial: Trial, name: str) -> bool:
    """Say whether a button does not say that it leaves something as it is, or calls it off."""
    owner = trial.flow.owners_by_block.get(name)
    block = None if owner is None else owner.blocks_by_id[name]
    return block is not None and not (has_sense(block, "leaving") or has_sense(block, "calling_off"))


def _title(trial: Trial, table: str) -> str:
    return next((one.title or one.name for one in trial.flow.tables if one.name == table), table)


def _column(trial: Trial, change: Difference) -> str:
    """Return how people call the column in which something differs."""
    table = next(one for one in trial.flow.tables if one.name == change.table)
    return next(one.title or one.name for one in table.columns if one.name == change.column)
