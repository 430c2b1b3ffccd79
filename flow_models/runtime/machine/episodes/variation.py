"""Drawing variants: from a program's axes and a seed to one appearance of the site.

A program lists for each aspect (a field of `Variant`) the values that training sees and those held out, as texts:

    {"axes": {AXIS: {ASPECT: {"train": ["plain", ...], "held_out": [...]}}}, ...}

`plain` is the site as drawn. The values of `order` are numbers as texts; `wording` knows `ways` and `new_ways`, `goal`
knows `wordings` and `new_wordings`, whose numbers are drawn. A variant follows from the program and a seed alone, and
each aspect from bits of its own, so that another value of one aspect never shifts the others.
"""

import struct
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

from ..base.appearance import AspectValues
from ..base.errors import ProgramError
from ..base.program import Program
from ..base.variant import PLAIN, Variant

AXES: Final[Mapping[str, tuple[str, ...]]] = {
    "look": ("look",),
    "layout": ("navigation", "order", "buttons", "align", "columns", "lists", "labels"),
    "wording": ("wording", "goal"),
    "interruptions": ("interruption",),
    "conduct": ("conduct",),
}
"""The aspects of each axis that a variant decides; held-out data belongs to instances, see `splits`."""

AXIS_OF: Final = {aspect: axis for axis, aspects in AXES.items() for aspect in aspects}
ASPECTS: Final = tuple(AXIS_OF)

STYLED: Final = frozenset({"look", "align", "columns", "labels"})
"""The aspects that only pixels and HTML show: they are the style sheet's business."""

STYLED_VALUES: Final = frozenset({("navigation", "side")})
"""The same of single values of other aspects."""

BETWEEN: Final = frozenset({"interruption", "conduct"})
"""The aspects that the symbolic interface shows: what comes between."""

LIGHT: Final = STYLED | {"wording", "goal"}
"""The aspects of the light variation: what needs no other way through the site, and leaves everything at its place."""

PLAIN_VALUE: Final = "plain"
WAYS: Final = "ways"
NEW_WAYS: Final = "new_ways"
NEW_WORDINGS: Final = "new_wordings"

_PARTS: Final = {"wording": (1, 3), "goal": (1, 3), "interruption": (1, 1), "conduct": (2, 1)}
"""How often training sees the site as drawn, and how often otherwise, where that is not one value like any other."""

_NUMBERS: Final = struct.Struct("<16I")
_WORDINGS: Final = 2**20

Variation = str | Mapping[str, Any]
"""`none`, `light`, `full`, or a mapping from axes (to True or False) and aspects (to a value or a list of values)."""


class Variants:
    """The variants that an environment draws.

    Args:
        program: The compiled flow.
        variation: What may differ from the site as drawn.
        held_out: The axes that take held-out values only; where there are none, those of training.

    Raises:
        ProgramError: The program has no such axis, aspect or value.
    """

    def __init__(self, program: Program, variation: Variation = "full", held_out: frozenset[str] = frozenset()) -> None:
        unknown = held_out - set(program.variation.axes)
        if unknown:
            raise ProgramError(f"there is no axis of variation {min(unknown)!r}")
        self._values = _chosen_values(program, variation, held_out)
        self.is_plain = all(values == (PLAIN_VALUE,) for values in self._values.values())
        numbers = tuple(int(value) if value != PLAIN_VALUE else 0 for value in self._values["order"])
        self._choices: list[tuple[tuple[Any, ...], int]] = []
        for aspect, values in self._values.items():
            shown = tuple("" if value == PLAIN_VALUE else value for value in values)
            self._choices.append((numbers if aspect == "order" else shown, len(values)))

    def draw(self, seed: int) -> Variant:
        """Return the variant of a seed."""
        if self.is_plain:
            return PLAIN
        numbers = _NUMBERS.unpack(blake2b(b"variant\0%d" % seed, digest_size=64).digest())
        look, navigation, order, buttons, align, columns, lists, labels, wording, goal, interruption, conduct = [
            values[number * count >> 32] for (values, count), number in zip(self._choices, numbers, strict=False)
        ]
        return Variant(
            seed,
            look,
            navigation,
            order,
            buttons,
            align,
            columns,
            lists,
            labels,
            1 + numbers[12] % _WORDINGS if wording else 0,
            wording == NEW_WAYS,
            1 + numbers[13] % _WORDINGS if goal else 0,
            goal == NEW_WORDINGS,
            interruption,
            conduct,
        )


def draw(program: Program, seed: int, variation: Variation = "full", held_out: frozenset[str] = frozenset()) -> Variant:
    """Return the variant of a seed; for many of them keep `Variants`.

    Raises:
        ProgramError: The program has no such axis, aspect or value.
    """
    return Variants(program, variation, held_out).draw(seed)


def named(program: Program, fields: Mapping[str, Any]) -> Variant:
    """Return the variant that a mapping of its fields describes; fields that are left out are as drawn.

    Raises:
        ProgramError: There is no such field, or no such value.
    """
    for field, value in fields.items():
        if not isinstance(field, str) or field not in Variant._fields:
            raise ProgramError(f"a variant has no {field!r}; it has {', '.join(Variant._fields)}")
        default = getattr(PLAIN, field)
        if type(value) is not type(default):
            raise ProgramError(f"{field!r} of a variant must be of type {type(default).__name__}, not {value!r}")
        if isinstance(value, str) and value and value not in values_of(program, field):
            known = ", ".join(values_of(program, field)) or "none"
            raise ProgramError(f"this site has no {field} {value!r}; there are: {known}")
    return Variant(**fields)


def values_of(program: Program, aspect: str) -> tuple[str, ...]:
    """Return all values of an aspect but `plain`, those of training first."""
    found = program.variation.axes.get(AXIS_OF[aspect], {}).get(aspect, AspectValues())
    return tuple(value for value in (*found.train, *found.held_out) if value != PLAIN_VALUE)


def is_shown(aspect: str, value: str, interface: str) -> bool:
    """Say whether an interface (`text`, `symbolic`, or one of pixels) shows a value of an aspect."""
    if interface == "symbolic":
        return aspect in BETWEEN
    return interface != "text" or not (aspect in STYLED or (aspect, value) in STYLED_VALUES)


def with_value(aspect: str, value: str, seed: int) -> Variant:
    """Return the variant in which one aspect has a value and everything else is as drawn."""
    number = 1 + seed % _WORDINGS
    fields: dict[str, Any] = {aspect: value}
    match aspect:
        case "order":
            return PLAIN._replace(seed=seed, order=int(value))
        case "wording":
            return PLAIN._replace(seed=seed, wording=number, new_words=value == NEW_WAYS)
        case "goal":
            return PLAIN._replace(seed=seed, goal=number, new_goal=value == NEW_WORDINGS)
        case _:
            return PLAIN._replace(seed=seed, **fields)


def _chosen_values(program: Program, variation: Variation, held_out: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return for each aspect the values among which a variant chooses, each as often as it is wanted."""
    axes = program.variation.axes
    wanted = _wanted(program, variation)
    found: dict[str, tuple[str, ...]] = {}
    for aspect in ASPECTS:
        axis = AXIS_OF[aspect]
        listed = axes.get(axis, {}).get(aspect)
        choice = wanted.get(aspect)
        if listed is None or choice is None:
            found[aspect] = (PLAIN_VALUE,)
        elif choice is not True:
            found[aspect] = tuple(choice)
        elif axis in held_out and listed.held_out:
            found[aspect] = listed.held_out
        else:
            found[aspect] = _weighted(aspect, listed.train)
    return found


def _weighted(aspect: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return the values of training, with the site as drawn as often as it is wanted."""
    others = tuple(value for value in values if value != PLAIN_VALUE)
    if aspect not in _PARTS or not others or len(others) == len(values):
        return tuple(values)
    plain, other = _PARTS[aspect]
    return (PLAIN_VALUE,) * (plain * len(others)) + others * other


def _wanted(program: Program, variation: Variation) -> dict[str, Any]:
    """Return for each aspect that may differ True, or the values that were asked for.

    Raises:
        ProgramError: There is no such variation, axis, aspect or value.
    """
    if not isinstance(variation, str | Mapping):
        raise ProgramError(f"there is no variation {variation!r}; there are 'none', 'light' and 'full', and mappings")
    match variation:
        case "none":
            return {}
        case "light":
            return dict.fromkeys(LIGHT, True)
        case "full":
            return dict.fromkeys(ASPECTS, True)
        case str():
            raise ProgramError(f"there is no variation {variation!r}; there are 'none', 'light' and 'full'")
    found: dict[str, Any] = {}
    for name, value in variation.items():
        if name in AXES and isinstance(value, bool):
            found |= dict.fromkeys(AXES[name] if value else (), True)
        elif name in AXIS_OF and isinstance(value, str | int | Sequence) and not isinstance(value, bool):
            values = [str(value)] if isinstance(value, str | int) else [str(one) for one in value]
            unknown = set(values) - {PLAIN_VALUE, *values_of(program, name)}
            if unknown or not values:
                raise ProgramError(f"this site has no {name} {min(unknown, default='')!r}")
            found[name] = values
        else:
            raise ProgramError(f"there is no axis or aspect of variation {name!r} that could be {value!r}")
    return found
