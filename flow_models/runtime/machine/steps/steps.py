"""What a step means: from an event and a state to the next state.

Every event counts and lets the clock tick, refused ones too. An event names an element of the page as shown; whether
that takes it is decided in `uses`, and if not, nothing changes but the error. A formula that leaves the range of values
refuses its transition (`turns`, `refusing`), which is a step like any other; one that fails otherwise, which is a fault
of the flow, rolls the step back and shows the site's error page.
"""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from ..base import limits
from ..base.errors import FormulaFaultError, TooMuchError
from ..base.events import Event
from ..base.kinds import CHANGES_ON_FILL
from ..base.texts import typed
from ..base.values import on_scale
from ..pages import view as shown
from ..pages.fields import TICKED
from ..pages.interruptions import NO_INTERFERENCE
from ..pages.offered import PICK
from ..pages.plan import Page, Plan
from ..pages.state import Start, State, Step, texts_with, with_caret
from ..pages.unfolding import pressed
from ..pages.uses import (
    AIMED,
    Refusal,
    aimed,
    has_radios,
    is_line,
    is_sendable,
    is_slid,
    unsaid,
)
from ..pages.viewing import HOME_LINK, Views
from .interrupting import InterruptedSteps
from .overwork import overworked
from .refusing import reason_of, told
from .turns import Turn

_STILL: Final = frozenset({"noop", "reject"})
"""Events that only let a step pass."""


class Steps:
    """Plays the steps of one machine."""

    def __init__(self, plan: Plan, views: Views) -> None:
        self._plan = plan
        self._views = views
        self._interrupted = InterruptedSteps(plan, views, self._played)
        self._aimed: Mapping[str, Callable[[Turn, State, Event, shown.Control], str]] = {
            "use": self._use,
            "fill": self._fill,
            "select": self._select,
            "check": self._tick,
            "uncheck": self._tick,
            "focus": self._focus,
        }
        self._others: Mapping[str, Callable[[Turn, Event], str]] = {
            "blur": self._blur,
            "goto": self._goto,
            "back": self._back,
            "forward": self._forward,
            "message": self._say,
            "noop": self._nothing,
            "infeasible": self._nothing,
        }

    def step(self, start: Start, state: State, event: Event) -> Step:
        """Return what an event does to a state."""
        if state.interference is NO_INTERFERENCE:
            return self._played(start, state, event)
        return self._interrupted.step(start, state, event)

    def _played(self, start: Start, state: State, event: Event) -> Step:
        """Return what an event does if nothing comes between."""
        if event.kind in _STILL and not event.block and not self._plan.waiting and not state.broken:
            return _ticked(state, event)
        turn = Turn(self._plan, start, state)
        turn.steps += 1
        if state.broken:
            return Step(turn.finished(state), None, Refusal("broken").words)
        try:
            error = self._play(turn, state, event)
            new = self._ended(turn, state, event)
        except TooMuchError as fault:
            new = overworked(self._plan, start, state)
            self._views.view(start, new)
            return Step(new, refused=str(fault))
        except FormulaFaultError as fault:
            return Step(state.replaced(steps=turn.steps, focus=None, broken=True), None, "", str(fault))
        return Step(new, turn.taken, error, refused=reason_of(turn.refused))

    def _ended(self, turn: Turn, state: State, event: Event) -> State:
        """Let happen what comes at the end of every step, and return the new state."""
        if event.kind == "reject" and event.block:
            turn.focus = (event.block, "", event.row)
        if self._plan.waiting:
            turn.wait()
        turn.settle()
        new = told(turn.refused, turn.start, turn.finished(state), self._views)
        if turn.is_answered:
            self._views.view(turn.start, new)
        elif turn.focus == state.focus and turn.base is state.base and turn.dialog is state.dialog:
            new.known_view = state.known_view
        return new

    def typed(self, start: Start, state: State, texts: Mapping[str, str]) -> State:
        """Return the state in which fields of the page hold other drafts, without a step; unknown names are ignored.

        A browser holds what is typed until it is posted; the site tells the machine by this.
        """
        del start
        top = state.top
        page = self._plan.page(top.page)
        if page is None:
            return state
        fields = top.fields
        for name, text in texts.items():
            place = page.places.get(name)
            if place is not None and is_sendable(text):
                fields = texts_with(fields, place, page.fields[place].held(text[: limits.TEXT]))
        if fields == top.fields:
            return state
        changed = top.typed(fields)
        return state.replaced(base=changed) if state.dialog is None else state.replaced(dialog=changed)

    def _play(self, turn: Turn, state: State, event: Event) -> str:
        """Let an event do what it does; return why it was refused, or the empty text."""
        kind = event.kind
        refused = unsaid(event) if event.value or kind == "reject" else None
        if refused is not None:
            return refused.words
        if kind in AIMED:
            control = aimed(self._views.view(turn.start, state), event)
            return control.words if isinstance(control, Refusal) else self._aimed[kind](turn, state, event, control)
        other = self._others.get(kind)
        return Refusal("unknown", kind).words if other is None else other(turn, event)

    def _use(self, turn: Turn, state: State, event: Event, control: shown.Control) -> str:
        """A button or link is clicked."""
        page = self._plan.page(turn.top.page)
        if page is None:
            if event.block != HOME_LINK:
                return ""
            turn.arrive(self._plan.start_page, None, by_address=True)
        elif isinstance(control, shown.Button):
            self._press(turn, state, page, control, event)
        else:
            self._leave(turn, page, event)
        turn.remember(replace=False)
        return ""

    def _press(self, turn: Turn, state: State, page: Page, button: shown.Button, event: Event) -> None:
        """A button is clicked: the form that it sends is checked first, and one of a block's own unfolds that."""
        if button.submit and self._complain(turn, state, page, button):
            return
        if button.id in page.unfolding:
            self._unfold(turn, state, page, button)
        else:
            self._leave(turn, page, event)

    def _leave(self, turn: Turn, page: Page, event: Event) -> None:
        """A button or link leads where its transitions say; the menu in which it stands is closed."""
        if event.block in page.menus:
            turn.fold(page.menus[event.block])
        self._follow(turn, page, "use", event)

    def _unfold(self, turn: Turn, state: State, page: Page, button: shown.Button) -> None:
        """Open, close or turn a block by a button of its own, or choose a suggestion or file."""
        if not button.row.startswith(PICK):
            view = self._views.view(turn.start, state)
            unfolded = pressed(turn.top.unfolded, page.unfolding[button.id], button.row, view)
            turn.set_top(turn.top._replace(unfolded=unfolded))
            turn.answer()
            return
        turn.fold(button.id)
        top, place = turn.top, page.by_block[button.id]
        before = top.fields[place]
        turn.set_top(top.typed(texts_with(top.fields, place, button.text)))
        if before == button.text or not self._hears(turn, page, place, before):
            turn.answer()

    def _follow(self, turn: Turn, page: Page, kind: str, event: Event) -> None:
        """Try the transitions of a trigger; if none holds, the page stays as it is."""
        top = turn.top
        table = page.row_tables.get(event.block) if event.row else None
        used = None if table is None else turn.tables[self._plan.schema.table(table).index].get(event.row)
        if not turn.try_all(page.on(kind, event.block), top, used, table):
            turn.answer()

    def _complain(self, turn: Turn, state: State, page: Page, button: shown.Button) -> bool:
        """Check the form that a button submits; say whether a field failed, and put messages beside those."""
        if not button.form or button.form in page.unchecked:
            return False
        form = self._views.view(turn.start, state).form_of(button.id)
        if form is None:
            return False
        top = turn.top
        context = turn.context(top)
        errors = []
        for part in shown.controls_in(form):
            if isinstance(part, shown.Field):
                place = page.by_block[part.id]
                complaint = page.fields[place].complaint(top.fields[place], context)
                if complaint:
                    errors.append((part.name, complaint))
        if not errors:
            return False
        turn.answer()
        turn.set_top(turn.top._replace(errors=tuple(errors)))
        return True

    def _fill(self, turn: Turn, state: State, event: Event, control: shown.Control) -> str:
        """A text is typed into a field."""
        del state
        if is_slid(control):
            return self._slide(turn, event, control)
        self._put(turn, event, event.value, "", listens=_hears_typing(control))
        if is_line(control):
            turn.carets = with_caret(turn.carets, event.block, event.row, typed(event.value, lines=False))
        return ""

    def _slide(self, turn: Turn, event: Event, slider: shown.Field) -> str:
        """A slider is given a number: it goes to the nearest step, but only its exact steps are heard and no error.

        So does Playwright 1.44, with which BrowserGym fills.
        """
        held = str(on_scale(event.value, int(slider.minimum), int(slider.maximum), slider.step))
        is_exact = held == event.value.strip()
        self._put(turn, event, held, "", listens=is_exact)
        return "" if is_exact else Refusal("malformed").words

    def _select(self, turn: Turn, state: State, event: Event, control: shown.Control) -> str:
        """An option of a choice is chosen by its key."""
        del state
        # The focus is on a radio button; of a drop-down it says whether its list is open, which choosing leaves alone.
        option = event.value
        if not has_radios(control):
            option = turn.focus[2] if turn.focus is not None and turn.focus[0] == event.block else ""
        self._put(turn, event, event.value, option, listens=True)
        return ""

    def _tick(self, turn: Turn, state: State, event: Event, control: shown.Control) -> str:
        """A checkbox is ticked or cleared."""
        del state, control
        self._put(turn, event, TICKED if event.kind == "check" else "", "", listens=True)
        return ""

    def _put(self, turn: Turn, event: Event, text: str, option: str, *, listens: bool) -> None:
        """Change a field's text and the focus, and nothing else unless a transition listens to the change."""
        top = turn.top
        page = self._plan.page(top.page)
        if page is None:
            return
        place = page.by_block[event.block]
        before, text = top.fields[place], page.fields[place].held(text)
        if before != text:
            turn.set_top(top.typed(texts_with(top.fields, place, text)))
        turn.focus = (event.block, "", option)
        if listens and before != text and self._hears(turn, page, place, before):
            turn.remember(replace=False)

    def _hears(self, turn: Turn, page: Page, place: int, before: str) -> bool:
        """Let the site answer the change of a field, and say whether it does.

        It does if a transition listens. One with suggestions it always answers, to offer others; there a transition
        listens to the row that the text means.
        """
        field = page.fields[place]
        listens = bool(page.on("change", field.id))
        if field.kind == "suggest_field":
            context = turn.context(turn.top)
            if not listens or field.value(before, context) == field.value(context.texts[place], context):
                turn.answer()
                return True
        if listens:
            self._follow(turn, page, "change", Event("fill", field.id))
        return listens

    def _focus(self, turn: Turn, state: State, event: Event, control: shown.Control) -> str:
        """The focus moves to a control."""
        del state, control
        turn.focus = (event.block, event.row, event.value)
        return ""

    @staticmethod
    def _blur(turn: Turn, event: Event) -> str:
        """The focus leaves whatever has it: to the document, or with `value` to somewhere that is no block."""
        turn.focus = ("", "", event.value) if event.value else None
        return ""

    def _goto(self, turn: Turn, event: Event) -> str:
        """An address is opened."""
        try:
            parts = urlsplit(event.value.strip())
        except ValueError:
            return Refusal("no_address").words
        if parts.netloc and (parts.scheme not in ("http", "https") or parts.netloc != self._plan.host):
            return Refusal("elsewhere").words
        if not parts.netloc and not parts.path.startswith("/"):
            return Refusal("no_address").words
        path = turn.base.path
        turn.notices = ()
        turn.open_path(parts.path or "/")
        turn.remember(replace=turn.base.path == path)
        return ""

    def _back(self, turn: Turn, event: Event) -> str:
        """The previous address is asked for again; without one nothing happens."""
        del event
        if turn.position > 0:
            self._revisit(turn, turn.position - 1)
        return ""

    def _forward(self, turn: Turn, event: Event) -> str:
        """The address from which one went back is asked for again."""
        del event
        if turn.position < len(turn.history) - 1:
            self._revisit(turn, turn.position + 1)
        return ""

    @staticmethod
    def _revisit(turn: Turn, position: int) -> None:
        """Ask for an address of the history again."""
        turn.position = position
        entry = turn.history[position]
        turn.notices = ()
        if entry.page:
            turn.open_address(entry.page, entry.record, entry.path)
        else:
            turn.open_path(entry.path)
        turn.remember(replace=True)

    @staticmethod
    def _say(turn: Turn, event: Event) -> str:
        """Something is said to the user."""
        turn.message = event.value
        return ""

    @staticmethod
    def _nothing(turn: Turn, event: Event) -> str:
        """Nothing happens on the site."""
        del turn, event
        return ""


def _hears_typing(control: shown.Control) -> bool:
    """Say whether the site may listen to the filling of a control."""
    return isinstance(control, shown.Field) and control.kind in CHANGES_ON_FILL


def _ticked(state: State, event: Event) -> Step:
    """Return what an event does that only lets a step pass: the same page, one step later."""
    new = state.replaced()
    new.steps += 1
    new.known_view = state.known_view
    refused = unsaid(event)
    return Step(new, None, "" if refused is None else refused.words)
