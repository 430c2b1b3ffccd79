"""The form of a task: what the agent is asked, what differs between instances, how it starts, what counts as done."""

from collections.abc import Callable

from app.inspector.forms.data import range_rows
from app.inspector.forms.effects import changes_section, effect_section
from app.inspector.forms.parts import (
    append,
    listed,
    name_row,
    order_actions,
    pages,
    title_row,
    type_rows,
    type_words,
)
from app.inspector.nodes import (
    Action,
    Card,
    Condition,
    Line,
    Name,
    Node,
    Note,
    Option,
    Pick,
    Real,
    Row,
    Section,
    StoredMany,
    Template,
    Texts,
    Toggle,
    Value,
    Whole,
)
from app.inspector.pools import pool_names
from app.inspector.shared import Shared
from app.words.elements import title_of_part
from flow_models.document.data import Table
from flow_models.document.edits.asking import asked_like_row
from flow_models.document.edits.guesses import started
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.renames import rename_parameter, rename_task
from flow_models.document.edits.retyping import source_kinds, source_of
from flow_models.document.edits.starts import new_parameter
from flow_models.document.edits.tasks import add_parameter, move_parameter, remove_parameter
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import (
    ChoiceSource,
    Failure,
    FormulaSource,
    Milestone,
    Parameter,
    PoolSource,
    RangeSource,
    RowSource,
    Task,
)
from resources import text


def task_form(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of a task."""
    task = shared.flow.tasks_by_id[element.id]

    def rename(flow: Flow, name: str) -> Flow:
        return rename_task(flow, task.id, name)

    return (
        title_row(element),
        Row(
            element._replace(field="name"),
            text("inspector.field.slug"),
            Name(),
            help=text("inspector.help.slug", id=f"{task.name}-v{task.version}"),
            write=lambda flow, value: rename(flow, str(value)),
        ),
        _wordings(shared, task),
        _parameters(shared, task),
        _start(shared, task),
        *_goal(shared, task),
        _conditions(shared, task, "failures", Failure),
        _conditions(shared, task, "milestones", Milestone),
        _limits(element, task),
    )


def _wordings(shared: Shared, task: Task) -> Section:
    at = Element("task", task.id, "wordings")
    cards = []
    for number in range(len(task.wordings)):
        title = text("inspector.card.wording", number=number + 1)
        row = Row(at._replace(field=f"wordings.{number}"), "", Template(2, text("inspector.example.wording")))
        cards.append(Card(("wording", number), title, (row,), listed(shared, at, number, title)))
    add = append(shared, at, str, text("inspector.step.add", title=text("inspector.word.wording")))
    body: tuple[Node, ...] = tuple(cards) or (Note(("empty", "wordings"), text("inspector.empty.wordings")),)
    action = Action(text("inspector.add.wording"), "add", add)
    return Section(("wordings", "task"), text("inspector.section.wordings"), body, (action,))


def _parameters(shared: Shared, task: Task) -> Section:
    cards = tuple(_parameter(shared, task, number, part) for number, part in enumerate(task.parameters))
    require = Row(
        Element("task", task.id, "require"), text("inspector.field.require"), Condition(text("inspector.blank.require"))
    )

    def add() -> None:
        parameter = new_parameter(shared.flow.tasks_by_id[task.id])
        shared.attempt(
            lambda flow: add_parameter(flow, task.id, parameter),
            text("inspector.step.add", title=text("inspector.word.parameter")),
        )
        shared.selection.reveal(Element("parameter", parameter.id, "title"))

    def like(table: Table) -> Callable[[], object]:
        step = text("inspector.step.like_row", table=title_of_part(flow, table))
        return lambda: shared.attempt(lambda now: asked_like_row(now, task.id, table.id), step)

    flow = shared.flow
    rows = tuple(Action(title_of_part(flow, table), "table", like(table)) for table in flow.tables)
    note: tuple[Node, ...] = (Note(("empty", "parameters"), text("inspector.empty.parameters")),)
    action = Action(text("inspector.add.parameter"), "add", add)
    as_rows = Action(text("inspector.add.like_row"), "table", menu=rows, is_enabled=bool(rows))
    body: tuple[Node, ...] = (*cards, require) if cards else note
    return Section(("parameters", "task"), text("inspector.section.parameters"), body, (as_rows, action))


def _parameter(shared: Shared, task: Task, number: int, parameter: Parameter) -> Card:
    flow = shared.flow
    at = Element("parameter", parameter.id)
    title = title_of_part(flow, parameter)

    def rename(now: Flow, name: str) -> Flow:
        return rename_parameter(now, task.id, parameter.id, name)

    children: list[Node] = [
        title_row(at),
        name_row(at, rename),
        *type_rows(flow, at, parameter.type),
        _source_kind(parameter, at),
        *_source(parameter, at),
    ]
    actions = order_actions(
        shared,
        number,
        len(task.parameters),
        lambda now, index: move_parameter(now, task.id, parameter.id, index),
        lambda now: remove_parameter(now, task.id, parameter.id),
        title,
    )
    words = text("inspector.card.typed", title=title, type=type_words(flow, parameter.type))
    return Card(
        ("parameter", parameter.id), words, tuple(children), actions, "parameter", folds=True, is_open=False, element=at
    )


def _source_kind(parameter: Parameter, at: Element) -> Row:
    kinds = source_kinds(parameter.type)
    kinds += () if parameter.source.kind in kinds else (parameter.source.kind,)
    pool = pool_names()[0][0]
    return Row(
        at._replace(field="source.kind"),
        text("inspector.field.source"),
        Pick(tuple(Option(name, text(f"inspector.source.{name}")) for name in kinds)),
        write=lambda flow, value: with_value(
            flow, at._replace(field="source"), source_of(parameter.type, str(value), pool)
        ),
    )


def _source(parameter: Parameter, at: Element) -> list[Node]:
    match parameter.source:
        case RowSource():
            where = Condition(text("inspector.blank.any_row"))
            return [Row(at._replace(field="source.where"), text("inspector.field.rows_where"), where)]
        case ChoiceSource():
            return [
                Row(
                    at._replace(field="source.values"),
                    text("inspector.field.values"),
                    StoredMany(parameter.type),
                    help=text("inspector.help.one_a_line"),
                )
            ]
        case RangeSource():
            return range_rows(at._replace(field="source"))
        case PoolSource():
            options = Pick(tuple(Option(name, label) for name, label in pool_names()))
            return [Row(at._replace(field="source.pool"), text("inspector.field.pool"), options)]
        case FormulaSource():
            return [Row(at._replace(field="source.formula"), text("inspector.field.value"), Value())]


def _start(shared: Shared, task: Task) -> Section:
    flow = shared.flow
    at = Element("task", task.id)

    def begin(now: Flow, value: object) -> Flow:
        return started(with_value(now, at._replace(field="start"), value), task.id)

    begins = pages(flow, text("inspector.task.site_start"))
    rows: list[Node] = [Row(at._replace(field="start"), text("inspector.field.start"), begins, write=begin)]
    page = flow.pages_by_id.get(task.start or flow.site.start or "")
    if (page is not None and page.record is not None) or task.start_record:
        rows.append(Row(at._replace(field="start_record"), text("inspector.field.start_record"), Value()))
    setup = effect_section(
        shared,
        at._replace(field="setup"),
        task.setup,
        text("inspector.section.setup"),
        text("inspector.empty.setup"),
    )
    return Section(("start", "task"), text("inspector.section.start"), (*rows, setup))


def _goal(shared: Shared, task: Task) -> list[Node]:
    """Return what counts as done: an answer for a question, else expected changes."""
    at = Element("task", task.id)
    answer = Section(
        ("answer", "task"),
        text("inspector.section.answer"),
        _answer(task, at),
        is_open=bool(task.answer) or not task.success.changes,
    )
    if task.answer:
        return [answer]
    also = (
        Row(at._replace(field="success.also"), text("inspector.field.also"), Condition(text("inspector.blank.also"))),
        Row(
            at._replace(field="success.nothing_else"),
            text("inspector.field.nothing_else"),
            Toggle(),
            help=text("inspector.help.nothing_else"),
        ),
    )
    success = changes_section(shared, task.id, task.success.changes)
    success = Section(success.key, success.title, (*success.children, *also), success.actions)
    return [success, answer]


def _answer(task: Task, at: Element) -> tuple[Row, ...]:
    """Return the expected answer and, where there is one, whether the goal says how to give it."""
    row = Row(at._replace(field="answer"), "", Value(text("inspector.blank.answer")))
    if not task.answer:
        return (row,)
    how = at._replace(field="says_how")
    return (row, Row(how, text("inspector.field.says_how"), Toggle(), help=text("inspector.help.says_how")))


def _conditions(shared: Shared, task: Task, field: str, make: type[Failure] | type[Milestone]) -> Section:
    """Return the failure rules, or the milestones, of a task."""
    at = Element("task", task.id, field)
    parts: tuple[Failure | Milestone, ...] = getattr(task, field)
    cards = []
    for number, part in enumerate(parts):
        title = part.title or text(f"inspector.card.{field}", number=number + 1)
        path = f"{field}.{number}"
        children: list[Node] = [
            Row(at._replace(field=f"{path}.title"), text("inspector.field.title"), Line()),
            Row(at._replace(field=f"{path}.when"), text(f"inspector.field.{field}"), Condition()),
        ]
        if isinstance(part, Milestone):
            reward = Real(0.01, 0.5, 0.05)
            children.append(Row(at._replace(field=f"{path}.reward"), text("inspector.field.reward"), reward))
        cards.append(Card((field, number), title, tuple(children), listed(shared, at, number, title), folds=True))
    label = text("inspector.step.add", title=text(f"inspector.word.{field}"))
    action = Action(text(f"inspector.add.{field}"), "add", append(shared, at, make, label))
    body: tuple[Node, ...] = tuple(cards) or (Note(("empty", field), text(f"inspector.empty.{field}")),)
    return Section((field, "task"), text(f"inspector.section.{field}"), body, (action,), is_open=bool(cards))


def _limits(at: Element, task: Task) -> Section:
    rows = (
        Row(at._replace(field="max_steps"), text("inspector.field.max_steps"), Whole(1, 1000)),
        Row(
            at._replace(field="step_cost"),
            text("inspector.field.step_cost"),
            Real(0.0, 0.05, 0.001, 3),
            help=text("inspector.help.step_cost"),
        ),
        Row(
            at._replace(field="weight"),
            text("inspector.field.weight"),
            Whole(1, 100),
            help=text("inspector.help.weight"),
        ),
        Row(
            at._replace(field="may_be_infeasible"),
            text("inspector.field.may_be_infeasible"),
            Toggle(),
            help=text("inspector.help.may_be_infeasible"),
        ),
        Row(
            at._replace(field="version"),
            text("inspector.field.version"),
            Whole(1, 9999),
            help=text("inspector.help.task_version", name=task.name),
        ),
        Row(
            at._replace(field="tags"),
            text("inspector.field.tags"),
            Texts(),
            help=text("inspector.help.one_a_line"),
        ),
    )
    return Section(("limits", "task"), text("inspector.section.limits"), rows)
