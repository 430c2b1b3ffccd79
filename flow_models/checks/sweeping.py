"""Does an effect change or remove all rows of a table, although a visitor has only some of them before their eyes?

Who stands on the page of one payee and presses *Remove* means this one. An effect on all rows is meant where the page
lists them all, where there is but one row, where another effect of the same transition picks the row, or where the
button says that it is about many. So is one on all rows of a kind, which leaves out which row is at hand. Who presses
*Mark these as read* means those that the list shows, also where a filter hides others.
"""

from collections.abc import Iterator
from typing import Final

from flow_models.checks.context import Context
from flow_models.checks.guards import Cases
from flow_models.checks.labels import arrow_label, block_label
from flow_models.checks.possible import decided
from flow_models.checks.problem import Fix, Problem, SetValue, fix, problem
from flow_models.checks.senses import Sense, has_sense, words_in
from flow_models.checks.telling import telling
from flow_models.checks.trees import nodes
from flow_models.document.behaviour import ChangeEffect, Effect, Page, RemoveEffect, Section, Transition, UseTrigger
from flow_models.document.blocks import AnyBlock, ListBlock, is_field, table_shown
from flow_models.document.data import Table
from flow_models.document.elements import Element
from flow_models.formulas import Node

CODES = {
    ("one", "changed"): "sweeping.one_changed",
    ("one", "removed"): "sweeping.one_removed",
    ("some", "changed"): "sweeping.some_changed",
    ("some", "removed"): "sweeping.some_removed",
    ("kind", "changed"): "sweeping.kind_changed",
    ("kind", "removed"): "sweeping.kind_removed",
    ("shown", "changed"): "sweeping.shown_changed",
    ("shown", "removed"): "sweeping.shown_removed",
}
"""The code of each problem, by what the page shows and what the effect does."""

KINDS: Final = frozenset({"choice", "boolean"})
"""Types of which many rows have the same value."""

SHARED: Final = frozenset({"date", "decimal", "money", "time"})
"""Types, besides rows, of which several rows may have the same value, and by which nobody tells rows apart."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield the effects on all rows of a lasting table of which the page shows one, or some."""
    for arrow in context.flow.transitions:
        for index, effect in enumerate(arrow.do):
            table = context.flow.tables_by_id.get(getattr(effect, "table", "")) if effect.kind != "add" else None
            if table is None or not table.durable:
                continue
            listed = _list_meant(context, arrow, table)
            if listed is not None:
                yield from _of_shown(context, arrow, index, table, listed)
            elif not _has_sense(context, arrow, "many"):
                yield from _of_effect(context, arrow, index, table)


def is_for_all(context: Context, arrow: Transition, index: int) -> bool:
    """Say whether an effect concerns every row of its table: it has no condition, or one that always holds."""
    effect = arrow.do[index]
    if not isinstance(effect, ChangeEffect | RemoveEffect):
        return False
    tree = context.formula(arrow, f"do.{index}.where")
    if tree is None:
        return not effect.where.strip()
    return bool(decided(tree)) or _is_same(tree) or all(held for (held,) in Cases([tree]).rows() or [(False,)])


def _is_same(tree: Node) -> bool:
    """Say whether a condition compares something with itself."""
    return bool(tree["op"] == "compare" and tree["test"] in ("==", "<=", ">=") and tree["left"] == tree["right"])


def _of_effect(context: Context, arrow: Transition, index: int, table: Table) -> Iterator[Problem]:
    """Yield that an effect on all rows, or all of a kind, concerns more than what is shown."""
    is_all = is_for_all(context, arrow, index)
    if not (is_all or _is_for_kind(context, arrow, index)) or not has_many(context, table):
        return
    if _is_picked(context, arrow, index, table):
        return
    code = ""
    if _row_at_hand(context, arrow, table) or (is_all and _has_sense(context, arrow, "single")):
        code = "one" if is_all else "kind"
    elif is_all and _shows_some(context, arrow, table):
        code = "some"
    if code:
        kind = "removed" if isinstance(arrow.do[index], RemoveEffect) else "changed"
        yield problem(
            CODES[code, kind],
            "warning",
            Element("transition", arrow.id, f"do.{index}"),
            fix=_narrowing(context, arrow, index, table) if code in ("one", "kind") else None,
            arrow=arrow_label(context.flow, arrow),
            table=table.title or table.name,
        )


def _of_shown(context: Context, arrow: Transition, index: int, table: Table, listed: ListBlock) -> Iterator[Problem]:
    """Yield that an effect for the rows that a list shows asks for nothing of what the list asks for."""
    effect, place = arrow.do[index], Element("transition", arrow.id, f"do.{index}")
    at_where = place._replace(field=f"{place.field}.where")
    wanted = _read(context, context.flow.owners_by_block[listed.id], Element("block", listed.id, "where"))
    if wanted and wanted.isdisjoint(_names(context, place._replace(field=""), at_where)):
        asked = str(getattr(effect, "where", "")).strip()
        both = f"({asked}) and ({listed.where.strip()})" if asked not in ("", "true") else listed.where.strip()
        yield problem(
            CODES["shown", "removed" if isinstance(effect, RemoveEffect) else "changed"],
            "warning",
            place,
            Element("block", listed.id, "where"),
            fix=fix("shown_rows", SetValue(at_where, both), list=block_label(listed)),
            arrow=arrow_label(context.flow, arrow),
            table=table.title or table.name,
            list=block_label(listed),
        )


def _list_meant(context: Context, arrow: Transition, table: Table) -> ListBlock | None:
    """Return the only list of a table on a page whose shown rows a control means, None if there is no such one."""
    owner = context.owner(arrow.source)
    if owner is None or not _has_sense(context, arrow, "shown") or not has_many(context, table):
        return None
    blocks = owner.blocks_by_id.values()
    lists = [one for one in blocks if isinstance(one, ListBlock) and one.table == table.id]
    return lists[0] if len(lists) == 1 else None


def _read(context: Context, owner: Page | Section, place: Element) -> frozenset[tuple[str, str]]:
    """Return the fields that a formula of a page reads, else the columns of rows."""
    names = _names(context, Element("page" if isinstance(owner, Page) else "section", owner.id), place)
    fields = frozenset(name for name in names if name[0] == "field")
    return fields or frozenset(name for name in names if name[0] == "column")


def _names(context: Context, part: Element, place: Element) -> set[tuple[str, str]]:
    """Return the names that a formula of a part uses."""
    facts = context.facts.get(part)
    return {name[:2] for name in (facts.uses.get(place, ()) if facts else ())}


def _narrowing(context: Context, arrow: Transition, index: int, table: Table) -> Fix | None:
    """Return the edit that lets an effect concern the row alone which the page is about; None if there is none."""
    if context.scopes.transition(arrow).record != table.name:
        return None
    asked = "" if is_for_all(context, arrow, index) else str(getattr(arrow.do[index], "where", "")).strip()
    # What leaves one row out would leave out just this one.
    where = f"({asked}) and row == record" if asked and "!=" not in asked else "row == record"
    return fix("this_row", SetValue(Element("transition", arrow.id, f"do.{index}.where"), where))


def has_many(context: Context, table: Table) -> bool:
    """Say whether a table can have more than one row."""
    drawn = 0 if table.generate is None else table.generate.maximum
    adding = context.makers.get(("added", table.id), ())
    return len(table.rows) + drawn > 1 or bool(adding)


def _is_picked(context: Context, arrow: Transition, index: int, table: Table) -> bool:
    """Say whether another effect of a transition picks some rows of a table."""
    others = ((place, one) for place, one in enumerate(arrow.do) if place != index)
    return any(
        isinstance(one, ChangeEffect | RemoveEffect)
        and one.table == table.id
        and not (is_for_all(context, arrow, place) or _is_for_kind(context, arrow, place))
        for place, one in others
    )


def _has_sense(context: Context, arrow: Transition, sense: Sense) -> bool:
    """Say whether the control of a transition says that it is about many rows, or about one."""
    block = arrow.on.block if isinstance(arrow.on, UseTrigger) else ""
    owner = context.flow.owners_by_block.get(block)
    return owner is not None and has_sense(owner.blocks_by_id[block], sense)


def _is_for_kind(context: Context, arrow: Transition, index: int) -> bool:
    """Say whether an effect concerns all rows of a kind, whichever row is at hand."""
    tree = context.formula(arrow, f"do.{index}.where")
    if tree is None or _is_named(context, arrow, tree):
        return False
    return _is_loose(tree) or _is_shared(context, arrow.do[index], tree)


def _is_shared(context: Context, effect: Effect, tree: Node) -> bool:
    """Say whether a condition only compares a column with that of another row of the table, by which none is told."""
    if tree["op"] != "compare" or tree["test"] != "==" or tree["left"].get("name") != tree["right"].get("name"):
        return False
    table = context.flow.tables_by_id.get(getattr(effect, "table", ""))
    sides = {_is_own(side): side for side in (tree["left"], tree["right"]) if side["op"] == "column"}
    is_same = set(sides) == {True, False} and table is not None and sides[False]["of"]["type"] == f"row:{table.name}"
    return is_same and table is not None and str(tree["left"]["name"]) not in telling(context, table)


def _is_named(context: Context, arrow: Transition, tree: Node) -> bool:
    """Say whether the control of a transition names what the rows of a kind have alike, such as *Cancel the order*."""
    title = str(getattr(context.control(arrow), "title", ""))
    own = {str(node["name"]) for node in nodes(tree) if _is_own(node) and node["type"] != "boolean"}
    return not own.isdisjoint(words_in(title))


def _is_loose(tree: Node) -> bool:
    """Say whether a condition holds for any number of rows: it names a kind of them, or leaves one out."""
    match tree["op"]:
        case "and":
            return all(map(_is_loose, tree["args"]))
        case "or":
            return any(map(_is_loose, tree["args"]))
        case "not":
            return _is_own(tree["arg"])
        case "compare":
            return _is_same_row(tree["left"], tree["right"], tree["test"]) or any(
                _names_kind(own, other, tree["test"])
                for own, other in ((tree["left"], tree["right"]), (tree["right"], tree["left"]))
            )
    return _is_own(tree)


def _is_own(tree: Node) -> bool:
    """Say whether a formula is a column of the row that is looked at."""
    return bool(tree["op"] == "column" and tree["of"]["op"] == "bound" and tree["of"]["name"] == "row")


def _is_same_row(left: Node, right: Node, test: str) -> bool:
    """Say whether a comparison leaves one row out."""
    return test == "!=" and str(left["type"]).startswith("row:") and "value" not in (left["op"], right["op"])


def _names_kind(own: Node, other: Node, test: str) -> bool:
    """Say whether a comparison is about what many rows have alike."""
    if not _is_own(own) or (other["op"] != "value" and not (other["op"] == "column" and not _is_own(other))):
        return False
    if own["type"] in KINDS or test not in ("==", "in"):
        return True
    is_shared = own["type"] in SHARED or str(own["type"]).startswith("row:")
    return is_shared and other["op"] == "column" and own["name"] == other["name"]


def _row_at_hand(context: Context, arrow: Transition, table: Table) -> bool:
    """Say whether one row of a table is what the page is about, or what was chosen there or before."""
    scope = context.scopes.transition(arrow)
    if table.name in (scope.record, scope.used):
        return True
    kind = f"row:{table.name}"
    facts = context.facts.get(Element("transition", arrow.id))
    names = {name for name, typed in (*scope.variables.items(), *scope.fields.items()) if typed == kind}
    return facts is not None and any(space in ("variable", "field") and name in names for space, name, _ in facts.reads)


def _shows_some(context: Context, arrow: Transition, table: Table) -> bool:
    """Say whether the page of a transition shows some rows of a table and never all at once."""
    owner = context.owner(arrow.source)
    blocks = () if owner is None else tuple(owner.blocks_by_id.values())
    shown = [block for block in blocks if table_shown(block) == table.id]
    return bool(shown) and all(_is_part(context, owner, block) for block in shown)


def _is_part(context: Context, owner: Page | Section | None, block: AnyBlock) -> bool:
    """Say whether a block shows only rows that meet a condition which no visitor sets, or lets one be chosen."""
    if is_field(block) or owner is None:
        return is_field(block)
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    names = facts.uses.get(Element("block", block.id, "where"), frozenset()) if facts else frozenset()
    return isinstance(block, ListBlock) and bool(block.where.strip()) and all(space != "field" for space, _, _ in names)
