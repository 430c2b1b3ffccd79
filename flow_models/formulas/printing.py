"""From a tree back to source in one canonical spelling: reading it again in the same scope gives the same tree."""

from collections.abc import Callable
from typing import Final

from flow_models.formulas.calls import DIVISIONS
from flow_models.formulas.kinds import Node
from flow_models.formulas.scope import WORDS

_IF, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _NEGATIVE, _ATOM = range(9)

_SIGNS: Final = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "//": _PRODUCT, "%": _PRODUCT}
_FUNCTION_OF: Final = {sign: name for name, sign in DIVISIONS.items()}
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


def to_source(tree: Node, *, is_inside: bool = False) -> str:
    """Return the source of a finished tree; `is_inside` for a part that will stand inside an aggregate."""
    return _Printer(int(is_inside)).printed(tree, _IF)


def template_to_source(parts: list[str | Node]) -> str:
    """Return the source of a template from its parts."""
    printed = []
    for part in parts:
        if isinstance(part, str):
            printed.append(part.replace("{", "{{").replace("}", "}}"))
        else:
            printed.append("{" + to_source(part) + "}")
    return "".join(printed)


def quoted(value: str) -> str:
    """Return a text as a literal."""
    return f'"{value.translate(_ESCAPES)}"'


class _Printer:
    """Prints one tree; knows inside how many aggregates it is, where bare columns are those of the inner row."""

    def __init__(self, inside: int) -> None:
        self._inside = inside

    def printed(self, node: Node, least: int) -> str:
        """Return the source of a node, in brackets if it binds less than its neighbours need."""
        text, strength = self._print(node)
        return f"({text})" if strength < least else text

    def _print(self, node: Node) -> tuple[str, int]:
        """Return the source of a node and how strongly it holds together."""
        name = _NAMES.get(node["op"])
        if name is not None:
            return name(node), _ATOM
        match node["op"]:
            case "value":
                return _value(node)
            case "column":
                return self._column(node), _ATOM
            case "call":
                return f"{node['fn']}({self._listed(node['args'])})", _ATOM
            case "list":
                return f"[{self._listed(node['items'])}]", _ATOM
            case "aggregate":
                return self._aggregate(node), _ATOM
            case "sorted":
                return self._sorted(node), _ATOM
            case _:
                return self._operation(node)

    def _listed(self, nodes: list[Node]) -> str:
        return ", ".join(self.printed(node, _IF) for node in nodes)

    def _operation(self, node: Node) -> tuple[str, int]:
        match node["op"]:
            case "and":
                return " and ".join(self.printed(arg, _NOT) for arg in node["args"]), _AND
            case "or":
                return " or ".join(self.printed(arg, _AND) for arg in node["args"]), _OR
            case "not":
                return f"not {self.printed(node['arg'], _NOT)}", _NOT
            case "neg":
                return f"-{self.printed(node['arg'], _NEGATIVE)}", _NEGATIVE
            case "compare":
                left, right = self.printed(node["left"], _SUM), self.printed(node["right"], _SUM)
                return f"{left} {node['test']} {right}", _COMPARE
            case "arith":
                return self._arithmetic(node)
            case "if":
                then, test = self.printed(node["then"], _OR), self.printed(node["test"], _OR)
                return f"{then} if {test} else {self.printed(node['else'], _IF)}", _IF
            case op:
                raise ValueError(f"no formula has the operation {op!r}")

    def _arithmetic(self, node: Node) -> tuple[str, int]:
        sign = node["sign"]
        if "default" in node:
            parts = (self.printed(node[part], _IF) for part in ("left", "right", "default"))
            return f"{_FUNCTION_OF[sign]}({', '.join(parts)})", _ATOM
        strength = _SIGNS[sign]
        left, right = self.printed(node["left"], strength), self.printed(node["right"], strength + 1)
        return f"{left} {sign} {right}", strength

    def _column(self, node: Node) -> str:
        of = node["of"]
        if of["op"] != "bound":
            return f"{self.printed(of, _ATOM)}.{node['name']}"
        is_bare = of["name"] == "row" and not self._inside and node["name"] not in WORDS
        if _is_own(of["name"]) or is_bare:
            return str(node["name"])
        return f"{of['name']}.{node['name']}"

    def _aggregate(self, node: Node) -> str:
        parts = [self._rows(node)]
        self._inside += 1
        for name in ("value", "where"):
            if name in node:
                is_named = name == "value" and node["fn"] in ("first", "last")
                parts.append(("value=" if is_named else "") + self.printed(node[name], _IF))
        self._inside -= 1
        if node["fn"] in ("first", "last"):
            parts.sort(key=lambda part: part.startswith("value="))
        if "default" in node:
            parts.append(f"default={self.printed(node['default'], _IF)}")
        return f"{node['fn']}({', '.join(parts)})"

    def _sorted(self, node: Node) -> str:
        rows = self._rows(node)
        self._inside += 1
        key = self.printed(node["key"], _IF)
        self._inside -= 1
        return f"sort_by({rows}, {key}{', descending=true' if node['descending'] else ''})"

    def _rows(self, node: Node) -> str:
        rows = self.printed(node["rows"], _IF)
        return rows if _is_own(node["bind"]) else f"{rows} as {node['bind']}"


def _is_own(bind: str) -> bool:
    """Say whether a row is bound without an alias, so that its columns are bare names."""
    return bind.startswith("row") and bind[3:].isdigit()


_NAMES: Final[dict[str, Callable[[Node], str]]] = {
    "field": lambda node: f"field.{node['name']}",
    "task": lambda node: f"task.{node['name']}",
    "variable": lambda node: str(node["name"]),
    "bound": lambda node: "row" if _is_own(node["name"]) else str(node["name"]),
    "table": lambda node: f"before.{node['name']}" if node["before"] else str(node["name"]),
    "changes": lambda node: f"{node['change']}({node['table']})",
    "clock": lambda node: "today()" if node["part"] == "date" else f"clock.{node['part']}",
    "answer": lambda _node: "answer",
}
"""The source of what is only named, by its operation."""


def _value(node: Node) -> tuple[str, int]:
    value = node["value"]
    match node["type"]:
        case "none":
            return "empty", _ATOM
        case "boolean":
            return ("true" if value else "false"), _ATOM
        case "integer" | "decimal" | "money":
            digits = str(value)
            return digits, _NEGATIVE if digits.startswith("-") else _ATOM
        case _:
            return quoted(str(value)), _ATOM
