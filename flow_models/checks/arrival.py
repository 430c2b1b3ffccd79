"""Do pages that lead on by themselves come to an end, and leave the site's lasting data alone?"""

from collections.abc import Iterator
from functools import partial
from itertools import islice

import networkx as nx

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, page_label
from flow_models.checks.mending import does_something, uses_alone
from flow_models.checks.problem import Problem, Severity, fix, problem
from flow_models.checks.turns import Arrival, Turns
from flow_models.document.behaviour import STAY, EnterTrigger, OpenTrigger, SetEffect, Transition
from flow_models.document.edits.data import target_of
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element

MOST_RINGS = 200
"""Rings that are looked at; a flow with so many has one that is found among them."""


def cycles(context: Context) -> Iterator[Problem]:
    """Yield a ring of pages that send a visitor on to each other on arrival, if there is one."""
    entering = tuple(arrow for arrow in context.flow.transitions if isinstance(arrow.on, EnterTrigger))
    found = context.kept("rings", (context.graph, entering), lambda: tuple(_endless(context)))
    for ring, severity in found[:1]:
        arrows = [context.flow.transitions_by_id[arrow] for arrow in dict.fromkeys(ring)]
        pages = ", ".join(page_label(context.flow.pages_by_id.get(arrow.to)) for arrow in arrows)
        yield problem(
            "transition.arrival_cycle",
            severity,
            *(Element("transition", arrow.id, "to") for arrow in arrows),
            pages=pages,
        )


def _endless(context: Context) -> Iterator[tuple[tuple[str, ...], Severity]]:
    """Yield the rings that may turn without end; an error is one that surely does once somebody comes to it."""
    for ring in islice(_rings(context), MOST_RINGS):
        turns = Turns(context, ring)
        if turns.can_last:
            yield tuple(step.arrow.id for step in ring), "error" if turns.is_sure else "warning"


def _rings(context: Context) -> Iterator[list[Arrival]]:
    """Yield the rings of transitions that are taken on entering the page to which the one before leads."""
    steps = _steps(context)
    graph: nx.DiGraph[Arrival] = nx.DiGraph()
    for step in (one for found in steps.values() for one in found):
        graph.add_edges_from((step, onward) for onward in steps.get(step.arrow.to, ()))
    place = {arrow.id: number for number, arrow in enumerate(context.flow.transitions)}
    for ring in nx.simple_cycles(graph):
        first = min(range(len(ring)), key=lambda number: place[ring[number].arrow.id])
        yield [*ring[first:], *ring[:first]]


def _steps(context: Context) -> dict[str, list[Arrival]]:
    """Return the transitions to another page that are taken on entering each page."""
    found: dict[str, list[Arrival]] = {}
    for page, to, edge in context.graph.edges(data=True):
        if isinstance(edge["transition"].on, EnterTrigger) and page != to:
            found.setdefault(page, []).append(Arrival(page, edge["transition"]))
    return found


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
