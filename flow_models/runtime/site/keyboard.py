"""What a key does: the Tab order, Enter, Space, arrows and Escape, and typing, as Chromium on Linux does them.

A key press first moves the focus to the element that the action names, if that can be focused; else the key goes where
the focus is. What it does to a line of text is in `editing`. Keys that open tabs, that depend on timing or that would
type into several lines are refused.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from ..machine.base.events import Event
from ..machine.base.values import on_scale
from ..machine.pages.fields import TICKED
from ..machine.pages.state import Carets, caret_in
from ..machine.pages.uses import Refusal, giving, is_enabled, scale_of
from ..machine.pages.view import Button, Field, View
from .actions import ActionError, failure
from .document import OUTSIDE
from .editing import UNHELD, Line, refused, struck
from .elements import AREA, BOX, BUTTON, EXPANDED, LINK, PRESSED, RADIO, SELECT, SLIDER, TICK, UNSTOPPED, Target
from .fields import control_kind
from .rendered import Rendered
from .strokes import Stroke

_STEPS: Final = {"ArrowDown": 1, "ArrowRight": 1, "ArrowUp": -1, "ArrowLeft": -1}
_SLIDES: Final = {"ArrowRight": 1, "ArrowUp": 1, "ArrowLeft": -1, "ArrowDown": -1}
_PAGES: Final = {"PageDown": 3, "PageUp": -3}
"""Lines of a drop-down that a key leaves out at once."""

_OPEN: Final = frozenset({"Space", "ArrowLeft", "ArrowRight"})
"""Keys that leave a list open and do nothing to it."""

_WALKS: Final = frozenset({"Tab", "Shift+Tab", "Enter", "Shift+Enter"})
"""Keys that mean in a box what they mean elsewhere, or send what stands in it."""


class Goal(NamedTuple):
    """What gets a key.

    Attributes:
        kind: How it is used, one of the kinds of targets; empty for the document.
        line: The text in a box and its selection; None for all others.
        listens: Whether the site answers while one types there.
    """

    kind: str
    line: Line | None = None
    listens: bool = False


class Press(NamedTuple):
    """A key on a page.

    Attributes:
        stroke: The key with those that are held.
        target: What gets it; None for the document.
        rendered: The page as rendered.
        view: What it shows.
        carets: What is selected in the boxes of the page.
        is_fresh: Whether a box that did not have the focus begins with its caret before the text.
    """

    stroke: Stroke
    target: Target | None
    rendered: Rendered
    view: View
    carets: Carets
    is_fresh: bool

    @property
    def key(self) -> str:
        """The name of the key with those that are held."""
        return self.stroke.name

    @property
    def field(self) -> Field | None:
        """The field whose control gets the key, if there is one."""
        found = None if self.target is None else self.view.control(self.target.block)
        return found if isinstance(found, Field) else None

    @property
    def goal(self) -> Goal:
        """What gets the key."""
        kind, field = "" if self.target is None else self.target.kind, self.field
        if kind != BOX or field is None:
            return Goal(kind)
        line = line_of(field, self.carets)
        is_begun = self.is_fresh and not has_focus(self.view, field.id)
        return Goal(kind, line.begun() if is_begun else line, is_answered(field, self.rendered))


def line_of(field: Field, carets: Carets) -> Line:
    """Return the text of a box and its selection."""
    purpose = field.purpose if field.purpose in ("password", "search") else ""
    return Line(field.text, *caret_in(carets, field.id), purpose)


def is_answered(field: Field, rendered: Rendered) -> bool:
    """Say whether the site answers while one types into a field."""
    return field.kind == "suggest_field" or field.id in rendered.site.listening


def has_focus(view: View, block: str) -> bool:
    """Say whether the control of a block has the focus."""
    focus = _focus_of(view)
    return focus is not None and focus[0] == block


def press(pressed: Press) -> Event:
    """Return the event of a key on an element, or on what has the focus if the element is none or plain content.

    Raises:
        ActionError: The key does nothing that is possible here.
    """
    if pressed.target is None:
        pressed = pressed._replace(target=_focused(pressed.view))
    goal = pressed.goal
    reason = refusal_of(goal, pressed.stroke)
    if reason is not None:
        raise ActionError(failure("press", reason))
    if pressed.target is not None and goal.kind == SELECT and is_open(pressed.view, pressed.target):
        return _pressed_in_open_list(pressed, pressed.target)
    if goal.line is not None and pressed.key not in _WALKS:
        return _edited(pressed, goal.line)
    if goal.line is not None and pressed.stroke.key == "Enter":
        return _enter(pressed)
    return _KEYS.get(pressed.key, _stay)(pressed)


def refusal_of(goal: Goal, stroke: Stroke) -> Refusal | None:
    """Return why a key does nothing that is possible here, or None if it does what Chromium does."""
    if goal.line is not None:
        return None if stroke.name in _WALKS else refused(goal.line, stroke, listens=goal.listens)
    if stroke.command in UNHELD:
        return Refusal("unheld")
    if stroke.name in _KEYS and (goal.kind, stroke.key) != (AREA, "Space"):
        return None
    if goal.kind == SELECT and stroke.text:
        return Refusal("typeahead")
    is_idle = goal.kind not in (SELECT, AREA) and (len(stroke.key) == 1 or stroke.name in _ERASERS)
    return None if is_idle or not stroke.key else Refusal("unwritten", stroke.name)


_ERASERS: Final = frozenset({"Backspace", "Delete", "Insert"})
"""Keys that change texts and nothing else."""


def selected(field: Field, line: Line, carets: Carets) -> Event:
    """Return the event by which a box gets the focus, a text and a selection."""
    if line == line_of(field, carets):
        return Event("focus", field.id)
    return Event("fill", field.id, f"{line.anchor}:{line.caret}", line.text)


def _edited(pressed: Press, line: Line) -> Event:
    """Return the event of a key in a box; Escape first leaves a dialog that is in the way."""
    field = pressed.field
    if field is None or (pressed.stroke.key == "Escape" and _stands_before(pressed)):
        return _escape(pressed)
    return selected(field, struck(line, pressed.stroke), pressed.carets)


def _stands_before(pressed: Press) -> bool:
    """Say whether a dialog of an interruption is in the way."""
    interruption = pressed.view.interruption
    return interruption is not None and interruption.is_modal


def _focus_of(view: View) -> tuple[str, str, str] | None:
    """Return the focus of a page, or of the dialog over it."""
    return view.focus or (view.dialog.focus if view.dialog is not None else None)


def is_open(view: View, target: Target) -> bool:
    """Say whether the list of a drop-down is open."""
    return _focus_of(view) == (target.block, "", EXPANDED)


def _pressed_in_open_list(pressed: Press, target: Target) -> Event:
    """Return the event of a key while a drop-down's list is open: most keys close it and do nothing else.

    Chromium gives all keys to the list, Tab and Escape too; only Space leaves it open.
    """
    if pressed.key in ("ArrowDown", "ArrowUp", "Home", "End"):
        event = _arrow(pressed)
        return event if event.kind == "select" else Event("focus", target.block, value=EXPANDED)
    return Event("focus", target.block, value=EXPANDED if pressed.key in _OPEN else "")


def _focused(view: View) -> Target | None:
    """Return what has the focus."""
    focus = _focus_of(view)
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


def _kept(pressed: Press) -> Event:
    """Return the event of a key that does nothing to a box but that this has the focus now."""
    line, field = pressed.goal.line, pressed.field
    return _stay(pressed) if line is None or field is None else selected(field, line, pressed.carets)


def _escape(pressed: Press) -> Event:
    """Return the event of Escape: it leaves a dialog that is in the way, as by its first button."""
    interruption = pressed.view.interruption
    if interruption is None or not _stands_before(pressed):
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
            return _arrived(stop, pressed)
    return Event("blur", value=OUTSIDE)


def _arrived(stop: Target, pressed: Press) -> Event:
    """Return the event of arriving at a stop; all of the text in a box is selected then."""
    field = pressed.view.control(stop.block)
    if stop.kind == BOX and isinstance(field, Field):
        return selected(field, line_of(field, pressed.carets).whole(), pressed.carets)
    return Event("focus", stop.block, stop.row, stop.option)


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
    sender = _sender(pressed, target.block)
    if sender is None or not is_enabled(sender):
        return _kept(pressed)
    return Event("use", sender.id, sender.row)


def _sender(pressed: Press, block: str) -> Button | None:
    """Return the button by which Chromium sends the form of a field on Enter: its first one, enabled or not."""
    form = pressed.view.form_of(block)
    if form is None:
        return None
    own = [one for one in pressed.view.controls() if isinstance(one, Button) and one.submit and one.form == form.id]
    if len(own) < 2:
        return own[0] if own else None
    # The first as the variant has them, which need not be the first that was drawn.
    by_place = {(one.id, one.row): one for one in own}
    places = ((target.block, target.row) for target in pressed.rendered.targets.values())
    return next((by_place[place] for place in places if place in by_place), None)


def _space(pressed: Press) -> Event:
    """Return the event of Space: a button is used, a box ticked, an option chosen, a drop-down opened."""
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
    return _stay(pressed)


def _turn(pressed: Press) -> Event:
    """Return the event of a key that goes on or back: on a slider, among radio buttons, in a drop-down."""
    if pressed.target is not None and pressed.target.kind == SLIDER:
        return _slide(pressed)
    return _arrow(pressed)


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
    by = _STEPS.get(key) or _PAGES.get(key) or (-len(keys) if key == "Home" else len(keys))
    wanted = min(max(present + by, 0), len(keys) - 1)
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
