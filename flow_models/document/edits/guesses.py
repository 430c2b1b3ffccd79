"""The best guesses for what is new, from what is there: values of the same name, the row at hand, the table meant.

A guess is only made where one thing fits; where two do, the place stays blank for the person to say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from flow_models.document.base import ValueType
from flow_models.document.behaviour import (
    AddEffect,
    ChangeEffect,
    Page,
    RemoveEffect,
    Section,
    SetEffect,
    Transition,
)
from flow_models.document.blocks import is_field
from flow_models.document.data import Column, Table, Variable
from flow_models.document.edits.ids import name_from
from flow_models.document.edits.parts import part_of, value_at, with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.scopes import RULES, Scopes, Typed
from flow_models.document.tasks import ExpectedChange, Parameter, Task
from flow_models.formulas import parse
from flow_models.formulas.kinds import table_of
from flow_models.formulas.scope import Names, Scope

Filled = AddEffect | ChangeEffect | RemoveEffect | ExpectedChange
"""What changes, or is expected to change, rows of a table."""

_Any = TypeVar("_Any", AddEffect, ChangeEffect, RemoveEffect, ExpectedChange, Filled)


# Values


def value_for(scope: Scope, name: str, typed: Typed | None) -> str:
    """Return the formula that most likely gives a value of a name and type; blank where nothing or too much fits."""
    return "" if typed is None else _named(scope, name, typed) or _row_for(scope, typed)


def _named(scope: Scope, name: str, typed: Typed) -> str:
    """Return the field, parameter or variable of a name and type, or the only one whose name ends with it."""
    given = (("field.", scope.fields), ("task.", scope.task))
    tiers = [[prefix + name] for prefix, known in (*given, ("", scope.variables)) if name in known]
    tiers += [[prefix + other for other in known if other.endswith(f"_{name}")] for prefix, known in given]
    for tier in tiers:
        fitting = [source for source in tier if _fits(source, scope, typed)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else ""
    return ""


def _row_for(scope: Scope, typed: Typed) -> str:
    """Return the one row of a table that is at hand; blank for another type, and where none or several are."""
    if table_of(typed.kind) is None:
        return ""
    return next((found[0] if len(found) == 1 else "" for found in _rows(scope, typed.kind) if found), "")


def _rows(scope: Scope, kind: str) -> Iterator[list[str]]:
    """Yield the rows of one table that are at hand: the one used, the page's, then what holds one."""
    table = table_of(kind)
    yield ["used"] if scope.used == table else []
    yield ["record"] if scope.record == table else []
    for prefix, known in (("field.", scope.fields), ("task.", scope.task), ("", scope.variables)):
        yield [prefix + other for other, its in known.items() if its == kind]


def _fits(source: str, scope: Scope, typed: Typed) -> bool:
    parsed = parse(source, scope, typed.kind or None, typed.choices)
    return parsed.tree is not None and not parsed.errors


# Effects and expected changes


def guessed_change(flow: Flow, at: Element, made: _Any) -> _Any:
    """Return an effect, or an expected change, of the table that is likeliest meant, with what it likely says."""
    scopes, scope = _scope_of(flow, at)
    allowed = [table for table in flow.tables if table.durable] if isinstance(made, ExpectedChange) else flow.tables
    taken = {getattr(other, "table", "") for other in _beside(flow, at)}
    tried = [filled_change(scopes, scope, made.rebuilt(table=table.id)) for table in allowed]
    is_rule = isinstance(made, ExpectedChange)

    def score(one: Filled) -> tuple[object, ...]:
        return (is_rule and _is_made(flow, one), one.table not in taken, *_score(one))

    # Of equals the first one counts.
    return max(tried, key=score, default=made)


def guessed_setting(flow: Flow, at: Element) -> SetEffect:
    """Return an effect that sets the variable for which there is a value, if one is there that is not set yet."""
    scopes, scope = _scope_of(flow, at)
    taken = {getattr(other, "variable", "") for other in _beside(flow, at)}
    free = [variable for variable in flow.variables if variable.id not in taken] or list(flow.variables)
    made = [_set(scopes, scope, SetEffect(variable=variable.id)) for variable in free]
    return next((effect for effect in made if effect.value), made[0])


def _set(scopes: Scopes, scope: Scope, made: SetEffect) -> SetEffect:
    """Return an effect with the value that its variable likely gets; to set a variable to itself says nothing."""
    variable = scopes.flow.variables_by_id.get(made.variable)
    if variable is None:
        return made
    others = {name: kind for name, kind in scope.variables.items() if name != variable.name}
    return made.rebuilt(value=value_for(replace(scope, variables=others), variable.name, scopes.typed(variable.type)))


def aimed(flow: Flow, at: Element, field: str, target: object) -> Flow:
    """Return the flow with an effect or expected change of another table or variable, and what it then likely says.

    Raises:
        UnknownElementError: The flow has no such effect.
        EditError: The target does not fit.
    """
    old = value_at(flow, at)
    scopes, scope = _scope_of(flow, at)
    changed = with_value(flow, at._replace(field=f"{at.field}.{field}"), target)
    made = value_at(changed, at)
    if isinstance(old, SetEffect) and isinstance(made, SetEffect):
        was_guessed = made.value in ("", _set(scopes, scope, old).value)
        return with_value(changed, at, _set(scopes, scope, made)) if was_guessed else changed
    if not isinstance(old, Filled) or not isinstance(made, Filled):
        return changed
    return with_value(changed, at, filled_change(scopes, scope, _with_its_own(scopes, scope, old, made)))


def _with_its_own(scopes: Scopes, scope: Scope, old: Filled, made: Filled) -> Filled:
    """Return what changes another table now, without values of the old one's columns and without its guessed row."""
    tables = scopes.flow.tables_by_id
    before, now = tables.get(old.table), tables.get(made.table)
    known = set() if now is None else {column.id for column in now.columns}
    kept: dict[str, object] = {}
    if not isinstance(made, RemoveEffect):
        kept["values"] = {column: source for column, source in made.values.items() if column in known}
    if not isinstance(made, AddEffect) and before is not None and made.where == _condition(scope, before.name):
        kept["where"] = ""
    return made.rebuilt(**kept)


def filled_change(scopes: Scopes, scope: Scope, made: _Any) -> _Any:
    """Return an effect or expected change with its blank condition and values guessed."""
    table = scopes.flow.tables_by_id.get(made.table)
    if table is None:
        return made
    is_new_row = isinstance(made, AddEffect) or (isinstance(made, ExpectedChange) and made.kind == "added")
    if not is_new_row and not getattr(made, "where", "").strip():
        made = made.rebuilt(where=_condition(scope, table.name))
    if isinstance(made, RemoveEffect) or (isinstance(made, ExpectedChange) and made.kind == "removed"):
        return made
    typed: dict[str, Typed] = {
        column.id: known for column in table.columns if (known := scopes.typed(column.type)) is not None
    }
    names: dict[str, str] = {column.id: column.name for column in table.columns}
    values = {str(column): source for column, source in made.values.items() if source.strip()}
    seen = scope if is_new_row else _only_fields(scope)
    values |= {column: _named(seen, names[column], typed[column]) for column in typed if column not in values}
    if is_new_row:
        values |= _rows_for(scope, {column: kind for column, kind in typed.items() if not values[column]}, values)
    order: list[str] = [column.id for column in table.columns]
    return made.rebuilt(values={column: values[column] for column in order if values.get(column)})


def _rows_for(scope: Scope, blank: Mapping[str, Typed], values: Mapping[str, str]) -> dict[str, str]:
    """Return rows at hand for columns without a value, where only one column can mean the row and none has it."""
    kinds = Counter(typed.kind for typed in blank.values())
    found = {column: _row_for(scope, typed) for column, typed in blank.items() if kinds[typed.kind] == 1}
    return {column: source for column, source in found.items() if source not in values.values()}


def _condition(scope: Scope, table: str) -> str:
    """Return the condition that means the one row at hand; blank where none or several are."""
    row = _row_for(scope, Typed(f"row:{table}"))
    return f"row == {row}" if row else ""


def _score(made: Filled) -> tuple[int, int, int]:
    """Return how well a table fits: by the row at hand, the values that are given, and what is only remembered."""
    row = getattr(made, "where", "").removeprefix("row == ")
    values = [source for source in getattr(made, "values", {}).values() if source]
    given = sum(_is_given(source) for source in values)
    return (2 if row in ("used", "record") else int(_is_given(row))), given, len(values) - given + bool(row)


def _is_given(source: str) -> bool:
    """Say whether a value is one of the page or task, not what the site remembers."""
    return source in ("used", "record") or source.startswith(("field.", "task."))


def _is_made(flow: Flow, made: Filled) -> bool:
    """Say whether a transition makes such a change of the table."""
    kind = _MADE_BY[made.kind] if isinstance(made, ExpectedChange) else made.kind
    return any(
        effect.kind == kind and getattr(effect, "table", "") == made.table
        for arrow in flow.transitions
        for effect in arrow.do
    )


_MADE_BY: Mapping[str, str] = MappingProxyType({"added": "add", "changed": "change", "removed": "remove"})


def _only_fields(scope: Scope) -> Scope:
    """Return a scope without rows and variables: what a row that changes already says is no news for it."""
    return replace(scope, record=None, used=None, row=None, variables=_NONE)


_NONE = Names[str]()


def _scope_of(flow: Flow, at: Element) -> tuple[Scopes, Scope]:
    """Return what the effects or rules of a transition or task may name."""
    scopes, part = Scopes(flow), part_of(flow, at)
    match part:
        case Transition():
            return scopes, scopes.transition(part)
        case Task():
            # What a visitor holds at the moment is nothing that a task could start with or ask for.
            scope = replace(scopes.task(part), variables=_NONE)
            return scopes, replace(scope, allow=RULES) if at.field.startswith("success") else scope
        case _:
            return scopes, scopes.base


def _beside(flow: Flow, at: Element) -> tuple[object, ...]:
    """Return the effects or changes that stand in a list already."""
    listed = value_at(flow, at)
    return listed if isinstance(listed, tuple) else ()


# Rows that pages show


def led(flow: Flow, transition_id: str) -> Flow:
    """Return the flow in which a transition says which row its page shows, where it must and one is at hand."""
    arrow = flow.transitions_by_id[transition_id]
    page = flow.pages_by_id.get(arrow.to)
    scopes = Scopes(flow)
    scope = scopes.transition(arrow)
    table = None if page is None else scopes.table_names.get(page.record or "")
    if table is None or arrow.record.strip() or table in (scope.used, scope.record):
        return flow
    is_new = (
        any(isinstance(effect, AddEffect) and effect.table == page.record for effect in arrow.do) if page else False
    )
    row = f"last({table})" if is_new else _row_for(scope, Typed(f"row:{table}"))
    return with_value(flow, Element("transition", arrow.id, "record"), row)


def started(flow: Flow, task_id: str) -> Flow:
    """Return the flow in which a task says which row its first page shows, where one is at hand; else none."""
    task = flow.tasks_by_id[task_id]
    page = flow.pages_by_id.get(task.start or flow.site.start or "")
    scopes = Scopes(flow)
    table = None if page is None else scopes.table_names.get(page.record or "")
    if table is None or task.start_record.strip():
        return flow
    return with_value(
        flow, Element("task", task_id, "start_record"), _row_for(scopes.task(task), Typed(f"row:{table}"))
    )


# Tables and types


def table_called(tables: Iterable[Table], words: str) -> Table | None:
    """Return the table that a title or name means: `Books` for “Book”, “Books” and “Borrowed book”; none in doubt."""
    name = name_from(words, ())
    known = list(tables)
    for ways in (_spellings(name), _spellings(name.rpartition("_")[2])):
        found = [table for table in known if ways & _spellings(table.name)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _spellings(name: str) -> set[str]:
    """Return a word as it may stand for one and for several: book, books; city, cities; match, matches."""
    single = {name}
    if name.endswith("ies"):
        single.add(f"{name[:-3]}y")
    if name.endswith("es"):
        single.add(name[:-2])
    if name.endswith("s"):
        single.add(name[:-1])
    return single


def said_of(flow: Flow, source: str, kind: ValueType) -> str:
    """Return the text that shows a value: a row is shown by its name; blank where it has nothing to be shown by."""
    if kind.kind != "row":
        return f"{{{source}}}"
    column = naming_column(flow.tables_by_id.get(kind.table or ""))
    return "" if column is None else f"{{{source}.{column.name}}}"


def naming_column(table: Table | None) -> Column | None:
    """Return the column by which people know the rows of a table; none where it has only references."""
    columns = [] if table is None else [column for column in table.columns if column.type.kind != "row"]
    texts = [columns[place] for place in naming_texts((column.name, column.type.kind) for column in columns)]
    return next(iter((*texts, *columns)), None)


def naming_texts(columns: Iterable[tuple[str, str]]) -> list[int]:
    """Return the places of the text columns, given by name and kind: the one that says what a row is comes first."""
    texts = [(name not in _NAMING, place) for place, (name, kind) in enumerate(columns) if kind == "text"]
    return [place for _, place in sorted(texts)]


_NAMING = ("name", "title")
"""What the column is usually called that says what a row is."""


def likely_table(flow: Flow, words: str, other: Table | None = None) -> Table | None:
    """Return the table that something with a title likely refers to: the one called so, else the only one there is."""
    found = table_called(flow.tables, words)
    left = [table for table in flow.tables if table is not other]
    return found or (left[0] if len(left) == 1 else None)


def typed_as(flow: Flow, part: Column | Variable | Parameter, kind: str) -> ValueType:
    """Return another type for a part, with the table or the choices that it likely has."""
    words = part.title or part.name
    own = next((table for table in flow.tables if part in table.columns), None)
    if kind == "row" and part.type.table not in flow.tables_by_id:
        table = likely_table(flow, words, own)
        return part.type.rebuilt(kind=kind, table=None if table is None else table.id)
    if kind == "choice" and not part.type.choices:
        return part.type.rebuilt(kind=kind, choices=_choices_called(flow, part.name))
    return part.type.rebuilt(kind=kind)


def _choices_called(flow: Flow, name: str) -> tuple[str, ...]:
    """Return the choices that fields, columns, variables and parameters of a name agree on; none if they differ."""
    owners: tuple[Page | Section, ...] = (*flow.pages, *flow.sections)
    fields = (block for owner in owners for block in owner.blocks_by_id.values() if is_field(block))
    found = {tuple(getattr(field, "choices", ())) for field in fields if field.name == name}
    columns = (column for table in flow.tables for column in table.columns)
    parameters = (parameter for task in flow.tasks for parameter in task.parameters)
    parts: tuple[Column | Variable | Parameter, ...] = (*columns, *flow.variables, *parameters)
    found |= {part.type.choices for part in parts if part.name == name}
    return found.pop() if len(found := found - {()}) == 1 else ()
