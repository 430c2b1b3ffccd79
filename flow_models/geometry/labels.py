"""The words of an arrow: its trigger and its guard, in the same words as everywhere ("Amount is at most Balance").

Where a label stands is decided in `placing`.
"""

from dataclasses import dataclass

import resources
from flow_models.document.base import PageId, SectionId
from flow_models.document.behaviour import (
    ChangeTrigger,
    EnterTrigger,
    OpenTrigger,
    Transition,
    UseTrigger,
    WaitTrigger,
)
from flow_models.document.blocks import AnyBlock, ListBlock
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.document.scopes import Scopes
from flow_models.document.wording import Titles, condition_words, titles_at, titles_of
from flow_models.geometry.marks import plain
from flow_models.geometry.measure import shortened, text_width, wrapped

LABEL_SIZE = 10.0
LABEL_WIDTH = 92.0
"""How wide the words of a label are at most between two cards side by side."""
LINE_HEIGHT = 13.0
LABEL_HEIGHT = LINE_HEIGHT + 5.0
_WIDE, _SHORT, _WHOLE = 150.0, 50.0, 220.0
SIDES = 12.0
_FOR_GUARD = 0.4


@dataclass(frozen=True, slots=True)
class Words:
    """What an arrow says.

    Attributes:
        trigger: What the visitor does, such as "Send money".
        guard: The condition in words, with "only if" or "in all other cases"; empty for none.
        brief: The same with as few words as can be, to be shortened.
    """

    trigger: str
    guard: str
    brief: str

    def sentence(self) -> str:
        """Return both in one line."""
        return f"{self.trigger}, {self.guard}" if self.guard else self.trigger


@dataclass(frozen=True, slots=True)
class Form:
    """The words of an arrow as one line, with the width of the label."""

    text: str
    width: float


class Speech:
    """What it takes to say the formulas of one flow; titles that did not change since stay the same object."""

    def __init__(self, flow: Flow, former: "Speech | None" = None) -> None:
        self.flow = flow
        self.scopes = Scopes(flow)
        titles = titles_of(flow)
        self.titles: Titles = former.titles if former is not None and former.titles == titles else titles
        self._names: dict[str, tuple[object, ...]] = {}

    def names_at(self, source: str) -> tuple[object, ...]:
        """Return all that the words of transitions from a page or section may name; put together once for all."""
        if source not in self._names:
            page, section = self.flow.pages_by_id.get(PageId(source)), self.flow.sections_by_id.get(SectionId(source))
            owners = (section, self.flow.section_of.get(PageId(source)))
            bands = tuple((part.header, part.footer) if part else () for part in owners)
            own = (page.blocks, page.record) if page else ()
            self._names[source] = (own, bands, self.scopes.base, self.titles)
        return self._names[source]

    def guard(self, transition: Transition) -> str:
        """Return the guard of a transition in words."""
        titles = titles_at(self.flow, Element("transition", transition.id), self.titles)
        return condition_words(transition.when, self.scopes.transition(transition), titles)


def words_of(speech: Speech, transition: Transition, *, is_otherwise: bool) -> Words:
    """Return the words of a transition.

    Args:
        speech: What it takes to say the formulas of the flow.
        transition: One of its transitions.
        is_otherwise: Whether transitions with guards on the same trigger come before it (see `otherwise_of`).
    """
    blocks = source_blocks(speech.flow, transition)
    if transition.when:
        said = speech.guard(transition)
        guard = resources.text("canvas.label.only_if", guard=said)
        brief = resources.text("canvas.label.if", guard=said)
    elif is_otherwise:
        guard, brief = resources.text("canvas.label.otherwise"), resources.text("canvas.label.others")
    else:
        guard = brief = ""
    return Words(_trigger_words(transition, blocks), guard, brief)


def otherwise_of(flow: Flow) -> frozenset[str]:
    """Return the ids of unguarded transitions that follow guarded ones on the same trigger."""
    guarded: set[tuple[str, str, str]] = set()
    found: set[str] = set()
    for transition in flow.transitions:
        key = (transition.source, transition.on.kind, getattr(transition.on, "block", ""))
        if transition.when:
            guarded.add(key)
        elif key in guarded:
            found.add(transition.id)
    return frozenset(found)


def source_blocks(flow: Flow, transition: Transition) -> tuple[AnyBlock, ...]:
    """Return the blocks that a transition's trigger and guard may name; none if its source is gone."""
    page_id = PageId(transition.source)
    if page_id in flow.pages_by_id:
        return flow.blocks_on(page_id)
    section = flow.sections_by_id.get(SectionId(transition.source))
    return tuple(walk((*section.header, *section.footer))) if section else ()


def forms_of(words: Words) -> tuple[Form, ...]:
    """Return the words as one line each, the longest first: with the condition, and the trigger alone."""
    texts = (
        *(_line(words, width) for width in (_WIDE, LABEL_WIDTH)),
        *(shortened(words.trigger, width, LABEL_SIZE) for width in (LABEL_WIDTH, _SHORT)),
    )
    return tuple(Form(text, text_width(text, LABEL_SIZE) + SIDES) for text in dict.fromkeys(texts))


def whole(trigger: str, rest: str) -> tuple[tuple[str, ...], int, float]:
    """Return a trigger and what follows it in as many lines as they need, how many are the trigger's, and the width."""
    first = wrapped(trigger, _WHOLE, LABEL_SIZE, lines=4)
    lines = (*first, *(wrapped(rest, _WHOLE, LABEL_SIZE, lines=12) if rest else ()))
    return lines, len(first), max((text_width(line, LABEL_SIZE) for line in lines), default=0.0) + SIDES


def _line(words: Words, width: float) -> str:
    """Return the words as one line of a width, in which the condition has its share."""
    if not words.brief:
        return shortened(words.trigger, width, LABEL_SIZE)
    room = text_width(words.brief, LABEL_SIZE) + text_width(", ", LABEL_SIZE)
    first = shortened(words.trigger, width - min(room, width * _FOR_GUARD), LABEL_SIZE)
    return shortened(f"{first}, {words.brief}", width, LABEL_SIZE)


def _trigger_words(transition: Transition, blocks: tuple[AnyBlock, ...]) -> str:
    """Return what the visitor does."""
    on = transition.on
    match on:
        case UseTrigger():
            return _title_of(on.block, blocks)
        case ChangeTrigger():
            return resources.text("canvas.label.changed", field=_title_of(on.block, blocks))
        case EnterTrigger():
            return resources.text("canvas.label.entered")
        case OpenTrigger():
            return resources.text("canvas.label.opened")
        case WaitTrigger():
            return resources.text("canvas.label.waited", steps=on.steps)


def _title_of(block_id: str, blocks: tuple[AnyBlock, ...]) -> str:
    """Return the title of a control or field."""
    found = next((block for block in blocks if block.id == block_id), None)
    if found is None:
        return resources.text("canvas.label.missing_block")
    column = _column_of(block_id, blocks)
    if column:
        return resources.text("canvas.label.row_link", column=column)
    title = plain(getattr(found, "title", "")).strip()
    return title or resources.text("canvas.label.untitled_block")


def _column_of(block_id: str, blocks: tuple[AnyBlock, ...]) -> str:
    """Return the title of the list column whose text is a link; empty for other blocks."""
    lists = (block for block in blocks if isinstance(block, ListBlock))
    columns = (column for listed in lists for column in listed.columns)
    return next((column.title for column in columns if column.link and column.link.id == block_id), "")
