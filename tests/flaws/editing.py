"""Edits that break flows, and a small one that several cases break."""

from flow_models.document.base import Formula
from flow_models.document.behaviour import Page, Transition
from flow_models.document.edits.pages import add_page
from flow_models.document.edits.tasks import add_task
from flow_models.document.edits.transitions import add_transition, remove_transitions
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task
from tests.flaws.table import Edit, edits, sets
from tests.flow_models.builders import arrow, button, flow, link, page, task, variable
from tests.flow_models.builders import sets as set_to


def adding(*parts: Page | Task | Transition) -> Edit:
    """Return the edit that adds pages and transitions at the end."""

    def edit(now: Flow) -> Flow:
        for part in parts:
            if isinstance(part, Page):
                now = add_page(now, part)
            else:
                now = add_task(now, part) if isinstance(part, Task) else add_transition(now, part)
        return now

    return edit


def without(*arrows: str) -> Edit:
    """Return the edit that takes transitions away."""
    return lambda now: remove_transitions(now, set(arrows))


def without_effects(name: str, *places: int) -> Edit:
    """Return the edit that takes effects of a transition away."""

    def edit(now: Flow) -> Flow:
        kept = [one for place, one in enumerate(now.transitions_by_id[name].do) if place not in places]
        return sets("transition", name, "do", tuple(kept))(now)

    return edit


def swapped(one: str, other: str) -> Edit:
    """Return the edit that lets two transitions trade their triggers."""

    def edit(now: Flow) -> Flow:
        first, second = now.transitions_by_id[one].on, now.transitions_by_id[other].on
        return edits(sets("transition", one, "on", second), sets("transition", other, "on", first))(now)

    return edit


def goes(name: str, when: Formula) -> Edit:
    """Return the edit that gives a transition a condition."""
    return sets("transition", name, "when", when)


def at(name: str, path: str = "") -> Element:
    """Return a field of a transition."""
    return Element("transition", name, path)


DOORS = flow(
    page("hall", link("enter"), link("unlock"), button("gate", show_if="key == 'gold'")),
    page("vault", link("back")),
    page("garden", link("leave")),
    variable("key", "text", "iron"),
    arrow("hall", "vault", use="enter", when="key != 'iron'"),
    arrow("hall", use="unlock", do=(set_to("key", "'gold'"),), notice="Unlocked."),
    arrow("hall", use="enter", notice="Locked.", name="locked"),
    arrow("vault", "hall", use="back"),
    arrow("hall", "garden", use="gate"),
    arrow("garden", "hall", use="leave"),
    task("look", answer="key"),
)
"""A vault behind a key."""
