"""Does a button or link do what it says? One that says it leaves everything as it is should, one that says it does not.

A confirmation that cancels and a *Cancel* that confirms are two faces of one mistake: transitions that were swapped.
"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.senses import has_sense
from flow_models.document.behaviour import CLOSE, STAY, Page, Section, SetEffect, Transition
from flow_models.document.blocks import AnyBlock, is_control
from flow_models.document.data import Table
from flow_models.document.edits.data import target_of
from flow_models.document.elements import Element


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the controls of a page or section whose titles say the opposite of what they do."""
    for block in owner.blocks_by_id.values():
        arrows = context.arrows_of.get(block.id, ()) if is_control(block) else ()
        is_sent = bool(getattr(block, "submit", False))
        if arrows and has_sense(block, "leaving", by_beginning=not is_sent):
            yield from _keeping(context, owner, block, arrows)
        elif arrows and has_sense(block, "doing") and (is_sent or _is_dialog(owner)) and not _filters(context, owner):
            yield from _doing(owner, block, arrows)


def changed(context: Context, arrow: Transition) -> Table | None:
    """Return a lasting table that a transition changes, None if it changes none."""
    tables = (context.flow.tables_by_id.get(target_of(one)) for one in arrow.do if not isinstance(one, SetEffect))
    return next((table for table in tables if table is not None and table.durable), None)


def _keeping(
    context: Context, owner: Page | Section, block: AnyBlock, arrows: tuple[Transition, ...]
) -> Iterator[Problem]:
    """Yield that a control which says that it leaves everything as it is changes lasting data."""
    for arrow in arrows:
        table = changed(context, arrow)
        if table is not None:
            yield problem(
                "opposite.leaving",
                "warning",
                Element("transition", arrow.id, "do"),
                Element("block", block.id, "title"),
                block=block_label(block),
                page=owner_label(owner),
                table=table.title or table.name,
            )


def _is_dialog(owner: Page | Section) -> bool:
    return isinstance(owner, Page) and owner.kind == "dialog"


def _filters(context: Context, owner: Page | Section) -> bool:
    """Say whether what a page shows depends on what is typed there, so that sending a form shows something else."""
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    return facts is not None and any(space == "field" for space, _, _ in facts.reads)


def _doing(owner: Page | Section, block: AnyBlock, arrows: tuple[Transition, ...]) -> Iterator[Problem]:
    """Yield that a control which says that it does something does nothing, whichever transition is taken."""
    is_sent = bool(getattr(block, "submit", False))
    if any(arrow.do for arrow in arrows) or not (is_sent or all(arrow.to in (CLOSE, STAY) for arrow in arrows)):
        return
    yield problem(
        "opposite.doing",
        "warning",
        Element("transition", arrows[-1].id, "do"),
        Element("block", block.id, "title"),
        block=block_label(block),
        page=owner_label(owner),
    )
