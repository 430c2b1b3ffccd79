"""The data of a program: tables with their fixed rows, where generated values come from, variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .nodes import Node
from .parts import Part

Stored = str | int | bool | None
"""A value as JSON holds it; see `values.from_json`."""


@dataclass(frozen=True, slots=True)
class Column(Part):
    """One column; `places` matters for decimals only."""

    name: str
    title: str
    type: str
    places: int = 2
    choices: tuple[str, ...] = ()
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Row(Part):
    """One fixed row; columns that are left out are empty."""

    key: str
    values: Mapping[str, Stored]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Part):
    """Where the values of a column or parameter come from."""

    tag: ClassVar[str] = "kind"
    kind: ClassVar[str] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSource(Source):
    """Values of a pool, and those that only tests see."""

    kind: ClassVar[str] = "pool"

    values: tuple[Stored, ...]
    held_out: tuple[Stored, ...] = ()
    unique: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeSource(Source):
    """A value between two bounds, in steps."""

    kind: ClassVar[str] = "range"

    minimum: Node
    maximum: Node
    step: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceSource(Source):
    """One of the listed values, as often as its weight says."""

    kind: ClassVar[str] = "choice"

    values: tuple[Stored, ...]
    weights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternSource(Source):
    """Random characters by a mask."""

    kind: ClassVar[str] = "pattern"

    pattern: str
    unique: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSource(Source):
    """A row of the table that the type names."""

    kind: ClassVar[str] = "row"

    where: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaSource(Source):
    """A value that is computed."""

    kind: ClassVar[str] = "formula"

    formula: Node


@dataclass(frozen=True, slots=True)
class Generate(Part):
    """How many rows are drawn, and where their values come from, by column."""

    minimum: int
    maximum: int
    columns: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Table(Part):
    """A table with its fixed rows."""

    title: str
    durable: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    generate: Generate | None


@dataclass(frozen=True, slots=True)
class Variable(Part):
    """A variable."""

    type: str
    places: int = 2
    initial: Stored = None
