"""What can be done in a state, in whole moves: fill the fields that matter, then use a button or link.

A move costs as many steps as it fills fields, and one. Fields that nothing reads are left as they are.
"""

import heapq
import json
from collections.abc import Iterator
from typing import Final, NamedTuple

from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.base.program import Json
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.formulas.reads import reads_of
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.fields import OPTIONED, Field
from flow_models.runtime.machine.pages.offered import PICK
from flow_models.runtime.machine.pages.plan import Page
from flow_models.runtime.machine.pages.unfolding import BROWSE, PREVIOUS
from flow_models.runtime.machine.pages.viewing import HOME_LINK

from .candidates import Aims, Candidates, Choice
from .fitting import means
from .hidden import Hidden
from .influence import Influence, all_blocks, conduct_of, items_of

ANSWERED: Final = frozenset({"suggest_field", "file_field"})
"""Fields that the site answers while they are filled."""

_NOTHING: Final[tuple[tuple[str, str], ...]] = ()


class Filling(NamedTuple):
    """Texts for some fields: (name, text) of those that must be typed."""

    cost: int
    rank: int
    texts: tuple[tuple[str, str], ...]


_NO_FILLING: Final = Filling(0, 0, _NOTHING)


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
    meaning: str | None = None
    behind: tuple[int, ...] | None = None


class Moves:
    """The moves of one instance."""

    def __init__(
        self, machine: Machine, start: Start, layout: "Layout", candidates: Candidates, aims: Aims | None = None
    ) -> None:
        self._machine = machine
        self._start = start
        self._layout = layout
        self._candidates = candidates
        self._aims = {} if aims is None else aims

    def offers(self, state: State) -> Iterator[Offer]:
        """Yield what can be done in a state."""
        view = self._machine.view(self._start, state)
        surface = state.top
        page = self._machine.plan.page(surface.page)
        if page is None:
            if view.control(HOME_LINK) is not None:
                yield Offer(Event("use", HOME_LINK), (), iter((_NO_FILLING,)))
            return
        context = self._machine.plan.scene(self._start, state, surface)
        context.texts = surface.fields
        for control in view.controls():
            if isinstance(control, shown.Field):
                yield from self._changes(page, control, state, context)
            elif isinstance(control, shown.Button) and control.id in page.unfolding:
                yield from self._unfolds(page, control, state, view, context)
            elif not isinstance(control, shown.Button) or control.enabled:
                yield from self._uses(page, control, state, view, context)
        if page.on("wait"):
            yield Offer(Event("noop"), self._layout.positions(page.id, "wait", ""), iter((_NO_FILLING,)))

    def _changes(self, page: Page, control: shown.Field, state: State, context: Context) -> Iterator[Offer]:
        """Yield the choices of a field to whose change a transition listens."""
        positions = self._layout.positions(page.id, "change", control.id)
        field = page.fields[page.by_block[control.id]]
        if not positions and not (field.kind in ANSWERED and field.name in self._layout.content_fields(page.id)):
            return
        text = state.top.fields[page.by_block[control.id]]
        for choice in self._candidates.choices(page.id, field, text, state, context, is_checked=False):
            if choice.cost and (choice.text or field.kind not in OPTIONED or _offers_blank(control)):
                filling = Filling(0, choice.rank, _NOTHING)
                if field.kind == "file_field":
                    filling = Filling(1, choice.rank, ((field.name, choice.text),))
                *_, event = filling_events(field, choice.text)
                yield Offer(event, positions, iter((filling,)))

    def _unfolds(
        self, page: Page, control: shown.Button, state: State, view: shown.View, context: Context
    ) -> Iterator[Offer]:
        """Yield the unfolding, opening or turning of a block, where something of use is behind it.

        Nothing is closed again, and pages of a list are turned by their numbers or on to the next.
        """
        if control.state in ("open", "chosen") or not control.enabled or control.row in (BROWSE, PREVIOUS):
            return
        if control.row.startswith(PICK):
            return
        block = page.unfolding[control.id]
        where = (block["list"], "") if block["kind"] == "pagination" else (control.id, control.row)
        behind = self._layout.hidden.behind(page.id, *where)
        if not behind.positions and not behind.is_seen:
            return
        columns = []
        if block["kind"] == "tabs":
            carried = self._carried(page, block, view)
            for field in carried:
                text = state.top.fields[page.places[field.name]]
                choices = self._candidates.choices(page.id, field, text, state, context, is_checked=False)
                columns.append((field.name, choices))
        event = Event("use", control.id, control.row)
        known = () if behind.is_seen else behind.positions
        for met, chosen in self._by_needs(page, columns, context):
            yield Offer(event, (), _fillings(chosen), met, behind=known)

    def _carried(self, page: Page, block: Json, view: shown.View) -> list[Field]:
        """Return the fields behind the present tab that have to be filled before another is chosen."""
        parts = [inner for part in view.top.parts for inner in shown.walk(part)]
        tabs = next(part for part in parts if isinstance(part, shown.Tabs) and part.id == block["id"])
        names = self._layout.hidden.carried(page.id, block, tabs.chosen)
        here = [part for part in shown.walk(tabs) if isinstance(part, shown.Field) and part.name in names]
        return [page.fields[page.by_block[part.id]] for part in here]

    def _uses(
        self, page: Page, control: shown.Button | shown.Link, state: State, view: shown.View, context: Context
    ) -> Iterator[Offer]:
        """Yield the use of a button or link with every filling."""
        positions = self._layout.positions(page.id, "use", control.id)
        relevant = self._layout.fields_read(page.id, positions)
        if not positions and not relevant:
            return
        is_submit = isinstance(control, shown.Button) and control.submit
        if not relevant and not is_submit:
            meaning = None if control.row else self._layout.everywhere(positions)
            yield Offer(Event("use", control.id, control.row), positions, iter((_NO_FILLING,)), meaning=meaning)
            return
        fields: dict[str, Field] = {}
        checked: frozenset[str] = frozenset()
        form = view.form_of(control.id) if isinstance(control, shown.Button) and control.submit else None
        if form is not None and isinstance(control, shown.Button) and control.form not in page.unchecked:
            checked = frozenset(part.name for part in shown.walk(form) if isinstance(part, shown.Field))
        for part in view.controls():
            if isinstance(part, shown.Field) and (part.name in relevant or part.name in checked):
                fields[part.name] = page.fields[page.by_block[part.id]]
        columns = []
        for name, field in fields.items():
            text = state.top.fields[page.places[name]]
            if name not in relevant and not field.complaint(text, context):
                continue
            choices = self._candidates.choices(page.id, field, text, state, context, is_checked=name in checked)
            if not choices:
                return
            columns.append((name, choices if name in relevant else choices[:1]))
        event = Event("use", control.id, control.row)
        for met, chosen in self._by_needs(page, columns, context):
            yield Offer(event, positions, _fillings(chosen), met)

    def _by_needs(
        self, page: Page, columns: list[tuple[str, list[Choice]]], context: Context
    ) -> list[tuple[int, list[tuple[str, list[Choice]]]]]:
        """Return the choices of fields told apart by the needs that they meet, so that each group meets the same."""
        groups: list[tuple[int, list[tuple[str, list[Choice]]]]] = [(0, [])]
        for name, choices in columns:
            value, bit = self._aims.get((page.id, name), (None, 0))
            field = page.fields[page.places[name]]
            right = [choice for choice in choices if bit and means(field, choice.text, value, lambda: context)]
            wrong = [choice for choice in choices if choice not in right]
            groups = [
                (met | gained, [*chosen, (name, part)])
                for met, chosen in groups
                for gained, part in ((bit, right), (0, wrong))
                if part
            ]
        return groups

    def events(self, state: State, filling: Filling, event: Event) -> tuple[Event, ...]:
        """Return a move's single steps."""
        page = self._machine.plan.page(state.top.page)
        if page is None:
            return (event,)
        fills = [fill for name, text in filling.texts for fill in filling_events(page.fields[page.places[name]], text)]
        # The last step of choosing a file may be the move itself, where a transition listens to it.
        return (*fills, event) if event not in fills else tuple(fills)


def filling_events(field: Field, text: str) -> tuple[Event, ...]:
    """Return the steps that put a text into a field."""
    if field.kind in OPTIONED:
        return (Event("select", field.id, "", text),)
    if field.kind == "checkbox":
        return (Event("check" if text else "uncheck", field.id),)
    if field.kind == "file_field":
        return (Event("use", field.id, BROWSE), Event("use", field.id, f"{PICK}{text}"))
    return (Event("fill", field.id, "", text),)


def _offers_blank(control: shown.Field) -> bool:
    """Say whether a choice can be made blank again."""
    return any(key == "" for key, _ in control.options)


def _fillings(columns: list[tuple[str, list[Choice]]]) -> Iterator[Filling]:
    """Yield one choice for each field in every combination, by cost, then by rank."""
    if not columns:
        yield _NO_FILLING
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


def _is_placed(tree: object) -> bool:
    """Say whether a formula reads a field or the row of a page or control."""
    if isinstance(tree, dict):
        if tree.get("op") == "field" or (tree.get("op") == "bound" and tree["name"] in ("record", "used")):
            return True
        return any(_is_placed(part) for part in tree.values())
    return isinstance(tree, list | tuple) and any(_is_placed(part) for part in tree)


def _is_lucky(part: Json) -> bool:
    """Say whether luck has a say in a transition."""
    return "chance" in reads_of(part["when"], part["do"]).flags


class Layout:
    """What the pages of a program have to do with transitions and fields, for one task."""

    def __init__(self, program: Json, influence: Influence, tables: tuple[str, ...] = ()) -> None:
        """Look at a program; `tables` are those from whose rows something must be seen."""
        self._program = program
        self._influence = influence
        reads = {place: influence.fields_read(one) for place, one in enumerate(program["transitions"])}
        self.hidden = Hidden(program, reads, tables)
        self._positions: dict[str, dict[tuple[str, str], tuple[int, ...]]] = {}
        self._content: dict[str, frozenset[str]] = {}
        self._everywhere: dict[tuple[int, ...], str | None] = {}
        self._read: dict[tuple[str, tuple[int, ...]], frozenset[str]] = {}

    def positions(self, page: str, kind: str, block: str) -> tuple[int, ...]:
        """Return the transitions of a page with a trigger, in the order in which they are tried."""
        known = self._positions.get(page)
        if known is None:
            gathered: dict[tuple[str, str], list[int]] = {}
            for position in self._program["pages"][page]["transitions"]:
                trigger = self._program["transitions"][position]["on"]
                gathered.setdefault((trigger["kind"], trigger.get("block") or ""), []).append(position)
            known = self._positions[page] = {key: tuple(found) for key, found in gathered.items()}
        return known.get((kind, block), ())

    def fields_read(self, page: str, positions: tuple[int, ...]) -> frozenset[str]:
        """Return the fields whose values matter when transitions are tried, or to what the page then offers."""
        key = (page, positions)
        found = self._read.get(key)
        if found is None:
            found = self.content_fields(page)
            if any(self._program["transitions"][one]["to"] not in ("stay", "close") for one in positions) and all(
                self._program["transitions"][one]["when"] is None for one in positions[:1]
            ):
                found = frozenset()
            for position in positions:
                found |= self._influence.fields_read(self._program["transitions"][position])
            self._read[key] = found
        return found

    def everywhere(self, positions: tuple[int, ...]) -> str | None:
        """Return what tells transitions apart that lead to the same state wherever on the site they are taken.

        Such transitions read and write data alone, no field and no page's row, and lead to a page without a row and
        on which nothing happens by itself. None for all others.
        """
        if positions not in self._everywhere:
            parts = [self._program["transitions"][position] for position in positions]
            self._everywhere[positions] = self._meaning(parts) if parts else None
        return self._everywhere[positions]

    def _meaning(self, parts: list[Json]) -> str | None:
        """Return transitions as a text without their triggers, or None if it matters where they are taken."""
        pages = self._program["pages"]
        for part in parts:
            if part["to"] not in pages or pages[part["to"]]["record"] is not None or part["record"] is not None:
                return None
            if pages[part["to"]]["kind"] == "dialog" or self.positions(part["to"], "enter", ""):
                return None
            if _is_placed(part["when"]) or _is_placed(part["do"]):
                return None
        kept = [[part["when"], part["do"], part["to"], part["id"] if _is_lucky(part) else ""] for part in parts]
        return json.dumps(kept, sort_keys=True, default=str)

    def content_fields(self, page: str) -> frozenset[str]:
        """Return the fields that decide what a page offers once the site has answered."""
        found = self._content.get(page)
        if found is None:
            trees = [conduct_of(block) for block in all_blocks(self._program, page)]
            found = frozenset(item[1] for item in items_of(*trees) if item[0] == "field")
            self._content[page] = found
        return found
