"""No test says in seconds how fast something is: computers differ, and others use them. Ratios in one run are fine."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
CLOCKS = frozenset({"perf_counter", "monotonic", "process_time", "thread_time", "time", "perf_counter_ns"})


def _reads_clock(node: ast.AST) -> bool:
    """Say whether an expression reads a clock."""
    return any(
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and part.func.attr in CLOCKS
        and isinstance(part.func.value, ast.Name)
        and part.func.value.id == "time"
        for part in ast.walk(node)
    )


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _durations(function: ast.AST) -> set[str]:
    """Return the names that hold a time or something made of one, within a function."""
    found: set[str] = set()
    while True:
        more = set(found)
        for part in ast.walk(function):
            match part:
                case ast.Assign(targets=targets, value=value) if _reads_clock(value) or _names(value) & found:
                    more |= {name for target in targets for name in _names(target)}
                case ast.Call(func=ast.Attribute(value=ast.Name(id=held), attr="append"), args=args) if any(
                    _reads_clock(arg) or _names(arg) & found for arg in args
                ):
                    more.add(held)
        if more == found:
            return found
        found = more


def absolute_times(source: str) -> Iterator[int]:
    """Yield the lines on which a duration is asserted to be less or more than a number."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        durations = _durations(function)
        for part in ast.walk(function):
            if not isinstance(part, ast.Assert) or not isinstance(part.test, ast.Compare):
                continue
            sides = [part.test.left, *part.test.comparators]
            timed = [side for side in sides if _reads_clock(side) or _names(side) & durations]
            plain = [side for side in sides if isinstance(side, ast.Constant) and side.value != 0]
            if timed and plain:
                yield part.lineno


@pytest.mark.parametrize("path", sorted(TESTS.rglob("test_*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_asserts_an_absolute_time(path: Path) -> None:
    assert list(absolute_times(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("    began = time.perf_counter()\n    work()\n    assert time.perf_counter() - began < 2\n", [4]),
        ("    began = time.monotonic()\n    took = time.monotonic() - began\n    assert took < 0.5\n", [4]),
        ("    a = []\n    a.append(time.time() - b)\n    assert median(a) < 48\n", [4]),
        ("    one = time.time() - b\n    two = time.time() - c\n    assert one < 3 * two\n", []),
        ("    assert count() < 3\n", []),
    ],
)
def test_an_absolute_time_is_found(body: str, lines: list[int]) -> None:
    assert list(absolute_times(f"def test_it():\n{body}")) == lines
