"""Applying the fixes that problems offer, wherever they are offered, each time as one step that can be undone."""

from collections.abc import Sequence

import resources
from app.document.changing import tried
from app.document.session import DocumentSession
from app.words.counts import counted
from flow_models.checks.problem import Problem


def fix(session: DocumentSession, problem: Problem) -> str:
    """Apply a problem's fix; return why it could not be, or nothing.

    Fixes are found a moment before they are chosen, so one may meet a flow that it no longer fits.
    """
    if problem.fix is None:
        raise ValueError(f"{problem.code} has no fix")
    refused = session.attempt(problem.fix.edit, problem.fix.sentence())
    return resources.text("shell.problems.fix_failed") if refused else ""


def fix_all(session: DocumentSession, problems: Sequence[Problem]) -> str:
    """Apply every fix that still fits, together; return in words how many there were, or nothing."""
    flow, done = session.flow, 0
    for problem in problems:
        if problem.fix is not None:
            flow, refused = tried(problem.fix.edit, flow)
            done += not refused
    if not done:
        return ""
    words = resources.text("shell.problems.fix_all_label", problems=counted("problem", done))
    session.edit(flow, words)
    return words
