"""What happens on a program's sites and what is asked there: triggers, effects, transitions and tasks.

A trigger is one class with a `kind`, and a page lists the transitions that are tried there: something that happens by
itself, wherever the visitor is, is a transition with a kind of its own that no page lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from .data import Source
from .nodes import Node, Template
from .parts import Part, Told

STAY: Final = "stay"
CLOSE: Final = "close"
"""Where transitions lead that lead to no other page."""


@dataclass(frozen=True, slots=True)
class Trigger(Part):
    """What makes a transition be tried: a block's `use` or `change`, `enter`, `open`, or to `wait` for some steps."""

    kind: str
    block: str = ""
    steps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect(Part):
    """One change of data."""

    tag: ClassVar[str] = "kind"
    kind: ClassVar[str] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVariable(Effect):
    """A variable gets a value."""

    kind: ClassVar[str] = "set"

    variable: str
    value: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRow(Effect):
    """A table gets a row more."""

    kind: ClassVar[str] = "add"

    table: str
    values: Mapping[str, Node | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRows(Effect):
    """Rows of a table get other values."""

    kind: ClassVar[str] = "change"

    table: str
    where: Node | None
    values: Mapping[str, Node | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRows(Effect):
    """Rows of a table go."""

    kind: ClassVar[str] = "remove"

    table: str
    where: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear(Effect):
    """A variable gets its initial value again, or a table loses its rows."""

    kind: ClassVar[str] = "clear"

    target: str


@dataclass(frozen=True, slots=True)
class Notice(Part):
    """A passing message."""

    tone: str
    text: Annotated[Template, Told]


@dataclass(frozen=True, slots=True)
class Transition(Part):
    """An arrow; `to` is a page, `stay` or `close`."""

    id: str
    on: Trigger
    when: Node | None
    do: tuple[Effect, ...]
    to: str
    record: Node | None
    notice: Notice | None


@dataclass(frozen=True, slots=True)
class Parameter(Part):
    """A value that differs between instances."""

    name: str
    title: str
    type: str
    places: int
    choices: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ExpectedChange(Part):
    """Which rows must have been `added`, `changed` or `removed`."""

    kind: str
    table: str
    where: Node | None
    values: Mapping[str, Node | None]
    count: int


@dataclass(frozen=True, slots=True)
class Success(Part):
    """When a task is done."""

    changes: tuple[ExpectedChange, ...] = ()
    also: Node | None = None
    nothing_else: bool = True


@dataclass(frozen=True, slots=True)
class Failure(Part):
    """A condition that ends an episode as failed."""

    title: str
    when: Node


@dataclass(frozen=True, slots=True)
class Milestone(Part):
    """A condition that pays once."""

    title: str
    when: Node
    reward: float


@dataclass(frozen=True, slots=True)
class Task(Part):
    """One thing to be asked; the defaults are those of a visit without a task, which nothing ends."""

    title: str = ""
    wordings: Annotated[tuple[Template, ...], Told] = ()
    parameters: tuple[Parameter, ...] = ()
    require: Node | None = None
    start: str | None = None
    start_record: Node | None = None
    setup: tuple[Effect, ...] = ()
    success: Success = Success()
    answer: Node | None = None
    says_how: bool = False
    may_be_infeasible: bool = False
    failures: tuple[Failure, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    max_steps: int = 1_000_000
    step_cost: float = 0.0
    weight: int = 1
    version: int = 1
    tags: tuple[str, ...] = ()
