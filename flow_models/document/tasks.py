"""Tasks: what the agent is asked, how it starts, and what counts as done.

Success is stated on durable data against the start of the episode: a list of expected changes, an optional further
condition, and by default that nothing else changed. A question task has an answer instead.
"""

from typing import Annotated, Literal

from pydantic import Field

from flow_models.document.base import (
    ColumnId,
    Formula,
    HoldsValues,
    Literal_,
    Model,
    Name,
    PageId,
    ParameterId,
    Slug,
    TableId,
    TaskId,
    Template,
    Title,
    ValueType,
)
from flow_models.document.behaviour import Effect
from flow_models.document.holding import Item

VERSION_LIMIT = 9999
"""The highest version of a task, which stands at the end of its Gymnasium id."""


class RowSource(Model):
    """A row of a table (the parameter's type names it) that a condition allows."""

    kind: Literal["row"] = "row"
    where: Formula = ""


class ChoiceSource(HoldsValues):
    """One of the listed values."""

    kind: Literal["choice"] = "choice"
    values: tuple[Literal_, ...] = ()

    def _stored(self) -> tuple[Literal_, ...]:
        return self.values


class RangeSource(Model):
    """A value between two formulas, in steps (days for dates, minutes for times)."""

    kind: Literal["range"] = "range"
    minimum: Formula = ""
    maximum: Formula = ""
    step: Formula = ""


class PoolSource(Model):
    """A value from a shipped pool."""

    kind: Literal["pool"] = "pool"
    pool: Name


class FormulaSource(Model):
    """A value computed from the parameters before it."""

    kind: Literal["formula"] = "formula"
    formula: Formula = ""


Source = Annotated[
    RowSource | ChoiceSource | RangeSource | PoolSource | FormulaSource,
    Field(discriminator="kind"),
]


class Parameter(Model):
    """One value that differs between instances of a task; formulas read it as `task.NAME`."""

    id: ParameterId
    name: Name
    title: Title = ""
    type: ValueType = ValueType()
    source: Source = ChoiceSource()


class ExpectedChange(Model):
    """Which rows must have been added, changed or removed since the episode began.

    added: exactly `count` rows were added whose columns have `values` (formulas; columns not named may be anything).
    changed: exactly the rows where `where` held at the start were changed, and the columns in `values` now have those
    values; other columns of those rows are as before, unless derived.
    removed: exactly the rows where `where` held at the start are gone.
    """

    kind: Literal["added", "changed", "removed"]
    table: TableId
    where: Formula = ""
    values: dict[ColumnId, Formula] = {}
    count: int = Field(default=1, ge=1, le=1000)


class Success(Model):
    """When the task is done."""

    changes: tuple[ExpectedChange, ...] = ()
    also: Formula = ""
    """A further condition over durable data."""
    nothing_else: bool = True
    """Nothing in durable tables differs from the start but the expected changes and derived columns."""


class Failure(Model):
    """A condition that ends the episode as failed."""

    title: Title = ""
    when: Formula = ""


class Milestone(Model):
    """A condition that pays a part of the reward once, when first true."""

    title: Title = ""
    when: Formula = ""
    reward: float = Field(default=0.1, gt=0, le=0.5)


class Task(Item):
    """One thing that an agent can be asked on this site."""

    id: TaskId
    name: Slug
    title: Title = ""
    wordings: tuple[Template, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    require: Formula = ""
    """Only parameters for which this holds make an instance; checked after setup."""
    start: PageId | None = None
    """Where the episode begins; `None` means the site's start page."""
    start_record: Formula = ""
    setup: tuple[Effect, ...] = ()
    success: Success = Success()
    answer: Formula = ""
    """For a question task: the expected answer."""
    says_how: bool = False
    """Whether the goal of a question ends with a sentence on how to answer it."""
    may_be_infeasible: bool = False
    """The export draws 30 to 50 % instances of which it proves that nobody can do them."""
    failures: tuple[Failure, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    max_steps: int = Field(default=40, ge=1, le=1000)
    step_cost: float = Field(default=0.0, ge=0, le=0.05)
    weight: int = Field(default=1, ge=1, le=100)
    version: int = Field(default=1, ge=1, le=VERSION_LIMIT)
    """The `-vN` of the Gymnasium id."""
    tags: tuple[Title, ...] = ()
