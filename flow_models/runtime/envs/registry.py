"""What can be made of a package: its interfaces and its adapters, each with what it needs to be installed.

`make`, the extras of the package, its card and its self-check read this list. Nothing is imported before it is used.
"""

from importlib import import_module
from typing import Any, Final, NamedTuple


class Entry(NamedTuple):
    """One interface or adapter.

    Attributes:
        name: What it is called, as an interface in `make` and where it needs something as an extra of the package.
        place: The module below this package and the class in it, as `module:Class`.
        about: What it gives, in one sentence.
        needs: The requirements of its extra; none where the package itself is enough.
    """

    name: str
    place: str
    about: str
    needs: tuple[str, ...] = ()

    def load(self) -> Any:
        """Import its module and return its class."""
        module, _, name = self.place.partition(":")
        return getattr(import_module(f".{module}", __package__), name)


TEXT: Final = Entry(
    "text",
    "interfaces.text:TextEnv",
    "Pages as the text of Chromium's accessibility tree that BrowserGym gives, actions as its strings.",
)

INTERFACES: Final = (
    TEXT,
    Entry(
        "symbolic",
        "interfaces.symbolic:SymbolicEnv",
        "Pages as a fixed number of integers with an action mask, actions as numbers.",
    ),
    Entry(
        "browser",
        "interfaces.browser:BrowserEnv",
        "The texts and actions of `text`, and screenshots, in a real Chromium; an installed one is found by itself.",
        ("playwright>=1.60,<2",),
    ),
)
"""The Gymnasium environments of a package: `gym.make(ID, interface=NAME)`."""

ADAPTERS: Final[tuple[Entry, ...]] = ()
"""What brings the environments to other frameworks, see `adapters`."""

EVERYWHERE: Final = tuple(entry for entry in INTERFACES if not entry.needs)
"""The interfaces that are there wherever the package is installed."""

EXTRAS: Final = tuple(entry for entry in (*INTERFACES, *ADAPTERS) if entry.needs)
"""What is there only once the extra of its name is installed."""
