"""What a search looks for: a task's expected changes, the answer of a question, or just a page.

A goal says when a state has reached it, how many steps are left at least, and which states can never reach it.
"""

from collections.abc import Callable
from functools import cached_property, partial
from typing import NamedTuple, Protocol

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.base import values as machine_values
from flow_models.runtime.machine.base.program import Json
from flow_models.runtime.machine.base.tables import Row, differences
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.formulas.selections import selection

from .bounds import FAR, Distances
from .evidence import Evidence, is_told
from .fitting import means
from .influence import Influence
from .needs import Aim, Need, Needs, is_fixed


class Goal(Protocol):
    """What a search looks for in the states of one instance."""

    finish: tuple[Event, ...]
    """Steps that end the episode once the goal is reached."""

    untold: int
    """Needs whose wanted value a page has to tell before it can be typed."""

    everything: int
    """What has been seen once every page has told what it has to."""

    def observed(self, state: State, seen: int) -> int:
        """Return what has been seen so far, with what this state shows."""
        ...

    def is_reached(self, state: State, seen: int) -> bool:
        """Say whether nothing but the finishing steps is left."""
        ...

    def is_dead(self, state: State, seen: int) -> bool:
        """Say whether no way leads from here to the goal, whatever is done."""
        ...

    def mask(self, state: State, seen: int) -> int:
        """Return the needs that are met, as bits of the distances."""
        ...

    def rows_left(self, state: State) -> int:
        """Return how many rows still have to come about one by one, 0 where that is not known."""
        ...


class Wish(NamedTuple):
    """An expected change in one instance: the rows it concerns, and the wanted values that are known beforehand."""

    kind: str
    table: int
    rows: tuple[Row, ...]
    values: dict[str, Value]
    expected: int


class ChangeGoal:
    """A task's success rule on the data of one instance.

    Args:
        machine: The machine that plays.
        start: The instance.
        influence: What the task depends on.
        needs: What the task needs.
        evidence: What must have been seen to know the wanted values.
    """

    finish: tuple[Event, ...] = ()

    def __init__(self, machine: Machine, start: Start, influence: Influence, needs: Needs, evidence: Evidence) -> None:
        self._machine = machine
        self._start = start
        self._evidence = evidence
        self.everything = evidence.everything
        self._schema = machine.schema
        self._needs = needs
        self._success: Json = machine.program["tasks"][start.task]["success"]
        self.wishes = [_wish(machine, start, influence, change) for change in self._success["changes"]]
        self._always = self._met_anyway()
        self.untold = sum(
            1 << place
            for place, need in enumerate(needs.bits)
            if need.kind == "field" and is_told(self._success["changes"][need.aim[0]]["values"][need.aim[1]])
        )
        self._pages = [(need, 1 << place) for place, need in enumerate(needs.bits)]
        self._limits = _limits(self.wishes, machine, influence) if self._success["nothing_else"] else {}
        self._kept = self._rows_to_keep() if self._success["nothing_else"] else {}

    def wanted(self, aim: Aim) -> Value:
        """Return the value that a column of an expected change shall have, empty if that is not fixed."""
        return self.wishes[aim[0]].values.get(aim[1])

    @property
    def wanted_values(self) -> list[tuple[Value, str]]:
        """All values that expected changes want and that are known beforehand, as (value, type)."""
        found: list[tuple[Value, str]] = []
        for wish in self.wishes:
            schema = self._schema.table_list[wish.table]
            found += [(value, schema.type_of(name).kind) for name, value in wish.values.items() if value is not None]
        return found

    def observed(self, state: State, seen: int) -> int:
        """Return what has been seen, with what this state's page shows."""
        if seen == self._evidence.everything:
            return seen
        return seen | self._evidence.shown_in(self._machine.view(self._start, state), state)

    def is_reached(self, state: State, seen: int) -> bool:
        """Say whether the task has succeeded, and not by values that no page has told."""
        return seen == self._evidence.everything and self._machine.verdict(self._start, state).success

    def is_dead(self, state: State, seen: int) -> bool:
        """Say whether a failure rule holds, a formula failed, or a wrong change can never be undone."""
        if state.broken:
            return True
        verdict = self._machine.verdict(self._start, state)
        if verdict.failure >= 0 or verdict.fault or (verdict.success and seen != self.everything):
            return True
        return self.is_spoilt(state)

    def is_spoilt(self, state: State) -> bool:
        """Say whether rows were added that nobody expects, or rows are gone that must stay: neither is undone."""
        return any(self._is_overfull(index, wishes, state) for index, wishes in self._limits.items()) or any(
            state.tables[index] is not self._start.before[index]
            and any(state.tables[index].get(key) is None for key in keys)
            for index, keys in self._kept.items()
        )

    def mask(self, state: State, seen: int) -> int:
        """Return the needs that are met in a state, above them the tables from which everything has been seen."""
        mask = self._always | self._evidence.tables_seen(seen) << len(self._needs.bits)
        for need, bit in self._pages:
            if mask & bit:
                continue
            match need.kind:
                case "change":
                    is_met = self._is_changed(self.wishes[need.aim[0]], need.name, state)
                case "row":
                    index = self.wishes[need.aim[0]].table
                    is_met = state.tables[index] is not self._start.before[index]
                case "variable":
                    is_met = state.variables[self._schema.variables[need.name]] == self.wanted(need.aim)
                case _:
                    is_met = self._is_filled(need, state)
            if is_met:
                mask |= bit
        return mask

    def rows_left(self, state: State) -> int:
        """Return how many rows still have to come about one by one."""
        if self._needs.one_by_one < 0:
            return 0
        wish = self.wishes[self._needs.one_by_one]
        now = state.tables[wish.table]
        if wish.kind == "added":
            return wish.expected - (len(now.added) - len(self._start.before[wish.table].added))
        if wish.kind == "removed":
            return sum(1 for row in wish.rows if now.get(row[0]) is not None)
        return 0

    def _is_changed(self, wish: Wish, column: str, state: State) -> bool:
        """Say whether an expected change seems to have come about; in doubt it has."""
        now = state.tables[wish.table]
        if wish.kind == "removed":
            return all(now.get(row[0]) is None for row in wish.rows)
        if wish.kind == "added":
            columns = self._schema.table_list[wish.table].columns
            added = [new for old, new in differences(self._start.before[wish.table], now) if old is None and new]
            return any(all(row[columns[name]] == value for name, value in wish.values.items()) for row in added)
        place = self._schema.table_list[wish.table].columns[column]
        rows = [now.get(row[0]) for row in wish.rows]
        return all(row is not None and row[place] == wish.values[column] for row in rows)

    def _is_filled(self, need: Need, state: State) -> bool:
        """Say whether a field holds the wanted value."""
        for surface in (state.base, state.dialog):
            if surface is not None and surface.page == need.page:
                page = self._machine.plan.page(need.page)
                if page is not None:
                    place = page.places[need.name]
                    context = partial(self._machine.plan.scene, self._start, state, surface)
                    return means(page.fields[place], surface.fields[place], self.wanted(need.aim), context)
        return False

    def _met_anyway(self) -> int:
        """Return the bits that say nothing in this instance: the wanted value is empty or a beginning one."""
        mask = 0
        for place, need in enumerate(self._needs.bits):
            bit = 1 << place
            wish = self.wishes[need.aim[0]]
            if need.kind in ("change", "row"):
                if need.name and not wish.rows:
                    mask |= bit
                continue
            wanted = self.wanted(need.aim)
            is_initial = need.kind == "variable" and self._initial(need.name) == wanted
            if is_initial or wanted is None or wanted is False or wanted == "":
                mask |= bit
            elif bit in self._needs.own_values:
                table, column = self._needs.own_values[bit]
                index = self._schema.table(table).columns[column]
                if any(row[index] == wanted for row in wish.rows):
                    mask |= bit
        return mask

    def _initial(self, variable: str) -> Value:
        """Return the value with which a variable begins."""
        return self._schema.initial[self._schema.variables[variable]]

    def _is_overfull(self, index: int, wishes: "list[Wish] | None", state: State) -> bool:
        """Say whether a table to which rows are only ever added has rows that nobody expects."""
        now = state.tables[index]
        if now is self._start.before[index]:
            return False
        added = [new for old, new in differences(self._start.before[index], now) if old is None and new is not None]
        allowed = 0 if wishes is None else sum(wish.expected for wish in wishes)
        if len(added) > allowed:
            return True
        if not wishes:
            return False
        columns = self._schema.table_list[index].columns
        lasting = [
            [(columns[name], value) for name, value in wish.values.items() if name not in self._changed_columns[index]]
            for wish in wishes
        ]
        return any(not any(all(row[place] == value for place, value in wish) for wish in lasting) for row in added)

    @cached_property
    def _changed_columns(self) -> list[frozenset[str]]:
        """The columns of each table that an effect can change."""
        return [
            frozenset(
                name
                for transition in self._machine.program["transitions"]
                for effect in transition["do"]
                if effect["kind"] == "change" and effect["table"] == table.name
                for name in effect["values"]
            )
            for table in self._schema.table_list
        ]

    def _rows_to_keep(self) -> dict[int, frozenset[str]]:
        """Return for each durable table the keys of rows that must not be removed: a removed one never comes back."""
        kept: dict[int, frozenset[str]] = {}
        shrinking = {
            effect["table"] if effect["kind"] == "remove" else effect["target"]
            for transition in self._machine.program["transitions"]
            for effect in transition["do"]
            if effect["kind"] in ("remove", "clear")
        }
        for schema in self._schema.table_list:
            if not schema.durable or schema.name not in shrinking:
                continue
            gone = {
                row[0]
                for wish in self.wishes
                if wish.kind == "removed" and wish.table == schema.index
                for row in wish.rows
            }
            kept[schema.index] = frozenset(row[0] for row in self._start.before[schema.index].rows) - gone
        return kept


class AnswerGoal:
    """A question: the data that the answer depends on has been seen, then the answer is said."""

    def __init__(self, machine: Machine, start: Start, evidence: Evidence) -> None:
        self._machine = machine
        self._start = start
        self._evidence = evidence
        self.untold = 0
        self.everything = evidence.everything
        self.finish: tuple[Event, ...] = (Event("message", value=machine.expected_answer(start, start.state)),)

    def observed(self, state: State, seen: int) -> int:
        """Return what has been seen, with what this state's page shows."""
        if seen == self._evidence.everything:
            return seen
        return seen | self._evidence.shown_in(self._machine.view(self._start, state), state)

    def is_reached(self, state: State, seen: int) -> bool:
        """Say whether everything has been seen."""
        return seen == self._evidence.everything and self._machine.data_is_unchanged(self._start, state)

    def is_dead(self, state: State, seen: int) -> bool:
        """Say whether a failure rule holds or a formula failed."""
        del seen
        verdict = self._machine.verdict(self._start, state)
        return state.broken or verdict.failure >= 0 or bool(verdict.fault)

    def mask(self, state: State, seen: int) -> int:
        """Return the tables of whose rows everything needed has been seen."""
        del state
        return self._evidence.tables_seen(seen)

    def rows_left(self, state: State) -> int:
        """No rows are needed."""
        del state
        return 0


class PageGoal:
    """A page that is to be reached, whatever happens on the way."""

    finish: tuple[Event, ...] = ()
    untold = 0
    everything = 1

    def __init__(self, page: str, accepts: Callable[[State], bool] | None = None) -> None:
        self._page = page
        self._accepts = accepts

    def observed(self, state: State, seen: int) -> int:
        """Return 1 once the page is there."""
        is_there = state.top.page == self._page and (self._accepts is None or self._accepts(state))
        return 1 if is_there or seen else 0

    def is_reached(self, state: State, seen: int) -> bool:
        """Say whether the page is there."""
        del state
        return bool(seen)

    def is_dead(self, state: State, seen: int) -> bool:
        """Say whether a formula failed."""
        del seen
        return state.broken

    def mask(self, state: State, seen: int) -> int:
        """Return 1 once the page is there."""
        del state
        return seen

    def rows_left(self, state: State) -> int:
        """No rows are needed."""
        del state
        return 0


def lower_bound(goal: Goal, distances: Distances, machine: Machine, state: State, seen: int) -> int:
    """Return the least number of steps to the end of the episode, FAR if it cannot be reached."""
    surface = state.top
    is_filled = False
    blank = distances.blank_fields.get(surface.page)
    page = machine.plan.page(surface.page)
    if blank and page is not None:
        names = {name for _, names in blank.values() for name in names}
        is_filled = any(surface.fields[page.places[name]] for name in names)
    left = distances.at(surface.page, is_filled, goal.mask(state, seen))
    return FAR if left >= FAR else left + len(goal.finish) + max(goal.rows_left(state) - 1, 0) * distances.between_rows


def _wish(machine: Machine, start: Start, influence: Influence, change: Json) -> Wish:
    """Return an expected change as it concerns one instance."""
    plan = machine.plan
    schema = plan.schema.table(change["table"])
    context = plan.context(start, start.state)
    rows: tuple[Row, ...] = ()
    if change["kind"] != "added":
        node = {"op": "table", "name": schema.name, "before": False, "type": f"rows:{schema.name}"}
        rows = tuple(selection(plan.formulas, node, "row", change["where"])(context))
    values: dict[str, Value] = {}
    for name, tree in change["values"].items():
        if is_fixed(tree, influence):
            kind = schema.type_of(name)
            values[name] = machine_values.assigned(plan.formulas.value(tree)(context), kind.kind, kind.places)
    return Wish(change["kind"], schema.index, rows, values, change["count"])


def _limits(wishes: list[Wish], machine: Machine, influence: Influence) -> dict[int, list[Wish] | None]:
    """Return the durable tables from which no effect removes rows, with the rows that are expected there."""
    shrinking = {
        effect["table"] if effect["kind"] == "remove" else effect.get("target")
        for effect in influence.effects
        if effect["kind"] in ("remove", "clear")
    }
    found: dict[int, list[Wish] | None] = {}
    for schema in machine.schema.table_list:
        if schema.durable and schema.name not in shrinking:
            found[schema.index] = [w for w in wishes if w.kind == "added" and w.table == schema.index] or None
    return found
