"""One step in progress: what a transition, an arrival or an address does to a state that is being made.

A turn starts from a state and ends in a new one; the state itself never changes, so a step whose formula fails is
undone by forgetting the turn. Which transition an event means is in `steps`.
"""

from collections.abc import Iterable, Sequence

from ..base.behaviour import CLOSE, STAY
from ..base.errors import FormulaFaultError, OutOfRangeError
from ..base.tables import Row
from ..formulas.context import Context
from ..formulas.work import CHANGE
from ..pages.effects import apply
from ..pages.plan import Page, Plan
from ..pages.state import Start, State, Surface, Visited
from ..pages.transitions import Transition
from ..pages.unfolding import with_state
from .refusing import Refused, refused

AUTOMATIC_LIMIT = 8
"""Transitions that may follow by themselves in one step."""

HISTORY_LIMIT = 50
"""Entries that a browser remembers."""


class Turn:
    """The parts of a state while a step makes it.

    Attributes:
        taken: The id of the first transition taken.
        refused: What the page is to say of transitions that were refused because a formula left the range of values.
        is_answered: Whether the site has answered with a page.
    """

    __slots__ = (
        "_automatic",
        "_context",
        "_tables",
        "base",
        "carets",
        "dialog",
        "focus",
        "history",
        "is_answered",
        "message",
        "notices",
        "plan",
        "position",
        "refused",
        "start",
        "steps",
        "tables",
        "taken",
        "tries",
        "variables",
    )

    def __init__(self, plan: Plan, start: Start, state: State) -> None:
        self.plan = plan
        self.start = start
        self.base = state.base
        self.dialog = state.dialog
        self.variables = state.variables
        self.tables = self._tables = state.tables
        self.history = state.history
        self.position = state.position
        self.focus = state.focus
        self.carets = state.carets
        self.notices = state.notices
        self.steps = state.steps
        self.tries = state.tries
        self.message = state.message
        self.taken: str | None = None
        self.refused: tuple[Refused, ...] = ()
        self.is_answered = False
        self._automatic = 0
        self._context: Context | None = None

    @property
    def top(self) -> Surface:
        """The dialog if one is open, else the page."""
        return self.base if self.dialog is None else self.dialog

    def set_top(self, surface: Surface) -> None:
        """Replace the dialog if one is open, else the page."""
        if self.dialog is None:
            self.base = surface
        else:
            self.dialog = surface

    def context(self, surface: Surface, used: Row | None = None, table: str | None = None) -> Context:
        """Return what the formulas of a page's transitions see, good until the turn makes another one.

        Args:
            surface: The page whose transitions are tried, with the drafts as posted.
            used: The row beside which the control stands.
            table: The table of that row.
        """
        context = self._plain_context()
        context.texts = surface.fields
        page = self.plan.page(surface.page)
        if page is not None:
            context.fields = page.readers
            self.plan.bind_record(context, page, surface)
        if used is not None and table is not None:
            context.bound["row"] = context.bound["used"] = used
        return context

    def try_all(
        self, transitions: Iterable[Transition], surface: Surface, used: Row | None = None, table: str | None = None
    ) -> bool:
        """Take the first transition whose guard holds; say whether there was one.

        One of which a formula leaves the range of values is refused instead of taken, and none behind it is tried.
        """
        for transition in transitions:
            if transition.is_plain:
                self._take(transition, None, surface, used, table)
                return True
            context = self.context(surface, used, table)
            context.charge(transition.units)
            if transition.uses_chance:
                self._count_try(transition, context)
            try:
                if not transition.guard(context):
                    continue
                self._take(transition, context, surface, used, table)
            except OutOfRangeError as fault:
                self._refuse(fault, surface)
            return True
        return False

    def answer(self) -> None:
        """Show the same page again: typed texts stay, messages go, focus is on the document."""
        if self.dialog is None:
            self.base = self.base.answered()
        else:
            self.dialog = self.dialog.answered()
        self.is_answered = True
        self.focus = None

    def fold(self, block: str) -> None:
        """Close a menu or list of files."""
        top = self.top
        if top.unfolded:
            self.set_top(top._replace(unfolded=with_state(top.unfolded, block, "")))

    def arrive(self, page_id: str, record: str | None, *, by_address: bool = False) -> None:
        """Go to a page and let what happens by itself there happen; without record or address it is "not found"."""
        page = self.plan.page(page_id)
        if page is None:
            self.not_found("/")
            return
        before = self.top
        record = None if page.table is None else record
        path = page.address(self._plain_context, record) if self._has_record(page, record) else None
        if path is None:
            self.not_found(self.plan.addresses.text(self._plain_context(), page_id, None) or "/")
            return
        self._show(page, record, path)
        if by_address:
            self._follow(page.when_opened)
        is_new = by_address or before.page != page.id or before.record != record
        if is_new and page.when_entered and self.top.page == page.id:
            self._follow(page.when_entered)

    def place(self, page: Page, record: str | None) -> None:
        """Show a page without letting anything happen by itself."""
        if self._has_record(page, record):
            record = record if page.table is not None else None
            self._show(page, record, page.address(self._plain_context, record) or "/")
        else:
            self.not_found("/")

    def not_found(self, path: str) -> None:
        """Show the page for unknown addresses under the address that was asked for."""
        page_id = self.plan.not_found_page
        page = None if page_id is None else self.plan.page(page_id)
        self.dialog = None
        self.is_answered = True
        self.focus = None
        if page is None or page.table is not None:
            self.base = Surface("", None, path, entered=self.steps)
            return
        self._show(page, None, path)
        self._follow(page.when_entered)

    def open_address(self, page_id: str, record: str | None, path: str) -> None:
        """Open a page by its address if that may be opened now, else show "not found"."""
        page = self.plan.page(page_id)
        if page is None or page.kind != "page" or not self._has_record(page, record):
            self.not_found(path)
            return
        context = self._plain_context()
        self.plan.bind_record(context, page, Surface(page_id, record, path))
        if not page.opens(context):
            self.not_found(path)
            return
        self.notices = ()
        self.arrive(page_id, record, by_address=True)

    def open_path(self, path: str) -> None:
        """Open whatever page a path means."""
        address = self.plan.addresses.match(path, self._plain_context())
        if address is None:
            self.not_found(path)
        else:
            self.open_address(address.page, address.record, path)

    def wait(self) -> None:
        """Take the transition whose number of steps has passed on the dialog or the page, if there is one."""
        waiting = self.plan.waiting
        for surface in (self.base,) if self.dialog is None else (self.dialog, self.base):
            page = self.plan.page(surface.page) if surface.page in waiting else None
            if page is None or self.steps <= surface.entered:
                continue
            due = [one for one in page.when_waited if self.steps - surface.entered == one.steps]
            if due and self.try_all(due, surface):
                self.remember(replace=True)
                return

    def remember(self, *, replace: bool) -> None:
        """Put the page into the history: behind the present entry, or in its place."""
        base, history, position = self.base, self.history, self.position
        entry = Visited(base.page, base.record, base.path)
        if replace:
            self.history = (*history[:position], entry, *history[position + 1 :])
            return
        history = (*history[: position + 1], entry)
        self.history = history if len(history) <= HISTORY_LIMIT else history[-HISTORY_LIMIT:]
        self.position = len(self.history) - 1

    def settle(self) -> None:
        """Leave pages whose record is gone, which only a change of data can bring about."""
        if self.tables is self._tables:
            return
        if self.dialog is not None and not self._still_there(self.dialog):
            self.dialog = None
            self.base = self.base._replace(posted=self.base.fields)
        if self.base.page and not self._still_there(self.base):
            self.not_found(self.base.path)
            self.remember(replace=True)

    def _take(
        self, transition: Transition, context: Context | None, surface: Surface, used: Row | None, table: str | None
    ) -> None:
        """Apply a transition whose guard holds and go where it leads; a plain one needs no context.

        Raises:
            OutOfRangeError: An effect or the record left the range of values; nothing has changed.
        """
        record = None
        if context is not None:
            self._apply(transition, context, surface, table)
            record = None if transition.record is None else transition.record(context)
            self.tables, self.variables = context.tables, context.variables
        if self.taken is None:
            self.taken = transition.id
        if self._automatic == 0:
            self.notices = ()
        self._notify(transition, context)
        if transition.to in (STAY, CLOSE):
            self.dialog = None if transition.to == CLOSE else self.dialog
            self.answer()
            return
        if transition.record is None:
            record = self._fitting_record(transition.to, surface, used, table)
        self.arrive(transition.to, record)

    def _notify(self, transition: Transition, context: Context | None) -> None:
        """Show what a transition says in passing, if it says anything."""
        text = "" if context is None or transition.notice is None else transition.notice(context)
        if text:
            self.notices = (*self.notices, (transition.tone, text))

    def _refuse(self, fault: OutOfRangeError, surface: Surface) -> None:
        """Show the same page again because a formula left the range of values; data stay as they are."""
        self.refused = (*self.refused, refused(fault, surface.page, self.plan.schema))
        if self._automatic == 0:
            self.notices = ()
        self.answer()

    def _apply(self, transition: Transition, context: Context, surface: Surface, table: str | None) -> None:
        """Let the context see tables and variables as the effects of a transition make them."""
        if not transition.effects:
            return
        page = self.plan.page(surface.page)
        tables_of = {} if page is None or page.table is None else {"record": page.table_index}
        if table is not None:
            index = self.plan.schema.table(table).index
            tables_of |= {"row": index, "used": index}
        apply(transition.effects, context, tables_of)
        if context.tables is not self.tables:
            pairs = zip(context.tables, self.tables, strict=True)
            context.tables = tuple([new if new is old else new.shared() for new, old in pairs])

    def _fitting_record(self, page_id: str, surface: Surface, used: Row | None, table: str | None) -> str | None:
        """Return the row that a page shows to which a transition leads that names none.

        It is the row beside which the control stood, or that of the page, if its table fits.
        """
        target = self.plan.page(page_id)
        if target is None or target.table is None:
            return None
        if used is not None and table == target.table:
            return str(used[0])
        page = self.plan.page(surface.page)
        return surface.record if page is not None and page.table == target.table else None

    def _show(self, page: Page, record: str | None, path: str) -> None:
        """Show a page with its fields as on arrival: over the present one if it is a dialog."""
        texts = page.blank
        if page.initial is not None:
            context = self._plain_context()
            context.bound["record"] = page.row(context, record)
            context.fields = page.readers
            context.texts = page.blank
            texts = page.initial(context)
        self.is_answered = True
        self.focus = None
        if page.kind == "dialog" and self.base.page:
            self.base = self.base.answered()
            self.dialog = Surface(page.id, record, "", texts, texts, (), self.steps)
            return
        self.base = Surface(page.id, record, path, texts, texts, (), self.steps)
        self.dialog = None

    def _follow(self, transitions: Sequence[Transition]) -> bool:
        """Take the first of the transitions by which something happens by itself; say whether there was one.

        Raises:
            FormulaFaultError: Too many have followed each other, which checks call a cycle.
        """
        if not transitions:
            return False
        self._automatic += 1
        if self._automatic > AUTOMATIC_LIMIT:
            raise FormulaFaultError(f"more than {AUTOMATIC_LIMIT} transitions followed by themselves")
        return self.try_all(transitions, self.top)

    def _plain_context(self) -> Context:
        """Return what formulas outside of any page see now; one context serves the formulas of a turn in turn."""
        context = self._context
        if context is None:
            start = self.start
            context = self._context = Context(
                self.plan.schema,
                self.tables,
                self.variables,
                before=start.before,
                step=self.steps,
                task=start.parameters,
                seed=start.seed,
                limit=CHANGE,
            )
        else:
            context.renewed(self.tables, self.variables)
        context.answer = self.message
        return context

    def _has_record(self, page: Page, record: str | None) -> bool:
        """Say whether the row that a page is to show exists, or none is needed."""
        return page.table is None or self.tables[page.table_index].get(record) is not None

    def _still_there(self, surface: Surface) -> bool:
        """Say whether the row that a page shows still exists, or none is needed."""
        page = self.plan.page(surface.page)
        return page is None or self._has_record(page, surface.record)

    def _count_try(self, transition: Transition, context: Context) -> None:
        """Count a try of a transition with luck, and key its luck by the count."""
        tries: dict[str, int] = dict(self.tries)
        count = tries.get(transition.id, 0)
        context.chance = (transition.id, count)
        tries[transition.id] = count + 1
        self.tries = tuple(sorted(tries.items()))

    def finished(self, state: State) -> State:
        """Return the new state."""
        new = object.__new__(State)
        new.base = self.base
        new.dialog = self.dialog
        new.variables = self.variables
        new.tables = self.tables
        new.history = self.history
        new.position = self.position
        new.focus = self.focus
        new.carets = () if self.is_answered else self.carets
        new.notices = self.notices
        new.steps = self.steps
        new.tries = self.tries
        new.message = self.message
        new.answered = self.steps if self.is_answered else state.answered
        new.broken = state.broken
        new.interference = state.interference
        new.known_view = new.known_verdict = new.known_keys = None
        return new
