"""Finds places worth comparing: every page of a program that some event leads to, with and without messages."""

import random
from typing import Any

from flow_models.runtime.machine import DrawError, Episode, Event, Machine, View
from flow_models.runtime.machine.pages.view import Button, Control, Field

Place = dict[str, Any]
"""A name, and the task, seed and events that lead there."""


def places(machine: Machine, *, episodes: int = 25, length: int = 40) -> list[Place]:
    """Return one place for each look of a page (plain, with validation messages, with notices) found by random play."""
    found: dict[str, Place] = {}
    for task in machine.tasks:
        for seed in range(episodes):
            try:
                start = machine.draw(task, seed)
            except DrawError:
                continue
            rng = random.Random(f"{task} {seed}")
            episode = Episode(machine, start)
            while not episode.end_reason and episode.steps < length:
                name = _look(episode.view)
                if name not in found:
                    events = [list(event) for event in episode.log]
                    found[name] = {"name": name, "task": task, "seed": seed, "events": events}
                episode.step(_some_event(episode.view, list(map(str, start.parameters.values())), rng))
    return [found[name] for name in sorted(found)]


def _look(view: View) -> str:
    """Return the name of what a page looks like."""
    shown = view.dialog or view
    marks = [mark for mark, is_on in (("errors", shown.errors), ("notices", shown.notices or view.notices)) if is_on]
    return " ".join([shown.page or "not found", *marks])


def _some_event(view: View, texts: list[str], rng: random.Random) -> Event:
    """Return a random event on a page: fields are mostly filled before something is used."""
    controls = view.controls()
    if not controls or rng.random() < 0.03:
        return Event("goto", value="/nowhere")
    fields = [control for control in controls if isinstance(control, Field) and not control.text]
    if fields and rng.random() < 0.7:
        return _filled(rng.choice(fields), texts, rng)
    return _used(rng.choice(controls), texts, rng)


def _used(control: Control, texts: list[str], rng: random.Random) -> Event:
    """Return the event of using a control."""
    if isinstance(control, Field):
        return _filled(control, texts, rng)
    if isinstance(control, Button) and not control.enabled:
        return Event("noop")
    return Event("use", control.id, control.row)


def _filled(field: Field, texts: list[str], rng: random.Random) -> Event:
    """Return the event that gives a field some value."""
    if field.kind == "checkbox":
        return Event("check", field.id)
    if field.kind == "choice_field":
        return Event("select", field.id, value=rng.choice(field.options)[0]) if field.options else Event("noop")
    return Event("fill", field.id, value=rng.choice([*texts, "12.50", "250", "2027-03-20", "Ana", "x"]))
