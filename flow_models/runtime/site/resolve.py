"""What an agent's action means on a page: from the text of an action and a rendering to the machine's event.

What element an action means is in `aiming`; here is what is intended with it. Whether that can be done is the machine's
answer (`uses`); a refusal becomes an event `reject` in the form in which Playwright raises it. Clicks are in
`clicks`, keys in `keyboard`; the way back is in `phrasing`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from ..machine.base.events import Event
from ..machine.base.texts import typed
from ..machine.pages.fields import TICKED
from ..machine.pages.state import Carets
from ..machine.pages.uses import NOT_OFFERED, Refusal, giving, reached
from ..machine.pages.view import View
from .actions import REFUSED, UNCHANGED, ActionError, Call, parse_action
from .aiming import Aimed, Page, aimed_at, controlled, spot_at, taking, visible_at
from .clicks import click, dblclick
from .elements import AREA, EXPANDED, FRAME, LABEL, OPTION, RADIO, SELECT, Target, flat
from .keyboard import Press, is_open, press
from .rendered import Rendered
from .site import Site
from .strokes import stroke_of


def resolve(action: str, rendered: Rendered, view: View, site: Site, carets: Carets = ()) -> Event:
    """Return the event that an action's text means on a rendered page, and what is selected in its boxes."""
    try:
        call = parse_action(action)
    except ActionError as error:
        return Event("reject", value=str(error))
    return event_of(call, Page(rendered, view, site, carets))


def event_of(call: Call, page: Page) -> Event:
    """Return the event that a call means on a page."""
    try:
        return _ACTIONS[call.name](call, page)
    except ActionError as error:
        return Event("reject", value=str(error))


def _fill(call: Call, page: Page) -> Event:
    value = call.text("value")
    target = taking("fill", aimed_at(call, page), call)
    return Event("fill", target.block, value=typed(value, lines=target.kind == AREA))


def _clear(call: Call, page: Page) -> Event:
    return Event("fill", taking("fill", aimed_at(call, page), call).block)


def _select_option(call: Call, page: Page) -> Event:
    wanted = [flat(text) for text in call.options()]
    aimed = aimed_at(call, page)
    # To Playwright only a `<select>` has options, though the machine chooses those of radio buttons alike.
    has_list = aimed is not None and aimed.target.kind == SELECT
    target = taking("select", aimed if has_list else None, call)
    for key, label in () if aimed is None else aimed.field.options:
        if page.site.said(label) in wanted:
            return Event("select", target.block, value=key)
    raise call.refused(NOT_OFFERED)


def _check(call: Call, page: Page) -> Event:
    aimed = aimed_at(call, page)
    if aimed is not None and aimed.target.kind == RADIO:
        return _check_radio(call, aimed)
    target = taking(call.name, aimed, call)
    is_wanted = call.name == "check"
    is_ticked = aimed is not None and aimed.field.text == TICKED
    return Event("noop") if is_ticked == is_wanted else Event(call.name, target.block)


def _check_radio(call: Call, aimed: Aimed) -> Event:
    """Return the event of an action that ticks or clears a radio button.

    To Playwright it is a box like any other. To clear it, it is clicked, which changes nothing but the focus.
    """
    block, option = aimed.target.block, aimed.target.option
    is_wanted = call.name == "check"
    if (aimed.field.text == option) == is_wanted:
        return Event("noop")
    if is_wanted:
        return giving(aimed.field, option)[0]
    return Event("reject", block, option, UNCHANGED)


def _focus(call: Call, page: Page) -> Event:
    target = _focusable(call, page)
    if target is None:
        return Event("noop")
    is_expanded = target.kind == SELECT and is_open(page.view, target)
    return Event("focus", target.block, target.row, EXPANDED if is_expanded else target.option)


def _focusable(call: Call, page: Page) -> Target | None:
    """Return what takes the focus when the named element is asked to; None if nothing does.

    Chromium ignores a focus on what cannot have it, and Playwright does not wait for that; so this is never refused.
    """
    target = spot_at(call, page).target
    if target is None or target.kind in (OPTION, FRAME):
        return None
    control = reached(page.view, target.block, target.row, target.option)
    return None if isinstance(control, Refusal) else controlled(target, control)


def _press(call: Call, page: Page) -> Event:
    stroke, target = stroke_of(call.text("key_comb")), _focusable(call, page)
    # Playwright puts the caret before the text of a box that it gives the focus; of a label it knows no box.
    spot = spot_at(call, page).target
    is_fresh = spot is not None and spot.kind != LABEL
    return press(Press(stroke, target, page.rendered, page.view, page.carets, is_fresh))


def _unoffered(call: Call, _page: Page) -> Event:
    raise call.unoffered()


def _hover(call: Call, page: Page) -> Event:
    visible_at(call, page)
    return Event("noop")


def _nothing(call: Call, _page: Page) -> Event:
    call.numbers()
    return Event("noop")


def _goto(call: Call, page: Page) -> Event:
    return Event("goto", value=call.path_on(page.site))


def _travel(call: Call, _page: Page) -> Event:
    return Event("back" if call.name == "go_back" else "forward")


def _say(call: Call, _page: Page) -> Event:
    return call.said()


_ACTIONS: Final[Mapping[str, Callable[[Call, Page], Event]]] = {
    "noop": _nothing,
    "click": click,
    "dblclick": dblclick,
    "fill": _fill,
    "select_option": _select_option,
    "check": _check,
    "uncheck": _check,
    "clear": _clear,
    "press": _press,
    "focus": _focus,
    "hover": _hover,
    "scroll": _nothing,
    "go_back": _travel,
    "go_forward": _travel,
    "goto": _goto,
    "send_msg_to_user": _say,
    "report_infeasible": _say,
    **dict.fromkeys(REFUSED, _unoffered),
}
"""What each action means, by its name."""
