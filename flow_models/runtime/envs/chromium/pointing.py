"""Performs the actions that name places instead of elements, as browsergym-core 0.14.3 does through Playwright.

Nothing here is simulated: what a place or a key means is Chromium's business. Refused is what would leave the page:
other tabs, the clipboard, and what a browser remembers of texts.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ...machine.base.events import Event
from ...machine.pages.uses import Refusal
from ...site.actions import ActionError, Call, failure
from ...site.editing import Line, refused
from ...site.elements import AREA
from ...site.keyboard import Goal, refusal_of
from ...site.strokes import Stroke, stroke_of

if TYPE_CHECKING:
    from .window import Window

_EMPTY: Final = Line("", 0, 0)


def press_at(window: "Window", place: Sequence[float], button: str = "left") -> None:
    """Press and release at a place: with a finger on a phone, else with the mouse."""
    x, y = place
    if button == "right":
        window.page.mouse.click(x, y, button="right")
    elif window.screen.is_phone:
        window.page.touchscreen.tap(x, y)
        window.settle()
    else:
        window.page.mouse.click(x, y)


def _click(call: Call, window: "Window") -> None:
    button = call.button()
    press_at(window, call.numbers(), button)


def _dblclick(call: Call, window: "Window") -> None:
    x, y = call.numbers()
    window.page.mouse.dblclick(x, y, button="right" if call.button() == "right" else "left")


def _move(call: Call, window: "Window") -> None:
    x, y = call.numbers()
    window.page.mouse.move(x, y)


def _drag(call: Call, window: "Window") -> None:
    from_x, from_y, to_x, to_y = call.numbers()
    window.page.mouse.move(from_x, from_y)
    window.page.mouse.down()
    window.page.mouse.move(to_x, to_y)
    window.page.mouse.up()


def _scroll(call: Call, window: "Window") -> Event:
    x, y, across, down = call.numbers()
    window.page.mouse.move(x, y)
    window.page.mouse.wheel(across, down)
    window.settle()
    return Event("noop")


def _mouse_down(call: Call, window: "Window") -> None:
    button = call.button()
    window.page.mouse.move(*call.numbers())
    window.held.button_down(button)


def _mouse_up(call: Call, window: "Window") -> None:
    button = call.button()
    window.page.mouse.move(*call.numbers())
    window.held.button_up(button)


def _upload(call: Call, _window: "Window") -> None:
    raise call.refused(Refusal("no_files"))


def _press(call: Call, window: "Window") -> None:
    window.held.press(_pressed(call, window))
    window.settle()


def _key_down(call: Call, window: "Window") -> None:
    window.held.key_down(_pressed(call, window).name)
    window.settle()


def _key_up(call: Call, window: "Window") -> None:
    window.held.key_up(stroke_of(call.text("key")).name)


def _pressed(call: Call, window: "Window") -> Stroke:
    """Return the key or combination that an action names.

    Raises:
        ActionError: There is none such, or together with what is held it is refused.
    """
    _check(call.text("key"), window)
    return stroke_of(call.text("key"))


def _check(combination: str, window: "Window") -> None:
    """Refuse a key or combination that is not possible together with what is held.

    Raises:
        ActionError: It is not.
    """
    reason = _refusal_of(window.goal(""), window.held.with_held(combination))
    if reason is not None:
        raise ActionError(failure("press", reason))


def _refusal_of(goal: Goal, stroke: Stroke) -> Refusal | None:
    """Return why a key is refused; typing into several lines, or where the site answers, is not."""
    if goal.kind == AREA:
        return refused(_EMPTY, stroke, listens=False)
    return refusal_of(goal._replace(listens=False), stroke)


def _type(call: Call, window: "Window") -> None:
    text = call.text("text")
    for character in text if window.held.modifiers else "":
        _check(character, window)
    window.page.keyboard.type(text)


def _insert(call: Call, window: "Window") -> None:
    window.page.keyboard.insert_text(call.text("text"))


POINTED: Final[Mapping[str, Callable[[Call, "Window"], Event | None]]] = {
    "mouse_move": _move,
    "mouse_click": _click,
    "mouse_dblclick": _dblclick,
    "mouse_down": _mouse_down,
    "mouse_up": _mouse_up,
    "mouse_drag_and_drop": _drag,
    "scroll_at": _scroll,
    "keyboard_press": _press,
    "keyboard_down": _key_down,
    "keyboard_up": _key_up,
    "keyboard_type": _type,
    "keyboard_insert_text": _insert,
    "mouse_upload_file": _upload,
}
"""How each is done, as `performing` has it of the others."""
