"""Is money compared with, or added to, something that the site counts in another unit: a price in points?

What a number counts is what pages write behind it, where that is what its column is called: "{points} points".
"""

import re
from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import part_label
from flow_models.checks.mixing import Mixed
from flow_models.checks.problem import Problem, problem
from flow_models.checks.senses import words_in
from flow_models.document.data import Column
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.runtime.machine.episodes.answering import currencies


def problems(context: Context) -> Iterator[Problem]:
    """Yield the formulas that mix money with another unit, each once."""
    for element, facts in context.facts.items():
        known = set[Element]()
        for place, mixed in facts.mixed:
            unit = "" if place in known else _unit(context.flow, mixed)
            if unit:
                known.add(place)
                money = mixed.money or _stored(context.flow, place)
                where = part_label(context.flow, element)
                yield problem("unlike.money", "warning", place, where=where, money=money, unit=unit)


def _stored(flow: Flow, place: Element) -> str:
    """Return what the column or variable is called that a formula is stored in."""
    named = place.field.rpartition(".")[2]
    columns = (column for table in flow.tables for column in table.columns if column.id == named)
    return next((column.title or column.name for column in columns), named)


def _unit(flow: Flow, mixed: Mixed) -> str:
    """Return what pages write behind the values of a column, where it is called like that and is no money."""
    columns = (column for table in flow.tables if table.name == mixed.table for column in table.columns)
    column = next((one for one in columns if one.name == mixed.column), None)
    return "" if column is None else next(_units(flow, column), "")


def _units(flow: Flow, column: Column) -> Iterator[str]:
    """Yield what texts write behind a column, where it is called like that."""
    called = {*words_in(column.title), *words_in(column.name)}
    behind = re.compile(rf"\b{re.escape(column.name)}\b[^{{}}]*\}}[ \u00a0]([A-Za-z]+)")
    for text in _texts(flow):
        for unit in behind.findall(text):
            if unit.casefold() in called and not currencies.said(f"1 {unit}"):
                yield str(unit)


def _texts(flow: Flow) -> Iterator[str]:
    """Yield the texts of pages, sections and messages."""
    for blocks in (*(page.blocks_by_id for page in flow.pages), *(one.blocks_by_id for one in flow.sections)):
        for block in blocks.values():
            yield from _strings(block.model_dump(exclude={"id", "kind", "blocks"}))
    yield from (arrow.notice.text for arrow in flow.transitions if arrow.notice is not None)


def _strings(value: object) -> Iterator[str]:
    """Yield the texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list | tuple):
        yield from (text for inner in value for text in _strings(inner))
