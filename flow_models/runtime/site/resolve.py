"""What an agent's action means on a page: from the text of an action and a rendering to the machine's event, and back.

An action that cannot be done becomes an event `reject` with the reason; so does everything that a browser would wait
for in vain: an element that is absent, hidden, inert, disabled or of the wrong kind. Clicking what is not a control is
no error and takes the focus away. Keys are in `keyboard`.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from ..machine.base.events import Event
from ..machine.base.values import on_scale
from ..machine.pages.view import Button, Field, View
from .actions import UNCHANGED, ActionError, Call, parse_action
from .elements import Target, flat
from .fields import EXPANDED, control_kind
from .keyboard import is_open, press
from .rendered import Rendered, Spot
from .site import Site

TIMEOUT: Final = "Timeout 500ms exceeded."
_FILLED: Final = frozenset({"text", "area", "slider"})
_TICKED: Final = frozenset({"checkbox", "radio"})
_PLAIN: Final = re.compile(r"\[(\d+)\] (?:heading '[^']|heading \"|paragraph ''\n\t+StaticText )")
"""An element that only shows text, in the accessibility text."""


class Page(NamedTuple):
    """The page on which an action is done."""

    rendered: Rendered
    view: View
    site: Site


def resolve(action: str, rendered: Rendered, view: View, site: Site) -> Event:
    """Return the event that an action's text means on a rendered page."""
    try:
        call = parse_action(action)
        return _ACTIONS[call.name](call, Page(rendered, view, site))
    except ActionError as error:
        return Event("reject", value=str(error))


def to_action(event: Event, rendered: Rendered, site: Site) -> str:
    """Return the action's text that performs an event on a rendered page.

    Raises:
        LookupError: The page has nothing with which the event could be done.
    """
    match event.kind:
        case "use":
            number = _number(rendered, event, "button", "link")
            return f"click('{number}')"
        case "fill":
            return f"fill('{_number(rendered, event, *_FILLED)}', {event.value!r})"
        case "select":
            radio = rendered.number_of(Target(event.block, option=event.value, kind="radio"))
            if radio is not None:
                return f"click('{radio}')"
            number = _number(rendered, event, "select")
            labels = [label for key, label in _field(rendered.view, event.block).options if key == event.value]
            if not labels:
                raise LookupError(event)
            return f"select_option('{number}', {flat(labels[0])!r})"
        case "check" | "uncheck":
            # BrowserGym's default set of actions has no `check`; a click on a box that is so already would undo it.
            number = _number(rendered, event, "checkbox")
            is_ticked = _field(rendered.view, event.block).text == "true"
            return f"focus('{number}')" if is_ticked == (event.kind == "check") else f"click('{number}')"
        case "focus":
            return f"focus('{_number(rendered, event, *_FOCUSED)}')"
        case "blur" if event.value:
            stops = [number for number, target in rendered.targets.items() if target.kind not in ("label", "option")]
            return f"press('{stops[-1]}', 'Tab')" if stops else "noop()"
        case "blur":
            return f"click('{_plain_number(rendered)}')"
        case "goto":
            return f"goto({site.url(event.value)!r})"
        case "message":
            return f"send_msg_to_user({event.value!r})"
        case "infeasible":
            return f"report_infeasible({event.value!r})"
        case "back" | "forward":
            return f"go_{event.kind}()"
        case _:
            return "noop()"


_FOCUSED: Final = ("text", "area", "slider", "select", "checkbox", "radio", "button", "link")


def _number(rendered: Rendered, event: Event, *kinds: str) -> int:
    """Return the number of the element for an event's block, of the first kind that the page has."""
    for kind in kinds:
        option = event.value if kind == "radio" else ""
        number = rendered.number_of(Target(event.block, event.row, option, kind))
        if number is not None:
            return number
    raise LookupError(event)


def _plain_number(rendered: Rendered) -> int:
    """Return the number of an element that only shows text, else of the whole document."""
    found = _PLAIN.search(rendered.axtree)
    return 0 if found is None else int(found[1])


def _spot(call: Call, page: Page) -> Spot:
    """Return what the element is that a call names.

    Raises:
        ActionError: There is none.
    """
    bid = call.text("bid")
    spot = page.rendered.at(_number_in(bid))
    if spot is None:
        raise ActionError(f'ValueError: Could not find element with bid "{bid}"')
    return spot


@lru_cache(maxsize=2048)
def _number_in(bid: str) -> int:
    """Return the number that a text is, -1 if it is none or not written as numbers of elements are."""
    is_number = bid.isascii() and bid.isdigit() and (bid == "0" or bid[0] != "0") and len(bid) < 9
    return int(bid) if is_number else -1


def _is_out_of_reach(spot: Spot) -> bool:
    """Say whether an element is not shown, or inert."""
    return spot.is_hidden or (spot.target is not None and spot.target.kind == "option")


def _target(call: Call, page: Page, action: str) -> Target | None:
    """Return what the named element stands for, a label's control for a label, or None for plain content.

    Raises:
        ActionError: The element is absent, not shown, inert or disabled.
    """
    spot = _spot(call, page)
    if _is_out_of_reach(spot):
        raise ActionError(f"TimeoutError: Locator.{action}: {TIMEOUT} (element is not visible or not reachable)")
    target = spot.target
    if target is None:
        return None
    if _is_disabled(target, page.view):
        raise ActionError(f"TimeoutError: Locator.{action}: {TIMEOUT} (element is not enabled)")
    return controlled(target, page.view)


def _is_disabled(target: Target, view: View) -> bool:
    """Say whether a control cannot be used."""
    if target.kind == "button":
        control = view.control(target.block, target.row)
        return isinstance(control, Button) and not control.enabled
    if target.kind not in ("radio", "label") or not target.option:
        return False
    field = view.control(target.block)
    if not isinstance(field, Field) or field.kind != "choice_grid":
        return False
    return all(key != target.option for key, _ in field.options)


def controlled(target: Target, view: View) -> Target:
    """Return what a label labels or what fills a frame; any other target as it is."""
    if target.kind == "frame":
        return target._replace(kind="link")
    field = view.control(target.block) if target.kind == "label" else None
    if not isinstance(field, Field):
        return target
    return Target(target.block, option=target.option, kind=control_kind(field))


def _field(view: View, block: str) -> Field:
    """Return the field of a block.

    Raises:
        ActionError: The block is no field of the page.
    """
    field = view.control(block)
    if not isinstance(field, Field):
        raise ActionError(f"TimeoutError: {TIMEOUT}")
    return field


def _click(call: Call, page: Page) -> Event:
    target = _target(call, page, "click")
    if call.arguments.get("button", "left") != "left" or call.arguments.get("modifiers"):
        raise ActionError("Error: Locator.click: only plain clicks with the left button are supported here")
    if target is None:
        return Event("blur")
    match target.kind:
        case "button" | "link":
            return Event("use", target.block, target.row)
        case "checkbox":
            return Event("uncheck" if _field(page.view, target.block).text == "true" else "check", target.block)
        case "radio":
            return Event("select", target.block, value=target.option)
        case "slider" if _is_control(call, page):
            return _slid_to_the_middle(_field(page.view, target.block))
        case "select":
            opens = _is_control(call, page) and not is_open(page.view, target)
            return Event("focus", target.block, value=EXPANDED if opens else "")
        case _:
            return Event("focus", target.block)


def _is_control(call: Call, page: Page) -> bool:
    """Say whether the named element is a control itself rather than its label."""
    target = _spot(call, page).target
    return target is not None and target.kind != "label"


def _slid_to_the_middle(field: Field) -> Event:
    """Return the event of a click on a slider: a click is in the middle of an element."""
    least, most = int(field.minimum), int(field.maximum)
    middle = str(on_scale(str(least + Decimal(most - least) / 2), least, most, field.step))
    return Event("focus", field.id) if middle == field.text else Event("fill", field.id, value=middle)


def _fill(call: Call, page: Page) -> Event:
    value = call.text("value")
    target = _target(call, page, "fill")
    if target is None or target.kind not in _FILLED:
        raise ActionError(_wrong_kind("fill", target))
    return Event("fill", target.block, value=_typed(value, target))


def _typed(value: str, target: Target) -> str:
    """Return a text as the box takes it: a box for one line turns line breaks into spaces."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not value.isascii():
        # Halves of a character are no text: a browser shows the replacement character.
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value if target.kind == "area" else value.replace("\n", " ")


def _wrong_kind(action: str, target: Target | None) -> str:
    """Return the error for an action on an element of another kind."""
    if action in ("fill", "clear") and target is not None and target.kind in _TICKED:
        reason = f'Input of type "{target.kind}" cannot be filled'
    elif action in ("fill", "clear"):
        reason = "Element is not an <input>, <textarea> or [contenteditable] element"
    elif action == "select_option":
        reason = "Element is not a <select> element"
    else:
        reason = "Not a checkbox or radio button"
    return f"Error: Locator.{action}: Error: {reason}"


def _clear(call: Call, page: Page) -> Event:
    target = _target(call, page, "clear")
    if target is None or target.kind not in _FILLED:
        raise ActionError(_wrong_kind("clear", target))
    return Event("fill", target.block, value="")


def _select_option(call: Call, page: Page) -> Event:
    wanted = call.arguments["options"]
    texts = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(texts, list):
        raise ActionError(f"Error: options[0]: expected object, got {type(wanted).__name__}")
    target = _target(call, page, "select_option")
    if target is None or target.kind != "select":
        raise ActionError(_wrong_kind("select_option", target))
    for key, label in _field(page.view, target.block).options:
        if flat(label) in [flat(text) for text in texts]:
            return Event("select", target.block, value=key)
    raise ActionError(f"TimeoutError: Locator.select_option: {TIMEOUT} (did not find some options)")


def _check(call: Call, page: Page) -> Event:
    target = _target(call, page, call.name)
    if target is None or target.kind not in _TICKED:
        raise ActionError(_wrong_kind(call.name, target))
    field = _field(page.view, target.block)
    is_on = field.text == (target.option if target.kind == "radio" else "true")
    if is_on == (call.name == "check"):
        return Event("noop")
    if target.kind == "radio":
        if call.name == "uncheck":
            return Event("reject", target.block, target.option, UNCHANGED)
        return Event("select", target.block, value=target.option)
    return Event(call.name, target.block)


def _focus(call: Call, page: Page) -> Event:
    target = _focusable(call, page)
    if target is None:
        return Event("noop")
    is_expanded = target.kind == "select" and is_open(page.view, target)
    return Event("focus", target.block, target.row, EXPANDED if is_expanded else target.option)


def _focusable(call: Call, page: Page) -> Target | None:
    """Return what takes the focus when the named element is asked to; None if nothing does."""
    target = _spot(call, page).target
    if target is None or target.kind in ("option", "frame") or _is_disabled(target, page.view):
        return None
    return controlled(target, page.view)


def _press(call: Call, page: Page) -> Event:
    key = call.text("key_comb")
    return press(key, _focusable(call, page), page.rendered, page.view)


def _hover(call: Call, page: Page) -> Event:
    if _is_out_of_reach(_spot(call, page)):
        raise ActionError(f"TimeoutError: Locator.hover: {TIMEOUT} (element is not visible or not reachable)")
    return Event("noop")


def _nothing(call: Call, _page: Page) -> Event:
    for value in call.arguments.values():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ActionError(f"TypeError: expected a number, got {value!r}")
    return Event("noop")


def _goto(call: Call, page: Page) -> Event:
    path = page.site.path_of(call.text("url"))
    if path is None:
        raise ActionError(f"Error: Page.goto: net::ERR_FAILED at {call.text('url')}")
    return Event("goto", value=path)


def _travel(call: Call, _page: Page) -> Event:
    return Event("back" if call.name == "go_back" else "forward")


def _say(call: Call, _page: Page) -> Event:
    if call.name == "report_infeasible":
        return Event("infeasible", value=call.text("reason"))
    return Event("message", value=call.text("text"))


_ACTIONS: Final[dict[str, Callable[[Call, Page], Event]]] = {
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
