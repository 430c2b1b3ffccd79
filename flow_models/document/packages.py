"""The name of the Python package that a flow is exported as: made from its title, or chosen, and free to be installed.

A package of a name that Python, the package itself, its extras or a training stack use would be imported in place of
theirs, or theirs in place of it. Those names stand in `resources/packages/taken.json`, a fixed list: the same flow
gives the same package on every computer. Windows and macOS do not tell capitals from small letters, so neither does
this.
"""

import json
import re
import unicodedata
from functools import cache
from typing import Final

from anyascii import anyascii

import resources
from flow_models.document.errors import EditError
from flow_models.document.flow import Flow

LIMIT: Final = 40
PREFIX: Final = "flow"
NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def package_of(flow: Flow) -> str:
    """Return the name of a flow's package: the one chosen, else one made from its title."""
    return flow.package or package_from(flow.title)


def package_from(title: str) -> str:
    """Return a free name made from a title: `North Bank` becomes `northbank`, `Łódź` `lodz`, `Json` `flowjson`."""
    # Of a title of symbols alone their names are better than nothing.
    name = (_joined(latin(title)) or _joined(anyascii(title).lower()))[:LIMIT]
    return free(name) if name and not name[0].isdigit() else f"{PREFIX}{name}"[:LIMIT]


def free(name: str) -> str:
    """Return the name if it can be had, else the nearest that can."""
    return name if not is_taken(name) else f"{PREFIX}{name.replace('_', '')}"[:LIMIT]


def numbered(name: str) -> str:
    """Return another name than one that another flow has: `bank` becomes `bank2`, `bank2` `bank3`."""
    base, number = re.fullmatch(r"(.*?)([0-9]{0,9})", name).groups()  # type: ignore[union-attr]  # matches every name
    ending = str(int(number or 1) + 1)
    return free(base[: LIMIT - len(ending)] + ending)


def is_taken(name: str) -> bool:
    """Return whether a package of this name would hide another, or be hidden by it."""
    return name.lower() in _taken()


def choose_package(flow: Flow, name: str) -> Flow:
    """Return the flow with another package name; an empty one goes back to that made from the title.

    Raises:
        EditError: The name cannot be that of a package, or another package has it.
    """
    if name and not (NAME.fullmatch(name) and len(name) <= LIMIT):
        raise EditError("edit.package_shape", name=name, free=package_from(name))
    if is_taken(name):
        raise EditError("edit.package_taken", name=name, free=free(name))
    return flow.rebuilt(package=name)


def latin(title: str) -> str:
    """Return a title with its letters and digits in small Latin ones, and without any other symbol beyond ASCII."""
    letters = (one if one.isascii() or one.isalnum() or unicodedata.combining(one) else " " for one in title)
    return anyascii("".join(letters)).lower()


def _joined(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text)


@cache
def _taken() -> frozenset[str]:
    """Return the names of packages that are somebody else's; read once."""
    listed: dict[str, list[str]] = json.loads(resources.path("packages", "taken.json").read_text(encoding="utf-8"))
    return frozenset(name for names in listed.values() for name in names)
