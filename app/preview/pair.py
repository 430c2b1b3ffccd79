"""Two variants of one site, played in step: what is done in one is done in the other, and where they come apart.

No Qt and no threads here: whoever calls sees to it that one thread at a time is inside.
"""

from typing import Literal, NamedTuple

from app.preview.play import Play, misfit_of
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.view import Menu, View, walk

ASIDES = frozenset({"interruption", "pause"})
"""The blocks of what only a variant brings: what comes in the way, and what a site does that is less than perfect."""

MOST_ASIDES = 5
"""So many things are put out of the way before an event counts as impossible."""

Apart = Literal["", "left_behind", "page", "end", "dialog"]


class Difference(NamedTuple):
    """Where two plays stand apart; `kind` is empty while they are in step."""

    kind: Apart
    here: str = ""
    there: str = ""


def follow(play: Play, event: Event) -> bool:
    """Do in one variant what was done in another; say whether that was possible.

    What stands in the way here alone is put away first, and the menu in which the control is, is opened. What was done
    there to something that is not here at all is no difference.
    """
    if is_aside(play.view, event):
        return True
    for _ in range(MOST_ASIDES):
        misfit = misfit_of(play.view, event, is_over=bool(play.end_reason))
        if misfit is None:
            play.step(event)
            return True
        way = _out_of_the_way(play.view)
        if misfit != "gone" or way is None:
            return False
        play.step(way)
    return False


def is_aside(view: View, event: Event) -> bool:
    """Say whether an event concerns what only the other variant has."""
    is_own = event.block in ASIDES or event.row == "menu"
    return is_own and view.control(event.block, event.row) is None


def apart(left: Play, right: Play) -> Difference:
    """Return where two plays stand apart."""
    if left.end_reason != right.end_reason:
        return Difference("end", left.end_reason, right.end_reason)
    one, other = left.state, right.state
    if (one.base.page, one.base.record) != (other.base.page, other.base.record):
        return Difference("page", one.base.page, other.base.page)
    dialogs = ["" if state.dialog is None else state.dialog.page for state in (one, other)]
    if dialogs[0] != dialogs[1]:
        return Difference("dialog", dialogs[0], dialogs[1])
    return Difference("")


def _out_of_the_way(view: View) -> Event | None:
    """Return what puts away what is in the way, or opens a menu that hides its links; `None` if there is nothing."""
    if view.interruption is not None:
        button = view.interruption.buttons[0]
        return Event("use", button.id, button.row)
    pause = next((control for control in view.controls() if control.id == "pause"), None)
    if pause is not None:
        return Event("use", pause.id, getattr(pause, "row", ""))
    for part in (*view.header, *view.main, *view.footer):
        for inner in walk(part):
            if isinstance(inner, Menu) and inner.title and not inner.is_open:
                return Event("use", inner.button.id, inner.button.row)
    return None
