"""Ids to names: tables, columns, variables and types as programs write them."""

from typing import Final

from flow_models.compiler.problems import broken
from flow_models.document.base import Literal_, ValueType
from flow_models.document.data import Column, Table
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.values import fault_of
from flow_models.runtime.machine.base import limits
from flow_models.runtime.machine.base.errors import FormulaFaultError
from flow_models.runtime.machine.base.values import from_json

_BEYOND: Final = frozenset({"too_long", "too_large"})
"""Faults of values that are of their type, but more than a site can hold or show."""

SHOWN: Final = 40
"""Characters of a value that a sentence repeats."""

_KINDS = {
    "integer": "a whole number",
    "decimal": "a number",
    "money": "an amount",
    "boolean": "yes or no",
    "date": "a date",
    "time": "a time",
    "row": "a row of the table",
    "choice": "one of the choices",
}


class Names:
    """The names of a flow's tables, columns and variables, by id."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._columns: dict[str, dict[str, Column]] = {
            table.id: {column.id: column for column in table.columns} for table in flow.tables
        }

    def table(self, table_id: str | None, at: Element) -> Table:
        """Return a table.

        Raises:
            BrokenPartError: There is none with this id.
        """
        table = self.flow.tables_by_id.get(table_id or "")
        if table is None:
            raise broken(at, "unknown_table")
        return table

    def column(self, table: Table, column_id: str, at: Element) -> Column:
        """Return a column of a table.

        Raises:
            BrokenPartError: The table has none with this id.
        """
        column = self._columns[table.id].get(column_id)
        if column is None:
            raise broken(at, "unknown_column", table=table.title or table.name)
        return column

    def type(self, value_type: ValueType, at: Element) -> str:
        """Return a type as programs write it: `money`, `row:accounts`.

        Raises:
            BrokenPartError: It refers to a table that is not there.
        """
        if value_type.kind == "row":
            return f"row:{self.table(value_type.table, at).name}"
        return value_type.kind

    @staticmethod
    def require_row(value_type: ValueType, at: Element) -> None:
        """Refuse what is drawn among rows where a type is not that of a row.

        Raises:
            BrokenPartError: It is not.
        """
        if value_type.kind != "row":
            raise broken(at, "no_row_type")

    def literal(self, value: Literal_, value_type: ValueType, at: Element) -> Literal_:
        """Return a stored value if it is one of its type.

        Raises:
            BrokenPartError: It is not.
        """
        if value is None or value == "":
            return None
        fault = fault_of(self.flow, value_type, value)
        if fault == "kind" and _is_read(value, value_type.kind):
            return value
        if fault == "kind":
            kind = _KINDS.get(value_type.kind, value_type.kind)
            raise broken(at, "bad_value", value=str(value)[:SHOWN], kind=kind)
        if fault in _BEYOND:
            length, most, largest = (f"{count:,}" for count in (len(str(value)), limits.TEXT, limits.INTEGER))
            raise broken(at, fault, value=str(value)[:SHOWN], length=length, most=most, largest=largest)
        return value


def _is_read(value: str | int | bool, kind: str) -> bool:
    """Say whether the machine reads a value as a number, although it has more digits than its type shows."""
    if isinstance(value, bool) or kind not in ("integer", "decimal", "money"):
        return False
    try:
        from_json(value, kind)
    except (FormulaFaultError, ValueError):
        return False
    return True
