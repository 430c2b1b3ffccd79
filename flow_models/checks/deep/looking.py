"""Does looking around on the way to a solution change nothing?

At each page of a solution every link there, and every button that says that it shows something, is used, and one goes
back. Whoever reads more than needed must not fail for it. So must whoever waits a step.
"""

import re
from collections.abc import Iterator
from typing import Final

from flow_models.checks.deep.replaying import ends_well, playable, solutions
from flow_models.checks.labels import page_label
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.document.elements import Element
from flow_models.runtime.machine import Event, Start, State
from flow_models.runtime.machine.pages.uses import is_enabled
from flow_models.runtime.machine.pages.view import Button, Field, Link
from flow_models.solver.solution import Solution
from flow_models.solver.telling import as_read
from flow_models.solver.walk import walk_in

_SHOWS: Final = re.compile(
    r"\b(?<!\bas )(view|show|details?|open|read|more|see|look|preview|info|about)\b", re.IGNORECASE
)
"""Words of a button that only shows something; one that marks *as read* does more."""


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield each control that only shows something and yet makes a solution fail, and a step too many that does."""
    found: dict[str, Problem] = {}
    for start, solution, states in solutions(trial):
        for place, state in enumerate(states[:-1]):
            if place == 0 or solution.events[place - 1].kind == "use":
                for problem in _around(trial, start, solution, place, state):
                    found.setdefault(problem.elements[0].id, problem)
        waiting = _waiting(trial, start, solution)
        if waiting is not None:
            found.setdefault("", waiting)
    yield from found.values()


def _around(trial: Trial, start: Start, solution: Solution, place: int, state: State) -> Iterator[Problem]:
    """Yield what makes a solution fail if it is looked at from a state on the way."""
    for control in _looked_at(trial, start, state):
        use, back = Event("use", control.id, control.row), Event("back")
        there = trial.machine.step(start, state, use)
        again = trial.machine.step(start, there.state, back)
        if there.error or again.error or not there.transition or not _only_data_changed(trial, state, again.state):
            continue
        events = (*solution.events[:place], use, back, *solution.events[place:])
        if not ends_well(trial, start, events):
            yield trial.problem(
                "reading_counts",
                "error",
                Element("transition", there.transition),
                walk=walk_in(start, playable(trial, start, events), control.id),
                control=as_read(control.text),
                page=page_label(trial.flow.pages_by_id.get(state.top.page)),
            )


def _looked_at(trial: Trial, start: Start, state: State) -> Iterator[Button | Link]:
    """Yield the controls of a page that say that they lead to something to read, of each list those of one row."""
    seen: set[str] = set()
    for control in trial.machine.view(start, state).controls():
        if isinstance(control, Field) or control.id in seen or not is_enabled(control):
            continue
        if isinstance(control, Link) or (not control.submit and _SHOWS.search(control.text)):
            seen.add(control.id)
            yield control


def _only_data_changed(trial: Trial, state: State, again: State) -> bool:
    """Say whether one is back on the page as it was, and data that count have changed, but nothing else."""
    is_there = again.dialog is None and state.dialog is None and again.base[:4] == state.base[:4]
    changed = [table for table in trial.machine.schema.table_list if _differs(state, again, table.index)]
    return is_there and again.variables == state.variables and bool(changed) and all(one.durable for one in changed)


def _differs(state: State, again: State, index: int) -> bool:
    """Say whether a table holds something else."""
    return state.tables[index] is not again.tables[index] and state.tables[index].rows != again.tables[index].rows


def _waiting(trial: Trial, start: Start, solution: Solution) -> Problem | None:
    """Return that a solution fails if a step more is taken somewhere, None if it never does."""
    for place in range(len(solution.events)):
        events = (*solution.events[:place], Event("noop"), *solution.events[place:])
        if not ends_well(trial, start, events):
            return trial.problem(
                "waiting_counts",
                "warning",
                "success",
                walk=walk_in(start, playable(trial, start, events)),
                goal=start.goal,
            )
    return None
