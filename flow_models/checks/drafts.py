"""Does a variable that is called like a field get what is typed there, on its way to where it is stored?

A form of several steps keeps what is typed in variables. One that is called like a field, perhaps with a word before
it (*draft_amount*), should not get it with something done to it, nor what is typed in another field.
"""

from collections.abc import Iterator
from typing import NamedTuple

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label
from flow_models.checks.mismatches import reckoned
from flow_models.checks.problem import Problem, SetValue, fix, problem
from flow_models.document.behaviour import SetEffect, Transition
from flow_models.document.data import Variable
from flow_models.document.elements import Element
from flow_models.formulas import Node


class Kept(NamedTuple):
    """What a transition puts into a variable.

    Attributes:
        place: Where the formula stands.
        source: The formula as it is written.
        variable: The variable.
        tree: The formula.
    """

    place: Element
    source: str
    variable: Variable
    tree: Node

    @property
    def title(self) -> str:
        """What the variable is called."""
        return self.variable.title or self.variable.name

    @property
    def field(self) -> str:
        """The field that is put there as it is, empty if it is something else."""
        return str(self.tree["name"]) if self.tree["op"] == "field" else ""

    def is_called(self, field: str) -> bool:
        """Say whether the variable is called like a field."""
        return self.variable.name == field or self.variable.name.endswith(f"_{field}")


def problems(context: Context, arrow: Transition) -> Iterator[Problem]:
    """Yield the variables that get a field with something done to it, and of two that trade theirs the first."""
    every = tuple(_every(context, arrow))
    for kept in every:
        of = reckoned(kept.tree)
        if of is not None and of["op"] == "field" and kept.is_called(str(of["name"])):
            mending = fix("as_it_is", SetValue(kept.place, f"field.{of['name']}"))
            words = {"arrow": arrow_label(context.flow, arrow), "column": kept.title, "formula": kept.source}
            yield problem("mismatch.altered", "warning", kept.place, fix=mending, **words)
    yield from (_problem(context, arrow, *pair) for pair in list(_misplaced(every))[:1])


def _every(context: Context, arrow: Transition) -> Iterator[Kept]:
    """Yield what a transition puts into variables, as far as it can be read."""
    for index, effect in enumerate(arrow.do):
        place = Element("transition", arrow.id, f"do.{index}.value")
        variable = context.flow.variables_by_id.get(effect.variable) if isinstance(effect, SetEffect) else None
        tree = context.formula(arrow, place.field) if variable is not None else None
        if variable is not None and tree is not None and isinstance(effect, SetEffect):
            yield Kept(place, effect.value, variable, tree)


def _misplaced(every: tuple[Kept, ...]) -> Iterator[tuple[Kept, Kept]]:
    """Yield what gets a field that belongs to another variable, with this one, which gets yet another field."""
    for kept in every:
        own = [one for one in every if one.is_called(kept.field)] if kept.field else []
        if len(own) == 1 and own[0] is not kept and own[0].field and not own[0].is_called(own[0].field):
            yield kept, own[0]


def _problem(context: Context, arrow: Transition, kept: Kept, own: Kept) -> Problem:
    label = arrow_label(context.flow, arrow)
    return problem("mismatch.kept", "warning", kept.place, arrow=label, own=own.title, column=kept.title)
