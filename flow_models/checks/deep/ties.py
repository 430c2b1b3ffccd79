"""Does what a task calls the latest, first or cheapest mean one row, and the one that the site shows as such?

Nobody sees in which order rows are stored. So an instance is looked at again with its rows stored in other orders.
Where that changes what is wanted, two rows tie in what they are ordered by, or nothing orders them; then only a list
that shows them in the order of the rule lets somebody find out which one is meant.
"""

from collections.abc import Iterator
from typing import NamedTuple

from flow_models.checks.deep.turning import pages_of, turners
from flow_models.checks.deep.wordings import Wordings
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.document.elements import Element
from flow_models.runtime.machine import Event, Start
from flow_models.runtime.machine.base.data import FormulaSource, RowSource
from flow_models.runtime.machine.base.nodes import Aggregate, Node, SortedRows, TableRows, nodes_in
from flow_models.runtime.machine.base.tables import Base, Table
from flow_models.runtime.machine.formulas.selections import selection
from flow_models.runtime.machine.pages import view as shown
from flow_models.solver.outline import Outline
from flow_models.solver.walk import Walk, walk_in

ORDERS = 40
"""Orders in which the rows of an instance are stored at most."""

TRIED = 3
"""Instances in which the rows tie that are solved before the task is left alone."""


class Other(NamedTuple):
    """The instance in which what is wanted follows from rows stored in another order, and what decides it."""

    at: str | Element
    start: Start
    answer: str
    picks: tuple[Aggregate, ...]


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield a task that means one of several rows which nothing but their place in the data tells apart."""
    wordings = Wordings(trial)
    if not any(_picks(tree) for _, tree in _formulas(wordings)):
        return
    others = ((start, next(_others(trial, wordings, start), None)) for start in trial.starts)
    differing = ((start, other) for start, other in others if other is not None)
    for _, (start, other) in zip(range(TRIED), differing, strict=False):
        found = _judged(trial, start, other)
        if found is not None:
            yield found
            return


def _formulas(wordings: Wordings) -> Iterator[tuple[str, Node]]:
    """Yield the formulas that decide what is wanted, each with its parameter; the answer has none."""
    if wordings.rules.answer is not None:
        yield "", wordings.rules.answer
    for parameter in wordings.rules.parameters:
        match parameter.source:
            case FormulaSource(formula=formula):
                yield parameter.name, formula
            case RowSource(where=Node() as where):
                yield parameter.name, where
            case _:
                pass


def _picks(tree: Node) -> tuple[Aggregate, ...]:
    """Return the parts of a formula that pick one row of many."""
    return tuple(node for node in nodes_in(tree) if isinstance(node, Aggregate) and node.fn in ("first", "last"))


def _others(trial: Trial, wordings: Wordings, start: Start) -> Iterator[Other]:
    """Yield what an instance wants if its rows are stored in other orders, where that is something else."""
    answer = trial.machine.expected_answer(start, start.state)
    for name, tree in _formulas(wordings):
        picks = _picks(tree)
        for turned in _orders(start, picks):
            if not name:
                wanted = trial.machine.expected_answer(turned, turned.state)
                if wanted and wanted != answer:
                    yield Other("answer", start, wanted, picks)
                continue
            value = wordings.given(wordings.parameters[name], turned)
            other = wordings.with_value(start, name, value)
            if value != start.parameters[name] and _fits_too(wordings, start, other, name):
                yield Other(_place(trial, name), other, "", picks)


def _orders(start: Start, picks: tuple[Aggregate, ...]) -> Iterator[Start]:
    """Yield an instance with the rows that are picked from in other orders, so that each of them comes to the front."""
    names = {pick.rows.type.removeprefix("rows:") for pick in picks}
    longest = max((len(table.rows) for table in start.state.tables if table.name in names), default=0)
    for by in range(1, min(longest, ORDERS)):
        tables = tuple(_turned(table, by) if table.name in names else table for table in start.state.tables)
        yield start._replace(state=start.state.replaced(tables=tables))


def _place(trial: Trial, name: str) -> Element:
    """Return the formula of a parameter as an element."""
    parameter = next(one for one in trial.task.parameters if one.name == name)
    return Element("parameter", parameter.id, "source.where" if parameter.source.kind == "row" else "source.formula")


def _fits_too(wordings: Wordings, start: Start, other: Start, name: str) -> bool:
    """Say whether the goal reads the same of an instance that wants something else."""
    is_same = wordings.said(other) == wordings.said(start) and wordings.may_be_drawn(other, name, is_given=True)
    return is_same and wordings.asks_otherwise(start, other)


def _turned(table: Table, by: int) -> Table:
    """Return a table whose rows begin further on, and end with those before."""
    at = by % len(table.rows) if table.rows else 0
    return Table(table.name, Base((*table.rows[at:], *table.rows[:at])))


def _judged(trial: Trial, start: Start, other: Other) -> Problem | None:
    """Return what is wrong with a pick in an instance: a tie, or a list in another order; None if a list shows it."""
    done = trial.way(other.start)
    if done is None:
        return None
    events = (*done[:-1], Event("message", value=other.answer)) if other.answer else done
    if all(isinstance(pick.rows, SortedRows) for pick in other.picks):
        return trial.problem("tie", "error", other.at, walk=walk_in(start, events), goal=start.goal)
    seen = _seen(trial, start, other, walk_in(start, done))
    return None if seen is None else trial.problem("list_order", "error", other.at, walk=seen, goal=start.goal)


def _seen(trial: Trial, start: Start, other: Other, walk: Walk) -> Walk | None:
    """Return the way to a list that shows other rows at its ends than the rule picks; None if one agrees or none is."""
    found: Walk | None = None
    for events, table, block, keys in _lists(trial, start, walk):
        agrees = _agrees(trial, start, other, table, keys)
        if agrees:
            return None
        if agrees is False:
            found = found or walk._replace(events=events, look=block)
    return found


def _lists(trial: Trial, start: Start, walk: Walk) -> Iterator[tuple[tuple[Event, ...], str, str, list[str]]]:
    """Yield the lists that a walk comes by, turned to their last page: the way, their table, block and rows."""
    outline = Outline(trial.machine.program)
    for number, state in enumerate((start.state, *(step.state for step in walk.played(trial.machine)))):
        view = trial.machine.view(start, state)
        tables, page = outline.lists(view.page), trial.flow.pages_by_id[view.page]
        for block in _shown(view):
            turned: list[Event] = []
            keys: list[str] = []
            for onward, seen in pages_of(trial.machine, start, state, turners(page, block)):
                turned += onward
                keys += [row.key for row in listed.rows] if (listed := _shown(seen).get(block)) else []
            yield (*walk.events[:number], *turned), tables.get(block, ""), block, keys


def _shown(view: shown.View) -> dict[str, shown.ListView]:
    """Return the lists of a page, by block."""
    parts = (inner for part in view.parts for inner in shown.walk(part))
    return {inner.id: inner for inner in parts if isinstance(inner, shown.ListView)}


def _agrees(trial: Trial, start: Start, other: Other, table: str, keys: list[str]) -> bool | None:
    """Say whether a list shows at one of its ends the row that a rule picks; None if it shows none of those rows."""
    formulas = trial.machine.plan.formulas
    for pick in other.picks:
        if not isinstance(pick.rows, TableRows) or pick.rows.name != table:
            continue
        rows = selection(formulas, pick.rows, pick.bind, pick.where)(trial.machine.plan.context(start, start.state))
        among = [key for key in keys if key in {row[0] for row in rows}]
        if len(among) == len(rows) > 1:
            wanted = rows[0 if pick.fn == "first" else -1][0]
            return bool(wanted == among[0 if pick.fn == "first" else -1])
    return None
