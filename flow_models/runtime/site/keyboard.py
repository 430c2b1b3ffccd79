"""What a key does: the Tab order, Enter, Space, arrows and Escape, as Chromium on Linux does them.

A key press first moves the focus to the element that the action names, if that can be focused; else the key goes where
the focus is. Other keys than those here are refused: text is typed with `fill`.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from ..machine.base.events import Event
from ..machine.base.values import on_scale
from ..machine.pages.fields import TICKED
from ..machine.pages.uses import giving, is_enabled, scale_of
from ..machine.pages.view import Button, Field, View
from .actions import ActionError
from .document import OUTSIDE
from .elements import AREA, BUTTON, EXPANDED, LINK, PRESSED, RADIO, SELECT, SLIDER, TICK, UNSTOPPED, Target
from .fields import control_kind
from .rendered import Rendered

_ALIASES: Final = {" ": "Space", "Return": "Enter", "NumpadEnter": "Enter", "Esc": "Escape"}
_STEPS: Final = {"ArrowDown": 1, "ArrowRight": 1, "ArrowUp": -1, "ArrowLeft": -1}
_SLIDES: Final = {"ArrowRight": 1, "ArrowUp": 1, "ArrowLeft": -1, "ArrowDown": -1}


class Press(NamedTuple):
    """A key on a page.

    Attributes:
        key: Its name, always the same one for one key.
        target: What gets it; None for the document.
        rendered: The page as rendered.
        view: What it shows.
    """

    key: str
    target: Target | None
    rendered: Rendered
    view: View

    @property
    def field(self) -> Field | None:
        """The field whose control gets the key, if there is one."""
        found = None if self.target is None else self.view.control(self.target.block)
        return found if isinstance(found, Field) else None


def press(key: str, named: Target | None, rendered: Rendered, view: View) -> Event:
    """Return the event of a key on an element, or on what has the focus if the element is none or plain content.

    Raises:
        ActionError: The key is none that the site listens to.
    """
    target = named if named is not None else _focused(view)
    pressed = Press(_ALIASES.get(key, key), target, rendered, view)
    if target is not None and target.kind == SELECT and is_open(view, target):
        return _pressed_in_open_list(pressed, target)
    act = _KEYS.get(pressed.key)
    if act is None:
        raise unknown_key(pressed.key)
    return act(pressed)


def is_known_key(key: str) -> bool:
    """Say whether a key is one that the site listens to."""
    return _ALIASES.get(key, key) in _KEYS


def unknown_key(key: str) -> ActionError:
    """Return the error of a key to which the site does not listen."""
    return ActionError(f"Error: Locator.press: the key {key!r} is not supported here; use fill to type text")


def typing_space() -> ActionError:
    """Return the error of a space that would be typed into a text."""
    return ActionError("Error: Locator.press: the key 'Space' is not supported in a text box; use fill to type text")


def is_open(view: View, target: Target) -> bool:
    """Say whether the list of a drop-down is open."""
    focus = view.focus or (view.dialog.focus if view.dialog is not None else None)
    return focus == (target.block, "", EXPANDED)


def _pressed_in_open_list(pressed: Press, target: Target) -> Event:
    """Return the event of a key while a drop-down's list is open: most keys close it and do nothing else.

    Chromium gives all keys to the list, Tab and Escape too; only Space leaves it open.
    """
    if pressed.key in _STEPS or pressed.key in ("Home", "End"):
        event = _arrow(pressed)
        return event if event.kind == "select" else Event("focus", target.block, value=EXPANDED)
    return Event("focus", target.block, value=EXPANDED if pressed.key == "Space" else "")


def _focused(view: View) -> Target | None:
    """Return what has the focus."""
    focus = view.focus or (view.dialog.focus if view.dialog is not None else None)
    control = None if focus is None else view.control(focus[0], focus[1])
    if focus is None or control is None:
        return None
    if isinstance(control, Field):
        kind = control_kind(control)
        return Target(control.id, option=focus[2] if kind == RADIO else "", kind=kind)
    return Target(focus[0], focus[1], kind=BUTTON if isinstance(control, Button) else LINK)


def _stay(pressed: Press) -> Event:
    """Return the event of a key that only leaves the focus on an element."""
    target = pressed.target
    return Event("noop") if target is None else Event("focus", target.block, target.row, target.option)


def _escape(pressed: Press) -> Event:
    """Return the event of Escape: it leaves a dialog that is in the way, as by its first button."""
    interruption = pressed.view.interruption
    if interruption is None or not interruption.is_modal:
        return _stay(pressed)
    out = next(one for one in pressed.rendered.targets.values() if one.block == interruption.id)
    return Event("use", out.block, out.row)


def _tab(pressed: Press) -> Event:
    """Return the event that moves the focus to the next or previous stop; beyond the last one it leaves the page."""
    target, backwards = pressed.target, pressed.key != "Tab"
    place = None if target is None else pressed.rendered.number_of(target)
    stops = [(number, stop) for number, stop in pressed.rendered.targets.items() if _is_stop(stop, pressed)]
    for number, stop in reversed(stops) if backwards else stops:
        if place is None or (number < place if backwards else number > place):
            return Event("focus", stop.block, stop.row, stop.option)
    return Event("blur", value=OUTSIDE)


def _is_stop(stop: Target, pressed: Press) -> bool:
    """Say whether Tab stops at something.

    Of radio buttons it stops at the chosen one; if none is chosen, Chromium enters the group at the end that comes
    first, and leaves it as a whole.
    """
    control = None if stop.kind in UNSTOPPED else pressed.view.control(stop.block, stop.row)
    if control is None or not is_enabled(control):
        return False
    return stop.kind != RADIO or not isinstance(control, Field) or stop.option == _radio_stop(control, pressed)


def _radio_stop(field: Field, pressed: Press) -> str | None:
    """Return the radio button of a field at which Tab stops, None if it passes by all of them."""
    keys = [key for key, _ in field.options]
    if field.text in keys:
        return field.text
    is_inside = pressed.target is not None and pressed.target.block == field.id
    return None if is_inside or not keys else keys[0 if pressed.key == "Tab" else -1]


def _enter(pressed: Press) -> Event:
    """Return the event of Enter: a control is used, a field sends its form, a drop-down opens."""
    target = pressed.target
    if target is None:
        return Event("noop")
    if target.kind in PRESSED:
        return Event("use", target.block, target.row)
    if target.kind == SELECT:
        return Event("focus", target.block, value=EXPANDED)
    field = pressed.field
    if target.kind == AREA and field is not None:
        return giving(field, field.text + "\n")[0]
    sender = _sender(pressed.view, target.block)
    if sender is None or not is_enabled(sender):
        return _stay(pressed)
    return Event("use", sender.id, sender.row)


def _sender(view: View, block: str) -> Button | None:
    """Return the button by which Chromium sends the form of a field on Enter: its first one, enabled or not."""
    form = view.form_of(block)
    controls = () if form is None else view.controls()
    own = (one for one in controls if isinstance(one, Button) and one.submit and form and one.form == form.id)
    return next(own, None)


def _space(pressed: Press) -> Event:
    """Return the event of Space: a button is used, a box ticked, an option chosen, a drop-down opened.

    Raises:
        ActionError: It would be typed.
    """
    target, field = pressed.target, pressed.field
    if target is None or target.kind in (LINK, SLIDER):
        return _stay(pressed)
    if target.kind == BUTTON:
        return Event("use", target.block, target.row)
    if target.kind == SELECT:
        return Event("focus", target.block, value=EXPANDED)
    if field is not None and target.kind == TICK:
        return giving(field, "" if field.text == TICKED else TICKED)[0]
    if field is not None and target.kind == RADIO:
        return giving(field, target.option)[0]
    raise typing_space()


def _turn(pressed: Press) -> Event:
    """Return the event of a key that goes on or back: on a slider, among radio buttons, in a drop-down."""
    if pressed.target is not None and pressed.target.kind == SLIDER:
        return _slide(pressed)
    return _stay(pressed) if pressed.key in ("PageUp", "PageDown") else _arrow(pressed)


def _slide(pressed: Press) -> Event:
    """Return the event of a key on a slider: a step, a tenth of the way if that is more, or to an end."""
    field, key = pressed.field, pressed.key
    if field is None:
        return _stay(pressed)
    scale = scale_of(field)
    least, most, step = scale.start, scale.stop - 1, scale.step
    present = int(field.text or least)
    far = max((most - least) / 10, step)
    by = {"PageUp": far, "PageDown": -far, "Home": least - present, "End": most - present}
    wanted = on_scale(str(present + by.get(key, _SLIDES.get(key, 0) * step)), least, most, step)
    return _stay(pressed) if wanted == present else giving(field, str(wanted))[0]


def _arrow(pressed: Press) -> Event:
    """Return the event of an arrow, Home or End: among radio buttons it wraps, in a drop-down it stops at the ends."""
    target, field = pressed.target, pressed.field
    keys = () if field is None else tuple([key for key, _ in field.options])
    if target is None or field is None or not keys or target.kind not in (RADIO, SELECT):
        return _stay(pressed)
    is_radio = target.kind == RADIO
    wanted = _next_radio(pressed.key, target.option, keys) if is_radio else _next_line(pressed.key, field.text, keys)
    return _stay(pressed) if wanted is None else giving(field, wanted)[0]


def _next_radio(key: str, option: str, keys: tuple[str, ...]) -> str | None:
    """Return the radio button to which an arrow goes; it chooses that, even the one that is chosen."""
    if key not in _STEPS:
        return None
    present = keys.index(option) if option in keys else 0
    return keys[(present + _STEPS[key]) % len(keys)]


def _next_line(key: str, text: str, keys: tuple[str, ...]) -> str | None:
    """Return the line of a drop-down to which a key goes; None if it is there."""
    present = keys.index(text) if text in keys else 0
    if key in _STEPS:
        wanted = min(max(present + _STEPS[key], 0), len(keys) - 1)
    else:
        wanted = 0 if key == "Home" else len(keys) - 1
    return None if wanted == present else keys[wanted]


_KEYS: Final[Mapping[str, Callable[[Press], Event]]] = {
    "Tab": _tab,
    "Shift+Tab": _tab,
    "Escape": _escape,
    "Enter": _enter,
    "Space": _space,
    **dict.fromkeys((*_STEPS, "Home", "End", "PageUp", "PageDown"), _turn),
    **dict.fromkeys(("Shift", "Control", "Alt", "Meta"), _stay),
}
"""What each key does to which the site listens."""
