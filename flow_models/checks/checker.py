"""All questions put to a flow, in a fixed order, with answers kept for parts that did not change."""

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain
from typing import TypeVar, get_args

from flow_models.checks import (
    absent,
    arrival,
    balances,
    barred,
    blanks,
    calendar_words,
    claiming,
    contrary,
    controls,
    day_limits,
    days,
    drafts,
    duplicates,
    forms,
    giving,
    halfway,
    judging,
    lists,
    mismatches,
    missing,
    nesting,
    offering,
    opening,
    opposites,
    order,
    other_rows,
    owning,
    package,
    paths,
    questions,
    ranges,
    reach,
    reckoning,
    records,
    refusing,
    repeating,
    rows,
    satisfying,
    saying,
    sections,
    shown_reckoning,
    signing,
    start,
    swapping,
    sweeping,
    targets,
    tasks,
    twin_rows,
    twins,
    unfolding,
    unlike,
    unreadable,
    usage,
    values,
    watching,
    work,
)
from flow_models.checks.context import Context
from flow_models.checks.problem import SEVERITIES, Problem
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.data import Table, Variable
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task

KINDS: tuple[str, ...] = get_args(ElementKind)
"""The order in which problems of one code name elements."""

_Part = TypeVar("_Part", Page, Section, Transition, Table, Variable, Task)
_Question = Callable[[Context, _Part], Iterator[Problem]]

WHOLE: tuple[Callable[[Context], Iterator[Problem]], ...] = (
    start.problems,
    reach.unreachable,
    reach.dead_ends,
    reach.one_way,
    reach.traps,
    reach.too_far,
    opening.problems,
    arrival.cycles,
    controls.idle,
    twin_rows.problems,
    duplicates.problems,
    paths.shared,
    sections.problems,
    usage.problems,
    unreadable.problems,
    package.problems,
    saying.signed_amounts,
    work.problems,
    ranges.problems,
    judging.problems,
    halfway.problems,
    reckoning.problems,
    watching.problems,
    satisfying.problems,
    sweeping.problems,
    balances.problems,
    swapping.problems,
    repeating.problems,
    giving.problems,
    signing.open_beside,
    signing.sign_outs,
    signing.shown_outside,
    owning.open_to_others,
    owning.listed_to_others,
    barred.problems,
    opposites.elsewhere,
    claiming.onward,
    contrary.between,
    missing.problems,
    absent.problems,
    blanks.problems,
    days.problems,
    day_limits.problems,
    calendar_words.problems,
    unlike.problems,
    shown_reckoning.problems,
)
"""Questions about the flow as a whole, asked anew each time."""

PAGE: tuple[Callable[[Context, Page], Iterator[Problem]], ...] = (
    paths.page_problems,
    records.page_problems,
    duplicates.field_names,
    other_rows.problems,
)
OWNER: tuple[Callable[[Context, Page | Section], Iterator[Problem]], ...] = (
    controls.untitled,
    forms.problems,
    offering.problems,
    twins.problems,
    rows.problems,
    lists.problems,
    unfolding.problems,
    nesting.problems,
    saying.problems,
    order.problems,
    opposites.problems,
    contrary.problems,
    mismatches.of_owner,
    calendar_words.of_owner,
)
TRANSITION: tuple[Callable[[Context, Transition], Iterator[Problem]], ...] = (
    targets.problems,
    controls.triggers,
    arrival.lasting_changes,
    records.arrow_problems,
    mismatches.of_arrow,
    drafts.problems,
    claiming.told,
    refusing.problems,
    calendar_words.of_arrow,
)
TABLE: tuple[Callable[[Context, Table], Iterator[Problem]], ...] = (values.table_problems,)
VARIABLE: tuple[Callable[[Context, Variable], Iterator[Problem]], ...] = (values.variable_problems,)
TASK: tuple[Callable[[Context, Task], Iterator[Problem]], ...] = (
    tasks.problems,
    values.parameter_problems,
    questions.problems,
)


class Checker:
    """Checks one flow again and again while it is edited; what an edit did not touch is not looked at again."""

    def __init__(self) -> None:
        self._before: Context | None = None
        self._kept: dict[Element, tuple[Problem, ...]] = {}

    def check(self, flow: Flow) -> tuple[Problem, ...]:
        """Return the problems of a flow: errors first, then by code, then in the order of the file."""
        context = Context(flow, self._before)
        for element in context.touched:
            problems = tuple(_of_part(context, element))
            if problems:
                self._kept[element] = problems
            else:
                self._kept.pop(element, None)
        found = [problem for problems in self._kept.values() for problem in problems]
        found += [problem for question in WHOLE for problem in question(context)]
        context.release()
        self._before = context
        order = Order(flow)
        return tuple(sorted(found, key=order.key))


def check(flow: Flow) -> tuple[Problem, ...]:
    """Return the problems of a flow; see `Checker.check`."""
    return Checker().check(flow)


def _of_part(context: Context, element: Element) -> Iterator[Problem]:
    """Yield the problems of one table, variable, section, page, transition or task; none if it is gone."""
    flow, part_id = context.flow, element.id
    match element.kind:
        case "table" if part_id in flow.tables_by_id:
            yield from _asked(context, flow.tables_by_id[part_id], TABLE)
        case "variable" if part_id in flow.variables_by_id:
            yield from _asked(context, flow.variables_by_id[part_id], VARIABLE)
        case "section" if part_id in flow.sections_by_id:
            yield from _asked(context, flow.sections_by_id[part_id], OWNER)
        case "page" if part_id in flow.pages_by_id:
            yield from _asked(context, flow.pages_by_id[part_id], (*PAGE, *OWNER))
        case "transition" if part_id in flow.transitions_by_id:
            yield from _asked(context, flow.transitions_by_id[part_id], TRANSITION)
        case "task" if part_id in flow.tasks_by_id:
            yield from _asked(context, flow.tasks_by_id[part_id], TASK)
        case _:
            pass


def _asked(context: Context, part: _Part, questions: tuple[_Question[_Part], ...]) -> Iterator[Problem]:
    for question in questions:
        yield from question(context, part)


class Order:
    """Where problems stand among others: by severity, code, and the place of their element in the file."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def key(self, problem: Problem) -> tuple[object, ...]:
        """Return what a problem is sorted by."""
        first = problem.elements[0]
        rank = SEVERITIES.index(problem.severity)
        return (
            rank,
            problem.code,
            KINDS.index(first.kind),
            self._places.get(first[:2], -1),
            problem.elements[0].field,
            problem.elements,
            problem.arguments,
            problem.span or (),
        )

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        """The place of each element in the order of the file, by kind and id."""
        flow = self._flow
        items = chain(flow.tables, flow.variables, flow.sections, flow.pages, flow.transitions, flow.tasks)
        return {element: place for place, element in enumerate(chain.from_iterable(item.elements for item in items))}
