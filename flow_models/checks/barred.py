"""What never happens and is never shown, because what it waits for never comes about: transitions, notices, blocks.

`order` looks at the conditions of one trigger; here it is asked which values variables and columns can have at all.
"""

from collections.abc import Container, Iterator

from flow_models.checks.context import Context
from flow_models.checks.gates import Gate
from flow_models.checks.guards import Cases
from flow_models.checks.labels import arrow_label, block_label, owner_label
from flow_models.checks.possible import decided
from flow_models.checks.problem import Problem, problem
from flow_models.checks.reach import leading_to_shut
from flow_models.document.behaviour import ChangeTrigger, Page, Section, Transition, UseTrigger
from flow_models.document.elements import Element
from flow_models.formulas import Node


def problems(context: Context) -> Iterator[Problem]:
    """Yield the blocks of reached pages that are never shown, and transitions whose condition can never hold."""
    hidden = dict(_hidden(context))
    for block_id, owner in hidden.items():
        block = owner.blocks_by_id[block_id]
        code = "barred.notice" if block.kind == "notice" else "barred.block"
        place = Element("block", block_id, "show_if")
        yield problem(code, "warning", place, block=block_label(block), page=owner_label(owner))
    shut = leading_to_shut(context)
    for arrow in context.flow.transitions:
        # Of the way to a page to which no other leads it is said at the page.
        if arrow is not shut.get(arrow.to) and _is_barred(context, arrow, hidden):
            code = "barred.message" if arrow.notice is not None else "barred.arrow"
            place = Element("transition", arrow.id, "when")
            yield problem(code, "warning", place, arrow=arrow_label(context.flow, arrow))


def _hidden(context: Context) -> Iterator[tuple[str, Page | Section]]:
    """Yield the blocks with a condition of their own that never holds, where its formula alone does not say so."""
    for element, gate in context.gates.items():
        owner = context.owner(element.id)
        if owner is None or not _is_reached(context, owner):
            continue
        for block, conditions in gate.blocks:
            facts = context.facts.get(element)
            own = facts.trees.get(Element("block", block, "show_if")) if facts else None
            if own is not None and own in conditions and not context.live.can_hold((own,)) and decided(own) is None:
                yield block, owner


def _is_barred(context: Context, arrow: Transition, hidden: Container[str]) -> bool:
    """Say whether a transition can never be taken although its page is reached and its control is there."""
    owner = context.owner(arrow.source)
    if arrow.id in context.live.arrows or owner is None or not _is_reached(context, owner):
        return False
    if isinstance(arrow.on, UseTrigger | ChangeTrigger) and arrow.on.block in hidden:
        return False
    if _is_too_late(context, arrow):
        return False
    when = context.gates.get(Element("transition", arrow.id), Gate()).when
    return when is not None and not context.live.can_hold((when,)) and _could_hold(when)


def _is_too_late(context: Context, arrow: Transition) -> bool:
    """Say whether one that is always taken stands before a transition, which is said where their order is looked at."""
    rivals = [one for one in context.arrows_from.get(arrow.source, ()) if one.on == arrow.on]
    return any(not one.when.strip() for one in rivals[: rivals.index(arrow)])


def _could_hold(when: Node) -> bool:
    """Say whether a condition by itself could hold; else it is said where the order of conditions is looked at."""
    cases = Cases([when])
    return not cases.is_decided or any(held for (held,) in cases.rows())


def _is_reached(context: Context, owner: Page | Section) -> bool:
    """Say whether a page, or one of a section, can be shown."""
    pages = (owner.id,) if isinstance(owner, Page) else owner.pages
    return not context.reached.isdisjoint(pages)
