"""Does a field of dates have a day as its limit where the clock was meant, or one that bars just what is wanted?

What is chosen in a field goes on into variables and columns. Where anything with which it is compared there follows
the clock, or what a task expects there does, the limit is right on one day only. Where this stands on fixed days, the
limits must not lie beyond them.
"""

from collections.abc import Iterator
from typing import Final

from flow_models.checks.balances import cells_of
from flow_models.checks.context import Context
from flow_models.checks.days import day_problem, is_day, is_meant
from flow_models.checks.facts import Facts
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.trees import nodes
from flow_models.document.behaviour import Page, Section, SetEffect
from flow_models.document.elements import Element
from flow_models.document.field_blocks import DateField
from flow_models.document.tasks import Task
from flow_models.formulas import Node

_LIMITS: Final = "minimum", "maximum"

_Name = tuple[str, str]
"""Where a day stands: a field or variable, or a column of a table (`column TABLE`), and its name."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield the fields of dates that a day as their limit makes useless on another day, or useless at all."""
    for element, facts in context.facts.items():
        owner = context.owner(element.id) if element.kind in ("page", "section") else None
        for place in facts.days if owner is not None else ():
            field = owner.blocks_by_id.get(place.id) if owner is not None else None
            tree = facts.trees[place]
            if owner is not None and isinstance(field, DateField) and place.field in _LIMITS and is_day(tree):
                yield from _of_limit(context, owner, field, place, str(tree["value"]))


def _of_limit(context: Context, owner: Page | Section, field: DateField, place: Element, day: str) -> Iterator[Problem]:
    """Yield what is wrong with a day as a limit of a field."""
    part = Element("page" if isinstance(owner, Page) else "section", owner.id)
    names = _carried(context, owner, field.name)
    compared = list(_compared(context, part, names))
    asked = list(_asked(context, names))
    if any(is_meant(context, tree) for tree in (*compared, *(tree for *_, tree in asked)) if not is_day(tree)):
        yield day_problem(context, part, place, day)
    for title, limit, tree in asked:
        if is_day(tree) and _is_beyond(place.field, limit, str(tree["value"]), day):
            label, page = block_label(field), owner_label(owner)
            yield problem("day.barred", "warning", place, part, field=label, page=page, task=title)
            return


def _is_beyond(limit: str, asked: str, value: str, day: str) -> bool:
    """Say whether a day that is asked for lies beyond the limit of a field."""
    return limit == asked and (value < day if limit == "minimum" else value > day)


def _carried(context: Context, owner: Page | Section, name: str) -> frozenset[_Name]:
    """Return the field, and the variables and columns into which what is chosen there is put as it is."""
    found = {("field", name), *(("variable", kept) for kept in _kept(context, owner, name))}
    for arrow in context.flow.transitions:
        for cell in cells_of(context, arrow) if arrow.do else ():
            is_own = cell.tree["op"] == "variable" or arrow.source == owner.id
            if is_own and (cell.tree["op"], str(cell.tree.get("name"))) in found:
                found.add((f"column {cell.table.id}", cell.column.id))
    return frozenset(found)


def _kept(context: Context, owner: Page | Section, name: str) -> Iterator[str]:
    """Yield the variables in which what is chosen in a field is kept, by their names."""
    for arrow in context.arrows_from.get(owner.id, ()):
        for place, effect in enumerate(arrow.do):
            tree = context.formula(arrow, f"do.{place}.value")
            if isinstance(effect, SetEffect) and tree and (tree["op"], tree.get("name")) == ("field", name):
                yield context.flow.variables_by_id[effect.variable].name


def _compared(context: Context, part: Element, names: frozenset[_Name]) -> Iterator[Node]:
    """Yield with what anything that holds what is chosen is compared."""
    own = {arrow.id for arrow in context.arrows_from.get(part.id, ())}
    for element, facts in context.facts.items():
        if not any((space, name) in names for space, name, _ in facts.reads if space in ("field", "variable")):
            continue
        spaces = ("field", "variable") if element == part or element.id in own else ("variable",)
        comparisons = (node for node in nodes(list(facts.trees.values())) if node["op"] == "compare")
        sides = ((one["left"], one["right"]) for one in comparisons)
        for one, other in (pair for left, right in sides for pair in ((left, right), (right, left))):
            if one["op"] in spaces and (one["op"], one["name"]) in names:
                yield other


def _asked(context: Context, names: frozenset[_Name]) -> Iterator[tuple[str, str, Node]]:
    """Yield the limits between which a task draws a day that it expects where the chosen one is put, with its title."""
    for task in context.flow.tasks:
        facts = context.facts.get(Element("task", task.id))
        for parameter in task.parameters if facts is not None else ():
            for limit in _LIMITS:
                drawn = facts.trees.get(Element("parameter", parameter.id, f"source.{limit}")) if facts else None
                if facts and drawn is not None and _is_expected(facts, task, parameter.name, names):
                    yield task.title or task.name, limit, drawn


def _is_expected(facts: Facts, task: Task, parameter: str, names: frozenset[_Name]) -> bool:
    """Say whether a task expects what is drawn for a parameter where what is chosen in a field is put."""
    for place, change in enumerate(task.success.changes):
        for column in change.values:
            tree = facts.trees.get(Element("task", task.id, f"success.changes.{place}.values.{column}"))
            is_drawn = tree is not None and (tree["op"], tree.get("name")) == ("task", parameter)
            if is_drawn and (f"column {change.table}", column) in names:
                return True
    return False
