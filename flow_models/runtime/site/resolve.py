"""What an agent's action means on a page: from the text of an action and a rendering to the machine's event.

Only elements are named here: which one an action means, and what is intended with it. Whether that can be done is the
machine's answer (`uses`); a refusal becomes an event `reject` in the form in which Playwright raises it. Clicking what
is not a control is no error and takes the focus away. Keys are in `keyboard`; the way back is in `phrasing`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from ..machine.base.events import Event
from ..machine.base.texts import typed
from ..machine.base.values import on_scale
from ..machine.pages.fields import TICKED
from ..machine.pages.uses import INERT, NOT_OFFERED, Refusal, giving, misfit_of, reached, scale_of
from ..machine.pages.view import Control, Field, View
from .actions import UNCHANGED, ActionError, Call, parse_action
from .elements import AREA, BUTTON, EXPANDED, FRAME, LABEL, LINK, OPTION, RADIO, SELECT, SLIDER, TICK, Target, flat
from .fields import control_kind
from .keyboard import is_open, press
from .rendered import Rendered, Spot
from .site import Site


class Page(NamedTuple):
    """The page on which an action is done."""

    rendered: Rendered
    view: View
    site: Site


class Aimed(NamedTuple):
    """A control that an action means.

    Attributes:
        target: How it is used.
        control: What the page shows of it.
        by_label: Whether its label is named in place of it.
    """

    target: Target
    control: Control
    by_label: bool

    @property
    def field(self) -> Field:
        """The control of a field, as which its target marks it.

        Raises:
            TypeError: It is none, which is a bug of whoever has written the page.
        """
        if not isinstance(self.control, Field):
            raise TypeError(self.control)
        return self.control


def resolve(action: str, rendered: Rendered, view: View, site: Site) -> Event:
    """Return the event that an action's text means on a rendered page."""
    try:
        call = parse_action(action)
        return _ACTIONS[call.name](call, Page(rendered, view, site))
    except ActionError as error:
        return Event("reject", value=str(error))


def _spot(call: Call, page: Page) -> Spot:
    """Return what the element is that a call names.

    Raises:
        ActionError: There is none.
    """
    spot = page.rendered.at(call.element)
    if spot is None:
        raise call.astray()
    return spot


def _visible(call: Call, page: Page) -> Target | None:
    """Return what the named element stands for, or None for plain content.

    An option of a drop-down is no element that Chromium shows: its list is a window of its own.

    Raises:
        ActionError: The element is absent, not shown, or inert.
    """
    spot = _spot(call, page)
    if spot.is_hidden or (spot.target is not None and spot.target.kind == OPTION):
        raise call.refused(INERT)
    return spot.target


def _aimed(call: Call, page: Page) -> Aimed | None:
    """Return the control that the named element is or labels, or None for plain content.

    Raises:
        ActionError: The element is absent or out of reach.
    """
    target = _visible(call, page)
    if target is None:
        return None
    control = reached(page.view, target.block, target.row, target.option)
    if isinstance(control, Refusal):
        raise call.refused(control)
    return Aimed(controlled(target, control), control, target.kind == LABEL)


def controlled(target: Target, control: Control) -> Target:
    """Return what a label labels or what fills a frame; any other target as it is.

    Chromium passes a click on a label on to its control; one on an element that a link fills hits that link.
    """
    if target.kind == FRAME:
        return target._replace(kind=LINK)
    if target.kind != LABEL or not isinstance(control, Field):
        return target
    return Target(target.block, option=target.option, kind=control_kind(control))


def _taking(kind: str, aimed: Aimed | None, call: Call) -> Target:
    """Return the control that an action means if it takes events of a kind.

    Raises:
        ActionError: It is of another kind, or no control.
    """
    misfit = misfit_of(kind, None if aimed is None else aimed.control)
    if aimed is None or misfit is not None:
        raise call.refused(misfit or INERT)
    return aimed.target


def _click(call: Call, page: Page) -> Event:
    aimed = _aimed(call, page)
    call.must_be_plain()
    if aimed is None:
        return Event("blur")
    return _CLICKS.get(aimed.target.kind, _click_into)(aimed, page)


def _click_into(aimed: Aimed, _page: Page) -> Event:
    """Return the event of a click that moves the focus and does nothing else."""
    return Event("focus", aimed.target.block)


def _use(aimed: Aimed, _page: Page) -> Event:
    """Return the event of a click on a button or link."""
    return Event("use", aimed.target.block, aimed.target.row)


def _toggle(aimed: Aimed, _page: Page) -> Event:
    """Return the event of a click on a checkbox."""
    return giving(aimed.field, "" if aimed.field.text == TICKED else TICKED)[0]


def _choose(aimed: Aimed, _page: Page) -> Event:
    """Return the event of a click on a radio button."""
    return giving(aimed.field, aimed.target.option)[0]


def _slide(aimed: Aimed, page: Page) -> Event:
    """Return the event of a click on a slider: Playwright clicks in the middle of an element, and there goes the thumb.

    A click on the label only moves the focus.
    """
    scale = scale_of(aimed.field)
    least, most = scale.start, scale.stop - 1
    middle = str(on_scale(str(least + Decimal(most - least) / 2), least, most, scale.step))
    if aimed.by_label or middle == aimed.field.text:
        return _click_into(aimed, page)
    return giving(aimed.field, middle)[0]


def _open(aimed: Aimed, page: Page) -> Event:
    """Return the event of a click on a drop-down: it opens the list or closes it; one on the label does neither."""
    opens = not aimed.by_label and not is_open(page.view, aimed.target)
    return Event("focus", aimed.target.block, value=EXPANDED if opens else "")


_CLICKS: Final[Mapping[str, Callable[[Aimed, Page], Event]]] = {
    BUTTON: _use,
    LINK: _use,
    TICK: _toggle,
    RADIO: _choose,
    SLIDER: _slide,
    SELECT: _open,
}
"""What a click does with a control; with all others it moves the focus there."""


def _fill(call: Call, page: Page) -> Event:
    value = call.text("value")
    target = _taking("fill", _aimed(call, page), call)
    return Event("fill", target.block, value=typed(value, lines=target.kind == AREA))


def _clear(call: Call, page: Page) -> Event:
    return Event("fill", _taking("fill", _aimed(call, page), call).block)


def _select_option(call: Call, page: Page) -> Event:
    wanted = [flat(text) for text in call.options()]
    aimed = _aimed(call, page)
    # To Playwright only a `<select>` has options, though the machine chooses those of radio buttons alike.
    has_list = aimed is not None and aimed.target.kind == SELECT
    target = _taking("select", aimed if has_list else None, call)
    for key, label in () if aimed is None else aimed.field.options:
        if flat(label) in wanted:
            return Event("select", target.block, value=key)
    raise call.refused(NOT_OFFERED)


def _check(call: Call, page: Page) -> Event:
    aimed = _aimed(call, page)
    if aimed is not None and aimed.target.kind == RADIO:
        return _check_radio(call, aimed)
    target = _taking(call.name, aimed, call)
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
    target = _spot(call, page).target
    if target is None or target.kind in (OPTION, FRAME):
        return None
    control = reached(page.view, target.block, target.row, target.option)
    return None if isinstance(control, Refusal) else controlled(target, control)


def _press(call: Call, page: Page) -> Event:
    key = call.text("key_comb")
    return press(key, _focusable(call, page), page.rendered, page.view)


def _hover(call: Call, page: Page) -> Event:
    _visible(call, page)
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
    "click": _click,
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
}
"""What each action means, by its name."""
