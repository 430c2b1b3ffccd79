"""Does every button and link do something, and does every transition listen to something that is there?"""

import re
from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, block_label, owner_label, page_label
from flow_models.checks.mending import is_alone, serves_alone
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.document.behaviour import ChangeTrigger, Page, Section, Transition, UseTrigger
from flow_models.document.blocks import AnyBlock, FoldOut, Menu, is_control, is_field
from flow_models.document.edits.blocks import remove_blocks
from flow_models.document.edits.starts import new_transition
from flow_models.document.edits.transitions import add_transition, remove_transitions
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import rooms
from flow_models.runtime.machine.base.kinds import CHANGING

LIKELY = 0.5
"""How much of the words of a button and of a page's title must be the same for the page to be suggested."""


def idle(context: Context) -> Iterator[Problem]:
    """Yield the buttons and links without a transition."""
    flow = context.flow
    for block_id in flow.owners_by_block.keys() - context.used_blocks:
        owner = flow.owners_by_block[block_id]
        control = owner.blocks_by_id[block_id]
        if is_control(control):
            yield problem(
                "control.idle",
                "warning",
                Element("block", control.id),
                Element("page" if isinstance(owner, Page) else "section", owner.id),
                fix=_useful(flow, owner, control),
                block=block_label(control),
                page=owner_label(owner),
            )


def untitled(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the controls and fields of a page or section that say nothing."""
    del context
    blocks = owner.blocks_by_id.values()
    # The only block of a room, such as the link of a list's column, shows the text that stands beside it.
    single = {inner.id for block in blocks for room in rooms(block) if room.is_single for inner in room.blocks}
    for block in blocks:
        if _needs_title(block) and block.id not in single and not str(getattr(block, "title", "")).strip():
            yield problem(
                "control.untitled", "warning", Element("block", block.id, "title"), block=block_label(block),
                page=owner_label(owner),
            )  # fmt: skip


def _needs_title(block: AnyBlock) -> bool:
    """Say whether a visitor fills in, uses or unfolds a block, and knows it by its title."""
    return is_field(block) or is_control(block) or isinstance(block, Menu | FoldOut)


def triggers(context: Context, arrow: Transition) -> Iterator[Problem]:
    """Yield what is wrong with the trigger of a transition."""
    flow = context.flow
    if not isinstance(arrow.on, UseTrigger | ChangeTrigger):
        return
    element = Element("transition", arrow.id, "on.block")
    owner = flow.owners_by_block.get(arrow.on.block)
    label = arrow_label(flow, arrow)
    if owner is None:
        yield problem("transition.no_block", "error", element, fix=_without(context, arrow), arrow=label)
        return
    block = owner.blocks_by_id[arrow.on.block]
    if not hears(flow, arrow.source, owner.id):
        yield problem(
            "transition.block_elsewhere",
            "error",
            element,
            Element("block", block.id),
            fix=None if len(context.arrows_of.get(block.id, ())) == 1 else _without(context, arrow),
            arrow=label,
        )
    elif isinstance(arrow.on, UseTrigger) and not is_control(block):
        yield problem(
            "transition.not_usable",
            "error",
            element,
            Element("block", block.id),
            fix=_without(context, arrow),
            block=block_label(block),
        )
    elif isinstance(arrow.on, ChangeTrigger) and block.kind not in CHANGING:
        yield problem(
            "transition.not_changing",
            "error",
            element,
            Element("block", block.id),
            fix=_without(context, arrow),
            block=block_label(block),
        )


def _without(context: Context, arrow: Transition) -> Fix | None:
    """Return the fix that takes a transition away, if nothing hangs on it alone."""
    removing = fix("remove_transition", lambda now: remove_transitions(now, {arrow.id}))
    return None if serves_alone(context, arrow) else removing


def hears(flow: Flow, source: str, owner_id: str) -> bool:
    """Say whether the transitions of a page or section may listen to the blocks of another."""
    return owner_id in _beside(flow, source) or source in _beside(flow, owner_id)


def _beside(flow: Flow, owner_id: str) -> tuple[str, ...]:
    """Return a page or section, and the section of a page: to the blocks of these its transitions may listen."""
    section = flow.section_of.get(owner_id)
    return (owner_id,) if section is None else (owner_id, section.id)


def _useful(flow: Flow, owner: Page | Section, control: AnyBlock) -> Fix | None:
    """Return the fix that leads a control to the page it seems to mean, or takes it away."""
    target = likely_page(flow, owner, control)
    if target is None and is_alone(owner, control):
        return None
    if target is None:
        return fix("remove_block", lambda now: remove_blocks(now, {control.id}), block=block_label(control))
    arrow = new_transition(owner.id, UseTrigger(block=control.id), target.id)
    return fix("connect", lambda now: add_transition(now, arrow), block=block_label(control), page=page_label(target))


def likely_page(flow: Flow, owner: Page | Section, control: AnyBlock) -> Page | None:
    """Return the page whose title has most words in common with a control; `None` if none is close."""
    words = _words(str(getattr(control, "title", "")))
    best, found = LIKELY, None
    for page in flow.pages:
        others = _words(page.title)
        if page.id == owner.id or page.record is not None or not words or not others:
            continue
        likeness = len(words & others) / len(words | others)
        if likeness > best or (likeness == best and found is None):
            best, found = likeness, page
    return found


def _words(title: str) -> set[str]:
    return set(re.findall(r"\w+", title.casefold()))
