"""Pages opened by their address by somebody who should not see them: signed out, or of another one."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from flow_models.checks.context import Context
from flow_models.checks.deep.taking import Taken, taken
from flow_models.checks.problem import Problem
from flow_models.checks.sessions import Asked, ending, parts_of, session_of
from flow_models.checks.trial import Trial
from flow_models.document.behaviour import Page, SetEffect, UseTrigger
from flow_models.runtime.machine import Event, Start, State
from flow_models.runtime.machine.pages.view import walk
from flow_models.solver.walk import Walk, walk_in

ROWS: Final = 40
"""Rows of a table whose addresses are tried."""


def opened(trial: Trial, context: Context, problem: Problem) -> Iterator[Walk]:
    """Yield how a page opens by its address: signed out if that can be, else one whose row no list has shown."""
    page = trial.flow.pages_by_id[problem.elements[0].id]
    session = session_of(context)
    is_beside = problem.code == "page.open_beside"
    for start, events, state in _places(trial, context, session if is_beside else None):
        hidden = None if is_beside else _shown_rows(trial, start, state)
        for event in _addresses(trial, start, state, page):
            after = trial.machine.step(start, state, event).state
            if after.page == page.id and (hidden is None or after.record not in hidden):
                yield walk_in(start, (*events, event), page.id)


def still_open(trial: Trial, context: Context, _: Problem, one: Taken) -> bool:
    """Say whether pages that ask for a session open after signing out."""
    session = session_of(context)
    pages = () if session is None else (trial.flow.pages_by_id[page] for page in sorted(session.pages))
    for page in pages:
        for event in islice(_addresses(trial, one.start, one.after, page), 1):
            if trial.machine.step(one.start, one.after, event).state.page == page.id:
                return True
    return False


def seen(trial: Trial, context: Context, problem: Problem) -> Iterator[Walk]:
    """Yield how somebody who is signed out comes to see a block."""
    block = problem.elements[0].id
    for start, events, state in _places(trial, context, session_of(context)):
        if _is_seen(trial, start, state, block):
            yield walk_in(start, events, block)
        for page in context.flow.pages:
            for event in islice(_addresses(trial, start, state, page), 1):
                if _is_seen(trial, start, trial.machine.step(start, state, event).state, block):
                    yield walk_in(start, (*events, event), block)


def _is_seen(trial: Trial, start: Start, state: State, block: str) -> bool:
    """Say whether a page shows a block."""
    parts = trial.machine.view(start, state).parts
    return any(inner.id == block for part in parts for inner in walk(part))


def left_over(trial: Trial, context: Context, problem: Problem) -> Iterator[Walk]:
    """Yield how a visitor chooses something, signs out, and leaves it behind."""
    arrow = trial.flow.transitions_by_id[problem.elements[0].id]
    variable = trial.flow.variables_by_id[problem.elements[1].id]
    block = arrow.on.block if isinstance(arrow.on, UseTrigger) else ""
    for setting in context.flow.transitions:
        if not any(isinstance(one, SetEffect) and one.variable == variable.id for one in setting.do):
            continue
        for one in taken(trial, setting):
            for use in _uses(trial, one, block):
                step = trial.machine.step(one.start, one.after, use)
                value = trial.machine.variables(step.state)[variable.name]
                if step.transition == arrow.id and value != trial.machine.variables(one.start.state)[variable.name]:
                    yield walk_in(one.start, (*one.events, use), block)


def _uses(trial: Trial, one: Taken, block: str) -> list[Event]:
    """Return the use of a control where it stands after a transition."""
    shown = trial.machine.view(one.start, one.after).controls()
    return [Event("use", control.id, control.row) for control in shown if control.id == block]


def _places(trial: Trial, context: Context, session: Asked | None) -> Iterator[tuple[Start, tuple[Event, ...], State]]:
    """Yield where somebody stands who is signed out, or who has just begun where that does not matter."""
    for start in trial.starts[:1]:
        if session is None or not _is_signed_in(trial, context, start.state, session, start):
            yield start, (), start.state
    if session is not None:
        for arrow in trial.flow.transitions:
            if arrow.id in ending(context, session) and isinstance(arrow.on, UseTrigger):
                yield from ((one.start, one.events, one.after) for one in islice(taken(trial, arrow), 1))


def _is_signed_in(trial: Trial, context: Context, state: State, session: Asked, start: Start) -> bool:
    """Say whether a page that asks for nothing but a session opens now."""
    for name in sorted(session.pages):
        page = trial.flow.pages_by_id[name]
        if len(parts_of(context, page)) == 1 and page.record is None:
            event = next(_addresses(trial, start, state, page), None)
            return event is not None and trial.machine.step(start, state, event).state.page == name
    return True


def _addresses(trial: Trial, start: Start, state: State, page: Page) -> Iterator[Event]:
    """Yield the opening of a page by its address, of one about a row for each row."""
    machine = trial.machine
    table = trial.flow.tables_by_id.get(page.record or "")
    keys = [None] if table is None else [str(row["key"]) for row in machine.rows(state, table.name)[:ROWS]]
    for key in keys:
        address = machine.address(start, state, page.id, key)
        if address:
            yield Event("goto", value=address)


def _shown_rows(trial: Trial, start: Start, state: State) -> frozenset[str]:
    """Return the rows that some page has to choose from where somebody stands, and one page further."""
    machine = trial.machine
    controls = machine.view(start, state).controls()
    found = {control.row for control in controls}
    for control in controls:
        onward = machine.step(start, state, Event("use", control.id, control.row)).state
        found |= {inner.row for inner in machine.view(start, onward).controls()}
    return frozenset(found)
