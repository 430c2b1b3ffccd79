"""Proofs of infeasibility on a slice: only the data that the expected changes depend on, from anywhere.

Whoever could stand on any page at any time, with everything else left as it was, could do at least what a visitor can.
If even so the wanted data never comes about, no way through the site brings it about. The slice holds the data that
the writing transitions read (guards, earlier guards of their trigger, what shows their control, what they copy), taken
together until nothing new is read. Where this reasoning does not hold (a clock or luck decides, something relevant
happens by itself, what shows a control is typed), there is no proof, and `search` has to visit the whole space.
"""

from collections import deque
from collections.abc import Hashable, Iterator
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, FormulaFaultError, Machine, Start, State
from flow_models.runtime.machine.base.program import Json, walk
from flow_models.runtime.machine.base.tables import Row, Table, differences
from flow_models.runtime.machine.formulas.reads import reads_of

from .candidates import Candidates, Comparisons
from .goals import ChangeGoal
from .hidden import is_hidden
from .influence import Item, all_blocks, conduct_of, feeding, items_of
from .moves import Layout, Moves
from .needs import is_other_row, is_record
from .solution import Budget

_UNSTEADY: Final = frozenset({"time", "step", "chance"})


class Slice(NamedTuple):
    """What of a program the expected changes of a task depend on.

    Attributes:
        items: The data.
        positions: The transitions that write it.
        pages: The pages on which those stand.
        local: The table whose rows do not influence each other, so that only the wanted rows matter; or None.
        is_sound: Whether a proof on the slice holds for the whole.
    """

    items: frozenset[Item]
    positions: frozenset[int]
    pages: tuple[str, ...]
    local: str | None
    is_sound: bool


def slice_of(program: Json, task: str) -> Slice:
    """Return the slice of a task."""
    changes = program["tasks"][task]["success"]["changes"]
    tables = {change["table"] for change in changes}
    if len(tables) == 1 and all(change["kind"] == "changed" for change in changes):
        [table] = tables
        narrow = _Slicing(program, task, records=False).made(None)
        if narrow.is_sound and _is_local(program, task, narrow, table):
            return narrow._replace(local=table)
    return _Slicing(program, task, records=True).made(None)


class _Slicing:
    """Gathers a slice until nothing new is read."""

    def __init__(self, program: Json, task: str, *, records: bool) -> None:
        self._program = program
        self._records = records
        self._success = program["tasks"][task]["success"]
        self._is_sound = True
        self._effects = [effect for transition in program["transitions"] for effect in transition["do"]]
        self._shrinking = {
            effect["table"] if effect["kind"] == "remove" else effect["target"]
            for effect in self._effects
            if effect["kind"] in ("remove", "clear")
        }

    def made(self, local: str | None) -> Slice:
        """Return the slice."""
        items = set(self._wanted())
        while True:
            positions = frozenset(
                place for place in range(len(self._program["transitions"])) if self._writes(place, items)
            )
            more = {item for place in positions for item in self._reads(place, items)} - items
            more = {item for item in more if item[0] != "field"}
            if not more:
                break
            items |= more
        pages = tuple(
            page for page, one in self._program["pages"].items() if positions.intersection(one["transitions"])
        )
        return Slice(frozenset(items), positions, pages, local, self._is_sound)

    def _wanted(self) -> set[Item]:
        """Return the data that the expected changes name."""
        items = {item for item in items_of(self._success["also"]) if item[0] != "field"}
        for change in self._success["changes"]:
            if change["kind"] != "changed":
                items.add(("table", change["table"]))
            items |= {("column", change["table"], name) for name in change["values"]}
            items |= {item for item in items_of(*change["values"].values()) if item[0] != "field"}
        return items

    def _writes(self, place: int, items: set[Item]) -> bool:
        """Say whether a transition writes data of the slice, and does not end all hope by a row that nobody expects."""
        if any(self._is_hopeless(effect) for effect in self._program["transitions"][place]["do"]):
            return False
        return any(_written(self._program, effect) & items for effect in self._program["transitions"][place]["do"])

    def _is_hopeless(self, effect: Json) -> bool:
        """Say whether an effect adds a row that can never become an expected one, to a table that keeps its rows."""
        if effect["kind"] != "add" or not self._success["nothing_else"]:
            return False
        if not self._program["tables"][effect["table"]]["durable"] or effect["table"] in self._shrinking:
            return False
        wanted = [one for one in self._success["changes"] if (one["kind"], one["table"]) == ("added", effect["table"])]
        return all(is_other_row(effect, change, self._effects) for change in wanted)

    def _reads(self, place: int, items: set[Item]) -> set[Item]:
        """Return what decides whether a transition is taken, and what it writes."""
        transition = self._program["transitions"][place]
        found: set[Item] = set()
        trees: list[object] = []
        for effect in transition["do"]:
            if _written(self._program, effect) & items:
                found |= feeding(self._program, effect, items)
        for page, one in self._program["pages"].items():
            if place in one["transitions"]:
                trees += self._conditions(page, one, place)
                if self._records and one["record"] is not None:
                    found.add(("table", one["record"]))
        if transition["on"]["kind"] not in ("use", "change") or reads_of(trees, transition["do"]).flags & _UNSTEADY:
            self._is_sound = False
        return found | set(items_of(*trees))

    def _conditions(self, page: str, one: Json, place: int) -> list[object]:
        """Return the guards of a transition and of those before it, and what shows and checks its control."""
        transitions = self._program["transitions"]
        trigger = transitions[place]["on"]
        trees: list[object] = []
        for other in one["transitions"]:
            if transitions[other]["on"] == trigger:
                trees.append(transitions[other]["when"])
            if other == place:
                break
        shown = list(_around(self._program, page, trigger.get("block") or ""))
        if any(item[0] == "field" for tree in shown for item in items_of(tree)):
            self._is_sound = False
        names = frozenset(item[1] for item in items_of(trees, transitions[place]["do"]) if item[0] == "field")
        if is_hidden(all_blocks(self._program, page), trigger.get("block") or "", names):
            self._is_sound = False
        offered = [conduct_of(one) for one in all_blocks(self._program, page) if one.get("name") in names]
        return trees + shown + offered


def _around(program: Json, page: str, target: str) -> Iterator[object]:
    """Yield what shows a block: its own conditions, those of what it stands in, and of the fields checked with it."""
    for block in all_blocks(program, page):
        inside = walk([block])
        if all(one["id"] != target for one in inside):
            continue
        yield conduct_of(block)
        if block["kind"] == "form":
            yield [conduct_of(one) for one in inside]


def _written(program: Json, effect: Json) -> set[Item]:
    """Return the data that an effect changes; a row more does not change what the others hold."""
    match effect["kind"]:
        case "set":
            return {("variable", effect["variable"])}
        case "add":
            return {("table", effect["table"])}
        case "change":
            return {("column", effect["table"], name) for name in effect["values"]}
        case "remove":
            return {("table", effect["table"])}
        case _:
            target = effect["target"]
            return {("variable", target)} if target in program["variables"] else {("table", target)}


def _is_local(program: Json, task: str, narrow: Slice, table: str) -> bool:
    """Say whether each row of a table stands for itself: it is read and written only where it is the page's row.

    Data that no effect ever writes may be read besides.
    """
    if program["tasks"][task]["success"]["also"] is not None:
        return False
    if any(item[0] == "variable" or item[:2] == ("table", table) for item in narrow.items):
        return False
    written = {item for one in program["transitions"] for effect in one["do"] for item in _written(program, effect)}
    if any(item[1] != table and item in written for item in narrow.items):
        return False
    for page in narrow.pages:
        if program["pages"][page]["record"] != table:
            return False
    for place in narrow.positions:
        for effect in program["transitions"][place]["do"]:
            if not _written(program, effect) & narrow.items:
                continue
            if effect["kind"] != "change" or effect["where"] is None or not is_record(effect["where"]):
                return False
    return True


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
    ) -> None:
        self._machine = machine
        self._start = start
        self._slice = task_slice
        self._goal = goal
        self._tables = _parts_of_tables(machine, task_slice)
        self._variables = frozenset(
            machine.schema.variables[item[1]] for item in task_slice.items if item[0] == "variable"
        )
        candidates = Candidates(machine, start, {}, goal.wanted_values, comparisons)
        self._moves = Moves(machine, start, layout, candidates)

    def holds(self, budget: Budget) -> bool:
        """Say whether the wanted data can never come about; False where that could not be shown."""
        if not self._slice.is_sound:
            return False
        start = self._start.state
        moment = self._machine.schema.moment
        if moment(0)[0] != moment(self._machine.rules(self._start.task).max_steps + 1)[0]:
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
                    if not self._goal.is_spoilt(after):
                        waiting.append(after)
        return True

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
        table = self._machine.program["pages"][page]["record"]
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
        variables = zip(step.state.variables, before.variables, strict=True)
        return state.replaced(
            tables=tuple(self._sliced(place, table) for place, table in enumerate(step.state.tables)),
            variables=tuple(new if place in self._variables else old for place, (new, old) in enumerate(variables)),
        )

    def _sliced(self, place: int, table: Table) -> Table:
        """Return a table in which only the slice's part differs from the start: rows, columns, both or nothing."""
        before = self._start.state.tables[place]
        if table is before or place not in self._tables:
            return before
        columns, has_rows = self._tables[place]
        changed: dict[str, Row | None] = {}
        for old, new in differences(before, table):
            if old is not None and new is not None:
                changed[old[0]] = _mixed(old, new, columns)
            elif old is not None and has_rows:
                changed[old[0]] = None
        sliced = before.with_changes(changed)
        if not has_rows:
            return sliced
        known = {row[0] for row in before.added}
        added = (*sliced.added, *(_mixed(None, row, columns) for row in table.added if row[0] not in known))
        return Table(table.name, sliced.base, sliced.changed, added, sliced.floor)

    def _key(self, state: State) -> Hashable:
        """Return what tells contents apart."""
        return (state.variables, tuple([table.content() for table in state.tables]))
