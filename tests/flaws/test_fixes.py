"""No fix makes it worse: after each that is offered for a seeded flaw there are no more errors than before it."""

import random
from collections.abc import Iterator, Sequence

import pytest

from flow_models.checks import Checker, Problem, check
from flow_models.checks.running import check_by_running
from flow_models.document.behaviour import STAY
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.flaws.table import SOLVED, Flaw, base_of, example
from tests.flaws.test_flaws import FLAWS

SAMPLED = 60
"""Flaws of which the fixes are tried each time; all of them are in the proof."""


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


def turned(flow: Flow, rng: random.Random) -> Iterator[Flow]:
    """Yield a flow with one transition turned: to the condition, trigger or end of another, or to none."""
    arrows = flow.transitions
    for arrow in arrows:
        rivals = [other.when for other in arrows if other is not arrow and other.on == arrow.on]
        also = rng.choice(rivals or [""]) or "false"
        other = rng.choice(arrows)
        conditions = ("", "false", "nothing == 1", also, f"not ({also})", f"({also}) or chance(0.5)")
        yield with_value(flow, Element("transition", arrow.id, "when"), rng.choice(conditions))
        yield with_value(flow, Element("transition", arrow.id, "on"), other.on)
        yield with_value(flow, Element("transition", arrow.id, "to"), rng.choice([other.to, "p_gone", STAY]))
        yield with_value(flow, Element("transition", arrow.id, "do"), other.do)


@pytest.mark.parametrize(("name", "count"), [("three_pages", 10), ("north_bank", 2)])
def test_no_fix_of_a_turned_transition_makes_more_errors(name: str, count: int) -> None:
    assert turned_wrong(name, 11, count) == []


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("name", ["three_pages", "north_bank", "skylark_air", "block_zoo"])
def test_no_fix_of_any_turned_transition_makes_more_errors(name: str, seed: int) -> None:
    assert turned_wrong(name, seed, 60) == []


def turned_wrong(name: str, seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    flows = list(turned(example(name), rng))
    return [words for flow in rng.sample(flows, min(count, len(flows))) for words in drawn_wrong(flow)]


@pytest.mark.proof
@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: f"{flaw.kind}: {flaw.name}")
def test_no_fix_of_a_flaw_makes_more_errors_when_tried_out(flaw: Flaw) -> None:
    assert list(tried_wrong(flaw.edit(base_of(flaw)))) == []
