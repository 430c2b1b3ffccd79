"""Flows in a few words, for tests: pages, arrows, tables and a small shop that every layer can run.

`page("home", link("go"))`, `arrow("home", "next", use="go")`, `table("items", "label:text", "price:money")` and
`flow(...)`. Ids are the names given, so that a test can name them; nothing here is random.
"""

from flow_models.document.base import Literal_, ValueType
from flow_models.document.behaviour import (
    AddEffect,
    ChangeEffect,
    ChangeTrigger,
    ClearEffect,
    Effect,
    EnterTrigger,
    Notice,
    OpenTrigger,
    Page,
    Section,
    SetEffect,
    Transition,
    Trigger,
    UseTrigger,
    WaitTrigger,
)
from flow_models.document.blocks import AnyBlock, Button, Form, Heading, Link, ListBlock, ListColumn, Text
from flow_models.document.data import Column, Row, Table, Variable
from flow_models.document.field_blocks import MoneyField, TextField
from flow_models.document.flow import Flow, Site
from flow_models.document.tasks import ChoiceSource, ExpectedChange, Parameter, RowSource, Success, Task

AUTO_TRIGGERS: dict[str, Trigger] = {"enter": EnterTrigger(), "open": OpenTrigger()}


def page(name: str, *blocks: AnyBlock, **fields: object) -> Page:
    """Return a page whose id is the name, titled and addressed by it."""
    given: dict[str, object] = {"title": name.capitalize(), "path": f"/{name}"}
    if fields.get("kind") == "dialog":
        del given["path"]
    return Page.model_validate({"id": name, "blocks": blocks, **given, **fields})


def section(name: str, *pages: str, **fields: object) -> Section:
    """Return a section over pages."""
    return Section.model_validate({"id": name, "title": name.capitalize(), "pages": pages, **fields})


def heading(name: str, text: str = "Heading") -> Heading:
    """Return a heading."""
    return Heading(id=name, text=text)


def words(name: str, text: str, **fields: object) -> Text:
    """Return a paragraph."""
    return Text.model_validate({"id": name, "text": text, **fields})


def link(name: str, **fields: object) -> Link:
    """Return a link titled by its id."""
    return Link.model_validate({"id": name, "title": name.capitalize(), **fields})


def button(name: str, **fields: object) -> Button:
    """Return a button titled by its id."""
    return Button.model_validate({"id": name, "title": name.capitalize(), **fields})


def form(name: str, *blocks: AnyBlock, **fields: object) -> Form:
    """Return a form; give it `button("send", submit=True)` to be sent."""
    return Form.model_validate({"id": name, "blocks": blocks, **fields})


def field(name: str, **fields: object) -> TextField:
    """Return a text field whose id is `f_NAME`."""
    return TextField.model_validate({"id": f"f_{name}", "name": name, "title": name.capitalize(), **fields})


def money_field(name: str, **fields: object) -> MoneyField:
    """Return a money field whose id is `f_NAME`."""
    return MoneyField.model_validate({"id": f"f_{name}", "name": name, "title": name.capitalize(), **fields})


def rows_of(name: str, table_name: str, *texts: str, **fields: object) -> ListBlock:
    """Return a list of a table's rows, one column for each template."""
    columns = tuple(ListColumn(title=f"Column {number}", text=text) for number, text in enumerate(texts, 1))
    return ListBlock.model_validate({"id": name, "table": table_name, "columns": columns, **fields})


def arrow(
    source: str,
    to: str = "stay",
    *,
    use: str = "",
    change: str = "",
    on: str = "",
    wait: int = 0,
    when: str = "",
    do: tuple[Effect, ...] = (),
    notice: str = "",
    name: str = "",
    record: str = "",
) -> Transition:
    """Return a transition; its id is `SOURCE-TRIGGER-TO` unless named.

    Exactly one of `use` and `change` (a block), `on` ("enter", "open") and `wait` (steps) says when.
    """
    trigger: Trigger
    if use:
        trigger = UseTrigger(block=use)
    elif change:
        trigger = ChangeTrigger(block=change)
    elif wait:
        trigger = WaitTrigger(steps=wait)
    else:
        trigger = AUTO_TRIGGERS[on]
    return Transition(
        id=name or f"{source}-{use or change or on or 'wait'}-{to}",
        source=source,
        on=trigger,
        when=when,
        do=do,
        to=to,
        record=record,
        notice=Notice(text=notice) if notice else None,
    )


def sets(variable_name: str, value: str) -> SetEffect:
    """Return an effect that gives a variable a value."""
    return SetEffect(variable=variable_name, value=value)


def adds(table_name: str, **values: str) -> AddEffect:
    """Return an effect that adds a row; keys are column names."""
    return AddEffect(table=table_name, values={f"{table_name}_{name}": value for name, value in values.items()})


def changes(table_name: str, where: str, **values: str) -> ChangeEffect:
    """Return an effect that changes rows; keys are column names."""
    named = {f"{table_name}_{name}": value for name, value in values.items()}
    return ChangeEffect(table=table_name, where=where, values=named)


def clears(target: str) -> ClearEffect:
    """Return an effect that empties a table or resets a variable."""
    return ClearEffect(target=target)


def value_type(text: str) -> ValueType:
    """Return a type: `text`, `money`, `row:TABLE`, `choice:a|b`."""
    kind, _, rest = text.partition(":")
    return ValueType(
        kind=kind,
        table=rest if kind == "row" else None,
        choices=tuple(rest.split("|")) if kind == "choice" and rest else (),
    )


def table(name: str, *columns: str, rows: tuple[tuple[Literal_, ...], ...] = (), **fields: object) -> Table:
    """Return a table whose id is the name; a column is `label:text`, its id `TABLE_LABEL`, row ids `TABLE_1`…."""
    built = []
    for text in columns:
        column, _, kind = text.partition(":")
        built.append(
            Column(
                id=f"{name}_{column}",
                name=column,
                title=column.capitalize(),
                type=value_type(kind.removesuffix("!") or "text"),
                derived=kind.endswith("!"),
            )
        )
    lines = tuple(
        Row(id=f"{name}_{number}", values={column.id: value for column, value in zip(built, line, strict=True)})
        for number, line in enumerate(rows, 1)
    )
    return Table.model_validate(
        {"id": name, "name": name, "title": name.capitalize(), "columns": tuple(built), "rows": lines, **fields}
    )


def variable(name: str, kind: str = "text", initial: Literal_ = None) -> Variable:
    """Return a variable whose id is the name."""
    return Variable(id=name, name=name, title=name.capitalize(), type=value_type(kind), initial=initial)


def parameter(name: str, kind: str = "text", *values: Literal_, where: str = "") -> Parameter:
    """Return a parameter with id `p_NAME`, drawn from values, or from a table's rows if its type is `row:TABLE`."""
    source = RowSource(where=where) if kind.startswith("row:") else ChoiceSource(values=values)
    return Parameter(id=f"p_{name}", name=name, title=name.capitalize(), type=value_type(kind), source=source)


def task(name: str, wording: str = "Do it.", *, expect: tuple[ExpectedChange, ...] = (), **fields: object) -> Task:
    """Return a task whose id and name are given; `expect` are the changes that make its success."""
    base: dict[str, object] = {"title": name.capitalize(), "wordings": (wording,), "success": Success(changes=expect)}
    return Task.model_validate({"id": name, "name": name, **base, **fields})


def expect_added(table_name: str, count: int = 1, **values: str) -> ExpectedChange:
    """Return the expectation that rows were added; keys are column names."""
    named = {f"{table_name}_{name}": value for name, value in values.items()}
    return ExpectedChange(kind="added", table=table_name, values=named, count=count)


def flow(*parts: Page | Section | Transition | Table | Variable | Task, start: str = "", **fields: object) -> Flow:
    """Return a flow of these parts in the order given; it starts at its first page unless told."""
    pages = tuple(part for part in parts if isinstance(part, Page))
    first = start or (pages[0].id if pages else None)
    return Flow.model_validate(
        {
            "id": "flow",
            "title": "Test flow",
            "site": Site(name="Test site", start=first),
            "pages": pages,
            "sections": tuple(part for part in parts if isinstance(part, Section)),
            "transitions": tuple(part for part in parts if isinstance(part, Transition)),
            "tables": tuple(part for part in parts if isinstance(part, Table)),
            "variables": tuple(part for part in parts if isinstance(part, Variable)),
            "tasks": tuple(part for part in parts if isinstance(part, Task)),
            **fields,
        }
    )


def shop() -> Flow:
    """Return a complete small flow that checks clean: choose an item, order it with a note, read the orders.

    Four pages, two tables, one variable, one task with a row parameter; the shortest solution takes four steps.
    """
    items = table("items", "label:text", "price:money", rows=(("Lamp", "20.00"), ("Chair", "45.50"), ("Desk", "99.00")))
    orders = table("orders", "item:row:items", "note:text")
    home = page("home", heading("h_home", "Our items"), rows_of("list", "items", "{label}", "{price}"))
    home = home.rebuilt(
        blocks=(
            home.blocks[0],
            rows_of("list", "items", "{label}", "{price}", row_controls=(button("choose"),)),
            link("to_orders"),
        )
    )
    item = page(
        "item",
        heading("h_item", "{record.label}"),
        form("order", field("note", required=True), button("buy", submit=True, style="primary")),
        link("back"),
        record="items",
        path="/items/{record.label}",
    )
    done = page("done", heading("h_done", "Thank you, order {count} placed"), link("again"))
    list_page = page("orders_page", heading("h_orders", "Orders"), rows_of("olist", "orders", "{item.label}", "{note}"))
    list_page = list_page.rebuilt(blocks=(*list_page.blocks, link("home_link")))
    buy = task(
        "buy-item",
        wordings=(
            "Order {task.item.label} with the note “{task.note}”.",
            "With the note “{task.note}”, order {task.item.label}.",
            "Note “{task.note}” when you order {task.item.label}.",
        ),
        parameters=(parameter("item", "row:items"), parameter("note", "text", "Fragile", "Ring twice")),
        expect=(expect_added("orders", item="task.item", note="task.note"),),
    )
    return flow(
        home,
        item,
        done,
        list_page,
        items,
        orders,
        variable("count", "integer", 0),
        arrow("home", "item", use="choose"),
        arrow("home", "orders_page", use="to_orders"),
        arrow(
            "item",
            "done",
            use="buy",
            do=(adds("orders", item="record", note="field.note"), sets("count", "count + 1")),
        ),
        arrow("item", "home", use="back"),
        arrow("done", "home", use="again"),
        arrow("orders_page", "home", use="home_link"),
        buy,
    )
