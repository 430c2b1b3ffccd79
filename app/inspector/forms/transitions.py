"""The form of a transition: from where, when, only if, then what, and to where."""

from app.inspector.forms.effects import effect_section
from app.inspector.forms.parts import item, pages
from app.inspector.nodes import Condition, Items, Line, Node, Option, Pick, Row, Section, Template, Value, Whole
from app.inspector.shared import Shared
from app.words.elements import title_of_part
from flow_models.document.behaviour import (
    CLOSE,
    STAY,
    ChangeTrigger,
    EnterTrigger,
    OpenTrigger,
    Page,
    Transition,
    UseTrigger,
    WaitTrigger,
)
from flow_models.document.behaviour import Section as PageSection
from flow_models.document.blocks import is_control
from flow_models.document.edits.guesses import led
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.starts import led_to_new, toned
from flow_models.document.edits.transitions import reconnect, rivals
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base.kinds import CHANGING
from resources import text

NEW = "new"
"""The choice of a page that is not there yet; ids of pages begin with `page_`."""

TONES = ("success", "info", "warning", "error")


def transition_form(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of a transition."""
    flow = shared.flow
    arrow = flow.transitions_by_id[element.id]
    rows: list[Node] = [_source(flow, element), _trigger(flow, element, arrow)]
    if isinstance(arrow.on, WaitTrigger):
        rows.append(
            Row(
                element._replace(field="on.steps"),
                text("inspector.field.steps"),
                Whole(1, 1000),
                help=text("inspector.help.steps"),
            )
        )
    condition = Row(element._replace(field="when"), "", Condition(text("inspector.blank.when")))
    effects = effect_section(
        shared,
        element._replace(field="do"),
        arrow.do,
        text("inspector.section.then"),
        text("inspector.empty.effects"),
    )
    return (
        *rows,
        Section(("when", "transition"), text("inspector.section.only_if"), (condition,)),
        effects,
        Section(("to", "transition"), text("inspector.section.go_to"), tuple(_target(flow, element, arrow))),
        *_order(shared, arrow),
        Row(element._replace(field="note"), text("inspector.field.note"), Line()),
    )


def _source(flow: Flow, element: Element) -> Row:
    options = [
        Option(section.id, text("inspector.from.section", section=title_of_part(flow, section)), "section")
        for section in flow.sections
    ]

    def write(now: Flow, value: object) -> Flow:
        return reconnect(now, element.id, source=str(value))

    return Row(element._replace(field="source"), text("inspector.field.from"), pages(flow, "", options), write=write)


def _trigger(flow: Flow, element: Element, arrow: Transition) -> Row:
    """Return the choice of what sets the transition off: the controls and fields of its page, or what happens to it."""
    options = []
    for owner, is_shared in _owners(flow, arrow):
        for block in owner.blocks_by_id.values():
            title = title_of_part(flow, block)
            words = text("inspector.trigger.shared", title=title) if is_shared else title
            if is_control(block):
                label = text("inspector.trigger.use_of", block=words)
                options.append(Option(UseTrigger(block=block.id), label, block.kind))
            elif block.kind in CHANGING:
                label = text("inspector.trigger.change_of", block=words)
                options.append(Option(ChangeTrigger(block=block.id), label, "field"))
    steps = arrow.on.steps if isinstance(arrow.on, WaitTrigger) else 10
    options += [
        Option(on, text(f"inspector.trigger.{on.kind}"), "page")
        for on in (EnterTrigger(), OpenTrigger(), WaitTrigger(steps=steps))
    ]
    return Row(element._replace(field="on"), text("inspector.field.trigger"), Pick(tuple(options)))


def _owners(flow: Flow, arrow: Transition) -> list[tuple[Page | PageSection, bool]]:
    """Return the page or section of a transition and, for a page, its section, whose controls it may use."""
    page = flow.pages_by_id.get(arrow.source)
    section = flow.sections_by_id.get(arrow.source) if page is None else flow.section_of.get(page.id)
    found: list[tuple[Page | PageSection, bool]] = [] if page is None else [(page, False)]
    if section is not None:
        found.append((section, page is not None))
    return found


def _target(flow: Flow, element: Element, arrow: Transition) -> list[Node]:
    more = [Option(STAY, text("inspector.to.stay"), "reload"), Option(CLOSE, text("inspector.to.close"), "close")]
    more.append(Option(NEW, text("inspector.to.new"), "add"))

    def write(now: Flow, value: object) -> Flow:
        if value == NEW:
            return led_to_new(now, element.id)
        return led(with_value(now, element._replace(field="to"), value), element.id)

    targets = pages(flow, "", more)
    rows: list[Node] = [Row(element._replace(field="to"), text("inspector.field.page"), targets, write=write)]
    shown = flow.pages_by_id.get(arrow.to if arrow.to in flow.pages_by_id else arrow.source)
    if (shown is not None and shown.record is not None) or arrow.record:
        rows.append(
            Row(
                element._replace(field="record"),
                text("inspector.field.shows_row"),
                Value(text("inspector.blank.record")),
            )
        )
    return [*rows, *_notice(element, arrow)]


def _notice(element: Element, arrow: Transition) -> list[Node]:
    tones = tuple(Option(tone, text(f"inspector.tone.{tone}")) for tone in TONES)

    def read(flow: Flow) -> object:
        now = flow.transitions_by_id.get(element.id)
        return now.notice.tone if now is not None and now.notice is not None else None

    def write(flow: Flow, value: object) -> Flow:
        return toned(flow, element, None if value is None else str(value))

    options = Pick((Option(None, text("inspector.notice.none")), *tones))
    rows: list[Node] = [
        Row(element._replace(field="notice.tone"), text("inspector.field.notice"), options, read=read, write=write)
    ]
    if arrow.notice is not None:
        rows.append(Row(element._replace(field="notice.text"), text("inspector.field.notice_text"), Template(2)))
    return rows


def _order(shared: Shared, arrow: Transition) -> list[Node]:
    """Return the other transitions of the same trigger: the first whose condition holds is taken."""
    order = rivals(shared.flow, arrow.id)
    if len(order) < 2:
        return []
    items = tuple(
        item(
            shared.flow,
            Element("transition", other.id),
            text("inspector.item.this") if other.id == arrow.id else "",
        )
        for other in order
    )
    body = Items(("order", "transition"), items)
    return [Section(("order", "transition"), text("inspector.section.order"), (body,), is_open=False)]
