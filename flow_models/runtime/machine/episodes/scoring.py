"""How a state stands with respect to its task: failure rules, success and milestones.

Success is stated on durable data, by value, against the tables as the episode began. What it pays is in `episode`.
"""

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from ..base import formats
from ..base.behaviour import ExpectedChange, Task
from ..base.errors import FormulaFaultError, OutOfRangeError, TooMuchError
from ..base.nodes import Node, all_rows
from ..base.results import Verdict
from ..base.schema import ColumnType, Schema, TableSchema
from ..base.tables import Row, differences
from ..base.values import MONEY_PLACES
from ..formulas.closures import Formulas
from ..formulas.context import Closure, Context
from ..formulas.limits import computed_or
from ..formulas.reads import Reads, reads_of
from ..formulas.selections import Rows, selection
from ..formulas.work import compared, weight
from ..pages.plan import Plan
from ..pages.state import Start, State
from .answers import fits
from .rivals import Rivals, unwrapped

_PER_STATE = frozenset({"date", "time", "step", "answer", "fields", "record"})


class Expected(NamedTuple):
    """An expected change, ready to be judged."""

    kind: str
    table: TableSchema
    where: Rows
    guard: Closure
    values: list[tuple[int, Closure]]
    rows: int
    units: int


class TaskRules:
    """The rules of one task, ready to run."""

    def __init__(self, plan: Plan, program: Task) -> None:
        formulas = plan.formulas
        self._schema = plan.schema
        self._failures = [formulas.judged(failure.when) for failure in program.failures]
        self._milestones = [formulas.judged(milestone.when) for milestone in program.milestones]
        success = program.success
        self._expected = [_expected(formulas, change) for change in success.changes]
        self._also: Closure | None = None if success.also is None else formulas.condition(success.also)
        # Whatever its formulas are: a value that fits no column leaves the range too.
        self._success: Closure = partial(computed_or, self._is_done, otherwise=lambda _fault: False)
        self._nothing_else = success.nothing_else
        answer = None if program.answer is None else unwrapped(program.answer)
        self.answer_type: str = "" if answer is None else answer.type
        self._rivals: Rivals | None = None
        if answer is not None and self.answer_type in ("text", "choice"):
            self._rivals = Rivals(plan.program, plan.schema, program, answer)
        self._answer: Closure | None = None if answer is None else _answer(formulas, answer)
        self.milestone_rewards = tuple(float(milestone.reward) for milestone in program.milestones)
        self.max_steps = program.max_steps
        self.step_cost = program.step_cost
        trees = [failure.when for failure in program.failures]
        trees += [milestone.when for milestone in program.milestones]
        self.reads: Reads = reads_of(trees, success.also, success.changes)
        self.is_kept = not self.reads.flags & _PER_STATE
        """Whether the verdict depends on tables and variables alone."""

    @property
    def is_question(self) -> bool:
        """Whether the task asks for an answer instead of a change."""
        return self._answer is not None

    def verdict(self, context: Context) -> Verdict:
        """Return how a state stands; what is out of range or too much does not hold, else `fault` names what fails."""
        try:
            failure = next((number for number, holds in enumerate(self._failures) if _holds(holds, context)), -1)
            success = not self.is_question and _holds(self._success, context)
            return Verdict(failure, success, tuple([_holds(holds, context) for holds in self._milestones]))
        except FormulaFaultError as fault:
            return Verdict(-1, False, (False,) * len(self._milestones), str(fault))

    @property
    def asks_elsewhere(self) -> bool:
        """Whether only other instances tell which other answers the question could have."""
        return self._rivals is not None and not self._rivals.is_whole

    def is_right(self, message: str, context: Context, goal: str, elsewhere: Iterable[str]) -> bool:
        """Say whether a message holds exactly the expected answer; none does where that is out of range or too much.

        Args:
            message: What was said.
            context: The state in which it was said.
            goal: What was asked.
            elsewhere: Answers of other instances, if the task `asks_elsewhere`.
        """
        if self._answer is None:
            return False
        try:
            expected = self._answer(context)
            rivals = (*elsewhere, *(() if self._rivals is None else self._rivals.texts(context)))
        except (OutOfRangeError, TooMuchError):
            return False
        return fits(message, expected, self.answer_type, context.schema, rivals=rivals, goal=goal)

    def expected(self, context: Context) -> str:
        """Return the expected answer as a page would show it, empty if there is none that can be computed."""
        if self._answer is None:
            return ""
        show = formats.formatter(self.answer_type, context.schema.currency, context.schema.locale)
        try:
            return show(self._answer(context))
        except (OutOfRangeError, TooMuchError):
            return ""

    def _is_done(self, context: Context) -> bool:
        """Say whether the expected changes, and by default nothing else, have happened."""
        if not self._expected and self._also is None:
            return False
        context.charge(sum(map(compared, context.before, context.tables)))
        claimed: set[tuple[int, str]] = set()
        for change in self._expected:
            if not _has_happened(change, context, claimed):
                return False
        if not self._only_claimed(context, claimed):
            return False
        return self._also is None or bool(self._also(context))

    def _only_claimed(self, context: Context, claimed: set[tuple[int, str]]) -> bool:
        """Say whether nothing else changed: nowhere by default, else not in the way that was expected of a table."""
        exact = {(change.table.index, change.kind) for change in self._expected if change.kind != "added"}
        for schema in self._schema.table_list:
            if not schema.durable:
                continue
            for old, new in differences(context.before[schema.index], context.tables[schema.index]):
                kind = "added" if old is None else "removed" if new is None else "changed"
                if not self._nothing_else and (schema.index, kind) not in exact:
                    continue
                row = new if old is None else old
                if row is None or (schema.index, row[0]) in claimed:
                    continue
                if kind == "changed" and old is not None and new is not None and not _differs(old, new, schema, ()):
                    continue
                return False
        return True


def _holds(rule: Closure, context: Context) -> bool:
    """Say whether a rule holds; one that is too much does not."""
    return context.within_half(rule, False) is True


def data_is_unchanged(schema: Schema, start: Start, state: State) -> bool:
    """Say whether no durable table differs from the start, derived columns aside."""
    for table in schema.table_list:
        if not table.durable:
            continue
        for old, new in differences(start.before[table.index], state.tables[table.index]):
            if old is None or new is None or _differs(old, new, table, ()):
                return False
    return True


def _expected(formulas: Formulas, change: ExpectedChange) -> Expected:
    """Return an expected change, ready to be judged."""
    schema = formulas.schema.table(change.table)
    rows = all_rows(schema.name, before=change.kind != "added")
    assigned = []
    for name, node in change.values.items():
        assigned.append((schema.columns[name], formulas.assigned(node, schema.type_of(name))))
    return Expected(
        change.kind,
        schema,
        selection(formulas, rows, "row", change.where),
        formulas.condition(change.where),
        assigned,
        change.count,
        weight(change.where, *change.values.values()),
    )


def _answer(formulas: Formulas, node: Node) -> Closure:
    """Return what computes an expected answer: an amount as it would be shown, without parts of a cent."""
    return formulas.assigned(node, ColumnType("money", MONEY_PLACES)) if node.type == "money" else formulas.value(node)


def _has_happened(change: Expected, context: Context, claimed: set[tuple[int, str]]) -> bool:
    """Say whether one expected change has happened; the rows that it explains become claimed."""
    match change.kind:
        case "added":
            return _were_added(change, context, claimed)
        case "removed":
            return _were_removed(change, context, claimed)
        case _:
            return _were_changed(change, context, claimed)


def _were_added(change: Expected, context: Context, claimed: set[tuple[int, str]]) -> bool:
    """Say whether exactly so many rows with these values were added."""
    index = change.table.index
    count = 0
    before, now = context.before[index], context.tables[index]
    context.charge(compared(before, now) + (now.differing * change.units))
    for old, new in differences(before, now):
        if old is not None or new is None or (index, new[0]) in claimed:
            continue
        context.bound["row"] = new
        if change.guard(context) and all(new[place] == value(context) for place, value in change.values):
            count += 1
            claimed.add((index, new[0]))
    return count == change.rows


def _were_removed(change: Expected, context: Context, claimed: set[tuple[int, str]]) -> bool:
    """Say whether exactly the rows that met the condition at the start are gone."""
    index = change.table.index
    wanted = _at_start(change, context)
    claimed.update((index, row[0]) for row in wanted)
    return bool(wanted) and all(context.tables[index].get(row[0]) is None for row in wanted)


def _were_changed(change: Expected, context: Context, claimed: set[tuple[int, str]]) -> bool:
    """Say whether the rows that met the condition at the start have these values, and their others as before."""
    index = change.table.index
    wanted = _at_start(change, context)
    context.charge(len(wanted) * (change.table.width + change.units))
    named = tuple(place for place, _ in change.values)
    for old in wanted:
        new = context.tables[index].get(old[0])
        if new is None or _differs(old, new, change.table, named):
            return False
        context.bound["row"] = old
        if any(new[place] != value(context) for place, value in change.values):
            return False
        claimed.add((index, old[0]))
    return bool(wanted)


def _at_start(change: Expected, context: Context) -> list[Row]:
    """Return the rows that met a change's condition as the episode began."""
    now = context.tables
    context.tables = context.before
    try:
        return list(change.where(context))
    finally:
        context.tables = now


def _differs(old: Row, new: Row, table: TableSchema, named: tuple[int, ...]) -> bool:
    """Say whether a column differs that is neither derived nor named by the task."""
    if old == new:
        return False
    return any(
        old[place] != new[place] and place not in table.derived and place not in named
        for place in range(1, table.width)
    )


def rules_of(plan: Plan, task: str) -> TaskRules:
    """Return a task's rules; a visit without a task (an empty name) has none that hold."""
    return TaskRules(plan, plan.program.tasks[task] if task else Task())
