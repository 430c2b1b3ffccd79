"""No fix makes another problem: every fix that is offered, one by one, over faults of every kind."""

import random
from collections.abc import Iterator

import pytest

import resources
from flow_models.checks import Checker, Problem, check
from flow_models.checks.unfinished import UNFINISHED
from flow_models.document import storage
from flow_models.document.edits.blocks import remove_blocks
from flow_models.document.edits.data import remove_column, remove_table, remove_variable
from flow_models.document.edits.pages import remove_pages
from flow_models.document.edits.transitions import remove_transitions
from flow_models.document.errors import EditError
from flow_models.document.flow import Flow
from flow_models.document.holding import own_ids
from tests.daily import without
from tests.flow_models.checks.test_checker import CASES
from tests.flow_models.runtime.examples import EXAMPLES

BEGINNINGS = ("checks.fix.start_here", "checks.fix.usual_start")
"""Fixes that say where a visit begins: what lies there is looked at for the first time."""

PLANTED = 12


def named(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.elements[0].kind, problem.elements[0].id


def made_by(fault: Problem, before: tuple[Problem, ...], flow: Flow) -> Iterator[str]:
    """Yield what is wrong with a flow after a fix that was not before it, or still is."""
    assert fault.fix is not None
    mended = fault.fix.edit(flow)
    after = check(mended)
    sentence = f"{fault.sentence()} [{fault.fix.sentence()}]"
    if (fault.code, fault.elements) in {(one.code, one.elements) for one in after}:
        yield f"{sentence} stays"
    was, new = set(own_ids(flow)), set(own_ids(mended))
    known = {one.elements[0][:2] for one in before}
    for one in after:
        element = one.elements[0]
        # What was hidden behind another problem of the same thing is none that the fix has made, and what the fix
        # itself has put there is under construction.
        is_known = element[:2] in known or fault.fix.message_id in BEGINNINGS
        is_note = element[:2] in new - was and one.code in UNFINISHED
        if named(one) not in set(map(named, before)) and not is_known and not is_note:
            yield f"{sentence} makes: {one.sentence()}"


def wrong(flow: Flow) -> list[str]:
    found = check(flow)
    return [words for fault in found if fault.fix is not None for words in made_by(fault, found, flow)]


@pytest.mark.parametrize("code", CASES)
def test_no_fix_makes_another_problem(code: str) -> None:
    assert [words for flow in CASES[code] for words in wrong(flow)] == []


def planted(flow: Flow) -> Iterator[Flow]:
    """Yield a flow with faults, as somebody leaves it who has deleted one thing of it."""
    for arrow in flow.transitions:
        yield remove_transitions(flow, {arrow.id})
    for page in flow.pages:
        yield remove_pages(flow, {page.id})
        yield from (remove_blocks(flow, {block}) for block in page.blocks_by_id)
    for variable in flow.variables:
        yield remove_variable(flow, variable.id)
    for table in flow.tables:
        yield remove_table(flow, table.id)
        yield from (remove_column(flow, table.id, column.id) for column in table.columns)


@pytest.mark.parametrize("name", without(EXAMPLES, ["skylark_air"]))
def test_no_fix_makes_another_problem_in_an_example_with_a_fault(name: str) -> None:
    flows = list(_without_refusals(storage.load(resources.path("examples", f"{name}.flow.json"))))
    chosen = random.Random(10).sample(flows, min(PLANTED, len(flows)))
    checker = Checker()
    with_fixes = [flow for flow in chosen if any(one.fix for one in checker.check(flow))]
    assert with_fixes
    assert [words for flow in with_fixes for words in wrong(flow)] == []


def _without_refusals(flow: Flow) -> Iterator[Flow]:
    faults = planted(flow)
    while True:
        try:
            yield next(faults)
        except EditError:
            return
        except StopIteration:
            return
