"""Performs actions in the browser with mouse and keyboard, as browsergym-core 0.14.3 does through Playwright.

Playwright waits half a second for an element that cannot be acted on to become so; here the page changes only when it
is acted on, so the same conditions are looked at once. What the agent may not do is refused by the machine's reasons
(`uses`), as in the simulation. Whether an action had any effect is not decided here: the window is looked at
afterwards.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from ...machine.base.events import Event
from ...machine.base.texts import typed
from ...machine.pages.uses import DISABLED, INERT, LABELLED, Refusal
from ...site.actions import PATIENCE_MS, REFUSED, UNCHANGED, ActionError, Call, failure
from ...site.keyboard import refusal_of
from ...site.strokes import stroke_of
from .pointing import POINTED, press_at
from .window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Locator

CLICKS: Final = frozenset({"click", "dblclick", "mouse_click", "mouse_dblclick", "mouse_down", "mouse_drag_and_drop"})
"""Actions that press the mouse, which takes the focus away where nothing takes it."""

_STILL: Final = frozenset({"Tab", "Shift+Tab", "Enter", "Escape"})
"""Keys that never scroll."""

_SLIDE: Final = """
(element, value) => {
  const slider = element.control ?? element;
  slider.focus();
  slider.value = value;
  if (slider.value === value) {
    for (const kind of ["input", "change"]) slider.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  return [slider.name, slider.value];
}
"""

_REFUSED: Final[Mapping[str, Refusal]] = {"hidden": INERT, "disabled": DISABLED, "covered": Refusal("covered")}
"""Why an element cannot be acted on, by what the page tells of it."""

_BORNE: Final[Mapping[str, str]] = {
    "hover": "disabled",
    "fill": "covered",
    "clear": "covered",
    "select_option": "covered",
}
"""What does not hinder an action: a mouse hovers over what is disabled; Playwright fills and selects without one."""


def performed(call: Call | ActionError, window: Window) -> Event | None:
    """Do an action; return the event that it means where that does not depend on the page, else None.

    Raises:
        ActionError: It was refused already, or cannot be done, and nothing has changed.
        playwright.sync_api.Error: Playwright could not do it, or the browser has gone.
    """
    if isinstance(call, ActionError):
        raise ActionError(str(call))
    if window.held.modifiers and call.name in (*CLICKS, "mouse_up"):
        raise call.refused(Refusal("modified"))
    return _ACTIONS[call.name](call, window)


def _reached(call: Call, window: Window) -> dict[str, Any]:
    """Return where the named element is.

    Raises:
        ActionError: It is absent, or cannot be acted on.
    """
    told = window.reach(call.text("bid"))
    state = told["state"]
    if state == "absent":
        raise call.astray()
    if state not in ("shown", _BORNE.get(call.name)):
        raise call.refused(_REFUSED[state])
    return told


def _located(call: Call, window: Window) -> "Locator":
    """Return Playwright's handle of the named element.

    Raises:
        ActionError: It is absent.
    """
    bid = call.text("bid")
    if window.reach(bid)["state"] == "absent":
        raise call.astray()
    return window.page.locator(f'[bid="{bid}"]')


def _click(call: Call, window: Window) -> None:
    told = _reached(call, window)
    press_at(window, (told["x"], told["y"]), call.button())


def _dblclick(call: Call, window: Window) -> None:
    told = _reached(call, window)
    if call.button() == "right":
        window.page.mouse.dblclick(told["x"], told["y"], button="right")
        return
    if told.get("isChoice"):
        raise ActionError(failure("dblclick", LABELLED))
    window.page.mouse.dblclick(told["x"], told["y"])


def _fill(call: Call, window: Window) -> None:
    value = call.text("value")
    told = _reached(call, window)
    if told["isSlid"]:
        _slide(call, value, window)
    else:
        _located(call, window).fill(typed(value, lines=told["kind"] == "textarea"), timeout=PATIENCE_MS)


def _clear(call: Call, window: Window) -> None:
    if _reached(call, window)["isSlid"]:
        _slide(call, "", window)
    else:
        _located(call, window).clear(timeout=PATIENCE_MS)


def _slide(call: Call, value: str, window: Window) -> None:
    """Put a number into a slider as Playwright 1.44 does, BrowserGym's: the page hears only of its exact steps.

    Later versions let it hear of any number.
    """
    name, held = _located(call, window).evaluate(_SLIDE, value.strip())
    if held != value.strip():
        window.session.drafted([(name, value)])
        window.refresh()


def _select_option(call: Call, window: Window) -> None:
    wanted = call.options()
    _reached(call, window)
    _located(call, window).select_option(wanted, timeout=PATIENCE_MS)


def _check(call: Call, window: Window) -> None:
    told = _reached(call, window)
    if told["kind"] not in ("checkbox", "radio"):
        _located(call, window).check(timeout=PATIENCE_MS)
        return
    is_wanted = call.name == "check"
    if told["isTicked"] == is_wanted:
        return
    press_at(window, (told["x"], told["y"]))
    if told["kind"] == "radio" and not is_wanted:
        raise ActionError(UNCHANGED)


def _focus(call: Call, window: Window) -> None:
    _located(call, window).focus(timeout=PATIENCE_MS)


def _press(call: Call, window: Window) -> None:
    stroke = stroke_of(call.text("key_comb"))
    element = _located(call, window)
    reason = refusal_of(window.goal(call.text("bid")), window.held.with_held(call.text("key_comb")))
    if reason is not None:
        raise ActionError(failure("press", reason))
    element.press(stroke.name, timeout=PATIENCE_MS)
    if stroke.name not in _STILL:
        window.settle()


def _unoffered(call: Call, _window: Window) -> None:
    raise call.unoffered()


def _hover(call: Call, window: Window) -> None:
    told = _reached(call, window)
    window.page.mouse.move(told["x"], told["y"])


def _noop(call: Call, _window: Window) -> Event:
    call.numbers()
    return Event("noop")


def _scroll(call: Call, window: Window) -> Event:
    across, down = call.numbers()
    window.page.mouse.wheel(across, down)
    window.settle()
    return Event("noop")


def _goto(call: Call, window: Window) -> None:
    window.go(call.path_on(window.session.site))


def _travel(call: Call, window: Window) -> Event | None:
    is_back = call.name == "go_back"
    if window.travel(-1 if is_back else 1):
        return None
    return Event("back" if is_back else "forward")


def _say(call: Call, _window: Window) -> Event:
    return call.said()


_ACTIONS: Final[dict[str, Callable[[Call, Window], Event | None]]] = {
    "noop": _noop,
    "click": _click,
    "dblclick": _dblclick,
    "fill": _fill,
    "select_option": _select_option,
    "check": _check,
    "uncheck": _check,
    "clear": _clear,
    "press": _press,
    "focus": _focus,
    "hover": _hover,
    "scroll": _scroll,
    "go_back": _travel,
    "go_forward": _travel,
    "goto": _goto,
    "send_msg_to_user": _say,
    "report_infeasible": _say,
    **dict.fromkeys(REFUSED, _unoffered),
    **POINTED,
}
