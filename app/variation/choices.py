"""What can be chosen along each axis: values as the flow writes them, and what the shipped rule does with them. No Qt.

Aspects whose values are mere numbers, such as the order of things, are one choice: it varies or it does not.
"""

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from app.words.variants import NUMBERED, value_words
from flow_models.compiler.variation import site_looks, variation_of
from flow_models.document.edits.variation import Part, axis_of, part_of_value
from flow_models.document.flow import Flow
from flow_models.document.variation import Variation
from flow_models.runtime.machine.base.appearance import AspectValues
from flow_models.runtime.machine.base.appearance import Variation as Varied

PLAIN = "plain"


class Choice(NamedTuple):
    """One thing to decide along an axis.

    Attributes:
        aspect: The aspect that it belongs to.
        name: The value's own name; empty for all values of a numbered aspect together.
        title: What it is called.
        values: The values, as the flow writes them.
        shipped: Those that the shipped rule holds out.
    """

    aspect: str
    name: str
    title: str
    values: tuple[str, ...]
    shipped: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it is about all values of an aspect, which training and tests share out by the shipped rule."""
        return not self.name


class Counts(NamedTuple):
    """How many values, or variants, training sees and tests alone see."""

    training: int
    tests: int


@cache
def choices(axis: str) -> tuple[Choice, ...]:
    """Return what can be decided along an axis, in the order of its aspects."""
    aspects = _axes(Variation())[axis]
    found: list[Choice] = []
    for aspect, listed in aspects.items():
        named = {
            value: value if len(aspects) == 1 else f"{aspect}.{value}"
            for value in (*listed.train, *listed.held_out)
            if value != PLAIN
        }
        shipped = tuple(named[value] for value in listed.held_out)
        if aspect in NUMBERED:
            found.append(Choice(aspect, "", value_words(aspect, "varied"), tuple(named.values()), shipped))
            continue
        for value, name in named.items():
            title = value_words(aspect, value, look_titles())
            found.append(Choice(aspect, value, title, (name,), tuple({name} & set(shipped))))
    return tuple(found)


def shipped_of(axis: str) -> tuple[str, ...]:
    """Return all values of an axis that the shipped rule holds out."""
    return tuple(value for choice in choices(axis) for value in choice.shipped)


def part_of(flow: Flow, axis: str, choice: Choice) -> Part:
    """Return who sees what a choice is about."""
    said = axis_of(flow.variation, axis)
    if choice.is_whole:
        return "never" if set(choice.values) <= set(said.left_out) else "training"
    return part_of_value(said, choice.values[0], shipped_of(axis))


def is_own(flow: Flow, axis: str) -> bool:
    """Say whether a flow decides about values of an axis in place of the shipped rule."""
    said = axis_of(flow.variation, axis)
    return bool(said.left_out) or said.held_out is not None


def counts(flow: Flow, axis: str) -> Counts:
    """Return how many values of an axis training sees and tests alone see, without the site as drawn."""
    aspects = _axes(flow.variation)[axis].values()
    train = sum(sum(value != PLAIN for value in aspect.train) for aspect in aspects)
    return Counts(train, sum(len(aspect.held_out) for aspect in aspects))


def variants(flow: Flow) -> Counts:
    """Return how many variants training sees, and how many more there are with what tests alone see; words apart."""
    aspects = [
        aspect
        for axis, those in _axes(flow.variation).items()
        if axis != "wording"
        for aspect in those.values()
        if aspect.train or aspect.held_out
    ]
    training = math.prod(len(aspect.train) for aspect in aspects)
    everything = math.prod(len(aspect.train) + len(aspect.held_out) for aspect in aspects)
    return Counts(training, everything - training)


@cache
def look_titles() -> dict[str, str]:
    """Return the titles of the shipped looks by name."""
    return {name: str(look["title"]) for name, look in site_looks().items()}


def swatch_of(name: str) -> tuple[str, str]:
    """Return the colours of a look's page and brand as CSS writes them."""
    properties = site_looks()[name]["properties"]
    return str(properties.get("page", "#ffffff")), str(properties.get("brand", "#888888"))


@lru_cache(maxsize=8)
def _axes(variation: Variation) -> Mapping[str, Mapping[str, AspectValues]]:
    """Return the values of all axes in a program, which follow from what a flow says about variation."""
    return Varied.read(variation_of(Flow(id="axes", variation=variation.rebuilt(synonyms=())))).axes
