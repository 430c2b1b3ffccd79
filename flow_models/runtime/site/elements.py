"""What documents are made of, in the words of all writers: targets, attributes whose value is a number, and texts."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

VOID_TAGS: Final = frozenset({"hr", "input", "link", "meta"})
"""Tags without content and closing tag."""

_SPACES: Final = re.compile(r"[ \t\n\f\r]+")


BUTTON: Final = "button"
LINK: Final = "link"
BOX: Final = "text"
AREA: Final = "area"
SLIDER: Final = "slider"
SELECT: Final = "select"
OPTION: Final = "option"
RADIO: Final = "radio"
TICK: Final = "checkbox"
LABEL: Final = "label"
FRAME: Final = "frame"
"""How elements are used: a box takes one line, an area several; a label stands for its control, a frame for the lone
link that fills it."""

PRESSED: Final = frozenset({BUTTON, LINK})
"""Elements that are used; all others but labels and frames belong to a field and its value."""

WRITTEN: Final = frozenset({BOX, AREA, SLIDER})
"""Elements that hold the text of their field."""

UNSTOPPED: Final = frozenset({LABEL, OPTION})
"""Elements at which Tab does not stop."""


class Target(NamedTuple):
    """What an element of the page stands for: a block, in a row or with an option, and how it is used."""

    block: str
    row: str = ""
    option: str = ""
    kind: str = ""


Aim = tuple[str, str, str, str]
"""A target as a plain tuple, as writers take it: an object less to make for each element."""


class Mark(NamedTuple):
    """An attribute value that depends on element numbers, given as offsets from the element that carries it.

    Kinds: `id` (also a list of ids) and `token` (a name that only this rendering knows).
    """

    kind: str
    offsets: tuple[int, ...] = (0,)


Attributes = tuple[tuple[str, "str | Mark | None"], ...]
"""Names with their values; `None` is an attribute without a value."""

Tokens = Callable[[int], str]
"""From an element's number to the name that only this rendering knows."""

Focus = tuple[str, str, str] | None
"""The focused block, row and option of a view."""

EXPANDED: Final = "open"
"""The option in a view's focus that says that the list of a focused drop-down is open."""

ID: Final = Mark("id")
TOKEN: Final = Mark("token")


def flat(text: str) -> str:
    """Return a text as a browser shows it: white space collapsed, none at the ends."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _SPACES.sub(" ", text).strip(" ")


def element_id(number: int) -> str:
    """Return the `id` attribute of the element with a number."""
    return f"e{number}"
