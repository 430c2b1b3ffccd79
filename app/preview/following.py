"""Doing in a variant what was done on the site as drawn, or in another variant: what stands in the way is removed.

No Qt and no threads here.
"""

from collections.abc import Mapping
from typing import Final, Literal, Protocol

from flow_models.runtime.machine import Event, State
from flow_models.runtime.machine.pages.clearing import first_to_do, way_on
from flow_models.runtime.machine.pages.interruptions import GOES_ON, INTERRUPTION, PAUSE
from flow_models.runtime.machine.pages.uses import Code, refusal
from flow_models.runtime.machine.pages.view import Menu, View

MOST_FIRST: Final = 4
"""So many things are removed before an event."""

Misfit = Literal["gone", "disabled", "option", "ended", "refused", "data"]

_MISFITS: Final[Mapping[Code, Misfit]] = {
    "absent": "gone",
    "inert": "gone",
    "disabled": "disabled",
    "not_offered": "option",
}
"""What of the machine's reasons is told before an event is done; of the others the step itself tells."""


class Visit(Protocol):
    """An episode, or what goes through a site without one."""

    @property
    def view(self) -> View:
        """What the page shows."""

    @property
    def state(self) -> State:
        """The present state."""

    @property
    def end_reason(self) -> str:
        """Why it has ended, empty while it runs."""

    def step(self, event: Event) -> object:
        """Do one event."""


def make_way(visit: Visit, event: Event) -> None:
    """Do what has to be done before an event can be done here, such as opening the menu in which its link is."""
    for _ in range(MOST_FIRST):
        first = None if visit.end_reason else first_to_do(visit.view, event)
        if first is None:
            return
        visit.step(first)


def let_through(visit: Visit, event: Event) -> None:
    """Bring an event through that was done just now, if the site holds it back."""
    for _ in range(MOST_FIRST):
        if visit.end_reason or visit.state.interference.held is None:
            return
        onward = way_on(visit.view)
        if onward is None:
            return
        visit.step(onward)
        if onward.row not in GOES_ON and not visit.end_reason:
            visit.step(event)


def follow(visit: Visit, event: Event) -> bool:
    """Do an event that was done elsewhere; say whether that was possible.

    What concerned something that is not here at all, such as another variant's cookie banner, is left undone.
    """
    if is_aside(visit.view, event):
        return True
    make_way(visit, event)
    if misfit_of(visit.view, event, is_over=bool(visit.end_reason)) is not None:
        return False
    visit.step(event)
    let_through(visit, event)
    return True


def is_aside(view: View, event: Event) -> bool:
    """Say whether an event concerns what only another variant has: something in the way, or a navigation's menu."""
    if event.block in (INTERRUPTION, PAUSE):
        return view.control(event.block, event.row) is None
    is_menu = event.row == "menu" and view.control(event.block, event.row) is None
    return is_menu and not any(isinstance(part, Menu) and part.id == event.block for part in view.header)


def misfit_of(view: View, event: Event, *, is_over: bool) -> Misfit | None:
    """Return why an event cannot be done on a page, or None if it can."""
    if is_over:
        return "ended"
    found = refusal(view, event) if event.block else None
    if found is not None and event.kind == "select" and found.code == "disabled":
        return "option"
    return None if found is None else _MISFITS.get(found.code)
