"""Is anything that a step asks for too much work, at the sizes that tables can reach?

The machine counts work and cuts what is too much (`flow_models.runtime.machine.formulas.work`). Here it is estimated
before, against half of what the machine allows: what passes is never cut, and takes far less than 250 ms.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from typing import Any, Final

import resources
from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, block_label, owner_label, page_label
from flow_models.checks.lists import with_pagination
from flow_models.checks.problem import Problem, fix, problem
from flow_models.checks.setting import at
from flow_models.checks.step_work import StepWork
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, ListBlock, Pagination
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.places import Place, part_with_formulas, places_of
from flow_models.document.wording import place_words, titles_at
from flow_models.formulas import parse, parse_template
from flow_models.runtime.machine.base import behaviour, program
from flow_models.runtime.machine.base.blocks import RowList
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.base.nodes import Node
from flow_models.runtime.machine.base.traits import Block
from flow_models.runtime.machine.formulas.work import BLOCK, CHANGE, FRAME, PAGE, RULES

SHARE: Final = 2
"""A flow may ask for one part of so many of what the machine allows."""

SHOWN: Final = 10
"""Rows at a time that are proposed for a list that shows too many."""

FORMULA: Final = 60
"""Characters of a formula that a sentence repeats."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield blocks, pages, transitions, rules and addresses that may take more work than a step has."""
    asked = _Asked(context, StepWork(context))
    for element, part in context.read_parts.items():
        match part:
            case program.Page():
                yield from asked.blocks(element, "page", part.blocks, PAGE)
                yield from asked.address(element)
            case program.Section():
                yield from asked.blocks(element, "header", part.header, FRAME)
                yield from asked.blocks(element, "footer", part.footer, FRAME)
            case behaviour.Task():
                yield from asked.task(element, part)
            case _:
                pass
    yield from asked.steps()


class _Asked:
    """The questions to one flow."""

    def __init__(self, context: Context, work: StepWork) -> None:
        self._context = context
        self._flow = context.flow
        self._work = work

    def blocks(self, element: Element, place: str, blocks: tuple[Block, ...], share: int) -> Iterator[Problem]:
        """Yield the dearest block of a page, header or footer, if all together are too much."""
        units = self._work.blocks(element.id, place, blocks)
        total = BLOCK * len(units) + sum(units.values())
        owner = self._owner(element)
        if total <= share / SHARE or owner is None:
            return
        dearest = max(walk(blocks), key=lambda one: units[one.id])
        block = owner.blocks_by_id.get(dearest.id)
        if block is not None:
            yield self._too_much(owner, element, block, dearest, units[dearest.id] / total > 1 / SHARE, total / share)

    def address(self, element: Element) -> Iterator[Problem]:
        """Yield an address that takes too long to be told from others."""
        units = self._work.address(element.id)
        if units > CHANGE / SHARE / SHARE:
            label = page_label(self._flow.pages_by_id[element.id])
            times = _times(units / CHANGE * SHARE)
            yield problem("work.address", "error", element._replace(field="path"), page=label, times=times)

    def task(self, element: Element, task: behaviour.Task) -> Iterator[Problem]:
        """Yield rules of a task that are too much."""
        units = self._work.rules(task)
        if units > RULES / SHARE:
            at_rule, most = self._dearest(element, element)
            label = task.title or self._flow.tasks_by_id[element.id].name
            times = _times(units / RULES)
            yield problem("work.rules", "error", at_rule, element, task=label, dearest=most, times=times)

    def steps(self) -> Iterator[Problem]:
        """Yield what happens on a trigger, with all that follows by itself, if that is too much."""
        named: set[str] = set()
        for trigger, units in self._work.dear_steps(CHANGE / SHARE).items():
            arrows = self._work.triggers[trigger]
            dearest = max(arrows, key=lambda one: self._work.tried((one,)))
            if dearest.id in named:
                continue
            named.add(dearest.id)
            element = Element("transition", dearest.id)
            at_formula, most = self._dearest(element, element)
            label = arrow_label(self._flow, self._flow.transitions_by_id[dearest.id])
            times = _times(units / CHANGE)
            yield problem("work.step", "error", at_formula, element, arrow=label, dearest=most, times=times)

    def _too_much(
        self, owner: Page | Section, element: Element, block: AnyBlock, part: Block, is_alone: bool, share: float
    ) -> Problem:
        """Return that blocks are too much, of which one is the dearest (`is_alone`: dearer than all others)."""
        words: dict[str, Any] = {"block": block_label(block), "page": owner_label(owner), "times": _times(share)}
        if not is_alone:
            return problem("work.page", "error", element, at(block), **words)
        if isinstance(part, RowList) and isinstance(block, ListBlock) and self._is_long(part, share):
            size = self._work.estimate.picked(part.table, part.where, "row")[0]
            paging = fix("page_size", lambda now: _paged(now, block), block=block_label(block), count=SHOWN)
            return problem("work.rows", "error", at(block), element, fix=paging, rows=f"{int(size):,}", **words)
        at_formula, most = self._dearest(element, at(block))
        return problem("work.formula", "error", at_formula, element, dearest=most, **words)

    def _is_long(self, part: RowList, share: float) -> bool:
        """Say whether a list would be no problem if it showed fewer rows at a time."""
        if part.page_size:
            return False
        whole, paged = (self._work.estimate.block(one) for one in (part, replace(part, page_size=SHOWN)))
        return share * paged / whole <= 1 / SHARE

    def _owner(self, element: Element) -> Page | Section | None:
        """Return a page or section."""
        return self._context.owner(element.id)

    def _dearest(self, element: Element, inner: Element) -> tuple[Element, str]:
        """Return where the dearest formula of an element stands in a part of a flow, and how it begins; maybe none."""
        owner = part_with_formulas(self._flow, element.kind, element.id)
        places = [] if owner is None else list(places_of(self._context.scopes, owner))
        inside = [one for one in places if one.elements[-1][:2] == inner[:2]]
        if not inside:
            return inner, ""
        found = max(inside, key=self._units)
        words = " ".join(place_words(found, titles_at(self._flow, found.elements[0])).split())
        words = words if len(words) <= FORMULA else words[: FORMULA - 1] + "…"
        return found.element, resources.text("checks.dearest", formula=words)

    def _units(self, place: Place) -> float:
        """Return what the formula of a place costs once."""
        if place.template:
            parts = parse_template(place.source, place.scope).parts or []
            return self._work.estimate.units(*[Node.read(one) for one in parts if not isinstance(one, str)])
        tree = parse(place.source, place.scope, place.expected, place.choices).tree
        # A condition over rows is computed for each of them.
        return 0 if tree is None else self._work.estimate.units(Node.read(dict(tree)))


def _times(share: float) -> str:
    """Return how many times what it may be something is, in a few digits, rounded up: never once."""
    times = ceil(share * SHARE * 10) / 10
    return f"{times:.1f}" if times < 10 else f"{times:,.0f}"


def _paged(flow: Flow, block: ListBlock) -> Flow:
    """Return the flow with a list that shows some rows at a time, and with something that turns its pages."""
    flow = with_value(flow, at(block, "page_size"), SHOWN)
    owner = flow.owners_by_block[block.id]
    turns = any(isinstance(one, Pagination) and one.list == block.id for one in owner.blocks_by_id.values())
    return flow if turns else with_pagination(flow, block.id)
