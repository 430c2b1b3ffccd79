"""What every model of a flow shares: frozen shape, bounded texts, opaque ids and checked names.

Models guarantee shape only. Anything a person may leave half-done (a formula with a mistake, a button without a
transition, a name that points nowhere) is allowed here and reported by `flow_models.checks`.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NewType, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
)
from pydantic_core import PydanticCustomError

from flow_models.runtime.machine.base import limits
from flow_models.runtime.machine.base.texts import is_writable

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
"""An opaque id; never shown, never changed."""

BlockId = NewType("BlockId", Id)
ColumnId = NewType("ColumnId", Id)
PageId = NewType("PageId", Id)
ParameterId = NewType("ParameterId", Id)
RowId = NewType("RowId", Id)
SectionId = NewType("SectionId", Id)
TableId = NewType("TableId", Id)
TaskId = NewType("TaskId", Id)
TransitionId = NewType("TransitionId", Id)
VariableId = NewType("VariableId", Id)

Name = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
"""An identifier used in formulas, unique in its scope."""

Slug = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9-]*$")]
"""A name that appears in a Gymnasium id, such as `pay-payee`."""


def _storable(text: str) -> str:
    if not is_writable(text):
        raise PydanticCustomError("string_unicode", "it holds what no file can store")
    return text


Storable = Annotated[str, AfterValidator(_storable)]
"""A text that a file can hold: what a person enters is refused there and then, not when it is saved or restored."""

Title = Annotated[Storable, StringConstraints(max_length=200)]
Formula = Annotated[Storable, StringConstraints(max_length=limits.FORMULA)]
"""Source text of a formula; empty means "none"."""

Template = Annotated[Storable, StringConstraints(max_length=limits.TEMPLATE)]
"""Text with `{formula}` holes; `{{` and `}}` stand for braces."""

Literal_ = Storable | int | bool | None
"""A stored value: money, decimals, dates and times as text, a row reference as the row's id, `None` for empty."""

Position = Annotated[float, Field(ge=-1_000_000, le=1_000_000, allow_inf_nan=False)]


class Model(BaseModel):
    """A frozen part of a flow that rejects unknown fields and writes only what differs from its defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    @model_serializer(mode="wrap")
    def _write(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Keep the `kind` of a tagged part although it equals its default."""
        written: dict[str, Any] = handler(self)
        kind = getattr(self, "kind", None)
        if kind is not None and "kind" in type(self).model_fields:
            return {"kind": kind, **{key: value for key, value in written.items() if key != "kind"}}
        return written

    def rebuilt(self, **changes: object) -> Self:
        """Return this part with some fields replaced, validated again through the constructor.

        Raises:
            pydantic.ValidationError: A new value does not have the field's shape.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**(fields | changes))


class HoldsValues(Model):
    """A part with stored values, which are equal only if they are of one type: to Python 1 and True are the same."""

    def __eq__(self, other: object) -> bool:
        """Return whether the other part is equal in values and in their types."""
        return super().__eq__(other) and isinstance(other, HoldsValues) and self._types() == other._types()

    def _stored(self) -> Mapping[ColumnId, Literal_] | tuple[Literal_, ...]:
        """Return the stored values, by column or in their order."""
        raise NotImplementedError

    def _types(self) -> object:
        stored = self._stored()
        return {key: type(one) for key, one in stored.items()} if isinstance(stored, Mapping) else [*map(type, stored)]


class ValueType(Model):
    """The type of a column, variable or parameter."""

    kind: str = Field(
        default="text",
        pattern=r"^(text|integer|decimal|money|boolean|date|time|choice|row)$",
    )
    choices: tuple[Title, ...] = ()
    """The allowed values of a `choice`, in order."""
    places: int = Field(default=2, ge=0, le=12)
    """Digits after the point of a `decimal`."""
    table: TableId | None = None
    """The table whose rows a `row` refers to."""
