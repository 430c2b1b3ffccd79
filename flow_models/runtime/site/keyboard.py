"""What a key does: the Tab order, Enter, Space, arrows and Escape, as Chromium on Linux does them.

A key press first moves the focus to the element that the action names, if that can be focused; else the key goes where
the focus is. Other keys than those here are refused: text is typed with `fill`.
"""

from typing import Final

from ..machine.base.events import Event
from ..machine.base.values import on_scale
from ..machine.pages.view import Button, Field, View
from .actions import ActionError
from .document import OUTSIDE
from .elements import Target
from .fields import EXPANDED, control_kind
from .rendered import Rendered

_ALIASES: Final = {" ": "Space", "Return": "Enter", "NumpadEnter": "Enter", "Esc": "Escape"}
_STEPS: Final = {"ArrowDown": 1, "ArrowRight": 1, "ArrowUp": -1, "ArrowLeft": -1}
_SLIDES: Final = {"ArrowRight": 1, "ArrowUp": 1, "ArrowLeft": -1, "ArrowDown": -1}
_FAR: Final = frozenset({"PageUp", "PageDown", "Home", "End"})
_IDLE: Final = frozenset({"Escape", "Home", "End", "PageUp", "PageDown", "Shift", "Control", "Alt", "Meta"})


def press(key: str, named: Target | None, rendered: Rendered, view: View) -> Event:
    """Return the event of a key on an element, or on what has the focus if the element is none or plain content.

    Raises:
        ActionError: The key is none that the site listens to.
    """
    target = named if named is not None else _focused(view)
    key = _ALIASES.get(key, key)
    if target is not None and target.kind == "select" and is_open(view, target):
        return _pressed_in_open_list(key, target, view)
    if key in ("Tab", "Shift+Tab"):
        return _tab(target, rendered, view, backwards=key != "Tab")
    if key == "Escape" and view.interruption is not None and view.interruption.is_modal:
        out = next(one for one in rendered.targets.values() if one.block == view.interruption.id)
        return Event("use", out.block, out.row)
    if key == "Enter":
        return _enter(target, view)
    if key == "Space":
        return _space(target, view)
    if target is not None and target.kind == "slider" and (key in _SLIDES or key in _FAR):
        return _slide(key, target, view)
    if key in _STEPS or key in ("Home", "End"):
        return _arrow(key, target, view)
    if key in _IDLE:
        return _stay(target)
    raise ActionError(f"Error: Locator.press: the key {key!r} is not supported here; use fill to type text")


def is_known_key(key: str) -> bool:
    """Say whether a key is one that the site listens to."""
    key = _ALIASES.get(key, key)
    return key in _IDLE or key in _STEPS or key in ("Tab", "Shift+Tab", "Enter", "Space")


def is_open(view: View, target: Target) -> bool:
    """Say whether the list of a drop-down is open."""
    focus = view.focus or (view.dialog.focus if view.dialog is not None else None)
    return focus == (target.block, "", EXPANDED)


def _pressed_in_open_list(key: str, target: Target, view: View) -> Event:
    """Return the event of a key while a drop-down's list is open: most keys close it and do nothing else."""
    if key in _STEPS or key in ("Home", "End"):
        event = _arrow(key, target, view)
        return event if event.kind == "select" else Event("focus", target.block, value=EXPANDED)
    return Event("focus", target.block, value=EXPANDED if key == "Space" else "")


def _focused(view: View) -> Target | None:
    """Return what has the focus."""
    focus = view.focus or (view.dialog.focus if view.dialog is not None else None)
    if focus is None:
        return None
    control = view.control(focus[0], focus[1])
    if isinstance(control, Field):
        return _target_of(control, focus[2])
    if control is None:
        return None
    return Target(focus[0], focus[1], kind="button" if isinstance(control, Button) else "link")


def _target_of(field: Field, option: str) -> Target:
    """Return what the control of a field is."""
    kind = control_kind(field)
    return Target(field.id, option=option if kind == "radio" else "", kind=kind)


def _stay(target: Target | None) -> Event:
    """Return the event of a key that only leaves the focus on an element."""
    return Event("noop") if target is None else Event("focus", target.block, target.row, target.option)


def _tab(target: Target | None, rendered: Rendered, view: View, *, backwards: bool) -> Event:
    """Return the event that moves the focus to the next or previous stop; beyond the last one it leaves the page."""
    place = None if target is None else rendered.number_of(target)
    stops = _stops(target, rendered, view, backwards=backwards)
    if backwards:
        stops.reverse()
    for number, stop in stops:
        if place is None or (number < place if backwards else number > place):
            return Event("focus", stop.block, stop.row, stop.option)
    return Event("blur", value=OUTSIDE)


def _stops(target: Target | None, rendered: Rendered, view: View, *, backwards: bool) -> list[tuple[int, Target]]:
    """Return where Tab stops, with numbers, in document order.

    Of radio buttons that is the chosen one; if none is chosen, the group is entered at the end that comes first, and
    left as a whole.
    """
    stops: list[tuple[int, Target]] = []
    for number, stop in rendered.targets.items():
        if stop.kind in ("label", "option"):
            continue
        control = view.control(stop.block, stop.row)
        if isinstance(control, Button) and not control.enabled:
            continue
        if stop.kind == "radio" and isinstance(control, Field):
            keys = [key for key, _ in control.options]
            if not keys:
                continue
            is_inside = target is not None and target.block == stop.block
            chosen = control.text if control.text in keys else "" if is_inside else keys[-1 if backwards else 0]
            if stop.option != chosen:
                continue
        stops.append((number, stop))
    return stops


def _enter(target: Target | None, view: View) -> Event:
    """Return the event of Enter: a control is used, a field sends its form, a drop-down opens."""
    if target is None:
        return Event("noop")
    if target.kind in ("button", "link"):
        return Event("use", target.block, target.row)
    if target.kind == "select":
        return Event("focus", target.block, value=EXPANDED)
    field = view.control(target.block)
    if target.kind == "area" and isinstance(field, Field):
        return Event("fill", target.block, value=field.text + "\n")
    form = view.form_of(target.block)
    if form is not None:
        for control in view.controls():
            if isinstance(control, Button) and control.submit and control.form == form.id:
                return Event("use", control.id, control.row) if control.enabled else _stay(target)
    return _stay(target)


def _space(target: Target | None, view: View) -> Event:
    """Return the event of Space: a button is used, a box ticked, an option chosen, a drop-down opened."""
    if target is None or target.kind in ("link", "slider"):
        return _stay(target)
    if target.kind == "button":
        return Event("use", target.block, target.row)
    field = view.control(target.block)
    if target.kind == "checkbox" and isinstance(field, Field):
        return Event("uncheck" if field.text == "true" else "check", target.block)
    if target.kind == "radio":
        return Event("select", target.block, value=target.option)
    if target.kind == "select":
        return Event("focus", target.block, value=EXPANDED)
    raise ActionError("Error: Locator.press: the key 'Space' is not supported in a text box; use fill to type text")


def _slide(key: str, target: Target, view: View) -> Event:
    """Return the event of a key on a slider: a step, a tenth of the way if that is more, or to an end."""
    field = view.control(target.block)
    if not isinstance(field, Field):
        return _stay(target)
    least, most, step = int(field.minimum), int(field.maximum), field.step
    present = int(field.text or least)
    far = max((most - least) / 10, step)
    by = {"PageUp": far, "PageDown": -far, "Home": least - present, "End": most - present}
    wanted = on_scale(str(present + by.get(key, _SLIDES.get(key, 0) * step)), least, most, step)
    return _stay(target) if wanted == present else Event("fill", target.block, value=str(wanted))


def _arrow(key: str, target: Target | None, view: View) -> Event:
    """Return the event of an arrow, Home or End: among radio buttons it wraps, in a drop-down it stops at the ends."""
    if target is None or target.kind not in ("radio", "select"):
        return _stay(target)
    field = view.control(target.block)
    if not isinstance(field, Field) or not field.options:
        return _stay(target)
    keys = [option for option, _ in field.options]
    if target.kind == "radio":
        if key not in _STEPS:
            return _stay(target)
        present = keys.index(target.option) if target.option in keys else 0
        return Event("select", target.block, value=keys[(present + _STEPS[key]) % len(keys)])
    present = keys.index(field.text) if field.text in keys else 0
    if key in _STEPS:
        wanted = min(max(present + _STEPS[key], 0), len(keys) - 1)
    else:
        wanted = 0 if key == "Home" else len(keys) - 1
    return _stay(target) if wanted == present else Event("select", target.block, value=keys[wanted])
