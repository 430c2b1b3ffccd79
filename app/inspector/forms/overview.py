"""The forms of the site and of the flow as a whole, which is also shown while nothing is selected."""

from collections.abc import Callable
from dataclasses import replace

from app.document.changing import tried
from app.inspector.forms.parts import item, order_actions, pages, type_words
from app.inspector.nodes import (
    Action,
    Colour,
    Item,
    Items,
    Line,
    Lines,
    Name,
    Node,
    Option,
    Pick,
    Row,
    Section,
    Spec,
    Whole,
)
from app.inspector.shared import Shared, put
from app.inspector.stored import moment_of, moment_words
from app.words.counts import counted
from app.words.elements import title_of, title_of_part
from flow_models.document.data import Table
from flow_models.document.edits import data, sections, tasks
from flow_models.document.edits.pages import add_page
from flow_models.document.edits.starts import new_page, new_section, new_table, new_task, new_variable
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.packages import choose_package, package_from, package_of
from resources import text

SITE = Element("site", "site")


def site_form(_shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of the site."""
    flow = _shared.flow
    brand = text("inspector.section.brand")
    clock_help = text("inspector.help.clock", example=moment_words("2027-03-15T09:00", flow.site.locale))
    fonts = tuple(Option(font, text(f"inspector.font.{font}")) for font in ("sans", "serif", "rounded"))
    locales = tuple(Option(name, text(f"inspector.locale.{name}")) for name in ("en-US", "en-GB"))

    def row(field: str, label: str, spec: Spec, help_text: str = "") -> Row:
        return Row(element._replace(field=field), label, spec, help=help_text)

    return (
        row("name", text("inspector.field.site_name"), Line()),
        row("host", text("inspector.field.host"), Line("northbank.test"), text("inspector.help.host")),
        row("start", text("inspector.field.start"), pages(flow)),
        row("not_found", text("inspector.field.not_found"), pages(flow, text("inspector.site.plain_not_found"))),
        Section(
            ("brand", "site"),
            brand,
            (
                row("brand.logo", text("inspector.field.logo"), Line(), text("inspector.help.logo")),
                row("brand.primary", text("inspector.field.primary"), Colour()),
                row("brand.accent", text("inspector.field.accent"), Colour()),
                row("brand.background", text("inspector.field.background"), Colour()),
                row("brand.font", text("inspector.field.font"), Pick(fonts)),
                row("brand.radius", text("inspector.field.radius"), Whole(0, 24, " px")),
            ),
        ),
        Section(
            ("place", "site"),
            text("inspector.section.place"),
            (
                row("locale", text("inspector.field.locale"), Pick(locales)),
                row("currency", text("inspector.field.currency"), Line("USD"), text("inspector.help.currency")),
                replace(
                    row("clock.start", text("inspector.field.clock_start"), Line(), clock_help),
                    read=lambda flow: moment_words(flow.site.clock.start, flow.site.locale),
                    write=lambda flow, typed: put(flow, element._replace(field="clock.start"), moment_of(str(typed))),
                ),
                row("clock.tick_s", text("inspector.field.tick"), Whole(0, 86_400, " s"), text("inspector.help.tick")),
            ),
        ),
    )


def flow_form(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the overview of the flow, with lists to add to."""
    flow = shared.flow
    site = Items(("site", "flow"), (item(flow, SITE, flow.site.host),))
    return (
        Row(element._replace(field="title"), text("inspector.field.title"), Line()),
        Row(element._replace(field="description"), text("inspector.field.description"), Lines()),
        Section(("site", "flow"), text("inspector.section.site"), (site,)),
        _pages(shared),
        _sections(shared),
        _tables(shared),
        _variables(shared),
        _tasks(shared),
        Section(
            ("about", "flow"),
            text("inspector.section.about"),
            (
                Row(element._replace(field="domain"), text("inspector.field.domain"), Line()),
                Row(
                    element._replace(field="package"),
                    text("inspector.field.package"),
                    Name(package_from(flow.title)),
                    help=text("inspector.help.package", name=package_of(flow)),
                    write=lambda now, value: choose_package(now, str(value)),
                ),
                Row(element._replace(field="version"), text("inspector.field.flow_version"), Line("0.1.0")),
                Row(element._replace(field="license"), text("inspector.field.license"), Line()),
            ),
            is_open=False,
        ),
    )


def _pages(shared: Shared) -> Section:
    flow = shared.flow

    def add() -> None:
        page = new_page(shared.flow)
        _added(shared, lambda now: add_page(now, page), Element("page", page.id, "title"))

    note = text("inspector.item.pages", pages=len(flow.pages), transitions=len(flow.transitions))
    start = flow.pages_by_id.get(flow.site.start or "")
    items = () if start is None else (item(flow, Element("page", start.id), text("inspector.item.start")),)
    body = Items(("pages", "flow"), items, text("inspector.empty.start"))
    return Section(("pages", "flow"), note, (body,), (Action(text("inspector.add.page"), "add", add),))


def _sections(shared: Shared) -> Section:
    flow = shared.flow

    def add() -> None:
        part = new_section(shared.flow)
        _added(shared, lambda now: sections.add_section(now, part), Element("section", part.id, "title"))

    def line(number: int) -> Item:
        part = flow.sections[number]
        actions = order_actions(
            shared,
            number,
            len(flow.sections),
            lambda now, index: sections.move_section(now, part.id, index),
            lambda now: sections.remove_section(now, part.id),
            title_of_part(flow, part),
        )
        return item(
            flow, Element("section", part.id), text("inspector.item.count_pages", count=len(part.pages)), actions
        )

    return _list(
        "sections",
        [line(number) for number in range(len(flow.sections))],
        text("inspector.section.sections"),
        text("inspector.empty.sections"),
        Action(text("inspector.add.section"), "add", add),
    )


def _tables(shared: Shared) -> Section:
    flow = shared.flow

    def add() -> None:
        part = new_table(shared.flow)
        _added(shared, lambda now: data.add_table(now, part), Element("table", part.id, "title"))

    def line(number: int) -> Item:
        part = flow.tables[number]
        actions = order_actions(
            shared,
            number,
            len(flow.tables),
            lambda now, index: data.move_table(now, part.id, index),
            lambda now: data.remove_table(now, part.id),
            title_of_part(flow, part),
        )
        return item(flow, Element("table", part.id), row_words(part), actions)

    return _list(
        "tables",
        [line(number) for number in range(len(flow.tables))],
        text("inspector.section.tables"),
        text("inspector.empty.tables"),
        Action(text("inspector.add.table"), "add", add),
    )


def _variables(shared: Shared) -> Section:
    flow = shared.flow

    def add() -> None:
        part = new_variable(shared.flow)
        _added(shared, lambda now: data.add_variable(now, part), Element("variable", part.id, "title"))

    def line(number: int) -> Item:
        part = flow.variables[number]
        actions = order_actions(
            shared,
            number,
            len(flow.variables),
            lambda now, index: data.move_variable(now, part.id, index),
            lambda now: data.remove_variable(now, part.id),
            title_of_part(flow, part),
        )
        return item(flow, Element("variable", part.id), type_words(flow, part.type), actions)

    return _list(
        "variables",
        [line(number) for number in range(len(flow.variables))],
        text("inspector.section.variables"),
        text("inspector.empty.variables"),
        Action(text("inspector.add.variable"), "add", add),
    )


def _tasks(shared: Shared) -> Section:
    flow = shared.flow

    def add() -> None:
        part = new_task(shared.flow)
        _added(shared, lambda now: tasks.add_task(now, part), Element("task", part.id, "title"))

    def line(number: int) -> Item:
        part = flow.tasks[number]
        actions = order_actions(
            shared,
            number,
            len(flow.tasks),
            lambda now, index: tasks.move_task(now, part.id, index),
            lambda now: tasks.remove_task(now, part.id),
            title_of_part(flow, part),
        )
        return item(flow, Element("task", part.id), part.name, actions)

    return _list(
        "tasks",
        [line(number) for number in range(len(flow.tasks))],
        text("inspector.section.tasks"),
        text("inspector.empty.tasks"),
        Action(text("inspector.add.task"), "add", add),
    )


def row_words(table: Table) -> str:
    """Return how many rows a table starts with: those in it, those made up for every visit, or both."""
    own = counted("row", len(table.rows)) if table.rows else text("inspector.item.no_rows")
    drawn = table.generate
    if drawn is None:
        return own
    low, high = drawn.minimum, drawn.maximum
    count = str(high) if low == high else text("inspector.item.between", low=low, high=high)
    made = text("inspector.item.made_rows", count=count)
    return text("inspector.item.own_and_made", own=own, made=made) if table.rows else made


def _list(key: str, items: list[Item], title: str, empty: str, add: Action) -> Section:
    return Section((key, "flow"), title, (Items((key, "flow"), tuple(items), empty),), (add,))


def _added(shared: Shared, change: Callable[[Flow], Flow], element: Element) -> None:
    """Add a part and go to its title."""
    made = tried(change, shared.flow).flow
    shared.attempt(change, text("inspector.step.add", title=title_of(made, element)))
    shared.selection.reveal(element)
