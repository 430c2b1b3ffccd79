"""Is a row that a task is about missing from every list in which it could be found?

Asked of instances that could not be done: the row of a parameter is sought in all lists of its table that no visitor
can filter, through all their pages. A list that ends early or hides the row is shown. Where those that were solved all
mean rows that are listed, one is sought among more instances that does not, and solved too.
"""

from collections.abc import Iterator
from typing import Final

from flow_models.checks.context import Context
from flow_models.checks.deep.taking import TRIED, played
from flow_models.checks.deep.turning import pages_of, turners
from flow_models.checks.labels import block_label, page_label
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.document.behaviour import Page
from flow_models.document.blocks import ListBlock
from flow_models.document.elements import Element
from flow_models.document.rooms import children
from flow_models.document.tasks import Parameter, Task
from flow_models.runtime.machine import Event, Start, State
from flow_models.solver.solution import Budget
from flow_models.solver.walk import walk_in

MORE: Final = 12
"""Instances among which one is sought whose row no list shows."""


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield the lists in which the row of a task that could not be done is missing, once each."""
    undone = [start for start, answer in trial.answers if answer.status != "solved"]
    rows = _rows_meant(trial.task)
    if not rows:
        return
    context = Context(trial.flow)
    told: set[str] = set()
    for parameter in rows:
        lists = _lists(context, parameter.type.table or "")
        for start in undone or _unlisted(trial, context, lists, parameter.name):
            for page, listed, way in _missing(trial, start, lists, str(start.parameters[parameter.name])):
                if listed.id not in told:
                    told.add(listed.id)
                    yield trial.problem(
                        "unseen",
                        "warning",
                        Element("block", listed.id, "where"),
                        walk=walk_in(start, way, listed.id),
                        block=block_label(listed),
                        page=page_label(page),
                        goal=start.goal,
                    )


def _unlisted(trial: Trial, context: Context, lists: list[tuple[Page, ListBlock]], parameter: str) -> list[Start]:
    """Return an instance beyond those that were solved whose row no list shows, if it cannot be done.

    Lists that depend on what has been chosen before are not looked into.
    """
    if not _are_short(context, lists):
        return []
    asked = {start.seed for start, _ in trial.answers}
    others = (one for one in trial.starts[:MORE] if one.seed not in asked)
    unlisted = next((one for one in others if _missing(trial, one, lists, str(one.parameters[parameter]))), None)
    return [] if unlisted is None or trial.solve(unlisted).status == "solved" else [unlisted]


def _are_short(context: Context, lists: list[tuple[Page, ListBlock]]) -> bool:
    """Say whether some lists may leave rows out, and none depends on what was chosen."""
    is_short = any(block.page_size or block.where.strip() for _, block in lists)
    return is_short and all(_reads_none(context, page, block, "variable") for page, block in lists)


def _rows_meant(task: Task) -> list[Parameter]:
    """Return the parameters of a task that mean rows."""
    return [one for one in task.parameters if one.type.kind == "row"]


def _lists(context: Context, table: str) -> list[tuple[Page, ListBlock]]:
    """Return the lists of a table in which a row can be chosen and that show the same whatever is typed."""
    return [
        (page, block)
        for page in context.flow.pages
        for block in page.blocks_by_id.values()
        if isinstance(block, ListBlock) and block.table == table and children(block) and _is_fixed(context, page, block)
    ]


def _is_fixed(context: Context, page: Page, block: ListBlock) -> bool:
    """Say whether no field of its page decides what a list shows."""
    return page.record is None and _reads_none(context, page, block, "field")


def _reads_none(context: Context, page: Page, block: ListBlock, space: str) -> bool:
    """Say whether the condition of a list reads nothing of a kind, such as variables."""
    facts = context.facts.get(Element("page", page.id))
    names = facts.uses.get(Element("block", block.id, "where"), frozenset()) if facts else frozenset()
    return all(name[0] != space for name in names)


def _missing(
    trial: Trial, start: Start, lists: list[tuple[Page, ListBlock]], row: str
) -> list[tuple[Page, ListBlock, tuple[Event, ...]]]:
    """Return the lists that were reached, with the ways there, if a row is in none of them."""
    found = []
    for page, block in lists:
        way = trial.solver.way_to(start, page.id, budget=Budget(TRIED))
        if way is None:
            continue
        turned, keys = _read(trial, start, played(trial.machine, start, way), page, block)
        if row in keys:
            return []
        found.append((page, block, (*way, *turned)))
    return found


def _read(
    trial: Trial, start: Start, state: State, page: Page, listed: ListBlock
) -> tuple[tuple[Event, ...], set[str]]:
    """Return what turns a list to its last page, and the rows on all its pages."""
    controls = {block.id for block in children(listed)}
    keys: set[str] = set()
    events: list[Event] = []
    for turned, view in pages_of(trial.machine, start, state, turners(page, listed.id)):
        keys |= {control.row for control in view.controls() if control.id in controls}
        events += turned
    return tuple(events), keys
