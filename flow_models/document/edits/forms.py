"""A form that asks for a new row: one field for each column whose value nothing else gives, and its button."""

from collections.abc import Mapping
from types import MappingProxyType

import resources
from flow_models.document.base import ValueType
from flow_models.document.blocks import BLOCKS, Button, Form
from flow_models.document.data import Column, Table
from flow_models.document.edits.ids import new_id
from flow_models.document.flow import Flow

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text_field",
        "integer": "number_field",
        "decimal": "number_field",
        "money": "money_field",
        "date": "date_field",
        "time": "time_field",
        "choice": "choice_field",
        "boolean": "checkbox",
    }
)
"""The field in which a value of a type is typed; rows are not typed."""

_PURPOSES: Mapping[str, str] = MappingProxyType({"email": "email", "phone": "phone", "password": "password"})


def referring(flow: Flow, table_id: str | None) -> Table | None:
    """Return the one table whose rows are about a row of a table, as reservations are about a book; none in doubt."""
    found = [table for table in flow.tables if any(_is_row_of(column.type, table_id) for column in table.columns)]
    return found[0] if table_id is not None and len(found) == 1 else None


def form_about(table: Table, submit: str = "") -> Form | None:
    """Return a form for a new row of a table; `None` where it has nothing that a visitor types.

    Args:
        table: The table.
        submit: What its button says; empty for words that always fit.
    """
    fields = [_field(column) for column in table.columns if column.type.kind in _KINDS and not column.derived]
    if not fields:
        return None
    title = submit or resources.text("document.new.submit")
    button = Button(id=new_id("block"), title=title, style="primary", submit=True)
    return Form(id=new_id("block"), blocks=(*BLOCKS.validate_python(fields), button))


def _field(column: Column) -> dict[str, object]:
    kind = _KINDS[column.type.kind]
    field: dict[str, object] = {"id": new_id("block"), "kind": kind, "name": column.name, "title": column.title}
    if kind != "checkbox":
        field["required"] = True
    match column.type:
        case ValueType(kind="text"):
            field["purpose"] = _PURPOSES.get(column.name, "text")
        case ValueType(kind="decimal", places=places):
            field["places"] = places
        case ValueType(kind="choice", choices=choices):
            field["choices"] = choices
    return field


def _is_row_of(kind: ValueType, table_id: str | None) -> bool:
    return kind.kind == "row" and kind.table == table_id
