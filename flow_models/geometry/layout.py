"""The layout of a whole flow, made anew or from the one before by redoing only what changed.

`layout_of` is a pure function. Given the layout before, it keeps each card, arrow and label that nothing touched, as
the same object, so that a painter sees by identity what to redraw. Labels keep their place while their arrow does,
although a fresh layout might place them otherwise: what a person looks at should not jump.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import resources
from flow_models.document.base import PageId, SectionId
from flow_models.document.behaviour import CLOSE, STAY, ChangeTrigger, Transition, UseTrigger
from flow_models.document.flow import Flow
from flow_models.geometry import cards as card_parts
from flow_models.geometry import labelling, labels, routing
from flow_models.geometry.arrows import Arrow, ArrowKind
from flow_models.geometry.cards import CARD_WIDTH, Card, Face, FaceInputs
from flow_models.geometry.frames import Chip, Frame, frame_of
from flow_models.geometry.labels import Form, Words
from flow_models.geometry.lines import line_of
from flow_models.geometry.marks import plain
from flow_models.geometry.placing import Places
from flow_models.geometry.shapes import Curve, Point, Rect, curve_bounds, united

_SPREAD = 12.0
_INSET = 14.0
_CLEAR = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where everything lies, in scene units.

    Attributes:
        cards: By page id, in the order of the flow.
        arrows: By transition id, in the order of the flow.
        frames: By section id; sections without pages have none.
        bounds: Around all of it.
    """

    cards: Mapping[str, Card]
    arrows: Mapping[str, Arrow]
    frames: Mapping[str, Frame]
    bounds: Rect
    _memo: "_Memo" = field(repr=False)

    def chip_of(self, transition: str) -> Chip | None:
        """Return the chip of a section's transition."""
        arrow = self.arrows.get(transition)
        frame = self.frames.get(arrow.source) if arrow else None
        return next((chip for chip in frame.chips if chip.transition == transition), None) if frame else None


@dataclass(slots=True)
class _Memo:
    """What each part was made from, to see what must be made again."""

    faces: dict[str, FaceInputs] = field(default_factory=dict)
    frames: dict[str, tuple[object, ...]] = field(default_factory=dict)
    words: dict[str, tuple[tuple[object, ...], Words, tuple[Form, ...]]] = field(default_factory=dict)
    speech: labels.Speech | None = None
    arrows: dict[str, tuple[object, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Plan:
    """An arrow between two cards before it is routed."""

    transition: Transition
    source: Card
    target: Card
    leaves: routing.Side
    arrives: routing.Side
    start: Point
    end_y: float


def layout_of(
    flow: Flow, previous: Layout | None = None, shifts: Mapping[str, tuple[float, float]] | None = None
) -> Layout:
    """Return the layout of a flow.

    Args:
        flow: The flow.
        previous: An earlier layout of the same flow; what did not change since is kept.
        shifts: How far pages are shifted from where the flow has them, by page id, as while they are dragged.
    """
    return _Maker(flow, previous, shifts or {}).make()


class _Maker:
    """Makes one layout; holds what its steps share."""

    def __init__(self, flow: Flow, previous: Layout | None, shifts: Mapping[str, tuple[float, float]]) -> None:
        self.flow = flow
        self.before = previous
        self.shifts = shifts
        self.speech = labels.Speech(flow, previous._memo.speech if previous else None)  # noqa: SLF001
        self.memo = _Memo(speech=self.speech)
        self.used = card_parts.blocks_in_use(flow)
        self.otherwise = labels.otherwise_of(flow)
        self.changed: list[Rect] = []
        self.new_words: list[Rect] = []

    def make(self) -> Layout:
        """Return the layout."""
        cards = self._cards()
        self.places = Places((card.page, card.rect) for card in cards.values())
        if self.before is not None:
            gone = (card.rect for page, card in self.before.cards.items() if page not in cards)
            self.changed.extend(gone)
        frames = self._frames(cards)
        arrows = self._arrows(cards, frames)
        area = [card.rect for card in cards.values()] + [frame.rect for frame in frames.values()]
        area += [arrow.bounds for arrow in arrows.values() if arrow.kind != "section"]
        area += [arrow.label.bounds for arrow in arrows.values() if arrow.label is not None]
        return Layout(cards, arrows, frames, united(area), self.memo)

    def _cards(self) -> dict[str, Card]:
        leaving = card_parts.pages_with_way_out(self.flow)
        cards: dict[str, Card] = {}
        for page in self.flow.pages:
            inputs = card_parts.face_inputs(self.flow, page, self.used, leaving)
            self.memo.faces[page.id] = inputs
            old = self.before.cards.get(page.id) if self.before else None
            face = self._face(old, inputs)
            dx, dy = self.shifts.get(page.id, (0.0, 0.0))
            rect = Rect(page.x + dx, page.y + dy, CARD_WIDTH, face.height)
            if old is not None and old.face is face and old.rect == rect:
                cards[page.id] = old
                continue
            cards[page.id] = Card(page.id, rect, face)
            if old is None or old.rect != rect:
                self.changed.append(rect.inflated(30.0))
                self.changed.extend([old.rect.inflated(30.0)] if old else [])
        return cards

    def _face(self, old: Card | None, inputs: FaceInputs) -> Face:
        if old is not None and self.before is not None and self.before._memo.faces[old.page] == inputs:  # noqa: SLF001
            return old.face
        return card_parts.face_of(inputs)

    def _frames(self, cards: Mapping[str, Card]) -> dict[str, Frame]:
        chips: dict[str, list[tuple[str, str]]] = {}
        for transition in self.flow.transitions:
            if transition.source in self.flow.sections_by_id:
                chips.setdefault(transition.source, []).append((transition.id, self._chip_text(transition)))
        frames: dict[str, Frame] = {}
        for section in self.flow.sections:
            inside = [cards[page].rect for page in section.pages if page in cards and self._owner(page) == section.id]
            inputs = (section.title, section.colour, inside, chips.get(section.id, []))
            self.memo.frames[section.id] = inputs
            same = self.before if self.before and self.before._memo.frames.get(section.id) == inputs else None  # noqa: SLF001
            frame = same.frames.get(section.id) if same else frame_of(section.id, *inputs)
            if frame is not None:
                frames[section.id] = frame
                self._note_words(frame)
        return frames

    def _note_words(self, frame: Frame) -> None:
        """Note where the title or chips of a section are now, if they were elsewhere."""
        old = self.before.frames.get(frame.section) if self.before else None
        if old is not frame:
            known = old.words if old else ()
            self.new_words.extend(rect for rect in frame.words if rect not in known)

    def _owner(self, page: PageId) -> SectionId | None:
        section = self.flow.section_of.get(page)
        return section.id if section else None

    def _chip_text(self, transition: Transition) -> str:
        words, _ = self._words(transition)
        page = self.flow.pages_by_id.get(PageId(transition.to))
        if page is None or page.title.casefold() == words.trigger.casefold():
            return words.trigger
        return resources.text("canvas.chip", trigger=words.trigger, page=plain(page.title))

    def _words(self, transition: Transition) -> tuple[Words, tuple[Form, ...]]:
        made = self.memo.words.get(transition.id)
        if made is not None:
            return made[1], made[2]
        is_otherwise = transition.id in self.otherwise
        key = (transition.on, transition.when, self.speech.names_at(transition.source), is_otherwise)
        old = self.before._memo.words.get(transition.id) if self.before else None  # noqa: SLF001
        if old is not None and old[0] == key:
            self.memo.words[transition.id] = old
            return old[1], old[2]
        words = labels.words_of(self.speech, transition, is_otherwise=is_otherwise)
        forms = labels.forms_of(words)
        self.memo.words[transition.id] = (key, words, forms)
        return words, forms

    def _arrows(self, cards: Mapping[str, Card], frames: Mapping[str, Frame]) -> dict[str, Arrow]:
        plans = self._plans(cards)
        lanes: dict[tuple[str, str], int] = {}
        made: dict[str, Arrow] = {}
        known = self.before.arrows if self.before else {}
        fresh: list[str] = []
        for transition in self.flow.transitions:
            words, _ = self._words(transition)
            beside = (transition.source, "" if transition.id in plans else _block(transition) or "-")
            lane = lanes.get(beside, 0)
            lanes[beside] = lane + 1
            if (arrow := self._arrow(transition, words, lane, cards, frames, plans)) is None:
                continue
            made[transition.id] = arrow
            if arrow.kind != "section" and arrow is not known.get(transition.id):
                fresh.append(transition.id)
        forms = {key: known[2] for key, known in self.memo.words.items()}
        labelling.label_all(made, fresh, forms, cards.values(), frames.values(), [*self.changed, *self.new_words])
        return made

    def _plans(self, cards: Mapping[str, Card]) -> dict[str, _Plan]:
        """Return the arrows between different cards with their sides and their y on arrival, spread apart."""
        plans: dict[str, _Plan] = {}
        arriving: dict[tuple[str, str], list[_Plan]] = {}
        for transition in self.flow.transitions:
            source, target = cards.get(transition.source), cards.get(transition.to)
            if source is None or target is None or source is target:
                continue
            leaves, arrives = routing.sides(source.rect, target.rect)
            port = source.port_of(_block(transition))
            start = Point(routing.side_x(source.rect, leaves), port.y)
            wish = min(max(port.y, target.rect.y + _INSET), target.rect.bottom - _INSET)
            plan = _Plan(transition, source, target, leaves, arrives, start, wish)
            plans[transition.id] = plan
            arriving.setdefault((target.page, arrives), []).append(plan)
        leaving: dict[tuple[str, str], set[float]] = {}
        for plan in plans.values():
            leaving.setdefault((plan.source.page, plan.leaves), set()).add(plan.start.y)
        for key, group in arriving.items():
            _spread(group, sorted(leaving.get(key, ())))
        return plans

    def _arrow(
        self,
        transition: Transition,
        words: Words,
        lane: int,
        cards: Mapping[str, Card],
        frames: Mapping[str, Frame],
        plans: Mapping[str, _Plan],
    ) -> Arrow | None:
        """Return one arrow, the one before if nothing that it depends on changed; its label may still be missing."""
        plan = plans.get(transition.id)
        source, target = cards.get(transition.source), cards.get(transition.to)
        chip = _chip_of(frames.get(transition.source), transition.id)
        key: tuple[object, ...] = (
            transition.on,
            transition.to,
            words,
            lane,
            (source.rect, source.face.ports) if source else None,
            target.rect if target else None,
            plan.end_y if plan else None,
            chip,
        )
        self.memo.arrows[transition.id] = key
        old = self.before.arrows.get(transition.id) if self.before else None
        if self._is_same(old, key):
            return old
        found = self._curve(transition, lane, chip, plan, source, target)
        if found is None:
            return None
        kind, curve = found
        goes = target.page if target else ""
        return Arrow(
            transition.id,
            transition.source,
            goes,
            _block(transition),
            kind,
            curve,
            line_of(curve),
            words,
            None,
            curve_bounds(curve),
        )

    def _curve(
        self,
        transition: Transition,
        lane: int,
        chip: Chip | None,
        plan: _Plan | None,
        source: Card | None,
        target: Card | None,
    ) -> tuple[ArrowKind, Curve] | None:
        """Return what kind of arrow a transition has and its curve; None if it starts or ends nowhere."""
        if chip is not None and target is not None:
            return "section", routing.from_above(chip.start, target.rect)
        if plan is not None:
            end = Point(routing.side_x(plan.target.rect, plan.arrives), plan.end_y)
            ends = routing.Ends(plan.start, plan.leaves, end, plan.arrives)
            return "go", routing.route(ends, plan.source.rect, plan.target.rect, lane, self.places.near)
        if source is None:
            return None
        kind = _kind_without_target(transition)
        port = source.port_of(_block(transition))
        return kind, routing.loop(port, lane) if kind == "stay" else routing.stub(port, lane)

    def _is_same(self, old: Arrow | None, key: tuple[object, ...]) -> bool:
        """Say whether an arrow has the same ends and words as before, and nothing around it moved."""
        if old is None or self.before is None or self.before._memo.arrows.get(old.transition) != key:  # noqa: SLF001
            return False
        return not any(old.bounds.touches(rect) for rect in self.changed)


def _chip_of(frame: Frame | None, transition: str) -> Chip | None:
    """Return the chip of a section's transition."""
    return next((chip for chip in (frame.chips if frame else ()) if chip.transition == transition), None)


def _block(transition: Transition) -> str:
    return transition.on.block if isinstance(transition.on, UseTrigger | ChangeTrigger) else ""


def _kind_without_target(transition: Transition) -> ArrowKind:
    """Return the kind of a page's arrow that does not end at another card."""
    if transition.to == CLOSE:
        return "close"
    return "stay" if transition.to in (STAY, transition.source) else "broken"


def _spread(group: list[_Plan], leaving: list[float]) -> None:
    """Move the arrivals at one side of a card apart and off the arrows that leave there, keeping their order."""
    group.sort(key=lambda plan: (plan.start.y, plan.start.x, plan.transition.id))
    top, bottom = group[0].target.rect.y + _INSET, group[0].target.rect.bottom - _INSET
    gap = min(_SPREAD, (bottom - top) / max(1, len(group) - 1))
    least = top
    for plan in group:
        plan.end_y = max(plan.end_y, least)
        for y in leaving:
            if abs(plan.end_y - y) < _CLEAR:
                plan.end_y = y + _CLEAR if y + _CLEAR <= bottom else y - _CLEAR
        least = plan.end_y + gap
    limit = bottom
    for plan in reversed(group):
        plan.end_y = min(plan.end_y, limit)
        limit = plan.end_y - gap
