"""Does a formula say a day where the clock was meant, and does what a task asks for change while it is played?

A day that stands in a formula is right on one day only. It is meant where data stand on fixed days too; where these
follow the clock, or a day is written into data, the clock was meant.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from flow_models.checks.balances import cells_of
from flow_models.checks.context import Context
from flow_models.checks.labels import part_label
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.checks.trees import nodes
from flow_models.document.data import Column, Table
from flow_models.document.edits.parts import value_at, with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task
from flow_models.formulas import Node
from flow_models.runtime.machine.base.formats import date

MINUTES = 24 * 60
"""Of a day."""

YEAR = 366
"""Days."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield the formulas that say a day where the clock was meant, and tasks whose answer changes with the day."""
    for element, facts in context.facts.items():
        # What tables begin with may stand on fixed days.
        for place in () if element.kind == "table" else facts.days:
            for day, tree in _said(place, facts.trees[place]):
                if is_meant(context, tree) and (place.field != "initial" or _is_near(context.flow, day)):
                    yield day_problem(context, element, place, day)
                    break
    for task in context.flow.tasks:
        yield from _turning(context, task)


def _said(place: Element, whole: Node) -> Iterator[tuple[str, Node]]:
    """Yield each day that a formula says, with the other side of its comparison, or the day itself if it is written."""
    if is_day(whole) and (".values." in place.field or place.field.endswith((".value", "initial"))):
        yield str(whole["value"]), whole
    for node in nodes(whole):
        if node["op"] == "compare" and node["right"]["op"] != "list":
            for one, other in ((node["left"], node["right"]), (node["right"], node["left"])):
                if is_day(one) and not is_day(other):
                    yield str(one["value"]), other


def is_day(tree: Node) -> bool:
    """Say whether a formula is a day that is written down."""
    return bool(tree["op"] == "value" and tree["type"] == "date" and tree["value"])


def is_meant(context: Context, other: Node) -> bool:
    """Say whether the clock was meant by a day: it is written, or compared with the clock or what follows it."""
    if other["op"] == "value" or any(node["op"] == "clock" for node in nodes(other)):
        return True
    columns = [node for node in nodes(other) if node["op"] == "column"]
    return any(follows(context, node["of"]["type"].removeprefix("row:"), str(node["name"])) for node in columns)


def follows(context: Context, table_name: str, name: str, known: frozenset[tuple[str, str]] = frozenset()) -> bool:
    """Say whether the days of a column follow the clock: by how its rows are drawn, or by what is written into it."""
    if (table_name, name) in known:
        return False
    known |= {(table_name, name)}
    return any(
        node["op"] == "clock"
        or (node["op"] == "column" and follows(context, node["of"]["type"].removeprefix("row:"), node["name"], known))
        for node in nodes(_giving(context, table_name, name))
    )


def _giving(context: Context, table_name: str, name: str) -> list[Node]:
    """Return the formulas that give a column its values."""
    found = column_of(context, table_name, name)
    if found is None:
        return []
    table, column = found
    drawn = context.facts.get(Element("table", table.id))
    begins = f"generate.columns.{column.id}"
    trees = [tree for place, tree in (drawn.trees if drawn else {}).items() if place.field.startswith(begins)]
    return [*trees, *_written(context, table.id, column.id)]


def column_of(context: Context, table_name: str, name: str) -> tuple[Table, Column] | None:
    """Return the table and the column of these names, None if there is none."""
    table = next((one for one in context.flow.tables if one.name == table_name), None)
    column = next((one for one in table.columns if one.name == name), None) if table else None
    return None if table is None or column is None else (table, column)


def _written(context: Context, table: str, column: str) -> Iterator[Node]:
    """Yield the formulas that transitions write into a column."""
    for kind in ("added", "changed"):
        for arrow in context.makers.get((kind, table), ()):
            yield from (cell.tree for cell in cells_of(context, arrow) if cell.column.id == column)


def day_problem(context: Context, element: Element, place: Element, day: str) -> Problem:
    """Return that a formula says a day where the clock was meant."""
    label = part_label(context.flow, element)
    named = {"where": label, "day": date(day, context.flow.site.locale)}
    return problem("day.fixed", "warning", place, element, fix=_by_clock(context.flow, place, day), **named)


def _is_near(flow: Flow, day: str) -> bool:
    """Say whether a day lies within a year of the one on which the site's clock begins, as no day of birth does."""
    begun, said = dt.date.fromisoformat(flow.site.clock.start[:10]), dt.date.fromisoformat(day)
    return abs((said - begun).days) <= YEAR


def _by_clock(flow: Flow, place: Element, day: str) -> Fix | None:
    """Return the fix that puts the clock in place of a day, if that is the day on which the site's clock begins."""
    source = value_at(flow, place)
    if day != flow.site.clock.start[:10] or not isinstance(source, str):
        return None
    said = source.replace(f'"{day}"', "today()").replace(f"'{day}'", "today()")
    return fix("by_clock", partial(with_value, element=place, value=said)) if said != source else None


def _turning(context: Context, task: Task) -> Iterator[Problem]:
    """Yield that the clock which a task's answer or success reads can reach another day before its steps are over."""
    clock, facts = context.flow.site.clock, context.facts.get(Element("task", task.id))
    hour, minute = (int(part) for part in clock.start[11:].split(":"))
    if facts is None or 60 * hour + minute + clock.tick_s * task.max_steps / 60 < MINUTES:
        return
    for place, tree in facts.trees.items():
        is_rule = place.field == "answer" or place.field.startswith("success")
        if is_rule and any(node["op"] == "clock" for node in nodes(tree)):
            yield problem("day.turns", "warning", place, task=task.title or task.name, steps=task.max_steps)
            return
