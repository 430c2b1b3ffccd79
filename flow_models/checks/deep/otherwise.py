"""A solution done otherwise that still counts: with another option, recipient or amount, or with something else before.

What the goal tells must matter. Where something else counts although the rule looks at it, the rule may mean it ("at
least three"), so that is only doubted; what the goal does not tell may be anything, and is only remarked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import resources
from flow_models.checks.problem import Fix, Problem, SetValue, Severity, fix
from flow_models.checks.told import Goal, Told, mentions, reads
from flow_models.checks.trial import Trial
from flow_models.document.data import Column, Table
from flow_models.document.elements import Element
from flow_models.runtime.machine import Event, Start, State
from flow_models.runtime.machine.base.formats import formatter
from flow_models.runtime.machine.base.nodes import table_of
from flow_models.runtime.machine.base.tables import Row
from flow_models.runtime.machine.base.values import Value
from flow_models.solver.mutations import Known, Mutant, mutants
from flow_models.solver.outcomes import Difference, outcome_differences
from flow_models.solver.walk import states_of, walk_in

SOLUTIONS: Final = 4
"""Solutions of a task that are done otherwise."""

TRIED: Final = 100
"""Ways in which one solution is done otherwise."""

BEFORE: Final = 3
"""Wrong changes after which a solution is done all the same."""


class Survivor(NamedTuple):
    """A solution done otherwise that succeeds.

    Attributes:
        start: The instance.
        events: All that was done.
        block: What was used otherwise.
        found: In what the data differs from that of the solution.
        told: What of the goal that was, if anything.
    """

    start: Start
    events: tuple[Event, ...]
    block: str
    found: Difference
    told: Told | None


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield what counts as success and should not, once for each column, with a walk that shows it."""
    if trial.task.answer.strip():
        return
    donors = _donors(trial)
    found: list[Survivor] = []
    for start, solution in trial.solutions[:SOLUTIONS]:
        trying = _Trying(trial, start, solution.events, donors)
        found += trying.survivors()
        if trying.after is not None:
            yield _second(trial, trying.after)
            return
    yield from _told(trial, found)


def _told(trial: Trial, found: Sequence[Survivor]) -> Iterator[Problem]:
    """Yield what is to be said of all that counts otherwise, by column."""
    by_place: dict[tuple[str, str], list[Survivor]] = {}
    for survivor in found:
        by_place.setdefault(survivor.found[:2], []).append(survivor)
    free: list[Survivor] = []
    for place, those in by_place.items():
        if _is_told(those):
            yield _counts(trial, next(one for one in those if one.told is not None))
        elif place[1] and _is_alone(those, found):
            free.append(those[0])
    if free:
        yield _free(trial, free)


class _Trying:
    """One solution that is done otherwise.

    Attributes:
        after: A success that came after something else had been changed; None if there was none.
    """

    def __init__(self, trial: Trial, start: Start, events: tuple[Event, ...], donors: dict[str, list[str]]) -> None:
        self._trial = trial
        self._machine = trial.machine
        self._start = start
        self._events = events
        self._states = states_of(trial.machine, start, events)
        self._goal = Goal(trial.machine, trial.task.name)
        self._known = Known(donors, self._goal.meant(start))
        self.after: Survivor | None = None

    def survivors(self) -> Iterator[Survivor]:
        """Yield what succeeds with other data than the solution."""
        wrong = 0
        for number, mutant in enumerate(mutants(self._machine, self._start, self._events, self._known)):
            if number >= TRIED:
                return
            states = self._played(self._states[mutant.place], mutant.events[mutant.place :])
            events = mutant.events[: mutant.place + len(states)]
            if states and self._succeeds(states[-1]):
                yield from self._differing(mutant, events, states[-1])
            elif wrong < BEFORE and states and self._has_changed(states[-1]):
                wrong += 1
                self.after = self.after or self._after(mutant, events, states[-1])

    def _differing(self, mutant: Mutant, events: tuple[Event, ...], state: State) -> Iterator[Survivor]:
        """Yield in what a success differs from that of the solution; either may be what was asked for."""
        ends = self._states[-1], state
        for found in outcome_differences(self._machine, self._start, *ends):
            yield self._told(found, ends, events, mutant.block)

    def _told(self, found: Difference, ends: tuple[State, State], events: tuple[Event, ...], block: str) -> Survivor:
        """Return a difference with what the goal tells of it: the solution's value, the other one, or neither."""
        turned = found._replace(value=found.other, other=found.value)
        for one, own, done in ((found, ends, events), (turned, ends[::-1], self._events)):
            told = self._goal.says(self._start, one, own)
            if told is not None and _is_meant(self._trial, told, one):
                return Survivor(self._start, done, block, one, told)
        instead = self._goal.instead(self._start, found)
        if instead is not None and _is_meant(self._trial, *instead) and not _is_looked_at(self._trial, *instead):
            return Survivor(self._start, self._events, block, instead[1], instead[0])
        return Survivor(self._start, events, block, found, None)

    def _after(self, mutant: Mutant, events: tuple[Event, ...], state: State) -> Survivor | None:
        """Return the success that comes of doing the solution from its beginning once something else was changed."""
        machine, first = self._machine, self._start.state.top
        again = (Event("goto", value=first.path), *self._events)
        states = self._played(state, again)
        if not states or not self._succeeds(states[-1]):
            return None
        differences = outcome_differences(machine, self._start, self._states[-1], states[-1])
        if not differences:
            return None
        return Survivor(self._start, (*events, *again[: len(states)]), mutant.block, differences[0], None)

    def _played(self, state: State, events: Sequence[Event]) -> list[State]:
        """Return the states through some events, up to success; none if one of them cannot be done, or fails."""
        found: list[State] = []
        for event in events:
            step = self._machine.step(self._start, found[-1] if found else state, event)
            if step.error or step.fault or self._machine.verdict(self._start, step.state).failure >= 0:
                break
            found.append(step.state)
            if self._succeeds(step.state):
                break
        return found

    def _succeeds(self, state: State) -> bool:
        return self._machine.verdict(self._start, state).success

    def _has_changed(self, state: State) -> bool:
        return bool(outcome_differences(self._machine, self._start, self._start.state, state))


def _donors(trial: Trial) -> dict[str, list[str]]:
    """Return what solutions put into each field."""
    found: dict[str, list[str]] = {}
    for _, solution in trial.solutions:
        for event in solution.events:
            if event.kind == "fill":
                found.setdefault(event.block, []).append(event.value)
    return found


def _is_meant(trial: Trial, told: Told, found: Difference) -> bool:
    """Say whether what the goal tells is to stand where something differs, and does not just happen to.

    It is if the rule compares the two. It is not if the rule looks for it in another place of the same kind. Else a row
    is meant where such a row stands, and a value where a column is called like it, or where nothing else looks at it.
    """
    if _is_looked_at(trial, told, found):
        return True
    success = trial.machine.program.tasks[trial.task.name].success
    kind, kinds = _kind_of(trial, found), _kinds_judged(trial, told)
    if kind in kinds:
        return False
    if kind.startswith("row:"):
        return _is_its_row(trial, told, found, kind)
    is_free = not kinds and not reads((success.also, [change.where for change in success.changes]), told.parameter)
    is_whole = told.source.count(".") == 1
    return (_is_called(told, found) and (is_whole or is_free)) or (is_free and kind != "text")


def _kind_of(trial: Trial, found: Difference) -> str:
    """Return the type of what differs; of a row as a whole that of its rows."""
    table = trial.machine.schema.table(found.table)
    return str(table.type_of(found.column).kind) if found.column else f"row:{found.table}"


def _kinds_judged(trial: Trial, told: Told) -> set[str]:
    """Return the types of the columns in which a rule expects what the goal tells."""
    changes = trial.machine.program.tasks[trial.task.name].success.changes
    given = (
        (change.table, name)
        for change in changes
        for name, tree in change.values.items()
        if reads(tree, told.parameter)
    )
    return {trial.machine.schema.table(table).type_of(name).kind for table, name in given}


def _is_its_row(trial: Trial, told: Told, found: Difference, kind: str) -> bool:
    """Say whether a row is meant by what differs: of several columns that could hold it the one called like it."""
    table = trial.machine.schema.table(found.table)
    alike = (name for name in table.columns if table.type_of(name).kind == kind)
    called = [name for name in alike if _is_called(told, found._replace(column=name))]
    return not found.column or found.column in called or not called


def _is_called(told: Told, found: Difference) -> bool:
    """Say whether a column is called like what the goal tells."""
    return bool(found.column) and found.column in (told.parameter, told.source.rpartition(".")[2])


def _is_told(survivors: Sequence[Survivor]) -> bool:
    """Say whether the goal tells in every instance what counted otherwise, which chance does not bring about."""
    told = {one.start.seed for one in survivors if one.told is not None}
    return bool(told) and told >= {one.start.seed for one in survivors}


def _is_alone(survivors: Sequence[Survivor], found: Sequence[Survivor]) -> bool:
    """Say whether something differed alone once, so that it is no consequence of another thing."""
    return any(sum(one.events == other.events for other in found) == 1 for one in survivors)


def _counts(trial: Trial, one: Survivor) -> Problem:
    """Return that something else counts than what the goal says."""
    table = next(known for known in trial.flow.tables if known.name == one.found.table)
    column = next((known for known in table.columns if known.name == one.found.column), None)
    expecting = None if column is None else _expecting(trial, one, table, column)
    value, other = _shown_both(trial, one)
    found = trial.problem(
        "other_row_counts" if column is None else "other_counts",
        _severity(trial, one, column),
        "success",
        fix=expecting,
        walk=walk_in(one.start, one.events, one.block),
        goal=one.start.goal,
        table=table.title or table.name,
        column=_title(column),
        value=value,
        other=other,
    )
    return replace(found, elements=(*found.elements, *_parameters(trial, one)))


def _parameters(trial: Trial, one: Survivor) -> Iterator[Element]:
    """Yield the parameter by which the goal tells what counted otherwise."""
    name = "" if one.told is None else one.told.parameter
    return (Element("parameter", known.id) for known in trial.task.parameters if known.name == name)


def _title(column: Column | None) -> str:
    return "" if column is None else column.title or column.name


def _severity(trial: Trial, one: Survivor, column: Column | None) -> Severity:
    """Return how sure it is that what counts otherwise is not meant."""
    told = Told("", "") if one.told is None else one.told
    is_named = column is None or column.type.kind == "row" or _is_called(told, one.found)
    return "error" if is_named and not _is_looked_at(trial, told, one.found) else "warning"


def _is_looked_at(trial: Trial, told: Told, found: Difference) -> bool:
    """Say whether the rule compares what the goal tells with what differs, so that it may mean other values too."""
    success = trial.machine.program.tasks[trial.task.name].success
    own = [change for change in success.changes if change.table == found.table]
    trees = (success.also, *(change.where for change in own))
    if not found.column:
        return any(reads(tree, told.parameter) for tree in trees)
    if any(found.column in change.values for change in own):
        return True
    return any(mentions(tree, told.parameter, found.column) for tree in trees)


def _expecting(trial: Trial, one: Survivor, table: Table, column: Column) -> Fix | None:
    """Return the fix that expects what the goal tells; None where it is not the very value, or nothing expects rows."""
    told = one.told
    for index, change in enumerate(trial.task.success.changes):
        if told is not None and told.source and told.is_whole and change.table == table.id and change.kind != "removed":
            at = trial.element(f"success.changes.{index}.values.{column.id}")
            words = {"parameter": told.source.removeprefix("task."), "column": column.title or column.name}
            return fix("expect_parameter", SetValue(at, told.source), **words)
    return None


def _free(trial: Trial, free: Sequence[Survivor]) -> Problem:
    """Return the remark that some columns may hold anything."""
    titles = {
        (table.name, column.name): column.title or column.name
        for table in trial.flow.tables
        for column in table.columns
    }
    one = free[0]
    columns = ", ".join(titles[each.found.table, each.found.column] for each in free)
    walk = walk_in(one.start, one.events, one.block)
    return trial.problem("free", "note", "success", walk=walk, columns=columns)


def _second(trial: Trial, one: Survivor) -> Problem:
    """Return that success counts although something else was changed before."""
    table = next(known for known in trial.flow.tables if known.name == one.found.table)
    return trial.problem(
        "second_counts",
        "warning",
        "success.nothing_else",
        walk=walk_in(one.start, one.events, one.block),
        goal=one.start.goal,
        table=table.title or table.name,
    )


def _shown_both(trial: Trial, one: Survivor) -> tuple[str, str]:
    """Return what differs as the site writes it; of two rows the first text in which they differ."""
    schema, found, kind = trial.machine.schema, one.found, _kind_of(trial, one.found)
    own, other = (_row_of(trial, one, kind, value) for value in (found.value, found.other))
    if isinstance(own, tuple) and isinstance(other, tuple):
        types = schema.table(table_of(kind) or found.table).types
        cells = zip(types, own[1:], other[1:], strict=True)
        texts = ((mine, yours) for of, mine, yours in cells if of.kind in ("text", "choice"))
        own, other = next((pair for pair in texts if all(pair) and pair[0] != pair[1]), (own, other))
    return _shown(trial, kind, own), _shown(trial, kind, other)


def _row_of(trial: Trial, one: Survivor, kind: str, value: Value | Row) -> Value | Row:
    """Return the row that a value names, any other value as it is."""
    table = table_of(kind)
    if table is None or not isinstance(value, str):
        return value
    return one.start.before[trial.machine.schema.table(table).index].get(value)


def _shown(trial: Trial, kind: str, value: Value | Row) -> str:
    """Return a value, or a row, as the site writes it."""
    schema = trial.machine.schema
    if isinstance(value, tuple):
        return next((cell for cell in value[1:] if isinstance(cell, str) and cell), value[0])
    if table_of(kind) is not None and value is not None:
        return str(value)
    nothing = resources.text("checks.hindrance.nothing")
    return nothing if value is None else str(formatter(kind, schema.currency, schema.locale)(value)) or nothing
