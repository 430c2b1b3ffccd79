"""The parts of a flow as the machine reads them, one by one: what estimates of work are made from.

A broken part is left out here; other checks say what is wrong with it.
"""

from typing import Any

from flow_models.compiler.behaviour import BehaviourCompiler
from flow_models.compiler.data import DataCompiler
from flow_models.compiler.formulas import FormulaTrees
from flow_models.compiler.names import Names
from flow_models.compiler.pages import PageCompiler
from flow_models.compiler.problems import BrokenPartError, LeftOut
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.places import Owner, places_of
from flow_models.document.scopes import Scopes
from flow_models.document.tasks import Task
from flow_models.runtime.machine.base import behaviour, program

Part = program.Page | program.Section | behaviour.Transition | behaviour.Task


def part_of(scopes: Scopes, part: Owner) -> Part | None:
    """Return a page, section, transition or task of a flow as the machine reads it; None if it is broken or other."""
    try:
        return _read(scopes, part)
    except BrokenPartError:
        return None


def _read(scopes: Scopes, part: Owner) -> Part | None:
    """Return a part.

    Raises:
        BrokenPartError: Something that it names is not there, or a formula has a mistake.
    """
    flow, trees, names = scopes.flow, FormulaTrees(places_of(scopes, part)), Names(scopes.flow)
    left_out: list[LeftOut] = []
    arrows = BehaviourCompiler(flow, trees, names)
    match part:
        case Page():
            written = PageCompiler(trees, names, left_out).page(part, None)
            return program.Page.read({**written, "open_by_url": written["open_by_url"] is True, "transitions": []})
        case Section():
            return program.Section.read({**PageCompiler(trees, names, left_out).section(part), "site": ""})
        case Transition():
            return behaviour.Transition.read(arrows.transition(part, _Anything()))
        case Task():
            return behaviour.Task.read(DataCompiler(flow, trees, names, arrows, left_out).task(part))
        case _:
            return None


class _Anything(frozenset[Any]):
    """A set in which everything is: whether a transition's block is there is asked elsewhere."""

    def __contains__(self, item: object) -> bool:
        return True
