"""Which parts of a flow read and write its data, as a NetworkX graph.

An edge from a part to a piece of data says that it writes it, from data to a part that it reads it. Parts are tables
(their own rows and generators), sections, pages, transitions and tasks; data are tables, columns and variables.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import networkx as nx

from flow_models.checks.facts import Facts
from flow_models.document.behaviour import (
    AddEffect,
    ChangeEffect,
    ClearEffect,
    Effect,
    Page,
    RemoveEffect,
    Section,
    SetEffect,
)
from flow_models.document.blocks import table_shown
from flow_models.document.data import Table
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task

Node = tuple[str, str, str]
"""Data as ("table" or "column" or "variable", name, table or ""); a part as ("part", kind, id)."""

DataGraph: TypeAlias = "nx.DiGraph[Node]"
Uses = tuple[Node, frozenset[Node], frozenset[Node]]
"""A part, what it reads, what it writes."""


def table_node(name: str) -> Node:
    """Return the node of a table."""
    return ("table", name, "")


def column_node(table: str, name: str) -> Node:
    """Return the node of a column."""
    return ("column", name, table)


def variable_node(name: str) -> Node:
    """Return the node of a variable."""
    return ("variable", name, "")


def part_node(element: Element) -> Node:
    """Return the node of a table, section, page, transition or task that reads or writes data."""
    return ("part", element.kind, element.id)


def data_graph(flow: Flow, uses: Iterable[Uses]) -> DataGraph:
    """Return the graph of what the parts of a flow read and write; data without any use is in it too."""
    graph: DataGraph = nx.DiGraph()
    for table in flow.tables:
        graph.add_node(table_node(table.name))
        graph.add_nodes_from(column_node(table.name, column.name) for column in table.columns)
    graph.add_nodes_from(variable_node(variable.name) for variable in flow.variables)
    for part, reads, writes in uses:
        graph.add_edges_from((node, part) for node in reads if node in graph)
        graph.add_edges_from((part, node) for node in writes if node in graph)
    return graph


def uses_of(flow: Flow, element: Element, facts: Facts) -> Uses:
    """Return what one part reads and writes, by its formulas and by itself."""
    reads: set[Node] = set()
    for space, name, table in facts.reads:
        if space == "column":
            reads |= {column_node(table or "", name), table_node(table or "")}
        elif space in ("table", "variable"):
            reads.add((space, name, ""))
    writes: set[Node] = set()
    match element.kind:
        case "table":
            table_part = flow.tables_by_id[element.id]
            reads.update(_referred(flow, table_part))
            writes.update(_filled(table_part))
        case "page":
            page = flow.pages_by_id[element.id]
            reads.update(_tables(flow, (page.record,)))
            reads.update(_shown(flow, page))
        case "section":
            reads.update(_shown(flow, flow.sections_by_id[element.id]))
        case "transition":
            writes.update(_written(flow, flow.transitions_by_id[element.id].do))
        case _:
            task = flow.tasks_by_id[element.id]
            reads.update(_expected(flow, task))
            writes.update(_written(flow, task.setup))
    return (part_node(element), frozenset(reads), frozenset(writes))


def _tables(flow: Flow, table_ids: Iterable[str | None]) -> Iterator[Node]:
    for table_id in table_ids:
        table = flow.tables_by_id.get(table_id or "")
        if table is not None:
            yield table_node(table.name)


def _referred(flow: Flow, table: Table) -> Iterator[Node]:
    """Yield the other tables whose rows the columns of a table refer to."""
    return _tables(flow, (column.type.table for column in table.columns if column.type.table != table.id))


def _filled(table: Table) -> Iterator[Node]:
    """Yield the columns that starting rows or generators fill."""
    generated: set[str] = set(table.generate.columns) if table.generate else set()
    filled: set[str] = {key for row in table.rows for key, value in row.values.items() if value is not None}
    for column in table.columns:
        if column.id in generated | filled:
            yield column_node(table.name, column.name)


def _shown(flow: Flow, owner: Page | Section) -> Iterator[Node]:
    """Yield what lists and choices show without a formula: their table, and the default label of a choice."""
    for block in owner.blocks_by_id.values():
        table = flow.tables_by_id.get(table_shown(block) or "")
        if table is None:
            continue
        yield table_node(table.name)
        column = next((column for column in table.columns if column.type.kind == "text"), None)
        if column is not None and getattr(block, "label", None) == "":
            yield column_node(table.name, column.name)


def _written(flow: Flow, effects: Iterable[Effect]) -> Iterator[Node]:
    """Yield what effects give a value, add to or take from."""
    for effect in effects:
        match effect:
            case SetEffect():
                if effect.variable in flow.variables_by_id:
                    yield variable_node(flow.variables_by_id[effect.variable].name)
            case AddEffect() | ChangeEffect():
                yield from _tables(flow, (effect.table,))
                yield from _columns(flow, effect.table, effect.values)
            case RemoveEffect():
                yield from _tables(flow, (effect.table,))
            case ClearEffect():
                yield from _tables(flow, (effect.target,))


def _expected(flow: Flow, task: Task) -> Iterator[Node]:
    """Yield what success looks at by itself, and the tables whose rows parameters are."""
    yield from _tables(flow, (parameter.type.table for parameter in task.parameters))
    for change in task.success.changes:
        yield from _tables(flow, (change.table,))
        yield from _columns(flow, change.table, change.values)


def _columns(flow: Flow, table_id: str, column_ids: Iterable[str]) -> Iterator[Node]:
    table = flow.tables_by_id.get(table_id)
    wanted = set(column_ids)
    for column in table.columns if table else ():
        if column.id in wanted:
            yield column_node(table.name if table else "", column.name)
