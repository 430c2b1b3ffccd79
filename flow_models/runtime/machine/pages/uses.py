"""What a visitor can do with what a page shows: from a control to the events that it takes, and why others are refused.

Said once, for the machine, which plays events, and for all who make them: the site from forms and from the texts of
agents, the symbols from numbers, the solver, whatever drives a browser. Which control is meant they say themselves;
whether something can be done with it is decided here, in the words that an agent reads.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal, NamedTuple, Protocol, TypeGuard

from ..base import limits
from ..base.events import Event
from ..base.field_blocks import ChoiceGrid, LongText
from ..base.kinds import KINDS
from ..base.texts import has_halves
from ..base.traits import Fill
from .fields import TICKED
from .offered import PICK
from .unfolding import BROWSE
from .view import Button, Control, Field, View

AIMED: Final = frozenset({"use", "fill", "select", "check", "uncheck", "focus"})
"""Kinds of event that name a control."""

Code = Literal[
    "absent",
    "inert",
    "disabled",
    "covered",
    "no_control",
    "no_box",
    "ticked",
    "no_list",
    "no_tick",
    "not_offered",
    "unchanged",
    "malformed",
    "too_long",
    "unsendable",
    "no_address",
    "elsewhere",
    "unknown",
    "unclear",
    "told",
    "broken",
    "one_tab",
    "by_pixels",
    "no_files",
    "modified",
    "middle",
    "typeahead",
    "unheld",
    "answering",
    "unwritten",
    "writing",
    "labelled",
]

REASONS: Final[Mapping[Code, str]] = {
    "absent": "element is not on the page",
    "inert": "element is not visible or not reachable",
    "disabled": "element is not enabled",
    "covered": "another element intercepts pointer events",
    "no_control": "element is neither a button nor a link",
    "no_box": "Element is not an <input>, <textarea> or [contenteditable] element",
    "ticked": 'Input of type "{}" cannot be filled',
    "no_list": "Element is not a <select> element",
    "no_tick": "Not a checkbox or radio button",
    "not_offered": "did not find some options",
    "unchanged": "Clicking the checkbox did not change its state",
    "malformed": "Error: Malformed value",
    "too_long": "the text is too long",
    "unsendable": "the text holds half of a character, which cannot be sent",
    "no_address": "this is not an address",
    "elsewhere": "this address is outside of the site",
    "unknown": "unknown action {!r}",
    "unclear": "this action could not be understood",
    "told": "{}",
    "broken": "the site shows its error page",
    "one_tab": "this browser has one tab only; use goto, go_back and the links of the page",
    "by_pixels": "dragging depends on pixels and is not possible here; use the buttons and fields of the page",
    "no_files": "no file of this computer can be sent here; use the field's buttons, which show the site's own files",
    "modified": "clicks with keys held down open tabs or select by pixels, which is not possible here; use none",
    "middle": "a click with the middle button opens tabs or scrolls, which is not possible here; use the left button",
    "typeahead": "what a typed letter chooses depends on timing; use select_option",
    "unheld": "the clipboard and what can be undone are not kept here; use fill",
    "answering": "the site answers this field while one types, which depends on timing; use fill",
    "labelled": "a double click on a label selects its text, which is not possible here; click what it labels",
    "writing": "where the caret goes in this writing depends on fonts and dictionaries; use fill",
    "unwritten": "the key {!r} is not possible here; use fill to type text, and buttons and links to move about",
}
"""Why something is not done, by code; those about elements are Playwright's own words, because agents know them.

absent: no such control on the page; inert: it is there, but something stands before it; disabled: a button, or a place
of a plan, that cannot be used now; covered: only a browser can find that; no_control, no_box, ticked, no_list, no_tick:
of the wrong kind; not_offered: no such option now; unchanged: a radio button is not taken back; malformed: a slider has
no such step; told: whoever made the event says why. From `one_tab` on: what no site here does, because it depends on
pixels, timing, other tabs or this computer's files; the card of a package lists them.
"""


HINDERED: Final[tuple[Code, ...]] = ("modified", "middle", "labelled", "typeahead", "answering", "unheld", "writing")
"""Reasons for which some keys and clicks are not possible, whatever the page."""


class Refusal(NamedTuple):
    """Why something is not done; `about` stands in the words where they name something."""

    code: Code
    about: str = ""

    @property
    def words(self) -> str:
        """The reason in words."""
        return REASONS[self.code].format(self.about)


ABSENT: Final = Refusal("absent")
INERT: Final = Refusal("inert")
DISABLED: Final = Refusal("disabled")
NOT_OFFERED: Final = Refusal("not_offered")
LABELLED: Final = Refusal("labelled")

_MISFITS: Final = {
    "use": Refusal("no_control"),
    "fill": Refusal("no_box"),
    "select": Refusal("no_list"),
    "check": Refusal("no_tick"),
    "uncheck": Refusal("no_tick"),
}
"""What is said of something that does not take a kind of event."""

_FILLS: Final[Mapping[str, Fill]] = {name: kind.traits.fill for name, kind in KINDS.items()}
_EVENTS: Final[Mapping[str, tuple[str, ...]]] = {name: kind.traits.events for name, kind in KINDS.items()}
_SUGGESTING: Final = frozenset(
    name for name, kind in KINDS.items() if kind.traits.fill == "typed" and kind.traits.value == "row"
)
_USED: Final = ("use",)


def events_of(control: Control) -> tuple[str, ...]:
    """Return the kinds of event that a control takes now, the focus aside."""
    if isinstance(control, Field):
        return _EVENTS[control.kind]
    return _USED if is_enabled(control) else ()


def texts_of(control: Control) -> tuple[str, ...] | None:
    """Return the texts of which a control takes one now; None if it takes any, one empty text if it is only used."""
    if not isinstance(control, Field):
        return ("",) if is_enabled(control) else ()
    match _FILLS[control.kind]:
        case "chosen":
            return tuple([key for key, _ in control.options])
        case "ticked":
            return ("", TICKED)
        case "slid":
            return tuple(map(str, scale_of(control)))
        case "typed":
            return None
        case _:
            return ()


class Given(Protocol):
    """A field that gets a text: one that is shown, or one that is ready to be shown."""

    @property
    def id(self) -> str:
        """The block's id."""

    @property
    def kind(self) -> str:
        """The block's kind."""


def giving(field: Given, text: str) -> tuple[Event, ...]:
    """Return the events by which a field gets a text, in order."""
    block = field.id
    match _FILLS[field.kind]:
        case "chosen":
            return (Event("select", block, "", text),)
        case "ticked":
            return (Event("check" if text else "uncheck", block),)
        case "picked":
            return (Event("use", block, BROWSE), Event("use", block, f"{PICK}{text}"))
        case _:
            return (Event("fill", block, "", text),)


def is_enabled(control: Control) -> bool:
    """Say whether a control can be used at all; only buttons can be disabled as a whole."""
    return not isinstance(control, Button) or control.enabled


def is_slid(control: Control) -> TypeGuard[Field]:
    """Say whether a control is a field whose value is put on a scale."""
    return isinstance(control, Field) and _FILLS[control.kind] == "slid"


def is_line(control: Control) -> TypeGuard[Field]:
    """Say whether a control is a box for one line of text."""
    return isinstance(control, Field) and takes_line(control.kind)


def takes_line(kind: str) -> bool:
    """Say whether fields of a kind are boxes for one line of text."""
    return _FILLS[kind] == "typed" and kind != LongText.kind


def is_optioned(control: Control) -> TypeGuard[Field]:
    """Say whether a control is a field of which one chooses an option."""
    return isinstance(control, Field) and _FILLS[control.kind] == "chosen"


def is_suggesting(control: Control) -> TypeGuard[Field]:
    """Say whether a control is a field into which one types the label of a row that it offers."""
    return isinstance(control, Field) and control.kind in _SUGGESTING


def is_tickable(control: Control) -> TypeGuard[Field]:
    """Say whether a control is a field that is ticked."""
    return isinstance(control, Field) and _FILLS[control.kind] == "ticked"


def has_radios(control: Control) -> bool:
    """Say whether the options of a field stand side by side, each a control by itself, and not in a list."""
    return is_optioned(control) and (control.style == "radio" or control.kind == ChoiceGrid.kind)


def scale_of(slider: Field) -> range:
    """Return the steps of a field whose value is put on a scale."""
    return range(int(slider.minimum), int(slider.maximum) + 1, slider.step)


def refusal(view: View, event: Event) -> Refusal | None:
    """Return why an event cannot be done on a page, or None if it can."""
    found = unsaid(event)
    if found is None and event.kind in AIMED:
        aim = aimed(view, event)
        return aim if isinstance(aim, Refusal) else None
    return found


def unsaid(event: Event) -> Refusal | None:
    """Return why an event cannot be done on any page: it stands for a refusal, or its text cannot be sent."""
    text = event.value
    if event.kind == "reject":
        return Refusal("told", text) if text else Refusal("unclear")
    if not text:
        return None
    if len(text) > limits.TEXT:
        return Refusal("too_long")
    return None if is_sendable(text) else Refusal("unsendable")


def is_sendable(text: str) -> bool:
    """Say whether a browser could send a text: halves of characters (surrogates) have no form in UTF-8."""
    return not has_halves(text)


def aimed(view: View, event: Event) -> Control | Refusal:
    """Return the control that takes an event which names one, or why none does."""
    kind, block, row, value = event
    found = reached(view, block, "" if kind == "fill" else row, value if kind in ("select", "focus") else "")
    if isinstance(found, Refusal) or kind == "focus" or (kind == "use" and not isinstance(found, Field)):
        return found
    if kind == "select" and is_optioned(found):
        return found if _is_offered(found, value) else NOT_OFFERED
    return misfit_of(kind, found) or found


def reached(view: View, block: str, row: str = "", option: str = "") -> Control | Refusal:
    """Return the control of a block (in a row), or why it, or one of its options, is out of reach."""
    control = view.control(block, row)
    if control is None:
        return INERT if _is_behind(view, block, row) else ABSENT
    if isinstance(control, Button):
        return control if control.enabled else DISABLED
    is_taken = option and isinstance(control, Field) and control.grid and _is_taken(control, option)
    return DISABLED if is_taken else control


def misfit_of(kind: str, control: Control | None) -> Refusal | None:
    """Return why a control takes no events of a kind, and what is no control (None) none at all; else None."""
    if control is not None and kind in events_of(control):
        return None
    if kind == "fill" and isinstance(control, Field):
        box = "radio" if has_radios(control) else "checkbox" if is_tickable(control) else ""
        if box:
            return Refusal("ticked", box)
    return _MISFITS[kind]


def _is_behind(view: View, block: str, row: str) -> bool:
    """Say whether a control is on the page at all, behind what stands over it."""
    layers = (view,) if view.dialog is None else (view, view.dialog)
    return any(replace(layer, dialog=None, interruption=None).control(block, row) for layer in layers)


def _is_offered(field: Field, key: str) -> bool:
    """Say whether a field has an option now."""
    return key in [known for known, _ in field.options]


def _is_taken(field: Field, key: str) -> bool:
    """Say whether a place of a plan cannot be chosen."""
    return any(place.key == key and not place.is_free for _, places in field.grid for place in places)
