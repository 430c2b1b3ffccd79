"""What a task's rule asks for, done to the data by hand: does the rule then hold, and no failure beside it?

It takes no search, so it can be asked of hundreds of instances. Where a formula reads something that the expected
changes leave open, nothing is said of it.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from flow_models.runtime.machine import Machine, Start, State
from flow_models.runtime.machine.base.behaviour import Success
from flow_models.runtime.machine.base.tables import Row, Table
from flow_models.runtime.machine.formulas.reads import reads_of

from .items import Item, items_of
from .outline import Outline
from .wishes import Wish, wish_of

_OPEN: Final = frozenset({"date", "time", "step", "answer", "fields", "record", "chance"})
"""What decides besides data, and differs from step to step."""


class Flaw(NamedTuple):
    """Why no state of an instance can be a success.

    Attributes:
        kind: `no_row`: an expected change is about no row; `contradiction`: once all that is expected is done, the rule
            does not hold; `failure`: a failure rule holds there too.
        place: The number of the expected change, or of the failure rule.
    """

    kind: str
    place: int = 0


class Wished:
    """Asks the rule of one task about the data that it wishes for, in any of its instances."""

    def __init__(self, machine: Machine, outline: Outline, task: str) -> None:
        self._machine = machine
        self._outline = outline
        self._rules = machine.program.tasks[task]
        self._left_open = self._undecided()

    def flaw(self, start: Start) -> Flaw | None:
        """Return why an instance cannot succeed by its rule alone, None if nothing is known against it."""
        changes = self._rules.success.changes
        if not changes:
            return None
        wishes = [wish_of(self._machine, start, self._outline, change) for change in changes]
        for place, (wish, change) in enumerate(zip(wishes, changes, strict=True)):
            if wish.kind != "added" and not wish.rows and _is_steady(change.where):
                return Flaw("no_row", place)
        if any(len(wish.values) < len(change.values) for wish, change in zip(wishes, changes, strict=True)):
            return None
        return self._standing(start, _done(start, wishes, self._machine))

    def _standing(self, start: Start, state: State) -> Flaw | None:
        """Return what is against the state in which all is done that is expected."""
        success = self._rules.success
        verdict = self._machine.verdict(start, state)
        if verdict.fault:
            return None
        failures = self._rules.failures
        if success.nothing_else and verdict.failure >= 0 and self._is_decided(failures[verdict.failure].when):
            return Flaw("failure", verdict.failure)
        rules = [change.where for change in success.changes]
        is_known = self._is_decided(success.also, *rules) and (success.nothing_else or success.also is None)
        return Flaw("contradiction") if is_known and not verdict.success else None

    def _is_decided(self, *trees: object) -> bool:
        """Say whether formulas read nothing that the expected changes leave open."""
        return _is_steady(*trees) and self._outline.expanded(items_of(*trees)).isdisjoint(self._left_open)

    def _undecided(self) -> frozenset[Item]:
        """Return the data that may be one way or another once all is done: drafts, consequences, what new rows hold."""
        return frozenset(_free(self._outline, self._rules.success))


def _is_steady(*trees: object) -> bool:
    """Say whether formulas read nothing but lasting data and the task's parameters."""
    reads = reads_of(*trees)
    return not (reads.variables or reads.flags & _OPEN)


def _free(outline: Outline, success: Success) -> Iterator[Item]:
    """Yield the data of which a rule says nothing."""
    for name, table in outline.program.tables.items():
        if not table.durable:
            yield ("table", name)
        named = [set(change.values) for change in success.changes if (change.kind, change.table) == ("added", name)]
        for column in table.columns:
            if not table.durable or column.derived or any(column.name not in values for values in named):
                yield ("column", name, column.name)


def _done(start: Start, wishes: list[Wish], machine: Machine) -> State:
    """Return the first state with all that is wished for done to its tables."""
    tables = list(start.before)
    for wish in wishes:
        tables[wish.table] = _with(tables[wish.table], wish, machine)
    return start.state.replaced(tables=tuple(tables))


def _with(table: Table, wish: Wish, machine: Machine) -> Table:
    """Return a table with one wish fulfilled."""
    schema = machine.schema.table_list[wish.table]
    if wish.kind == "added":
        for _ in range(wish.expected):
            table = table.with_row((None, *(wish.values.get(name) for name in schema.names)))
        return table
    if wish.kind == "removed":
        return table.with_changes({row[0]: None for row in wish.rows})
    changed: dict[str, Row | None] = {}
    for row in wish.rows:
        now = table.get(row[0])
        if now is not None:
            values = (wish.values.get(name, old) for name, old in zip(schema.names, now[1:], strict=True))
            changed[row[0]] = (row[0], *values)
    return table.with_changes(changed)
