"""Modules stay short and functions simple: bars for the whole, so that nobody has to argue about one of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path for name in ("app", "exporters", "flow_models", "resources") for path in (ROOT / name).rglob("*.py")
)
LINES = 400
BRANCHES = 10
SHARE = 0.02
"""At most this part of the functions may branch more often than `BRANCHES`."""

_BRANCHES = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.Assert, ast.match_case)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def complexity(function: Function) -> int:
    """Return the ways through a function: one, and one more for each branch, loop, condition and comprehension."""
    found = 1
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Function):
            continue
        found += isinstance(node, _BRANCHES)
        if isinstance(node, ast.BoolOp):
            found += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            found += 1 + len(node.ifs)
        waiting.extend(ast.iter_child_nodes(node))
    return found


def functions(source: str) -> Iterator[Function]:
    """Yield every function and method of a module."""
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, Function))


def test_no_module_is_long() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path: lines for path, lines in long.items() if lines > LINES} == {}


def test_few_functions_branch_often() -> None:
    found = [
        (complexity(function), f"{path.relative_to(ROOT)}:{function.lineno} {function.name}")
        for path in SOURCES
        for function in functions(path.read_text(encoding="utf-8"))
    ]
    tangled = sorted((one for one in found if one[0] > BRANCHES), reverse=True)
    assert len(tangled) < SHARE * len(found), tangled


@pytest.mark.parametrize(
    ("body", "ways"),
    [
        ("pass", 1),
        ("return 1 if a and b else 2", 3),
        ("return [x for x in a if x if y]", 4),
        ("match a:\n        case 1:\n            pass\n        case _:\n            pass", 3),
        ("for x in a:\n        while b:\n            assert c", 4),
    ],
)
def test_ways_through_a_function_are_counted(body: str, ways: int) -> None:
    [function] = functions(f"def f(a, b, c, y):\n    {body}\n")
    assert complexity(function) == ways
