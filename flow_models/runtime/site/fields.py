"""What each field looks like: label, help, the control itself, and its validation message beside it."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from ..machine.pages.view import Button, Field, Place
from .elements import ID, TOKEN, Attributes, Mark, flat
from .pieces import write_button
from .writer import Writer

NO_FILE: Final = "No file chosen"

EXPANDED: Final = "open"
"""The option in a view's focus that says that the list of a focused drop-down is open."""

_TEXT_TYPES: Final = {"password": "password", "phone": "tel", "search": "search"}
"""Purposes with a type of their own; a browser would send another text from an `email` box than was typed there."""

_CONTROLS: Final = {"checkbox": "checkbox", "long_text": "area", "choice_field": "select", "slider": "slider"}
_COMPLETED: Final = (("autocomplete", "off"),)
_FIELD: Final[Attributes] = (("class", "field"),)
_WRONG_FIELD: Final[Attributes] = (("class", "field wrong"),)
_LABEL: Final[Attributes] = (("for", Mark("id", (1,))),)
_LABEL_ABOVE_HELP: Final[Attributes] = (("for", Mark("id", (2,))),)
_HELP: Final[Attributes] = (("class", "help"), ("id", ID))
_ERROR: Final[Attributes] = (("class", "error"), ("id", ID))
_OPTION: Final[Attributes] = (("class", "option"),)
_OPTION_OF_LIST: Final[Attributes] = (("value", TOKEN),)
_SELECTED_OPTION: Final[Attributes] = (("value", TOKEN), ("selected", None))
_PLACE: Final[Attributes] = (("class", "place"),)
_TAKEN: Final[Attributes] = (("class", "place taken"),)
_WRONG: Final[Attributes] = (("aria-invalid", "true"),)
_READING: Final[Attributes] = (("class", "reading"), ("aria-hidden", "true"))
_LONG_READING: Final[Attributes] = (("class", "reading long"), ("aria-hidden", "true"))

SHORT_READING: Final = 4
"""Characters of a number for which the place beside a slider is as narrow as most need."""


def write_field(w: Writer, part: Field) -> None:
    """Write a field."""
    title = w.said(part.title) or part.name.replace("_", " ").capitalize()
    if part.kind == "checkbox":
        _checkbox(w, part, title)
    elif part.kind == "file_field" or control_kind(part) == "radio":
        _grouped(w, part, title)
    else:
        _labelled(w, part, title)


def control_kind(part: Field) -> str:
    """Return the kind of target that the control of a field is; of several the first."""
    if part.kind == "choice_grid" or (part.kind == "choice_field" and part.style == "radio"):
        return "radio"
    return _CONTROLS.get(part.kind, "text")


def _labelled(w: Writer, part: Field, title: str) -> None:
    """Write a field whose control stands below its label."""
    help_text, error = w.said(part.help), w.said(part.error)
    w.open("div", _WRONG_FIELD if error else _FIELD)
    aim = (part.id, "", "", "label")
    w.leaf("label", title, _LABEL_ABOVE_HELP if help_text else _LABEL, "LabelText ''", aim)
    described: tuple[int, ...] = ()
    if help_text:
        w.leaf("p", help_text, _HELP, "paragraph ''")
        described = (-1,)
    if part.kind == "choice_field":
        _select(w, part, title, described, bool(error))
    elif part.kind == "long_text":
        _area(w, part, title, described, bool(error))
    elif part.kind == "slider":
        _slider(w, part, title, described, bool(error))
    else:
        _input(w, part, title, described, bool(error))
    if error:
        w.leaf("p", error, _ERROR, "paragraph ''")
    _picks(w, part.buttons)
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


def focused_option(w: Writer, part: Field) -> str | None:
    """Return the option of the focus if a field has it, empty for the field as a whole; else None."""
    return w.focus[2] if w.focus is not None and w.focus[:2] == (part.id, "") else None


def _common(w: Writer, part: Field) -> Attributes:
    """Return the attributes that every control has."""
    return _attributes(part.required, part.kind == "suggest_field", part.id in w.site.listening)


@cache
def _attributes(is_required: bool, is_suggesting: bool, is_listening: bool) -> Attributes:
    """Return the attributes of a control of some conduct."""
    attributes: Attributes = (("id", ID), ("name", TOKEN))
    if is_required:
        attributes += (("required", None),)
    if is_suggesting:
        attributes += (("data-now", "typed"),)
    elif is_listening:
        attributes += (("data-now", None),)
    return attributes


def _value_line(role: str, title: str, value: str, suffix: str) -> str:
    """Return the line of a text box."""
    shown = f" value={value!r}" if value else ""
    return f"{role} {title.strip()!r}{shown}{suffix}"


def _input(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a box for one line of text."""
    kind = _TEXT_TYPES.get(part.purpose, "text") if part.kind == "text_field" else "text"
    attributes: Attributes = (("type", kind), *_common(w, part), *_COMPLETED)
    if part.purpose == "email":
        attributes += (("inputmode", "email"),)
    if part.kind == "money_field" or (part.kind == "number_field" and part.places):
        attributes += (("inputmode", "decimal"), ("class", "amount"))
    elif part.kind == "number_field":
        attributes += (("inputmode", "numeric"), ("class", "amount"))
    elif part.kind == "date_field":
        attributes += (("placeholder", "YYYY-MM-DD"), ("class", "date"))
    elif part.kind == "time_field":
        attributes += (("placeholder", "HH:MM"), ("class", "time"))
    elif part.placeholder:
        attributes += (("placeholder", part.placeholder),)
    text = part.text
    attributes += (("value", text),)
    if is_wrong:
        attributes += _WRONG
        described += (1,)
    suffix = ", focused" if focused_option(w, part) is not None else ""
    if part.required and kind != "search":
        # Chromium does not say of a search box that it is required.
        suffix += ", required"
    value, shown = (text, text) if kind != "password" else ("•" * _length(text), "•" * len(text))
    role = "searchbox" if kind == "search" else "textbox"
    w.open("input", attributes, _value_line(role, title, value, suffix), "", (part.id, "", "", "text"), described)
    if shown:
        w.remark(f"StaticText {shown.strip()!r}")
    w.close()


def _length(text: str) -> int:
    """Return the number of UTF-16 units of a text: the value of a password field has one dot for each."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _area(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a box for several lines of text."""
    text = part.text.replace("\r\n", "\n").replace("\r", "\n")
    suffix = (", focused" if focused_option(w, part) is not None else "") + (", required" if part.required else "")
    attributes: Attributes = (("id", ID), ("name", TOKEN))
    if part.required:
        attributes += (("required", None),)
    attributes += (("rows", "4"), *_COMPLETED)
    if is_wrong:
        attributes += _WRONG
        described += (1,)
    w.open(
        "textarea",
        attributes,
        _value_line("textbox", title, text, suffix),
        text,
        (part.id, "", "", "area"),
        described,
    )
    for row in text.split("\n"):
        if row:
            w.remark(f"StaticText {row.strip()!r}")
    if text:
        w.text(text)
    w.close()


def _select(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a drop-down; an unknown key shows the first option, as a browser does."""
    keys = [key for key, _ in part.options]
    chosen = keys.index(part.text) if part.text in keys else 0
    focused = focused_option(w, part)
    value = f" value={w.said(part.options[chosen][1])!r}" if keys else ""
    state = f"{', focused' if focused is not None else ''}, hasPopup='menu', expanded={focused == EXPANDED}"
    attributes: Attributes = (*_common(w, part), *_COMPLETED)
    if is_wrong:
        attributes += _WRONG
        described += (len(keys) + 1,)
    line = f"combobox {title.strip()!r}{value}{state}"
    w.open("select", attributes, line, "", (part.id, "", "", "select"), described)
    w.remark("MenuListPopup ''", nests=True)
    for position, (key, label) in enumerate(part.options):
        text = w.said(label)
        aim = (part.id, "", key, "option")
        if position == chosen:
            w.named("option", text, _SELECTED_OPTION, f"option {text.strip()!r}, selected=True", aim)
        else:
            w.named("option", text, _OPTION_OF_LIST, f"option {text.strip()!r}, selected=False", aim)
    w.close()


def _slider(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a slider, which stands at one of its steps, and beside it the number for the eye.

    Assistive technology is told the number by the slider itself, and would hear it twice. Its place is as wide as the
    widest number needs, so nothing moves while the slider is dragged; the page's script lets it follow the thumb.
    """
    bounds: Attributes = (("min", part.minimum), ("max", part.maximum), ("step", str(part.step)))
    listens: Attributes = (("data-now", None),) if part.id in w.site.listening else ()
    value = part.text or part.minimum
    attributes: Attributes = (("type", "range"), ("id", ID), ("name", TOKEN), *listens, *bounds, *_COMPLETED)
    attributes += (("value", value),)
    if is_wrong:
        attributes += _WRONG
        described += (2,)
    focused = ", focused" if focused_option(w, part) is not None else ""
    line = (
        f"slider {title.strip()!r} value={value}{focused}, orientation='horizontal', "
        f"valuemin={part.minimum}, valuemax={part.maximum}, valuetext={value!r}"
    )
    w.open("input", attributes, line, "", (part.id, "", "", "slider"), described)
    w.close()
    is_short = max(len(part.minimum), len(part.maximum)) <= SHORT_READING
    w.open("span", _READING if is_short else _LONG_READING, None, value)
    w.text(value)
    w.close()


def _grouped(w: Writer, part: Field, title: str) -> None:
    """Write a field of several controls, below a legend."""
    help_text, error = w.said(part.help), w.said(part.error)
    before = 3 if help_text else 2
    described: tuple[int, ...] = (2,) if help_text else ()
    attributes = _FIELD
    if error:
        attributes = (*_WRONG_FIELD, *_WRONG)
        described += (before + _inner_count(part),)
    w.open("fieldset", attributes, f"group {title.strip()!r}", "", None, described)
    w.leaf("legend", title, (), "Legend ''")
    if help_text:
        w.leaf("p", help_text, _HELP, "paragraph ''")
    if part.kind == "choice_grid":
        _grid(w, part)
    elif part.kind == "file_field":
        _file(w, part)
    else:
        for position, (key, label) in enumerate(part.options):
            _radio(w, part, Place(key, w.said(label), is_free=True), -2 * position, _OPTION)
    if error:
        w.leaf("p", error, _ERROR, "paragraph ''")
    if part.kind == "file_field":
        _picks(w, part.buttons[1:])
    w.close()


def _inner_count(part: Field) -> int:
    """Return how many elements a field has between its legend and help, and its message."""
    if part.kind == "file_field":
        return 3
    if part.kind == "choice_grid":
        return 1 + sum(1 + bool(title) + 2 * len(places) for title, places in part.grid)
    return 2 * len(part.options)


def _file(w: Writer, part: Field) -> None:
    """Write the button that opens the files, and which one is chosen."""
    w.open("div", (("class", "file"),))
    for button in part.buttons[:1]:
        write_button(w, button)
    w.leaf("p", w.said(part.text) or NO_FILE, (("class", "chosen"),), "paragraph ''")
    w.close()


def _grid(w: Writer, part: Field) -> None:
    """Write the lines of a plan, each with its title and places; those that are taken cannot be chosen."""
    w.open("div", (("class", "grid"),))
    written = 0
    first = None
    for line_title, places in part.grid:
        name = w.said(line_title)
        if name:
            w.open("div", (("class", "line"), ("role", "group"), ("aria-label", name)), f"group {name.strip()!r}")
            w.leaf("span", name, (("class", "line-title"),))
        else:
            w.open("div", (("class", "line"),))
        written += 1 + bool(name)
        for place in places:
            first = written if first is None else first
            _radio(w, part, place, first - written, _PLACE if place.is_free else _TAKEN)
            written += 2
        w.close()
    w.close()


def _radio(w: Writer, part: Field, place: Place, first: int, style: Attributes) -> None:
    """Write one radio button inside its label; `first` is the offset of what gives the group its name."""
    key, label = place.key, flat(place.label)
    is_chosen = part.text == key
    attributes: Attributes = (("type", "radio"), ("name", Mark("token", (first,))), ("value", TOKEN))
    if is_chosen:
        attributes += (("checked", None),)
    if part.id in w.site.listening:
        attributes += (("data-now", None),)
    if not place.is_free:
        attributes += (("disabled", None),)
    state = ", disabled=True" if not place.is_free else ", focused" if focused_option(w, part) == key else ""
    line = f"radio {label.strip()!r}{state}, checked={'true' if is_chosen else 'false'!r}"
    w.open("label", style, "LabelText ''", "", (part.id, "", key, "label"))
    w.named("input", "", attributes, line, (part.id, "", key, "radio"))
    if label:
        w.text(label)
    w.close()


def _checkbox(w: Writer, part: Field, title: str) -> None:
    """Write a checkbox inside its label."""
    help_text, error = w.said(part.help), w.said(part.error)
    is_ticked = part.text == "true"
    attributes: Attributes = (("type", "checkbox"), *_common(w, part), ("value", "on"))
    if is_ticked:
        attributes += (("checked", None),)
    described: tuple[int, ...] = (1,) if help_text else ()
    if error:
        attributes += _WRONG
        described += (2 if help_text else 1,)
    state = ", focused" if focused_option(w, part) is not None else ""
    line = f"checkbox {title.strip()!r}{state}, checked={'true' if is_ticked else 'false'!r}"
    w.open("div", _WRONG_FIELD if error else _FIELD)
    w.open("label", _OPTION, "LabelText ''", "", (part.id, "", "", "label"))
    w.open("input", attributes, line, "", (part.id, "", "", "checkbox"), described)
    w.close()
    w.text(title)
    w.close()
    if help_text:
        w.leaf("p", help_text, _HELP, "paragraph ''")
    if error:
        w.leaf("p", error, _ERROR, "paragraph ''")
    w.close()
