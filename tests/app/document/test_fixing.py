"""The fixes of problems, one and all."""

import pytest

import resources
from app.document.fixing import fix, fix_all
from app.document.session import DocumentSession
from flow_models.checks.problem import Fix, Problem
from flow_models.document.errors import UnknownElementError
from flow_models.document.flow import Flow


@pytest.fixture
def session(qapp: object) -> DocumentSession:
    return DocumentSession(Flow(id="f"))


def offering(edit: object) -> Problem:
    return Problem("a", "error", "shell.problems.none", (), (), Fix("shell.action.fix", (), edit))  # type: ignore[arg-type]


def gone(_flow: Flow) -> Flow:
    raise UnknownElementError("page", "gone")


TITLE = offering(lambda flow: flow.rebuilt(title="Fixed"))
TEXT = offering(lambda flow: flow.rebuilt(description="Also"))
MISSHAPEN = offering(lambda flow: flow.rebuilt(title=7))


@pytest.mark.parametrize("problem", [offering(gone), MISSHAPEN])
def test_a_fix_that_does_not_fit_is_told_and_changes_nothing(session: DocumentSession, problem: Problem) -> None:
    assert fix(session, problem) == resources.text("shell.problems.fix_failed")
    assert session.undo_stack.count() == 0


def test_all_fixes_that_fit_are_one_step(session: DocumentSession) -> None:
    assert fix_all(session, (TITLE, offering(gone), MISSHAPEN, TEXT)) == "Fix 2 problems"
    assert (session.flow.title, session.flow.description, session.undo_stack.count()) == ("Fixed", "Also", 1)


def test_without_a_fix_that_fits_there_is_no_step(session: DocumentSession) -> None:
    assert fix_all(session, (offering(gone),)) == ""
    assert session.undo_stack.count() == 0
