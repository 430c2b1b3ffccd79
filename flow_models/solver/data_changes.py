"""What a step changed in the site's data, in words."""

import resources

from .data_lines import Cell, Data


def any_changed(cells: tuple[Cell, ...]) -> bool:
    """Say whether the last step changed one of these values."""
    return any(cell.is_changed for cell in cells)


def changes_in(data: Data) -> list[str]:
    """Return what the last step changed, a line for each change, the tables before the variables."""
    lines = []
    for table in data.tables:
        for row in table.rows:
            if row.is_new:
                lines.append(_said("row_added", table=table.title, row=", ".join(_texts(row.cells))))
            for (_, title, _), cell in zip(table.columns, row.cells, strict=True):
                if cell.is_changed:
                    lines.append(_said("cell", table=table.title, row=row.title, column=title, value=_value(cell)))
        if table.removed:
            lines.append(_said("row_removed", table=table.title, count=table.removed))
    variables = (variable for variable in data.variables if variable.cell.is_changed)
    return lines + [_said("variable", name=variable.title, value=_value(variable.cell)) for variable in variables]


def _texts(cells: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in cells if cell.text]


def _value(cell: Cell) -> str:
    return cell.text or resources.text("preview.data.diff.empty")


def _said(change: str, **arguments: object) -> str:
    return resources.text(f"preview.data.diff.{change}", **arguments)
