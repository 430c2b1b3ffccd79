"""How few steps walks need at least that touch some things: a route inspection, for which every guard is thought away.

The way that passes every arrow of a network once and has to walk few arrows twice is known as route inspection, and
flows of least cost find it. The steps of a site are such arrows, but whether one can be made depends on data too, so
that the way found may not be playable. What it costs is still a bound: no walks that touch the same have fewer steps.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import networkx as nx

from flow_models.runtime.machine.base.behaviour import STAY, Transition
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.base.program import Program

from .coverage import Touch
from .outline import BY_ITSELF

_UNASKED: Final = BY_ITSELF | {"wait"}
"""Triggers of transitions that come with a step made for something else."""

_ANYWHERE: Final = ("anywhere",)
"""Where one is after a step whose end depends on more than the page: on any page, whichever serves best."""

_ADDRESS: Final = ("address",)
"""Where one is who opens an address, or goes back: on any page that has an address, for one step."""

Place = tuple[str, ...]


def least_steps(program: Program, touched: Iterable[Touch]) -> int:
    """Return a number of steps that no walks are below which together touch all of this; a new walk costs nothing."""
    wanted = tuple(touched)
    network = _network(program)
    demands: Counter[Place] = Counter()
    steps = 0
    for begin, end in _passed(program, wanted):
        steps += 1
        demands[begin] += 1
        demands[end] -= 1
    for place, amount in demands.items():
        network.nodes[place]["demand"] = amount
    return steps + _beside(program, wanted) + int(nx.min_cost_flow_cost(network))


def _network(program: Program) -> "nx.DiGraph[Place]":
    """Return the steps that may be made between places, as often as one likes, with what each costs."""
    network: nx.DiGraph[Place] = nx.DiGraph()
    network.add_edge(_ANYWHERE, _ADDRESS, weight=1)
    for page_id, page in program.pages.items():
        here = ("page", page_id)
        network.add_edge(_ANYWHERE, here, weight=0)
        network.add_edge(here, _ADDRESS, weight=1)
        if page.kind != "dialog":
            network.add_edge(_ADDRESS, here if _is_kept(program, page_id) else _ANYWHERE, weight=0)
        for start in _starts(program):
            network.add_edge(here, ("page", start), weight=0)
        for position in page.transitions:
            one = program.transitions[position]
            shared = ("arrow", one.id)
            network.add_edge(here, shared, weight=0)
            network.add_edge(shared, _end(program, one), weight=int(one.on.kind not in _UNASKED))
    return network


def _starts(program: Program) -> frozenset[str]:
    """Return the pages on which walks begin, and those to which one is led from there."""
    begun = {task.start or program.site.start for task in program.tasks.values()} or {program.site.start}
    return frozenset(begun) if all(_is_kept(program, page) for page in begun) else frozenset(program.pages)


def _end(program: Program, one: Transition) -> Place:
    """Return where a transition leads."""
    if one.to in program.pages and _is_kept(program, one.to):
        return "page", one.to
    return _ANYWHERE


def _is_kept(program: Program, page: str) -> bool:
    """Say whether who comes to a page stays there, since nothing leads on by itself."""
    arrows = (program.transitions[position] for position in program.pages[page].transitions)
    return all(one.to == STAY for one in arrows if one.on.kind in BY_ITSELF)


def _passed(program: Program, touched: Iterable[Touch]) -> Iterator[tuple[Place, Place]]:
    """Yield the steps that lead from page to page: each touches one of these things and no other."""
    arrows = {one.id: one for one in program.transitions}
    for touch in touched:
        here = ("page", touch.page)
        if touch.kind == "transition" and arrows[touch.element].on.kind not in _UNASKED:
            yield ("arrow", touch.element), _end(program, arrows[touch.element])
        elif touch.kind == "back":
            yield here, _ANYWHERE
        elif touch.kind == "reload":
            yield here, here if _is_kept(program, touch.page) else _ANYWHERE


def _beside(program: Program, touched: Iterable[Touch]) -> int:
    """Return how many steps are made where one is: filling fields on which no arrow waits, and sending what is bad."""
    waited_for = {one.on.block for one in program.transitions}
    filled = {
        block.id
        for page in program.pages.values()
        for block in walk(page.blocks)
        if isinstance(block, FieldBlock)
        and not block.begins_filled
        and block.initial is None
        and block.id not in waited_for
    }
    known = tuple(touched)
    return sum(one.kind == "good" and one.element in filled for one in known) + len(
        {one.page for one in known if one.kind == "bad"}
    )
