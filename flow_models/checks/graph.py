"""A flow as a NetworkX graph: pages and the ways between them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import networkx as nx

from flow_models.document.behaviour import (
    CLOSE,
    AddEffect,
    ChangeEffect,
    ChangeTrigger,
    ClearEffect,
    Effect,
    Page,
    RemoveEffect,
    Transition,
    UseTrigger,
)
from flow_models.document.flow import Flow

PageGraph: TypeAlias = "nx.MultiDiGraph[str]"
"""Nodes are page ids; an edge has the transition's id as key and the transition as `transition`."""


def page_graph(flow: Flow, live: Mapping[str, Iterable[str]]) -> PageGraph:
    """Return the pages of a flow and the transitions between them that can be taken.

    A section's transition is an edge from each page of the section that has its trigger; `stay` is no edge, and
    closing a dialog leads to each page from which it is opened. Transitions to what is not there are left out.

    Args:
        flow: The flow.
        live: The transitions that can be taken, by id, with the pages on which they can.
    """
    graph: PageGraph = nx.MultiDiGraph()
    graph.add_nodes_from(flow.pages_by_id)
    closing: list[tuple[str, Transition]] = []
    for transition in flow.transitions:
        for source in live.get(transition.id, ()):
            if transition.to == CLOSE:
                closing.append((source, transition))
            elif transition.to in flow.pages_by_id:
                graph.add_edge(source, transition.to, key=transition.id, transition=transition)
    for dialog, transition in closing:
        for opener in list(graph.predecessors(dialog)):
            if opener != dialog:
                graph.add_edge(dialog, opener, key=transition.id, transition=transition)
    return graph


def sources(flow: Flow, transition: Transition) -> tuple[str, ...]:
    """Return the ids of the pages on which a transition can happen.

    A dialog shows nothing of its section, whose header and footer behind it cannot be used.
    """
    if transition.source in flow.pages_by_id:
        return (transition.source,)
    section = flow.sections_by_id.get(transition.source)
    if section is None:
        return ()
    pages = tuple(page for page in section.pages if flow.section_of.get(page) is section)
    if isinstance(transition.on, UseTrigger | ChangeTrigger):
        return _with_block(flow, pages, transition.on.block)
    return tuple(page for page in pages if page in flow.pages_by_id)


def _with_block(flow: Flow, pages: tuple[str, ...], block: str) -> tuple[str, ...]:
    """Return those pages of a section on which a block can be used: its own page, or all but dialogs."""
    owner = flow.owners_by_block.get(block)
    if isinstance(owner, Page):
        return (owner.id,) if owner.id in pages else ()
    return tuple(page for page in pages if page in flow.pages_by_id and flow.pages_by_id[page].kind == "page")


def starts(flow: Flow) -> Iterator[str]:
    """Yield the pages on which a visit begins without an address: the start, and the starts of tasks."""
    named = [flow.site.start, flow.site.not_found, *(task.start for task in flow.tasks)]
    for page_id in dict.fromkeys(named):
        if page_id is not None and page_id in flow.pages_by_id:
            yield page_id


def reachable(graph: PageGraph, starts: Iterator[str] | tuple[str, ...]) -> set[str]:
    """Return the pages that can be reached from some pages, these included."""
    found: set[str] = set()
    frontier = [start for start in starts if start in graph]
    while frontier:
        node = frontier.pop()
        if node not in found:
            found.add(node)
            frontier.extend(graph.successors(node))
    return found


def shape(flow: Flow) -> tuple[object, ...]:
    """Return what the graphs of pages depend on besides conditions; equal ones give equal graphs."""
    return (
        tuple((page.id, page.kind) for page in flow.pages),
        tuple(starts(flow)),
        tuple((section.id, section.pages) for section in flow.sections),
        tuple(
            (transition.id, transition.source, transition.to, transition.on, _owner(flow, transition))
            for transition in flow.transitions
        ),
    )


def made_change(effect: Effect) -> tuple[str, str] | None:
    """Return the kind of change that an effect makes, as success rules call it, and its table.

    What is cleared may be a variable; its id is then none of a table, and no rule asks for it.
    """
    match effect:
        case AddEffect():
            return "added", effect.table
        case ChangeEffect():
            return "changed", effect.table
        case RemoveEffect():
            return "removed", effect.table
        case ClearEffect():
            return "removed", effect.target
        case _:
            return None


def _owner(flow: Flow, transition: Transition) -> str | None:
    """Return where the block stands to which a section's transition listens; it decides on which pages it happens."""
    if transition.source in flow.pages_by_id or not isinstance(transition.on, UseTrigger | ChangeTrigger):
        return None
    owner = flow.owners_by_block.get(transition.on.block)
    return None if owner is None else owner.id
