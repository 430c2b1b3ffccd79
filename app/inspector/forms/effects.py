"""Effects and expected changes as cards: what happens to which data, with a field for each value."""

from collections.abc import Callable, Iterable
from functools import partial

from app.inspector.forms.parts import append, listed
from app.inspector.nodes import Action, Card, Condition, Node, Note, Option, Pick, Row, Section, Value, Whole
from app.inspector.shared import Shared
from app.words.elements import title_of_part
from flow_models.document.behaviour import (
    AddEffect,
    ChangeEffect,
    ClearEffect,
    Effect,
    RemoveEffect,
    SetEffect,
)
from flow_models.document.edits.data import target_of
from flow_models.document.edits.guesses import aimed, guessed_change, guessed_setting
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange
from resources import text

KINDS = ("set", "add", "change", "remove", "clear")
ICONS = {"set": "variable", "add": "add", "change": "edit", "remove": "delete", "clear": "close"}


def effect_section(shared: Shared, at: Element, effects: Iterable[Effect], title: str, empty: str) -> Section:
    """Return the effects of a transition, or the setup of a task, with a menu to add more."""
    cards = tuple(_card(shared, at, number, effect) for number, effect in enumerate(effects))
    body: tuple[Node, ...] = cards or (Note(("empty", at), empty),)
    actions = tuple(
        Action(
            text(f"inspector.effect.{kind}"), ICONS[kind], _adding(shared, at, kind), _is_possible(shared.flow, kind)
        )
        for kind in KINDS
    )
    return Section(("effects", at.field), title, body, (Action(text("inspector.add.effect"), "add", menu=actions),))


def _card(shared: Shared, at: Element, number: int, effect: Effect) -> Card:
    flow = shared.flow
    own = at._replace(field=f"{at.field}.{number}")
    title = effect_words(flow, effect)
    children: list[Node] = []
    match effect:
        case SetEffect():
            children.append(_target_row(own, "variable", _variables(flow), text("inspector.field.variable")))
            children.append(Row(own._replace(field=f"{own.field}.value"), text("inspector.field.to"), Value()))
        case AddEffect():
            children.append(_target_row(own, "table", _tables(flow), text("inspector.field.table")))
            children += value_rows(flow, own, effect.table)
        case ChangeEffect():
            children.append(_target_row(own, "table", _tables(flow), text("inspector.field.table")))
            children.append(_where(own))
            children += value_rows(flow, own, effect.table, text("inspector.blank.unchanged"))
        case RemoveEffect():
            children.append(_target_row(own, "table", _tables(flow), text("inspector.field.table")))
            children.append(_where(own))
        case ClearEffect():
            children.append(_target_row(own, "target", _targets(flow), text("inspector.field.target")))
    actions = listed(shared, at, number, title)
    return Card((at.field, number, effect.kind), title, tuple(children), actions, ICONS[effect.kind], folds=True)


def value_rows(flow: Flow, own: Element, table_id: str, blank: str = "") -> list[Node]:
    """Return a field for the value of each column of a table."""
    table = flow.tables_by_id.get(table_id)
    words = blank or text("inspector.blank.column")
    return [
        Row(own._replace(field=f"{own.field}.values.{column.id}"), title_of_part(flow, column), Value(words))
        for column in (() if table is None else table.columns)
    ]


def effect_words(flow: Flow, effect: Effect) -> str:
    """Return an effect in a few words, such as "Add a row to Transfers"."""
    target = target_of(effect)
    part = flow.tables_by_id.get(target) or flow.variables_by_id.get(target)
    title = text("inspector.word.gone") if part is None else title_of_part(flow, part)
    return text(f"inspector.effect.{effect.kind}_of", target=title)


def changes_section(shared: Shared, task_id: str, changes: Iterable[ExpectedChange]) -> Section:
    """Return the changes that a task expects."""
    at = Element("task", task_id, "success.changes")
    cards = tuple(_expected(shared, at, number, change) for number, change in enumerate(changes))
    durable = [table for table in shared.flow.tables if table.durable]
    actions = tuple(
        Action(
            text(f"inspector.change.{kind}"),
            ICONS[icon],
            append(
                shared,
                at,
                partial(_new_change, shared, at, kind),
                text("inspector.step.add", title=text("inspector.word.expected")),
            ),
            bool(durable),
        )
        for kind, icon in (("added", "add"), ("changed", "change"), ("removed", "remove"))
    )
    body: tuple[Node, ...] = cards or (Note(("empty", at), text("inspector.empty.changes")),)
    add = Action(text("inspector.add.change"), "add", menu=actions)
    return Section(("changes", "task"), text("inspector.section.success"), body, (add,))


def _new_change(shared: Shared, at: Element, kind: str) -> object:
    """Return a change of the table that is likeliest meant."""
    durable = next(table for table in shared.flow.tables if table.durable)
    change = ExpectedChange.model_validate({"kind": kind, "table": durable.id})
    return guessed_change(shared.flow, at, change)


def _expected(shared: Shared, at: Element, number: int, change: ExpectedChange) -> Card:
    flow = shared.flow
    own = at._replace(field=f"{at.field}.{number}")
    table = flow.tables_by_id.get(change.table)
    title = text("inspector.word.gone") if table is None else title_of_part(flow, table)
    words = text(f"inspector.change.{change.kind}_of", target=title)
    durable = Pick(
        tuple(
            Option(other.id, title_of_part(flow, other), "table")
            for other in flow.tables
            if other.durable or other.id == change.table
        )
    )
    children: list[Node] = [_target_row(own, "table", durable, text("inspector.field.table"))]
    if change.kind == "added":
        children.append(Row(own._replace(field=f"{own.field}.count"), text("inspector.field.count"), Whole(1, 1000)))
    else:
        children.append(_where(own, text("inspector.field.expected_rows")))
    if change.kind != "removed":
        blank = text("inspector.blank.anything" if change.kind == "added" else "inspector.blank.as_before")
        children += value_rows(flow, own, change.table, blank)
    icon = {"added": "add", "changed": "edit", "removed": "delete"}[change.kind]
    actions = listed(shared, at, number, words)
    return Card((at.field, number, change.kind), words, tuple(children), actions, icon, folds=True)


def _where(own: Element, label: str = "") -> Row:
    return Row(
        own._replace(field=f"{own.field}.where"),
        label or text("inspector.field.rows_where"),
        Condition(text("inspector.blank.rows_where")),
    )


def _target_row(own: Element, field: str, options: Pick, label: str) -> Row:
    """Return the choice of what an effect changes; what it says of another table goes, and is guessed anew."""
    at = own._replace(field=f"{own.field}.{field}")
    return Row(at, label, options, write=lambda flow, value: aimed(flow, own, field, value))


def _adding(shared: Shared, at: Element, kind: str) -> Callable[[], object]:
    def make() -> Effect:
        flow = shared.flow
        match kind:
            case "set":
                return guessed_setting(flow, at)
            case "clear":
                return ClearEffect(target=str(_targets(flow).options[0].value))
            case "add":
                return guessed_change(flow, at, AddEffect(table=flow.tables[0].id))
            case "change":
                return guessed_change(flow, at, ChangeEffect(table=flow.tables[0].id))
            case _:
                return guessed_change(flow, at, RemoveEffect(table=flow.tables[0].id))

    return append(shared, at, make, text("inspector.step.add", title=text("inspector.word.effect")))


def _is_possible(flow: Flow, kind: str) -> bool:
    if kind == "clear":
        return bool(_targets(flow).options)
    return bool(flow.variables if kind == "set" else flow.tables)


def _variables(flow: Flow) -> Pick:
    return Pick(tuple(Option(part.id, title_of_part(flow, part), "variable") for part in flow.variables))


def _tables(flow: Flow) -> Pick:
    return Pick(tuple(Option(part.id, title_of_part(flow, part), "table") for part in flow.tables))


def _targets(flow: Flow) -> Pick:
    passing = tuple(Option(part.id, title_of_part(flow, part), "table") for part in flow.tables if not part.durable)
    return Pick((*_variables(flow).options, *passing))
