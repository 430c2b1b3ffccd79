"""Performs actions in the browser with mouse and keyboard, as browsergym-core 0.14.3 does through Playwright.

Playwright waits half a second for an element that cannot be acted on to become so; here the page changes only when it
is acted on, so the same conditions are looked at once. What the agent may not do is refused in the same words as in the
simulation. Whether an action had any effect is not decided here: the window is looked at afterwards.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from ...machine.base.events import Event
from ...site.actions import UNCHANGED, ActionError, Call
from ...site.keyboard import is_known_key
from .window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Locator

PATIENCE_MS: Final = 500.0
"""How long Playwright may try, as in BrowserGym."""

_STILL: Final = frozenset({"Tab", "Shift+Tab", "Enter", "Escape"})
"""Keys that never scroll."""

_SLIDE: Final = """
(slider, value) => {
  slider.focus();
  slider.value = value;
  if (slider.value === value) {
    for (const kind of ["input", "change"]) slider.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  return [slider.name, slider.value];
}
"""

_REASONS: Final = {
    "hidden": "element is not visible or not reachable",
    "disabled": "element is not enabled",
    "covered": "another element intercepts pointer events",
}


def perform(call: Call, window: Window) -> Event | None:
    """Do an action; return the event that it means where that does not depend on the page, else None.

    Raises:
        ActionError: It cannot be done, and nothing has changed.
        playwright.sync_api.Error: Playwright could not do it, or the browser has gone.
    """
    return _ACTIONS[call.name](call, window)


def _reached(call: Call, window: Window, *, enabled: bool = True, by_mouse: bool = False) -> dict[str, Any]:
    """Return where the named element is.

    Raises:
        ActionError: It is absent, or cannot be acted on.
    """
    bid = call.text("bid")
    told = window.reach(bid)
    state = told["state"]
    if state == "absent":
        raise ActionError(f'ValueError: Could not find element with bid "{bid}"')
    if state == "hidden" or (state == "disabled" and enabled) or (state == "covered" and by_mouse):
        name = call.name
        raise ActionError(f"TimeoutError: Locator.{name}: Timeout {PATIENCE_MS:g}ms exceeded. ({_REASONS[state]})")
    return told


def _located(call: Call, window: Window) -> "Locator":
    """Return Playwright's handle of the named element.

    Raises:
        ActionError: It is absent.
    """
    bid = call.text("bid")
    if window.reach(bid)["state"] == "absent":
        raise ActionError(f'ValueError: Could not find element with bid "{bid}"')
    return window.page.locator(f'[bid="{bid}"]')


def _click(call: Call, window: Window) -> None:
    told = _reached(call, window, by_mouse=True)
    if call.arguments.get("button", "left") != "left" or call.arguments.get("modifiers"):
        raise ActionError("Error: Locator.click: only plain clicks with the left button are supported here")
    window.page.mouse.click(told["x"], told["y"])


def _fill(call: Call, window: Window) -> None:
    value = call.text("value")
    if _reached(call, window)["kind"] == "range":
        _slide(call, value, window)
    else:
        _located(call, window).fill(value, timeout=PATIENCE_MS)


def _clear(call: Call, window: Window) -> None:
    if _reached(call, window)["kind"] == "range":
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
    wanted = call.arguments["options"]
    if not isinstance(wanted, str | list):
        raise ActionError(f"Error: options[0]: expected object, got {type(wanted).__name__}")
    _reached(call, window)
    _located(call, window).select_option(wanted, timeout=PATIENCE_MS)


def _check(call: Call, window: Window) -> None:
    told = _reached(call, window, by_mouse=True)
    if told["kind"] not in ("checkbox", "radio"):
        _located(call, window).check(timeout=PATIENCE_MS)
        return
    is_wanted = call.name == "check"
    if told["isTicked"] == is_wanted:
        return
    window.page.mouse.click(told["x"], told["y"])
    if told["kind"] == "radio" and not is_wanted:
        raise ActionError(UNCHANGED)


def _focus(call: Call, window: Window) -> None:
    _located(call, window).focus(timeout=PATIENCE_MS)


def _press(call: Call, window: Window) -> None:
    key = call.text("key_comb")
    element = _located(call, window)
    if not is_known_key(key):
        raise ActionError(f"Error: Locator.press: the key {key!r} is not supported here; use fill to type text")
    if key in (" ", "Space") and window.types(call.text("bid")):
        raise ActionError("Error: Locator.press: the key 'Space' is not supported in a text box; use fill to type text")
    element.press(key, timeout=PATIENCE_MS)
    if key not in _STILL:
        window.settle()


def _hover(call: Call, window: Window) -> None:
    told = _reached(call, window, enabled=False, by_mouse=True)
    window.page.mouse.move(told["x"], told["y"])


def _noop(call: Call, _window: Window) -> Event:
    _numbers(call)
    return Event("noop")


def _scroll(call: Call, window: Window) -> Event:
    across, down = _numbers(call)
    window.page.mouse.wheel(across, down)
    window.settle()
    return Event("noop")


def _numbers(call: Call) -> tuple[float, ...]:
    """Return the arguments of a call, which must be numbers.

    Raises:
        ActionError: One is something else.
    """
    numbers = []
    for value in call.arguments.values():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ActionError(f"TypeError: expected a number, got {value!r}")
        numbers.append(float(value))
    return tuple(numbers)


def _goto(call: Call, window: Window) -> None:
    path = window.session.site.path_of(call.text("url"))
    if path is None:
        raise ActionError(f"Error: Page.goto: net::ERR_FAILED at {call.text('url')}")
    window.go(path)


def _travel(call: Call, window: Window) -> Event | None:
    is_back = call.name == "go_back"
    if window.travel(-1 if is_back else 1):
        return None
    return Event("back" if is_back else "forward")


def _say(call: Call, _window: Window) -> Event:
    if call.name == "report_infeasible":
        return Event("infeasible", value=call.text("reason"))
    return Event("message", value=call.text("text"))


_ACTIONS: Final[dict[str, Callable[[Call, Window], Event | None]]] = {
    "noop": _noop,
    "click": _click,
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
}
