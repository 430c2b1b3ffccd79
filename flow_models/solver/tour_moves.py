"""What a walk that looks for something new does next: each control with good and with bad input, back, the address.

Where nothing is missing of a page and its controls, each is used in one way only: to get on.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.fields import AnyField
from flow_models.runtime.machine.pages.plan import Page
from flow_models.runtime.machine.pages.transitions import Transition
from flow_models.runtime.machine.pages.uses import giving, is_enabled

from .candidates import Candidates
from .coverage import Kind, Touch
from .field_texts import is_answered
from .moves import sends_form

Move = tuple[Event, ...]

NOWHERE: Final = "/no-such-page"
"""An address that no page has, hopefully; whatever it shows is played all the same."""

_ROWS: Final = 3
"""Rows of a list beside which a control is tried."""

_TEXTS: Final = 4
"""Ways in which a form is filled well, so that guards that ask for the one or the other are met and not met."""

_ANYHOW: Final = 2
"""Rows and fillings where nothing is missing of a control: one more than what the task wants, which may end it."""


class TourMoves:
    """The moves of one instance, as long as something is missing.

    Args:
        machine: The machine that plays.
        start: The instance.
        candidates: The texts to try in its fields.
        missing: What nothing has touched yet; it shrinks meanwhile.
    """

    def __init__(self, machine: Machine, start: Start, candidates: Candidates, missing: set[Touch]) -> None:
        self._machine = machine
        self._start = start
        self._missing = missing
        self._elements: frozenset[str] = frozenset()
        self._candidates = candidates

    def of(self, state: State) -> Iterator[Move]:
        """Yield the moves from a state."""
        self._elements = frozenset(one.element for one in self._missing)
        view, page = self._machine.view(self._start, state), self._machine.plan.page(state.top.page)
        rows: dict[str, int] = {}
        typed = () if page is None else self._typed(state, page, view)
        for control in view.controls():
            if isinstance(control, shown.Field):
                yield from self._changes(state, page, control)
            elif is_enabled(control) and rows.get(control.id, 0) < self._rows(page, control.id):
                rows[control.id] = rows.get(control.id, 0) + 1
                yield from self._uses(state, page, view, control)
                if typed and not sends_form(control):
                    yield (*typed, Event("use", control.id, control.row))
        yield from self._others(state, page, typed)

    def _others(self, state: State, page: Page | None, typed: Move) -> Iterator[Move]:
        """Yield what is done with no control: waiting, going back and opening the address again."""
        if page is None:
            yield (Event("back"),)
            return
        if page.on("wait"):
            yield (Event("noop"),)
        if self._lacks_not_found(page):
            yield (Event("goto", value=NOWHERE),)
        if state.position and self._lacks("back", page.id):
            yield (Event("back"),)
        if typed and state.position:
            yield (*typed, Event("back"))
        if state.dialog is None and self._lacks_opening(page):
            yield (Event("goto", value=state.base.path),)

    def _typed(self, state: State, page: Page, view: shown.View) -> Move:
        """Return the filling of some field of a page that was never left with something typed."""
        if not self._lacks("cancel", page.id):
            return ()
        fields = [one for one in view.controls() if isinstance(one, shown.Field) and one.id in page.by_block]
        for one in fields:
            ready = page.fields[page.by_block[one.id]]
            now = state.top.fields[page.places[ready.name]]
            for text in self._texts(state, page, ready, _TEXTS):
                if text != now:
                    return giving(ready, text)
        return ()

    def _rows(self, page: Page | None, block: str) -> int:
        """Return beside how many rows a control is tried."""
        return _ROWS if page is not None and self._lacks_any(page.on("use", block)) else _ANYHOW

    def _changes(self, state: State, page: Page | None, control: shown.Field) -> Iterator[Move]:
        """Yield the filling of a field by itself, where that is something new or the page may listen to it."""
        if page is None or control.id not in page.by_block:
            return
        listening = page.on("change", control.id)
        if listening or self._lacks("good", page.id, control.id):
            count = _TEXTS if self._lacks_any(listening) else 1
            texts = self._texts(state, page, page.fields[page.by_block[control.id]], count)
            yield from (giving(control, text) for text in texts)

    def _uses(
        self, state: State, page: Page | None, view: shown.View, control: shown.Button | shown.Link
    ) -> Iterator[Move]:
        """Yield the use of a button or link: as things are, or with its form filled well and badly."""
        use = Event("use", control.id, control.row)
        yield (use,)
        form = view.form_of(control.id) if sends_form(control) else None
        if form is None or page is None:
            return
        fields = _fields_of(page, form)
        good = [self._texts(state, page, one, _TEXTS) for one in fields]
        count = _TEXTS if self._lacks_any(page.on("use", control.id)) else _ANYHOW
        for turn in range(min(count, max(map(len, good), default=0))):
            texts = [one[min(turn, len(one) - 1)] if one else None for one in good]
            yield (*_filled(state, page, fields, texts), use)
        for texts in self._bad_fillings(state, page, fields, good):
            yield (*_filled(state, page, fields, texts), use)

    def _bad_fillings(
        self, state: State, page: Page, fields: Sequence[AnyField], good: Sequence[Sequence[str]]
    ) -> Iterator[list[str | None]]:
        """Yield texts of which one is bad and the others are good, for each field whose bad ones are missing."""
        for place, one in enumerate(fields):
            if self._lacks("bad", page.id, one.id):
                texts = [texts[0] if texts else None for texts in good]
                for texts[place] in self._bad(state, one):
                    yield texts

    def _texts(self, state: State, page: Page, one: AnyField, count: int) -> list[str]:
        """Return texts that a form takes in a field, the likeliest first."""
        scene = self._machine.plan.scene(self._start, state, state.top)
        scene.texts = state.top.fields
        now = state.top.fields[page.places[one.name]]
        choices = self._candidates.choices(page.id, one, now, state, scene, is_checked=True)
        return [choice.text for choice in sorted(choices, key=lambda choice: choice.rank) if choice.text][:count]

    def _bad(self, state: State, one: AnyField) -> Iterator[str]:
        """Yield a text that a form refuses in a field, if there is one; where the site answers one who types, none."""
        scene = self._machine.plan.scene(self._start, state, state.top)
        fill = one.block.traits.fill
        tried = ("?", "") if fill == "typed" else ("",) if fill == "ticked" else ()
        if not is_answered(one):
            yield from [text for text in tried if one.complaint(one.held(text), scene)][:1]

    def _lacks(self, kind: Kind, page: str, element: str = "") -> bool:
        """Say whether something is missing."""
        return Touch(kind, page, element) in self._missing

    def _lacks_not_found(self, page: Page) -> bool:
        """Say whether something is missing of the page that the site shows for others, which is not this one."""
        unknown = self._machine.plan.not_found_page
        return bool(unknown) and unknown != page.id and any(one.page == unknown for one in self._missing)

    def _lacks_opening(self, page: Page) -> bool:
        """Say whether something is missing of what happens as a page's address is opened."""
        by_themselves = (*page.when_opened, *page.when_entered)
        return self._lacks("reload", page.id) or self._lacks_any(by_themselves)

    def _lacks_any(self, transitions: Iterable[Transition]) -> bool:
        """Say whether something is missing of some transitions."""
        return any(one.id in self._elements for one in transitions)


def _fields_of(page: Page, form: shown.Form) -> list[AnyField]:
    """Return the fields that a form shows."""
    return [page.fields[page.by_block[one.id]] for one in shown.walk(form) if isinstance(one, shown.Field)]


def _filled(state: State, page: Page, fields: Iterable[AnyField], texts: Iterable[str | None]) -> Iterator[Event]:
    """Yield the steps that fill fields, of those that hold something else."""
    for one, text in zip(fields, texts, strict=True):
        if text is not None and text != state.top.fields[page.places[one.name]]:
            yield from giving(one, text)
