"""Does a message say that something was done where nothing is, and does a *Back* lead back?

A transition without effects that says “Your changes are saved” tells what is not so. What it says counts if a word in
it says that something has been done, and none that it is not, was so before, or is still to come. Where drafts are
forgotten they may be said to be cancelled. *Back* leads on where its page can only be reached through the one that one
leaves.
"""

from collections.abc import Iterator

import networkx as nx

from flow_models.checks.context import Context
from flow_models.checks.graph import starts
from flow_models.checks.labels import arrow_label, block_label, page_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.senses import has_sense, words_in, words_of
from flow_models.document.behaviour import ClearEffect, Page, Section, Transition, UseTrigger
from flow_models.document.elements import Element

START = ""
"""What stands in a graph of pages before all on which a visit begins."""


def told(context: Context, arrow: Transition) -> Iterator[Problem]:
    """Yield that the message of a transition says that something was done, and nothing is."""
    notice = arrow.notice if isinstance(arrow.on, UseTrigger) else None
    if notice is None or notice.tone not in ("info", "success") or _is_idle(context, arrow):
        return
    if all(isinstance(one, ClearEffect) for one in arrow.do) and _claims(context, arrow, notice.text):
        yield problem(
            "opposite.told",
            "warning",
            Element("transition", arrow.id, "notice.text"),
            arrow=arrow_label(context.flow, arrow),
            said=notice.text,
        )


def _is_idle(context: Context, arrow: Transition) -> bool:
    """Say whether a form is sent by a control that says it does something, and does not, which is told already."""
    block = context.control(arrow)
    return block is not None and bool(getattr(block, "submit", False)) and has_sense(block, "doing") and not arrow.do


def _claims(context: Context, arrow: Transition, text: str) -> bool:
    """Say whether a text says that something was done, other than that drafts are gone or a list shows others."""
    words, owner = set(words_in(text)), context.owner(arrow.source)
    block = context.control(arrow)
    is_calling_off = bool(arrow.do) or (
        block is not None and (has_sense(block, "leaving") or has_sense(block, "aborting"))
    )
    done = words_of("done", "within") | (frozenset() if is_calling_off else words_of("done", "undone"))
    return (
        not words.isdisjoint(done)
        and words.isdisjoint(words_of("done", "hedged"))
        and not (owner is not None and _filters(context, owner))
    )


def _filters(context: Context, owner: Page | Section) -> bool:
    """Say whether what a page shows depends on what is typed there."""
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    return facts is not None and any(space == "field" for space, _, _ in facts.reads)


def onward(context: Context) -> Iterator[Problem]:
    """Yield the controls that say they lead back, and lead to a page that can only be reached through their own."""
    pages = context.flow.pages_by_id
    for arrow in onward_arrows(context):
        block = context.control(arrow)
        yield problem(
            "opposite.onward",
            "warning",
            Element("transition", arrow.id, "to"),
            *((Element("block", block.id, "title"),) if block else ()),
            block=block_label(block) if block else "",
            page=page_label(pages[arrow.source]),
            to=page_label(pages[arrow.to]),
        )


def onward_arrows(context: Context) -> Iterator[Transition]:
    """Yield the transitions of controls that say they lead back, and do not."""
    pages = context.flow.pages_by_id
    for block_id, arrows in context.arrows_of.items():
        owner = context.flow.owners_by_block.get(block_id)
        if isinstance(owner, Page) and has_sense(owner.blocks_by_id[block_id], "back"):
            others = (one for one in arrows if one.to in pages and one.source in pages and one.to != one.source)
            yield from (one for one in others if _is_after(context, one.source, one.to))


def _is_after(context: Context, page: str, other: str) -> bool:
    """Say whether every way to a page leads through another one."""
    if any(arrow.source == other for arrow in context.arrows_to.get(page, ()) if not _leads_back(context, arrow)):
        return False
    begun = tuple(starts(context.flow))
    before = context.kept("dominators", (context.graph, begun), lambda: _dominators(context, begun))
    while other in before and before[other] != other:
        other = before[other]
        if other == page:
            return True
    return False


def _leads_back(context: Context, arrow: Transition) -> bool:
    """Say whether a transition is that of a *Back*."""
    block = context.control(arrow)
    return block is not None and has_sense(block, "back")


def _dominators(context: Context, begun: tuple[str, ...]) -> dict[str, str]:
    """Return for each page the last one through which all ways lead from where visits begin."""
    graph = nx.DiGraph(context.graph)
    graph.add_edges_from((START, page) for page in begun)
    return dict(nx.immediate_dominators(graph, START)) if begun else {}
