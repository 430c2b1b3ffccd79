"""What a search looks for: a task's expected changes, the answer of a question, or just a page.

A goal says when a state has reached it, how many steps are left at least, and which states can never reach it.
"""

from functools import partial
from typing import Protocol

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.base.values import Value

from .bounds import FAR, Distances
from .candidates import Aims
from .evidence import Evidence, is_told
from .field_texts import means
from .needs import Aim, Need, Needs
from .outline import Outline
from .spoiling import Spoiling
from .wishes import seems_met, wish_of


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
        self._bits = [(need, 1 << place) for place, need in enumerate(needs.bits)]
        self._always = sum(bit for need, bit in self._bits if self._is_met_anyway(need, bit))
        self.untold = sum(
            bit
            for need, bit in self._bits
            if need.kind == "field" and is_told(success.changes[need.aim[0]].values[need.aim[1]])
        )
        self._spoiling = Spoiling(machine, start, self.wishes, outline) if success.nothing_else else None

    def wanted(self, aim: Aim) -> Value:
        """Return the value that a column of an expected change shall have, empty if that is not fixed."""
        return self.wishes[aim[0]].values.get(aim[1])

    @property
    def aims(self) -> Aims:
        """The value that fields shall have, with its bit, by page and name."""
        return {place: (self.wanted(aim), bit) for place, (aim, bit) in self._needs.aims.items()}

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
        """Say whether a failure rule holds, a formula failed, or a wrong change can never be undone.

        Success before everything has been seen is no way on either: the episode would end there.
        """
        if state.broken:
            return True
        verdict = self._machine.verdict(self._start, state)
        if verdict.failure >= 0 or verdict.fault or (verdict.success and seen != self.everything):
            return True
        return self.is_spoilt(state)

    def is_spoilt(self, state: State) -> bool:
        """Say whether rows were added that nobody expects, or rows are gone that must stay: neither is undone."""
        return self._spoiling is not None and self._spoiling.is_in(state)

    def mask(self, state: State, seen: int) -> int:
        """Return the needs that are met in a state, above them the tables from which everything has been seen."""
        mask = self._always | self._evidence.tables_seen(seen) << len(self._needs.bits)
        for need, bit in self._bits:
            if not mask & bit and self._is_met(need, state):
                mask |= bit
        return mask

    def _is_met(self, need: Need, state: State) -> bool:
        """Say whether a need is met in a state."""
        match need.kind:
            case "change":
                wish = self.wishes[need.aim[0]]
                before, now = self._start.before[wish.table], state.tables[wish.table]
                return seems_met(wish, need.name, before, now, self._schema.table_list[wish.table])
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

    def _is_met_anyway(self, need: Need, bit: int) -> bool:
        """Say whether a bit says nothing in this instance: the wanted value is empty or there from the beginning.

        What is there already takes no step, and a bit that waits for it would make the distances too long.
        """
        wish = self.wishes[need.aim[0]]
        if need.kind in ("change", "row"):
            return bool(need.name) and not wish.rows
        wanted = self.wanted(need.aim)
        if wanted is None or wanted is False or wanted == "":
            return True
        if need.kind == "variable":
            return self._schema.initial[self._schema.variables[need.name]] == wanted
        own = self._needs.own_values.get(bit)
        if own is None:
            return False
        place = self._schema.table(own[0]).columns[own[1]]
        return any(row[place] == wanted for row in wish.rows)


class SuccessGoal:
    """A task's success rule and nothing else: no evidence, no needs, no way that is known to be hopeless."""

    finish: tuple[Event, ...] = ()
    untold = 0
    everything = 0

    def __init__(self, machine: Machine, start: Start) -> None:
        self._machine = machine
        self._start = start

    def observed(self, state: State, seen: int) -> int:
        """Return what has been seen: it does not matter."""
        del state
        return seen

    def is_reached(self, state: State, seen: int) -> bool:
        """Say whether the task has succeeded."""
        del seen
        return self._machine.verdict(self._start, state).success

    def is_dead(self, state: State, seen: int) -> bool:
        """Say whether the episode has ended otherwise."""
        del seen
        return state.broken or self._machine.verdict(self._start, state).failure >= 0

    def mask(self, state: State, seen: int) -> int:
        """No needs are known."""
        del state, seen
        return 0

    def rows_left(self, state: State) -> int:
        """No rows are known to be needed."""
        del state
        return 0


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

    def __init__(self, page: str) -> None:
        self._page = page

    def observed(self, state: State, seen: int) -> int:
        """Return 1 once the page is there."""
        return 1 if state.top.page == self._page or seen else 0

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
