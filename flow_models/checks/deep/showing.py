"""What the drawing gives reason to fear, played: a problem that was found there is found again with a walk.

Each code has its own proof. Where none of the tried instances shows what a problem says, it stays as it was found.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from flow_models.checks import (
    balances,
    claiming,
    contrary,
    opposites,
    owning,
    reach,
    signing,
    swapping,
    sweeping,
    twins,
)
from flow_models.checks.context import Context
from flow_models.checks.deep.entering import left_over, opened, seen, still_open
from flow_models.checks.deep.taking import FILLINGS, TRIED, Taken, fillings, played, taken
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.document.behaviour import Page, Section, Transition, UseTrigger
from flow_models.document.edits.data import target_of
from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.pages.view import Button, Link
from flow_models.solver.solution import Budget
from flow_models.solver.walk import Walk, walk_in

Proof = Callable[[Trial, Context, Problem], Iterator[Walk]]
"""Yields the walks that show a problem."""


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield the problems of the drawing that show when its tasks are played."""
    context = Context(trial.flow)
    for problem in _found(context):
        walk = next(PROOFS[problem.code](trial, context, problem), None) if problem.code in PROOFS else None
        if walk is not None:
            # Its fix is that of the drawing; it is no value that another process could tell.
            yield replace(problem, walk=walk, fix=None)


def _found(context: Context) -> Iterator[Problem]:
    """Yield what the drawing shows of the kinds that can be played."""
    for question in (
        reach.dead_ends,
        reach.one_way,
        opposites.elsewhere,
        claiming.onward,
        contrary.between,
        sweeping.problems,
        swapping.problems,
        balances.problems,
        signing.open_beside,
        owning.open_to_others,
        signing.sign_outs,
        signing.shown_outside,
    ):
        yield from question(context)
    for arrow in context.flow.transitions:
        yield from claiming.told(context, arrow)
    owners: tuple[Page | Section, ...] = (*context.flow.sections, *context.flow.pages)
    for owner in owners:
        yield from opposites.problems(context, owner)
        yield from contrary.problems(context, owner)
        yield from twins.problems(context, owner)


def _of_arrow(shows: Callable[[Trial, Context, Problem, Taken], bool]) -> Proof:
    """Return the proof that takes the transition of a problem and looks at what it has done."""

    def proof(trial: Trial, context: Context, problem: Problem) -> Iterator[Walk]:
        arrow = _arrow(trial, problem)
        for one in taken(trial, arrow, times=FILLINGS):
            if shows(trial, context, problem, one):
                yield one.walk(arrow.on.block if isinstance(arrow.on, UseTrigger) else "")

    return proof


def _arrow(trial: Trial, problem: Problem) -> Transition:
    """Return the transition of a problem."""
    return trial.flow.transitions_by_id[problem.elements[0].id]


def _sweeps(trial: Trial, _: Context, problem: Problem, one: Taken) -> bool:
    """Say whether more than one row is another one, or gone."""
    number = int(problem.elements[0].field.split(".")[1])
    table = trial.flow.tables_by_id[target_of(_arrow(trial, problem).do[number])]
    after = {row["key"]: row for row in trial.machine.rows(one.after, table.name)}
    return sum(after.get(row["key"]) != row for row in trial.machine.rows(one.before, table.name)) > 1


def _loses(trial: Trial, _: Context, problem: Problem, one: Taken) -> bool:
    """Say whether a row of the table is another one than before."""
    table = trial.flow.tables_by_id[problem.elements[1].id]
    before = {row["key"]: row for row in trial.machine.rows(one.before, table.name)}
    return any(row != before.get(row["key"]) for row in trial.machine.rows(one.after, table.name))


def _stays(trial: Trial, context: Context, problem: Problem, one: Taken) -> bool:
    """Say whether a row was added and the accounts are as before."""
    return not _loses(trial, context, problem, one) and one.before.tables != one.after.tables


def _grows(trial: Trial, _: Context, problem: Problem, one: Taken) -> bool:
    """Say whether all rows together hold more of what is moved from one to another than before."""
    arrow, number = _arrow(trial, problem), int(problem.elements[0].field.split(".")[1])
    table, rows = trial.flow.tables_by_id[problem.elements[1].id], trial.machine.rows
    given = getattr(arrow.do[number], "values", {})
    names = [column.name for column in table.columns if column.id in given and column.type.kind in balances.NUMBERS]
    sums = [
        [sum(Decimal(str(row[name] or 0)) for row in rows(state, table.name)) for name in names]
        for state in (one.before, one.after)
    ]
    return any(after > before for before, after in zip(*sums, strict=True))


def _changes(trial: Trial, _: Context, __: Problem, one: Taken) -> bool:
    """Say whether lasting data are other ones."""
    durable = [table.name for table in trial.flow.tables if table.durable]
    rows = trial.machine.rows
    return any(rows(one.before, name) != rows(one.after, name) for name in durable)


def _changes_nothing(trial: Trial, context: Context, problem: Problem, one: Taken) -> bool:
    """Say whether lasting data and variables are as before."""
    return not _changes(trial, context, problem, one) and one.before.variables == one.after.variables


def _goes_on(_: Trial, __: Context, ___: Problem, one: Taken) -> bool:
    """Say whether another page is there than before."""
    return one.before.page != one.after.page


def _parts(trial: Trial, context: Context, problem: Problem) -> Iterator[Walk]:
    """Yield how a control does something else than one that stands there too and has the same text."""
    block, other = (element.id for element in problem.elements[:2])
    for one in (one for arrow in context.arrows_of.get(block, ()) for one in taken(trial, arrow)):
        view, row = trial.machine.view(one.start, one.before), one.events[-1].row
        own, rival = view.control(block, row), view.control(other, row) or view.control(other)
        if isinstance(own, Button | Link) and isinstance(rival, Button | Link) and own.text == rival.text:
            step = trial.machine.step(one.start, one.before, Event("use", other, rival.row))
            if trial.machine.key(one.start, step.state) != trial.machine.key(one.start, one.after):
                yield one.walk(block)


def _stuck(trial: Trial, _: Context, problem: Problem) -> Iterator[Walk]:
    """Yield the way to a dialog that stays open whatever is used in it."""
    page = trial.flow.pages_by_id[problem.elements[0].id]
    for start in trial.starts[:1] if page.kind == "dialog" else ():
        events = trial.solver.way_to(start, page.id, budget=Budget(TRIED))
        if events is not None and _stays_open(trial.machine, start, played(trial.machine, start, events)):
            yield walk_in(start, events, page.id)


def _caught(trial: Trial, _: Context, problem: Problem) -> Iterator[Walk]:
    """Yield the way to a dialog that each of its controls leaves open, unless it changes data."""
    page, machine = trial.flow.pages_by_id[problem.elements[0].id], trial.machine
    for start in trial.starts[:1]:
        events = trial.solver.way_to(start, page.id, budget=Budget(TRIED))
        before = played(machine, start, events or ())
        uses = [Event("use", one.id, one.row) for one in machine.view(start, before).controls()]
        after = [machine.step(start, before, use).state for use in uses]
        if events is not None and all(_is_on(one, before) or one.tables != before.tables for one in after):
            yield walk_in(start, events, page.id)


def _stays_open(machine: Machine, start: Start, state: State) -> bool:
    """Say whether a dialog is still open after each of its controls, once all its fields are filled in."""
    filled = played(machine, start, tuple(fillings(machine, start, state, 0)), state)
    controls = (one for one in machine.view(start, filled).controls() if isinstance(one, Button | Link))
    uses = (Event("use", control.id, control.row) for control in controls)
    return state.dialog is not None and all(_is_on(machine.step(start, filled, use).state, state) for use in uses)


def _is_on(state: State, before: State) -> bool:
    """Say whether the same dialog is open as before."""
    return state.dialog is not None and before.dialog is not None and state.dialog.page == before.dialog.page


PROOFS: Final[Mapping[str, Proof]] = {
    "page.dead_end": _stuck,
    "page.one_way": _caught,
    "page.open_beside": opened,
    "page.open_to_others": opened,
    "signing.shown": seen,
    "signing.stays": _of_arrow(still_open),
    "signing.leftover": left_over,
    "balance.lost": _of_arrow(_loses),
    "balance.stays": _of_arrow(_stays),
    "balance.unequal": _of_arrow(_grows),
    "opposite.told": _of_arrow(_changes_nothing),
    "opposite.onward": _of_arrow(_goes_on),
    "opposite.leaving": _of_arrow(_changes),
    "opposite.elsewhere": _of_arrow(_goes_on),
    "opposite.value": _of_arrow(_changes),
    "opposite.doing": _of_arrow(_changes_nothing),
    "contrary.value": _of_arrow(_changes),
    "contrary.yes": _of_arrow(_changes),
    "contrary.no": _of_arrow(_changes),
    "contrary.more": _of_arrow(_changes),
    "contrary.same": _of_arrow(_changes),
    "twins.title": _parts,
    "moving.swapped": _of_arrow(_loses),
    "moving.gains": _of_arrow(_loses),
    "moving.noted": _of_arrow(_changes),
    "moving.loses": _of_arrow(_loses),
    **dict.fromkeys(sweeping.CODES.values(), _of_arrow(_sweeps)),
}
"""How each problem of the drawing is shown."""
