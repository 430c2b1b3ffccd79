"""Which changes of data no task would notice: where a rule lets anything else happen, and where data does not count."""

from collections.abc import Iterator
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.graph import made_change
from flow_models.checks.labels import arrow_label
from flow_models.checks.problem import Problem, fix, problem
from flow_models.checks.reach import goal_arrows
from flow_models.checks.trees import key
from flow_models.checks.writers import Writer, Writers
from flow_models.document.behaviour import AddEffect, ChangeEffect, ClearEffect, Effect, RemoveEffect, Transition
from flow_models.document.data import Column, Table
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.tasks import Task


def problems(context: Context) -> Iterator[Problem]:
    """Yield what changes without a task that could see it."""
    judged = [task for task in context.flow.tasks if not task.answer.strip()]
    for task in judged:
        yield from _something_else(context, task)
    if not judged:
        return
    writers = Writers(context)
    for table in context.flow.tables:
        if table.durable:
            for column in table.columns:
                yield from _derived(context, writers, table, column)
        else:
            yield from _passing(context, table)


def _something_else(context: Context, task: Task) -> Iterator[Problem]:
    """Yield that a task lets other data change, with what arrows change of it."""
    success = task.success
    if success.nothing_else or not (success.changes or success.also.strip()):
        return
    titles = list(_unwatched(context, task))
    if not titles:
        return
    element = Element("task", task.id, "success.nothing_else")
    closing = fix("nothing_else", partial(with_value, element=element, value=True))
    yield problem(
        "task.something_else",
        "warning",
        element,
        fix=closing if _stays_possible(context, task) else None,
        task=task.title or task.name,
        tables=", ".join(titles),
    )


def _unwatched(context: Context, task: Task) -> Iterator[str]:
    """Yield the tables that arrows change in a way that the rule does not look at wholly."""
    exact = {(change.kind, change.table) for change in task.success.changes if change.kind != "added"}
    for table in context.flow.tables:
        if table.durable and any(of == table.id and (kind, of) not in exact for kind, of in context.makers):
            yield table.title or table.name


def _stays_possible(context: Context, task: Task) -> bool:
    """Say whether what makes the expected changes makes no others that count, so that nothing else need change."""
    expected = {(change.kind, change.table) for change in task.success.changes}
    made = (made_change(effect) for arrow in goal_arrows(context, task).values() for effect in arrow.do)
    return bool(expected) and all(one is None or one in expected or not _counts(context, one[1]) for one in made)


def _derived(context: Context, writers: Writers, table: Table, column: Column) -> Iterator[Problem]:
    """Yield that a column which is said to follow from others is what a visitor types."""
    if not column.derived:
        return
    known = writers.of(table.id, column.id)
    for writer in known:
        if writer.kind == "change" and _goes_unseen(context, writers, writer):
            at, title = Element("column", column.id, "derived"), column.title or column.name
            counting = fix("not_derived", partial(with_value, element=at, value=False), column=title)
            yield problem(
                "column.derived_typed",
                "warning",
                at,
                Element("transition", writer.arrow.id),
                fix=counting if len(known) == 1 else None,
                column=title,
                table=table.title or table.name,
                arrow=arrow_label(context.flow, writer.arrow),
            )
            return


def _goes_unseen(context: Context, writers: Writers, writer: Writer) -> bool:
    """Say whether a visitor can put something into a column that no task would see.

    What is computed from a field is seen by what changes with it; a copy only by another copy that counts.
    """
    if not _changes_more(context, writer.arrow):
        return writers.is_typed(writer)
    return writers.is_copied(writer) and not any(
        _counts(context, table.id) and not column.derived and key(writers.tree(other)) == key(writers.tree(writer))
        for table in context.flow.tables
        for column in table.columns
        for other in writers.of(table.id, column.id)
        if other.arrow == writer.arrow
    )


def _changes_more(context: Context, arrow: Transition) -> bool:
    """Say whether an arrow changes something by which tasks can see that it was taken."""
    return any(_is_seen(context, effect) for effect in arrow.do)


def _is_seen(context: Context, effect: Effect) -> bool:
    """Say whether an effect changes something that tasks can see."""
    match effect:
        case AddEffect() | RemoveEffect():
            return _counts(context, effect.table)
        case ChangeEffect():
            table = context.flow.tables_by_id.get(effect.table)
            derived = {column.id for column in table.columns if column.derived} if table else set()
            return _counts(context, effect.table) and bool(effect.values.keys() - derived)
        case _:
            return False


def _counts(context: Context, table_id: str) -> bool:
    table = context.flow.tables_by_id.get(table_id)
    return table is not None and table.durable


def _passing(context: Context, table: Table) -> Iterator[Problem]:
    """Yield that a table has rows from the start, which arrows change, and yet does not count for tasks.

    A cart or a draft begins empty; and what is emptied as a whole is meant to pass.
    """
    changing = _changing(context, table)
    is_draft = not table.rows and table.generate is None
    if is_draft or not changing or any(_clears(arrow, table) for arrow in changing):
        return
    element, title = Element("table", table.id, "durable"), table.title or table.name
    counting = fix("durable", partial(with_value, element=element, value=True), table=title)
    yield problem(
        "table.passing_changes",
        "warning",
        element,
        Element("transition", changing[0].id),
        fix=None if _does_any(context, changing) else counting,
        table=title,
        arrow=arrow_label(context.flow, changing[0]),
    )


def _changing(context: Context, table: Table) -> list[Transition]:
    """Return the arrows that change a table."""
    return [arrow for (_, of), arrows in context.makers.items() if of == table.id for arrow in arrows]


def _does_any(context: Context, arrows: list[Transition]) -> bool:
    """Say whether the goal of a task is to take one of some arrows."""
    doing = {arrow for task in context.flow.tasks for arrow in goal_arrows(context, task)}
    return not doing.isdisjoint(arrow.id for arrow in arrows)


def _clears(arrow: Transition, table: Table) -> bool:
    """Say whether an arrow empties a table."""
    return any(isinstance(effect, ClearEffect) and effect.target == table.id for effect in arrow.do)
