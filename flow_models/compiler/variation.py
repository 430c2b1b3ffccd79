"""The variation of a flow as programs write it: the values of each aspect, shared out between training and tests.

The shipped rule for what is held out is here, in `HELD_OUT` and in the looks themselves; a flow's axes say otherwise by
naming values. What the values do to the site is the runtime's business.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Final

import resources
from flow_models.compiler.formulas import Json
from flow_models.compiler.interruptions import conduct, interruptions
from flow_models.compiler.words import wording_of
from flow_models.document.flow import Flow
from flow_models.document.variation import Axis
from flow_models.runtime.machine.episodes.variation import NEW_WAYS, NEW_WORDINGS, PLAIN_VALUE, WAYS

ORDERS: Final = 40
"""Orders of what stands together."""

VALUES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "layout": {
        "navigation": ("side", "menu", "end"),
        "order": tuple(str(number) for number in range(1, ORDERS + 1)),
        "buttons": ("reversed", "above", "above_reversed"),
        "align": ("end", "wide"),
        "columns": ("two", "one"),
        "lists": ("table", "cards"),
        "labels": ("beside",),
    },
    "wording": {"wording": (WAYS, NEW_WAYS), "goal": ("wordings", NEW_WORDINGS)},
}
"""The values of the axes whose values are not resources; all of them can also be as drawn."""

HELD_OUT: Final = {
    "navigation": frozenset({"end"}),
    "order": frozenset(str(number) for number in range(33, ORDERS + 1)),
    "buttons": frozenset({"above_reversed"}),
    "align": frozenset({"wide"}),
    "columns": frozenset({"one"}),
    "lists": frozenset({"cards"}),
    "wording": frozenset({NEW_WAYS}),
    "goal": frozenset({NEW_WORDINGS}),
    "interruption": frozenset({"survey", "session"}),
    "conduct": frozenset({"expired"}),
}
"""What only tests see, by aspect, unless the flow says otherwise; of looks those that say so themselves."""


def variation_of(flow: Flow) -> Json:
    """Return a flow's variation as programs write it."""
    variation, looks = flow.variation, site_looks()
    new_looks = frozenset(name for name, look in looks.items() if look["is_held_out"])
    axes = {
        "look": _axis(variation.look, {"look": tuple(looks)}, {"look": new_looks}),
        "layout": _axis(variation.layout, VALUES["layout"], HELD_OUT),
        "wording": _axis(variation.wording, VALUES["wording"], HELD_OUT),
        "interruptions": _axis(variation.interruptions, {"interruption": tuple(interruptions())}, HELD_OUT),
        "conduct": _axis(variation.conduct, {"conduct": tuple(conduct())}, HELD_OUT),
        "data": {},
    }
    return {
        "axes": axes,
        **wording_of(flow),
        "looks": {name: look for name, look in looks.items() if name in _all_values(axes["look"])},
        "interruptions": interruptions(),
        "conduct": conduct(),
        "data": {"is_on": variation.data.is_on},
    }


@cache
def site_looks() -> dict[str, Json]:
    """Return the shipped looks of sites by name; nobody may change them."""
    paths = sorted(resources.path("looks", "sites").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def _axis(axis: Axis, values: dict[str, tuple[str, ...]], held_out: dict[str, frozenset[str]]) -> Json:
    """Return the values of an axis by aspect, none if it is off."""
    if not axis.is_on:
        return {}
    return {aspect: _aspect(axis, aspect, those, held_out, len(values)) for aspect, those in values.items()}


def _aspect(
    axis: Axis, aspect: str, values: Sequence[str], held_out: dict[str, frozenset[str]], aspects: int
) -> dict[str, list[str]]:
    """Return the values of an aspect for training and for tests; what the flow leaves out is in neither."""

    def named(value: str) -> str:
        return value if aspects == 1 else f"{aspect}.{value}"

    kept = [value for value in values if named(value) not in axis.left_out]
    if axis.held_out is None:
        new = held_out.get(aspect, frozenset())
    else:
        new = frozenset(value for value in kept if named(value) in axis.held_out)
    return {
        "train": [PLAIN_VALUE, *(value for value in kept if value not in new)],
        "held_out": [value for value in kept if value in new],
    }


def _all_values(axis: Json) -> frozenset[str]:
    """Return every value of an axis."""
    return frozenset(value for aspect in axis.values() for part in aspect.values() for value in part)
