"""Which pages, transitions, outcomes of guards and uses of controls some walks through a program have touched.

What no walk touches is not wrong: errors of visitors are there too. But nothing has proven it either. What can be
touched is read off the program; whether it can happen at all is not asked here, so that a page to which nothing leads
is missing rather than forgotten.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State, Step
from flow_models.runtime.machine.base.blocks import Button, Form
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.base.program import Page
from flow_models.runtime.machine.base.traits import Block
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.transitions import Transition

from .field_texts import can_refuse

Solved = tuple[Start, tuple[Event, ...]]
"""An instance and what is done in it."""

Kind = Literal["page", "transition", "met", "unmet", "used", "good", "bad", "cancel", "back", "reload"]

KINDS: Final[tuple[Kind, ...]] = (
    "page",
    "transition",
    "met",
    "unmet",
    "used",
    "good",
    "bad",
    "cancel",
    "back",
    "reload",
)
"""In the order in which they are told."""


_NONE: Final[frozenset[str]] = frozenset()


class Touch(NamedTuple):
    """One thing that a walk can touch.

    Attributes:
        kind: `page`: it was shown; `transition`: it was taken; `met`, `unmet`: its guard was asked and held, or did
            not; `used`: a block's own buttons were; `good`, `bad`: what was in a field was accepted, or complained of;
            `cancel`: a page was left with something typed and not sent; `back`: it was left through the history;
            `reload`: its address was opened again.
        page: The page; empty for the transitions that several pages share.
        element: The transition or block; empty for the page itself.
    """

    kind: Kind
    page: str
    element: str = ""


@dataclass(slots=True)
class Coverage:
    """What some walks have touched.

    Attributes:
        whole: Everything that can be touched, in the order of the program.
        touched: How often each thing was.
    """

    whole: tuple[Touch, ...]
    touched: Counter[Touch] = field(default_factory=Counter)

    @property
    def missing(self) -> tuple[Touch, ...]:
        """What no walk has touched."""
        return tuple(one for one in self.whole if not self.touched[one])

    @property
    def share(self) -> float:
        """The share of everything that some walk has touched."""
        return self._share(self.whole)

    def of(self, kind: Kind) -> tuple[int, int]:
        """Return how much of a kind was touched, and how much there is."""
        those = [one for one in self.whole if one.kind == kind]
        return sum(self.touched[one] > 0 for one in those), len(those)

    def elements(self, kind: Kind, *, touched: bool) -> tuple[str, ...]:
        """Return the elements, or pages, of a kind that were touched, or those that were not."""
        those = (one for one in self.whole if one.kind == kind and (self.touched[one] > 0) == touched)
        return tuple(one.element or one.page for one in those)

    def by_page(self) -> dict[str, float]:
        """Return for each page the share of what is on it that some walk has touched; without what pages share."""
        those: dict[str, list[Touch]] = {}
        for one in self.whole:
            if one.page:
                those.setdefault(one.page, []).append(one)
        return {page: self._share(listed) for page, listed in those.items()}

    def as_data(self) -> dict[str, Any]:
        """Return the coverage as JSON tells it: shares as numbers, and all that is missing."""
        return {
            "share": round(self.share, 4),
            "kinds": {kind: dict(zip(("touched", "of"), self.of(kind), strict=True)) for kind in KINDS},
            "pages": {page: round(share, 4) for page, share in self.by_page().items()},
            "missing": [one._asdict() for one in self.missing],
        }

    def _share(self, those: Sequence[Touch]) -> float:
        return sum(self.touched[one] > 0 for one in those) / len(those) if those else 1.0


def coverage(machine: Machine, walks: Iterable[Solved]) -> Coverage:
    """Return what walks through instances of a machine's program touch."""
    watch = Watch(machine)
    found = Coverage(watch.whole)
    for start, events in walks:
        state = start.state
        found.touched.update(watch.begun(state))
        for event in events:
            step = machine.step(start, state, event)
            found.touched.update(watch.touches(start, state, event, step))
            state = step.state
    return found


class _Sending(NamedTuple):
    """What is sent together on a page: the buttons that send, the fields that are sent, and those checked before."""

    buttons: frozenset[str]
    fields: frozenset[str]
    checked: frozenset[str]


class Watch:
    """Says what single steps of a machine touch."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        program = machine.program
        lists = Counter(position for page in program.pages.values() for position in page.transitions)
        self._owners = {
            program.transitions[position].id: name if lists[position] == 1 else ""
            for name, page in program.pages.items()
            for position in page.transitions
        }
        self._guarded = frozenset(one.id for one in program.transitions if one.when is not None)
        self._sent_on: dict[str, _Sending] = {}

    @cached_property
    def whole(self) -> tuple[Touch, ...]:
        """Everything that can be touched."""
        program = self._machine.program
        found = [touch for name, page in program.pages.items() for touch in _on_page(name, page)]
        for one in program.transitions:
            owner = self._owners.get(one.id, "")
            kinds: tuple[Kind, ...] = ("transition",) if one.when is None else ("transition", "met", "unmet")
            found += [Touch(kind, owner, one.id) for kind in kinds]
        return tuple(dict.fromkeys(found))

    @cached_property
    def _wanted(self) -> frozenset[Touch]:
        return frozenset(self.whole)

    def begun(self, state: State) -> Iterator[Touch]:
        """Yield what standing at the beginning touches."""
        if state.top.page:
            yield Touch("page", state.top.page)

    def touches(self, start: Start, state: State, event: Event, step: Step) -> list[Touch]:
        """Return what a step touches."""
        if step.error or step.fault:
            return []
        found = [*self._moved(state, event, step), *self._taken(state, event, step)]
        if event.block:
            found += self._sent(start, state, event, step)
        return [one for one in found if one in self._wanted]

    def _moved(self, state: State, event: Event, step: Step) -> Iterator[Touch]:
        """Yield the page to which a step leads, and how it left the one before."""
        before, after = state.top, step.state.top
        yield Touch("page", after.page)
        has_left = (before.page, before.record) != (after.page, after.record)
        if event.kind == "back" and has_left:
            yield Touch("back", before.page)
        if event.kind == "goto" and state.dialog is None and event.value == state.base.path:
            yield Touch("reload", before.page)
        if has_left and before.fields != before.posted and not self._sends(state, event):
            yield Touch("cancel", before.page)

    def _sends(self, state: State, event: Event) -> bool:
        """Say whether an event uses something by which what was typed is sent."""
        return event.block in self._sending(state.top.page).buttons

    def _taken(self, state: State, event: Event, step: Step) -> Iterator[Touch]:
        """Yield the transition that a step takes, and what came of the guards that it asks."""
        asked = self._asked(state, event, step)
        taken = next((place for place, one in enumerate(asked) if one.id == step.transition), None)
        if step.transition is not None:
            yield Touch("transition", self._owners.get(step.transition, ""), step.transition)
            if step.transition in self._guarded:
                yield Touch("met", self._owners.get(step.transition, ""), step.transition)
        if not step.refused and not (taken is None and step.state.top.errors):
            for one in asked[:taken]:
                if one.id in self._guarded:
                    yield Touch("unmet", self._owners.get(one.id, ""), one.id)

    def _asked(self, state: State, event: Event, step: Step) -> Sequence[Transition]:
        """Return the transitions that an event sets off on the page where it is done, or to which it leads."""
        plan = self._machine.plan
        if event.kind in ("goto", "back", "forward"):
            page = plan.page(step.state.top.page)
            return () if page is None else (*page.when_opened, *page.when_entered)
        page = plan.page(state.top.page)
        if page is None or not event.block:
            return ()
        return page.on("use" if event.kind == "use" else "change", event.block)

    def _sent(self, start: Start, state: State, event: Event, step: Step) -> Iterator[Touch]:
        """Yield the fields of which a site has accepted what was filled in, or has not; and blocks used inside."""
        surface = state.top
        page = self._machine.plan.page(surface.page)
        if page is None:
            return
        if event.block in page.unfolding:
            yield Touch("used", page.id, event.block)
        sending = self._sending(page.id)
        if event.block in page.by_block and event.block not in sending.fields:
            yield Touch("good", page.id, event.block)
        if event.block not in sending.buttons:
            return
        form = self._machine.view(start, state).form_of(event.block)
        errors = _errors_on(page.id, step.state)
        for part in _shown_fields(form):
            if part.name in errors:
                yield Touch("bad", page.id, part.id)
            elif not errors and surface.fields[page.places[part.name]]:
                yield Touch("good", page.id, part.id)

    def _sending(self, page: str) -> _Sending:
        """Return what is sent together on a page, nothing on the built-in ones."""
        if page not in self._sent_on:
            program = self._machine.program
            self._sent_on[page] = _sending(program.pages[page]) if page in program.pages else _Sending(*3 * (_NONE,))
        return self._sent_on[page]


def _on_page(name: str, page: Page) -> Iterator[Touch]:
    """Yield what can be touched of a page besides its transitions."""
    yield Touch("page", name)
    if page.kind == "page":
        yield Touch("back", name)
        yield Touch("reload", name)
    checked, blocks = _sending(page).checked, walk(page.blocks)
    if any(isinstance(one, FieldBlock) for one in blocks):
        yield Touch("cancel", name)
    for one in blocks:
        if isinstance(one, FieldBlock):
            yield Touch("good", name, one.id)
            if one.id in checked and can_refuse(one):
                yield Touch("bad", name, one.id)
        elif one.traits.has_buttons:
            yield Touch("used", name, one.id)


def _errors_on(page: str, state: State) -> dict[str, str]:
    """Return what a page complains of, nothing once another one is there."""
    return dict(state.top.errors) if state.top.page == page else {}


def _shown_fields(form: shown.Shown | None) -> Iterator[shown.Field]:
    """Yield the fields that a form shows, none without a form."""
    if form is not None:
        yield from (part for part in shown.walk(form) if isinstance(part, shown.Field))


def _sending(page: Page) -> _Sending:
    """Return what is sent together on a page."""
    forms = [(form, walk((form,))) for form in walk(page.blocks) if isinstance(form, Form)]
    sent = [(form, inner) for form, inner in forms if any(map(_is_sender, inner))]
    checked = [(form, inner) for form, inner in sent if form.check]
    buttons = frozenset(one.id for _, inner in sent for one in inner if _is_sender(one))
    return _Sending(buttons, _fields_in(sent), _fields_in(checked))


def _fields_in(forms: list[tuple[Form, list[Block]]]) -> frozenset[str]:
    """Return the fields of some forms."""
    return frozenset(one.id for _, inner in forms for one in inner if isinstance(one, FieldBlock))


def _is_sender(block: Block) -> bool:
    """Say whether a block is a button that sends its form."""
    return isinstance(block, Button) and block.submit
