"""Ids to names: tables, columns, variables and types as programs write them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flow_models.compiler.problems import broken
from flow_models.document.base import Literal_, ValueType
from flow_models.document.data import Column, Table
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base.errors import FormulaFaultError
from flow_models.runtime.machine.base.values import from_json, read_date, read_time

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
        if not self._is_of(value, value_type):
            raise broken(at, "bad_value", value=str(value), kind=_KINDS.get(value_type.kind, value_type.kind))
        return value

    def _is_of(self, value: str | int | bool, value_type: ValueType) -> bool:
        """Say whether a stored value is one of a type."""
        match value_type.kind:
            case "choice":
                return value in value_type.choices
            case "row":
                table = self.flow.tables_by_id.get(value_type.table or "")
                return table is not None and any(row.id == value for row in table.rows)
            case kind:
                return _PLAIN.get(kind, _is_number)(value, kind)


def _is_number(value: str | int | bool, kind: str) -> bool:
    """Say whether a stored value is a number."""
    if isinstance(value, bool):
        return False
    try:
        from_json(value, kind)
    except (FormulaFaultError, ValueError):
        return False
    return True


_PLAIN: Mapping[str, Callable[[str | int | bool, str], bool]] = MappingProxyType(
    {
        "text": lambda _value, _kind: True,
        "boolean": lambda value, _kind: isinstance(value, bool),
        "date": lambda value, _kind: isinstance(value, str) and read_date(value) == value,
        "time": lambda value, _kind: isinstance(value, str) and read_time(value) == value,
    }
)
"""Whether a stored value is one of a plain type, for all but numbers."""
