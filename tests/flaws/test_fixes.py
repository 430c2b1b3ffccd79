"""No fix makes it worse: after each that is offered for a seeded flaw there are no more errors than before it."""

import random
from collections.abc import Iterator, Sequence

import pytest

from flow_models.checks import Checker, Problem, check
from flow_models.checks.running import check_by_running
from flow_models.document.flow import Flow
from tests.flaws.table import SOLVED, Flaw, example
from tests.flaws.test_flaws import FLAWS

SAMPLED = 60
"""Flaws of which the fixes are tried each time; all of them are in the proof."""


def base_of(flaw: Flaw) -> Flow:
    return example(flaw.base) if isinstance(flaw.base, str) else flaw.base


def errors(found: Sequence[Problem]) -> list[str]:
    return [problem.sentence() for problem in found if problem.severity == "error"]


def is_same(problem: Problem, other: Problem) -> bool:
    return (problem.code, problem.elements) == (other.code, other.elements)


def wrong(problem: Problem, before: Sequence[Problem], after: Sequence[Problem]) -> Iterator[str]:
    """Yield what is wrong with the fix of a problem, from what was found before and after it."""
    assert problem.fix is not None
    sentence = f"{problem.sentence()} [{problem.fix.sentence()}]"
    was, now = errors(before), errors(after)
    if len(now) > len(was):
        yield f"{sentence} makes: {[words for words in now if words not in was]}"
    if any(is_same(problem, other) for other in after):
        yield f"{sentence} stays"


def drawn_wrong(flow: Flow) -> Iterator[str]:
    """Yield what is wrong with the fixes of what the drawing shows."""
    checker = Checker()
    before = checker.check(flow)
    for problem in before:
        if problem.fix is not None:
            yield from wrong(problem, before, checker.check(problem.fix.edit(flow)))


def tried_wrong(flow: Flow) -> Iterator[str]:
    """Yield what is wrong with any fix, by what shows when all tasks are tried out."""
    before = everything(flow)
    for problem in before:
        if problem.fix is not None:
            yield from wrong(problem, before, everything(problem.fix.edit(flow)))


def everything(flow: Flow) -> tuple[Problem, ...]:
    return (*check(flow), *check_by_running(flow, solved=SOLVED))


def test_no_fix_of_a_flaw_makes_more_errors() -> None:
    chosen = random.Random(11).sample(FLAWS, SAMPLED)
    flows = [flaw.edit(base_of(flaw)) for flaw in chosen]
    assert [words for flow in flows for words in drawn_wrong(flow)] == []


@pytest.mark.proof
@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: f"{flaw.kind}: {flaw.name}")
def test_no_fix_of_a_flaw_makes_more_errors_when_tried_out(flaw: Flaw) -> None:
    assert list(tried_wrong(flaw.edit(base_of(flaw)))) == []
