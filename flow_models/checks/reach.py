"""Can a visitor get to every page, on from it, and to where tasks are done?"""

from collections.abc import Iterator
from functools import partial

import networkx as nx

import resources
from flow_models.checks import opposites
from flow_models.checks.context import Context
from flow_models.checks.data_graph import table_node
from flow_models.checks.graph import PageGraph, reachable, starts
from flow_models.checks.labels import arrow_label, page_label
from flow_models.checks.mending import is_bare, reached_without
from flow_models.checks.missing import shown_if
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.document.behaviour import STAY, Page, Transition, UseTrigger
from flow_models.document.blocks import Link
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.ids import new_id
from flow_models.document.edits.pages import get_page, remove_pages
from flow_models.document.edits.sections import remove_section
from flow_models.document.edits.starts import new_transition
from flow_models.document.edits.transitions import add_transition
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task
from flow_models.formulas import Node


def unreachable(context: Context) -> Iterator[Problem]:
    """Yield the pages that no visit can reach, and the dialogs that nothing opens."""
    flow, leading = context.flow, leading_to_shut(context)
    for page_id in flow.pages_by_id.keys() - context.reached:
        page = flow.pages_by_id[page_id]
        if page_id in leading:
            yield _shut(context, page, leading[page_id])
            continue
        code = "page.dialog_unopened" if page.kind == "dialog" else "page.unreachable"
        removing = fix("remove_page", partial(_without_page, page_id=page.id), page=page_label(page))
        yield problem(
            code,
            "warning",
            Element("page", page.id),
            fix=removing if is_bare(context, page) else None,
            page=page_label(page),
        )


def leading_to_shut(context: Context) -> dict[str, Transition]:
    """Return the first way to each page that no visit can reach and to which ways lead."""
    shut = context.flow.pages_by_id.keys() - context.reached
    arrows = ((page, context.arrows_to.get(page, ())) for page in shut)
    return {page: leading[0] for page, leading in arrows if leading}


def _shut(context: Context, page: Page, arrow: Transition) -> Problem:
    """Return that no visit can reach a page to which only ways lead that can never be gone."""
    return problem(
        "page.shut",
        "warning",
        Element("page", page.id),
        Element("transition", arrow.id, "when"),
        page=page_label(page),
        arrow=arrow_label(context.flow, arrow),
    )


def dead_ends(context: Context) -> Iterator[Problem]:
    """Yield the pages that can be reached and from which no transition leads to another page."""
    for page_id in _dead_ends(context):
        page = context.flow.pages_by_id[page_id]
        yield problem(
            "page.dead_end", "warning", Element("page", page.id), fix=_way_back(context, page), page=page_label(page)
        )


def one_way(context: Context) -> Iterator[Problem]:
    """Yield the dialogs that can be left only by doing what they ask."""
    for page in context.flow.pages:
        arrows = context.arrows_from.get(page.id, ()) if page.kind == "dialog" and page.id in context.reached else ()
        ways = [one for one in arrows if one.to not in (STAY, page.id)]
        if ways and all(opposites.changed(context, one) is not None or _is_barred(context, page, one) for one in ways):
            yield problem(
                "page.one_way", "warning", Element("page", page.id), fix=_way_back(context, page), page=page_label(page)
            )


def _is_barred(context: Context, dialog: Page, way: Transition) -> bool:
    """Say whether a way out of a dialog asks for what is never so when it opens, while nothing in it changes data."""
    leaving = _asked(context, way)
    openers = context.arrows_to.get(dialog.id, ()) if leaving else ()
    if any(one.do and one.to in (STAY, dialog.id) for one in context.arrows_from.get(dialog.id, ())):
        return False
    return bool(openers) and not any(
        one.do or not _is_about_same(context, dialog, one) or context.live.can_hold([*_asked(context, one), *leaving])
        for one in openers
    )


def _asked(context: Context, arrow: Transition) -> list[Node]:
    """Return what must hold for a transition to be taken: its condition, and when what triggers it is shown."""
    when = context.formula(arrow, "when")
    return [*(() if when is None else (when,)), *(tree for trees in shown_if(context, arrow) for tree in trees)]


def _is_about_same(context: Context, dialog: Page, opener: Transition) -> bool:
    """Say whether a dialog is about the row that the page is about which opens it."""
    page = context.flow.pages_by_id.get(opener.source)
    is_alone = not opener.record.strip() and context.scopes.transition(opener).used is None
    return is_alone and page is not None and page.record == dialog.record


def traps(context: Context) -> Iterator[Problem]:
    """Yield the pages that can be reached before a task is done and lead neither to a start nor to where one is done.

    A task is done where a transition changes a table on which its success is stated, a question where a page shows a
    table that its answer reads.
    """
    tasks, begun = context.flow.tasks, tuple(starts(context.flow))
    goals = frozenset(arrow for task in tasks for arrow in goal_arrows(context, task))
    answering = frozenset(page for task in tasks if task.answer.strip() for page in _showing(context, task))
    trapped = context.kept(
        "trapped", (context.graph, goals, answering, begun), lambda: _trapped(context, goals, answering, begun)
    )
    for page_id in trapped - _dead_ends(context):
        page = context.flow.pages_by_id[page_id]
        yield problem(
            "page.trap", "warning", Element("page", page.id), fix=_way_back(context, page), page=page_label(page)
        )


def _trapped(context: Context, goals: frozenset[str], answering: frozenset[str], begun: tuple[str, ...]) -> set[str]:
    """Return the pages reached before any of some transitions and from which neither these nor a start are reached."""
    targets = {page for arrow in goals for page in context.live.arrows.get(arrow, ())} | answering
    if not targets:
        return set()
    saving = reachable(context.graph.reverse(copy=False), (*targets, *begun))
    return reached_without(context, goals) - saving


def _showing(context: Context, task: Task) -> Iterator[str]:
    """Yield the pages that read a table which the answer of a question reads."""
    element = Element("task", task.id)
    facts = context.facts.get(element)
    names = facts.uses.get(element._replace(field="answer"), frozenset()) if facts else frozenset()
    wanted = {table_node(name if space == "table" else table or "") for space, name, table in names}
    for page in context.flow.pages:
        used = context.uses.get(Element("page", page.id))
        if used is not None and not wanted.isdisjoint(used[1]):
            yield page.id


def too_far(context: Context) -> Iterator[Problem]:
    """Yield the tasks whose step limit is below the number of pages on the shortest way to where they are done."""
    flow = context.flow
    for task in flow.tasks:
        start = task.start or flow.site.start or ""
        if start in flow.pages_by_id and task.success.changes:
            yield from _way_problems(context, task, start)


def _way_problems(context: Context, task: Task, start: str) -> Iterator[Problem]:
    """Yield that no transition makes what a task expects, or that too many pages lie before the nearest that does."""
    success, label = Element("task", task.id, "success"), task.title or task.name
    arrows = goal_arrows(context, task)
    if not arrows:
        yield problem("task.no_way", "error", success, task=label)
        return
    goals = {page for arrow in arrows for page in context.live.arrows.get(arrow, ())}
    lengths = context.kept(f"lengths {start}", context.graph, partial(_lengths, context.graph, start))
    nearest = min((lengths[goal] for goal in goals if goal in lengths), default=None)
    if nearest is None:
        yield problem("task.unreachable", "error", success, task=label)
    elif nearest + 1 > task.max_steps:
        limit = Element("task", task.id, "max_steps")
        yield problem("task.too_far", "error", limit, task=label, steps=nearest + 1, limit=task.max_steps)


def _lengths(graph: PageGraph, start: str) -> dict[str, int]:
    """Return the number of transitions on the shortest way from a page to each other one."""
    return dict(nx.single_source_shortest_path_length(graph, start))


def goal_arrows(context: Context, task: Task) -> dict[str, Transition]:
    """Return the transitions by id that make a change which a task expects."""
    wanted = {(change.kind, change.table) for change in task.success.changes}
    return {arrow.id: arrow for change in wanted for arrow in context.makers.get(change, ())}


def _dead_ends(context: Context) -> frozenset[str]:
    """Return the pages that can be reached and lead to no other page; none if there is only one page."""
    graph, reached = context.graph, context.reached
    if len(graph) == 1:
        return frozenset()
    return context.kept(
        "dead ends",
        (graph, context.entries),
        lambda: frozenset(page for page in reached if all(other == page for other in graph.successors(page))),
    )


def _way_back(context: Context, page: Page) -> Fix | None:
    """Return the fix that puts a link to the start on a page (on a dialog: one that closes it)."""
    start = context.flow.pages_by_id.get(context.flow.site.start or "")
    if page.kind == "dialog":
        if page.id in context.entries:
            return None
        return fix("add_close", lambda now: _with_link(now, page.id, "close"), page=page_label(page))
    if start is None or start is page:
        return None
    return fix("add_back", lambda now: _with_link(now, page.id, start.id), page=page_label(page))


def _without_page(flow: Flow, page_id: str) -> Flow:
    """Return the flow without a page, and without the section that held nothing else."""
    section = flow.section_of.get(page_id)
    flow = remove_pages(flow, {page_id})
    return flow if section is None or len(section.pages) > 1 else remove_section(flow, section.id)


def _with_link(flow: Flow, page_id: str, to: str) -> Flow:
    """Return the flow with a link at the end of a page that leads somewhere."""
    get_page(flow, page_id)
    link = Link(id=new_id("block"), title=resources.text("document.new.back"))
    flow = insert_block(flow, Slot("page", page_id), None, link)
    return add_transition(flow, new_transition(page_id, UseTrigger(block=link.id), to))
