"""The table itself can fail: a flaw that nobody finds, one elsewhere, a near miss that is found, a bad walk."""

from dataclasses import replace

import pytest

from flow_models.checks.problem import problem
from flow_models.document.edits.transitions import remove_transitions
from flow_models.document.elements import Element
from flow_models.runtime.machine import Event
from flow_models.solver.walk import Walk
from tests.flaws.table import Flaw, assert_found, example, played, sets

FOUND = Flaw(
    name="a page to which nothing leads",
    kind="table",
    base="three_pages",
    edit=lambda flow: remove_transitions(flow, {"x_borrow"}),
    code="page.unreachable",
    element=Element("page", "p_done"),
    near_miss=sets("transition", "x_borrow", "when", "field.note != 'x'"),
    severity="warning",
)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"code": "page.trap"}, "page.unreachable"),
        ({"element": Element("page", "p_book")}, "p_done"),
        ({"severity": "hint"}, "warning"),
        ({"near_miss": FOUND.edit}, "near miss"),
        ({"edit": lambda flow: flow}, "changes nothing"),
        ({"base": FOUND.edit(example("three_pages")), "edit": sets("page", "p_done", "note", "x")}, "already"),
        ({"shows": lambda played: True}, "no walk"),
        ({"task": "borrow-book"}, "running"),
    ],
)
def test_a_case_that_does_not_hold_fails(wrong: dict[str, object], why: str) -> None:
    with pytest.raises(AssertionError, match=why):
        assert_found(replace(FOUND, **wrong))  # type: ignore[arg-type]


def test_a_walk_is_played_to_its_end_or_fails() -> None:
    walk = Walk("borrow-book", 3, (Event("noop"), Event("noop")))
    shown = replace(problem("page.trap", "error", FOUND.element), walk=walk)
    again = played(example("three_pages"), shown)
    assert len(again.states) == 3
    assert again.view.page == "p_books"
    assert again.rows("books", 0) == again.rows("books")
    assert not again.succeeds
    with pytest.raises(AssertionError):
        played(example("three_pages"), replace(shown, walk=walk._replace(events=(Event("use", "b_none"),))))
