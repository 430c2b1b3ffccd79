"""Why a transition can or cannot be taken now: for the person who draws the flow, never for an agent."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..base.errors import FormulaFaultError
from ..base.nodes import Node
from ..formulas.context import Context
from ..pages import view as shown
from ..pages.plan import Page, Plan
from ..pages.state import Start, State, Surface
from ..pages.transitions import Transition
from ..pages.uses import is_enabled
from ..pages.viewing import Views
from .turns import Turn

if TYPE_CHECKING:
    from ..base.tables import Row

Reason = Literal["", "guard", "hidden", "disabled", "earlier", "fault"]


class Explained(NamedTuple):
    """One transition of the present page.

    `reason` is empty if it can be taken; `guard`: the part `failing` of its condition does not hold; `hidden`,
    `disabled`: its button or link cannot be used; `earlier`: another transition of the same trigger comes first;
    `fault`: its condition fails to compute. For a control that stands beside rows, one row that works is enough.
    """

    transition: str
    possible: bool
    reason: Reason
    failing: Node | None


def explain(plan: Plan, views: Views, start: Start, state: State) -> list[Explained]:
    """Return every transition of the present page (the dialog, if one is open) in the order in which they are tried.

    A page that cannot be shown, because a formula fails, has none.
    """
    surface = state.top
    page = plan.page(surface.page)
    if page is None or state.broken:
        return []
    turn = Turn(plan, start, state)
    try:
        page_view = views.view(start, state)
    except FormulaFaultError:
        return []
    order = [plan.transition(index) for index in plan.program.pages[page.id].transitions]
    holding: set[tuple[str, str]] = set()
    found = []
    for transition in order:
        one = _explained(transition, turn, page, surface, page_view)
        trigger = (transition.kind, transition.block)
        if one.possible and trigger in holding:
            one = Explained(transition.id, False, "earlier", None)
        elif one.possible and not _rows_of(transition, page, page_view):
            holding.add(trigger)
        found.append(one)
    return found


def _explained(transition: Transition, turn: Turn, page: Page, surface: Surface, page_view: shown.View) -> Explained:
    """Return how one transition stands by itself."""
    if transition.block:
        controls = [control for control in page_view.controls() if control.id == transition.block]
        if not controls:
            return Explained(transition.id, False, "hidden", None)
        if not any(is_enabled(control) for control in controls):
            return Explained(transition.id, False, "disabled", None)
    found = []
    for context in _contexts(transition, turn, page, surface, page_view):
        found.append(_guarded(transition, context))
        if found[-1].possible:
            return found[-1]
    return found[0] if found else Explained(transition.id, False, "hidden", None)


def _contexts(
    transition: Transition, turn: Turn, page: Page, surface: Surface, page_view: shown.View
) -> Iterator[Context]:
    """Yield what the guard may see: one context, or one for each row beside which the control stands, in turn."""
    table = page.row_tables.get(transition.block)
    used: list[Row | None] = [None]
    if table is not None:
        rows = turn.tables[turn.plan.schema.table(table).index]
        used = [rows.get(key) for key in _rows_of(transition, page, page_view)]
    for row in used:
        context = turn.context(surface, row, table)
        context.chance = (transition.id, dict(turn.tries).get(transition.id, 0))
        yield context


def _rows_of(transition: Transition, page: Page, page_view: shown.View) -> list[str]:
    """Return the keys of the rows beside which a transition's control stands."""
    if transition.block not in page.row_tables:
        return []
    return [
        control.row
        for control in page_view.controls()
        if control.id == transition.block and not isinstance(control, shown.Field)
    ]


def _guarded(transition: Transition, context: Context) -> Explained:
    """Return whether a guard holds, and the first part of it that does not."""
    try:
        if transition.guard(context):
            return Explained(transition.id, True, "", None)
        for part, holds in transition.parts():
            if not holds(context):
                return Explained(transition.id, False, "guard", part)
    except FormulaFaultError:
        return Explained(transition.id, False, "fault", None)
    return Explained(transition.id, False, "guard", transition.when)
