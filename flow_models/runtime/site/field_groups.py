"""The controls of a field where it has several: radio buttons, the places of a plan, the button and name of a file."""

from collections.abc import Callable
from typing import Final, NamedTuple

from ..machine.pages.view import Field, Place
from .elements import LABEL, RADIO, TOKEN, Attributes, Mark, flat
from .field_controls import focused_option
from .pieces import write_button
from .writer import Writer

NO_FILE: Final = "No file chosen"

OPTION_STYLE: Final[Attributes] = (("class", "option"),)
_PLACE: Final[Attributes] = (("class", "place"),)
_TAKEN: Final[Attributes] = (("class", "place taken"),)


class Group(NamedTuple):
    """How the controls of a field are written.

    Attributes:
        write: Writes them.
        count: How many elements they are.
    """

    write: Callable[[Writer, Field], None]
    count: Callable[[Field], int]


def _radios(w: Writer, part: Field) -> None:
    """Write a radio button for each option."""
    for position, (key, label) in enumerate(part.options):
        _radio(w, part, Place(key, w.said(label), is_free=True), -2 * position, OPTION_STYLE)


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
    w.open("label", style, "LabelText ''", "", (part.id, "", key, LABEL))
    w.named("input", "", attributes, line, (part.id, "", key, RADIO))
    if label:
        w.text(label)
    w.close()


def _file(w: Writer, part: Field) -> None:
    """Write the button that opens the files, and which one is chosen."""
    w.open("div", (("class", "file"),))
    for button in part.buttons[:1]:
        write_button(w, button)
    w.leaf("p", w.said(part.text) or NO_FILE, (("class", "chosen"),), "paragraph ''")
    w.close()


RADIOS: Final = Group(_radios, lambda part: 2 * len(part.options))
GRID: Final = Group(_grid, lambda part: 1 + sum(1 + bool(title) + 2 * len(places) for title, places in part.grid))
FILE: Final = Group(_file, lambda _part: 3)
