"""What stands before the ways of a flow, part by part: guards, conditions of controls and addresses, and what is set.

A gate is made from the formulas of one part and kept while other parts are edited. `live` puts them together.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from flow_models.checks.domains import EMPTY, NUMBERS, Fixed, Span, Values, joined, number, stored
from flow_models.checks.facts import Facts
from flow_models.checks.possible import Subject, is_telling
from flow_models.document.behaviour import (
    AddEffect,
    ChangeEffect,
    ClearEffect,
    Effect,
    Page,
    RemoveEffect,
    Section,
    SetEffect,
    Transition,
)
from flow_models.document.blocks import AnyBlock
from flow_models.document.data import ChoiceGenerator, Column, Generator, RangeGenerator, Table, Variable
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import children
from flow_models.document.tasks import Task
from flow_models.formulas import Node
from flow_models.runtime.machine.base.values import as_begun

Written = tuple[Subject, Node | None, bool]
"""A variable or column, the formula of what it is given, and whether this could be read."""


CONDITIONS = frozenset({"when", "open_by_url", "show_if", "enabled_if"})
"""The fields that say when something can be done."""


class Gate(NamedTuple):
    """The conditions and effects of one page, section, transition or task.

    Conditions of which data cannot tell whether they hold are left out: they can.

    Attributes:
        when: The condition of a transition or an address, None if it has none.
        is_closed: Whether an address never opens by itself because nothing says when.
        blocks: The conditions under which each block is there and can be used, for those that have some.
        writes: What is set.
    """

    when: Node | None = None
    is_closed: bool = False
    blocks: tuple[tuple[str, tuple[Node, ...]], ...] = ()
    writes: tuple[Written, ...] = ()


def gate_of(flow: Flow, part: object, facts: Facts | None) -> Gate:
    """Return the gate of a part; of one whose formulas cannot be read nothing stands in the way."""
    trees = {} if facts is None else facts.trees
    telling = {place: trees[place] for place in trees if place.field in CONDITIONS and is_telling(trees[place])}
    match part:
        case Page():
            blocks = tuple(_conditions(part.blocks, (), telling))
            return Gate(telling.get(Element("page", part.id, "open_by_url")), not part.open_by_url.strip(), blocks)
        case Section():
            return Gate(blocks=tuple(_conditions((*part.header, *part.footer), (), telling)))
        case Transition():
            at = Element("transition", part.id)
            return Gate(telling.get(at._replace(field="when")), writes=tuple(_written(flow, part.do, at, "do", trees)))
        case Task():
            at = Element("task", part.id)
            return Gate(writes=tuple(_written(flow, part.setup, at, "setup", trees)))
    return Gate()


def begun(variable: Variable) -> Fixed:
    """Return the value with which a variable begins."""
    return stored(as_begun(variable.initial, variable.type.kind), variable.type.kind)


def filled(table: Table) -> Iterator[tuple[Subject, Values | None]]:
    """Yield what rows and generators put into the columns of a table, None for anything, and how many rows it has."""
    yield (table.name, ""), _size(table)
    drawn = {} if table.generate is None or not table.generate.maximum else table.generate.columns
    for column in table.columns:
        found: Values | None = frozenset()
        for row in table.rows:
            found = joined(found, stored(as_begun(row.values.get(column.id), column.type.kind), column.type.kind))
        generator = drawn.get(column.id)
        if isinstance(generator, ChoiceGenerator):
            for value in generator.values:
                found = joined(found, stored(value, column.type.kind))
        elif generator is not None:
            found = joined(found, _between(generator, column))
        elif table.generate is not None and table.generate.maximum:
            found = joined(found, frozenset({EMPTY}))
        yield (table.name, column.name), found


def _size(table: Table) -> Values:
    """Return how many rows a table begins with."""
    count, more = len(table.rows), table.generate
    return (
        stored(count, "integer") if more is None else Span(Decimal(count + more.minimum), Decimal(count + more.maximum))
    )


def _between(generator: Generator, column: Column) -> Span | None:
    """Return between which numbers a generator draws, None if that depends on something or it draws something else."""
    if not isinstance(generator, RangeGenerator) or column.type.kind not in NUMBERS:
        return None
    least, most = number(generator.minimum), number(generator.maximum)
    return None if least is None or most is None or least > most else Span(least, most)


def _conditions(
    blocks: Iterable[AnyBlock], around: tuple[Node, ...], trees: Mapping[Element, Node]
) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Yield the conditions of blocks and of what they stand in."""
    for block in blocks:
        places = (Element("block", block.id, field) for field in ("show_if", "enabled_if"))
        own = (*around, *(trees[place] for place in places if place in trees))
        if own:
            yield block.id, own
        yield from _conditions(children(block), own, trees)


def _written(
    flow: Flow, effects: Iterable[Effect], at: Element, path: str, trees: Mapping[Element, Node]
) -> Iterator[Written]:
    """Yield what effects set, with the formulas; a column without one is left empty in a new row."""
    for index, effect in enumerate(effects):
        place = f"{path}.{index}"
        match effect:
            case SetEffect() if effect.variable in flow.variables_by_id:
                name = flow.variables_by_id[effect.variable].name
                tree = trees.get(at._replace(field=f"{place}.value"))
                yield ("", name), tree, tree is not None
            case AddEffect() | ChangeEffect() if effect.table in flow.tables_by_id:
                yield from _cells(flow.tables_by_id[effect.table], effect, at, place, trees)
                yield from () if isinstance(effect, ChangeEffect) else [_counted(flow, effect.table)]
            case RemoveEffect() if effect.table in flow.tables_by_id:
                yield _counted(flow, effect.table)
            case ClearEffect() if effect.target in flow.tables_by_id:
                yield _counted(flow, effect.target)
            case ClearEffect() if effect.target in flow.variables_by_id:
                # The initial value, which it can have anyway.
                continue


def _counted(flow: Flow, table: str) -> Written:
    """Return that a table has another number of rows, whatever it is."""
    return (flow.tables_by_id[table].name, ""), None, False


def _cells(
    table: Table, effect: AddEffect | ChangeEffect, at: Element, place: str, trees: Mapping[Element, Node]
) -> Iterator[Written]:
    """Yield what an effect puts into the columns of a table."""
    for column in table.columns:
        source = effect.values.get(column.id, "")
        if not source.strip():
            if isinstance(effect, AddEffect):
                yield (table.name, column.name), None, True
            continue
        tree = trees.get(at._replace(field=f"{place}.values.{column.id}"))
        yield (table.name, column.name), tree, tree is not None
