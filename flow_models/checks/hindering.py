"""Why an instance of a task cannot be done, in the words of the site and of its data, for the person who draws."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import resources
from flow_models.checks.labels import block_label
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Parameter, Task
from flow_models.document.wording import titles_at
from flow_models.runtime.machine import Machine, Start
from flow_models.runtime.machine.base import formats
from flow_models.runtime.machine.base.nodes import tree_of
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.pages.fields import raw_text
from flow_models.solver.hurdles import Hurdle, hurdle
from flow_models.solver.solution import Solution
from flow_models.solver.walk import Walk, walk_in

MODELS = 3
"""Instances with a solution beside which one without is held."""

Solved = Sequence[tuple[Start, Solution]]


class Why(NamedTuple):
    """Why an instance cannot be done: one clause, empty if nothing tells it, and the walk to where its way ends."""

    words: str
    walk: Walk


def why_not(flow: Flow, machine: Machine, task: Task, start: Start, solved: Solved) -> Why:
    """Return why an instance cannot be done beside others that can.

    What the site says comes first; then what the data of this instance has that no other one has; then what is no
    longer offered, or which condition does not hold.
    """
    found = [one for other, answer in solved[:MODELS] if (one := hurdle(machine, start, other, answer)) is not None]
    said = next((one for one in found if one.kind == "said"), None)
    if said is not None:
        return Why(said.words.rstrip("."), _walk_to(start, said))
    peculiar = next(_peculiar(_Reading(flow, machine), task, start, [other for other, _ in solved]), "")
    named = {raw_text(value): words for value, words in _called(flow, machine, task, start)}
    told = next(((words, one) for one in found if (words := _words(flow, one, named))), ("", None))
    return Why(peculiar or told[0], _walk_to(start, told[1]))


def _walk_to(start: Start, found: Hurdle | None) -> Walk:
    """Return the walk through an instance to where its way ends, or none but to its start where that is not known."""
    return walk_in(start) if found is None else walk_in(start, found.events, found.block)


class _Reading(NamedTuple):
    """Reads the data of instances."""

    flow: Flow
    machine: Machine

    def row(self, start: Start, parameter: Parameter) -> dict[str, object]:
        """Return the row that a parameter of an instance means; empty if it means none."""
        table = self.flow.tables_by_id.get(parameter.type.table or "")
        if parameter.type.kind != "row" or table is None:
            return {}
        rows = self.machine.rows(start.state, table.name)
        return next((row for row in rows if row["key"] == start.parameters.get(parameter.name)), {})

    def name(self, row: dict[str, object]) -> str:
        """Return what people call a row: the first text in it."""
        texts = (value for name, value in row.items() if name != "key" and isinstance(value, str) and value)
        return next(texts, str(row.get("key", "")))


def _called(flow: Flow, machine: Machine, task: Task, start: Start) -> Iterator[tuple[Value, str]]:
    """Yield the values of an instance with what people call them."""
    reading = _Reading(flow, machine)
    for parameter in task.parameters:
        value = start.parameters.get(parameter.name)
        row = reading.row(start, parameter)
        yield value, reading.name(row) if row else raw_text(value)


def _peculiar(reading: _Reading, task: Task, start: Start, others: Sequence[Start]) -> Iterator[str]:
    """Yield what rows of this instance hold where all instances that can be done hold the same other value."""
    for parameter in task.parameters:
        row = reading.row(start, parameter)
        table = reading.flow.tables_by_id.get(parameter.type.table or "")
        if not row or table is None or len(others) < 2:
            continue
        beside = [reading.row(other, parameter) for other in others]
        for column in table.columns:
            theirs = {raw_text(one.get(column.name)) for one in beside}  # type: ignore[arg-type]  # a cell's value
            if len(theirs) == 1 and raw_text(row[column.name]) not in theirs:  # type: ignore[arg-type]
                yield resources.text(
                    "checks.hindrance.data",
                    row=reading.name(row),
                    column=column.title or column.name,
                    value=_shown(reading.flow, column.type.kind, row[column.name]),
                )


def _shown(flow: Flow, kind: str, value: object) -> str:
    """Return a cell as the site writes it."""
    if kind == "boolean" or value is None:
        return resources.text(f"checks.hindrance.{'yes' if value else 'nothing' if value is None else 'no'}")
    return formats.formatter(kind, flow.site.currency, flow.site.locale)(value)  # type: ignore[arg-type]  # of that kind


def _words(flow: Flow, found: Hurdle, named: dict[str, str]) -> str:
    """Return in words where a way ends."""
    owner = flow.owners_by_block.get(found.block)
    block = None if owner is None else owner.blocks_by_id.get(found.block)
    if found.failing is not None:
        titles = titles_at(flow, Element("transition", found.transition))
        return resources.text("checks.hindrance.guard", condition=titles.condition(tree_of(found.failing)))
    if block is None:
        return ""
    value = named.get(found.words, found.words)
    return resources.text(f"checks.hindrance.{found.kind}", block=block_label(block), value=value)
