"""What is done in one step, in the words of the page on which it is done: "Typed “12.00” into Amount"."""

import resources
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.base import formats
from flow_models.runtime.machine.base.values import read_date, read_time
from flow_models.runtime.machine.pages.view import Field, View


def called(view: View, event: Event) -> tuple[str, str]:
    """Return what the control of an event is called on the page, and what the chosen option is called."""
    control = view.control(event.block, event.row) if event.block else None
    if control is None:
        return "", ""
    if not isinstance(control, Field):
        return control.text, ""
    places = ((place.key, place.label) for _, line in control.grid for place in line)
    return control.title, dict((*control.options, *places)).get(event.value, "") if event.kind == "select" else ""


def done(event: Event, target: str, choice: str, locale: str) -> str:
    """Return what was done in a step: "Clicked “Sign in”"; days and times as the site writes them.

    Args:
        event: The step.
        target: What its control is called.
        choice: What the chosen option is called.
        locale: The language tag of the site's texts.
    """
    kind = "clear" if event.kind == "fill" and not event.value else event.kind
    return resources.text(f"preview.step.{kind}", target=target, value=choice or as_written(event.value, locale))


def as_written(typed: str, locale: str) -> str:
    """Return what was typed; what is a day or a time for a browser as the site writes it."""
    day, clock = read_date(typed), read_time(typed)
    if day is not None:
        return formats.date(day, locale)
    return typed if clock is None else formats.time(clock, locale)
