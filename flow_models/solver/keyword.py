"""A cheap policy that reads: it matches the words of the goal with those of the page, and understands neither.

It fills fields with what the goal quotes, names or counts, chooses the options and rows that stand in the goal, then
uses whatever shares most words with it. A question is answered with the first value behind words of the goal. A task
that it does teaches reading at most, no planning.
"""

import re
from collections.abc import Iterator
from typing import Final

from flow_models.runtime.machine import Episode, Event
from flow_models.runtime.machine.base.kinds import KINDS
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.uses import events_of, is_enabled, is_tickable

from .telling import cell_texts

_WORD: Final = re.compile(r"[^\W_]{3,}")
_QUOTED: Final = re.compile('[\u201c"\u2018]([^\u201d"\u2019]+)[\u201d"\u2019]')
_NUMBER: Final = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\w)")
_NAMED: Final = re.compile(r"(?<![.?!] )(?<!^)\b(?:[A-Z][\w'-]+ ?)+|\S+@\S+\w|\b[\w-]*\d[\w-]*\b(?: \d+)*")
_IN_VAIN: Final = 12
"""Steps after which it gives up where no word of the goal is left on any page."""


def row_in_goal(view: shown.View, goal: str, block: str) -> str | None:
    """Return the row whose texts say most of the goal among those in which a block stands, None if none does."""
    best, most = None, 0
    for row in rows_of(view):
        if any(one.id == block for one in (*row.cells, *row.controls) if not isinstance(one, str)):
            said = sum(len(cell) for cell in cell_texts(row) if len(cell) > 1 and cell in goal)
            best, most = (row.key, said) if said > most else (best, most)
    return best


def rows_of(view: shown.View) -> Iterator[shown.ListRow]:
    """Yield the rows of all lists on top of a page."""
    for part in view.top.parts:
        for inner in shown.walk(part):
            if isinstance(inner, shown.ListView):
                yield from inner.rows


def _details_of(view: shown.View) -> Iterator[shown.Details]:
    """Yield the details on top of a page."""
    for part in view.top.parts:
        for inner in shown.walk(part):
            if isinstance(inner, shown.Details):
                yield inner


class Keyword:
    """One attempt of the policy.

    Args:
        episode: The attempt, not yet begun.
    """

    def __init__(self, episode: Episode) -> None:
        self._episode = episode
        self._goal = episode.goal
        self._words = frozenset(_WORD.findall(episode.goal.casefold()))
        self._is_question = episode.machine.rules(episode.start.task).is_question
        quoted = _QUOTED.findall(self._goal)
        self._numbers = _NUMBER.findall(self._goal)
        self._texts = dict.fromkeys((*quoted, *(one.strip(" .,?!") for one in _NAMED.findall(self._goal))))
        self._done: set[tuple[str, str, str]] = set()
        self._spent: set[str] = set()

    def play(self) -> None:
        """Go on until the end, or until nothing on the page has to do with the goal."""
        in_vain = 0
        while not self._episode.end_reason and in_vain < _IN_VAIN:
            view = self._episode.view
            answer = self._answer(view) if self._is_question else ""
            if answer:
                self._episode.step(Event("message", value=answer))
                continue
            event = next(self._fills(view), None) or self._use(view)
            in_vain = 0 if event is not None else in_vain + 1
            self._episode.step(event or Event("back"))

    def _fills(self, view: shown.View) -> Iterator[Event]:
        """Yield what can be put into the fields of a page."""
        for field in view.controls():
            key = (view.top.page, field.id, "")
            if isinstance(field, shown.Field) and key not in self._done:
                self._done.add(key)
                event = self._filled(field)
                if event is not None:
                    yield event

    def _filled(self, field: shown.Field) -> Event | None:
        """Return the filling of one field, None if the goal has nothing for it."""
        if field.options:
            return self._selected(field)
        if is_tickable(field):
            is_meant = self._shared(field.title) > 1 and not field.text
            return Event("check", field.id) if is_meant and "check" in events_of(field) else None
        return self._typed(field)

    def _selected(self, field: shown.Field) -> Event | None:
        """Return the choice of the option with the longest words that the goal says."""
        named = [one for one in field.options if one[0] and one[1] and one[1].casefold() in self._goal.casefold()]
        best = max(named, key=lambda one: len(one[1]), default=None)
        return None if best is None else Event("select", field.id, value=best[0])

    def _typed(self, field: shown.Field) -> Event | None:
        """Return the typing of the next number or text of the goal."""
        pool = self._numbers if KINDS[field.kind].traits.value in ("integer", "money") else self._texts
        text = next((one for one in pool if one not in self._spent), "") if "fill" in events_of(field) else ""
        self._spent.add(text)
        return Event("fill", field.id, value=text.replace(",", "") if pool is self._numbers else text) if text else None

    def _use(self, view: shown.View) -> Event | None:
        """Return the use of the button or link that shares most with the goal and was not used before."""
        scored = [(self._score(one), -place, one) for place, one in enumerate(self._unused(view))]
        best = max(scored, key=lambda one: one[:2], default=None)
        if best is None or not best[0]:
            return None
        self._done.add((view.top.page, best[2].id, best[2].row))
        return Event("use", best[2].id, best[2].row)

    def _unused(self, view: shown.View) -> Iterator[shown.Button | shown.Link]:
        """Yield the buttons and links of a page that were not used yet; of a list only those of the row in the goal."""
        meant: dict[str, str | None] = {}
        for one in view.controls():
            if isinstance(one, shown.Field) or not is_enabled(one) or (view.top.page, one.id, one.row) in self._done:
                continue
            if one.row and one.id not in meant:
                meant[one.id] = row_in_goal(view, self._goal, one.id)
            if not one.row or meant[one.id] in (None, one.row):
                yield one

    def _score(self, one: shown.Button | shown.Link) -> int:
        """Return how much a control has to do with the goal: its words, its row, and that it sends a form."""
        is_sent = isinstance(one, shown.Button) and one.submit
        return 2 * self._shared(one.text) + 3 * bool(one.row) + 2 * is_sent

    def _shared(self, text: str) -> int:
        """Return how many words of a text stand in the goal."""
        return sum(word in self._words for word in _WORD.findall(text.casefold()))

    def _answer(self, view: shown.View) -> str:
        """Return a value that stands behind words of the goal, empty if there is none."""
        goal = self._goal.casefold()
        for details in _details_of(view):
            said = [text for term, text in details.items if self._shared(term) and text.casefold() not in goal]
            if said:
                return said[0]
        return _beside_named(view, goal)


def _beside_named(view: shown.View, goal: str) -> str:
    """Return what the goal does not say itself of the first row that it names, empty if it names none."""
    for row in rows_of(view):
        texts = cell_texts(row)
        if any(text and text.casefold() in goal for text in texts):
            return next((text for text in reversed(texts) if text and text.casefold() not in goal), "")
    return ""
