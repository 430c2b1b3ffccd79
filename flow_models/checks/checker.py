"""All questions put to a flow, in a fixed order, with answers kept for parts that did not change."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from flow_models.checks import (
    arrival,
    controls,
    duplicates,
    forms,
    mistakes,
    order,
    paths,
    reach,
    records,
    sections,
    start,
    targets,
    tasks,
    usage,
    values,
)
from flow_models.checks.context import Context, Memo
from flow_models.checks.problem import SEVERITIES, Problem
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.data import Table, Variable
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task

_Part = TypeVar("_Part", Page, Section, Transition, Table, Variable, Task)
_Question = Callable[[Context, _Part], Iterator[Problem]]

WHOLE: tuple[Callable[[Context], Iterator[Problem]], ...] = (
    start.problems,
    reach.unreachable,
    reach.dead_ends,
    reach.traps,
    reach.too_far,
    arrival.cycles,
    controls.idle,
    duplicates.problems,
    paths.shared,
    sections.problems,
    usage.problems,
    mistakes.problems,
)
"""Questions about the flow as a whole, asked anew each time."""

PAGE: tuple[Callable[[Context, Page], Iterator[Problem]], ...] = (
    paths.page_problems,
    records.page_problems,
    duplicates.field_names,
)
OWNER: tuple[Callable[[Context, Page | Section], Iterator[Problem]], ...] = (
    controls.untitled,
    forms.problems,
    order.problems,
)
TRANSITION: tuple[Callable[[Context, Transition], Iterator[Problem]], ...] = (
    targets.problems,
    controls.triggers,
    arrival.lasting_changes,
    records.arrow_problems,
)
TABLE: tuple[Callable[[Context, Table], Iterator[Problem]], ...] = (values.table_problems,)
VARIABLE: tuple[Callable[[Context, Variable], Iterator[Problem]], ...] = (values.variable_problems,)
TASK: tuple[Callable[[Context, Task], Iterator[Problem]], ...] = (tasks.problems, values.parameter_problems)


class Checker:
    """Checks one flow again and again while it is edited; what an edit did not touch is not looked at again."""

    def __init__(self) -> None:
        self._memo = Memo()

    def check(self, flow: Flow) -> tuple[Problem, ...]:
        """Return the problems of a flow: errors first, then by code, then in the order of the file."""
        context = Context(flow, self._memo)
        found = [*_parts(context), *(problem for question in WHOLE for problem in question(context))]
        self._memo.forget_unused()
        return tuple(sorted(found, key=lambda problem: (SEVERITIES.index(problem.severity), problem.code)))


def check(flow: Flow) -> tuple[Problem, ...]:
    """Return the problems of a flow; see `Checker.check`."""
    return Checker().check(flow)


def _parts(context: Context) -> Iterator[Problem]:
    """Yield the problems of single tables, variables, sections, pages, transitions and tasks."""
    flow, data, arrows = context.flow, context.data_shape, context.arrows_from
    for table in flow.tables:
        others = tuple(flow.tables_by_id.get(column.type.table or "") for column in table.columns)
        yield from _kept(context, "table", table, (table, others), TABLE)
    for variable in flow.variables:
        yield from _kept(context, "variable", variable, (variable, flow.tables), VARIABLE)
    for section in flow.sections:
        yield from _kept(context, "section", section, (section, arrows.get(section.id, ()), data), OWNER)
    for page in flow.pages:
        section_of_page = flow.section_of.get(page.id)
        above = (section_of_page, arrows.get(section_of_page.id, ())) if section_of_page else ()
        around = (page, arrows.get(page.id, ()), above, context.arrows_to.get(page.id, ()), data)
        yield from _kept(context, "page", page, around, (*PAGE, *OWNER))
    for arrow in flow.transitions:
        owner = flow.owners_by_block.get(getattr(arrow.on, "block", ""))
        ends = (context.owner(arrow.source), flow.section_of.get(arrow.source), flow.pages_by_id.get(arrow.to))
        yield from _kept(
            context, "transition", arrow, (arrow, *ends, owner, arrows.get(arrow.source, ()), data), TRANSITION
        )
    for task in flow.tasks:
        start_page = flow.pages_by_id.get(task.start or "")
        yield from _kept(context, "task", task, (task, flow.tables, data, start_page), TASK)


def _kept(
    context: Context, kind: str, part: _Part, inputs: tuple[object, ...], questions: tuple[_Question[_Part], ...]
) -> tuple[Problem, ...]:
    """Return the problems of one part, found anew only if its inputs are others."""
    return context.memo.get(
        kind, part.id, inputs, lambda: tuple(problem for question in questions for problem in question(context, part))
    )
