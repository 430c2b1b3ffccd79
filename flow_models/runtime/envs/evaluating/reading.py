"""The elements of a page as its short text tells them, for policies that read without understanding."""

import re
from ast import literal_eval
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ..dialogue.shortening import QUOTED, VALUE

_ELEMENT: Final = re.compile(rf"\[(\d+)\] (\w+) ({QUOTED})([^\[|]*)")

_FIELDS: Final = frozenset({"textbox", "searchbox", "spinbutton", "combobox", "listbox", "slider", "Date", "InputTime"})
_TICKED: Final = frozenset({"checkbox", "switch", "radio"})


@dataclass(slots=True)
class Element:
    """One element that can be acted on.

    Attributes:
        number: Its number.
        role: What it is.
        name: What it is called.
        value: What stands in it.
        state: What else is said of it.
        row: The whole line where several things stand side by side, else empty.
        options: What can be chosen in it.
    """

    number: str
    role: str
    name: str
    value: str = ""
    state: str = ""
    row: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def is_disabled(self) -> bool:
        """Whether it cannot be used."""
        return "disabled=True" in self.state

    @property
    def is_ticked(self) -> bool:
        """Whether it is a box that is ticked."""
        return "checked='true'" in self.state


def is_field(element: Element) -> bool:
    """Say whether an element takes a text."""
    return element.role in _FIELDS


def is_box(element: Element) -> bool:
    """Say whether an element is ticked."""
    return element.role in _TICKED


def elements_of(page: str) -> list[Element]:
    """Return the elements of a page in its order; options belong to the field before them."""
    found: list[Element] = []
    for line in page.split("\n"):
        for element in _in_line(line):
            if element.role == "option" and found and is_field(found[-1]):
                found[-1].options.append(element.name)
            else:
                found.append(element)
    return found


def _in_line(line: str) -> Iterator[Element]:
    """Yield the elements of a line."""
    row = line if " | " in line else ""
    for number, role, name, state in _ELEMENT.findall(line):
        value = VALUE.search(state)
        yield Element(number, role, str(literal_eval(name)), value[1] if value else "", state, row)
