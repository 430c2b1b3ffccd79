"""The forms of tables and variables: columns with their types, starting rows in a grid, generated rows."""

from app.inspector.forms.parts import name_row, order_actions, title_row, type_rows, type_words
from app.inspector.grid import RowGrid
from app.inspector.nodes import (
    Action,
    Card,
    Condition,
    Line,
    Node,
    Note,
    Option,
    Own,
    Pick,
    Row,
    Section,
    Stored,
    StoredMany,
    Texts,
    Toggle,
    Value,
    Whole,
)
from app.inspector.pools import pool_names
from app.inspector.shared import Shared
from app.words.elements import title_of_part
from flow_models.document.data import (
    ChoiceGenerator,
    Column,
    FormulaGenerator,
    Generate,
    PatternGenerator,
    PoolGenerator,
    RangeGenerator,
    RowGenerator,
    Table,
)
from flow_models.document.edits.data import add_column, move_column, remove_column
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.renames import rename_column, rename_table, rename_variable
from flow_models.document.edits.retyping import generated, generator_kinds, generator_of
from flow_models.document.edits.starts import new_column
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from resources import text


def table_form(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of a table."""
    flow = shared.flow
    table = flow.tables_by_id[element.id]

    def rename(now: Flow, name: str) -> Flow:
        return rename_table(now, table.id, name)

    rows: list[Node] = [
        title_row(element),
        name_row(element, rename),
        Row(
            element._replace(field="durable"),
            text("inspector.field.durable"),
            Toggle(),
            help=text("inspector.help.durable"),
        ),
    ]
    grid = Own(("grid", table.id), lambda parent: RowGrid(shared, table.id, parent))
    return (
        *rows,
        _columns(shared, table),
        Section(("rows", "table"), text("inspector.section.rows"), (grid,)),
        _generated(shared, table),
    )


def variable_form(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of a variable."""
    variable = shared.flow.variables_by_id[element.id]

    def rename(now: Flow, name: str) -> Flow:
        return rename_variable(now, variable.id, name)

    return (
        title_row(element),
        name_row(element, rename),
        *type_rows(shared.flow, element, variable.type),
        Row(
            element._replace(field="initial"),
            text("inspector.field.first_value"),
            Stored(variable.type),
            help=text("inspector.help.first_value"),
        ),
    )


def _columns(shared: Shared, table: Table) -> Section:
    cards = tuple(_column_card(shared, table, number, column) for number, column in enumerate(table.columns))

    def add() -> None:
        column = new_column(shared.flow.tables_by_id[table.id])
        shared.attempt(
            lambda flow: add_column(flow, table.id, column),
            text("inspector.step.add", title=text("inspector.word.column")),
        )
        shared.selection.reveal(Element("column", column.id, "title"))

    body: tuple[Node, ...] = cards or (Note(("empty", "columns"), text("inspector.empty.columns")),)
    return Section(
        ("columns", "table"),
        text("inspector.section.columns"),
        body,
        (Action(text("inspector.add.column"), "add", add),),
    )


def _column_card(shared: Shared, table: Table, number: int, column: Column) -> Card:
    flow = shared.flow
    at = Element("column", column.id)
    title = title_of_part(flow, column)

    def rename(now: Flow, name: str) -> Flow:
        return rename_column(now, table.id, column.id, name)

    children: list[Node] = [
        title_row(at),
        name_row(at, rename),
        *type_rows(flow, at, column.type),
        Row(
            at._replace(field="derived"), text("inspector.field.derived"), Toggle(), help=text("inspector.help.derived")
        ),
    ]
    actions = order_actions(
        shared,
        number,
        len(table.columns),
        lambda now, index: move_column(now, table.id, column.id, index),
        lambda now: remove_column(now, table.id, column.id),
        title,
    )
    words = text("inspector.card.typed", title=title, type=type_words(flow, column.type))
    return Card(("column", column.id), words, tuple(children), actions, "column", folds=True, is_open=False, element=at)


def _generated(shared: Shared, table: Table) -> Section:
    """Return the rows that are drawn anew for each instance."""
    at = Element("table", table.id)

    def write(flow: Flow, value: object) -> Flow:
        made = generated(flow.tables_by_id[table.id]) if value else None
        return with_value(flow, at._replace(field="generate"), made)

    nodes: list[Node] = [
        Row(
            at._replace(field="generate"),
            text("inspector.field.generate"),
            Toggle(),
            help=text("inspector.help.generate"),
            read=lambda flow: table.id in flow.tables_by_id and flow.tables_by_id[table.id].generate is not None,
            write=write,
        )
    ]
    if table.generate is not None:
        nodes.append(Row(at._replace(field="generate.minimum"), text("inspector.field.at_least"), Whole(0, 1000)))
        nodes.append(Row(at._replace(field="generate.maximum"), text("inspector.field.at_most"), Whole(0, 1000)))
        nodes += [_generator_card(shared, table, table.generate, column) for column in table.columns]
    return Section(("generate", "table"), text("inspector.section.generated"), tuple(nodes))


def _generator_card(shared: Shared, table: Table, generate: Generate, column: Column) -> Card:
    flow = shared.flow
    generator = generate.columns.get(column.id)
    at = Element("table", table.id, f"generate.columns.{column.id}")
    kind = "" if generator is None else generator.kind
    nodes: list[Node] = [_generator_kind(table, column, at)]
    path = at.field
    match generator:
        case PoolGenerator():
            options = Pick(tuple(Option(name, label) for name, label in pool_names()))
            nodes.append(Row(at._replace(field=f"{path}.pool"), text("inspector.field.pool"), options))
            nodes.append(Row(at._replace(field=f"{path}.unique"), text("inspector.field.unique"), Toggle()))
        case RangeGenerator():
            nodes += range_rows(at)
        case ChoiceGenerator():
            nodes.append(
                Row(
                    at._replace(field=f"{path}.values"),
                    text("inspector.field.values"),
                    StoredMany(column.type),
                    help=text("inspector.help.one_a_line"),
                )
            )
            nodes.append(_weights(at))
        case PatternGenerator():
            nodes.append(
                Row(
                    at._replace(field=f"{path}.pattern"),
                    text("inspector.field.pattern"),
                    Line("@@-####"),
                    help=text("inspector.help.pattern_generator"),
                )
            )
            nodes.append(Row(at._replace(field=f"{path}.unique"), text("inspector.field.unique"), Toggle()))
        case RowGenerator():
            where = Condition(text("inspector.blank.any_row"))
            nodes.append(Row(at._replace(field=f"{path}.where"), text("inspector.field.rows_where"), where))
        case FormulaGenerator():
            nodes.append(Row(at._replace(field=f"{path}.formula"), text("inspector.field.value"), Value()))
    words = text(
        "inspector.card.typed", title=title_of_part(flow, column), type=text(f"inspector.generator.{kind or 'none'}")
    )
    return Card(("generator", column.id), words, tuple(nodes), (), "column", folds=True, is_open=False)


def range_rows(at: Element) -> list[Node]:
    """Return the bounds and the step of a range, whose element and path are given."""
    return [
        Row(
            at._replace(field=f"{at.field}.{field}"),
            text(f"inspector.field.{label}"),
            Value(text(f"inspector.blank.{blank}")),
        )
        for field, label, blank in (
            ("minimum", "minimum", "needed"),
            ("maximum", "maximum", "needed"),
            ("step", "step", "step"),
        )
    ]


def _generator_kind(table: Table, column: Column, at: Element) -> Row:
    kinds = ("none", *generator_kinds(column.type))
    options = tuple(Option(name, text(f"inspector.generator.{name}")) for name in kinds)
    base = at._replace(field="generate.columns")

    def read(flow: Flow) -> object:
        now = flow.tables_by_id.get(table.id)
        generator = None if now is None or now.generate is None else now.generate.columns.get(column.id)
        return "none" if generator is None else generator.kind

    def write(flow: Flow, value: object) -> Flow:
        now = flow.tables_by_id[table.id]
        old = dict(now.generate.columns) if now.generate is not None else {}
        old.pop(column.id, None)
        if value != "none":
            return with_value(flow, base, {**old, column.id: generator_of(column.type, str(value), pool_names()[0][0])})
        return with_value(flow, base, old)

    return Row(
        at._replace(field=f"{at.field}.kind"), text("inspector.field.generator"), Pick(options), read=read, write=write
    )


def _weights(at: Element) -> Row:
    """Return how often each listed value comes, one a line."""

    def write(flow: Flow, value: object) -> Flow:
        lines = value if isinstance(value, tuple) else ()
        numbers = tuple(int(line) if str(line).isdecimal() else 1 for line in lines)
        return with_value(flow, at._replace(field=f"{at.field}.weights"), numbers)

    return Row(
        at._replace(field=f"{at.field}.weights"),
        text("inspector.field.weights"),
        Texts(),
        help=text("inspector.help.weights"),
        write=write,
    )
