"""When a fix would make another problem: then it is none, and only the person can know what to do.

A fix is offered where its problem goes and nothing else breaks. What a check would have to mend in two places at once
it leaves to the person, who knows whether the table, the page or the button was meant.
"""

from collections.abc import Callable, Collection, Iterator

from flow_models.checks.context import Context
from flow_models.checks.data_graph import part_node, table_node
from flow_models.document.behaviour import (
    STAY,
    AddEffect,
    ChangeEffect,
    ClearEffect,
    Effect,
    Page,
    Section,
    SetEffect,
    Transition,
)
from flow_models.document.blocks import AnyBlock
from flow_models.document.data import Column, Table, Variable
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import rooms
from flow_models.formulas import Node


def is_bare(context: Context, page: Page) -> bool:
    """Say whether nothing would be missed of a page: it shows no data, changes none, and no task begins there."""
    flow, element = context.flow, Element("page", page.id)
    facts = context.facts.get(element)
    shows = page.record is not None or any(getattr(block, "table", "") for block in page.blocks_by_id.values())
    reads = facts is not None and bool(facts.reads)
    arrows = context.arrows_from.get(page.id, ())
    begins = any(task.start == page.id for task in flow.tasks)
    return len(flow.pages) > 1 and not (shows or reads or begins or any(arrow.do for arrow in arrows))


def serves_alone(context: Context, arrow: Transition) -> bool:
    """Say whether something hangs on a transition alone: a page to which no other leads, or data that no other uses."""
    if _leads_alone(context, arrow) or reached_without(context, {arrow.id}) < context.reached:
        return True
    graph, part = context.data, part_node(Element("transition", arrow.id))
    if part not in graph:
        return False
    read = any(graph.out_degree(node) == 1 for node in graph.predecessors(part))
    return read or any(graph.in_degree(node) == 1 for node in graph.successors(part))


def _leads_alone(context: Context, arrow: Transition) -> bool:
    """Say whether a transition leads to a page to which no other does, whether or not it can ever be taken."""
    if arrow.to not in context.flow.pages_by_id or arrow.to in context.entries:
        return False
    return not any(
        other.to == arrow.to and other.source != arrow.to and other.id != arrow.id for other in context.flow.transitions
    )


def reached_without(context: Context, arrows: Collection[str]) -> set[str]:
    """Return the pages that can be reached without taking one of some transitions."""
    graph = context.graph
    found: set[str] = set()
    frontier = [entry for entry in context.entries if entry in graph]
    while frontier:
        node = frontier.pop()
        if node in found:
            continue
        found.add(node)
        frontier.extend(
            neighbour for neighbour, edges in graph.adj[node].items() if any(key not in arrows for key in edges)
        )
    return found


def does_something(arrow: Transition, effects: tuple[Effect, ...]) -> bool:
    """Say whether a transition that stays on its page, with these effects, still does something."""
    return bool(effects) or arrow.notice is not None


def uses_alone(context: Context, table: Table) -> bool:
    """Say whether a table has a single use, without which it would have none."""
    node = table_node(table.name)
    return context.data.degree(node) == 1


def empties_arrow(flow: Flow, variable: Variable) -> bool:
    """Say whether some transition would do nothing any more without a variable."""
    return _empties(flow, lambda effect: _sets(effect) == variable.id)


def empties_change(flow: Flow, table: Table, column: Column) -> bool:
    """Say whether a table would be without columns, or an effect without values, if a column were gone."""
    effects = [effect for arrow in flow.transitions for effect in arrow.do]
    changes = (one for one in effects if isinstance(one, ChangeEffect | AddEffect) and one.table == table.id)
    return len(table.columns) == 1 or any(set(one.values) == {column.id} for one in changes)


def is_kept(context: Context, data: Column | Variable) -> bool:
    """Say whether somebody wanted to keep what a column or variable holds: an effect puts no mere fixed value there.

    Then what is missing is who reads it, such as a page or the success of a task; it is not too much itself.
    """
    return any(
        tree is None or tree["op"] != "value"
        for arrow in context.flow.transitions
        for index, effect in enumerate(arrow.do)
        for tree in _given(context, Element("transition", arrow.id, f"do.{index}"), effect, data)
    )


def _given(context: Context, at: Element, effect: Effect, data: Column | Variable) -> Iterator[Node | None]:
    """Yield what an effect puts into a column or variable; None is what cannot be read."""
    facts = context.facts.get(at._replace(field=""))
    if isinstance(effect, AddEffect | ChangeEffect) and data.id in effect.values:
        yield facts.trees.get(at._replace(field=f"{at.field}.values.{data.id}")) if facts else None
    elif isinstance(effect, SetEffect) and effect.variable == data.id:
        yield facts.trees.get(at._replace(field=f"{at.field}.value")) if facts else None


def is_alone(owner: Page | Section, control: AnyBlock) -> bool:
    """Say whether a control is all that stands in its menu, form or other block, or what sends its form."""
    holding = (room for block in owner.blocks_by_id.values() for room in rooms(block))
    is_only = any(len(room.blocks) == 1 and room.blocks[0].id == control.id for room in holding)
    return is_only or bool(getattr(control, "submit", False))


def _empties(flow: Flow, is_gone: Callable[[Effect], bool]) -> bool:
    staying = (arrow for arrow in flow.transitions if arrow.to == STAY and arrow.notice is None and arrow.do)
    return any(all(is_gone(effect) for effect in arrow.do) for arrow in staying)


def _sets(effect: Effect) -> str:
    """Return the variable that an effect gives or takes a value, empty if it is none."""
    if isinstance(effect, SetEffect):
        return effect.variable
    return effect.target if isinstance(effect, ClearEffect) else ""
