"""One transition as drawn: its line, and its words beside it."""

from dataclasses import dataclass
from typing import Literal

from flow_models.document.base import TransitionId
from flow_models.geometry.labels import Words
from flow_models.geometry.shapes import Curve, Point, Rect

ArrowKind = Literal["go", "stay", "close", "broken", "section"]


@dataclass(frozen=True, slots=True)
class Label:
    """The words beside an arrow, in one line.

    Attributes:
        text: The words, shortened.
        rect: Where they stand.
        leader: The thin line from them to their arrow, where another arrow lies as near; else `None`.
    """

    text: str
    rect: Rect
    leader: tuple[Point, Point] | None = None

    @property
    def bounds(self) -> Rect:
        """The words with their leader."""
        if self.leader is None:
            return self.rect
        end, rect = self.leader[1], self.rect
        x, y = min(rect.x, end.x), min(rect.y, end.y)
        return Rect(x, y, max(rect.right, end.x) - x, max(rect.bottom, end.y) - y)


@dataclass(frozen=True, slots=True, eq=False)
class Arrow:
    """One transition as drawn.

    Attributes:
        transition: Its id.
        source: The page or section that it leaves.
        target: The page at which it arrives; empty if it stays, closes a dialog, or its page is gone.
        block: The button, link or field that triggers it; empty for other triggers.
        kind: `go` to a page, `stay` as a loop, `close` and `broken` as a stub, `section` from a chip.
        curve: Its way.
        line: Points along the way, close enough together to measure from.
        words: What it says in full.
        label: The words as they stand beside it; `None` for a section's, whose chip says them, and without room.
        bounds: Around the curve.
    """

    transition: TransitionId
    source: str
    target: str
    block: str
    kind: ArrowKind
    curve: Curve
    line: tuple[Point, ...]
    words: Words
    label: Label | None
    bounds: Rect
