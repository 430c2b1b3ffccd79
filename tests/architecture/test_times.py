"""No test says in seconds how fast something is: computers differ, and others use them. Ratios in one run are fine."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
CLOCKS = frozenset(
    f"{clock}{unit}"
    for clock in ("perf_counter", "monotonic", "process_time", "thread_time", "time.time", "elapsed")
    for unit in ("", "_ns")
)
UNITS = ("_s", "_ms", "_ns", "seconds")
"""How names end that hold a time."""


def _names(node: ast.AST) -> Iterator[str]:
    """Yield the names and attributes in an expression; of a call that of the function, whatever it is told."""
    if isinstance(node, ast.Call):
        yield from _names(node.func)
        for argument in node.args:
            yield from _names(argument)
        return
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
        if isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"
    for child in ast.iter_child_nodes(node):
        yield from _names(child)


def _is_timed(node: ast.AST, durations: set[str]) -> bool:
    """Say whether an expression holds a duration that was measured."""
    return any(name in durations or name in CLOCKS or name.endswith(UNITS) for name in _names(node) if name.islower())


def _durations(function: ast.AST) -> set[str]:
    """Return the names that hold a time or something made of one, within a function."""
    found: set[str] = set()
    while True:
        more = set(found)
        for part in ast.walk(function):
            match part:
                case ast.Assign(targets=targets, value=value) if _is_timed(value, found):
                    more |= {name for target in targets for name in _names(target)}
                case ast.Call(func=ast.Attribute(value=ast.Name(id=held), attr="append"), args=args) if any(
                    _is_timed(arg, found) for arg in args
                ):
                    more.add(held)
        if more == found:
            return found
        found = more


def absolute_times(source: str) -> Iterator[int]:
    """Yield the lines on which a duration is asserted to be less or more than something that is no duration."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        durations = _durations(function)
        asserted = [part.test for part in ast.walk(function) if isinstance(part, ast.Assert)]
        for comparison in (part for test in asserted for part in ast.walk(test) if isinstance(part, ast.Compare)):
            sides = [comparison.left, *comparison.comparators]
            timed = [_is_timed(side, durations) for side in sides]
            # That something took time at all is no absolute time.
            if any(timed) and not all(
                is_timed or _is_nought(side) for is_timed, side in zip(timed, sides, strict=True)
            ):
                yield comparison.lineno


def _is_nought(node: ast.AST) -> bool:
    """Say whether an expression is the number 0."""
    return isinstance(node, ast.Constant) and node.value == 0


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_asserts_an_absolute_time(path: Path) -> None:
    assert list(absolute_times(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "body",
    [
        "began = time.perf_counter(); work(); assert time.perf_counter() - began < 2",
        "began = time.monotonic(); took = time.monotonic() - began; assert took < 0.5",
        "a = []; a.append(time.time() - b); assert median(a) < 48",
        "took = time.time() - b; assert took < LIMIT_S",
        "took = time.time() - b; assert is_done and took < 2 * 60",
        "took = clock.elapsed(); assert 5 < took",
        "assert frame_s(panel) < 0.048",
        "assert report.seconds < 3",
    ],
)
def test_an_absolute_time_is_found(body: str) -> None:
    assert list(absolute_times(f"def test_it():\n    {body}")) == [2]


@pytest.mark.parametrize(
    "body",
    [
        "one = time.time() - b; two = time.time() - c; assert one < 3 * two",
        "assert 0 < second_s < 1.5 * first_s",
        "assert count() < 3",
        "assert worker.poll(timeout_s=30) is not None",
        "assert len(PATIENCE_S) == 3",
    ],
)
def test_a_ratio_and_a_limit_to_waiting_are_not(body: str) -> None:
    assert list(absolute_times(f"def test_it():\n    {body}")) == []
