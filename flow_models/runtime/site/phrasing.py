"""The way back of `resolve`: from an event of the machine to the text of the action that does it on a rendered page."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from ..machine.base.events import Event
from ..machine.pages.fields import TICKED
from ..machine.pages.view import Field, View
from .elements import AREA, BOX, BUTTON, LINK, RADIO, SELECT, SLIDER, TICK, UNSTOPPED, WRITTEN, Target
from .rendered import Rendered
from .site import Site

_PLAIN: Final = re.compile(r"\[(\d+)\] (?:heading '[^']|heading \"|paragraph ''\n\t+StaticText )")
"""An element that only shows text, in the accessibility text."""

_FOCUSED: Final = (BOX, AREA, SLIDER, SELECT, TICK, RADIO, BUTTON, LINK)


def to_action(event: Event, rendered: Rendered, site: Site) -> str:
    """Return the action's text that performs an event on a rendered page.

    Raises:
        LookupError: The page has nothing with which the event could be done.
    """
    phrase = _PHRASES.get(event.kind)
    return "noop()" if phrase is None else phrase(event, rendered, site)


def _phrase_use(event: Event, rendered: Rendered, _site: Site) -> str:
    return f"click('{_number(rendered, event, BUTTON, LINK)}')"


def _phrase_fill(event: Event, rendered: Rendered, _site: Site) -> str:
    return f"fill('{_number(rendered, event, *WRITTEN)}', {event.value!r})"


def _phrase_select(event: Event, rendered: Rendered, site: Site) -> str:
    radio = rendered.number_of(Target(event.block, option=event.value, kind=RADIO))
    if radio is not None:
        return f"click('{radio}')"
    number = _number(rendered, event, SELECT)
    options = _field(rendered.view, event).options
    label = next((site.said(label) for key, label in options if key == event.value), None)
    # An option is named by what it says, and of several that say the same a browser takes the first.
    first = next((key for key, other in options if site.said(other) == label), None)
    if label is None or first != event.value:
        raise LookupError(event)
    return f"select_option('{number}', {label!r})"


def _phrase_tick(event: Event, rendered: Rendered, _site: Site) -> str:
    # BrowserGym's default set of actions has no `check`; a click on a box that is so already would undo it.
    number = _number(rendered, event, TICK)
    is_ticked = _field(rendered.view, event).text == TICKED
    return f"focus('{number}')" if is_ticked == (event.kind == "check") else f"click('{number}')"


def _phrase_focus(event: Event, rendered: Rendered, _site: Site) -> str:
    return f"focus('{_number(rendered, event, *_FOCUSED)}')"


def _phrase_blur(event: Event, rendered: Rendered, _site: Site) -> str:
    if not event.value:
        return f"click('{_plain_number(rendered)}')"
    stops = [number for number, target in rendered.targets.items() if target.kind not in UNSTOPPED]
    return f"press('{stops[-1]}', 'Tab')" if stops else "noop()"


_PHRASES: Final[Mapping[str, Callable[[Event, Rendered, Site], str]]] = {
    "use": _phrase_use,
    "fill": _phrase_fill,
    "select": _phrase_select,
    "check": _phrase_tick,
    "uncheck": _phrase_tick,
    "focus": _phrase_focus,
    "blur": _phrase_blur,
    "goto": lambda event, _rendered, site: f"goto({site.url(event.value)!r})",
    "message": lambda event, _rendered, _site: f"send_msg_to_user({event.value!r})",
    "infeasible": lambda event, _rendered, _site: f"report_infeasible({event.value!r})",
    "back": lambda _event, _rendered, _site: "go_back()",
    "forward": lambda _event, _rendered, _site: "go_forward()",
}
"""The action by which each kind of event is done; all others are done by doing nothing."""


def _number(rendered: Rendered, event: Event, *kinds: str) -> int:
    """Return the number of the element for an event's block, of the first kind that the page has."""
    for kind in kinds:
        option = event.value if kind == RADIO else ""
        number = rendered.number_of(Target(event.block, event.row, option, kind))
        if number is not None:
            return number
    raise LookupError(event)


def _field(view: View, event: Event) -> Field:
    """Return the field to which an event happens."""
    field = view.control(event.block)
    if not isinstance(field, Field):
        raise LookupError(event)
    return field


def _plain_number(rendered: Rendered) -> int:
    """Return the number of an element that only shows text, else of the whole document."""
    found = _PLAIN.search(rendered.axtree)
    return 0 if found is None else int(found[1])
