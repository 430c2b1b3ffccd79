"""Among the transitions of one trigger: is each reached, is it clear which is taken, and is one taken always?"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from flow_models.checks.context import Context
from flow_models.checks.controls import hears
from flow_models.checks.guards import Cases
from flow_models.checks.labels import arrow_label, block_label, owner_label
from flow_models.checks.mending import serves_alone
from flow_models.checks.overlapping import example
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.checks.trees import nodes
from flow_models.document.behaviour import Notice, Page, Section, Transition, UseTrigger
from flow_models.document.blocks import AnyBlock, Button, is_control, is_field
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.starts import new_transition, notice_words
from flow_models.document.edits.transitions import add_transition, move_transition, remove_transitions
from flow_models.document.elements import Element
from flow_models.document.field_blocks import FieldBlock
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.formulas import Node

LIMITS: Final = {"minimum": ">=", "maximum": "<="}
"""How a field that is sent compares with its limits."""


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield what is wrong with the order and guards of the transitions of a page or section."""
    own = context.arrows_from.get(owner.id, ())
    section = context.flow.section_of.get(owner.id) if isinstance(owner, Page) else None
    shared = context.arrows_from.get(section.id, ()) if section else ()
    groups: dict[str, list[Transition]] = {}
    for arrow in own:
        groups.setdefault(arrow.on.model_dump_json(), []).append(arrow)
    for key, group in groups.items():
        fallback = [arrow for arrow in shared if arrow.on.model_dump_json() == key]
        yield from _group_problems(context, owner, group, fallback)


def _group_problems(
    context: Context, owner: Page | Section, group: list[Transition], fallback: list[Transition]
) -> Iterator[Problem]:
    """Yield the problems of the transitions of one source and trigger; `fallback` are the section's, tried later."""
    guards = [_guard(context, arrow) for arrow in (*group, *fallback)]
    block = _block(context.flow, group[0])
    assumed = [*_assumed(context, owner, block), *_within(context, owner, block, guards)]
    rows = set(Cases(guards, assumed).rows())
    if not rows:
        return
    yield from (_shadowed(context, group, arrow, never=never) for arrow, never in _never_taken(group, rows))
    if block is None or not _is_heard(context.flow, owner, block):
        return
    yield from _overlaps(context, group, rows, assumed)
    if not all(any(row) for row in rows) and not any(never for _, never in _never_taken(group, rows)):
        yield _no_otherwise(owner, group, block)


def _never_taken(group: list[Transition], rows: set[tuple[bool, ...]]) -> Iterator[tuple[Transition, bool]]:
    """Yield the transitions that are taken in no case, each with whether its condition never holds."""
    for index, arrow in enumerate(group):
        if not any(row[index] and not any(row[:index]) for row in rows):
            yield arrow, not any(row[index] for row in rows)


def _shadowed(context: Context, group: list[Transition], arrow: Transition, *, never: bool) -> Problem:
    return problem(
        "transition.never" if never else "transition.shadowed",
        "warning",
        Element("transition", arrow.id, "when"),
        fix=_heard(group, arrow) or _forgotten(context, group, arrow),
        arrow=arrow_label(context.flow, arrow),
    )


def _heard(group: list[Transition], arrow: Transition) -> Fix | None:
    """Return the fix that tries what has no condition last, where it stands before a transition that has one."""
    earlier = [one for one in group[: group.index(arrow)] if not one.when.strip()]
    if not earlier or not arrow.when.strip():
        return None
    return fix("try_last", lambda now: move_transition(now, earlier[0].id, len(group)))


def _forgotten(context: Context, group: list[Transition], arrow: Transition) -> Fix | None:
    """Return the fix that takes a transition away which does what another one does; any other may be what is meant."""
    is_again = any(_done(other) == _done(arrow) for other in group if other is not arrow)
    if not is_again or serves_alone(context, arrow):
        return None
    return fix("remove_transition", lambda now: remove_transitions(now, {arrow.id}))


def _done(arrow: Transition) -> tuple[object, ...]:
    """Return all that a transition does once it is taken."""
    return arrow.do, arrow.to, arrow.record, arrow.notice


def _overlaps(
    context: Context, group: list[Transition], rows: set[tuple[bool, ...]], assumed: list[Node]
) -> Iterator[Problem]:
    """Yield a hint for each guarded transition whose guard can hold together with that of an earlier one.

    One that is never taken is told already. To leave something to chance, transitions are put in an order.
    """
    never = {arrow.id for arrow, _ in _never_taken(group, rows)}
    for index, arrow in enumerate(group):
        if arrow.id in never or not _is_readable(context, arrow):
            continue
        rivals = [other for place, other in enumerate(group[:index]) if any(row[place] and row[index] for row in rows)]
        if rivals and all(_is_readable(context, rival) for rival in rivals):
            yield problem(
                "transition.overlap",
                "hint",
                Element("transition", arrow.id, "when"),
                Element("transition", rivals[0].id, "when"),
                fix=_apart(arrow, rivals),
                arrow=arrow_label(context.flow, arrow),
                rival=rivals[0].when.strip(),
                example=example([one for one in (_guard(context, arrow), _guard(context, rivals[0])) if one], assumed),
            )


def _is_readable(context: Context, arrow: Transition) -> bool:
    """Say whether a transition has a guard, and one of which is known when it holds, which chance never is."""
    guard = _guard(context, arrow)
    return (
        guard is not None and guard["op"] != "unreadable" and all(node.get("fn") != "chance" for node in nodes(guard))
    )


def _apart(arrow: Transition, rivals: list[Transition]) -> Fix | None:
    """Return the fix that excludes the earlier guards from the later one, if that fits into a formula."""
    when = " and not ".join(f"({one.when})" for one in (arrow, *rivals))
    if len(when) > 500:
        return None
    return fix("exclude", lambda now: with_value(now, Element("transition", arrow.id, "when"), when))


def _no_otherwise(owner: Page | Section, group: list[Transition], block: AnyBlock | None) -> Problem:
    """Return the problem that nothing happens when no guard holds."""
    is_form = isinstance(block, Button) and block.submit
    return problem(
        "form.no_otherwise" if is_form else "transition.no_otherwise",
        "warning",
        Element("transition", group[-1].id, "when"),
        *((Element("block", block.id),) if block is not None else ()),
        fix=fix("add_otherwise", lambda now: _with_otherwise(now, group[-1])),
        block=block_label(block) if block is not None else "",
        page=owner_label(owner),
    )


def _with_otherwise(flow: Flow, last: Transition) -> Flow:
    """Return the flow with an unguarded transition after the last one of a trigger, which stays and says so."""
    otherwise = new_transition(last.source, last.on).rebuilt(notice=Notice(text=notice_words("error"), tone="error"))
    order = [arrow.id for arrow in flow.transitions]
    index = order.index(last.id) + 1 if last.id in order else None
    return add_transition(flow, otherwise, index)


def _guard(context: Context, arrow: Transition) -> Node | None:
    """Return the tree of a guard; a coin for one that cannot be read, `None` for none."""
    if not arrow.when.strip():
        return None
    return context.formula(arrow, "when") or {"op": "unreadable", "type": "boolean", "id": arrow.id}


def _assumed(context: Context, owner: Page | Section, block: AnyBlock | None) -> list[Node]:
    """Return what must hold for a control to be used at all."""
    if block is None:
        return []
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    conditions = (Element("block", block.id, field) for field in ("show_if", "enabled_if"))
    return [facts.trees[condition] for condition in conditions if facts and condition in facts.trees]


def _within(
    context: Context, owner: Page | Section, block: AnyBlock | None, guards: Sequence[Node | None]
) -> Iterator[Node]:
    """Yield that what guards ask of required fields of the form that a button sends lies within their limits."""
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    asked = {str(node["name"]): node for node in nodes(list(guards)) if node["op"] == "field"}
    fields = [one for one in (_sent(owner, block) if asked else ()) if one.required and one.name in asked]
    for one, (limit, test) in product(fields if facts else (), LIMITS.items()):
        tree = None if facts is None else facts.trees.get(Element("block", one.id, limit))
        yield from _compared(asked[one.name], test, tree)


def _compared(field: Node, test: str, tree: Node | None) -> Iterator[Node]:
    """Yield that a field lies within a limit, if that is a fixed value."""
    if tree is not None and tree["op"] == "value":
        yield {"op": "compare", "type": "boolean", "test": test, "left": field, "right": tree}


def _sent(owner: Page | Section, block: AnyBlock | None) -> list[FieldBlock]:
    """Return the fields of the form that a button sends."""
    if not getattr(block, "submit", False):
        return []
    forms = [tuple(walk((one,))) for one in owner.blocks_by_id.values() if one.kind == "form"]
    return [one for form in forms if block in form for one in form if is_field(one)]


def _is_heard(flow: Flow, owner: Page | Section, block: AnyBlock) -> bool:
    """Say whether a page or section can have transitions of a block; if not, that is what is wrong with them."""
    return is_control(block) and hears(flow, owner.id, flow.owners_by_block[block.id].id)


def _block(flow: Flow, arrow: Transition) -> AnyBlock | None:
    if not isinstance(arrow.on, UseTrigger):
        return None
    owner = flow.owners_by_block.get(arrow.on.block)
    return None if owner is None else owner.blocks_by_id[arrow.on.block]
