"""What lies inside a part of a flow by its path: names of fields, numbers of items and keys, such as `do.0.value`."""

from collections.abc import Sequence
from typing import TypeVar, cast

from flow_models.document.base import Model

_Value = TypeVar("_Value")


def inside(value: object, steps: Sequence[str]) -> object:
    """Return what lies at a path inside a value.

    Raises:
        KeyError: There is no such field, item or key.
    """
    for step in steps:
        if isinstance(value, Model) and step in type(value).model_fields:
            value = getattr(value, step)
        elif isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, tuple) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            raise KeyError(step)
    return value


def with_inside(value: _Value, steps: Sequence[str], new: object) -> _Value:
    """Return a value rebuilt with something new at the end of a path; a mapping may lack its last key.

    Raises:
        KeyError: There is no such field, item or key on the way.
        pydantic.ValidationError: The new value does not have the shape of its field.
    """
    return cast("_Value", _with_inside(value, steps, new))


def _with_inside(value: object, steps: Sequence[str], new: object) -> object:
    if not steps:
        return new
    step, rest = steps[0], steps[1:]
    if isinstance(value, dict) and not rest:
        return {**value, step: new}
    inner = _with_inside(inside(value, [step]), rest, new)
    if isinstance(value, Model):
        return value.rebuilt(**{step: inner})
    if isinstance(value, dict):
        return {**value, step: inner}
    position, items = int(step), cast("tuple[object, ...]", value)
    return (*items[:position], inner, *items[position + 1 :])
