"""Edits of how a flow varies: axes on and off, values that tests alone see or nobody sees, and ways to say texts.

Which values an axis has, and which the shipped rule holds out, is not known here: the compiler knows, and callers say.
"""

from collections.abc import Collection
from typing import Literal

from flow_models.document.flow import Flow
from flow_models.document.variation import Axis, Synonyms, Variation

Part = Literal["training", "tests", "never"]
"""Who sees a value: training (and tests of other axes), tests alone, or nobody."""


def axis_of(variation: Variation, name: str) -> Axis:
    """Return one axis by its name.

    Raises:
        KeyError: There is no such axis.
    """
    axis = getattr(variation, name, None)
    if not isinstance(axis, Axis):
        raise KeyError(name)
    return axis


def part_of_value(axis: Axis, value: str, shipped: Collection[str]) -> Part:
    """Return who sees a value; `shipped` are the values that the shipped rule holds out."""
    if value in axis.left_out:
        return "never"
    held_out = shipped if axis.held_out is None else axis.held_out
    return "tests" if value in held_out else "training"


def switch_axis(flow: Flow, name: str, is_on: bool) -> Flow:
    """Return the flow with an axis switched on or off; what was said about its values stays."""
    return _with_axis(flow, name, axis_of(flow.variation, name).rebuilt(is_on=is_on))


def place_values(flow: Flow, name: str, values: Collection[str], part: Part, shipped: Collection[str]) -> Flow:
    """Return the flow in which training, tests alone or nobody sees some values of an axis.

    Args:
        flow: The flow.
        name: The axis.
        values: The values, as the flow writes them.
        part: Who sees them.
        shipped: The values that the shipped rule holds out; an axis that ends with these says nothing of its own.
    """
    axis = axis_of(flow.variation, name)
    left_out = (*_without(axis.left_out, values), *(values if part == "never" else ()))
    held_out = tuple(shipped if axis.held_out is None else axis.held_out)
    if part == "tests":
        held_out += _without(values, held_out)
    elif part == "training":
        held_out = _without(held_out, values)
    is_shipped = set(held_out) == set(shipped)
    return _with_axis(flow, name, axis.rebuilt(left_out=left_out, held_out=None if is_shipped else held_out))


def bring_back(flow: Flow, name: str, values: Collection[str]) -> Flow:
    """Return the flow in which values that nobody saw are seen again, by whom it was before."""
    axis = axis_of(flow.variation, name)
    return _with_axis(flow, name, axis.rebuilt(left_out=_without(axis.left_out, values)))


def reset_axis(flow: Flow, name: str) -> Flow:
    """Return the flow in which the shipped rule decides about all values of an axis."""
    return _with_axis(flow, name, axis_of(flow.variation, name).rebuilt(left_out=(), held_out=None))


def synonyms_of(flow: Flow, text: str) -> Synonyms:
    """Return what the flow says of its own about a text; nothing yet if it does not."""
    return next((one for one in flow.variation.synonyms if one.text == text), Synonyms(text=text))


def with_synonyms(flow: Flow, synonyms: Synonyms) -> Flow:
    """Return the flow with other ways to say one text; what says nothing is not kept."""
    says_something = synonyms.ways or synonyms.held_out or synonyms.is_alone
    others = [one for one in flow.variation.synonyms if one.text != synonyms.text]
    if says_something:
        texts = [one.text for one in flow.variation.synonyms]
        others.insert(texts.index(synonyms.text) if synonyms.text in texts else len(others), synonyms)
    return flow.rebuilt(variation=flow.variation.rebuilt(synonyms=tuple(others)))


def _without(values: Collection[str], others: Collection[str]) -> tuple[str, ...]:
    """Return values without others, in their order."""
    return tuple(value for value in values if value not in others)


def _with_axis(flow: Flow, name: str, axis: Axis) -> Flow:
    return flow.rebuilt(variation=flow.variation.rebuilt(**{name: axis}))
