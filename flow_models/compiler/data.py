"""Tables, generators, variables and tasks as programs write them."""

import hashlib
import json
from functools import lru_cache
from typing import Final

import resources
from flow_models.compiler.behaviour import BehaviourCompiler
from flow_models.compiler.formulas import FormulaTrees, Json
from flow_models.compiler.names import Names
from flow_models.compiler.problems import BrokenPartError, LeftOut, broken
from flow_models.document.base import ValueType
from flow_models.document.data import (
    ChoiceGenerator,
    FormulaGenerator,
    Generator,
    PatternGenerator,
    PoolGenerator,
    RangeGenerator,
    RowGenerator,
    Table,
    Variable,
)
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import (
    ChoiceSource,
    ExpectedChange,
    FormulaSource,
    Parameter,
    PoolSource,
    RangeSource,
    RowSource,
    Source,
    Task,
)

LEAST_KEPT: Final = 8
"""Values that tests and training each have at least of a pool that is shared out between them."""


class DataCompiler:
    """Compiles data and tasks."""

    def __init__(
        self,
        flow: Flow,
        trees: FormulaTrees,
        names: Names,
        behaviour: BehaviourCompiler,
        left_out: list[LeftOut],
    ) -> None:
        self._flow = flow
        self._trees = trees
        self._names = names
        self._behaviour = behaviour
        self._left_out = left_out

    def table(self, table: Table) -> Json:
        """Return a table; broken columns, values and generators are left out and named."""
        columns, rows = [], [{"key": row.id, "values": {}} for row in table.rows]
        written: list[str] = []
        for column in table.columns:
            at = Element("column", column.id)
            if column.name in written:
                self._left_out.append(broken(at, "same_name", name=column.name).problem)
                continue
            try:
                kind = self._names.type(column.type, at._replace(field="type"))
            except BrokenPartError as error:
                self._left_out.append(error.problem)
                continue
            written.append(column.name)
            columns.append(
                {
                    "name": column.name,
                    "title": column.title,
                    "type": kind,
                    "places": column.type.places,
                    "choices": list(column.type.choices),
                    "derived": column.derived,
                }
            )
            for row, line in zip(table.rows, rows, strict=True):
                self._cell(row.values.get(column.id), column.type, Element("row", row.id, column.id), line, column.name)
        return {
            "title": table.title,
            "durable": table.durable,
            "columns": columns,
            "rows": rows,
            "generate": self._generate(table, written),
        }

    def variable(self, variable: Variable) -> Json:
        """Return a variable; a broken initial value is left out and named, so that what reads it stays.

        Raises:
            BrokenPartError: Its type is broken.
        """
        at = Element("variable", variable.id)
        kind, initial = self._names.type(variable.type, at._replace(field="type")), None
        try:
            initial = self._names.literal(variable.initial, variable.type, at._replace(field="initial"))
        except BrokenPartError as error:
            self._left_out.append(error.problem)
        return {"type": kind, "places": variable.type.places, "initial": initial}

    def task(self, task: Task) -> Json:
        """Return a task.

        Raises:
            BrokenPartError: Something that it names is not there, or a formula has a mistake.
        """
        at = Element("task", task.id)
        if task.start is not None and task.start not in self._flow.pages_by_id:
            raise broken(at._replace(field="start"), "unknown_page")
        answer = self._trees.formula(at, "answer")
        return {
            "title": task.title,
            "wordings": [self._trees.text(at, f"wordings.{index}") for index in range(len(task.wordings))],
            "parameters": [self._parameter(parameter) for parameter in task.parameters],
            "require": self._trees.formula(at, "require"),
            "start": task.start,
            "start_record": self._trees.formula(at, "start_record"),
            "setup": [self._behaviour.effect(one, at, f"setup.{index}") for index, one in enumerate(task.setup)],
            "success": {
                "changes": [self._expected(one, at, index) for index, one in enumerate(task.success.changes)],
                "also": self._trees.formula(at, "success.also"),
                "nothing_else": task.success.nothing_else,
            },
            "answer": answer,
            "says_how": task.says_how,
            "may_be_infeasible": task.may_be_infeasible,
            "failures": [
                {"title": rule.title, "when": self._needed(at, f"failures.{index}.when")}
                for index, rule in enumerate(task.failures)
            ],
            "milestones": [
                {"title": rule.title, "when": self._needed(at, f"milestones.{index}.when"), "reward": rule.reward}
                for index, rule in enumerate(task.milestones)
            ],
            "max_steps": task.max_steps,
            "step_cost": task.step_cost,
            "weight": task.weight,
            "version": task.version,
            "tags": list(task.tags),
        }

    def _cell(self, value: str | int | bool | None, kind: ValueType, at: Element, line: Json, name: str) -> None:
        """Write one value of a row unless it is broken."""
        try:
            literal = self._names.literal(value, kind, at)
        except BrokenPartError as error:
            self._left_out.append(error.problem)
            return
        if literal is not None:
            line["values"][name] = literal

    def _generate(self, table: Table, columns: list[str]) -> Json | None:
        """Return how rows are generated, without broken generators."""
        generate = table.generate
        if generate is None:
            return None
        written: Json = {}
        for column in table.columns:
            generator = generate.columns.get(column.id)
            if generator is None or column.name not in columns:
                continue
            try:
                path = f"generate.columns.{column.id}"
                drawn = generate.maximum + len(table.rows)
                written[column.name] = self._generator(generator, column.type, Element("table", table.id), path, drawn)
            except BrokenPartError as error:
                self._left_out.append(error.problem)
        return {
            "minimum": generate.minimum,
            "maximum": max(generate.minimum, generate.maximum),
            "columns": written,
        }

    def _generator(
        self, generator: Generator | Source, kind: ValueType, at: Element, path: str, drawn: int = 1
    ) -> Json:
        """Return a generator or a parameter's source, with pools as their values; `drawn` is how many are drawn.

        Raises:
            BrokenPartError: A pool or type does not fit, or a formula has a mistake.
        """
        field = at._replace(field=path)
        match generator:
            case PoolGenerator():
                shared = self._shared_out(generator.pool, field, drawn if generator.unique else 1)
                return {"kind": "pool", **shared, "unique": generator.unique}
            case PoolSource():
                return {"kind": "pool", **self._shared_out(generator.pool, field, 1)}
            case RangeGenerator() | RangeSource():
                return {
                    "kind": "range",
                    "minimum": self._needed(at, f"{path}.minimum"),
                    "maximum": self._needed(at, f"{path}.maximum"),
                    "step": self._trees.formula(at, f"{path}.step"),
                }
            case ChoiceGenerator() | ChoiceSource():
                values = [self._names.literal(value, kind, field) for value in generator.values]
                return {"kind": "choice", "values": values, "weights": list(getattr(generator, "weights", ()))}
            case PatternGenerator():
                return {"kind": "pattern", "pattern": generator.pattern, "unique": generator.unique}
            case RowGenerator() | RowSource():
                self._names.require_row(kind, field)
                return {"kind": "row", "where": self._trees.formula(at, f"{path}.where")}
            case FormulaGenerator() | FormulaSource():
                return {"kind": "formula", "formula": self._needed(at, f"{path}.formula")}

    def _shared_out(self, pool: str, at: Element, drawn: int) -> Json:
        """Return the values of a pool for training and validation, and those held out for tests.

        Nothing is held out where either part would have fewer values than are drawn: tests then see the same ones.

        Raises:
            BrokenPartError: There is no such pool.
        """
        values = _pool(pool, at)
        held_out = [value for value in values if _is_held_out(value)] if self._flow.variation.data.is_on else []
        if min(len(held_out), len(values) - len(held_out)) < max(drawn, LEAST_KEPT):
            return {"values": values, "held_out": []}
        return {"values": [value for value in values if value not in set(held_out)], "held_out": held_out}

    def _parameter(self, parameter: Parameter) -> Json:
        """Return a parameter of a task."""
        at = Element("parameter", parameter.id)
        return {
            "name": parameter.name,
            "title": parameter.title,
            "type": self._names.type(parameter.type, at._replace(field="type")),
            "places": parameter.type.places,
            "choices": list(parameter.type.choices),
            "source": self._generator(parameter.source, parameter.type, at, "source"),
        }

    def _expected(self, change: ExpectedChange, at: Element, index: int) -> Json:
        """Return an expected change."""
        path = f"success.changes.{index}"
        table = self._names.table(change.table, at._replace(field=f"{path}.table"))
        return {
            "kind": change.kind,
            "table": table.name,
            "where": None if change.kind == "added" else self._trees.formula(at, f"{path}.where"),
            "values": {} if change.kind == "removed" else self._behaviour.values(change.values, table, at, path),
            "count": change.count,
        }

    def _needed(self, at: Element, field: str) -> Json:
        """Return a formula that must be there.

        Raises:
            BrokenPartError: It is missing or has a mistake.
        """
        tree = self._trees.formula(at, field)
        if tree is None:
            raise broken(at._replace(field=field), "missing_formula")
        return dict(tree)


def _is_held_out(value: str | int) -> bool:
    """Say whether a value of a pool belongs to tests; about a quarter do, in every flow the same."""
    return hashlib.blake2b(str(value).encode(), digest_size=1).digest()[0] % 4 == 0


def _pool(name: str, at: Element) -> list[str | int]:
    """Return the values of a shipped pool.

    Raises:
        BrokenPartError: There is no such pool.
    """
    values = pool_values(name)
    if values is None:
        raise broken(at, "unknown_pool", pool=name)
    return list(values)


@lru_cache(maxsize=64)
def pool_values(name: str) -> tuple[str | int, ...] | None:
    """Return the values of a shipped pool, or None if there is none of this name."""
    try:
        path = resources.path("pools", f"{name}.json")
    except FileNotFoundError:
        return None
    values: list[str | int] = json.loads(path.read_text(encoding="utf-8"))["values"]
    return tuple(values)
