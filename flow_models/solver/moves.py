"""What can be done in a state, in whole moves: fill the fields that matter, then use a button or link.

A move costs as many steps as it fills fields, and one. Fields that nothing reads are left as they are. Searching over
single steps instead would visit a state for every half-filled form, in every order of its fields.
"""

import heapq
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.base.blocks import Pagination, Tabs
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
from .field_texts import is_answered, means
from .layout import Layout, Meaning
from .telling import Named, twins

Choices = list[tuple[str, list[Choice]]]
"""The choices of fields, by name."""


class Filling(NamedTuple):
    """Texts for some fields: (name, text) of those that must be typed."""

    cost: int
    rank: int
    texts: tuple[tuple[str, str], ...]


NO_FILLING: Final = Filling(0, 0, ())


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
        *,
        told_apart: bool = False,
    ) -> None:
        self._machine = machine
        self._start = start
        self._layout = layout
        self._candidates = candidates
        self._aims = {} if aims is None else aims
        self._told_apart = told_apart

    def offers(self, state: State) -> Iterator[Offer]:
        """Yield what can be done in a state."""
        view = self._machine.view(self._start, state)
        surface = state.top
        page = self._machine.plan.page(surface.page)
        if page is None:
            if view.control(HOME_LINK) is not None:
                yield Offer(Event("use", HOME_LINK), (), iter((NO_FILLING,)))
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
        if page.on("wait"):
            yield from self._waits(here)

    def _waits(self, here: _Here) -> Iterator[Offer]:
        """Yield the wait for what comes by itself, in which fields may be filled that are of use later."""
        page = here.page
        read = self._layout.fields_read(page.id, self._layout.all_positions(page.id))
        columns = self._columns(here, read, frozenset()) or []
        positions = self._layout.positions(page.id, "wait", "")
        for met, chosen in self._by_needs(here, columns):
            yield Offer(Event("noop"), positions, _fillings(chosen), met)

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
        for met, chosen in self._by_needs(here, columns):
            yield Offer(event, (), _fillings(chosen), met, behind=known)

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
        is_submit = isinstance(control, shown.Button) and control.submit
        event = Event("use", control.id, control.row)
        if not relevant and not is_submit:
            meaning = None if control.row else self._layout.everywhere(positions)
            yield Offer(event, positions, iter((NO_FILLING,)), meaning=meaning)
            return
        columns = self._columns(here, relevant, _checked(here, control) if is_submit else frozenset())
        if columns is None:
            return
        for met, chosen in self._by_needs(here, columns):
            yield Offer(event, positions, _fillings(chosen), met)

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

    def _by_needs(self, here: _Here, columns: Choices) -> list[tuple[int, Choices]]:
        """Return the choices of fields told apart by the needs that they meet, so that each group meets the same.

        By the distances a group that meets fewer needs has more steps before it, so it waits in the queue, unplayed
        mostly. All in one offer would stand where its best filling does: then 14 of the 29 instances are not solved.
        """
        page = here.page
        groups: list[tuple[int, Choices]] = [(0, [])]
        for name, choices in columns:
            value, bit = self._aims.get((page.id, name), (None, 0))
            field = page.fields[page.places[name]]
            right = [choice for choice in choices if bit and means(field, choice.text, value, lambda: here.context)]
            wrong = [choice for choice in choices if choice not in right]
            groups = [
                (met | gained, [*chosen, (name, part)])
                for met, chosen in groups
                for gained, part in ((bit, right), (0, wrong))
                if part
            ]
        return groups

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


def _checked(here: _Here, button: shown.Button | shown.Link) -> frozenset[str]:
    """Return the fields that are checked when a button sends its form."""
    form = here.view.form_of(button.id)
    if form is None or not isinstance(button, shown.Button) or button.form in here.page.unchecked:
        return frozenset()
    return frozenset(part.name for part in shown.walk(form) if isinstance(part, shown.Field))


def _can_be_blank(field: AnyField, control: shown.Field) -> bool:
    """Say whether a field can be made blank again; one with options can where one of them is."""
    return field.block.traits.fill != "chosen" or any(key == "" for key, _ in control.options)


def _fillings(columns: Choices) -> Iterator[Filling]:
    """Yield one choice for each field in every combination, by cost, then by rank.

    From each combination those with one field's next choice follow, each taken up once. So the first ones come without
    the others, of which there can be thousands, being made.
    """
    if not columns:
        yield NO_FILLING
        return
    first = (0,) * len(columns)

    def entry(places: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        chosen = [choices[place] for (_, choices), place in zip(columns, places, strict=True)]
        return sum(choice.cost for choice in chosen), sum(choice.rank for choice in chosen), places

    heap = [entry(first)]
    seen = {first}
    while heap:
        cost, rank, places = heapq.heappop(heap)
        texts = []
        for (name, choices), place in zip(columns, places, strict=True):
            if choices[place].cost:
                texts.append((name, choices[place].text))
        yield Filling(cost, rank, tuple(texts))
        for index, place in enumerate(places):
            if place + 1 < len(columns[index][1]):
                following = (*places[:index], place + 1, *places[index + 1 :])
                if following not in seen:
                    seen.add(following)
                    heapq.heappush(heap, entry(following))
