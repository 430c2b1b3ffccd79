"""From Python's syntax tree to a typed tree: names are resolved, operators checked, mistakes collected.

A mistake never ends the work: the part with it becomes `unknown`, which meets every type, so that one mistake is told
once and others are still found. Literals are in `literals`. Comparisons (`comparing`) and functions and aggregates
(`calls`) type their own parts through this one again, so they are handed in (`Beyond`) and not imported: everything
else would be a circle.
"""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final, Literal, NamedTuple

from rapidfuzz import fuzz, process

from flow_models.formulas import kinds
from flow_models.formulas.better import column_or_empty, divided_or_empty
from flow_models.formulas.kinds import UNKNOWN, Node
from flow_models.formulas.literals import CONSTANTS, adapted, number
from flow_models.formulas.reading import DEPTH, SIGNS, Better, Error, Read, error
from flow_models.formulas.scope import Binding, Scope

Space = Literal["field", "variable", "task", "table", "column"]

_CLOCK: Final = {"date": "date", "time": "time", "step": "integer"}


class Reference(NamedTuple):
    """One use of a name that belongs to the flow; `table` is set for columns. Positions count characters."""

    space: Space
    name: str
    start: int
    end: int
    table: str | None = None


class Beyond(NamedTuple):
    """How the two parts of the language are typed that stand in modules of their own."""

    comparison: Callable[["Typer", ast.Compare], Node]
    call: Callable[["Typer", ast.Call], Node]


class Typer:
    """Types one formula; afterwards `errors` and `references` are complete."""

    def __init__(self, read: Read, scope: Scope, beyond: Beyond) -> None:
        self.read = read
        self.scope = scope
        self.beyond = beyond
        self.errors: list[Error] = []
        self.references: list[Reference] = []
        self.bindings: list[Binding] = []
        self.is_in_chain = False
        self._depth = 0
        self._is_too_deep = False

    def fail(self, mistake: str, node: ast.expr | ast.keyword, /, *, warning: bool = False, **args: str) -> Node:
        """Note a mistake and return the node that stands for the part with it."""
        start, end = self.read.span(node)
        self.errors.append(error(mistake, start, end, warning=warning, **args))
        return UNKNOWN

    def doubt(self, mistake: str, node: ast.expr, /, whole: ast.expr, better: str, **args: str) -> None:
        """Note what may have no value, and what could be written for the whole that it is part of."""
        self.fail(mistake, node, warning=True, **args)
        if better:
            self.errors[-1] = self.errors[-1]._replace(better=Better(*self.read.span(whole), better))

    def fail_name(self, mistake: str, node: ast.expr, wrong: str, known: Iterator[str], /, table: str = "") -> Node:
        """Note an unknown name, with the closest known one if there is one."""
        close = process.extractOne(wrong, list(known), scorer=fuzz.ratio, score_cutoff=60)
        if close is None:
            return self.fail(mistake, node, name=wrong, table=table)
        return self.fail(f"{mistake}_close", node, name=wrong, close=close[0], table=table)

    def refer(self, space: Space, name: str, node: ast.expr, table: str | None = None) -> None:
        """Note the use of a name; in `a.b` it is the name behind the point."""
        _, end = self.read.span(node)
        self.references.append(Reference(space, name, end - len(name), end, table))

    @contextmanager
    def bound(self, binding: Binding) -> Iterator[None]:
        """Bind a row while the block runs."""
        self.bindings.append(binding)
        yield
        self.bindings.pop()

    def typed(self, node: ast.expr) -> Node:
        """Return the typed tree of one part."""
        self._depth += 1
        try:
            if self._depth > DEPTH:
                if not self._is_too_deep:
                    self._is_too_deep = True
                    self.fail("too_deep", node, limit=str(DEPTH))
                return UNKNOWN
            return self._dispatched(node)
        finally:
            self._depth -= 1

    def condition(self, node: ast.expr) -> Node:
        """Return the typed tree of a part that must be yes or no."""
        tree = self.typed(node)
        if tree["type"] not in ("boolean", "none", "unknown"):
            return self.fail("not_a_condition", node, part=self.read.text(node), kind=kinds.words(tree["type"]))
        return tree

    def _dispatched(self, node: ast.expr) -> Node:
        typed = self._TYPED.get(type(node))
        return self.fail("not_allowed", node, part=self.read.text(node)) if typed is None else typed(self, node)

    def _joined(self, node: ast.BoolOp) -> Node:
        op = "and" if isinstance(node.op, ast.And) else "or"
        return {"op": op, "type": "boolean", "args": [self.condition(part) for part in node.values]}

    def _constant(self, node: ast.Constant) -> Node:
        match node.value:
            case bool():
                return CONSTANTS["true" if node.value else "false"]
            case None:
                return CONSTANTS["empty"]
            case str():
                return {"op": "value", "type": "text", "value": node.value}
            case int() | float():
                tree = number(self.read.text(node))
                return self.fail("number_form", node, part=self.read.text(node)) if tree is None else tree
            case _:
                return self.fail("not_allowed", node, part=self.read.text(node))

    def _name(self, node: ast.Name) -> Node:
        name = node.id
        alias = next((one for one in reversed(self.bindings) if one.is_alias and one.bind == name), None)
        if alias is not None:
            return {"op": "bound", "type": f"row:{alias.table}", "name": name}
        if name in ("row", "record", "used"):
            return self._bound(node)
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name == "answer":
            is_allowed = "answer" in self.scope.allow
            return {"op": "answer", "type": "text"} if is_allowed else self.fail("answer_here", node)
        return self._bare_column(node) or self._global(node)

    def _bare_column(self, node: ast.Name) -> Node | None:
        """Resolve the name of a column of the innermost row that has one; None if none has."""
        name = node.id
        for binding in (*reversed(self.bindings), *self._own_row()):
            if not binding.is_alias and name in self._columns(binding.table):
                self.refer("column", name, node, binding.table)
                of: Node = {"op": "bound", "type": f"row:{binding.table}", "name": binding.bind}
                return self.column(of, name, self.scope.tables[binding.table].columns[name], binding.is_before)
        return None

    def _own_row(self) -> tuple[Binding, ...]:
        """Return the binding of the place's own row, outermost of all."""
        return () if self.scope.row is None else (Binding("row", self.scope.row, False, False),)

    def _global(self, node: ast.Name) -> Node:
        """Resolve the name of a variable or table."""
        name, scope = node.id, self.scope
        if name in scope.variables:
            self.refer("variable", name, node)
            return {"op": "variable", "type": scope.variables[name], "name": name}
        if name in scope.tables:
            self.refer("table", name, node)
            return {"op": "table", "type": f"rows:{name}", "name": name, "before": False}
        if name in ("field", "task", "before", "clock"):
            return self.fail("namespace_alone", node, name=name)
        if name in scope.fields:
            return self.fail("unknown_name_close", node, name=name, close=f"field.{name}")
        if name in scope.task:
            return self.fail("unknown_name_close", node, name=name, close=f"task.{name}")
        return self.fail_name("unknown_name", node, name, self._known_names())

    def _known_names(self) -> Iterator[str]:
        """Yield every bare name that could have been meant."""
        for binding in (*reversed(self.bindings), *self._own_row()):
            if binding.is_alias:
                yield binding.bind
            else:
                yield from self._columns(binding.table)
        yield from self.scope.variables
        yield from self.scope.tables
        yield from ("empty", "true", "false", "record", "row", "field", "task", "before", "clock")

    def _columns(self, table: str) -> tuple[str, ...]:
        info = self.scope.tables.get(table)
        return () if info is None else tuple(info.columns)

    def _bound(self, node: ast.Name) -> Node:
        """Resolve `row`, `record` or `used`."""
        name = node.id
        table = {"row": self.scope.row, "record": self.scope.record, "used": self.scope.used}[name]
        if table is not None:
            return {"op": "bound", "type": f"row:{table}", "name": name}
        if name == "row":
            for binding in reversed(self.bindings):
                if not binding.is_alias:
                    return {"op": "bound", "type": f"row:{binding.table}", "name": binding.bind}
        return self.fail(f"no_{name}", node)

    def column(self, of: Node, name: str, kind: str, is_before: bool) -> Node:
        """Return the node of a column; `before` marks a row whose values are those of the start of the episode."""
        node: Node = {"op": "column", "type": kind, "of": of, "name": name}
        return {**node, "before": True} if is_before else node

    def _attribute(self, node: ast.Attribute) -> Node:
        if isinstance(node.value, ast.Name) and not self._is_alias(node.value.id):
            match node.value.id:
                case "field" | "task" as space:
                    return self._member(node, space)
                case "clock":
                    return self._clock(node)
                case "before":
                    return self._before(node)
                case _:
                    pass
        return self._column_of(node)

    def _clock(self, node: ast.Attribute) -> Node:
        """Resolve `clock.PART`."""
        if node.attr in _CLOCK:
            return {"op": "clock", "type": _CLOCK[node.attr], "part": node.attr}
        return self.fail_name("unknown_clock", node, node.attr, iter(_CLOCK))

    def _column_of(self, node: ast.Attribute) -> Node:
        """Resolve a column of a row that a part of the formula gives."""
        of = self.typed(node.value)
        if of["type"] == "unknown":
            return UNKNOWN
        table = kinds.table_of(of["type"])
        if table is None:
            return self.fail("no_columns", node, part=self.read.text(node.value), kind=kinds.words(of["type"]))
        if node.attr not in self._columns(table):
            return self.fail_name("unknown_column", node, node.attr, iter(self._columns(table)), table=table)
        self.refer("column", node.attr, node, table)
        if of["op"] == "aggregate" and "value" not in of and "default" not in of:
            better = column_or_empty(self.read.text(node.value), node.attr)
            self.doubt("may_be_missing", node, node, better, function=str(of["fn"]), column=node.attr)
        return self.column(of, node.attr, self.scope.tables[table].columns[node.attr], self._is_before(of))

    def _is_alias(self, name: str) -> bool:
        return any(binding.is_alias and binding.bind == name for binding in self.bindings)

    def _is_before(self, node: Node) -> bool:
        """Say whether a row comes from the start of the episode."""
        match node["op"]:
            case "bound":
                return any(binding.bind == node["name"] and binding.is_before for binding in self.bindings)
            case "column":
                return "before" in node
            case "aggregate":
                return kinds.are_before(node["rows"])
            case _:
                return False

    def _member(self, node: ast.Attribute, space: Literal["field", "task"]) -> Node:
        """Resolve `field.NAME` or `task.NAME`."""
        members = self.scope.fields if space == "field" else self.scope.task
        if node.attr not in members:
            return self.fail_name(f"unknown_{space}", node, node.attr, iter(members))
        self.refer(space, node.attr, node)
        return {"op": space, "type": members[node.attr], "name": node.attr}

    def _before(self, node: ast.Attribute) -> Node:
        """Resolve `before.TABLE`."""
        if "before" not in self.scope.allow:
            return self.fail("before_here", node, name="before")
        info = self.scope.tables.get(node.attr)
        if info is None:
            return self.fail_name("unknown_table", node, node.attr, iter(self.scope.tables))
        self.refer("table", node.attr, node)
        if not info.durable:
            return self.fail("not_durable", node, table=node.attr)
        return {"op": "table", "type": f"rows:{node.attr}", "name": node.attr, "before": True}

    def _unary(self, node: ast.UnaryOp) -> Node:
        if isinstance(node.op, ast.Not):
            return {"op": "not", "type": "boolean", "arg": self.condition(node.operand)}
        if not isinstance(node.op, ast.USub):
            return self.fail("not_allowed", node, part=self.read.text(node))
        arg = self.typed(node.operand)
        if arg["type"] == "unknown":
            return UNKNOWN
        if arg["type"] not in kinds.AMOUNTS:
            part = self.read.text(node.operand)
            return self.fail("not_a_number", node.operand, part=part, kind=kinds.words(arg["type"]))
        if arg["op"] == "value":
            return {**arg, "value": -arg["value"] if isinstance(arg["value"], int) else _negated(arg["value"])}
        return {"op": "neg", "type": arg["type"], "arg": arg}

    def _arithmetic(self, node: ast.BinOp) -> Node:
        sign = SIGNS.get(type(node.op))
        if sign is None:
            mistake = "power" if isinstance(node.op, ast.Pow) else "not_allowed"
            return self.fail(mistake, node, part=self.read.text(node))
        tree = self.arithmetic(sign, node, node.left, node.right)
        if sign in ("/", "//", "%") and tree["op"] == "arith":
            if kinds.is_zero(tree["right"]):
                return self.fail("by_zero", node.right)
            if not kinds.is_literal(tree["right"]):
                left, right = (self.read.text(part) for part in (node.left, node.right))
                self.doubt("may_be_zero", node.right, node, divided_or_empty(sign, left, right), part=right)
        return tree

    def arithmetic(self, sign: str, whole: ast.expr, first: ast.expr, second: ast.expr) -> Node:
        """Return the node of `first sign second`."""
        left, right = self.typed(first), self.typed(second)
        if "unknown" in (left["type"], right["type"]):
            return UNKNOWN
        if sign in ("+", "-") and {left["type"], right["type"]} & {"money", "date"}:
            left, right = self.met(left, right, first, second)
        if "unknown" in (left["type"], right["type"]):
            return UNKNOWN
        kind = kinds.arithmetic(sign, left, right)
        if kind is None:
            return self.fail(
                "arithmetic",
                whole,
                sign=sign,
                left=self.read.text(first),
                left_kind=kinds.words(left["type"]),
                right=self.read.text(second),
                right_kind=kinds.words(right["type"]),
            )
        return {"op": "arith", "type": kind, "sign": sign, "left": left, "right": right}

    def met(self, left: Node, right: Node, first: ast.expr, second: ast.expr) -> tuple[Node, Node]:
        """Return two nodes of which a literal has taken the type of the other (`2` as money, a text as a date)."""
        if kinds.is_literal(right) and not kinds.is_literal(left):
            return left, self.fitted(right, left["type"], second, self.scope.allowed_values(left))
        if kinds.is_literal(left) and not kinds.is_literal(right):
            return self.fitted(left, right["type"], first, self.scope.allowed_values(right)), right
        return left, right

    def fitted(self, node: Node, kind: str, at: ast.expr, choices: tuple[str, ...] = ()) -> Node:
        """Return a node whose literals have taken a type, noting those that have not its form."""
        tree, mistake = adapted(node, kind, choices)
        if not mistake:
            return tree
        if mistake == "unknown_choice":
            return self.fail_name(mistake, at, str(node.get("value", "")), iter(choices))
        return self.fail(mistake, at, part=self.read.text(at))

    def _list(self, node: ast.List | ast.Tuple) -> Node:
        items = [self.typed(item) for item in node.elts]
        if any(item["type"] == "unknown" for item in items):
            return UNKNOWN
        bad = next(
            (
                part
                for item, part in zip(items, node.elts, strict=True)
                if ":" in item["type"] and kinds.table_of(item["type"]) is None
            ),
            None,
        )
        if bad is not None:
            return self.fail("list_item", bad, part=self.read.text(bad))
        return {"op": "list", "type": f"list:{items[0]['type'] if items else 'none'}", "items": items}

    def _choice(self, node: ast.IfExp) -> Node:
        test = self.condition(node.test)
        then, other = self.typed(node.body), self.typed(node.orelse)
        if "unknown" in (test["type"], then["type"], other["type"]):
            return UNKNOWN
        then, other = self.met(then, other, node.body, node.orelse)
        kind = kinds.joined(then["type"], other["type"])
        if "unknown" in (then["type"], other["type"]):
            return UNKNOWN
        if kind is None:
            return self.fail(
                "branches", node, left_kind=kinds.words(then["type"]), right_kind=kinds.words(other["type"])
            )
        return {"op": "if", "type": kind, "test": test, "then": then, "else": other}

    _TYPED: ClassVar[dict[type[ast.expr], Callable[["Typer", Any], Node]]] = {
        ast.Constant: _constant,
        ast.Name: _name,
        ast.Attribute: _attribute,
        ast.BoolOp: _joined,
        ast.UnaryOp: _unary,
        ast.BinOp: _arithmetic,
        ast.Compare: lambda typer, node: typer.beyond.comparison(typer, node),
        ast.IfExp: _choice,
        ast.List: _list,
        ast.Tuple: _list,
        ast.Call: lambda typer, node: typer.beyond.call(typer, node),
    }
    """What types each kind of part; each gets its own kind, so `Any` is honest."""


def _negated(digits: str) -> str:
    """Return a number in digits with the other sign."""
    return digits[1:] if digits.startswith("-") else f"-{digits}"
