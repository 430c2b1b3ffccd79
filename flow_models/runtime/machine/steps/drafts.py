"""Steps that are known before they are played: what is typed where nobody listens, and the ways that forget it.

States of a page differ mostly by what has been typed there. Typing changes one text and the focus, the same in all of
them; a link or plain button leads from all of them to the same place. So whoever keeps states need not play such a step
for each. Which steps these are is decided here, as narrowly as it is certain; what they do is in `steps`.
"""

from collections.abc import Callable, Hashable
from typing import Final, Literal, NamedTuple

from ..base.behaviour import CLOSE, STAY
from ..base.events import Event
from ..pages.fields import TICKED
from ..pages.plan import Page, Plan
from ..pages.state import Carets, Focus, State, Surface, texts_with, with_caret
from ..pages.transitions import Transition
from ..pages.uses import Refusal, aimed, has_radios, is_line, is_slid, takes_line, unsaid
from ..pages.view import Button, Control, View

PUTTING: Final = frozenset({"fill", "select", "check", "uncheck"})
"""Kinds of event that put a text into a field."""


class Draft(NamedTuple):
    """A field into which a text can be put without anybody listening.

    Attributes:
        place: Which text of the page it holds.
        block: Its block, which has the focus then.
        focused: Which of its options has the focus: the one put in (`radio`), none (`box`), the one before (`list`).
        is_line: Whether it is a box for one line, in which something is selected.
        holds: Returns a text as the field holds it.
    """

    place: int
    block: str
    focused: Literal["radio", "box", "list"]
    is_line: bool
    holds: Callable[[str], str]

    def fields(self, fields: tuple[str, ...], text: str) -> tuple[str, ...]:
        """Return the page's texts with a held one put in; the same object if it was there."""
        return fields if fields[self.place] == text else texts_with(fields, self.place, text)

    def focus(self, focus: Focus, text: str) -> Focus:
        """Return the focus behind another one."""
        if self.focused == "box":
            return (self.block, "", "")
        if self.focused == "radio":
            return (self.block, "", text)
        return (self.block, "", focus[2] if focus is not None and focus[0] == self.block else "")

    def carets(self, carets: Carets, text: str, selected: str) -> Carets:
        """Return what is selected in the boxes behind what was selected before."""
        return with_caret(carets, self.block, selected, text) if self.is_line else carets


class Onward(NamedTuple):
    """By what a use is known that takes a plain transition.

    Attributes:
        transition: The id of the transition.
        arrival: What follows from it, but for this id: all with an equal one lead to the same place.
    """

    transition: str
    arrival: Hashable


def may_be_known(plan: Plan, state: State) -> bool:
    """Say whether anything can be known of the steps from the states of a page: nothing waits there or is held back."""
    interference = state.interference
    if state.broken or interference.held is not None or interference.conduct or interference.interruption:
        return False
    surfaces = (state.base,) if state.dialog is None else (state.base, state.dialog)
    return all(surface.page in plan.program.pages and surface.page not in plan.waiting for surface in surfaces)


def drafted(plan: Plan, view: View, top: Surface, event: Event) -> Draft | None:
    """Return the field of which an event only changes the text, None for every other event.

    Args:
        plan: The program made ready.
        view: The page with any texts.
        top: The page or the dialog over it.
        event: One of `PUTTING`.
    """
    page = plan.page(top.page)
    if page is None or event.block not in page.by_block or unsaid(event) is not None:
        return None
    place = page.by_block[event.block]
    field = page.fields[place]
    if field.kind == "suggest_field" or page.on("change", event.block):
        return None
    control = aimed(view, event)
    if isinstance(control, Refusal) or is_slid(control):
        return None
    is_line_typed = event.kind == "fill" and is_line(control)
    return Draft(place, event.block, _focused(event, control), is_line_typed, field.held)


def put(event: Event) -> str:
    """Return the text that an event of `PUTTING` puts into a field, before the field holds it."""
    return {"check": TICKED, "uncheck": ""}.get(event.kind, event.value)


def retyped(plan: Plan, state: State, fields: tuple[str, ...], focus: Focus) -> State:
    """Return a state with other texts on its page and the focus elsewhere; boxes are selected behind new texts."""
    top, carets = state.top, state.carets
    page = plan.page(top.page)
    for place, text in enumerate(fields if page is not None else ()):
        if page is not None and text != top.fields[place] and takes_line(page.fields[place].kind):
            carets = with_caret(carets, page.fields[place].id, "", text)
    changed = top.typed(fields)
    new = state.replaced(base=changed) if state.dialog is None else state.replaced(dialog=changed)
    new.focus, new.carets = focus, carets
    return new


def way_of(plan: Plan, view: View, state: State, event: Event) -> Hashable:
    """Return what a use is known by that leads to one page whatever is typed on this one; None if it may not.

    Uses with the same one lead to the same place from all states with the same data (`Machine.data_key`). Whether they
    lead to a page at all, `leads_on` says of the transition taken.
    """
    top = state.top
    page = plan.page(top.page)
    transitions = () if page is None else page.on("use", event.block)
    if page is None or not transitions:
        return None
    control = aimed(view, event)
    if isinstance(control, Refusal) or _reads_texts(page, control):
        return None
    if transitions[0].is_plain and not event.row:
        return _onward(plan, page, top, transitions[0])
    if any(one.reads_texts or one.uses_chance for one in transitions):
        return None
    return (top.page, top.record, event)


def leads_on(plan: Plan, state: State, event: Event, taken: str | None) -> bool:
    """Say whether the transition taken leads from the page to another one, or anew to itself."""
    page = plan.page(state.top.page)
    transitions = () if page is None else page.on("use", event.block)
    to = next((one.to for one in transitions if one.id == taken), STAY)
    target = None if to in (STAY, CLOSE) else plan.page(to)
    return target is not None and target.kind == "page"


def _focused(event: Event, control: Control) -> Literal["radio", "box", "list"]:
    """Return where in a field the focus is when an event has put a text into it."""
    if event.kind != "select":
        return "box"
    return "radio" if has_radios(control) else "list"


def _onward(plan: Plan, page: Page, top: Surface, transition: Transition) -> Onward:
    """Return by what the use of a plain transition of a page is known."""
    target = plan.page(transition.to)
    if transition.to == top.page:
        return Onward(transition.id, (transition.to, top.page, top.record))
    is_taken_along = target is not None and target.table is not None and target.table == page.table
    return Onward(transition.id, (transition.to, top.record if is_taken_along else None))


def _reads_texts(page: Page, control: Control) -> bool:
    """Say whether a button sends its form or unfolds a block, so that the page stays and with it its texts."""
    return isinstance(control, Button) and (control.submit or control.id in page.unfolding)
