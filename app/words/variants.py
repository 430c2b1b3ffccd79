"""Variation in words: what axes, aspects and values are called, and what a variant looks like in a line.

All panels word them the same way through this module.
"""

from collections.abc import Mapping

import resources
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.variant import PLAIN, Variant

NUMBERED = ("order", "wording", "goal")
"""Aspects whose values are numbers without names of their own."""

LOOKING = ("look", "navigation", "lists", "columns", "labels", "align", "buttons", "order")
"""Aspects that one sees on every page, what strikes most first."""

OTHER = ("wording", "goal", "interruption", "conduct")


def axis_title(axis: str) -> str:
    """Return what an axis is called, such as "Look"."""
    return resources.text(f"variation.axis.{axis}.title")


def axis_words(axis: str) -> str:
    """Return what may differ along an axis, and who sees that."""
    return resources.text(f"variation.axis.{axis}.words")


def value_words(aspect: str, value: str, looks: Mapping[str, str] = {}) -> str:
    """Return what a value of an aspect is called: "Navigation at the side".

    Args:
        aspect: A field of `Variant`.
        value: One of its values, or `varied` where they are mere numbers.
        looks: The titles of looks by name.
    """
    if aspect == "look":
        return looks.get(value, value)
    message_id = f"variation.value.{aspect}.{value}"
    return resources.text(message_id) if message_id in resources.catalogue() else value.replace("_", " ").capitalize()


def described(variant: Variant, looks: Mapping[str, str] = {}) -> str:
    """Return a variant in a line: "Harbour, navigation at the side, cards"; "As drawn" if it is plain."""
    return _joined(_parts(variant, (*LOOKING, *OTHER), looks))


def caption(variant: Variant, looks: Mapping[str, str] = {}) -> str:
    """Return what strikes the eye in a variant, in a short line."""
    return _joined(_parts(variant, LOOKING[:6], looks))


def looks_of(program: Program) -> dict[str, str]:
    """Return the titles of a program's looks by name."""
    return {name: look.title for name, look in program.variation.looks.items()}


def _parts(variant: Variant, aspects: tuple[str, ...], looks: Mapping[str, str]) -> list[str]:
    parts = []
    for aspect in aspects:
        value = getattr(variant, aspect)
        if value == getattr(PLAIN, aspect):
            continue
        if aspect in NUMBERED:
            is_new = (aspect == "wording" and variant.new_words) or (aspect == "goal" and variant.new_goal)
            parts.append(resources.text(f"variation.short.{aspect}{'_new' if is_new else ''}"))
        else:
            short = f"variation.short.{aspect}.{value}"
            known = short in resources.catalogue()
            parts.append(resources.text(short) if known else value_words(aspect, value, looks))
    return parts


def _joined(parts: list[str]) -> str:
    """Return parts as one line that begins with a capital letter."""
    line = ", ".join(parts) or resources.text("variation.as_drawn")
    return line[:1].upper() + line[1:]
