"""Proofs of infeasibility on a slice: only the data that the expected changes depend on, from anywhere.

Whoever could stand on any page at any time, with everything else left as it was, could do at least what a visitor can.
If even so the wanted data never comes about, no way through the site brings it about. A site of 60 pages with hundreds
of rows has millions of states, the slice of a task a handful. Where the reasoning does not hold there is no proof, and
`search` has to visit the whole space.
"""

from collections import deque
from collections.abc import Hashable, Iterator

from flow_models.runtime.machine import Event, FormulaFaultError, Machine, Start, State
from flow_models.runtime.machine.base.tables import Row, Table, differences
from flow_models.runtime.machine.pages.interruptions import NO_INTERFERENCE

from .candidates import Candidates
from .comparisons import Comparisons
from .demands import Demands
from .goals import ChangeGoal
from .layout import Layout
from .moves import Moves
from .slicing import Slice
from .solution import Budget


def _parts_of_tables(machine: Machine, task_slice: Slice) -> dict[int, tuple[frozenset[int], bool]]:
    """Return for each table of a slice the places of its columns there, and whether rows come and go there."""
    found: dict[int, tuple[frozenset[int], bool]] = {}
    for schema in machine.schema.table_list:
        columns = frozenset(
            place for name, place in schema.columns.items() if ("column", schema.name, name) in task_slice.items
        )
        has_rows = ("table", schema.name) in task_slice.items
        if columns or has_rows:
            found[schema.index] = (columns, has_rows)
    return found


def _mixed(old: Row | None, new: Row, columns: frozenset[int]) -> Row:
    """Return a row with some columns as they are now and the others as they were."""
    was = (None,) * len(new) if old is None else old
    return (new[0], *(new[place] if place in columns else was[place] for place in range(1, len(new))))


def _new_rows(before: Table, was: Table, now: Table, columns: frozenset[int]) -> list[Row]:
    """Return the rows that were added since the start, empty but for some columns.

    Those that `was` holds already are such: to make them anew after each move took half the time of a proof.
    """
    known = {row[0] for row in before.added}
    made = {row[0]: row for row in was.added}
    rows = (row for row in now.added if row[0] not in known)
    return [row if made.get(row[0]) is row else _mixed(None, row, columns) for row in rows]


class SliceProof:
    """Visits every content of a slice that can come about in one instance."""

    def __init__(
        self,
        machine: Machine,
        start: Start,
        task_slice: Slice,
        layout: Layout,
        goal: ChangeGoal,
        comparisons: Comparisons,
        demands: Demands,
    ) -> None:
        self._machine = machine
        self._start = start
        self._slice = task_slice
        self._goal = goal
        self._tables = _parts_of_tables(machine, task_slice)
        self._variables = frozenset(
            machine.schema.variables[item[1]] for item in task_slice.items if item[0] == "variable"
        )
        candidates = Candidates(machine, start, {}, goal.wanted_values, comparisons, demands, goal.wishes)
        self._moves = Moves(machine, start, layout, candidates)

    def holds(self, budget: Budget) -> bool:
        """Say whether the wanted data can never come about; False where that could not be shown."""
        if not self._slice.is_sound:
            return False
        # What a variant holds back comes about all the same in the end.
        start = self._start.state.replaced(interference=NO_INTERFERENCE)
        moment = self._machine.schema.moment
        if moment(0)[0] != moment(self._machine.rules(self._start.task).max_steps + 1)[0]:
            # Contents are visited at the first moment; on another date other guards might hold.
            return False
        known: set[Hashable] = {self._key(start)}
        waiting = deque([start])
        while waiting:
            state = waiting.popleft()
            if self._machine.verdict(self._start, state).success:
                return False
            for after in self._following(state, budget):
                if after is None or budget.over():
                    return False
                key = self._key(after)
                if key not in known:
                    known.add(key)
                    # What cannot be undone leads to no success.
                    if not self._goal.is_spoilt(after):
                        waiting.append(after)
        return not self._moves.doubts

    def _following(self, state: State, budget: Budget) -> Iterator[State | None]:
        """Yield the contents to which one transition leads, None if something broke."""
        for page in self._slice.pages:
            for record in self._records(page, state):
                placed = self._placed(state, page, record)
                if placed is None:
                    yield None
                    return
                for offer in self._moves.offers(placed):
                    if not self._slice.positions.intersection(offer.positions):
                        continue
                    for filling in offer.fillings:
                        budget.spent += 1
                        yield self._played(state, placed, offer.event, dict(filling.texts))

    def _placed(self, state: State, page: str, record: str | None) -> State | None:
        """Return the state with somebody on a page, None if the page cannot be shown."""
        try:
            placed = self._machine.placed(self._start, state, page, record)
        except FormulaFaultError:
            return None
        return placed if placed.top.page == page else None

    def _records(self, page: str, state: State) -> list[str | None]:
        """Return the rows that a page may show: only the wanted ones where rows stand for themselves."""
        table = self._machine.program.pages[page].record
        if table is None:
            return [None]
        rows = state.tables[self._machine.schema.tables[table].index]
        if table == self._slice.local:
            return [row[0] for wish in self._goal.wishes for row in wish.rows if rows.get(row[0]) is not None]
        return [row[0] for row in rows.rows]

    def _played(self, state: State, placed: State, event: Event, texts: dict[str, str]) -> State | None:
        """Return the content after a move, everything outside of the slice as it was."""
        typed = self._machine.typed(self._start, placed, texts)
        step = self._machine.step(self._start, typed, event)
        if step.fault:
            return None
        before = self._start.state
        tables = zip(state.tables, step.state.tables, strict=True)
        variables = zip(step.state.variables, before.variables, strict=True)
        return state.replaced(
            tables=tuple(self._sliced(place, was, now) for place, (was, now) in enumerate(tables)),
            variables=tuple(new if place in self._variables else old for place, (new, old) in enumerate(variables)),
        )

    def _sliced(self, place: int, was: Table, now: Table) -> Table:
        """Return a table after a move in which only the slice's part differs from the start.

        That part are rows, columns, both or nothing. `was` is the table before the move, of which this holds already.
        """
        before = self._start.state.tables[place]
        if now is was or place not in self._tables:
            return was
        columns, has_rows = self._tables[place]
        changed: dict[str, Row | None] = {}
        for old, new in differences(before, now):
            # Of rows that went the slice may not know; those that came are added below.
            if old is not None and (new is not None or has_rows):
                changed[old[0]] = None if new is None else _mixed(old, new, columns)
        sliced = before.with_changes(changed)
        if not has_rows:
            return sliced
        added = (*sliced.added, *_new_rows(before, was, now, columns))
        return Table(now.name, sliced.base, sliced.changed, added, sliced.floor)

    def _key(self, state: State) -> Hashable:
        """Return what tells contents apart."""
        return (state.variables, tuple([table.content() for table in state.tables]))
