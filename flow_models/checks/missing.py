"""Can there be no row where a transition opens a page about one? Then a visitor gets "page not found".

`first` and `last` find nothing where no row meets their condition, or the table is empty. That there is one is known
where the guard asks for just this, where the transition itself adds one, or where the table always has rows. A field
in which nothing need be chosen, a column that some rows leave empty, and a variable into which nothing has put a row
yet, name no row either; there it is enough that some condition on the way asks for it.
"""

from collections.abc import Iterator, Sequence

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, page_label
from flow_models.checks.mending import reached_without
from flow_models.checks.problem import Problem, problem
from flow_models.checks.trees import key, nodes, parts
from flow_models.document.base import ColumnId
from flow_models.document.behaviour import AddEffect, Effect, Page, SetEffect, Transition
from flow_models.document.blocks import is_field
from flow_models.document.data import Table
from flow_models.document.elements import Element
from flow_models.formulas import Node


def problems(context: Context) -> Iterator[Problem]:
    """Yield the transitions that open a page about a row which may not be there."""
    for arrow in context.flow.transitions:
        page = context.flow.pages_by_id.get(arrow.to)
        if page is not None and page.record is not None and arrow.record.strip() and _may_be_missing(context, arrow):
            yield problem(
                "transition.record_missing",
                "warning",
                Element("transition", arrow.id, "record"),
                Element("page", page.id),
                arrow=arrow_label(context.flow, arrow),
                page=page_label(page),
            )


def _may_be_missing(context: Context, arrow: Transition) -> bool:
    """Say whether the row that a transition looks for may not be there."""
    tree = context.formula(arrow, "record")
    if tree is None:
        return False
    if not is_first(tree):
        return _may_be_blank(context, arrow, tree) and not _is_spoken_of(context, arrow, tree)
    table = table_named(context, tree["rows"].get("name"))
    if table is None or tree.get("default") is not None:
        return False
    if _adds(context, arrow, table, tree) or is_asked(context.formula(arrow, "when"), tree):
        return False
    return bool(tree.get("where")) or not always_has_rows(context, table)


def _may_be_blank(context: Context, arrow: Transition, tree: Node) -> bool:
    """Say whether a field may be left without a choice, a column without a row, or a variable as it begins."""
    if tree["op"] == "field":
        owner = context.owner(arrow.source)
        fields = [] if owner is None else [one for one in owner.blocks_by_id.values() if is_field(one)]
        return any(one.name == tree["name"] and not (one.required or one.initial.strip()) for one in fields)
    if tree["op"] == "variable":
        return _is_never_set(context, arrow, str(tree["name"]))
    if tree["op"] != "column":
        return False
    table = table_named(context, str(tree["of"]["type"]).removeprefix("row:"))
    column = next((one for one in table.columns if one.name == tree["name"]), None) if table else None
    return table is not None and column is not None and is_left_out(context, table, column.id)


def _is_never_set(context: Context, arrow: Transition, name: str) -> bool:
    """Say whether a transition can be taken before anything has put a row into a variable that begins empty."""
    variable = next((one for one in context.flow.variables if one.name == name), None)
    if variable is None or variable.initial is not None:
        return False
    setting = {one.id for one in context.flow.transitions if sets(one.do, variable.id)}
    if not setting or arrow.id in setting or any(sets(task.setup, variable.id) for task in context.flow.tasks):
        return False
    section = context.flow.sections_by_id.get(arrow.source)
    pages = {arrow.source} if section is None else set(section.pages)
    return not pages.isdisjoint(reached_without(context, setting))


def sets(effects: Sequence[Effect], variable: str) -> bool:
    """Say whether effects give a variable a value."""
    return any(isinstance(effect, SetEffect) and effect.variable == variable for effect in effects)


def is_left_out(context: Context, table: Table, column: ColumnId) -> bool:
    """Say whether rows of a table begin, or are added, without a value of a column."""
    drawn = table.generate is not None and table.generate.maximum > 0 and column not in table.generate.columns
    added = (one for arrow in context.makers.get(("added", table.id), ()) for one in arrow.do)
    adding = (one for one in added if isinstance(one, AddEffect) and one.table == table.id)
    return (
        drawn
        or any(row.values.get(column) is None for row in table.rows)
        or any(not one.values.get(column, "").strip() for one in adding)
    )


def _is_spoken_of(context: Context, arrow: Transition, tree: Node) -> bool:
    """Say whether a condition on the way reads a formula: of the same trigger, or of what has to be used."""
    rivals = (one for one in context.arrows_from.get(arrow.source, ()) if one.on == arrow.on)
    places = (Element("transition", one.id, "when") for one in rivals)
    asked = [facts.trees.get(place) for place in places if (facts := context.facts.get(place._replace(field="")))]
    return any(key(node) == key(tree) for node in nodes([asked, *shown_if(context, arrow)]))


def shown_if(context: Context, arrow: Transition) -> Iterator[tuple[Node, ...]]:
    """Yield the conditions under which what triggers a transition is there."""
    block = getattr(arrow.on, "block", "")
    owner = context.flow.owners_by_block.get(block)
    if owner is not None:
        gate = context.gates.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
        yield from (conditions for name, conditions in (gate.blocks if gate else ()) if name == block)


def table_named(context: Context, name: str | None) -> Table | None:
    """Return the table of a name, None if there is none."""
    return next((one for one in context.flow.tables if one.name == name), None)


def is_first(tree: Node) -> bool:
    """Say whether a formula looks for the first or the last of some rows."""
    return tree["op"] == "aggregate" and tree["fn"] in ("first", "last")


def _adds(context: Context, arrow: Transition, table: Table, tree: Node) -> bool:
    """Say whether a transition adds a row itself, which is meant by what it looks for and need not differ from it."""
    added = [index for index, one in enumerate(arrow.do) if isinstance(one, AddEffect) and one.table == table.id]
    return any(
        not any(_differs(context, arrow, index, table, part) for part in parts(tree.get("where"))) for index in added
    )


def _differs(context: Context, arrow: Transition, index: int, table: Table, part: Node) -> bool:
    """Say whether a condition wants a fixed value in a column, or that of a field, and a new row gets another one."""
    if part["op"] != "compare" or part["test"] != "==":
        return False
    sides = ((part["left"], part["right"]), (part["right"], part["left"]))
    wanted = {own["name"]: key(other) for own, other in sides if _is_wanted(own, other)}
    given = {one.name: context.formula(arrow, f"do.{index}.values.{one.id}") for one in table.columns}
    return any(given.get(name) is not None and key(given[name]) != value for name, value in wanted.items())


def _is_wanted(own: Node, other: Node) -> bool:
    """Say whether of two sides of a comparison one is a column of a row, and the other fixed or a field."""
    return own["op"] == "column" and own["of"]["op"] == "bound" and other["op"] in ("value", "field")


def is_asked(when: Node | None, found: Node) -> bool:
    """Say whether a guard asks that a row be there: for the same conditions, or for more."""
    wanted = _conditions(found)
    said = [part for part in parts(when) if part["op"] != "not"]
    asking = (node for node in nodes(said) if node["op"] == "aggregate" and node["fn"] in ("any", "count"))
    if any(node["rows"] == found["rows"] and wanted <= _conditions(node) for node in asking):
        return True
    return _is_compared(when, found)


def _is_compared(when: Node | None, found: Node) -> bool:
    """Say whether a guard compares a formula with something."""
    compared = (node for node in nodes(when) if node["op"] == "compare")
    return any(key(found) in (key(node["left"]), key(node["right"])) for node in compared)


def _conditions(tree: Node) -> set[str]:
    """Return the conditions on the rows of an aggregate, whatever the row is called in them."""
    return {_unbound(part, tree["bind"]) for part in parts(tree.get("where"))}


def _unbound(tree: Node, name: str) -> str:
    """Return a condition on a row, whatever the row is called in it."""
    return key(tree).replace(f'"name": "{name}"', '"name": "row"')


def always_has_rows(context: Context, table: Table) -> bool:
    """Say whether a table begins with rows and nothing removes any."""
    drawn = 0 if table.generate is None else table.generate.minimum
    return bool(table.rows or drawn) and ("removed", table.id) not in context.makers
