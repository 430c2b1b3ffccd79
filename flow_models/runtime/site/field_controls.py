"""The control of a field where it is a single one: a box, an area, a drop-down, a slider.

Each is written with the field's title, the offsets of what describes it, and whether something is wrong with it.
"""

from collections.abc import Callable
from typing import Final

from ..machine.pages.view import Field
from .clusters import clusters
from .elements import AREA, BOX, EXPANDED, ID, OPTION, SELECT, SLIDER, TOKEN, Attributes
from .writer import Writer

_TEXT_TYPES: Final = {"password": "password", "phone": "tel", "search": "search"}
"""Purposes with a type of their own; a browser would send another text from an `email` box than was typed there."""

COMPLETED: Final = (("autocomplete", "off"),)
WRONG: Final[Attributes] = (("aria-invalid", "true"),)
_OPTION_OF_LIST: Final[Attributes] = (("value", TOKEN),)
_SELECTED_OPTION: Final[Attributes] = (("value", TOKEN), ("selected", None))
_READING: Final[Attributes] = (("class", "reading"), ("aria-hidden", "true"))
_LONG_READING: Final[Attributes] = (("class", "reading long"), ("aria-hidden", "true"))

SHORT_READING: Final = 4
"""Characters of a number for which the place beside a slider is as narrow as most need."""

WriteControl = Callable[[Writer, Field, str, tuple[int, ...], bool], None]
"""Writes the control of a field: title, offsets of what describes it, and whether something is wrong with it."""


def focused_option(w: Writer, part: Field) -> str | None:
    """Return the option of the focus if a field has it, empty for the field as a whole; else None."""
    return w.focus[2] if w.focus is not None and w.focus[:2] == (part.id, "") else None


def common(w: Writer, part: Field, *, is_suggesting: bool = False) -> Attributes:
    """Return the attributes that every control has."""
    attributes: Attributes = (("id", ID), ("name", TOKEN))
    if part.required:
        attributes += (("required", None),)
    if is_suggesting:
        attributes += (("data-now", "typed"),)
    elif part.id in w.site.listening:
        attributes += (("data-now", None),)
    return attributes


def _value_line(role: str, title: str, value: str, suffix: str) -> str:
    """Return the line of a text box."""
    shown = f" value={value!r}" if value else ""
    return f"{role} {title.strip()!r}{shown}{suffix}"


def write_text(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a box for one line of text, as its purpose wants it."""
    kind = _TEXT_TYPES.get(part.purpose, "text")
    hints: Attributes = (("inputmode", "email"),) if part.purpose == "email" else ()
    _box(w, part, title, described, is_wrong, kind, (*common(w, part), *COMPLETED, *hints, *_placeholder(w, part)))


def write_number(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a box for a number."""
    _amount(w, part, title, described, is_wrong, "decimal" if part.places else "numeric")


def write_money(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a box for an amount of money."""
    _amount(w, part, title, described, is_wrong, "decimal")


def write_date(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a box for a date."""
    hints: Attributes = (("placeholder", "YYYY-MM-DD"), ("class", "date"))
    _box(w, part, title, described, is_wrong, "text", (*common(w, part), *COMPLETED, *hints))


def write_time(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a box for a time of day."""
    hints: Attributes = (("placeholder", "HH:MM"), ("class", "time"))
    _box(w, part, title, described, is_wrong, "text", (*common(w, part), *COMPLETED, *hints))


def write_suggesting(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a box of which the site hears while one types."""
    attributes = (*common(w, part, is_suggesting=True), *COMPLETED, *_placeholder(w, part))
    _box(w, part, title, described, is_wrong, "text", attributes)


def _amount(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool, mode: str) -> None:
    """Write a box for digits; `mode` is the keyboard that a telephone shows."""
    hints: Attributes = (("inputmode", mode), ("class", "amount"))
    _box(w, part, title, described, is_wrong, "text", (*common(w, part), *COMPLETED, *hints))


def _placeholder(w: Writer, part: Field) -> Attributes:
    """Return the attribute of what stands in an empty box."""
    return (("placeholder", w.said(part.placeholder)),) if part.placeholder else ()


def _box(
    w: Writer,
    part: Field,
    title: str,
    described: tuple[int, ...],
    is_wrong: bool,
    kind: str,
    attributes: Attributes,
) -> None:
    """Write a box for one line of text; `kind` is the type of the element."""
    text = part.text
    attributes = (("type", kind), *attributes, ("value", text))
    if is_wrong:
        attributes += WRONG
        described += (1,)
    suffix = ", focused" if focused_option(w, part) is not None else ""
    if part.required and kind != "search":
        # Chromium does not say of a search box that it is required.
        suffix += ", required"
    value, shown = (text, text) if kind != "password" else ("•" * _length(text), "•" * clusters(text))
    role = "searchbox" if kind == "search" else "textbox"
    w.open("input", attributes, _value_line(role, title, value, suffix), "", (part.id, "", "", BOX), described)
    if shown:
        w.remark(f"StaticText {shown.strip()!r}")
    w.close()


def _length(text: str) -> int:
    """Return the number of UTF-16 units of a text: the value of a password field has one dot for each."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def write_area(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a box for several lines of text."""
    text = part.text.replace("\r\n", "\n").replace("\r", "\n")
    suffix = (", focused" if focused_option(w, part) is not None else "") + (", required" if part.required else "")
    attributes: Attributes = (("id", ID), ("name", TOKEN))
    if part.required:
        attributes += (("required", None),)
    attributes += (("rows", "4"), *COMPLETED)
    if is_wrong:
        attributes += WRONG
        described += (1,)
    w.open(
        "textarea",
        attributes,
        _value_line("textbox", title, text, suffix),
        text,
        (part.id, "", "", AREA),
        described,
    )
    for row in text.split("\n"):
        if row:
            w.remark(f"StaticText {row.strip()!r}")
    if text:
        w.text(text)
    w.close()


def write_select(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a drop-down; an unknown key shows the first option, as a browser does."""
    keys = [key for key, _ in part.options]
    chosen = keys.index(part.text) if part.text in keys else 0
    focused = focused_option(w, part)
    value = f" value={w.said(part.options[chosen][1])!r}" if keys else ""
    state = f"{', focused' if focused is not None else ''}, hasPopup='menu', expanded={focused == EXPANDED}"
    attributes: Attributes = (*common(w, part), *COMPLETED)
    if is_wrong:
        attributes += WRONG
        described += (len(keys) + 1,)
    line = f"combobox {title.strip()!r}{value}{state}"
    w.open("select", attributes, line, "", (part.id, "", "", SELECT), described)
    w.remark("MenuListPopup ''", nests=True)
    for position, (key, label) in enumerate(part.options):
        text = w.said(label)
        aim = (part.id, "", key, OPTION)
        if position == chosen:
            w.named("option", text, _SELECTED_OPTION, f"option {text.strip()!r}, selected=True", aim)
        else:
            w.named("option", text, _OPTION_OF_LIST, f"option {text.strip()!r}, selected=False", aim)
    w.close()


def write_slider(w: Writer, part: Field, title: str, described: tuple[int, ...], is_wrong: bool) -> None:
    """Write a slider, which stands at one of its steps, and beside it the number for the eye.

    Assistive technology is told the number by the slider itself, and would hear it twice. Its place is as wide as the
    widest number needs, so nothing moves while the slider is dragged; the page's script lets it follow the thumb.
    """
    bounds: Attributes = (("min", part.minimum), ("max", part.maximum), ("step", str(part.step)))
    listens: Attributes = (("data-now", None),) if part.id in w.site.listening else ()
    value = part.text or part.minimum
    attributes: Attributes = (("type", "range"), ("id", ID), ("name", TOKEN), *listens, *bounds, *COMPLETED)
    attributes += (("value", value),)
    if is_wrong:
        attributes += WRONG
        described += (2,)
    focused = ", focused" if focused_option(w, part) is not None else ""
    line = (
        f"slider {title.strip()!r} value={value}{focused}, orientation='horizontal', "
        f"valuemin={part.minimum}, valuemax={part.maximum}, valuetext={value!r}"
    )
    w.open("input", attributes, line, "", (part.id, "", "", SLIDER), described)
    w.close()
    is_short = max(len(part.minimum), len(part.maximum)) <= SHORT_READING
    w.open("span", _READING if is_short else _LONG_READING, None, value)
    w.text(value)
    w.close()
