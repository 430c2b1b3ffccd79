"""The workspaces: which panels stand where, and how much room each place has. One entry of the table for each.

A layout is a plain value. It is what the person has made of a workspace, is kept as JSON between starts, and names
panels and places only: a file of an earlier version, or one that is damaged, gives the first layout where it says
nothing that can be used.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

PLACES = ("left", "centre", "bottom", "foot", "page", "right")
"""Left, the middle with what stands below it (two places side by side), the page's column, right."""

CANVAS = "canvas"
"""The one panel that never closes."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the panels stand: for each place its panels in the order of their tabs, the one in front, and its size."""

    panels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    front: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Pixels: the width of a column and of the foot, the height of the bottom. The centre takes what is left."""

    def place_of(self, panel: str) -> str:
        """Return the place in which a panel is open, or nothing."""
        return next((place for place, panels in self.panels.items() if panel in panels), "")

    def without(self, panel: str) -> "Layout":
        """Return the layout with a panel closed."""
        return replace(self, panels={place: _but(panels, panel) for place, panels in self.panels.items()})

    def with_panel(self, panel: str, place: str) -> "Layout":
        """Return the layout with a panel in front in a place, as its last tab if it was not there."""
        if self.place_of(panel) == place:
            return replace(self, front={**self.front, place: panel})
        bare = self.without(panel)
        panels = {**bare.panels, place: (*bare.panels.get(place, ()), panel)}
        return replace(bare, panels=panels, front={**bare.front, place: panel})

    def dumps(self) -> str:
        """Return the layout as text."""
        return json.dumps({"panels": self.panels, "front": self.front, "sizes": self.sizes}, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Workspace:
    """What one works on: its panels by place, and the sizes that the places have at first."""

    name: str
    key: str
    panels: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, float]
    """Pixels, or a share of the room where it is below one."""
    narrow: Mapping[str, str] = field(default_factory=dict)
    """Places whose panels go into another one where the room is narrower than `wide_from`."""
    wide_from: int = 0
    high_from: int = 0
    """In a lower window the bottom is closed at first: the canvas has the height."""

    def first_layout(self, width: int, height: int) -> Layout:
        """Return how the workspace looks before anybody has changed it, in a room of this size."""
        panels = dict(self.panels)
        if width < self.wide_from:
            for place, other in self.narrow.items():
                panels[other] = (*panels.get(other, ()), *panels.pop(place, ()))
        if height < self.high_from:
            panels.pop("bottom", None)
        front = {place: names[0] for place, names in panels.items() if names}
        sizes = {place: self._pixels(place, width, height) for place in self.sizes}
        return Layout(panels, front, sizes)

    def _pixels(self, place: str, width: int, height: int) -> int:
        size = self.sizes[place]
        return round(size * (height if place == "bottom" else width)) if size < 1 else round(size)


WORKSPACES: tuple[Workspace, ...] = (
    Workspace(
        "draw",
        "Ctrl+1",
        {
            "left": ("outline", "history"),
            "centre": (CANVAS,),
            "bottom": ("problems", "data"),
            "page": ("preview",),
            "right": ("inspector",),
        },
        {"left": 230, "right": 344, "page": 376, "bottom": 0.25},
        narrow={"page": "right"},
        wide_from=1400,
        high_from=800,
    ),
    Workspace(
        "play",
        "Ctrl+2",
        {"centre": (CANVAS,), "bottom": ("data",), "foot": ("log",), "page": ("preview",)},
        {"left": 230, "right": 344, "page": 0.53, "bottom": 0.36, "foot": 0.2},
        narrow={"foot": "bottom"},
        wide_from=1200,
    ),
    Workspace(
        "vary",
        "Ctrl+3",
        {"left": ("variation",), "centre": ("sheet", CANVAS), "bottom": ("problems",), "page": ("preview",)},
        {"left": 290, "right": 344, "page": 0.33, "bottom": 0.25},
    ),
)

BY_NAME: Mapping[str, Workspace] = MappingProxyType({workspace.name: workspace for workspace in WORKSPACES})


def read_layout(text: str, first: Layout, known: Iterable[str]) -> Layout:
    """Return a kept layout, with the first one's place of whatever it does not say or says wrongly.

    Args:
        text: What `dumps` gave.
        first: The first layout of the workspace.
        known: The names of the panels that there are.
    """
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return first
    if not isinstance(read, dict):
        return first
    kept = {place: _texts(_dict(read.get("panels")).get(place)) for place in PLACES}
    panels: dict[str, tuple[str, ...]] = {}
    left_over = set(known)
    for place, names in kept.items():
        panels[place] = tuple(name for name in dict.fromkeys(names) if name in left_over)
        left_over -= set(panels[place])
    if CANVAS in left_over:
        return first
    front = {place: str(name) for place, name in _dict(read.get("front")).items() if name in panels.get(place, ())}
    sizes = {
        place: size
        for place, size in _dict(read.get("sizes")).items()
        if place in PLACES and isinstance(size, int) and size > 0
    }
    return Layout(panels, front, {**first.sizes, **sizes})


def _but(panels: tuple[str, ...], panel: str) -> tuple[str, ...]:
    return tuple(name for name in panels if name != panel)


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
