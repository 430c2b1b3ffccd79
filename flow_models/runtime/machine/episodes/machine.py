"""The machine: what runs a program.

Everything it computes is a function of an instance and a state, so whoever searches, branches or replays needs
nothing else. An attempt that remembers what it has earned is an `Episode`.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Final

from ..base.errors import DrawError, FormulaFaultError
from ..base.events import Event
from ..base.program import Program
from ..base.results import Result, Verdict
from ..base.same import Same
from ..base.schema import Schema
from ..base.tables import Table
from ..base.values import Value
from ..base.variant import PLAIN, Variant
from ..formulas.context import Context
from ..pages.addresses import Address
from ..pages.plan import Plan
from ..pages.state import Start, State, Step, Surface
from ..pages.view import View
from ..pages.viewing import Views, broken_view
from ..steps import explain, staging
from ..steps.steps import Steps
from . import scoring
from .drawing import Drawing, dressed
from .rivals import OTHERS

if TYPE_CHECKING:
    from .aftermath import Aftermath

STARTS_KEPT: Final = 8192
"""Drawn instances that a machine keeps by task and seed, the ones used longest ago go.

Drawing one takes 1 to 6 ms, as long as a hundred steps; kept it takes 36 KiB (North Bank) to 72 (Skylark Air).
"""


class Machine:
    """Runs one program.

    Building one is quick whatever the size of the flow: pages are made ready when somebody comes to them. A machine
    may be shared by any number of episodes of one thread.

    Attributes:
        same_result, same_aftermath: Equal ones of what graphs keep as one object.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.program_hash = program.hash
        self._plan = Plan(program)
        self._views = Views(self._plan)
        self._steps = Steps(self._plan, self._views)
        self._drawing = Drawing(self._plan, self._views)
        self._rules: dict[str, scoring.TaskRules] = {}
        self.same_result: Same[Result] = Same()
        self.same_aftermath: Same[Aftermath] = Same()
        self._starts: OrderedDict[tuple[str, int], Start] = OrderedDict()
        self._elsewhere: dict[str, tuple[str, ...]] = {}
        self._reads_step = "step" in self.program.reads
        self._reads_time = "time" in self.program.reads
        self._reads_date = "date" in self.program.reads

    @property
    def plan(self) -> Plan:
        """What was derived from the program, for those who search rather than play."""
        return self._plan

    @property
    def schema(self) -> Schema:
        """Where the program's names stand in states and rows."""
        return self._plan.schema

    @property
    def tasks(self) -> tuple[str, ...]:
        """The names of the program's tasks."""
        return tuple(self.program.tasks)

    def draw(self, task: str, seed: int, variant: Variant = PLAIN) -> Start:
        """Return the instance of a task for a seed as a variant shows it, always the same one; the latest are kept.

        Raises:
            DrawError: No tried set of parameters met what the task requires.
            ProgramError: The program has no such task.
        """
        key = (task, seed)
        start = self._starts.get(key)
        if start is None:
            start = self._starts[key] = self._drawing.draw(task, seed)
            if len(self._starts) > STARTS_KEPT:
                self._starts.popitem(last=False)
        else:
            self._starts.move_to_end(key)
        return start if variant is PLAIN else dressed(start, variant)

    def begun(self, start: Start, tables: tuple[Table, ...], parameters: Mapping[str, Value]) -> Start | None:
        """Return what an instance would be with other rows and parameters drawn, None if its task does not allow it.

        Raises:
            FormulaFaultError: A formula failed.
        """
        begun = self._drawing.begun(start, tables, parameters)
        return None if begun is None else dressed(begun, start.variant)

    def visit(self, variant: Variant = PLAIN) -> Start:
        """Return a visit without a task, from the site's start page: for looking around."""
        return dressed(self._drawing.visit(), variant)

    def step(self, start: Start, state: State, event: Event) -> Step:
        """Return what an event does; neither the instance nor the state changes. Never raises for any event."""
        step = self._steps.step(start, state, event)
        new = step.state
        if state.known_verdict is not None and new.tables is state.tables:
            rules = self.rules(start.task)
            if rules.is_kept and (new.variables is state.variables or not rules.reads.variables):
                new.known_verdict = state.known_verdict
        return step

    def typed(self, start: Start, state: State, texts: Mapping[str, str]) -> State:
        """Return the state with other drafts by field name, without a step: what a browser holds until it posts."""
        return self._steps.typed(start, state, texts)

    def view(self, start: Start, state: State) -> View:
        """Return what a state shows, the same object for an equal page; if a formula fails, the error page."""
        if state.known_view is not None:
            return state.known_view
        try:
            return self._views.view(start, state)
        except FormulaFaultError:
            return broken_view(state.base.path)

    def placed(self, start: Start, state: State, page: str, record: str | None = None) -> State:
        """Return the state in which a page is shown, reached by hand: to test from there."""
        return staging.placed(self._plan, start, state, page, record)

    def edited(self, state: State, variables: Mapping[str, object], rows: staging.Rows) -> State:
        """Return the state with data changed by hand; `rows` holds stored values by table, row key and column.

        Raises:
            FormulaFaultError: A value is not one of its type.
            KeyError: There is no such variable, table, row or column.
        """
        return staging.edited(self._plan, state, variables, rows)

    def verdict(self, start: Start, state: State) -> Verdict:
        """Return how a state stands with respect to its task; kept on the state."""
        if state.known_verdict is None:
            state.known_verdict = self.rules(start.task).verdict(self._context(start, state))
        return state.known_verdict

    def rules(self, task: str) -> scoring.TaskRules:
        """Return a task's rules; a visit without a task has none that ever hold."""
        found = self._rules.get(task)
        if found is None:
            found = self._rules[task] = scoring.rules_of(self._plan, task)
        return found

    def is_right_answer(self, start: Start, state: State, message: str) -> bool:
        """Say whether a message holds exactly the expected answer of a question task."""
        rules = self.rules(start.task)
        elsewhere = self._answers_elsewhere(start.task) if rules.asks_elsewhere else ()
        return rules.is_right(message, self._context(start, state), start.goal, elsewhere)

    def expected_answer(self, start: Start, state: State) -> str:
        """Return the expected answer of a question task as a page would show it, empty for other tasks."""
        return self.rules(start.task).expected(self._context(start, state))

    def _answers_elsewhere(self, task: str) -> tuple[str, ...]:
        """Return the answers that a question has in some other instances."""
        if task not in self._elsewhere:
            self._elsewhere[task] = tuple(filter(None, (self._answer_of(task, seed) for seed in range(OTHERS))))
        return self._elsewhere[task]

    def _answer_of(self, task: str, seed: int) -> str:
        """Return the answer of an instance, empty where there is none."""
        try:
            start = self.draw(task, seed)
            return self.expected_answer(start, start.state)
        except (DrawError, FormulaFaultError):
            return ""

    def data_is_unchanged(self, start: Start, state: State) -> bool:
        """Say whether the durable tables are as the episode began, derived columns aside."""
        return scoring.data_is_unchanged(self._plan.schema, start, state)

    def key(self, start: Start, state: State, *, focus: bool = True) -> Hashable:
        """Return what tells states of an instance apart, without step count, history, and a clock that nobody reads.

        Of the clock it holds as much as the program's formulas read: nothing, the date, the time, or the step. Search
        leaves out the focus, which matters only to what is shown.
        """
        del start
        if state.known_keys is None:
            whole = self._key(state)
            state.known_keys = (whole, (whole, state.focus))
        return state.known_keys[1 if focus else 0]

    def page_key(self, state: State) -> Hashable:
        """Return what tells pages apart without what is typed on them and where the focus is; the other part of `key`.

        It is that of `data_key`.
        """
        base, dialog = state.base, state.dialog
        if dialog is None:
            return self._surface_key(base.typed(()), state.steps), None, state.notices
        return self._surface_key(base, state.steps), self._surface_key(dialog.typed(()), state.steps), state.notices

    def data_key(self, state: State) -> Hashable:
        """Return what tells states apart whatever page is shown."""
        return (
            state.variables,
            tuple([table.content() for table in state.tables]),
            state.tries,
            state.message,
            state.broken,
            self._clock_key(state),
            state.interference,
        )

    def follows_clock(self, task: str) -> bool:
        """Say whether what is shown or follows may depend on how many steps were made while a task runs.

        So it does where formulas read the step or the time, and where they read the date and midnight can come.
        """
        if self._reads_step or self._reads_time:
            return True
        last = self.schema.moment(self.rules(task).max_steps)
        return self._reads_date and self.schema.moment(0)[0] != last[0]

    def match(self, start: Start, state: State, path: str) -> Address | None:
        """Return the page and record that a path means now, or None for an unknown path."""
        return self._plan.addresses.match(path, self._context(start, state))

    def address(self, start: Start, state: State, page: str, record: str | None = None) -> str:
        """Return the path of a page and record, empty for a dialog."""
        found = self._plan.page(page)
        row = None
        if found is not None and found.table_index >= 0:
            row = state.tables[found.table_index].get(record)
        return self._plan.addresses.text(self._context(start, state), page, row)

    def explain(self, start: Start, state: State) -> list[explain.Explained]:
        """Return every transition of the present page and whether it can be taken, with the reason if not."""
        return explain.explain(self._plan, self._views, start, state)

    def rows(self, state: State, table: str) -> list[dict[str, object]]:
        """Return a table's rows now as {column: value}, with the row's key under `key`; for showing data."""
        schema = self._plan.schema.table(table)
        return [
            {"key": row[0], **dict(zip(schema.names, row[1:], strict=True))} for row in state.tables[schema.index].rows
        ]

    def variables(self, state: State) -> dict[str, object]:
        """Return the variables now by name; for showing data."""
        return {name: state.variables[index] for name, index in self._plan.schema.variables.items()}

    def field_texts(self, state: State) -> dict[str, str]:
        """Return the drafts of the present page or dialog by field name."""
        page = self._plan.page(state.top.page)
        return {} if page is None else {name: state.top.fields[place] for name, place in page.places.items()}

    def _context(self, start: Start, state: State) -> Context:
        return self._plan.context(start, state)

    def _key(self, state: State) -> Hashable:
        """Return the key without the focus."""
        dialog = None if state.dialog is None else self._surface_key(state.dialog, state.steps)
        return self._surface_key(state.base, state.steps), dialog, state.notices, self.data_key(state)

    def _clock_key(self, state: State) -> Hashable:
        """Return of the clock what formulas read."""
        steps, answered = state.steps, state.answered
        if self._reads_step:
            return steps, answered
        if self._reads_time:
            return self.schema.moment(steps), self.schema.moment(answered)
        return (self.schema.moment(steps)[0], self.schema.moment(answered)[0]) if self._reads_date else None

    def _surface_key(self, surface: Surface, steps: int) -> Hashable:
        """Return what tells pages apart; how long one has been there matters only where a transition waits."""
        page = self._plan.page(surface.page) if surface.page in self._plan.waiting else None
        waited = -1
        if page is not None and page.when_waited:
            longest = max(transition.steps for transition in page.when_waited)
            waited = min(steps - surface.entered, longest + 1)
        return (*surface[:6], waited, surface.unfolded)
