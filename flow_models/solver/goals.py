"""What a search looks for: a task's expected changes, or the answer of a question (`plain_goals` has the others).

A goal says when a state has reached it, how many steps are left at least, and which states can never reach it.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple, Protocol

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.base.behaviour import ExpectedChange
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.pages.fields import raw_text

from .candidates import Aims
from .evidence import Evidence, is_told
from .field_texts import beginning, means
from .lacks import counting, lacks_of
from .needs import Aim, Need, Needs, is_settled
from .outline import Outline
from .spoiling import Spoiling
from .terrain import MOST_ROWS, ROW_BITS
from .wishes import Wish, rows_left, wish_of


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

    def filled_apart(self, state: State, mask: int) -> int:
        """Return how many fields already hold what is wanted, of needs of which others are still to be filled."""
        ...


class Open(NamedTuple):
    """An expected change that has not come about: its kind, empty for a further condition, and what is missing."""

    kind: str
    table: str
    columns: tuple[str, ...]
    rows: int


class ChangeGoal:
    """A task's success rule on the data of one instance.

    Args:
        machine: The machine that plays.
        start: The instance.
        outline: The program.
        needs: What the task needs.
        evidence: What must have been seen to know the wanted values.
    """

    finish: tuple[Event, ...] = ()

    def __init__(self, machine: Machine, start: Start, outline: Outline, needs: Needs, evidence: Evidence) -> None:
        self._machine = machine
        self._start = start
        self._evidence = evidence
        self.everything = evidence.everything
        self._schema = machine.schema
        self._needs = needs
        success = machine.program.tasks[start.task].success
        self.wishes = [wish_of(machine, start, outline, change) for change in success.changes]
        self._lacks = [counting(machine, start, lack) for lack in lacks_of(success.also)]
        self._owned: dict[tuple[str, str, str], Need] = {}
        self._groups = list(self._grouped())
        self._always = sum(bit for bit, group in self._groups if not group)
        self._open = [(bit, group) for bit, group in self._groups if group]
        self._counted = frozenset(filter(self._is_to_fill, chain.from_iterable(group for _, group in self._groups)))
        self.weights = tuple(sum(map(self._counted.__contains__, group)) for _, group in self._groups)
        self.untold = self._untold_bits()
        self.is_apart = self._concerns_each_row_once()
        self._mended = set(filter(self._may_be_mended, range(len(self.wishes))))
        self._is_hopeless = _is_any_in_vain(self.wishes, success.changes, outline)
        self._spoiling = Spoiling(machine, start, self.wishes, outline) if success.nothing_else else None

    def _grouped(self) -> Iterator[tuple[int, tuple[Need, ...]]]:
        """Yield the needs of each bit that say something in this instance."""
        for place, group in enumerate(self._needs.groups):
            yield 1 << place, tuple(need for need in group if not self._is_met_anyway(need))

    def _untold_bits(self) -> int:
        """Return the needs whose wanted value a page has to tell before it can be typed."""
        return sum(bit for bit, group in self._groups if any(map(self._is_told, group)))

    def _is_told(self, need: Need) -> bool:
        """Say whether a page has to tell what is to be filled in."""
        changes = self._machine.program.tasks[self._start.task].success.changes
        return need.kind == "field" and is_told(changes[need.aim[0]].values[need.aim[1]])

    def _concerns_each_row_once(self) -> bool:
        """Say whether no two expected changes concern the same row, so that one row's change is that of one of them."""
        keys = [(wish.table, row[0]) for wish in self.wishes for row in wish.rows]
        return len(keys) == len(set(keys))

    def _may_be_mended(self, number: int) -> bool:
        """Say whether a row that was added may become the expected one by being changed."""
        return any(need.kind == "row" and need.aim[0] == number for group in self._needs.groups for need in group)

    def _is_to_fill(self, need: Need) -> bool:
        """Say whether a field takes a step that no other need counts: one text in a field can serve several."""
        if need.kind != "field" or (need in self._needs.loose and not self._begins_otherwise(need)):
            return False
        return self._owned.setdefault((need.page, need.name, raw_text(self.wanted(need.aim))), need) is need

    def _begins_otherwise(self, need: Need) -> bool:
        """Say whether a field certainly begins with another text than the one that is wanted."""
        page = self._machine.plan.page(need.page)
        field = None if page is None else page.fields[page.places[need.name]]
        text = None if field is None else beginning(field)
        if field is None or text is None:
            return False
        return not means(
            field, text, self.wanted(need.aim), partial(self._machine.plan.context, self._start, self._start.state)
        )

    def wanted(self, aim: Aim) -> Value:
        """Return the value that a column of an expected change shall have, empty if that is not fixed."""
        return self.wishes[aim[0]].values.get(aim[1])

    @property
    def aims(self) -> Aims:
        """The values that fields shall have, by page and the bit of their need, then by name."""
        found: dict[str, dict[int, dict[str, Value]]] = {}
        for place, group in enumerate(self._needs.groups):
            for need in group:
                if need.kind == "field":
                    of_page = found.setdefault(need.page, {})
                    of_page.setdefault(1 << place, {})[need.name] = self.wanted(need.aim)
        return found

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
        return self._evidence.observed(state, seen)

    def is_reached(self, state: State, seen: int) -> bool:
        """Say whether the task has succeeded, and not by values that no page has told."""
        return seen == self._evidence.everything and self._machine.verdict(self._start, state).success

    def is_dead(self, state: State, seen: int) -> bool:
        """Say whether a failure rule holds, a formula failed, or a wrong change can never be undone.

        Success before everything has been seen is no way on either: the episode would end there.
        """
        if state.broken or self._is_hopeless:
            return True
        verdict = self._machine.verdict(self._start, state)
        if verdict.failure >= 0 or verdict.fault or (verdict.success and seen != self.everything):
            return True
        return self.is_spoilt(state)

    def is_spoilt(self, state: State) -> bool:
        """Say whether rows were added that nobody expects, or rows are gone that must stay: neither is undone."""
        return self._spoiling is not None and self._spoiling.is_in(state)

    def mask(self, state: State, seen: int) -> int:
        """Return the needs that are met in a state, above them what has been seen, then the rows that are lacking."""
        places = len(self._needs.groups)
        mask = self._always | self._evidence.tables_seen(seen) << places
        first_row = places + len(self._evidence.tables)
        for bit, group in self._open:
            if group[0].kind == "change":
                left = self._rows_left(group, state)
                mask |= bit if not left else min(left - 1, MOST_ROWS) << first_row + ROW_BITS * (bit.bit_length() - 1)
            elif self._is_in_one_row(group, state) if group[0].kind == "cell" else self._are_met(group, state):
                mask |= bit
        return mask

    def _are_met(self, group: tuple[Need, ...], state: State) -> bool:
        """Say whether all needs of a group are met in a state."""
        return all(self._is_met(need, state) for need in group)

    def _is_in_one_row(self, group: tuple[Need, ...], state: State) -> bool:
        """Say whether some row of a table holds all wanted values."""
        schema = self._schema.table(group[0].page)
        wanted = [(schema.columns[need.name], self.wanted(need.aim)) for need in group]
        return any(all(row[place] == value for place, value in wanted) for row in state.tables[schema.index].rows)

    def open_in(self, state: State, seen: int) -> Iterator[Open]:
        """Yield the expected changes that have not come about in a state."""
        mask = self.mask(state, seen)
        for bit, group in self._open:
            if group[0].kind == "change" and not mask & bit:
                number, rows = group[0].aim[0], self._rows_left(group, state)
                if number < 0:
                    yield Open("", "", (), rows)
                else:
                    wish = self.wishes[number]
                    names = tuple(need.name for need in group if need.name) or tuple(wish.values)
                    yield Open(wish.kind, self._schema.table_list[wish.table].name, names, rows)

    def untold_tables(self, seen: int) -> list[str]:
        """Return the tables from whose rows something has still to be seen."""
        return self._evidence.tables_unseen(seen)

    def _rows_left(self, group: tuple[Need, ...], state: State) -> int:
        """Return how many rows an expected change lacks at least, 0 if it seems to have come about."""
        number = group[0].aim[0]
        if number < 0:
            return self._lacks[-number - 1](state)
        wish = self.wishes[number]
        before, now = self._start.before[wish.table], state.tables[wish.table]
        names = tuple(need.name for need in group if need.name)
        is_mended = number in self._mended
        return rows_left(wish, names, before, now, self._schema.table_list[wish.table], is_mended)

    def _is_met(self, need: Need, state: State) -> bool:
        """Say whether a need is met in a state."""
        match need.kind:
            case "row":
                table = self.wishes[need.aim[0]].table
                return state.tables[table] is not self._start.before[table]
            case "variable":
                return state.variables[self._schema.variables[need.name]] == self.wanted(need.aim)
            case _:
                return self._is_filled(need, state)

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

    def filled_apart(self, state: State, mask: int) -> int:
        """Return how many fields already hold what is wanted, of needs of which others are still to be filled."""
        pages = {surface.page for surface in (state.base, state.dialog) if surface is not None}
        return sum(
            1
            for bit, group in self._open
            if not mask & bit and group[0].page in pages
            for need in group
            if need in self._counted and self._is_filled(need, state)
        )

    def _is_met_anyway(self, need: Need) -> bool:
        """Say whether a bit says nothing in this instance: the wanted value is empty or there from the beginning.

        What is there already takes no step, and a bit that waits for it would make the distances too long.
        """
        if need.aim[0] < 0:
            return False
        wish = self.wishes[need.aim[0]]
        if need.kind in ("change", "row"):
            return wish.kind == "changed" and not wish.rows
        wanted = self.wanted(need.aim)
        if wanted is None or wanted is False or wanted == "":
            return True
        if need.kind == "variable":
            return self._schema.initial[self._schema.variables[need.name]] == wanted
        if need.kind == "cell":
            return self._is_in_one_row((need,), self._start.state)
        if need in self._needs.constants:
            return self._needs.constants[need] == wanted
        return self._is_written_anyway(need, wish, wanted)

    def _is_written_anyway(self, need: Need, wish: Wish, wanted: Value) -> bool:
        """Say whether a row that a need's value is read from holds the wanted one from the beginning."""
        own = self._needs.own_values.get(need)
        if own is None:
            return False
        schema = self._schema.table(own.table)
        rows = self._start.before[schema.index].rows if own.of_any else wish.rows
        return any(row[schema.columns[own.column]] == wanted for row in rows)


def _is_any_in_vain(wishes: Sequence[Wish], changes: Sequence[ExpectedChange], outline: Outline) -> bool:
    """Say whether one of the expected changes concerns no rows, and never will."""
    return any(
        wish.kind != "added" and not wish.rows and is_settled(change.where, outline)
        for wish, change in zip(wishes, changes, strict=True)
    )


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
        return self._evidence.observed(state, seen)

    def is_reached(self, state: State, seen: int) -> bool:
        """Say whether everything has been seen."""
        return seen == self._evidence.everything and self._machine.data_is_unchanged(self._start, state)

    def is_dead(self, state: State, seen: int) -> bool:
        """Say whether a failure rule holds or a formula failed."""
        del seen
        verdict = self._machine.verdict(self._start, state)
        return state.broken or verdict.failure >= 0 or bool(verdict.fault)

    def untold_tables(self, seen: int) -> list[str]:
        """Return the tables from whose rows something has still to be seen."""
        return self._evidence.tables_unseen(seen)

    def mask(self, state: State, seen: int) -> int:
        """Return the tables of whose rows everything needed has been seen."""
        del state
        return self._evidence.tables_seen(seen)

    def filled_apart(self, state: State, mask: int) -> int:
        """Nothing is to be filled in."""
        del state, mask
        return 0
