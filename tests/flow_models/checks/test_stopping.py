"""What is said of a search that found no way: the want that is open, the page and what was tried, in everyday words."""

import pytest

from flow_models.checks.stopping import why_stopped
from flow_models.document.flow import Flow
from flow_models.solver.solution import Budget, Solution, Stop, Want
from flow_models.solver.solving import Solver
from tests.flow_models import builders as make
from tests.flow_models.solver import long_sites as sites
from tests.flow_models.solver.sites import machine_of, safe

JARGON = ("search", "bound", "heuristic", "node", "state", "slice", "budget", "explored")


def _said(flow: Flow, tried: int) -> str:
    """Return what is said where so few moves may be tried."""
    machine = machine_of(flow)
    [task] = machine.program.tasks
    return why_stopped(machine.program, Solver(machine).solve(machine.draw(task, 0), budget=Budget(tried)))


@pytest.mark.parametrize(
    ("flow", "tried", "want", "page"),
    [
        (sites.several_forms(2, 2), 1, "a new row in Entries with what is wanted in C0, C1, C2, C3", "Page0"),
        (sites.removal(4, 2), 4, "the removal of 1 row from Notes", "Note"),
        (sites.ticking(4, 2), 1, "what is wanted in Done of 2 rows in Jobs", "Job"),
        (sites.invitations(4, 2), 1, "the further condition of the task", "Member"),
        (safe(), 1, "what is wanted in Limit of 1 row in Cards", "Room"),
    ],
)
def test_it_says_what_is_open_and_where(flow: Flow, tried: int, want: str, page: str) -> None:
    said = _said(flow, tried)
    assert f"Still open: {want}" in said
    assert f"the page “{page}”" in said
    assert not any(word in said.casefold() for word in JARGON)


@pytest.mark.parametrize("kind", ["added", "changed", "removed", "condition", "told", "rest"])
@pytest.mark.parametrize("reason", ["tried", "seconds", "max_steps", "typed"])
def test_every_reason_and_want_has_words(kind: str, reason: str) -> None:
    program = machine_of(make.shop()).program
    stop = Stop("item", (Want(kind, "orders", (), 2),))
    said = why_stopped(program, Solution("gave_up", (), 1_500, reason, stop=stop))
    assert "“Item”" in said
    assert not any(word in said.casefold() for word in JARGON)


def test_what_is_to_be_typed_is_said_also_where_nothing_was_reached() -> None:
    program = machine_of(make.shop()).program
    assert "something has to be typed" in why_stopped(program, Solution("gave_up", (), 3, "typed")).casefold()


def test_nothing_is_said_of_a_solution() -> None:
    assert why_stopped(machine_of(make.shop()).program, Solution("solved")) == ""
