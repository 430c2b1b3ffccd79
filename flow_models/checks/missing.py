"""Can there be no row where a transition opens a page about one? Then a visitor gets "page not found".

`first` and `last` find nothing where no row meets their condition, or the table is empty. That there is one is known
where the guard asks for just this, where the transition itself adds one, or where the table always has rows.
"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, page_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.trees import key, nodes
from flow_models.document.behaviour import AddEffect, Transition
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
    facts = context.facts.get(Element("transition", arrow.id))
    tree = facts.trees.get(Element("transition", arrow.id, "record")) if facts else None
    if facts is None or tree is None or not _is_first(tree):
        return False
    table = _table_named(context, tree["rows"].get("name"))
    if table is None or tree.get("default") is not None:
        return False
    if _adds(arrow, table) or _is_asked(facts.trees.get(Element("transition", arrow.id, "when")), tree):
        return False
    return bool(tree.get("where")) or not _always_has_rows(context, table)


def _table_named(context: Context, name: str | None) -> Table | None:
    """Return the table of a name, None if there is none."""
    return next((one for one in context.flow.tables if one.name == name), None)


def _is_first(tree: Node) -> bool:
    """Say whether a formula looks for the first or the last of some rows."""
    return tree["op"] == "aggregate" and tree["fn"] in ("first", "last")


def _adds(arrow: Transition, table: Table) -> bool:
    """Say whether a transition adds a row itself, which is meant by what it looks for."""
    return any(isinstance(effect, AddEffect) and effect.table == table.id for effect in arrow.do)


def _is_asked(when: Node | None, found: Node) -> bool:
    """Say whether a guard asks that a row be there: for the same conditions, or for more."""
    wanted = _conditions(found)
    said = [part for part in _parts(when) if part["op"] != "not"]
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
    return {_unbound(part, tree["bind"]) for part in _parts(tree.get("where"))}


def _parts(tree: Node | None) -> tuple[Node, ...]:
    """Return the conditions that must hold together."""
    if tree is None:
        return ()
    return tuple(tree["args"]) if tree["op"] == "and" else (tree,)


def _unbound(tree: Node, name: str) -> str:
    """Return a condition on a row, whatever the row is called in it."""
    return key(tree).replace(f'"name": "{name}"', '"name": "row"')


def _always_has_rows(context: Context, table: Table) -> bool:
    """Say whether a table begins with rows and nothing removes any."""
    drawn = 0 if table.generate is None else table.generate.minimum
    return bool(table.rows or drawn) and ("removed", table.id) not in context.makers
