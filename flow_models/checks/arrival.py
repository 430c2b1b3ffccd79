"""Do pages that lead on by themselves come to an end, and leave the site's lasting data alone?"""

from collections.abc import Iterator
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.graph import first_cycle
from flow_models.checks.labels import arrow_label, page_label
from flow_models.checks.mending import does_something, uses_alone
from flow_models.checks.problem import Problem, fix, problem
from flow_models.document.behaviour import STAY, EnterTrigger, OpenTrigger, SetEffect, Transition
from flow_models.document.edits.data import target_of
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element


def cycles(context: Context) -> Iterator[Problem]:
    """Yield the ring of pages that send a visitor on to each other on arrival, if there is one."""
    ring = first_cycle(context.arrivals)
    if ring:
        arrows = [context.flow.transitions_by_id[arrow] for arrow in dict.fromkeys(ring)]
        pages = ", ".join(page_label(context.flow.pages_by_id.get(arrow.to)) for arrow in arrows)
        yield problem(
            "transition.arrival_cycle",
            "error",
            *(Element("transition", arrow.id, "to") for arrow in arrows),
            pages=pages,
        )


def lasting_changes(context: Context, arrow: Transition) -> Iterator[Problem]:
    """Yield the effects by which an arrival changes a durable table."""
    if not isinstance(arrow.on, EnterTrigger | OpenTrigger):
        return
    flow = context.flow
    for index, effect in enumerate(arrow.do):
        table = None if isinstance(effect, SetEffect) else flow.tables_by_id.get(target_of(effect))
        if table is None or not table.durable:
            continue
        kept = tuple(other for other in arrow.do if other is not effect)
        do = Element("transition", arrow.id, "do")
        removing = fix("remove_effect", partial(with_value, element=do, value=kept))
        is_clean = (arrow.to != STAY or does_something(arrow, kept)) and not uses_alone(context, table)
        yield problem(
            "transition.arrival_changes",
            "error",
            do._replace(field=f"do.{index}"),
            Element("table", table.id),
            fix=removing if is_clean else None,
            arrow=arrow_label(flow, arrow),
            table=table.title or table.name,
        )
