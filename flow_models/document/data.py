"""The site's data: tables, columns, rows, generated rows and variables."""

from typing import Annotated, Literal

from pydantic import Field

from flow_models.document.base import (
    ColumnId,
    Formula,
    HoldsValues,
    Literal_,
    Model,
    Name,
    RowId,
    TableId,
    Title,
    ValueType,
    VariableId,
)
from flow_models.document.holding import Item


class Column(Model):
    """One column of a table."""

    id: ColumnId
    name: Name
    title: Title = ""
    type: ValueType = ValueType()
    derived: bool = False
    """A consequence of other data (a balance, a last sign-in): exempt from "nothing else changed"."""


class Row(HoldsValues):
    """One starting row; values by column id, missing ones are empty."""

    id: RowId
    values: dict[ColumnId, Literal_] = {}

    def _stored(self) -> dict[ColumnId, Literal_]:
        return self.values


class PoolGenerator(Model):
    """A value from a shipped pool such as `person`, `company`, `city`, `iban`, `card_number`."""

    kind: Literal["pool"] = "pool"
    pool: Name
    unique: bool = True
    """No value twice in the column while the pool lasts."""


class RangeGenerator(Model):
    """A number, amount, date or time between two formulas, in steps; dates count steps in days, times in minutes."""

    kind: Literal["range"] = "range"
    minimum: Formula = ""
    maximum: Formula = ""
    step: Formula = ""


class ChoiceGenerator(HoldsValues):
    """One of the listed values, with weights if given."""

    kind: Literal["choice"] = "choice"
    values: tuple[Literal_, ...] = ()
    weights: tuple[Annotated[int, Field(ge=0, le=1000)], ...] = ()

    def _stored(self) -> tuple[Literal_, ...]:
        return self.values


class PatternGenerator(Model):
    """Random characters by a mask: `#` a digit, `@` a capital letter, anything else itself."""

    kind: Literal["pattern"] = "pattern"
    pattern: Title = ""
    unique: bool = True


class RowGenerator(Model):
    """A row of another table (the column's type names it) that a condition allows."""

    kind: Literal["row"] = "row"
    where: Formula = ""


class FormulaGenerator(Model):
    """A value computed from the columns before it."""

    kind: Literal["formula"] = "formula"
    formula: Formula = ""


Generator = Annotated[
    PoolGenerator | RangeGenerator | ChoiceGenerator | PatternGenerator | RowGenerator | FormulaGenerator,
    Field(discriminator="kind"),
]


class Generate(Model):
    """Rows drawn anew for each instance, after the fixed rows."""

    minimum: int = Field(default=0, ge=0, le=1000)
    maximum: int = Field(default=0, ge=0, le=1000)
    columns: dict[ColumnId, Generator] = {}


class Table(Item):
    """A table; durable data (orders, accounts) is what success is stated on, passing data (cart, draft) is not."""

    id: TableId
    name: Name
    title: Title = ""
    durable: bool = True
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    generate: Generate | None = None


class Variable(HoldsValues, Item):
    """One passing value of the site, such as who is signed in."""

    id: VariableId
    name: Name
    title: Title = ""
    type: ValueType = ValueType()
    initial: Literal_ = None

    def _stored(self) -> tuple[Literal_, ...]:
        return (self.initial,)
