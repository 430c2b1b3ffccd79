"""What can be done in a state, in whole moves: fill the fields that matter, then use a button or link.

A move costs as many steps as it fills fields, and one. Fields that nothing reads are left as they are. Searching over
single steps instead would visit a state for every half-filled form, in every order of its fields.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.base.blocks import Pagination, Tabs
from flow_models.runtime.machine.base.values import Value
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.fields import AnyField
from flow_models.runtime.machine.pages.interruptions import INTERRUPTION, PAUSE
from flow_models.runtime.machine.pages.offered import PICK
from flow_models.runtime.machine.pages.plan import Page
from flow_models.runtime.machine.pages.unfolding import BROWSE, PREVIOUS
from flow_models.runtime.machine.pages.uses import giving, is_enabled
from flow_models.runtime.machine.pages.viewing import HOME_LINK

from .candidates import Aims, Candidates, Choice
from .copies import Copies
from .field_texts import is_answered, means
from .fillings import NO_FILLING, Choices, Filling, fillings
from .layout import Layout, Meaning
from .telling import Named, twins

_SETS: Final = 64
"""Sets of needs that the fillings of one form are told apart by."""


class Offer(NamedTuple):
    """One control with every filling worth trying, the cheapest and likeliest first.

    Attributes:
        event: What is done once the fields are filled.
        positions: The transitions that may be taken, by position in the program.
        fillings: What to fill before; never empty.
        met: The needs that these fillings meet, of those that fields of the page can meet.
        meaning: What tells the move apart from others that lead to the same state from anywhere; None for others.
        behind: For what unfolds something the transitions that this makes possible, none where it is to be seen; else
            None.
    """

    event: Event
    positions: tuple[int, ...]
    fillings: Iterator[Filling]
    met: int = 0
    meaning: Meaning | None = None
    behind: tuple[int, ...] | None = None


class _Part(NamedTuple):
    """Choices of fields: the needs that they meet, and the texts that needs want which they do not meet."""

    met: int
    columns: Choices
    right: Mapping[str, set[str]]


_Asked = dict[int, dict[str, list[Choice]]]
"""The choices that needs want, by bit and the field's name."""


class _Here(NamedTuple):
    """Where one stands: the state, its page and view, what the page's fields see, and what is not to be chosen."""

    page: Page
    state: State
    view: shown.View
    context: Context
    unclear: Mapping[Named, str]


class Moves:
    """The moves of one instance; with `told_apart` without those that choose what reads like something beside it."""

    def __init__(
        self,
        machine: Machine,
        start: Start,
        layout: Layout,
        candidates: Candidates,
        aims: Aims | None = None,
        copies: Copies | None = None,
        *,
        told_apart: bool = False,
    ) -> None:
        self._machine = machine
        self._start = start
        self._layout = layout
        self._candidates = candidates
        self._aims = {} if aims is None else aims
        self._copies = copies
        self._told_apart = told_apart

    def offers(self, state: State) -> Iterator[Offer]:
        """Yield what can be done in a state."""
        view = self._machine.view(self._start, state)
        surface = state.top
        page = self._machine.plan.page(surface.page)
        if page is None:
            yield from _way_home(view)
            return
        yield from _out_of_the_way(view)
        context = self._machine.plan.scene(self._start, state, surface)
        context.texts = surface.fields
        here = _Here(page, state, view, context, twins(view) if self._told_apart else {})
        for control in view.controls():
            if isinstance(control, shown.Field):
                yield from self._changes(here, control)
            elif isinstance(control, shown.Button) and control.id in page.unfolding:
                yield from self._unfolds(here, control)
            elif is_enabled(control) and (control.id, control.row) not in here.unclear:
                yield from self._uses(here, control)
        positions = self._awaited(here)
        if positions:
            yield from self._waits(here, positions)

    def _awaited(self, here: _Here) -> tuple[int, ...]:
        """Return what may come by itself, on the page under a dialog too."""
        pages = dict.fromkeys((here.page.id, here.state.base.page))
        return tuple(position for page in pages if page for position in self._layout.positions(page, "wait", ""))

    def _waits(self, here: _Here, positions: tuple[int, ...]) -> Iterator[Offer]:
        """Yield the wait for what comes by itself, in which fields may be filled that are of use later."""
        page = here.page
        read = self._layout.fields_read(page.id, self._layout.all_positions(page.id))
        columns = self._columns(here, read, frozenset()) or []
        for met, chosen, right in self._by_needs(here, columns):
            yield Offer(Event("noop"), positions, fillings(chosen, right), met)

    def _changes(self, here: _Here, control: shown.Field) -> Iterator[Offer]:
        """Yield the choices of a field to whose change a transition listens, or by which the site offers other things.

        Such a choice is a move of its own, as it leads to another state by itself.
        """
        page = here.page
        positions = self._layout.positions(page.id, "change", control.id)
        field = page.fields[page.by_block[control.id]]
        if not positions and not (is_answered(field) and field.name in self._layout.content_fields(page.id)):
            return
        for choice in self._choices(here, field, is_checked=False):
            if choice.cost and (choice.text or _can_be_blank(field, control)):
                *before, event = giving(field, choice.text)
                texts = ((field.name, choice.text),) if before else ()
                filling = Filling(len(before), choice.rank, texts)
                yield Offer(event, positions, iter((filling,)))

    def _unfolds(self, here: _Here, control: shown.Button) -> Iterator[Offer]:
        """Yield the unfolding, opening or turning of a block, where something of use is behind it."""
        if not _is_of_use(control):
            return
        block = here.page.unfolding[control.id]
        where = (block.list or "", "") if isinstance(block, Pagination) else (control.id, control.row)
        behind = self._layout.hidden.behind(here.page.id, *where)
        if not behind.positions and not behind.is_seen:
            return
        carried = self._carried(here, block) if isinstance(block, Tabs) else []
        columns = [(field.name, self._choices(here, field, is_checked=False)) for field in carried]
        event = Event("use", control.id, control.row)
        known = () if behind.is_seen else behind.positions
        for met, chosen, right in self._by_needs(here, columns):
            yield Offer(event, (), fillings(chosen, right), met, behind=known)

    def _carried(self, here: _Here, block: Tabs) -> list[AnyField]:
        """Return the fields behind the present tab that have to be filled before another is chosen."""
        parts = [inner for part in here.view.top.parts for inner in shown.walk(part)]
        tabs = next(part for part in parts if isinstance(part, shown.Tabs) and part.id == block.id)
        names = self._layout.hidden.carried(here.page.id, block, tabs.chosen)
        beside = [part for part in shown.walk(tabs) if isinstance(part, shown.Field) and part.name in names]
        return [here.page.fields[here.page.by_block[part.id]] for part in beside]

    def _uses(self, here: _Here, control: shown.Button | shown.Link) -> Iterator[Offer]:
        """Yield the use of a button or link with every filling."""
        page = here.page
        positions = self._layout.positions(page.id, "use", control.id)
        relevant = self._layout.fields_read(page.id, positions)
        if not positions and not relevant:
            return
        is_submit = sends_form(control)
        event = Event("use", control.id, control.row)
        if not relevant and not is_submit:
            meaning = None if control.row else self._layout.everywhere(positions)
            yield Offer(event, positions, iter((NO_FILLING,)), meaning=meaning)
            return
        columns = self._columns(here, relevant, _checked(here, control))
        if columns is None:
            return
        may_stay = not positions or self._layout.may_stay(positions)
        for met, chosen, right in self._by_needs(here, columns):
            yield Offer(event, positions, fillings(chosen, right if may_stay else {}), met)

    def _columns(self, here: _Here, relevant: frozenset[str], checked: frozenset[str]) -> Choices | None:
        """Return the choices of the fields that are read or checked, None if some field cannot be filled validly.

        A field that is only checked is left as it is if it may be, and else gets the first valid text: which one it is
        makes no difference to the task.
        """
        page = here.page
        names = dict.fromkeys(part.name for part in here.view.controls() if isinstance(part, shown.Field))
        columns = []
        for name in names:
            if name not in relevant and name not in checked:
                continue
            field = page.fields[page.places[name]]
            is_read = name in relevant
            if not is_read and not field.complaint(here.state.top.fields[page.places[name]], here.context):
                continue
            choices = self._choices(here, field, is_checked=name in checked)
            if not choices:
                return None
            columns.append((name, choices if is_read else choices[:1]))
        return columns

    def _choices(self, here: _Here, field: AnyField, *, is_checked: bool) -> list[Choice]:
        """Return what may be in a field."""
        text = here.state.top.fields[here.page.places[field.name]]
        found = self._candidates.choices(here.page.id, field, text, here.state, here.context, is_checked=is_checked)
        if not here.unclear:
            return found
        return [choice for choice in found if (field.id, choice.text) not in here.unclear]

    def _by_needs(self, here: _Here, columns: Choices) -> list[_Part]:
        """Return the choices of fields told apart by the needs that they meet.

        By the distances a part that meets fewer needs has more steps before it, so it waits in the queue, unplayed
        mostly. All in one offer would stand where its best filling does.
        """
        asked = self._asked(here, columns)
        return [part for bits in self._sets(asked) if (part := self._part(here, columns, asked, bits)) is not None]

    def _asked(self, here: _Here, columns: Choices) -> _Asked:
        """Return the choices that each need of the page wants, by its bit and the field's name."""
        names = dict(columns)
        found: _Asked = {}
        for bit, values in self._aims.get(here.page.id, {}).items():
            wanted = {
                name: [choice for choice in names[name] if self._is_right(here, name, choice.text, value)]
                for name, value in values.items()
                if name in names
            }
            if wanted:
                found[bit] = wanted
        return found

    def _is_right(self, here: _Here, name: str, text: str, value: Value) -> bool:
        """Say whether a text is what a need wants; nothing typed is right where nothing is wanted."""
        if value is None or value is False or value == "":
            return text == ""
        return means(here.page.fields[here.page.places[name]], text, value, lambda: here.context)

    def _sets(self, asked: _Asked) -> Iterator[tuple[int, ...]]:
        """Yield the sets of needs that one filling can meet together."""
        count = 0
        for size in range(len(asked) + 1):
            for bits in combinations(asked, size):
                if count < _SETS and _is_possible(asked, bits):
                    count += 1
                    yield bits

    def _part(self, here: _Here, columns: Choices, asked: _Asked, bits: tuple[int, ...]) -> _Part | None:
        """Return the choices with which some needs are met, those that are only copied else left as they are."""
        chosen = []
        for name, choices in columns:
            wanted = [asked[bit][name] for bit in bits if name in asked[bit]]
            if wanted:
                choices = _common(wanted)
            elif self._copies is not None and self._copies.is_only_copied(here.page.id, name):
                choices = choices[:1]
            chosen.append((name, choices))
        met = self._whole(here, asked, bits)
        open_ = [wanted for bit, wanted in asked.items() if not bit & met]
        right = {name: _texts_wanted(open_, name) for name, _ in chosen}
        return _Part(met, chosen, right)

    def _whole(self, here: _Here, asked: _Asked, bits: tuple[int, ...]) -> int:
        """Return the needs of some that are met once their fields at hand are right."""
        return sum(bit for bit in bits if self._is_whole(here, bit, asked[bit]))

    def _is_whole(self, here: _Here, bit: int, wanted: Mapping[str, list[Choice]]) -> bool:
        """Say whether a need is met once its fields at hand are right: the others are so already."""
        texts, places = here.state.top.fields, here.page.places
        others = [(name, value) for name, value in self._aims[here.page.id][bit].items() if name not in wanted]
        return all(not value or self._is_right(here, name, texts[places[name]], value) for name, value in others)

    @property
    def doubts(self) -> frozenset[str]:
        """The names of fields of which not all values that could matter were given."""
        return frozenset(name for _, name in self._candidates.doubts)

    def doubt_written(self, before: State, filling: Filling) -> None:
        """Hear that a filling led on: what it wrote may matter later, and its values then stand for no others."""
        page = self._machine.plan.page(before.top.page)
        if page is not None:
            for name, _ in filling.texts:
                self._candidates.doubt_written(page.id, page.fields[page.places[name]])

    def events(self, state: State, filling: Filling, event: Event) -> tuple[Event, ...]:
        """Return a move's single steps."""
        page = self._machine.plan.page(state.top.page)
        if page is None:
            return (event,)
        fills = [fill for name, text in filling.texts for fill in giving(page.fields[page.places[name]], text)]
        # The last step of choosing a file may be the move itself, where a transition listens to it.
        return (*fills, event) if event not in fills else tuple(fills)


def _way_home(view: shown.View) -> Iterator[Offer]:
    """Yield the way back from a page that the site itself does not have, if it shows one."""
    if view.control(HOME_LINK) is not None:
        yield Offer(Event("use", HOME_LINK), (), iter((NO_FILLING,)))


def _out_of_the_way(view: shown.View) -> Iterator[Offer]:
    """Yield what can be done about something that a variant puts between a visitor and the task."""
    for control in view.controls():
        if control.id == PAUSE or (control.id == INTERRUPTION and view.interruption and view.interruption.is_modal):
            yield Offer(Event("use", control.id, control.row), (), iter((NO_FILLING,)))


def _is_of_use(control: shown.Button) -> bool:
    """Say whether a button of a block itself is worth using.

    Nothing is closed again, and pages of a list are turned by their numbers or on to the next: what is open hides
    nothing, and "previous" leads where a number does. Files and suggestions belong to the filling of their field.
    """
    is_closed = control.state not in ("open", "chosen") and is_enabled(control)
    return is_closed and control.row not in (BROWSE, PREVIOUS) and not control.row.startswith(PICK)


def sends_form(control: shown.Button | shown.Link) -> bool:
    """Say whether a control is a button that sends its form."""
    return isinstance(control, shown.Button) and control.submit


def _checked(here: _Here, button: shown.Button | shown.Link) -> frozenset[str]:
    """Return the fields that are checked when a button sends its form."""
    form = here.view.form_of(button.id) if sends_form(button) else None
    if form is None or not isinstance(button, shown.Button) or button.form in here.page.unchecked:
        return frozenset()
    return frozenset(part.name for part in shown.walk(form) if isinstance(part, shown.Field))


def _can_be_blank(field: AnyField, control: shown.Field) -> bool:
    """Say whether a field can be made blank again; one with options can where one of them is."""
    return field.block.traits.fill != "chosen" or any(key == "" for key, _ in control.options)


def _common(wanted: list[list[Choice]]) -> list[Choice]:
    """Return the choices of a field that all of some needs want."""
    return [choice for choice in wanted[0] if all(choice in other for other in wanted)]


def _texts_wanted(open_: list[dict[str, list[Choice]]], name: str) -> set[str]:
    """Return the texts of a field that needs want which are not met."""
    return {choice.text for each in open_ for choice in each.get(name, ())}


def _is_possible(asked: _Asked, bits: tuple[int, ...]) -> bool:
    """Say whether each field has a text that all of some needs want."""
    for name in {name for bit in bits for name in asked[bit]}:
        first, *others = [asked[bit][name] for bit in bits if name in asked[bit]]
        if not any(all(choice in other for other in others) for choice in first):
            return False
    return True
