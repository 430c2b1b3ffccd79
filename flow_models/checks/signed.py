"""The edit that gives what is taken, or takes what is given: plus and minus turned round."""

from flow_models.checks.balances import Cell
from flow_models.checks.problem import Fix, SetValue, fix
from flow_models.document.behaviour import Transition


def turning(arrow: Transition, cell: Cell) -> Fix | None:
    """Return the edit that turns the sign of what a row gains or loses; None where the formula is not so plain."""
    sign, turned = ("-", "+") if cell.taken is not None else ("+", "-")
    name, found, amount = cell.source(arrow).partition(f" {sign} ")
    # What follows a sign of the same rank would have to be turned too.
    if not found or name.strip().removeprefix("row.") != cell.column.name or any(one in amount for one in "+-"):
        return None
    return fix("turn_sign", SetValue(cell.element(arrow), f"{name} {turned} {amount}"))
