"""The text of a page as things with a place: what an agent sees that reads BrowserGym's tree and nothing else.

Nothing of the product is used here: an experiment about reading has to read.
"""

import re
from ast import literal_eval
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

_LINE: Final = re.compile(r"^(\t*)(?:\[(\d+)\] )?(\w+) ('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")(.*)$")
_VALUE: Final = re.compile(r" value='((?:[^'\\]|\\.)*)'")
_ROWS: Final = frozenset({"row", "listitem"})
_REGIONS: Final = frozenset({"banner", "navigation", "main", "contentinfo", "dialog", "alertdialog", "form", "region"})
FIELDS: Final = frozenset({"textbox", "searchbox", "spinbutton", "Date", "InputTime"})
CHOICES: Final = frozenset({"combobox", "listbox"})
CLICKED: Final = frozenset({"link", "button", "checkbox", "switch", "radio", "tab", "menuitem"})


class Thing(NamedTuple):
    """One line of a page.

    Attributes:
        place: The number of the line.
        number: The element's, empty for what has none.
        role: What it is.
        name: What it is called, or what it says.
        state: What else is said of it, as it stands there.
        above: The places of the lines that it belongs to, the page first.
        region: The role of the innermost landmark, form or dialog around it.
        row: The place of the row or item of a list around it, -1 if there is none.
    """

    place: int
    number: str
    role: str
    name: str
    state: str
    above: tuple[int, ...]
    region: str
    row: int

    @property
    def value(self) -> str:
        """What a field holds."""
        found = _VALUE.search(self.state)
        return str(literal_eval(f"'{found[1]}'")) if found else ""

    @property
    def is_usable(self) -> bool:
        """Whether it is not switched off."""
        return "disabled=True" not in self.state


class Page(NamedTuple):
    """A page.

    Attributes:
        title: Its title without the name of the site.
        things: Its lines.
        rows: What stands in each row or item of a list, by its place.
        sayings: What it says outside of rows, in its order.
    """

    title: str
    things: tuple[Thing, ...]
    rows: dict[int, tuple[str, ...]]
    sayings: tuple[str, ...]


@lru_cache(maxsize=1024)
def read(text: str) -> Page:
    """Return a page as its text tells it."""
    things = tuple(_things(text))
    rows: dict[int, list[str]] = {}
    for thing in things:
        if thing.row >= 0 and thing.name:
            said = rows.setdefault(thing.row, [])
            said += [] if thing.name in said else [thing.name]
    sayings = tuple(thing.name for thing in things if thing.role == "StaticText" and thing.row < 0)
    title = things[0].name.partition(" · ")[0] if things else ""
    return Page(title, things, {place: tuple(said) for place, said in rows.items()}, sayings)


def _things(text: str) -> Iterator[Thing]:
    """Yield the lines of a page."""
    around: list[Thing] = []
    for place, line in enumerate(text.split("\n")):
        found = _LINE.match(line)
        if found is None:
            continue
        del around[len(found[1]) :]
        parent = around[-1] if around else None
        role, region, row = found[3], parent.region if parent else "", parent.row if parent else -1
        above = () if parent is None else (*parent.above, parent.place)
        thing = Thing(place, found[2] or "", role, str(literal_eval(found[4])), found[5], above, region, row)
        yield thing
        around.append(_opened(thing))


def _opened(thing: Thing) -> Thing:
    """Return a thing as what is inside it sees it: as the region or row around them where it is one."""
    region = thing.role if thing.role in _REGIONS else thing.region
    row = thing.place if thing.role in _ROWS else thing.row
    return thing._replace(region=region, row=row)
