"""Do amounts that solutions take arrive somewhere, as they are? What is taken and what is noted down can differ.

Every step of a solution is looked at that takes a computed amount from a row: it should be added to another row, or
stand in a row that is new, by itself or as the sum of several.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from flow_models.checks.balances import Cell, cells_of, is_named
from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.document.behaviour import Transition
from flow_models.document.elements import Element
from flow_models.formulas import Node
from flow_models.runtime.machine import Machine, State
from flow_models.solver.walk import Walk, walk_in

PARTS: Final = 3
"""Amounts of which one that is taken may be the sum."""


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield the transitions that take another amount than they note down, once each."""
    taking = dict(_taking(Context(trial.flow)))
    for start, solution in trial.solutions if taking else ():
        state = start.state
        for number, event in enumerate(solution.events, 1):
            step = trial.machine.step(start, state, event)
            for cell in taking.pop(step.transition or "", ()):
                if not _arrives(trial.machine, trial, cell, state, step.state):
                    walk = walk_in(start, solution.events[:number], event.block)
                    arrow = trial.flow.transitions_by_id[step.transition or ""]
                    yield _problem(trial, arrow, cell, walk)
            state = step.state


def _taking(context: Context) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield the transitions that take computed amounts, with the cells from which they do."""
    for arrow in context.flow.transitions:
        cells = cells_of(context, arrow)
        # What is taken from one column several times is looked at as a whole.
        found = {cell.column.id: cell for cell in cells if cell.taken and _is_computed(cell.taken, cells)}
        if found:
            yield arrow.id, tuple(found.values())


def _is_computed(taken: Node, cells: tuple[Cell, ...]) -> bool:
    """Say whether an amount is neither a fixed one nor that of a row which is written down."""
    return taken["op"] != "value" and not is_named(taken, cells)


def _arrives(machine: Machine, trial: Trial, cell: Cell, before: State, after: State) -> bool:
    """Say whether what a column holds less stands somewhere else."""
    moved = _moved(machine, cell.table.name, cell.column.name, before, after)
    lost = -sum((change for change in moved if change < 0), Decimal(0))
    return lost == 0 or _is_among(
        lost, [*(change for change in moved if change > 0), *_noted(machine, trial, before, after)]
    )


def _is_among(lost: Decimal, noted: Sequence[Decimal]) -> bool:
    """Say whether an amount is noted, by itself or as the sum of some others."""
    return any(sum(some) == lost for count in range(1, PARTS + 1) for some in combinations(noted[:12], count))


def _moved(machine: Machine, table: str, column: str, before: State, after: State) -> list[Decimal]:
    """Return by how much the numbers in a column are more or less than before."""
    old = {row["key"]: row[column] for row in machine.rows(before, table)}
    pairs = ((row[column], old.get(row["key"])) for row in machine.rows(after, table))
    return [Decimal(str(new)) - Decimal(str(was)) for new, was in pairs if _is_number(new) and _is_number(was)]


def _noted(machine: Machine, trial: Trial, before: State, after: State) -> Iterator[Decimal]:
    """Yield the numbers of rows that are new and the changed numbers of others."""
    for table in trial.flow.tables:
        known = {row["key"]: row for row in machine.rows(before, table.name)}
        for row in machine.rows(after, table.name):
            was = known.get(row["key"], {})
            fresh = (value for name, value in row.items() if name != "key" and was.get(name) != value)
            yield from (Decimal(str(value)) for value in fresh if _is_number(value))


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _problem(trial: Trial, arrow: Transition, cell: Cell, walk: Walk) -> Problem:
    place = Element("transition", arrow.id, f"do.{cell.place}")
    column, table = cell.column.title or cell.column.name, cell.table.title or cell.table.name
    label = arrow_label(trial.flow, arrow)
    return trial.problem("taken_otherwise", "warning", place, walk=walk, arrow=label, column=column, table=table)
