"""Does a control do the contrary of what it says: an *Unfreeze* that freezes, an *Approve* that rejects?

What a title says is a word with a contrary, by a prefix (*un*, *de*, *dis*), by *in* and *out*, or by a list. It stands
against the fixed values that are written: against a choice or a yes-or-no column whose name is akin to one of the two
words, or against what the control that says the contrary writes into the same column.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from flow_models.checks.balances import Cell, cells_of
from flow_models.checks.context import Context
from flow_models.checks.contraries import Saying, are_contrary, contraries, is_against, is_akin, saying
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.missing import shown_if
from flow_models.checks.problem import Fix, Problem, SetValue, fix, problem
from flow_models.checks.senses import has_sense
from flow_models.checks.signed import turning
from flow_models.checks.trees import key
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.blocks import AnyBlock, is_control
from flow_models.document.data import Column
from flow_models.document.elements import Element
from flow_models.formulas import Node


class Act(NamedTuple):
    """What a control says and writes.

    Attributes:
        owner: Where it stands.
        block: The control.
        saying: What its title says.
        arrow: What its use triggers.
        cell: What is written.
    """

    owner: Page | Section
    block: AnyBlock
    saying: Saying
    arrow: Transition
    cell: Cell

    @property
    def value(self) -> object:
        """The fixed value that is written, None if it is none."""
        return self.cell.tree["value"] if self.cell.tree["op"] == "value" else None

    @property
    def place(self) -> Element:
        """Where the value stands."""
        return self.cell.element(self.arrow)


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the controls of a page or section that write the contrary of what they say."""
    for act in _acts(context, owner):
        if is_against_itself(context, act):
            yield _problem(act)


def between(context: Context) -> Iterator[Problem]:
    """Yield pairs of controls that say contrary things and write the same."""
    flow = context.flow
    blocks = (
        tuple((page.kind, page.blocks) for page in flow.pages),
        tuple((one.header, one.footer) for one in flow.sections),
    )
    inputs = (flow.transitions, blocks, context.data_shape)
    pairs = context.kept("contrary.between", inputs, lambda: tuple(_between(context)))
    yield from (_of_pair(_now(context, one), _now(context, other)) for one, other in pairs)


def _now(context: Context, act: Act) -> Act:
    """Return what a control does that stands where it stood, whatever its page is called now."""
    return act._replace(owner=context.flow.owners_by_block[act.block.id])


def _between(context: Context) -> Iterator[tuple[Act, Act]]:
    """Yield the pairs, the more likely culprit first, found by the columns that they write."""
    every = list(_every_act(context))
    met = {frozenset({act.arrow.id}) for act in every if is_against_itself(context, act)}
    said: dict[tuple[str, str, str], list[Act]] = {}
    for act in every:
        said.setdefault((act.cell.column.id, *act.saying[:2]), []).append(act)
    for act in every:
        # Each pair is met twice, once from either side.
        rivals = (said.get((act.cell.column.id, *contrary), ()) for contrary in contraries(act.saying))
        for other in chain.from_iterable(rivals):
            pair = frozenset({act.arrow.id, other.arrow.id})
            if met.isdisjoint({pair, frozenset({act.arrow.id}), frozenset({other.arrow.id})}) and _is_same(
                context, act, other
            ):
                met.add(pair)
                yield _culprit_first(context, act, other)


def _every_act(context: Context) -> Iterator[Act]:
    """Yield what all controls write."""
    for block, arrows in context.arrows_of.items():
        owner = context.flow.owners_by_block.get(block)
        if owner is not None and any(arrow.do for arrow in arrows):
            yield from _acts_of(context, owner, owner.blocks_by_id[block])


def _acts(context: Context, owner: Page | Section) -> Iterator[Act]:
    """Yield what the controls of a page or section write."""
    for block in owner.blocks_by_id.values():
        yield from _acts_of(context, owner, block)


def _acts_of(context: Context, owner: Page | Section, block: AnyBlock) -> Iterator[Act]:
    """Yield what a control writes that says something which has a contrary."""
    arrows = context.arrows_of.get(block.id, ()) if is_control(block) else ()
    said = saying(str(getattr(block, "title", ""))) if any(arrow.do for arrow in arrows) else None
    if said is not None:
        for arrow in arrows:
            yield from (Act(owner, block, said, arrow, cell) for cell in cells_of(context, arrow))


def is_against_itself(context: Context, act: Act) -> bool:
    """Say whether what a control writes is against what its own title says, whatever others write."""
    column, value = act.cell.column, act.value
    match column.type.kind:
        case "choice":
            return isinstance(value, str) and is_against(act.saying, value) and not is_akin(act.saying, value)
        case "boolean":
            name = column.title or column.name
            is_named, is_contrary = is_akin(act.saying, name), is_against(act.saying, name)
            return is_named != is_contrary and value is is_contrary
    cells = cells_of(context, act.arrow)
    is_more, is_less = any(cell.given for cell in cells), any(cell.taken for cell in cells)
    # What is deposited is taken from somewhere, too.
    return is_more != is_less and ((act.saying.is_more and is_less) or (act.saying.is_less and is_more))


def _is_same(context: Context, one: Act, other: Act) -> bool:
    """Say whether two controls say contrary things of the same, and all that they write for certain is the same."""
    if not are_contrary(one.saying, other.saying) or (one.owner != other.owner and (_leaves(one) or _leaves(other))):
        return False
    shapes = [[(effect.kind, getattr(effect, "table", "")) for effect in act.arrow.do] for act in (one, other)]
    return shapes[0] == shapes[1] and _agree(cells_of(context, one.arrow), cells_of(context, other.arrow))


def _leaves(act: Act) -> bool:
    """Say whether a title is one by which a page is left, such as *Close*, whose contrary stands beside it."""
    return has_sense(act.block, "leaving", by_beginning=False)


def _agree(cells: Sequence[Cell], others: Sequence[Cell]) -> bool:
    """Say whether two transitions write the same fixed values, or change numbers in the same direction, and some."""
    pairs = [(one, other) for one in cells for other in others if one.column.id == other.column.id]
    compared = [is_alike for one, other in pairs if (is_alike := _is_alike(one, other)) is not None]
    return bool(compared) and all(compared)


def _is_alike(one: Cell, other: Cell) -> bool | None:
    """Say whether two cells get the same, in a new row or by a fixed value, or more or less alike; None if unsure."""
    if one.tree["op"] == other.tree["op"] == "value":
        return bool(one.tree["value"] == other.tree["value"])
    if one.is_new and key(one.tree) == key(other.tree):
        return True
    moves = [(cell.given is not None, cell.taken is not None) for cell in (one, other)]
    return moves[0] == moves[1] if any(moves[0]) and any(moves[1]) else None


def _culprit_first(context: Context, one: Act, other: Act) -> tuple[Act, Act]:
    """Return a pair with the control first that is more likely wrong: it is offered where its value stands already."""
    is_idle = _is_offered_there(context, other) and not _is_offered_there(context, one)
    return (other, one) if is_idle or (other.saying.is_undoing and not one.saying.is_undoing) else (one, other)


def _is_offered_there(context: Context, act: Act) -> bool:
    """Say whether a control or its transition asks whether the value that is written stands there already."""
    openers = context.arrows_to.get(act.owner.id, ()) if getattr(act.owner, "kind", "") == "dialog" else ()
    asked = [tree for one in (act.arrow, *openers) for trees in shown_if(context, one) for tree in trees]
    return any(_asks(tree, act) for tree in (context.formula(act.arrow, "when"), *asked) if tree is not None)


def _asks(tree: Node, act: Act) -> bool:
    """Say whether a condition is that the value which is written stands there already."""
    if tree["op"] != "compare" or tree["test"] != "==":
        return False
    sides = (tree["left"], tree["right"])
    is_column = any(side["op"] == "column" and side["name"] == act.cell.column.name for side in sides)
    return is_column and any(side["op"] == "value" and side["value"] == act.value for side in sides)


def _problem(act: Act) -> Problem:
    """Return that a control writes the contrary of what it says."""
    code = "more" if act.value is None else "yes" if act.value is True else "no" if act.value is False else "value"
    return problem(
        f"contrary.{code}",
        "warning",
        act.place,
        Element("block", act.block.id, "title"),
        fix=_mending(act),
        block=block_label(act.block),
        page=owner_label(act.owner),
        column=act.cell.column.title or act.cell.column.name,
        value=act.value,
        said=act.saying.word,
    )


def _of_pair(one: Act, other: Act) -> Problem:
    """Return that two controls say contrary things and do the same."""
    return problem(
        "contrary.same",
        "warning",
        one.place,
        Element("block", one.block.id, "title"),
        Element("block", other.block.id, "title"),
        fix=_mending(one),
        block=block_label(one.block),
        page=owner_label(one.owner),
        other=block_label(other.block),
        beside=owner_label(other.owner),
        column=one.cell.column.title or one.cell.column.name,
    )


def _mending(act: Act) -> Fix | None:
    """Return the edit that lets a control write what it says, None where nobody knows what that is."""
    column = act.cell.column
    if act.value is None:
        return turning(act.arrow, act.cell)
    value = (not act.value) if isinstance(act.value, bool) else _choice(act, column)
    if value is None:
        return None
    source = json.dumps(value, ensure_ascii=False)
    return fix("write", SetValue(act.place, source), column=column.title or column.name, value=source.strip('"'))


def _choice(act: Act, column: Column) -> str | None:
    """Return the choice that a control means: the one akin to its title, or the only other one."""
    others = [choice for choice in column.type.choices if choice != act.value]
    akin = [choice for choice in others if is_akin(act.saying, choice)]
    free = akin or [choice for choice in others if not is_against(act.saying, choice)]
    return free[0] if len(free) == 1 else None
