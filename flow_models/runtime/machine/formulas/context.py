"""What formulas see while they are computed."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, Self, TypeVar

from ..base import randomness
from ..base.errors import FormulaFaultError, OutOfRangeError, TooMuchError
from ..base.nodes import Node
from ..base.schema import Schema
from ..base.tables import Row, Table
from ..base.values import Value
from . import work

T = TypeVar("T")

Closure = Callable[["Context"], Any]
"""A formula that is ready to run. `Any`: the tree says the type, which the compiler has checked."""


class Closures(Protocol):
    """What makes closures of trees, as those see it who make closures of their parts."""

    schema: Schema

    def value(self, node: Node) -> Closure:
        """Return what computes a formula's value; a row is its key."""

    def row(self, node: Node, *, before: bool = False) -> Closure:
        """Return what finds the row that a formula means, as a tuple, or None; `before`: as the episode began."""


_MILLION = 1_000_000
_DRAWS = 64


class Context:
    """The values that names stand for at one moment.

    Attributes:
        tables, before: Tables in the order of the program, now and as the episode began.
        variables: Values in the order of the program.
        fields: For each field of the page how its value is read from `texts`, the texts in the page's order.
        step: The step whose clock is read.
        task: The task's parameters.
        answer: What was last said to the user.
        bound: The rows that `row`, `record`, `used` and the names of aggregates stand for.
        seed: The instance's seed, for `chance`.
        work: The units of work done so far, of at most `limit`; see `work`.
        unfolded: What a visitor has unfolded on the page, as (block, state).
        is_menu: Whether the variant has the navigations of headers behind a button.
        chance: Which transition asks for its luck, and how often it has tried; None where `chance` means nothing.
    """

    __slots__ = (
        "_draws",
        "_paid",
        "answer",
        "before",
        "bound",
        "chance",
        "fields",
        "is_menu",
        "limit",
        "schema",
        "seed",
        "step",
        "tables",
        "task",
        "texts",
        "unfolded",
        "variables",
        "work",
    )

    def __init__(
        self,
        schema: Schema,
        tables: tuple[Table, ...],
        variables: tuple[Value, ...],
        *,
        before: tuple[Table, ...] = (),
        step: int = 0,
        task: Mapping[str, Value] | None = None,
        seed: int = 0,
        limit: int = work.DRAWING,
    ) -> None:
        self.schema = schema
        self.tables = tables
        self.before = before or tables
        self.variables = variables
        self.fields: Mapping[str, Closure] = {}
        self.texts: tuple[str, ...] = ()
        self.unfolded: tuple[tuple[str, str], ...] = ()
        self.is_menu = False
        self.step = step
        self.task: Mapping[str, Value] = {} if task is None else task
        self.answer = ""
        self.bound: dict[str, Row | None] = {}
        self.seed = seed
        self.chance: tuple[str, int] | None = None
        self._draws = 0
        self.work = 0
        self.limit = limit
        self._paid: dict[object, tuple[Table, ...]] | None = None

    def renewed(self, tables: tuple[Table, ...], variables: tuple[Value, ...]) -> None:
        """Make this the context of other formulas of the same step, with data as they are by now."""
        self.tables = tables
        self.variables = variables
        self.fields = {}
        self.texts = ()
        self.bound = {}
        self.chance = None
        self._draws = 0

    def charge(self, units: int) -> None:
        """Count work.

        Raises:
            TooMuchError: It is more than may be done.
        """
        self.work += units
        if self.work > self.limit:
            raise TooMuchError

    def once(self, compute: Callable[[Self], T]) -> T:
        """Return what something gives for which formulas ask row by row, and count it once for the present tables."""
        before = self.work
        found = compute(self)
        if self._paid is None:
            self._paid = {}
        if self._paid.get(compute) is self.tables:
            self.work = before
        self._paid[compute] = self.tables
        return found

    def within(self, units: int, compute: Callable[[Self], T], otherwise: T) -> T:
        """Return what a formula gives if that takes at most so many units, else something else."""
        self.work, self.limit = 0, units
        try:
            return compute(self)
        except TooMuchError:
            return otherwise

    def within_half(self, compute: Callable[[Self], T], otherwise: T) -> T:
        """Return what a formula gives if that takes at most half of what may still be done, else something else.

        So one that is too much leaves something for those behind it. It is asked where no row is bound but the page's.
        """
        limit = self.limit
        self.limit = self.work + (limit - self.work >> 1)
        record = self.bound.get("record")
        try:
            return compute(self)
        except TooMuchError:
            self.work, self.bound = self.limit, {"record": record}
            return otherwise
        finally:
            self.limit = limit

    def draw(self, probability: Value) -> bool:
        """Say yes with a probability from 0 to 1, keyed by the transition, its try and the place in the formula.

        Raises:
            FormulaFaultError: There is no luck here.
            OutOfRangeError: The number is no probability.
        """
        if self.chance is None:
            raise FormulaFaultError("chance can only be used in conditions and effects of transitions")
        if probability is None or isinstance(probability, str) or not 0 <= probability <= 1:
            raise OutOfRangeError("chance needs a number from 0 to 1", "no_chance")
        transition, count = self.chance
        index = count * _DRAWS + self._draws % _DRAWS
        self._draws += 1
        return randomness.holds(int(probability * _MILLION), self.seed, f"chance:{transition}", index)
