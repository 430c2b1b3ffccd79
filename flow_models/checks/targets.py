"""Does every transition start, lead and change something that is there?"""

from collections.abc import Iterator, Sequence

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label
from flow_models.checks.mending import does_something
from flow_models.checks.problem import Problem, fix, problem
from flow_models.document.behaviour import (
    CLOSE,
    STAY,
    AddEffect,
    ChangeEffect,
    ClearEffect,
    Effect,
    RemoveEffect,
    SetEffect,
    Transition,
)
from flow_models.document.blocks import is_field
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.transitions import reconnect, remove_transitions
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


def problems(context: Context, arrow: Transition) -> Iterator[Problem]:
    """Yield what is wrong with the ends and effects of a transition."""
    flow = context.flow
    label = arrow_label(flow, arrow)
    yield from _ends(flow, arrow, label)
    for index, effect in enumerate(arrow.do):
        element = Element("transition", arrow.id, f"do.{index}")
        for found in effect_problems(flow, effect, element, label):
            yield _removable(found, arrow, index) if found.code == "effect.gone" else found
    for index in _again(context, arrow):
        twice = problem("effect.twice", "warning", Element("transition", arrow.id, f"do.{index}"), arrow=label)
        yield _removable(twice, arrow, index)
    is_empty = arrow.to == STAY and not arrow.do and arrow.notice is None
    if is_empty and not _is_rival(context, arrow) and not _shows_fields(context, arrow):
        yield problem("transition.nothing", "warning", Element("transition", arrow.id), arrow=label)


def _again(context: Context, arrow: Transition) -> Iterator[int]:
    """Yield the effects that stand in a transition before and change what they read, such as a balance."""
    for index, effect in enumerate(arrow.do):
        if not isinstance(effect, ChangeEffect | SetEffect) or effect not in arrow.do[:index]:
            continue
        uses = context.facts[Element("transition", arrow.id)].uses if arrow.do else {}
        read = {name[:2] for place, names in uses.items() if place.field.startswith(f"do.{index}.v") for name in names}
        if not read.isdisjoint(_set_by(context, effect)):
            yield index


def _set_by(context: Context, effect: ChangeEffect | SetEffect) -> set[tuple[str, str]]:
    """Return the columns or the variable that an effect gives a value."""
    if isinstance(effect, SetEffect):
        variable = context.flow.variables_by_id.get(effect.variable)
        return set() if variable is None else {("variable", variable.name)}
    table = context.flow.tables_by_id.get(effect.table)
    return {("column", one.name) for one in (table.columns if table else ()) if one.id in effect.values}


def _ends(flow: Flow, arrow: Transition, label: str) -> Iterator[Problem]:
    """Yield a source and a target that are not there, and a close of what is no dialog."""
    source = flow.pages_by_id.get(arrow.source)
    if source is None and arrow.source not in flow.sections_by_id:
        removing = fix("remove_transition", lambda now: remove_transitions(now, {arrow.id}))
        place = Element("transition", arrow.id, "source")
        yield problem("transition.no_source", "error", place, fix=removing, arrow=label)
    staying = fix("stay", lambda now: reconnect(now, arrow.id, to=STAY)) if does_something(arrow, arrow.do) else None
    element = Element("transition", arrow.id, "to")
    if arrow.to == CLOSE:
        if source is not None and source.kind != "dialog":
            yield problem("transition.close_no_dialog", "error", element, fix=staying, arrow=label)
    elif arrow.to != STAY and arrow.to not in flow.pages_by_id:
        yield problem("transition.no_target", "error", element, fix=staying, arrow=label)


def effect_problems(flow: Flow, effect: Effect, element: Element, label: str) -> Iterator[Problem]:
    """Yield what is wrong with one effect of a transition or of a task's setup."""
    match effect:
        case SetEffect():
            if effect.variable not in flow.variables_by_id:
                yield problem("effect.gone", "error", element, arrow=label)
            elif not effect.value.strip():
                yield problem("effect.no_value", "error", _inside(element, "value"), arrow=label)
        case ClearEffect():
            yield from _clear_problems(flow, effect, element, label)
        case AddEffect():
            yield from _values_problems(flow, effect.table, list(effect.values), element, label)
        case ChangeEffect():
            yield from _values_problems(flow, effect.table, list(effect.values), element, label)
            if not effect.values:
                yield problem("effect.changes_nothing", "warning", element, arrow=label)
        case RemoveEffect():
            if effect.table not in flow.tables_by_id:
                yield problem("effect.gone", "error", element, arrow=label)


def _clear_problems(flow: Flow, effect: ClearEffect, element: Element, label: str) -> Iterator[Problem]:
    """Yield that what is cleared is not there, or lasts."""
    table = flow.tables_by_id.get(effect.target)
    if table is None and effect.target not in flow.variables_by_id:
        yield problem("effect.gone", "error", element, arrow=label)
    elif table is not None and table.durable:
        yield problem("effect.clears_durable", "error", element, arrow=label, table=table.title or table.name)


def _values_problems(
    flow: Flow, table_id: str, columns: Sequence[str], element: Element, label: str
) -> Iterator[Problem]:
    """Yield the values for columns that are not there."""
    table = flow.tables_by_id.get(table_id)
    if table is None:
        yield problem("effect.gone", "error", element, arrow=label)
        return
    known: set[str] = {column.id for column in table.columns}
    for column in columns:
        if column not in known:
            place = _inside(element, f"values.{column}")
            yield problem("effect.no_column", "error", place, arrow=label, table=table.title or table.name)


def _removable(found: Problem, arrow: Transition, index: int) -> Problem:
    """Return a problem of one effect with the fix that takes the effect away."""
    kept = tuple(effect for place, effect in enumerate(arrow.do) if place != index)
    removing = fix("remove_effect", lambda now: with_value(now, Element("transition", arrow.id, "do"), kept))
    if arrow.to == STAY and not does_something(arrow, kept):
        return found
    return Problem(found.code, found.severity, found.message_id, found.arguments, found.elements, removing)


def _is_rival(context: Context, arrow: Transition) -> bool:
    """Say whether a transition that does nothing at least keeps later ones from being taken."""
    return any(other.on == arrow.on and other.id != arrow.id for other in context.arrows_from.get(arrow.source, ()))


def _shows_fields(context: Context, arrow: Transition) -> bool:
    """Say whether staying can show something new: the page reads its fields as they were last sent."""
    owners = (context.owner(arrow.source), context.flow.section_of.get(arrow.source))
    return any(is_field(block) for owner in owners if owner for block in owner.blocks_by_id.values())


def _inside(element: Element, field: str) -> Element:
    return element._replace(field=f"{element.field}.{field}")
