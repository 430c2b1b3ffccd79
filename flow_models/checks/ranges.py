"""Can what transitions compute always be kept, or can it leave the range of values: too many digits, no such date?

A site refuses such a step in words, so it is a hint. What fields accept, what tables and variables hold at the start
and what transitions make of it over an episode give the ranges; limits of a field, or a condition, keep them narrow.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from flow_models.checks.context import Context
from flow_models.checks.intervals import (
    DAYS,
    NUMBERS,
    STORED,
    Known,
    Range,
    is_within,
    joined,
    keys_in,
    leaving,
    limits,
    narrowing,
    range_of,
)
from flow_models.checks.labels import arrow_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.trees import key
from flow_models.document.base import Literal_
from flow_models.document.behaviour import AddEffect, ChangeEffect, Page, Section, SetEffect, Transition
from flow_models.document.data import ChoiceGenerator, Column, FormulaGenerator, RangeGenerator, Table
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.formulas import Node

STEPS: Final = 1000
"""Steps of the longest episode, in which a transition may be taken again and again."""

ROUNDS: Final = 16
"""How often every transition is taken before it is judged how values grow."""

ROWS: Final = 2 * STEPS
"""Rows that a table may come to have: those drawn, and one more a step."""

NOTHING: Final[Mapping[str, Range]] = {"date": (DAYS[1] / 2, DAYS[1] / 2)} | dict.fromkeys(
    ("integer", "decimal", "money"), (0, 0)
)
"""What stands for no value at all, with which nothing is computed: something in the middle."""

_POWER: Final = 6
"""Values that grow faster than this power of the steps taken are said to double."""


class _Change(NamedTuple):
    """One value that a transition computes.

    Attributes:
        cell: What it changes: a variable, or a column of any row.
        kind: The type of that.
        tree: The formula.
        guard: The condition under which it is computed.
        reads: What both read.
        place: Where the formula stands.
        arrow: The transition's id.
    """

    cell: str
    kind: str
    tree: Node
    guard: Node | None
    reads: frozenset[str]
    place: Element
    arrow: str


def problems(context: Context) -> Iterator[Problem]:
    """Yield the formulas of transitions whose value may be too large to be kept, or a date beyond the calendar."""
    flow = context.flow
    inputs = (context.facts, context.data_shape, flow.tables, flow.site.clock)
    for arrow, place, kind in context.kept("ranges", inputs, lambda: tuple(_found(context))):
        code = "transition.date_range" if kind == "date" else "transition.number_range"
        yield problem(code, "hint", place, arrow=arrow_label(flow, flow.transitions_by_id[arrow]))


def _found(context: Context) -> Iterator[tuple[str, Element, str]]:
    """Yield such formulas: the transition, where the formula stands, and the type whose range it leaves."""
    flow = context.flow
    trees = {place: tree for facts in context.facts.values() for place, tree in facts.trees.items()}
    changes = [change for arrow in flow.transitions for change in _changes(flow, arrow, trees)]
    known = _grown(flow, changes, trees)
    for change in changes:
        narrowed = narrowing(change.guard, known)
        found = range_of(change.tree, known, narrowed)
        if found is not None and not is_within(found, change.kind):
            yield change.arrow, change.place, change.kind
        elif change.kind != "date" and any(leaving(change.tree, known, narrowed)):
            yield change.arrow, change.place, "date"
    for arrow in flow.transitions:
        place = Element("transition", arrow.id, "when")
        guard = trees.get(place)
        # What it says of the values only narrows their ranges, so few conditions are asked for it.
        if any(leaving(guard, known, {})) and any(leaving(guard, known, narrowing(guard, known))):
            yield arrow.id, place, "date"


def _changes(flow: Flow, arrow: Transition, trees: Mapping[Element, Node]) -> Iterator[_Change]:
    """Yield the numbers, amounts and dates that a transition computes."""
    guard = trees.get(Element("transition", arrow.id, "when"))
    for index, effect in enumerate(arrow.do):
        if isinstance(effect, SetEffect):
            variable = flow.variables_by_id.get(effect.variable)
            cells = [] if variable is None else [("value", f"variable {variable.name}", variable.type.kind)]
        elif isinstance(effect, AddEffect | ChangeEffect):
            table = flow.tables_by_id.get(effect.table)
            columns = () if table is None else table.columns
            cells = [(f"values.{one.id}", _cell(table, one), one.type.kind) for one in columns if table is not None]
        else:
            continue
        for path, cell, kind in cells:
            place = Element("transition", arrow.id, f"do.{index}.{path}")
            if place in trees and limits(kind) is not None:
                tree = trees[place]
                yield _Change(cell, kind, tree, guard, frozenset(keys_in([tree, guard])), place, arrow.id)


def _cell(table: Table, column: Column) -> str:
    """Return what a column of any row is known by."""
    return f"column {table.name} {column.name}"


def _grown(flow: Flow, changes: Sequence[_Change], trees: Mapping[Element, Node]) -> Known:
    """Return between which numbers everything lies in the course of an episode."""
    known = _known(flow, trees)
    past: list[dict[str, Range]] = []
    different = due = list({(one.cell, key(one.tree), key(one.guard)): one for one in changes}.values())
    for _ in range(ROUNDS):
        past.append({one.cell: known[one.cell] for one in different})
        moved = {one.cell for one in due if _widened(known, one)}
        due = [one for one in different if not moved.isdisjoint(one.reads)]
        if not moved:
            return known
    for cell in moved:
        quarter, half = past[ROUNDS // 4][cell], past[ROUNDS // 2][cell]
        least, most = map(_in_the_end, quarter, half, known[cell])
        known[cell] = (least, most)
    return known


def _widened(known: dict[str, Range], change: _Change) -> bool:
    """Take a transition once more, and say whether that widens the range of what it changes."""
    before = known[change.cell]
    found = range_of(change.tree, known, narrowing(change.guard, known))
    least, most = limits(change.kind) or NUMBERS
    if found is not None:
        known[change.cell] = joined(before, (max(found[0], least), min(found[1], most)))
    return known[change.cell] != before


def _in_the_end(quarter: float, half: float, now: float) -> float:
    """Return to where an end of a range grows over all steps, from where it was after parts of the rounds."""
    if now == half:
        return now
    growth = abs(now - half) / max(abs(half - quarter), 1e-12)
    if growth > 2**_POWER:
        return math.copysign(math.inf, now - half)
    return float(now + (now - half) * (STEPS / ROUNDS) ** max(1.0, math.log2(growth)))


def _known(flow: Flow, trees: Mapping[Element, Node]) -> dict[str, Range]:
    """Return between which numbers everything lies as an episode begins, and what fields accept."""
    clock = datetime.fromisoformat(flow.site.clock.start).date().toordinal()
    later = clock + flow.site.clock.tick_s * STEPS // 86_400 + 1
    known: dict[str, Range] = {"clock step": (0, STEPS), "clock date": (clock, later), "rows": (0, ROWS)}
    for variable in flow.variables:
        kind = variable.type.kind
        if limits(kind) is not None:
            known[f"variable {variable.name}"] = (
                NOTHING[kind] if (initial := variable.initial) is None else _stored(initial, kind)
            )
    for table in flow.tables:
        for column in table.columns:
            found = _column(table, column, trees, known)
            if found is not None:
                known[_cell(table, column)] = found
    owners: list[Page | Section] = [*flow.pages, *flow.sections]
    fields: dict[str, Range] = {}
    for block in (one for owner in owners for one in owner.blocks_by_id.values()):
        if hasattr(block, "minimum") and hasattr(block, "maximum"):
            accepted = (
                _bound(block.minimum, Element("block", block.id, "minimum"), trees, known)[0],
                _bound(block.maximum, Element("block", block.id, "maximum"), trees, known)[1],
            )
            name = f"field {getattr(block, 'name', '')}"
            fields[name] = joined(fields.get(name, accepted), accepted)
    return known | fields


def _bound(bound: object, place: Element, trees: Mapping[Element, Node], known: Known) -> Range:
    """Return the range of a field's bound: a number, or a formula; without one it is as wide as the field's type."""
    if isinstance(bound, int):
        return bound, bound
    return (range_of(trees[place], known, {}) if place in trees else None) or (-math.inf, math.inf)


def _stored(value: Literal_, kind: str) -> Range:
    """Return the range of a stored value; of one that does not fit nothing is known."""
    try:
        number = date.fromisoformat(str(value)).toordinal() if kind == "date" else float(str(value))
    except ValueError:
        return STORED if kind != "date" else DAYS
    return number, number


def _column(table: Table, column: Column, trees: Mapping[Element, Node], known: Known) -> Range | None:
    """Return between which numbers a column's values lie as an episode begins; None if it has none or no order."""
    kind = column.type.kind
    usual = limits(kind)
    if usual is None:
        return None
    values = [row.values.get(column.id) for row in table.rows]
    ranges = [_stored(value, kind) for value in values if value is not None]
    generator = None if table.generate is None else table.generate.columns.get(column.id)
    at = f"generate.columns.{column.id}"
    match generator:
        case RangeGenerator():
            bounds = [trees.get(Element("table", table.id, f"{at}.{end}")) for end in ("minimum", "maximum")]
            found = [None if tree is None else range_of(tree, known, {}) for tree in bounds]
            ranges += [one for one in found if one is not None] or [STORED if kind != "date" else usual]
        case ChoiceGenerator():
            ranges += [_stored(value, kind) for value in generator.values if value is not None]
        case FormulaGenerator():
            tree = trees.get(Element("table", table.id, f"{at}.formula"))
            ranges.append((None if tree is None else range_of(tree, known, {})) or usual)
        case _:
            pass
    return (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else NOTHING[kind]
