"""Drawing an instance: generated rows, parameters, setup, and the start page, all from one seed.

Every number is keyed by what it is for, so one more column or parameter never shifts another. Which seeds become
instances is not decided here: the solver proves and numbers them.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from . import randomness, selections, values
from .closures import Formulas
from .context import Closure, Context
from .effects import apply, effect
from .errors import DrawError, FormulaFaultError, ProgramError
from .pages import Plan
from .program import Json, Node, Schema, TableSchema, table_node, table_of
from .reads import reads_of
from .side import first_side
from .splits import split_of
from .state import Start, State, Surface
from .tables import Base, Row, Table
from .turns import Turn
from .values import Value
from .variant import PLAIN, Variant
from .views import Views

if TYPE_CHECKING:
    from collections.abc import Sequence

TRIES: Final = 200
"""How many sets of parameters are tried until one meets what the task requires."""

_TRIES_PER_DATA: Final = 20
_UNIQUE_TRIES: Final = 50
_DIGITS: Final = "0123456789"
_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MINUTES: Final = 24 * 60
_INDEXES_PER_ATTEMPT: Final = 100_000
"""Indexes that one attempt has for itself, more than a table has rows."""


class Drawing:
    """Draws the instances of one machine."""

    def __init__(self, plan: Plan, views: Views) -> None:
        self._plan = plan
        self._views = views
        self._tables = Generation(plan.schema, plan.formulas, plan.program["tables"])
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

    def visit(self) -> Start:
        """Return a visit without a task, for looking around: the fixed rows, and generated ones of seed 0."""
        tables = self._tables.tables(0, 0, is_new=False)
        state = State(Surface("", None, "/"), self._plan.schema.initial, tables)
        return _arrived(self._plan, Start("", 0, {}, "", state, ()), self._plan.start_page, None)

    def _task(self, task: str) -> "_TaskDrawing":
        """Return what draws a task's instances."""
        found = self._tasks.get(task)
        if found is None:
            program = self._plan.program["tasks"].get(task)
            if program is None:
                raise ProgramError(f"the program has no task {task!r}")
            found = self._tasks[task] = _TaskDrawing(self._plan, task, program)
        return found


class _TaskDrawing:
    """What the drawing of one task needs, ready to run."""

    def __init__(self, plan: Plan, name: str, program: Json) -> None:
        formulas = plan.formulas
        self._plan = plan
        self._name = name
        self._parameters = [
            (
                parameter["name"],
                Source(formulas, parameter, parameter["source"], f"parameter:{name}:{parameter['name']}"),
            )
            for parameter in program["parameters"]
        ]
        self._setup = [effect(formulas, one) for one in program["setup"]]
        self._require = formulas.condition(program["require"])
        self._wordings = [formulas.text(wording) for wording in program["wordings"]]
        self._start_page: str = program["start"] or plan.start_page
        record: Node | None = program["start_record"]
        self._record: Closure | None = None if record is None else formulas.value(record)

    def attempt(self, tables: tuple[Table, ...], seed: int, attempt: int, *, is_new: bool) -> Start | None:
        """Return the instance that one set of parameters makes, or None if the task does not allow them."""
        schema = self._plan.schema
        parameters: dict[str, Value] = {}
        context = Context(schema, tables, schema.initial, task=parameters, seed=seed)
        for name, source in self._parameters:
            found, value = source.draw(context, seed, attempt, is_new=is_new)
            if not found:
                return None
            parameters[name] = value
        apply(self._setup, context, {})
        if not self._require(context):
            return None
        goals = tuple(wording(context) for wording in self._wordings) or ("",)
        goal = goals[randomness.below(len(goals), seed, f"wording:{self._name}")]
        record = None if self._record is None else self._record(context)
        state = State(Surface("", None, "/"), context.variables, context.tables)
        start = Start(self._name, seed, parameters, goal, state, (), PLAIN, goals)
        return _arrived(self._plan, start, self._start_page, record)


def dressed(start: Start, variant: Variant) -> Start:
    """Return an instance as a variant shows it: with its wording, and with what comes between."""
    if variant == PLAIN:
        return start
    goal, goals = start.goal, start.goals
    if variant.goal and goals:
        held_out = held_out_wordings(len(goals))
        known = len(goals) - held_out
        is_new = variant.new_goal and held_out > 0
        goal = goals[known + variant.goal % held_out] if is_new else goals[variant.goal % known]
    state = start.state.replaced(side=first_side(variant))
    state.known_verdict = start.state.known_verdict
    return start._replace(goal=goal, state=state, variant=variant)


def held_out_wordings(count: int) -> int:
    """Return how many of a task's wordings, the last ones, only tests see: a third if there are three or more."""
    return count // 3


def _arrived(plan: Plan, start: Start, page: str, record: str | None) -> Start:
    """Return the instance with the start page shown and what happens by itself there done."""
    turn = Turn(plan, start, start.state)
    turn.arrive(page, record, by_address=True)
    turn.remember(replace=True)
    turn.taken = None
    turn.settle()
    turn.tables = tuple(table.begun() for table in turn.tables)
    state = turn.finished(start.state)
    return start._replace(state=state, before=state.tables)


class Generation:
    """Makes the starting tables of an instance."""

    def __init__(self, schema: Schema, formulas: Formulas, tables: Json) -> None:
        self._schema = schema
        self._fixed = {name: _fixed_rows(schema.tables[name], table) for name, table in tables.items()}
        self._bases = {name: Base(rows) for name, rows in self._fixed.items() if tables[name]["generate"] is None}
        self._generators: dict[str, list[tuple[int, str, Source]]] = {}
        self._counts: dict[str, tuple[int, int]] = {}
        for name in _in_order(tables):
            generate = tables[name]["generate"]
            self._counts[name] = (generate["minimum"], generate["maximum"])
            self._generators[name] = [
                (
                    schema.tables[name].columns[column["name"]],
                    column["name"],
                    Source(formulas, column, generate["columns"][column["name"]], f"table:{name}:{column['name']}"),
                )
                for column in tables[name]["columns"]
                if column["name"] in generate["columns"]
            ]

    def tables(self, seed: int, attempt: int, *, is_new: bool) -> tuple[Table, ...]:
        """Return all tables for a seed; fixed tables share their rows with every instance.

        Args:
            seed: The instance's seed.
            attempt: Which set of tables of this seed.
            is_new: Whether pools give the values held out for tests.
        """
        schema = self._schema
        made = {
            name: Table(name, self._bases[name] if name in self._bases else Base(self._fixed[name]))
            for name in schema.tables
        }
        for name in self._generators:
            made[name] = self._generated(name, made, seed, attempt, is_new=is_new)
        return tuple(made[table.name] for table in schema.table_list)

    def _generated(self, name: str, made: dict[str, Table], seed: int, attempt: int, *, is_new: bool) -> Table:
        """Return one table with its generated rows behind the fixed ones."""
        schema = self._schema.tables[name]
        least, most = self._counts[name]
        count = least + randomness.below(max(most - least, 0) + 1, seed, f"rows:{name}", attempt)
        rows = list(self._fixed[name])
        context = Context(
            self._schema, tuple(made[table.name] for table in self._schema.table_list), self._schema.initial
        )
        taken = {place: {row[place] for row in rows} for place, _, source in self._generators[name] if source.is_unique}
        pools = {place: source.pool_for(is_new=is_new) for place, _, source in self._generators[name]}
        shuffled = {
            place: randomness.Shuffled(len(pools[place]), seed, f"{source.purpose}:{attempt}")
            for place, _, source in self._generators[name]
            if pools[place]
        }
        for number in range(count):
            row: list[Any] = [f"g{number + 1}", *([None] * (schema.width - 1))]
            for place, _, source in self._generators[name]:
                context.bound["row"] = tuple(row)
                index = attempt * _INDEXES_PER_ATTEMPT + number
                row[place] = source.drawn(context, seed, index, pools[place], shuffled.get(place), taken.get(place))
            rows.append(tuple(row))
        return Table(name, Base(rows))


class Source:
    """Where a drawn value comes from: a pool, a range, listed values, a pattern, a row, or a formula."""

    def __init__(self, formulas: Formulas, column: Json, source: Json, purpose: str) -> None:
        self.purpose = purpose
        self.kind: str = source["kind"]
        self._type: str = column["type"]
        self._places = int(column.get("places", 2))
        self._schema = formulas.schema
        self.is_unique = bool(source.get("unique", False)) and self.kind in ("pool", "pattern")
        self.pool: tuple[Value, ...] = ()
        if self.kind in ("pool", "choice"):
            self.pool = tuple(values.from_json(value, self._type) for value in source["values"])
        self._new_pool = tuple(values.from_json(value, self._type) for value in source.get("held_out", ()))
        self._weights: Sequence[int] = source.get("weights", ())
        if self.kind == "choice" and len(self._weights) != len(self.pool):
            self._weights = (1,) * len(self.pool)
        self._pattern: str = source.get("pattern", "")
        self._formulas = {
            name: formulas.value(source[name])
            for name in ("minimum", "maximum", "step", "formula")
            if source.get(name) is not None
        }
        self._rows = None
        table = table_of(self._type)
        if self.kind == "row" and table is not None:
            self._rows = selections.selection(formulas, table_node(table), "row", source.get("where"))

    def pool_for(self, *, is_new: bool) -> tuple[Value, ...]:
        """Return the values to choose from, for tests those held out if there are such; empty for other kinds."""
        return self._new_pool if is_new and self._new_pool else self.pool

    def draw(self, context: Context, seed: int, index: int, *, is_new: bool) -> tuple[bool, Value]:
        """Return whether there is a value to draw, and the value, rounded as its type asks."""
        value = self._value(context, seed, index, self.pool_for(is_new=is_new))
        return value is not None or self.kind == "formula", values.assigned(value, self._type, self._places)

    def drawn(
        self,
        context: Context,
        seed: int,
        index: int,
        pool: tuple[Value, ...],
        shuffled: randomness.Shuffled | None,
        taken: set[Value] | None,
    ) -> Value:
        """Return the value of one generated row; unique ones avoid those taken already, as long as there are others."""
        if taken is None:
            return values.assigned(self._value(context, seed, index, pool), self._type, self._places)
        value: Value = None
        for again in range(_UNIQUE_TRIES):
            value = pool[shuffled.draw()] if shuffled is not None else self._masked(seed, index * _UNIQUE_TRIES + again)
            if value not in taken:
                break
        taken.add(value)
        return value

    def _value(self, context: Context, seed: int, index: int, pool: tuple[Value, ...]) -> Value:
        """Return the value for an index."""
        match self.kind:
            case "pool":
                return pool[randomness.below(len(pool), seed, self.purpose, index)] if pool else None
            case "choice":
                if not sum(self._weights):
                    return None
                return pool[randomness.weighted(self._weights, seed, self.purpose, index)]
            case "range":
                return self._from_range(context, seed, index)
            case "pattern":
                return self._masked(seed, index)
            case "row":
                rows: Sequence[Row] = () if self._rows is None else self._rows(context)
                return rows[randomness.below(len(rows), seed, self.purpose, index)][0] if rows else None
            case "formula":
                computed: Value = self._formulas["formula"](context) if "formula" in self._formulas else None
                return computed
            case _:
                raise ProgramError(f"unknown source {self.kind!r}")

    def _from_range(self, context: Context, seed: int, index: int) -> Value:
        """Return a value between two bounds, a whole number of steps above the lower one."""
        least, most = (
            self._formulas[name](context) if name in self._formulas else None for name in ("minimum", "maximum")
        )
        step = self._formulas["step"](context) if "step" in self._formulas else None
        if least is None or most is None:
            return None
        purpose = self.purpose
        if self._type == "date":
            count = max(values.days_between(least, most), 0) // max(int(step or 1), 1) + 1
            days = randomness.below(count, seed, purpose, index) * max(int(step or 1), 1)
            return (date.fromisoformat(least) + timedelta(days=days)).isoformat()
        if self._type == "time":
            first, last, gap = _minutes(least), _minutes(most), max(int(step or 1), 1)
            count = max(last - first, 0) // gap + 1
            minutes = (first + randomness.below(count, seed, purpose, index) * gap) % _MINUTES
            return f"{minutes // 60:02}:{minutes % 60:02}"
        width = Decimal(step) if step else _smallest_step(self._type, self._places)
        if width <= 0:
            return None
        count = int(max(Decimal(most) - Decimal(least), Decimal(0)) // width) + 1
        number = Decimal(least) + randomness.below(count, seed, purpose, index) * width
        return int(number) if self._type == "integer" else number

    def _masked(self, seed: int, index: int) -> str:
        """Return random characters by the mask: `#` a digit, `@` a capital letter, anything else itself."""
        bits = randomness.number(seed, f"{self.purpose}:characters", index)
        text = []
        for position, character in enumerate(self._pattern):
            alphabet = {"#": _DIGITS, "@": _CAPITALS}.get(character)
            if alphabet is None:
                text.append(character)
                continue
            if position % 8 == 7:
                bits = randomness.number(seed, f"{self.purpose}:characters:{position}", index)
            bits, choice = divmod(bits, len(alphabet))
            text.append(alphabet[choice])
        return "".join(text)


def _fixed_rows(schema: TableSchema, table: Json) -> tuple[Row, ...]:
    """Return a table's fixed rows with typed values."""
    rows = []
    for stored in table["rows"]:
        row: list[Any] = [stored["key"]]
        for name, kind in zip(schema.names, schema.types, strict=True):
            value = values.from_json(stored["values"].get(name), kind.kind)
            row.append(values.assigned(value, kind.kind, kind.places))
        rows.append(tuple(row))
    return tuple(rows)


def _in_order(tables: Json) -> list[str]:
    """Return the names of generated tables so that one comes after those that its generators read."""
    order: list[str] = []
    visited: set[str] = set()

    def visit(name: str) -> None:
        if name in visited:
            return
        visited.add(name)
        generate = tables[name]["generate"]
        if generate is None:
            return
        needed = set(reads_of(list(generate["columns"].values())).tables)
        for column in tables[name]["columns"]:
            table = table_of(column["type"])
            if column["name"] in generate["columns"] and table is not None:
                needed.add(table)
        for other in sorted(needed - {name}):
            visit(other)
        order.append(name)

    for name in tables:
        visit(name)
    return order


def _minutes(time: str) -> int:
    """Return the minutes since midnight of a time."""
    return int(time[:2]) * 60 + int(time[3:])


def _smallest_step(kind: str, places: int) -> Decimal:
    """Return the step of a range without one: a whole unit for integers and money, the last place for decimals."""
    return Decimal(1) if kind in ("integer", "money") else Decimal(1).scaleb(-places)
