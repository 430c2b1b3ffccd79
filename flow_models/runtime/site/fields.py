"""What each field looks like: label or legend, help, its control or controls, and its message; found by its kind."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from ..machine.pages.fields import TICKED
from ..machine.pages.uses import has_radios
from ..machine.pages.view import Button, Field
from .elements import AREA, BOX, ID, LABEL, RADIO, SELECT, SLIDER, TICK, Attributes, Mark
from .field_controls import (
    WRONG,
    WriteControl,
    common,
    focused_option,
    write_area,
    write_date,
    write_money,
    write_number,
    write_select,
    write_slider,
    write_suggesting,
    write_text,
    write_time,
)
from .field_groups import FILE, GRID, OPTION_STYLE, RADIOS, Group
from .pieces import write_button
from .writer import Writer

_FIELDS: Final[Mapping[tuple[bool, bool], Attributes]] = {
    (False, False): (("class", "field"),),
    (True, False): (("class", "field needed"),),
    (False, True): (("class", "field wrong"),),
    (True, True): (("class", "field needed wrong"),),
}
"""The attributes of a field by whether it is required and whether something is wrong with it."""

_LABEL: Final[Attributes] = (("for", Mark("id", (1,))),)
_LABEL_ABOVE_HELP: Final[Attributes] = (("for", Mark("id", (2,))),)
_HELP: Final[Attributes] = (("class", "help"), ("id", ID))
_ERROR: Final[Attributes] = (("class", "error"), ("id", ID))

_Write = Callable[[Writer, Field, str], None]
"""Writes a whole field with its title."""


class _Look(NamedTuple):
    """How fields of a kind look.

    Attributes:
        control: The kind of target that their control is, of several the first.
        write: Writes one.
    """

    control: str
    write: _Write


def write_field(w: Writer, part: Field) -> None:
    """Write a field."""
    title = w.said(part.title) or part.name.replace("_", " ").capitalize()
    _LOOKS[part.kind].write(w, part, title)


def control_kind(part: Field) -> str:
    """Return the kind of target that the control of a field is; of several the first."""
    return RADIO if has_radios(part) else _LOOKS[part.kind].control


def _labelled(write: WriteControl) -> _Write:
    """Return what writes a field whose control stands below its label."""

    def write_whole(w: Writer, part: Field, title: str) -> None:
        help_text, error = w.said(part.help), w.said(part.error)
        w.open("div", _FIELDS[part.required, bool(error)])
        aim = (part.id, "", "", LABEL)
        w.leaf("label", title, _LABEL_ABOVE_HELP if help_text else _LABEL, "LabelText ''", aim)
        described: tuple[int, ...] = ()
        if help_text:
            w.leaf("p", help_text, _HELP, "paragraph ''")
            described = (-1,)
        write(w, part, title, described, bool(error))
        if error:
            w.leaf("p", error, _ERROR, "paragraph ''")
        _picks(w, part.buttons)
        w.close()

    return write_whole


def _grouped(group: Group) -> _Write:
    """Return what writes a field of several controls, below a legend."""

    def write_whole(w: Writer, part: Field, title: str) -> None:
        help_text, error = w.said(part.help), w.said(part.error)
        before = 3 if help_text else 2
        described: tuple[int, ...] = (2,) if help_text else ()
        attributes = _FIELDS[part.required, bool(error)]
        if error:
            attributes += WRONG
            described += (before + group.count(part),)
        w.open("fieldset", attributes, f"group {title.strip()!r}", "", None, described)
        w.leaf("legend", title, (), "Legend ''")
        if help_text:
            w.leaf("p", help_text, _HELP, "paragraph ''")
        group.write(w, part)
        if error:
            w.leaf("p", error, _ERROR, "paragraph ''")
        _picks(w, part.buttons[1:])
        w.close()

    return write_whole


def _choice(w: Writer, part: Field, title: str) -> None:
    """Write a choice as radio buttons or as a drop-down."""
    (_RADIOS if has_radios(part) else _DROP_DOWN)(w, part, title)


def _checkbox(w: Writer, part: Field, title: str) -> None:
    """Write a checkbox inside its label."""
    help_text, error = w.said(part.help), w.said(part.error)
    is_ticked = part.text == TICKED
    attributes: Attributes = (("type", "checkbox"), *common(w, part), ("value", "on"))
    if is_ticked:
        attributes += (("checked", None),)
    described: tuple[int, ...] = (1,) if help_text else ()
    if error:
        attributes += WRONG
        described += (2 if help_text else 1,)
    state = ", focused" if focused_option(w, part) is not None else ""
    line = f"checkbox {title.strip()!r}{state}, checked={'true' if is_ticked else 'false'!r}"
    w.open("div", _FIELDS[part.required, bool(error)])
    w.open("label", OPTION_STYLE, "LabelText ''", "", (part.id, "", "", LABEL))
    w.open("input", attributes, line, "", (part.id, "", "", TICK), described)
    w.close()
    w.text(title)
    w.close()
    if help_text:
        w.leaf("p", help_text, _HELP, "paragraph ''")
    if error:
        w.leaf("p", error, _ERROR, "paragraph ''")
    w.close()


def _picks(w: Writer, buttons: Sequence[Button]) -> None:
    """Write the buttons that choose a suggestion or a file."""
    if not buttons:
        return
    w.open("ul", (("class", "picks"), ("role", "list")), "list ''")
    for button in buttons:
        w.open("li", (), "listitem ''")
        write_button(w, button, "pick")
        w.close()
    w.close()


_RADIOS: Final = _grouped(RADIOS)
_DROP_DOWN: Final = _labelled(write_select)

_LOOKS: Final[Mapping[str, _Look]] = {
    "text_field": _Look(BOX, _labelled(write_text)),
    "long_text": _Look(AREA, _labelled(write_area)),
    "number_field": _Look(BOX, _labelled(write_number)),
    "money_field": _Look(BOX, _labelled(write_money)),
    "date_field": _Look(BOX, _labelled(write_date)),
    "time_field": _Look(BOX, _labelled(write_time)),
    "slider": _Look(SLIDER, _labelled(write_slider)),
    "suggest_field": _Look(BOX, _labelled(write_suggesting)),
    "file_field": _Look(BOX, _grouped(FILE)),
    "choice_field": _Look(SELECT, _choice),
    "choice_grid": _Look(RADIO, _grouped(GRID)),
    "checkbox": _Look(TICK, _checkbox),
}
"""How each kind of field looks."""
