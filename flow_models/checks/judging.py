"""Does success look at what lasts, does it judge all that the goal asks for, and does the goal tell all that is judged?

What shows only when a task is played, such as a rule that lets another value pass, is in `deep`.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from flow_models.checks.context import Context
from flow_models.checks.data_graph import table_node, variable_node
from flow_models.checks.demanded import demands
from flow_models.checks.facts import Name
from flow_models.checks.problem import Fix, Problem, Severity, fix, problem
from flow_models.checks.writers import Writers
from flow_models.document.behaviour import AddEffect, ChangeEffect
from flow_models.document.data import Column, Table, Variable
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import ChoiceSource, FormulaSource, Parameter, RangeSource, Task

_Uses = dict[Element, frozenset[Name]]

_DENYING: Final = r"(?:anything but|avoid|except|never|no|not|other than|without)"
"""What stands before something that is not meant."""

SMALL = 12
"""Numbers up to this one are mostly said in words, "a" and "two", which nothing here reads."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield what tasks judge though it passes, ask for without judging it, or judge without telling it."""
    writers = Writers(context)
    for task in context.flow.tasks:
        yield from _passing(context, writers, task)
        yield from _unjudged(context, task)
        yield from _untold(context, writers, task)


def _judging(context: Context, task: Task) -> Iterator[tuple[Element, frozenset[Name]]]:
    """Yield the formulas that decide whether a task is done, with the names that each uses."""
    for element, names in context.facts[Element("task", task.id)].uses.items():
        if element.kind == "task" and element.field.partition(".")[0] in ("success", "answer"):
            yield element, names


# What passes


def _passing(context: Context, writers: Writers, task: Task) -> Iterator[Problem]:
    """Yield the formulas of success and answer that read what a visitor changes without anything being done.

    A condition beside expected changes may want it so ("and sign out"), and so may a value that the site fills in; what
    stands in a draft is what the visitor says that it is.
    """
    for element, names in _judging(context, task):
        found = list(_passing_data(context, names))
        if not found:
            continue
        label, title = task.title or task.name, found[0].title or found[0].name
        if element.field == "answer":
            yield problem("task.answer_passing", "warning", element, task=label, data=title)
        else:
            severity: Severity = "error" if _is_sure(writers, task, element, found) else "warning"
            yield problem("task.passing_counts", severity, element, task=label, data=title)


def _is_sure(writers: Writers, task: Task, element: Element, found: list[Table | Variable]) -> bool:
    """Say whether a part of success that reads what passes cannot be meant so."""
    if not task.success.changes:
        return True
    return element.field != "success.also" and any(isinstance(one, Table) or writers.is_draft(one) for one in found)


def _passing_data(context: Context, names: frozenset[Name]) -> Iterator[Table | Variable]:
    """Yield what of some names does not last and is written by arrows."""
    flow = context.flow
    for variable in flow.variables:
        if ("variable", variable.name, None) in names and _is_written(context, variable_node(variable.name)):
            yield variable
    for table in flow.tables:
        is_read = any((space == "table" and name == table.name) or of == table.name for space, name, of in names)
        if is_read and not table.durable and _is_written(context, table_node(table.name)):
            yield table


def _is_written(context: Context, node: tuple[str, str, str]) -> bool:
    """Say whether an arrow writes some data."""
    graph = context.data
    return any(part[1] == "transition" for part in graph.predecessors(node)) if node in graph else False


# What the goal asks for


def _unjudged(context: Context, task: Task) -> Iterator[Problem]:
    """Yield the parameters that the goal tells and nothing asks for: not success, not the start, not the site."""
    if not any(True for _ in _judging(context, task)):
        return
    told = _told(context, task)
    used = _used(context, task)
    for parameter in task.parameters:
        columns = told.get(parameter.name)
        if columns is None or parameter.name in used or _is_same(parameter) or _is_asked(context, columns):
            continue
        mending = _judging_fix(context.flow, task, parameter, parameter.name, f"task.{parameter.name}")
        yield _told_unjudged(task, parameter, mending, parameter)
    yield from _unjudged_parts(context, task, told, used)


def _told_unjudged(task: Task, parameter: Parameter, mending: Fix | None, said: Parameter | Column) -> Problem:
    """Return that the goal tells a parameter, or a column of one, which nothing asks for."""
    return problem(
        "task.told_unjudged",
        "warning",
        Element("task", task.id, "answer" if task.answer.strip() else "success"),
        Element("parameter", parameter.id),
        fix=mending,
        task=task.title or task.name,
        parameter=said.title or said.name,
    )


def _unjudged_parts(context: Context, task: Task, told: dict[str, set[Name]], used: set[str]) -> Iterator[Problem]:
    """Yield the columns that the goal tells of a row which is no part of the site, and that nothing asks for.

    The words of a letter to write stand in such a row: no page shows it, so nothing told helps to find it, and each
    column is there to be put in.
    """
    uses = context.facts[Element("task", task.id)].uses
    asked = (names for element, names in uses.items() if element.kind == "parameter" or _decides(element))
    judged = frozenset[Name]().union(*asked)
    for parameter in task.parameters:
        if parameter.name in used:
            open_names = told.get(parameter.name, set()) - judged
            for column in _off_site(context, parameter, open_names):
                source = f"task.{parameter.name}.{column.name}"
                mending = _judging_fix(context.flow, task, column, column.name, source)
                yield _told_unjudged(task, parameter, mending, column)


def _off_site(context: Context, parameter: Parameter, names: set[Name]) -> Iterator[Column]:
    """Yield the columns of these names, of a parameter whose rows are no part of the site."""
    table = context.flow.tables_by_id.get(parameter.type.table or "") if names else None
    if table is not None and not _is_of_site(context, table):
        yield from (column for column in table.columns if ("column", column.name, table.name) in names)


def _is_of_site(context: Context, table: Table) -> bool:
    """Say whether a page, an arrow or another table has to do with the rows of a table."""
    graph, node = context.data, table_node(table.name)
    parts = (*graph.predecessors(node), *graph.successors(node))
    return any(kind != "task" and name != table.id for _, kind, name in parts)


def _decides(element: Element) -> bool:
    """Say whether a formula of a task decides what is done, or with what it begins."""
    part = element.field.partition(".")[0]
    return element.kind == "task" and part in ("success", "answer", "setup", "start_record", "failures")


def _is_same(parameter: Parameter) -> bool:
    """Say whether a parameter is the same in every instance: a word of the goal like any other."""
    return isinstance(parameter.source, ChoiceSource) and len(parameter.source.values) < 2


def _told(context: Context, task: Task) -> dict[str, set[Name]]:
    """Return the parameters that all wordings tell, each with the columns that are told with it."""
    uses = context.facts[Element("task", task.id)].uses
    places = (Element("task", task.id, f"wordings.{index}") for index, text in enumerate(task.wordings) if text.strip())
    wordings = [uses.get(place, frozenset()) for place in places]
    columns = {name for names in wordings for name in names if name[0] == "column"}
    return {
        parameter.name: {column for column in columns if column[2] == _table_of(context, parameter)}
        for parameter in task.parameters
        if wordings and all(("task", parameter.name, None) in names for names in wordings)
    }


def _table_of(context: Context, parameter: Parameter) -> str | None:
    """Return the name of the table of which a parameter is a row."""
    return context.scopes.table_names.get(parameter.type.table or "")


def _used(context: Context, task: Task) -> set[str]:
    """Return the parameters that decide something: what is judged, how it begins, or what such parameters are."""
    uses = context.facts[Element("task", task.id)].uses
    used: set[str] = set()
    for element, names in uses.items():
        if _decides(element):
            used |= {name for space, name, _ in names if space == "task"}
    sources = {parameter.name: _source_names(uses, parameter) for parameter in task.parameters}
    for parameter in reversed(task.parameters):
        if parameter.name in used:
            used |= sources[parameter.name]
    for parameter in task.parameters:
        if _says(uses, parameter, used):
            used.add(parameter.name)
    return used


def _says(uses: _Uses, parameter: Parameter, used: set[str]) -> bool:
    """Say whether a parameter says something used in other words: it is computed from it, or lies beside it.

    "For less than 90" lies a little above a price: both of its bounds follow from that.
    """
    match parameter.source:
        case FormulaSource():
            fields: tuple[str, ...] = ("source.formula",)
        case RangeSource():
            fields = ("source.minimum", "source.maximum")
        case _:
            return False
    return all(_source_names(uses, parameter, field) & used for field in fields)


def _source_names(uses: _Uses, parameter: Parameter, field: str = "") -> set[str]:
    """Return the parameters from which one is computed or by which it is restricted, by all formulas or one."""
    found: set[str] = set()
    for element, names in uses.items():
        if element[:2] == ("parameter", parameter.id) and field in ("", element.field):
            found |= {name for space, name, _ in names if space == "task"}
    return found


def _is_asked(context: Context, columns: set[Name]) -> bool:
    """Say whether the site asks for what is told, as for a user name and password: a condition reads it."""
    asked = context.kept("asked columns", (context.uses, context.flow.transitions), lambda: _asked(context))
    return not columns.isdisjoint(asked)


def _asked(context: Context) -> frozenset[Name]:
    """Return the columns that conditions of arrows and addresses read.

    What the same control writes is not asked for: the condition keeps something from being there twice.
    """
    found: set[Name] = set()
    for element, facts in context.facts.items():
        if element.kind in ("transition", "page"):
            for place, names in facts.uses.items():
                if place.field in ("when", "open_by_url"):
                    read = {name for name in names if name[0] == "column"}
                    found |= read - _given(context, element) if read else read
    return frozenset(found)


def _given(context: Context, element: Element) -> set[Name]:
    """Return the columns that the control of an arrow writes, by whichever of its arrows."""
    arrow = context.flow.transitions_by_id.get(element.id)
    block = "" if arrow is None else getattr(arrow.on, "block", "")
    effects = (effect for one in context.arrows_of.get(block, ()) for effect in one.do)
    written = (effect for effect in effects if isinstance(effect, AddEffect | ChangeEffect))
    tables = ((context.flow.tables_by_id.get(effect.table), effect.values) for effect in written)
    return {
        ("column", column.name, table.name)
        for table, values in tables
        if table is not None
        for column in table.columns
        if column.id in values
    }


def _judging_fix(flow: Flow, task: Task, said: Parameter | Column, name: str, source: str) -> Fix | None:
    """Return the fix that expects what is told in the one column that it fits; None where none or several do."""
    fitting = [
        (index, column)
        for index, change in enumerate(task.success.changes)
        for column in _open_columns(flow, change.table, set(change.values))
        if change.kind != "removed" and column.type == said.type
    ]
    same = [one for one in fitting if one[1].name == name] or fitting
    if len(same) != 1:
        return None
    [(index, column)] = same
    element = Element("task", task.id, f"success.changes.{index}.values.{column.id}")
    edit = partial(with_value, element=element, value=source)
    return fix("expect_parameter", edit, parameter=said.title or said.name, column=column.title or column.name)


def _open_columns(flow: Flow, table_id: str, named: set[str]) -> Iterator[Column]:
    """Yield the columns of a table of which a change does not say what they shall hold."""
    table = flow.tables_by_id.get(table_id)
    for column in table.columns if table else ():
        if column.id not in named and not column.derived:
            yield column


# What the goal tells


def _untold(context: Context, writers: Writers, task: Task) -> Iterator[Problem]:
    """Yield the fixed values that a visitor has to put into a field, and that some wording does not say."""
    for demand in demands(context, writers, task):
        value = _telling(demand.value)
        if value and not _is_said(value, task.wordings) and not _stands_there(context.flow, value):
            yield problem(
                "task.value_untold",
                "warning",
                demand.element,
                task=task.title or task.name,
                column=demand.title,
                value=value,
            )


def _telling(value: object) -> str:
    """Return a value that is a text, a choice or a number beyond the small ones; else nothing."""
    text = "" if value is None or isinstance(value, bool) else str(value)
    is_small = text.isdecimal() and int(text) <= SMALL
    return "" if is_small else text


def _is_said(value: str, wordings: tuple[str, ...]) -> bool:
    """Say whether every wording says a value, be it in other capitals, and does not only say that it is not meant."""
    said = value.casefold()
    denied = re.compile(rf"\b{_DENYING} (?:(?:at|by|for|in|of|on|with) )?(?:(?:an?|any|the) )?{re.escape(said)}\b")
    return all(said in denied.sub("", wording.casefold()) for wording in wordings if wording.strip())


def _stands_there(flow: Flow, value: str) -> bool:
    """Say whether a field holds a value from the first, so that nobody has to put it there."""
    blocks = (owner.blocks_by_id[block] for block, owner in flow.owners_by_block.items())
    return any(getattr(block, "initial", "").strip().strip("\"'") == value for block in blocks)
