"""Applying the fixes that problems offer, wherever they are offered, each time as one step that can be undone."""

from collections.abc import Sequence

import resources
from app.document.changing import tried
from app.document.session import DocumentSession
from app.words.counts import counted
from app.words.steps import placed
from flow_models.checks.problem import Fix, Problem


def fix(session: DocumentSession, problem: Problem) -> str:
    """Apply a problem's fix; return why it could not be, or nothing.

    Fixes are found a moment before they are chosen, so one may meet a flow that it no longer fits.
    """
    if problem.fix is None:
        raise ValueError(f"{problem.code} has no fix")
    at = problem.elements[0] if problem.elements else None
    label = placed(session.flow, problem.fix.sentence(), at)
    refused = session.attempt(problem.fix.edit, label)
    return resources.text("shell.problems.fix_failed") if refused else ""


def fixes_for_all(session: DocumentSession, problems: Sequence[Problem]) -> list[Fix]:
    """Return what mending all at once does: nothing about notes, and nothing that deletes what was just made."""
    flow, making = session.flow, session.making
    found: list[Fix] = []
    for problem in problems:
        if problem.fix is None or problem.severity == "note":
            continue
        is_made = any(making.is_made((element.kind, element.id)) for element in problem.elements)
        if not is_made or not making.deletes_made(flow, tried(problem.fix.edit, flow)[0]):
            found.append(problem.fix)
    return found


def fix_all(session: DocumentSession, problems: Sequence[Problem]) -> str:
    """Apply every fix for all that still fits, together; return in words how many there were, or nothing."""
    flow, done = session.flow, 0
    for one in fixes_for_all(session, problems):
        flow, refused = tried(one.edit, flow)
        done += not refused
    if not done:
        return ""
    words = resources.text("shell.problems.fix_all_label", problems=counted("problem", done))
    session.edit(flow, words)
    return words
