"""Drawing an instance: generated rows, parameters, setup, and the start page, all from one seed.

Every number is keyed by what it is for, so one more column or parameter never shifts another. Which seeds become
instances is not decided here: the solver proves and numbers them.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from ..base import randomness, values
from ..base.behaviour import Task
from ..base.data import ChoiceSource, Generate, PoolSource
from ..base.data import Table as TableProgram
from ..base.errors import DrawError, FormulaFaultError, ProgramError
from ..base.nodes import table_of
from ..base.schema import Schema, TableSchema
from ..base.splits import split_of
from ..base.tables import Base, Row, Table
from ..base.variant import PLAIN, Variant
from ..base.words import followed, said
from ..formulas.closures import Formulas
from ..formulas.context import Closure, Context
from ..formulas.reads import reads_of
from ..pages.effects import apply, effect
from ..pages.interruptions import first_interference
from ..pages.plan import Plan
from ..pages.state import Start, State, Surface
from ..pages.viewing import Views
from ..steps.turns import Turn
from .answering.rules import how_to_answer
from .rivals import unwrapped
from .sources import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..base.values import Value

TRIES: Final = 200
"""How many sets of parameters are tried until one meets what the task requires."""

_TRIES_PER_DATA: Final = 20


class Drawing:
    """Draws the instances of one machine."""

    def __init__(self, plan: Plan, views: Views) -> None:
        self._plan = plan
        self._views = views
        self._tables = Generation(plan.schema, plan.formulas, plan.program.tables)
        # By task, as many as the program has.
        self._tasks: dict[str, _TaskDrawing] = {}

    def draw(self, task: str, seed: int) -> Start:
        """Return the instance of a task for a seed.

        Raises:
            DrawError: No tried set of parameters met what the task requires, or a formula failed.
            ProgramError: The program has no such task.
        """
        drawing = self._task(task)
        is_new = split_of(seed) == "test"
        reason = "no parameters meet what the task requires"
        tables: tuple[Table, ...] | None = None
        for attempt in range(TRIES):
            try:
                if attempt % _TRIES_PER_DATA == 0:
                    tables = None
                    tables = self._tables.tables(seed, attempt // _TRIES_PER_DATA, is_new=is_new)
                start = None if tables is None else drawing.attempt(tables, seed, attempt, is_new=is_new)
                if start is not None:
                    self._views.view(start, start.state)
                    return start
            except FormulaFaultError as fault:
                reason = str(fault)
        raise DrawError(task, seed, reason)

    def begun(self, start: Start, tables: tuple[Table, ...], parameters: "Mapping[str, Value]") -> Start | None:
        """Return what an instance would be with other rows and parameters drawn, or None if its task does not allow it.

        Raises:
            FormulaFaultError: A formula failed.
        """
        return self._task(start.task).begun(tables, parameters, start.seed)

    def visit(self) -> Start:
        """Return a visit without a task, for looking around: the fixed rows, and generated ones of seed 0.

        Raises:
            DrawError: A formula that makes the data, or what happens on arrival, cannot be computed.
        """
        try:
            tables = self._tables.tables(0, 0, is_new=False)
            state = State(Surface("", None, "/"), self._plan.schema.initial, tables)
            return _arrived(self._plan, Start("", 0, {}, "", state, ()), self._plan.start_page, None)
        except FormulaFaultError as fault:
            raise DrawError("visit", 0, str(fault)) from None

    def _task(self, task: str) -> "_TaskDrawing":
        """Return what draws a task's instances."""
        found = self._tasks.get(task)
        if found is None:
            program = self._plan.program.tasks.get(task)
            if program is None:
                raise ProgramError(f"the program has no task {task!r}")
            found = self._tasks[task] = _TaskDrawing(self._plan, task, program)
        return found


class _TaskDrawing:
    """What the drawing of one task needs, ready to run."""

    def __init__(self, plan: Plan, name: str, program: Task) -> None:
        formulas = plan.formulas
        self._plan = plan
        self._name = name
        self._parameters = [
            (
                parameter.name,
                Source(formulas, parameter, parameter.source, f"parameter:{name}:{parameter.name}", {}),
            )
            for parameter in program.parameters
        ]
        self._setup = [effect(formulas, one) for one in program.setup]
        self._require = formulas.condition(program.require)
        self._wordings = [formulas.exact_text(wording) for wording in program.wordings]
        self._how = ""
        if program.says_how and program.answer is not None:
            kind = unwrapped(program.answer).type
            self._how = f" {how_to_answer(kind, plan.schema.currency, plan.schema.locale)}"
        self._start_page: str = program.start or plan.start_page
        record = program.start_record
        self._record: Closure | None = None if record is None else formulas.value(record)

    def attempt(self, tables: tuple[Table, ...], seed: int, attempt: int, *, is_new: bool) -> Start | None:
        """Return the instance that one set of parameters makes, or None if the task does not allow them."""
        schema = self._plan.schema
        parameters: dict[str, Value] = {}
        context = Context(schema, tables, schema.initial, task=parameters, seed=seed)
        for name, source in self._parameters:
            found, value = source.value(context, seed, attempt, is_new=is_new)
            if not found:
                return None
            parameters[name] = value
        return self._begun(context, tables, parameters, seed)

    def begun(self, tables: tuple[Table, ...], parameters: "Mapping[str, Value]", seed: int) -> Start | None:
        """Return the instance of such rows and parameters, or None if the task does not allow them."""
        context = Context(self._plan.schema, tables, self._plan.schema.initial, task=parameters, seed=seed)
        return self._begun(context, tables, parameters, seed)

    def _begun(
        self, context: Context, drawn: tuple[Table, ...], parameters: "Mapping[str, Value]", seed: int
    ) -> Start | None:
        """Return the instance once setup is done, or None if the task does not allow its parameters."""
        apply(self._setup, context, {})
        if not self._require(context):
            return None
        goals = tuple(followed(wording(context), self._how) for wording in self._wordings) or ("",)
        goal = goals[randomness.below(len(goals), seed, f"wording:{self._name}")]
        record = None if self._record is None else self._record(context)
        state = State(Surface("", None, "/"), context.variables, context.tables)
        start = Start(self._name, seed, dict(parameters), str(goal), state, (), PLAIN, goals, drawn)
        return _arrived(self._plan, start, self._start_page, record)


def dressed(start: Start, variant: Variant) -> Start:
    """Return an instance as a variant shows it: with its wording, in the site's words, and with what comes between."""
    if variant == PLAIN:
        return start
    goals = start.goals
    goal = goals[goals.index(start.goal)] if start.goal in goals else start.goal
    if variant.goal and goals:
        held_out = held_out_wordings(len(goals))
        known = len(goals) - held_out
        is_new = variant.new_goal and held_out > 0
        goal = goals[known + variant.goal % held_out] if is_new else goals[variant.goal % known]
    state = start.state.replaced(interference=first_interference(variant))
    state.known_verdict = start.state.known_verdict
    return start._replace(goal=str(said(goal, variant)), state=state, variant=variant)


def held_out_wordings(count: int) -> int:
    """Return how many of a task's wordings, the last ones, only tests see: a third if there are three or more."""
    return count // 3


def _arrived(plan: Plan, start: Start, page: str, record: str | None) -> Start:
    """Return the instance with the start page shown and what happens by itself there done.

    Raises:
        FormulaFaultError: What happens by itself leaves the range of values; somebody who looks around may see that.
    """
    turn = Turn(plan, start, start.state)
    turn.arrive(page, record, by_address=True)
    turn.remember(replace=True)
    turn.taken = None
    turn.settle()
    if turn.refused and start.task:
        raise FormulaFaultError(turn.refused[0].reason)
    turn.tables = tuple(table.begun() for table in turn.tables)
    state = turn.finished(start.state)
    return start._replace(state=state, before=state.tables)


class Generation:
    """Makes the starting tables of an instance."""

    def __init__(self, schema: Schema, formulas: Formulas, tables: Mapping[str, TableProgram]) -> None:
        self._schema = schema
        self._fixed = [Table(name, Base(_fixed_rows(schema.tables[name], table))) for name, table in tables.items()]
        self._generated = [
            _Generated(schema, formulas, name, tables[name], generate) for name, generate in _in_order(tables).items()
        ]

    def tables(self, seed: int, attempt: int, *, is_new: bool) -> tuple[Table, ...]:
        """Return all tables for a seed; fixed tables share their rows with every instance.

        Args:
            seed: The instance's seed.
            attempt: Which set of tables of this seed.
            is_new: Whether pools give the values held out for tests.
        """
        tables = list(self._fixed)
        for generated in self._generated:
            context = Context(self._schema, tuple(tables), self._schema.initial)
            tables[generated.index] = generated.table(context, seed, attempt, is_new=is_new)
        return tuple(tables)


class _Generated:
    """Makes the rows of one table.

    Attributes:
        index: The table's position in a state.
    """

    def __init__(self, schema: Schema, formulas: Formulas, name: str, table: TableProgram, generate: Generate) -> None:
        self._schema = schema.tables[name]
        self.index = self._schema.index
        sources = generate.columns
        self._least = generate.minimum
        self._spare = max(generate.maximum - self._least, 0)
        places = self._schema.columns
        # Numbers that were listed by hand are kept as they were written: 1.5 is 1.50, but is not shown like it.
        comparable = {
            column.name: places[column.name]
            for column in table.columns
            if column.type not in ("decimal", "money")
            or not isinstance(sources.get(column.name), PoolSource | ChoiceSource)
        }
        self._sources = [
            (
                places[column.name],
                Source(formulas, column, sources[column.name], f"table:{name}:{column.name}", comparable),
            )
            for column in table.columns
            if column.name in sources
        ]

    def table(self, context: Context, seed: int, attempt: int, *, is_new: bool) -> Table:
        """Return the table with generated rows behind the fixed ones, made column by column in the table's order."""
        name = self._schema.name
        count = self._least + randomness.below(self._spare + 1, seed, f"rows:{name}", attempt)
        fixed = context.tables[self.index].rows
        cells: list[Sequence[Value]] = [_keys(count), *([(None,) * count] * (self._schema.width - 1))]
        for place, source in self._sources:
            taken = {row[place] for row in fixed} if source.is_unique else set()
            cells[place] = source.column(context, seed, attempt, cells, taken, is_new=is_new)
        return Table(name, Base((*fixed, *zip(*cells, strict=True))))


# By the number of rows, which hardly differs between instances; 256, the least used go. A few per cent of drawing.
@lru_cache(maxsize=256)
def _keys(count: int) -> tuple[str, ...]:
    """Return the keys of so many generated rows."""
    return tuple(f"g{number}" for number in range(1, count + 1))


def _fixed_rows(schema: TableSchema, table: TableProgram) -> tuple[Row, ...]:
    """Return a table's fixed rows with typed values."""
    rows = []
    for stored in table.rows:
        row: list[Any] = [stored.key]
        for name, kind in zip(schema.names, schema.types, strict=True):
            value = values.from_json(stored.values.get(name), kind.kind)
            row.append(values.seeded(value, kind.kind, kind.places))
        rows.append(tuple(row))
    return tuple(rows)


def _in_order(tables: Mapping[str, TableProgram]) -> dict[str, Generate]:
    """Return how generated tables are made, by name, so that one comes after those that its generators read."""
    order: dict[str, Generate] = {}
    visited: set[str] = set()

    def visit(name: str) -> None:
        if name in visited:
            return
        visited.add(name)
        generate = tables[name].generate
        if generate is None:
            return
        needed = set(reads_of(generate.columns).tables)
        for column in tables[name].columns:
            table = table_of(column.type)
            if column.name in generate.columns and table is not None:
                needed.add(table)
        for other in sorted(needed - {name}):
            visit(other)
        order[name] = generate

    for name in tables:
        visit(name)
    return order
