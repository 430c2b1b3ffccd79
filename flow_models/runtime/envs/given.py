"""What callers of environments hand over, taken as what was meant, or refused in words before anything has changed.

NumPy's own numbers and texts, and arrays without dimensions, stand for the values that they hold. A truth value is no
number, a text of bytes no text, and a fraction no position.
"""

from collections.abc import Mapping, Sequence
from math import inf
from operator import index
from typing import Any

import gymnasium as gym
import numpy as np

from .listing import BundleError


class RenderModeError(BundleError, TypeError):
    """An environment has no such render mode.

    It is a `TypeError` too, because that is what callers such as SB3's `make_vec_env`, which asks for `rgb_array`
    unless told otherwise, take for an answer, and then ask for none.
    """


def as_text(value: object) -> str | None:
    """Return a text as a plain one, None for everything else."""
    if type(value) is str:
        return value
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    return str(value) if isinstance(value, str) else None


def as_whole(value: object) -> int | None:
    """Return a whole number as a plain one, None for everything else."""
    if type(value) is int:
        return value
    if isinstance(value, bool | np.bool_) or (isinstance(value, np.ndarray) and value.dtype == np.bool_):
        return None
    try:
        return index(value)  # type: ignore[arg-type]  # it says itself whether it is one
    except TypeError:
        return None


def as_at_least(value: object, least: int, what: str) -> int:
    """Return a whole number that is not too small.

    Raises:
        BundleError: It is something else.
    """
    number = as_whole(value)
    if number is None or number < least:
        raise BundleError(f"{what} is a whole number from {least}, not {value!r}")
    return number


def as_names(value: object, what: str) -> tuple[str, ...]:
    """Return names, of which one may stand by itself.

    Raises:
        BundleError: They are no names.
    """
    alone = as_text(value)
    if alone is not None:
        return (alone,)
    listed = value.tolist() if isinstance(value, np.ndarray) else value
    names = tuple(listed) if isinstance(listed, Sequence | set | frozenset) else ()
    texts = [text for text in map(as_text, names) if text is not None]
    if not names or len(texts) < len(names):
        raise BundleError(f"{what} are given as a list of names, not as {value!r}")
    return tuple(texts)


def as_seed(value: object) -> int | None:
    """Return a seed; None for none.

    Raises:
        gymnasium.error.Error: It is no whole number from 0.
    """
    seed = as_whole(value)
    if value is not None and (seed is None or seed < 0):
        raise gym.error.Error(f"A seed is a whole number from 0, not {value!r}")
    return seed


def as_options(value: object) -> Mapping[str, Any]:
    """Return the options of a reset.

    Raises:
        BundleError: They are no mapping from names.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise BundleError(f"The options of reset are a dict such as {{'instance': 0}}, not {value!r}")
    return value


def as_mode(value: object, known: Sequence[str]) -> str | None:
    """Return a render mode; None for none.

    Raises:
        RenderModeError: There is no such mode.
    """
    mode = as_text(value)
    if value is not None and mode not in known:
        among = ", ".join(map(repr, (None, *known)))
        raise RenderModeError(f"There is no render mode {value!r}; there are {among}")
    return mode


def as_flag(value: object, what: str) -> bool:
    """Return a truth value.

    Raises:
        BundleError: It is none.
    """
    if not isinstance(value, bool | np.bool_):
        raise BundleError(f"{what} is True or False, not {value!r}")
    return bool(value)


def as_seconds(value: object, what: str) -> float:
    """Return a length of time in seconds.

    Raises:
        BundleError: It is no number above 0.
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number) or not 0 < value < inf:
        raise BundleError(f"{what} is a number of seconds above 0, not {value!r}")
    return float(value)


def as_action(value: object, count: int) -> int:
    """Return the number of an action.

    Raises:
        gymnasium.error.InvalidAction: It is no whole number from 0 to below `count`.
    """
    number = as_whole(value)
    if number is None or not 0 <= number < count:
        raise gym.error.InvalidAction(f"An action is a whole number from 0 to {count - 1}, not {value!r}")
    return number
