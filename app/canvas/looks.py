"""How an element looks at the moment beyond what it is: chosen, under the pointer, played, with problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, Protocol

from flow_models.document.elements import Element

PlayState = Literal["", "possible", "blocked", "last", "dimmed"]
"""How a transition takes part in the play: it would be taken, would not, was taken last, or is elsewhere."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a transition is painted while it takes part in the play in one way; shares are of 1, which is opaque.

    Attributes:
        is_bright: Whether its line and edges have the colour of the play, and the line is stronger.
        dashes: The pattern of the line, in widths of it; its chip is dashed too.
        line: How much of the line is seen.
        ground: How much of the ground below its words.
        words: How much of the words.
        chip_edge: The width of its chip's edge.
        chip_words: How much of the words on its chip.
    """

    is_bright: bool = False
    dashes: tuple[float, ...] = ()
    line: float = 1.0
    ground: float = 0.94
    words: float = 1.0
    chip_edge: float = 1.0
    chip_words: float = 1.0


STYLES: Mapping[PlayState, Style] = MappingProxyType(
    {
        "": Style(),
        "possible": Style(is_bright=True, chip_edge=2.0),
        "blocked": Style(dashes=(3.0, 3.5), chip_words=0.55),
        "last": Style(is_bright=True),
        "dimmed": Style(line=0.3, ground=0.5, words=0.45, chip_words=0.55),
    }
)


class Reported(Protocol):
    """What the canvas needs of a problem."""

    @property
    def severity(self) -> str:
        """`error`, `warning`, `hint` or `note`."""
        ...

    @property
    def elements(self) -> Sequence[Element]:
        """The elements concerned."""
        ...

    def sentence(self) -> str:
        """Return the problem in words."""
        ...


@dataclass(frozen=True, slots=True)
class Badge:
    """The problems of one page: the worst severity, how many, and their sentences."""

    severity: str
    count: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Play:
    """What the play on the canvas shows.

    Attributes:
        page: The page where the episode is.
        possible: For each transition that can be tried here, whether it would be taken and, if not, why in words.
        last: The transition taken last.
    """

    page: str | None = None
    possible: Mapping[str, tuple[bool, str]] = field(default_factory=dict)
    last: str | None = None

    @property
    def is_on(self) -> bool:
        """Whether anything is played."""
        return self.page is not None

    def of_arrow(self, transition: str) -> PlayState:
        """Return how an arrow looks."""
        if not self.is_on:
            return ""
        if transition in self.possible:
            return "possible" if self.possible[transition][0] else "blocked"
        return "last" if transition == self.last else "dimmed"

    def reason(self, transition: str) -> str:
        """Return why a transition is blocked; empty if it is not."""
        can, why = self.possible.get(transition, (True, ""))
        return "" if can else why


def badges_of(problems: Sequence[Reported], page_of: Mapping[Element, str]) -> dict[str, Badge]:
    """Return the badge of each page that has problems.

    Args:
        problems: All problems of the flow.
        page_of: The page to which an element (without its field) belongs.
    """
    found: dict[str, list[Reported]] = {}
    for problem in problems:
        pages = {page_of.get(element._replace(field="")) for element in problem.elements}
        for page in sorted(page for page in pages if page is not None):
            found.setdefault(page, []).append(problem)
    order = ("error", "warning", "hint", "note")
    return {
        page: Badge(
            severity=min((problem.severity for problem in own), key=order.index),
            count=len(own),
            sentences=tuple(problem.sentence() for problem in own),
        )
        for page, own in found.items()
    }
