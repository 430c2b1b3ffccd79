"""What new things look like: an empty flow, a page, and a ready-to-use block of each kind."""

import random
from typing import Literal

import resources
from flow_models.document.behaviour import Page, Section, Transition, Trigger
from flow_models.document.blocks import (
    AnyBlock,
    Button,
    Checkbox,
    ChoiceField,
    ChoiceGrid,
    Columns,
    DateField,
    Details,
    Divider,
    FieldBlock,
    FileField,
    FoldOut,
    Form,
    Group,
    Heading,
    Image,
    Link,
    ListBlock,
    ListColumn,
    LongText,
    Menu,
    MoneyField,
    Navigation,
    NoticeBlock,
    NumberField,
    Pagination,
    Slider,
    Steps,
    SuggestField,
    Tab,
    Tabs,
    Text,
    TextField,
    TimeField,
)
from flow_models.document.data import Column, Table, Variable
from flow_models.document.edits.ids import escaped, name_from, new_id, path_from, slug_from, title_from
from flow_models.document.flow import Flow, Site
from flow_models.document.tasks import ChoiceSource, Parameter, Task

PLACEMENT_X = 320.0
"""Scene units between the left edges of neighbouring page cards."""


def starter(title: str = "", rng: random.Random | None = None) -> Flow:
    """Return a new flow: one empty start page with a heading."""
    home = new_page(Flow(id="empty"), _words("home"), rng=rng)
    home = home.rebuilt(path="/")
    site = Site(name=title, start=home.id)
    return Flow(id=new_id("flow", rng), title=title, site=site, pages=(home,))


def new_page(
    flow: Flow,
    title: str = "",
    *,
    x: float | None = None,
    y: float | None = None,
    kind: Literal["page", "dialog"] = "page",
    rng: random.Random | None = None,
) -> Page:
    """Return a page for a flow: a title and an address of its own, and a heading; right of the others unless placed."""
    named = title_from(title or _words("page"), {page.title for page in flow.pages})
    path = path_from(named, {page.path for page in flow.pages}) if kind == "page" else ""
    right = max((page.x for page in flow.pages), default=-PLACEMENT_X) + PLACEMENT_X
    return Page(
        id=new_id("page", rng),
        title=named,
        path=path,
        kind=kind,
        blocks=(Heading(id=new_id("block", rng), text=escaped(named)),),
        x=right if x is None else x,
        y=min((page.y for page in flow.pages), default=0.0) if y is None else y,
    )


def new_section(flow: Flow, title: str = "", pages: tuple[str, ...] = (), rng: random.Random | None = None) -> Section:
    """Return a section for a flow, in a colour that no other section has while there are some left."""
    named = title_from(title or _words("section"), {section.title for section in flow.sections})
    taken = {section.colour for section in flow.sections}
    free = [colour for colour in COLOURS if colour not in taken]
    colour = free[0] if free else COLOURS[len(flow.sections) % len(COLOURS)]
    return Section.model_validate({"id": new_id("section", rng), "title": named, "colour": colour, "pages": pages})


COLOURS = ("#5b7fa6", "#4f9a7a", "#b0785a", "#8d6bab", "#b5a14a", "#5f9ea8", "#b0607c", "#7d8a4f")
"""Frame colours of sections, readable on light and dark canvases."""


def new_transition(source: str, on: Trigger, to: str = "stay", rng: random.Random | None = None) -> Transition:
    """Return an unguarded transition without effects."""
    return Transition(id=new_id("arrow", rng), source=source, on=on, to=to)


def new_table(flow: Flow, title: str = "", rng: random.Random | None = None) -> Table:
    """Return a table for a flow, with one text column."""
    named = title_from(title or _words("table"), {table.title for table in flow.tables})
    taken = {table.name for table in flow.tables} | {variable.name for variable in flow.variables}
    table = Table(id=new_id("table", rng), name=name_from(named, taken, "table"), title=named)
    return table.rebuilt(columns=(new_column(table, _words("column"), rng),))


def new_column(table: Table, title: str = "", rng: random.Random | None = None) -> Column:
    """Return a text column for a table."""
    named = title_from(title or _words("column"), {column.title for column in table.columns})
    name = name_from(named, {column.name for column in table.columns}, "column")
    return Column(id=new_id("col", rng), name=name, title=named)


def new_variable(flow: Flow, title: str = "", rng: random.Random | None = None) -> Variable:
    """Return a text variable for a flow."""
    named = title_from(title or _words("variable"), {variable.title for variable in flow.variables})
    taken = {table.name for table in flow.tables} | {variable.name for variable in flow.variables}
    return Variable(id=new_id("var", rng), name=name_from(named, taken, "value"), title=named)


def new_task(flow: Flow, title: str = "", rng: random.Random | None = None) -> Task:
    """Return a task for a flow; what counts as done is still to be said."""
    named = title_from(title or _words("task"), {task.title for task in flow.tasks})
    name = slug_from(named, {task.name for task in flow.tasks})
    return Task(id=new_id("task", rng), name=name, title=named, wordings=(f"{escaped(named)}.",))


def new_parameter(task: Task, title: str = "", rng: random.Random | None = None) -> Parameter:
    """Return a text parameter for a task."""
    named = title_from(title or _words("parameter"), {parameter.title for parameter in task.parameters})
    name = name_from(named, {parameter.name for parameter in task.parameters}, "value")
    return Parameter(id=new_id("param", rng), name=name, title=named, source=ChoiceSource())


def new_block(flow: Flow, kind: str, taken: frozenset[str] = frozenset(), rng: random.Random | None = None) -> AnyBlock:
    """Return a block of a kind as it comes from the palette, with words in it and ready to be used.

    Args:
        flow: The flow that it is for; lists, suggestions and grids show its first table.
        kind: The block's kind, such as `money_field`.
        taken: Names of fields on the page, which a new field's name must differ from.
        rng: Makes the ids the same again.

    Raises:
        KeyError: No block has this kind.
    """
    identity = new_id("block", rng)
    if kind in FIELD_CLASSES:
        title = _words(kind)
        field = {"id": identity, "title": title, "name": name_from(title, taken, "value")}
        return FIELD_CLASSES[kind].model_validate({**field, **_offered(flow, kind)})
    match kind:
        case "form":
            return _form(identity, taken, rng)
        case "group":
            return Group(id=identity, title=_words("group"))
        case "columns":
            return Columns(id=identity, columns=((), ()))
        case "fold_out":
            return FoldOut(id=identity, title=_words("fold_out"))
        case "tabs":
            return Tabs(id=identity, tabs=tuple(Tab(title=_words(f"tab_{number}")) for number in (1, 2)))
        case _:
            return _plain_block(flow, kind, identity, rng)


def _plain_block(flow: Flow, kind: str, identity: str, rng: random.Random | None) -> AnyBlock:
    """Return a block that holds no value and no blocks but links."""
    match kind:
        case "heading":
            return Heading(id=identity, text=_words("heading"), level=2)
        case "text":
            return Text(id=identity, text=_words("text"))
        case "image":
            return Image(id=identity, text=_words("image"))
        case "notice":
            return NoticeBlock(id=identity, text=_words("notice"))
        case "divider":
            return Divider(id=identity)
        case "button":
            return Button(id=identity, title=_words("button"))
        case "link":
            return Link(id=identity, title=_words("link"))
        case "list":
            return _list_of(identity, flow.tables[0] if flow.tables else None)
        case "details":
            return Details(id=identity)
        case "navigation":
            link = Link(id=new_id("block", rng), title=_words("link"))
            return Navigation(id=identity, title=_words("navigation"), links=(link,))
        case "menu":
            link = Link(id=new_id("block", rng), title=_words("link"))
            return Menu(id=identity, title=_words("menu"), items=(link,))
        case "pagination":
            return Pagination(id=identity)
        case "steps":
            return Steps(id=identity, titles=tuple(_words(f"step_{number}") for number in (1, 2, 3)))
        case _:
            raise KeyError(kind)


FIELD_CLASSES: dict[str, type[FieldBlock]] = {
    "text_field": TextField,
    "long_text": LongText,
    "number_field": NumberField,
    "money_field": MoneyField,
    "date_field": DateField,
    "time_field": TimeField,
    "slider": Slider,
    "suggest_field": SuggestField,
    "file_field": FileField,
    "choice_field": ChoiceField,
    "choice_grid": ChoiceGrid,
    "checkbox": Checkbox,
}


def _offered(flow: Flow, kind: str) -> dict[str, object]:
    """Return what a new field of a kind offers: two choices, two files, or the rows of the first table."""
    match kind:
        case "choice_field":
            return {"choices": (_words("choice_1"), _words("choice_2"))}
        case "file_field":
            return {"files": (_words("file_1"), _words("file_2"))}
        case "suggest_field" | "choice_grid" if flow.tables:
            return {"table": flow.tables[0].id}
        case _:
            return {}


def _list_of(identity: str, table: Table | None) -> ListBlock:
    """Return a list that shows the columns of a table."""
    if table is None:
        return ListBlock(id=identity)
    columns = tuple(ListColumn(title=column.title, text=f"{{{column.name}}}") for column in table.columns)
    return ListBlock(id=identity, table=table.id, columns=columns, empty_text=_words("list_empty"))


def _form(identity: str, taken: frozenset[str], rng: random.Random | None) -> Form:
    """Return a form with one field and its submit button."""
    title = _words("text_field")
    field = TextField(id=new_id("block", rng), name=name_from(title, taken, "value"), title=title)
    button = Button(id=new_id("block", rng), title=_words("submit"), style="primary", submit=True)
    return Form(id=identity, blocks=(field, button))


def _words(key: str) -> str:
    return resources.text(f"document.new.{key}")
