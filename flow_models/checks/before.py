"""What can happen before some transitions are taken, by which variables have been set so far.

Pages, ways and variables that are set grow together from where a visit begins. A way or an address that asks for what
a variable does not hold at first is closed until a way that sets it has been gone. What else a condition asks counts as
true: whether data can ever be so is known already of the ways that are looked at.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flow_models.checks.context import Context
from flow_models.checks.missing import shown_if
from flow_models.checks.possible import decided
from flow_models.checks.sessions import as_begun, parts_of, set_by
from flow_models.checks.trees import nodes
from flow_models.document.behaviour import Page, SetEffect, Transition
from flow_models.formulas import Node


@dataclass(eq=False)
class Before:
    """What there is before some transitions are taken.

    Attributes:
        pages: The pages that can be shown.
        entries: Those of them whose address opens.
        arrows: The transitions that can be taken.
        filled: The variables that can have been set.
    """

    pages: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    arrows: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)


class Way(NamedTuple):
    """A transition with the variables that have to be set before it, and those that it sets."""

    arrow: str
    to: str
    needs: frozenset[str]
    fills: frozenset[str]


class Ways(NamedTuple):
    """The ways of each page, and the variables that have to be set before its address opens."""

    of: dict[str, list[Way]]
    addresses: dict[str, frozenset[str]]


def before(context: Context, starts: Iterable[str], filled: Collection[str], without: Collection[str]) -> Before:
    """Return what can happen without some transitions, from some pages, with some variables set from the start."""
    flow, found = context.flow, Before(filled=set(filled))
    addresses = tuple((page.id, page.kind, page.open_by_url) for page in flow.pages)
    inputs = (context.live, flow.transitions, addresses, context.gates, context.data_shape)
    ways = context.kept("ways", inputs, lambda: _ways(context))
    frontier, grown = list(starts), -1
    while frontier or grown != len(found.filled):
        grown = len(found.filled)
        opened = [page for page, asked in ways.addresses.items() if asked <= found.filled]
        found.entries.update(opened)
        # A way that was closed may be open now.
        _go(found, {*frontier, *opened, *found.pages}, ways, without)
        frontier = []
    return found


def _go(found: Before, frontier: set[str], ways: Ways, without: Collection[str]) -> None:
    """Go on from some pages, and take all ways that are open."""
    seen: set[str] = set()
    while frontier:
        page = frontier.pop()
        seen.add(page)
        for way in ways.of.get(page, ()):
            if way.needs <= found.filled and way.arrow not in without:
                found.arrows.add(way.arrow)
                found.filled |= way.fills
                frontier |= {way.to} - seen - {""}
    found.pages |= seen


def _ways(context: Context) -> Ways:
    """Return the ways that can ever be gone."""
    of: dict[str, list[Way]] = {}
    for arrow in context.flow.transitions:
        pages = context.live.arrows.get(arrow.id, ())
        if pages:
            way = _way(context, arrow)
            for page in pages:
                of.setdefault(page, []).append(way)
    opening = (page for page in context.flow.pages if page.open_by_url.strip() and page.kind == "page")
    reached = (page for page in opening if page.id in context.reached)
    return Ways(of, {page.id: _asked_by(context, page) for page in reached})


def _way(context: Context, arrow: Transition) -> Way:
    """Return a transition as a way."""
    fills = frozenset(set_by(context, one) for one in arrow.do if isinstance(one, SetEffect))
    to = arrow.to if arrow.to in context.flow.pages_by_id else ""
    when, shown = context.formula(arrow, "when"), tuple(shown_if(context, arrow))
    if when is None and not shown:
        return Way(arrow.id, to, frozenset(), fills)
    trees = [*(() if when is None else (when,)), *(tree for group in shown for tree in group)]
    inputs = (when, shown, context.data_shape)
    return Way(arrow.id, to, context.kept(f"needs {arrow.id}", inputs, lambda: _asked(context, trees)), fills)


def _asked_by(context: Context, page: Page) -> frozenset[str]:
    """Return the variables that have to be set before the address of a page opens."""
    trees = parts_of(context, page)
    return context.kept(f"address {page.id}", (trees, context.data_shape), lambda: _asked(context, trees))


def _asked(context: Context, trees: Sequence[Node]) -> frozenset[str]:
    """Return the variables without which some conditions do not hold."""
    names = {str(node["name"]) for node in nodes(list(trees)) if node["op"] == "variable"}
    return frozenset(name for name in names if any(decided(as_begun(context, one, {name})) is False for one in trees))
