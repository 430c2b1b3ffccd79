"""The forms of pages and sections."""

from collections.abc import Callable

from app.inspector.forms.blocks import tree_section
from app.inspector.forms.parts import item, order_actions, pages, tables, title_row
from app.inspector.nodes import (
    Action,
    Colour,
    Condition,
    Item,
    Items,
    Lines,
    Node,
    Option,
    Pick,
    Row,
    Section,
    Template,
    Toggle,
)
from app.inspector.shared import Shared
from app.words.elements import title_of, title_of_part, trigger_words
from flow_models.document.behaviour import EnterTrigger, OpenTrigger, Page, Transition, Trigger, UseTrigger, WaitTrigger
from flow_models.document.behaviour import Section as PageSection
from flow_models.document.blocks import Button, Link
from flow_models.document.edits.following import with_record
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.starts import new_transition
from flow_models.document.edits.transitions import add_transition, move_transition, remove_transitions, rivals
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.geometry.homes import brought
from resources import text


def page_form(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of a page."""
    flow = shared.flow
    page = flow.pages_by_id[element.id]
    kinds = tuple(Option(kind, text(f"inspector.page_kind.{kind}"), kind) for kind in ("page", "dialog"))
    rows: list[Node] = [
        title_row(element, editor=Template()),
        Row(element._replace(field="kind"), text("inspector.field.kind"), Pick(kinds)),
    ]
    if page.kind == "page":
        rows.append(
            Row(
                element._replace(field="path"),
                text("inspector.field.path"),
                Template(placeholder="/accounts/{record.code}"),
                help=text("inspector.help.path"),
            )
        )
    record = tables(flow, text("inspector.page.no_record"))
    rows.append(
        Row(
            element._replace(field="record"),
            text("inspector.field.record"),
            record,
            help=text("inspector.help.record"),
            write=lambda now, value: with_record(now, page.id, None if value is None else str(value)),
        )
    )
    rows.append(_section_row(flow, element))
    if page.kind == "page":
        rows.append(_start_row(element))
    further: list[Node] = []
    if page.kind == "page":
        further.append(
            Row(
                element._replace(field="open_by_url"),
                text("inspector.field.open_by_url"),
                Condition(text("inspector.blank.open_by_url")),
            )
        )
    further.append(Row(element._replace(field="note"), text("inspector.field.note"), Lines()))
    return (
        *rows,
        tree_section(shared, element, text("inspector.section.blocks")),
        ways_out(shared, element),
        _ways_in(shared, page),
        Section(("further", element.kind), text("inspector.section.further"), tuple(further), is_open=True),
    )


def section_form(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of a section."""
    section = shared.flow.sections_by_id[element.id]
    return (
        title_row(element),
        Row(element._replace(field="colour"), text("inspector.field.colour"), Colour()),
        _members(shared, section),
        tree_section(shared, element, text("inspector.section.shared_blocks")),
        ways_out(shared, element),
    )


def ways_out(shared: Shared, source: Element) -> Section:
    """Return the transitions that start on a page or section, in the order in which they are tried."""
    flow = shared.flow
    arrows = [arrow for arrow in flow.transitions if arrow.source == source.id]
    inner = tuple(_arrow_item(shared, arrow) for arrow in arrows)
    menu = [
        Action(text("inspector.trigger.use_of", block=words), icon, _connecting(shared, source.id, on))
        for words, icon, on in _controls(flow, source)
    ]
    menu += [Action("", "")] if menu else []
    menu += [
        Action(text(f"inspector.trigger.{on.kind}"), "transition", _connecting(shared, source.id, on))
        for on in (EnterTrigger(), OpenTrigger(), WaitTrigger())
    ]
    body = Items(("out", source.id), inner, text("inspector.empty.ways_out"))
    add = Action(text("inspector.add.transition"), "add", menu=tuple(menu))
    return Section(("out", source.kind), text("inspector.section.ways_out"), (body,), (add,))


def _arrow_item(shared: Shared, arrow: Transition) -> Item:
    flow = shared.flow
    order = rivals(flow, arrow.id)
    number = next(index for index, other in enumerate(order) if other.id == arrow.id)
    actions = order_actions(
        shared,
        number,
        len(order),
        lambda changed, index: move_transition(changed, arrow.id, index),
        lambda changed: remove_transitions(changed, {arrow.id}),
        trigger_words(flow, arrow),
    )
    shown = actions if len(order) > 1 else actions[2:]
    return item(flow, Element("transition", arrow.id), text("inspector.item.guarded") if arrow.when else "", shown)


def _controls(flow: Flow, source: Element) -> list[tuple[str, str, Trigger]]:
    """Return the controls from which a transition of a page or section can start."""
    owner: Page | PageSection | None = flow.pages_by_id.get(source.id) or flow.sections_by_id.get(source.id)
    found = [] if owner is None else list(owner.blocks_by_id.values())
    return [
        (title_of_part(flow, block), block.kind, UseTrigger(block=block.id))
        for block in found
        if isinstance(block, Button | Link)
    ]


def _connecting(shared: Shared, source: str, on: Trigger) -> Callable[[], object]:
    def run() -> None:
        arrow = new_transition(source, on)
        shared.attempt(lambda flow: add_transition(flow, arrow), text("inspector.step.add_transition"))
        shared.selection.reveal(Element("transition", arrow.id, "to"))

    return run


def _ways_in(shared: Shared, page: Page) -> Section:
    flow = shared.flow
    inner = tuple(
        item(flow, Element("transition", arrow.id), _source_title(flow, arrow))
        for arrow in flow.transitions
        if arrow.to == page.id
    )
    body = Items(("in", page.id), inner, text("inspector.empty.ways_in"))
    return Section(("in", "page"), text("inspector.section.ways_in"), (body,), is_open=False)


def _source_title(flow: Flow, arrow: Transition) -> str:
    part = flow.pages_by_id.get(arrow.source) or flow.sections_by_id.get(arrow.source)
    return "" if part is None else title_of_part(flow, part)


def _section_row(flow: Flow, element: Element) -> Row:
    options = [Option(None, text("inspector.page.no_section"))]
    options += [Option(section.id, title_of_part(flow, section), "section") for section in flow.sections]

    def read(now: Flow) -> object:
        section = now.section_of.get(element.id)
        return None if section is None else section.id

    def write(now: Flow, value: object) -> Flow:
        return brought(now, element.id, None if value is None else str(value))

    label = text("inspector.field.section")
    return Row(element._replace(field="section"), label, Pick(tuple(options)), read=read, write=write)


def _start_row(element: Element) -> Row:
    def write(now: Flow, value: object) -> Flow:
        return with_value(now, Element("site", "", "start"), element.id if value else None)

    return Row(
        element._replace(field="start"),
        text("inspector.field.is_start"),
        Toggle(),
        read=lambda now: now.site.start == element.id,
        write=write,
    )


def _members(shared: Shared, section: PageSection) -> Section:
    flow = shared.flow

    def named(step: str, page_id: str) -> str:
        page = title_of(flow, Element("page", page_id))
        return text(f"inspector.step.{step}", page=page, section=title_of(flow, Element("section", section.id)))

    def out(page_id: str) -> Callable[[], object]:
        return lambda: shared.attempt(lambda now: brought(now, page_id, None), named("leave_section", page_id))

    inner = tuple(
        item(
            flow,
            Element("page", page_id),
            flow.pages_by_id[page_id].path,
            (Action(text("inspector.action.leave_section"), "close", out(page_id)),),
        )
        for page_id in section.pages
        if page_id in flow.pages_by_id
    )

    def join(page_id: str) -> Callable[[], object]:
        return lambda: shared.attempt(lambda now: brought(now, page_id, section.id), named("join_section", page_id))

    others = tuple(
        Action(option.label, option.icon, join(str(option.value)))
        for option in pages(flow).options
        if option.value not in section.pages
    )
    add = Action(text("inspector.add.page_here"), "add", menu=others, is_enabled=bool(others))
    body = Items(("members", section.id), inner, text("inspector.empty.members"))
    return Section(("members", "section"), text("inspector.section.pages"), (body,), (add,))
