"""What new things look like: an empty flow, a page, and a ready-to-use block of each kind."""

import random
from typing import Literal

import resources
from flow_models.document.behaviour import Page, Section, Transition, Trigger, UseTrigger
from flow_models.document.block_base import Palette
from flow_models.document.blocks import MODELS, AnyBlock, Heading
from flow_models.document.data import Column, Table, Variable
from flow_models.document.edits.guesses import said_of, table_called
from flow_models.document.edits.ids import escaped, first_wording, name_from, new_id, slug_from, title_from
from flow_models.document.edits.pages import add_page, address_of
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.edits.transitions import reconnect
from flow_models.document.elements import Element
from flow_models.document.errors import UnknownElementError
from flow_models.document.flow import Flow, Site
from flow_models.document.tasks import ChoiceSource, Parameter, Task

PLACEMENT_X = 320.0
"""Scene units between the left edges of neighbouring page cards."""

PLACEMENT_Y = 250.0
"""Scene units between the upper edges of page cards below each other."""


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
    record: str | None = None,
    rng: random.Random | None = None,
) -> Page:
    """Return a page for a flow: a title and an address of its own, and a heading; right of the others unless placed.

    With `record` it shows a row of that table.
    """
    named = title_from(title or _words("page"), {page.title for page in flow.pages})
    right = max((page.x for page in flow.pages), default=-PLACEMENT_X) + PLACEMENT_X
    page = Page(
        id=new_id("page", rng),
        title=named,
        kind=kind,
        record=record,
        blocks=(Heading(id=new_id("block", rng), text=escaped(named)),),
        x=right if x is None else x,
        y=min((page.y for page in flow.pages), default=0.0) if y is None else y,
    )
    return page.rebuilt(path=address_of(flow, page)) if kind == "page" else page


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
    return Task(id=new_id("task", rng), name=name, title=named, wordings=(first_wording(named),))


def new_parameter(task: Task, title: str = "", rng: random.Random | None = None) -> Parameter:
    """Return a text parameter for a task."""
    named = title_from(title or _words("parameter"), {parameter.title for parameter in task.parameters})
    name = name_from(named, {parameter.name for parameter in task.parameters}, "value")
    return Parameter(id=new_id("param", rng), name=name, title=named, source=ChoiceSource())


def new_block(
    flow: Flow,
    kind: str,
    taken: frozenset[str] = frozenset(),
    rng: random.Random | None = None,
    owner: Page | Section | None = None,
) -> AnyBlock:
    """Return a block of a kind as it comes from the palette, with words in it and ready to be used.

    Args:
        flow: The flow that it is for; lists, suggestions and grids show the table that the page is called
            after, else its first.
        kind: The block's kind, such as `money_field`.
        taken: Names of fields on the page, which a new field's name must differ from.
        rng: Makes the ids the same again.
        owner: Where it will stand.

    Raises:
        KeyError: No block has this kind.
    """
    palette = Palette(
        words=_words,
        new_id=lambda: new_id("block", rng),
        free_name=lambda title: name_from(title, taken, "value"),
        table=_table_for(flow, owner),
        record=flow.tables_by_id.get(owner.record or "") if isinstance(owner, Page) else None,
        said=lambda column: said_of(flow, column.name, column.type),
    )
    return MODELS[kind].fresh(palette)


def _table_for(flow: Flow, owner: Page | Section | None) -> Table | None:
    """Return the table whose rows a page likely lists: the one called like it, else the first."""
    named = None if owner is None else table_called(flow.tables, owner.title)
    return named or (flow.tables[0] if flow.tables else None)


def notice_words(tone: str) -> str:
    """Return what a notice of a kind says at first."""
    return _words(f"notice_{tone}")


def toned(flow: Flow, at: Element, tone: str | None) -> Flow:
    """Return the flow with a notice of another kind; its text follows unless somebody wrote it.

    Args:
        flow: The flow.
        at: A transition, whose passing notice is meant, or a notice on a page.
        tone: The kind; `None` for a transition without a notice.

    Raises:
        UnknownElementError: The flow has no such element.
        EditError: There is no such kind.
    """
    part = part_of(flow, at)
    held = part.notice if isinstance(part, Transition) else part
    if tone is None:
        return with_value(flow, at._replace(field="notice"), None)
    old_tone, said = getattr(held, "tone", ""), getattr(held, "text", "")
    words = notice_words(tone) if not said.strip() or said == notice_words(old_tone) else said
    if isinstance(part, Transition):
        return with_value(flow, at._replace(field="notice"), {"text": words, "tone": tone})
    return with_value(with_value(flow, at._replace(field="tone"), tone), at._replace(field="text"), words)


def led_to_new(flow: Flow, transition_id: str, rng: random.Random | None = None) -> Flow:
    """Return the flow with a transition led to a new page beside its source, named after what leads there.

    Raises:
        UnknownElementError: The flow has no such transition.
    """
    arrow = flow.transitions_by_id.get(transition_id)
    if arrow is None:
        raise UnknownElementError("transition", transition_id)
    section = flow.section_of.get(arrow.source)
    x, y = _beside(flow, arrow.source)
    page = new_page(flow, _title_after(flow, arrow), x=x, y=y, rng=rng)
    return reconnect(add_page(flow, page, section.id if section else None), arrow.id, to=page.id)


def _title_after(flow: Flow, arrow: Transition) -> str:
    """Return the title of the button or link that a transition listens to, if it can be a page's."""
    block = part_of(flow, Element("block", arrow.on.block)) if isinstance(arrow.on, UseTrigger) else None
    title = getattr(block, "title", "")
    return "" if "{" in title else str(title)


def _beside(flow: Flow, page_id: str) -> tuple[float | None, float | None]:
    """Return the first free place right of a page, or below that; none for the arrows of a section."""
    near = flow.pages_by_id.get(page_id)
    if near is None:
        return None, None
    x, y = near.x + PLACEMENT_X, near.y
    while any(abs(page.x - x) < PLACEMENT_X - 40 and abs(page.y - y) < PLACEMENT_Y - 20 for page in flow.pages):
        y += PLACEMENT_Y
    return x, y


def _words(key: str) -> str:
    return resources.text(f"document.new.{key}")
