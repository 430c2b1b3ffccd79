"""Can the row that a task means be told from every other one by anything that the site shows?

The goal may name what no page shows. Then a row that is equal in all columns that pages read, and to which no other row
belongs, is as good as the one that is meant, and nobody can find out which it is.
"""

from collections.abc import Iterable, Iterator, Sequence

from flow_models.checks.deep.one_row import same_goal
from flow_models.checks.deep.wordings import Wordings
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.document.elements import Element
from flow_models.runtime.machine import Start
from flow_models.runtime.machine.base.behaviour import Parameter
from flow_models.runtime.machine.base.nodes import table_of
from flow_models.runtime.machine.base.tables import Row
from flow_models.solver.items import Item
from flow_models.solver.outline import Outline
from flow_models.solver.walk import walk_in


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield each parameter that means a row which reads like another one wherever the site shows it."""
    wordings, outline = Wordings(trial), Outline(trial.machine.program)
    read = frozenset[Item]().union(*(outline.items_on(page) for page in trial.machine.program.pages))
    for parameter in wordings.rules.parameters:
        table = table_of(parameter.type)
        if table is not None and any(item[:2] == ("column", table) for item in read):
            yield from _of_parameter(trial, wordings, parameter, read)


def _of_parameter(trial: Trial, wordings: Wordings, parameter: Parameter, read: frozenset[Item]) -> Iterator[Problem]:
    """Yield the first instance whose row nobody can tell from another one."""
    schema = trial.machine.schema.table(table_of(parameter.type) or "")
    places = [place for name, place in schema.columns.items() if ("column", schema.name, name) in read]
    for start in trial.starts:
        rows = start.state.tables[schema.index].rows
        own = _row_of(rows, start.parameters[parameter.name])
        if own is None:
            continue
        for row in _alike(rows, own, places):
            other = wordings.with_value(start, parameter.name, row[0])
            if not _is_named(trial, start, own, row) and _is_unsaid(wordings, start, other):
                yield _problem(trial, start, parameter)
                return


def _row_of(rows: Iterable[Row], own_id: object) -> Row | None:
    """Return the row that an id means, None if it is not there."""
    return next((row for row in rows if row[0] == own_id), None)


def _alike(rows: Iterable[Row], own: Row, places: Sequence[int]) -> Iterator[Row]:
    """Yield the rows beside one that are equal to it in some columns."""
    yield from (row for row in rows if row[0] != own[0] and all(row[place] == own[place] for place in places))


def _is_unsaid(wordings: Wordings, start: Start, other: Start) -> bool:
    """Say whether another row means another thing to do, and it is not said already that the goal fits both."""
    return wordings.asks_otherwise(start, other) and same_goal(wordings.said(start), wordings.said(other)) is None


def _problem(trial: Trial, start: Start, parameter: Parameter) -> Problem:
    """Return that nobody can tell the row of an instance from another one."""
    at = next(Element("parameter", one.id) for one in trial.task.parameters if one.name == parameter.name)
    title = parameter.title or parameter.name
    return trial.problem("not_apart", "error", at, walk=walk_in(start, ()), goal=start.goal, parameter=title)


def _is_named(trial: Trial, start: Start, own: Row, row: Row) -> bool:
    """Say whether rows of any table belong to one of two rows, which may tell them apart."""
    return any(
        cell in (own[0], row[0])
        for schema in trial.machine.schema.table_list
        for one in start.state.tables[schema.index].rows
        for name, place in schema.columns.items()
        if schema.type_of(name).kind.startswith("row")
        for cell in (one[place],)
    )
