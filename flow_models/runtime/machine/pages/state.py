"""The state of a visit: immutable, small, and cheap to derive from the one before.

A step makes a new state that shares everything which did not change. What the machine computes from a state (its
view, its verdict) is kept on the state itself. How a state changes is not here: `steps` has it.
"""

from typing import TYPE_CHECKING, NamedTuple, Self

from ..base.variant import PLAIN, Variant
from .interruptions import NO_INTERFERENCE, Interference

if TYPE_CHECKING:
    from ..base.results import Verdict
    from ..base.tables import Table
    from ..base.values import Value
    from .view import View


Carets = tuple[tuple[str, int, int], ...]
"""What is selected in boxes for one line: a block's id, where the selection begins and where its caret is; sorted by
block, without those whose caret stands before their text."""

Focus = tuple[str, str, str] | None
"""(block id, row key, option key), or None for the document."""

Unfolded = tuple[tuple[str, str], ...]
"""What differs on a page from how its blocks are drawn: sorted pairs of a block's id and its state."""


def with_caret(carets: Carets, block: str, selected: str, text: str) -> Carets:
    """Return what is selected in boxes when one of them has got a text.

    Args:
        carets: What was selected before.
        block: The box.
        selected: Where its selection begins and where its caret is, as `2:5`; the end of the text if it is empty.
        text: The text.
    """
    numbers = [int(number) for number in selected.split(":") if number.isdecimal()]
    anchor, caret = numbers if len(numbers) == 2 and max(numbers) <= len(text) else (len(text), len(text))
    others = [one for one in carets if one[0] != block]
    return tuple(sorted([*others, (block, anchor, caret)] if anchor or caret else others))


def caret_in(carets: Carets, block: str) -> tuple[int, int]:
    """Return where the selection in a box begins, and where its caret is."""
    return next(((anchor, caret) for name, anchor, caret in carets if name == block), (0, 0))


class Surface(NamedTuple):
    """A page, or a dialog over it, with what has been typed there.

    `fields` are the drafts in the order of the page's fields; `posted` are the texts as of the last answer of the
    site, which is what the page's own formulas read. `errors` are (field name, message). `entered` is the step count
    when it was entered. `unfolded` says which fold-outs, tabs, menus and pages of lists a visitor has chosen. `page` is
    empty for the built-in page "not found".
    """

    page: str
    record: str | None
    path: str
    fields: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    entered: int = 0
    unfolded: Unfolded = ()

    def typed(self, fields: tuple[str, ...]) -> "Surface":
        """Return the page with other drafts."""
        return Surface(self.page, self.record, self.path, fields, self.posted, self.errors, self.entered, self.unfolded)

    def answered(self) -> "Surface":
        """Return the page as the site shows it again: it knows what was typed, and says nothing about it yet."""
        fields = self.fields
        return Surface(self.page, self.record, self.path, fields, fields, (), self.entered, self.unfolded)


class Visited(NamedTuple):
    """One entry of the browser's history."""

    page: str
    record: str | None
    path: str


_PARTS = (
    "base",
    "dialog",
    "variables",
    "tables",
    "history",
    "position",
    "focus",
    "carets",
    "notices",
    "steps",
    "answered",
    "tries",
    "message",
    "broken",
    "interference",
)


class State:
    """Everything that a visit depends on.

    Attributes:
        base: The page.
        dialog: The dialog that stands over it, or None.
        variables: Values in the order of the program's variables.
        tables: Tables in the order of the program's tables.
        history: The browser's history, oldest first; `position` is the present entry.
        focus: What has the focus.
        carets: What is selected in the boxes of the page; an answer of the site begins anew.
        notices: (tone, text) of the passing messages.
        steps: How many steps have been made; the clock follows from it.
        answered: The step of the site's last answer; texts show the clock as it was then.
        tries: How often transitions with `chance` were tried, as (transition id, count).
        message: What was last said to the user.
        broken: Whether the site shows its error page, because a formula failed.
        interference: The interruption and the conduct that are to come or stand in the way.
        known_view, known_verdict, known_keys: What the machine has computed from this state; None if nothing yet. Gone
            with the state. A sixth of steps as text; search asks for them dozens of times.
    """

    __slots__ = (*_PARTS, "known_keys", "known_verdict", "known_view")

    base: Surface
    dialog: Surface | None
    variables: "tuple[Value, ...]"
    tables: "tuple[Table, ...]"
    history: tuple[Visited, ...]
    position: int
    focus: Focus
    carets: Carets
    notices: tuple[tuple[str, str], ...]
    steps: int
    answered: int
    tries: tuple[tuple[str, int], ...]
    message: str
    broken: bool
    interference: Interference

    known_view: "View | None"
    known_verdict: "Verdict | None"
    known_keys: "tuple[object, object] | None"

    def __init__(self, base: Surface, variables: "tuple[Value, ...]", tables: "tuple[Table, ...]") -> None:
        self.base = base
        self.dialog = None
        self.variables = variables
        self.tables = tables
        self.history = (Visited(base.page, base.record, base.path),)
        self.position = 0
        self.focus = None
        self.carets = ()
        self.notices = ()
        self.steps = 0
        self.answered = 0
        self.tries = ()
        self.message = ""
        self.broken = False
        self.interference = NO_INTERFERENCE
        self.known_view = None
        self.known_verdict = None
        self.known_keys = None

    @property
    def page(self) -> str:
        """The id of the page; under an open dialog the page below it."""
        return self.base.page

    @property
    def record(self) -> str | None:
        """The key of the row that the page shows."""
        return self.base.record

    @property
    def top(self) -> Surface:
        """The dialog if one is open, else the page."""
        return self.base if self.dialog is None else self.dialog

    def replaced(self, **changes: object) -> Self:
        """Return a state in which some parts are others; the computed view, verdict and key are not taken along."""
        new = object.__new__(type(self))
        new.base = self.base
        new.dialog = self.dialog
        new.variables = self.variables
        new.tables = self.tables
        new.history = self.history
        new.position = self.position
        new.focus = self.focus
        new.carets = self.carets
        new.notices = self.notices
        new.steps = self.steps
        new.answered = self.answered
        new.tries = self.tries
        new.message = self.message
        new.broken = self.broken
        new.interference = self.interference
        new.known_view = None
        new.known_verdict = None
        new.known_keys = None
        for name, value in changes.items():
            setattr(new, name, value)
        return new

    def __eq__(self, other: object) -> bool:
        """Say whether two states hold the same, part by part; what was computed from them does not matter."""
        if not isinstance(other, State):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _PARTS)

    def __hash__(self) -> int:
        return hash((self.base, self.dialog, self.variables, self.steps))


class Start(NamedTuple):
    """One drawn instance: what is asked, and the state in which the episode begins.

    `before` are the tables as the episode began, after setup and what the start page did. `variant` is how the site
    appears in this episode. `goals` are all the ways to ask, of which `goal` is one.
    """

    task: str
    seed: int
    parameters: "dict[str, Value]"
    goal: str
    state: State
    before: "tuple[Table, ...]"
    variant: Variant = PLAIN
    goals: tuple[str, ...] = ()
    drawn: "tuple[Table, ...]" = ()


class Step(NamedTuple):
    """What one event did.

    `transition` is the id of the taken transition (of the first one, if others followed by themselves), or None.
    `error` says why an event was refused; `fault` says which formula failed while running. `refused` says why the
    first transition was refused that was, because a formula left the range of values, or the step was too much.
    """

    state: State
    transition: str | None = None
    error: str = ""
    fault: str = ""
    refused: str = ""


def texts_with(texts: tuple[str, ...], place: int, text: str) -> tuple[str, ...]:
    """Return the texts of a page's fields with one of them replaced."""
    return (*texts[:place], text, *texts[place + 1 :])
