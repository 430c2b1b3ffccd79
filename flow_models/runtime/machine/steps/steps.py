"""What a step means: from an event and a state to the next state.

Every event counts and lets the clock tick, refused ones too. An event names an element of the page as shown; if that
is absent, disabled, inert or of the wrong kind, nothing changes but the error. A formula that fails rolls the step
back and shows the site's error page.
"""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from ..base.errors import FormulaFaultError
from ..base.events import Event
from ..base.kinds import CHANGES_ON_FILL, FILLABLE, OPTIONED
from ..base.values import on_scale
from ..pages import view as shown
from ..pages.fields import TICKED
from ..pages.interruptions import NO_SIDE
from ..pages.offered import PICK
from ..pages.plan import Page, Plan
from ..pages.state import Start, State, Step
from ..pages.unfolding import pressed
from ..pages.viewing import HOME_LINK, Views
from .interrupting import Asides
from .turns import Turn, texts_with

TEXT_LIMIT: Final = 10_000
"""Characters that one action may type or say."""

_ABSENT: Final = "this element is not on the page, or something stands before it"


_STILL: Final = frozenset({"noop", "reject"})
"""Events that only let a step pass."""


def is_sendable(text: str) -> bool:
    """Say whether a browser could send a text: halves of characters (surrogates) have no form in UTF-8."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


class Steps:
    """Plays the steps of one machine."""

    def __init__(self, plan: Plan, views: Views) -> None:
        self._plan = plan
        self._views = views
        self._asides = Asides(plan, views, self._played)
        self._handlers: Mapping[str, Callable[[Turn, State, Event], str]] = {
            "use": self._use,
            "fill": self._fill,
            "select": self._select,
            "check": self._tick,
            "uncheck": self._tick,
            "focus": self._focus,
            "blur": self._blur,
            "goto": self._goto,
            "back": self._back,
            "forward": self._forward,
            "message": self._say,
        }

    def step(self, start: Start, state: State, event: Event) -> Step:
        """Return what an event does to a state."""
        if state.side is NO_SIDE:
            return self._played(start, state, event)
        return self._asides.step(start, state, event)

    def _played(self, start: Start, state: State, event: Event) -> Step:
        """Return what an event does if nothing comes between."""
        if event.kind in _STILL and not event.block and not self._plan.waiting and not state.broken:
            return _ticked(state, event)
        turn = Turn(self._plan, start, state)
        turn.steps += 1
        if state.broken:
            return Step(turn.finished(state), None, "the site shows its error page")
        try:
            error = self.refusal(event) or self._play(turn, state, event)
            if event.kind == "reject" and event.block:
                turn.focus = (event.block, "", event.row)
            if self._plan.waiting:
                turn.wait()
            turn.settle()
            new = turn.finished(state)
            if turn.is_answered:
                self._views.view(start, new)
            elif turn.focus == state.focus and turn.base is state.base and turn.dialog is state.dialog:
                new.known_view = state.known_view
        except FormulaFaultError as fault:
            return Step(state.replaced(steps=turn.steps, focus=None, broken=True), None, "", str(fault))
        return Step(new, turn.taken, error)

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
                fields = texts_with(fields, place, page.fields[place].held(text[:TEXT_LIMIT]))
        if fields == top.fields:
            return state
        changed = top.typed(fields)
        return state.replaced(base=changed) if state.dialog is None else state.replaced(dialog=changed)

    @staticmethod
    def refusal(event: Event) -> str:
        """Return why an event cannot be played at all."""
        text = event.value
        if event.kind == "reject":
            return text or "this action could not be understood"
        if len(text) > TEXT_LIMIT:
            return "the text is too long"
        return "" if not text or is_sendable(text) else "the text holds half of a character, which cannot be sent"

    def _play(self, turn: Turn, state: State, event: Event) -> str:
        """Let an event do what it does; return why it was refused, or the empty text."""
        if event.kind in ("noop", "infeasible"):
            return ""
        handler = self._handlers.get(event.kind)
        return f"unknown action {event.kind!r}" if handler is None else handler(turn, state, event)

    def _control(self, turn: Turn, state: State, event: Event) -> shown.Control | None:
        """Return the control that an event names, if it is on the page and not inert."""
        return self._views.view(turn.start, state).control(event.block, event.row)

    def _use(self, turn: Turn, state: State, event: Event) -> str:
        """A button or link is clicked."""
        control = self._control(turn, state, event)
        if control is None:
            return _ABSENT
        if isinstance(control, shown.Field):
            return "this element is a field, not a button or link"
        if isinstance(control, shown.Button) and not control.enabled:
            return "this button is disabled"
        top = turn.top
        page = self._plan.page(top.page)
        if page is None:
            if event.block == HOME_LINK:
                turn.arrive(self._plan.start_page, None, by_address=True)
                turn.remember(replace=False)
            return ""
        if isinstance(control, shown.Button) and control.submit and self._complain(turn, state, page, control):
            turn.remember(replace=False)
            return ""
        if event.block in page.unfolding and isinstance(control, shown.Button):
            self._unfold(turn, state, page, control)
        else:
            if event.block in page.menus:
                turn.fold(page.menus[event.block])
            self._follow(turn, page, "use", event)
        turn.remember(replace=False)
        return ""

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

    def _fill(self, turn: Turn, state: State, event: Event) -> str:
        """A text is typed into a field."""
        control = self._control(turn, state, event)
        if control is None:
            return _ABSENT
        if not isinstance(control, shown.Field) or control.kind not in FILLABLE:
            return "this element cannot be filled with text"
        text = event.value if control.kind == "long_text" else event.value.replace("\r", "").replace("\n", "")
        if control.kind == "slider":
            return self._slide(turn, event, control)
        self._put(turn, event, text, "", listens=control.kind in CHANGES_ON_FILL)
        return ""

    def _slide(self, turn: Turn, event: Event, control: shown.Field) -> str:
        """A slider is given a number: it goes to the nearest step, but only its exact steps are heard and no error.

        So does Playwright 1.44, with which BrowserGym fills.
        """
        held = str(on_scale(event.value, int(control.minimum), int(control.maximum), control.step))
        is_exact = held == event.value.strip()
        self._put(turn, event, held, "", listens=is_exact)
        return "" if is_exact else "Error: Malformed value"

    def _select(self, turn: Turn, state: State, event: Event) -> str:
        """An option of a choice is chosen by its key."""
        control = self._control(turn, state, event)
        if control is None:
            return _ABSENT
        if not isinstance(control, shown.Field) or control.kind not in OPTIONED:
            return "this element has no options"
        if event.value not in [key for key, _ in control.options]:
            return "there is no such option"
        # The focus is on a radio button; of a drop-down it says whether its list is open, which choosing leaves alone.
        option = event.value
        if control.style != "radio" and control.kind == "choice_field":
            option = turn.focus[2] if turn.focus is not None and turn.focus[0] == event.block else ""
        self._put(turn, event, event.value, option, listens=True)
        return ""

    def _tick(self, turn: Turn, state: State, event: Event) -> str:
        """A checkbox is ticked or cleared."""
        control = self._control(turn, state, event)
        if control is None:
            return _ABSENT
        if not isinstance(control, shown.Field) or control.kind != "checkbox":
            return "this element is not a checkbox"
        self._put(turn, event, TICKED if event.kind == "check" else "", "", listens=True)
        return ""

    def _put(self, turn: Turn, event: Event, text: str, option: str, *, listens: bool) -> None:
        """Change a field's text and the focus, and nothing else unless a transition listens to the change."""
        top = turn.top
        page = self._plan.page(top.page)
        if page is None:
            return
        place = page.by_block[event.block]
        before = top.fields[place]
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

    def _focus(self, turn: Turn, state: State, event: Event) -> str:
        """The focus moves to a control; a disabled button cannot have it."""
        control = self._control(turn, state, event)
        if control is None:
            return _ABSENT
        if isinstance(control, shown.Button) and not control.enabled:
            return "this button is disabled"
        turn.focus = (event.block, event.row, event.value)
        return ""

    def _blur(self, turn: Turn, state: State, event: Event) -> str:
        """The focus leaves whatever has it: to the document, or with `value` to somewhere that is no block."""
        del state
        turn.focus = ("", "", event.value) if event.value else None
        return ""

    def _goto(self, turn: Turn, state: State, event: Event) -> str:
        """An address is opened."""
        del state
        try:
            parts = urlsplit(event.value.strip())
        except ValueError:
            return "this is not an address"
        if parts.netloc and (parts.scheme not in ("http", "https") or parts.netloc != self._plan.host):
            return "this address is outside of the site"
        if not parts.netloc and not parts.path.startswith("/"):
            return "this is not an address"
        path = turn.base.path
        turn.notices = ()
        turn.open_path(parts.path or "/")
        turn.remember(replace=turn.base.path == path)
        return ""

    def _back(self, turn: Turn, state: State, event: Event) -> str:
        """The previous address is asked for again; without one nothing happens."""
        del state, event
        if turn.position > 0:
            self._revisit(turn, turn.position - 1)
        return ""

    def _forward(self, turn: Turn, state: State, event: Event) -> str:
        """The address from which one went back is asked for again."""
        del state, event
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
    def _say(turn: Turn, state: State, event: Event) -> str:
        """Something is said to the user."""
        del state
        turn.message = event.value
        return ""


def _ticked(state: State, event: Event) -> Step:
    """Return what an event does that only lets a step pass: the same page, one step later."""
    new = state.replaced()
    new.steps += 1
    new.known_view = state.known_view
    return Step(new, None, Steps.refusal(event))
