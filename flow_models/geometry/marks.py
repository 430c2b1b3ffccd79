"""The marks of which pictures consist: simple strokes that painters (canvas and SVG) know how to draw.

Marks are relative to the top left corner of the card; nothing here chooses colours. Which blocks have which marks is in
`block_pictures`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flow_models.geometry.shapes import Rect

MarkKind = Literal[
    "heading",
    "text",
    "notice",
    "rule",
    "caption",
    "field",
    "tick",
    "slider",
    "places",
    "picture",
    "button",
    "link",
    "head",
    "bar",
    "more",
]

PLACES = (2, 8)
"""Lines of a plan of places, and places in each, as pictured."""

_HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One stroke of the picture.

    Attributes:
        kind: How it is drawn; a `bar` stands for a value that only a visit knows.
        rect: Where, relative to the card.
        text: Its words, already shortened to the rectangle.
        tone: A button's style, a notice's tone, `drop_down` for a field with a list.
        block: The id of the block that it pictures; empty for parts that only decorate.
    """

    kind: MarkKind
    rect: Rect
    text: str = ""
    tone: str = ""
    block: str = ""


def places_of(rect: Rect) -> Iterator[Rect]:
    """Yield the places of a pictured plan."""
    lines, count = PLACES
    wide, high = (rect.width + 3.0) / count, (rect.height + 3.0) / lines
    for line in range(lines):
        for number in range(count):
            yield Rect(rect.x + number * wide, rect.y + line * high, wide - 3.0, high - 3.0)


def hills(rect: Rect) -> tuple[tuple[float, float], ...]:
    """Return the points of a line of hills, which stands for any picture."""
    shares = ((0.08, 0.85), (0.3, 0.35), (0.45, 0.65), (0.65, 0.2), (0.92, 0.85))
    return tuple((rect.x + x * rect.width, rect.y + y * rect.height) for x, y in shares)


def plain(template: str) -> str:
    """Return a template as words: `{row.name}` becomes name in small angle quotes, a longer formula a dot row."""
    held = template.replace("{{", "\0").replace("}}", "\1")
    return _HOLE.sub(_hole, held).replace("\0", "{").replace("\1", "}")


def _hole(match: re.Match[str]) -> str:
    last = match.group(1).strip().rpartition(".")[2]
    words = last.replace("_", " ") if last.isidentifier() else "…"
    return f"\u2039{words}\u203a"
