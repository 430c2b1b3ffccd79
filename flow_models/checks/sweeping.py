"""Does an effect change or remove all rows of a table, although a visitor has only some of them before their eyes?

Who stands on the page of one payee and presses *Remove* means this one. An effect on all rows is meant where the page
lists them all, where there is but one row, or where another effect of the same transition picks the row.
"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.guards import Cases
from flow_models.checks.labels import arrow_label
from flow_models.checks.possible import decided
from flow_models.checks.problem import Problem, problem
from flow_models.document.behaviour import ChangeEffect, Page, RemoveEffect, Section, Transition
from flow_models.document.blocks import AnyBlock, ListBlock, is_field, table_shown
from flow_models.document.data import Table
from flow_models.document.elements import Element
from flow_models.formulas import Node

CODES = {
    ("one", "changed"): "sweeping.one_changed",
    ("one", "removed"): "sweeping.one_removed",
    ("some", "changed"): "sweeping.some_changed",
    ("some", "removed"): "sweeping.some_removed",
}
"""The code of each problem, by what the page shows and what the effect does."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield the effects on all rows of a lasting table of which the page shows one, or some."""
    for arrow in context.flow.transitions:
        for index, effect in enumerate(arrow.do):
            if isinstance(effect, ChangeEffect | RemoveEffect) and is_for_all(context, arrow, index):
                table = context.flow.tables_by_id.get(effect.table)
                if table is not None and table.durable:
                    yield from _of_effect(context, arrow, index, table)


def is_for_all(context: Context, arrow: Transition, index: int) -> bool:
    """Say whether an effect concerns every row of its table: it has no condition, or one that always holds."""
    effect = arrow.do[index]
    if not isinstance(effect, ChangeEffect | RemoveEffect):
        return False
    facts = context.facts.get(Element("transition", arrow.id))
    tree = facts.trees.get(Element("transition", arrow.id, f"do.{index}.where")) if facts else None
    if tree is None:
        return not effect.where.strip()
    return bool(decided(tree)) or _is_same(tree) or all(held for (held,) in Cases([tree]).rows() or [(False,)])


def _is_same(tree: Node) -> bool:
    """Say whether a condition compares something with itself."""
    return bool(tree["op"] == "compare" and tree["test"] in ("==", "<=", ">=") and tree["left"] == tree["right"])


def _of_effect(context: Context, arrow: Transition, index: int, table: Table) -> Iterator[Problem]:
    """Yield that an effect on all rows concerns more than what is shown."""
    if not has_many(context, table) or _is_picked(context, arrow, table):
        return
    code = ""
    if _row_at_hand(context, arrow, table):
        code = "one"
    elif _shows_some(context, arrow, table):
        code = "some"
    if code:
        kind = "removed" if isinstance(arrow.do[index], RemoveEffect) else "changed"
        yield problem(
            CODES[code, kind],
            "warning",
            Element("transition", arrow.id, f"do.{index}"),
            arrow=arrow_label(context.flow, arrow),
            table=table.title or table.name,
        )


def has_many(context: Context, table: Table) -> bool:
    """Say whether a table can have more than one row."""
    drawn = 0 if table.generate is None else table.generate.maximum
    adding = context.makers.get(("added", table.id), ())
    return len(table.rows) + drawn > 1 or bool(adding)


def _is_picked(context: Context, arrow: Transition, table: Table) -> bool:
    """Say whether another effect of a transition concerns some rows of a table only."""
    effects = ((place, one) for place, one in enumerate(arrow.do) if isinstance(one, ChangeEffect | RemoveEffect))
    return any(one.table == table.id and not is_for_all(context, arrow, place) for place, one in effects)


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
