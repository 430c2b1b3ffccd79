"""What new things look like: an empty flow, a page, and a ready-to-use block of each kind."""

import random
from typing import Literal

import resources
from flow_models.document.behaviour import Page, Section, Transition, Trigger
from flow_models.document.block_base import Palette
from flow_models.document.blocks import MODELS, AnyBlock, Heading
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
    palette = Palette(
        words=_words,
        new_id=lambda: new_id("block", rng),
        free_name=lambda title: name_from(title, taken, "value"),
        table=flow.tables[0] if flow.tables else None,
    )
    return MODELS[kind].fresh(palette)


def _words(key: str) -> str:
    return resources.text(f"document.new.{key}")
