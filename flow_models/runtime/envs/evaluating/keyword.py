"""A policy that matches words: what the goal and the page have in common decides, and nothing is understood.

It fills fields with what the goal quotes, names or counts, chooses the options that stand in it, uses what shares most
words with it, and answers with the first value beside such words. What it earns more in one arm than in another says
how far the words of goal and page lead there. The exporter has another of this name, which plays the drawing itself.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from .attempts import TextAttempt
from .plan import Planned
from .policies import Choice, Choose
from .reading import Element, elements_of, is_box, is_field

_WORD: Final = re.compile(r"[^\W_]{3,}")
_QUOTED: Final = re.compile('[\u201c"\u2018]([^\u201d"\u2019]+)[\u201d"\u2019]')
_AMOUNT: Final = re.compile(r"(?<![\w.])[€$£]?(\d[\d,]*(?:\.\d+)?)(?!\w)")
_NAMED: Final = re.compile(
    r"(?:\b[A-Z]{2}\d{2}(?: [A-Z0-9]{4})+|\(\d{3}\) \d{3}-\d{4}|\S+[@.]\w{2,}\b|\b[A-Za-z]+\d+\b"
    r"|(?<![.?!] )(?<!^)\b[A-Z][a-z'-]+(?: [A-Z][\w'-]+)*)"
)
_ASKS: Final = re.compile(r"\?|^(?:what|how|which|who|when|where|add up|find out|tell)\b", re.IGNORECASE)
_BRACKETS: Final = re.compile(r" \([^)]*\)$")
_COUNTED: Final = re.compile(r"amount|limit|sum|price|how (?:much|many)|quantity|number of", re.IGNORECASE)
_ASSENT: Final = re.compile(r"^(?:I|Yes)\b")
_LEADS_BACK: Final = re.compile(r"\b(?:out|off|back|cancel|forgotten)\b", re.IGNORECASE)
_PAGES: Final = 3
"""How often it turns to the next rows of a list."""

_IN_VAIN: Final = 6
"""Steps after which it gives up where no word of the goal is left on any page."""


class Keyword:
    """The policy."""

    interface: Final = TextAttempt.interface
    may_wait: Final = False

    def start(self, planned: Planned, attempt: TextAttempt) -> Choose:  # noqa: ARG002  # it does the same in all
        """Begin an attempt."""
        matching = _Matching(attempt.goal)
        return lambda: Choice({"said": matching.action(attempt.page, attempt.episode.info["error"])})


class _Matching:
    """What one attempt has tried so far."""

    def __init__(self, goal: str) -> None:
        self._goal = goal.casefold()
        self._words = _words(goal)
        self._asks = _ASKS.search(goal) is not None
        self._amounts = [one.replace(",", "") for one in _AMOUNT.findall(goal)]
        self._texts = list(dict.fromkeys((*_QUOTED.findall(goal), *_NAMED.findall(goal))))
        self._done: set[tuple[str, str, str]] = set()
        self._spent: set[str] = set()
        self._turned: Counter[str] = Counter()
        self._in_vain = 0

    def action(self, page: str, error: str) -> str:
        """Return the next action."""
        answer = self._answer(page) if self._asks else ""
        if answer:
            return f"send_msg_to_user({answer!r})"
        found = elements_of(page)
        title = page.split("\n", 1)[0].removesuffix(", focused")
        usable = [one for one in found if not one.is_disabled]
        action = next(self._fills(title, usable), "") or self._use(title, usable) or self._next_rows(title, found)
        self._in_vain = self._in_vain + 1 if error or not action else 0
        if action:
            return action
        return "go_back()" if self._in_vain < _IN_VAIN else "report_infeasible('Nothing here fits.')"

    def _fills(self, title: str, found: Sequence[Element]) -> Iterator[str]:
        """Yield what can be put into fields that were not tried yet."""
        for one in found:
            key = (title, one.role, one.name)
            if (is_field(one) or is_box(one)) and key not in self._done:
                self._done.add(key)
                filled = self._filled(one)
                if filled:
                    yield filled

    def _filled(self, one: Element) -> str:
        """Return the filling of one field, empty if the goal has nothing for it."""
        if is_box(one):
            is_meant = one.name.casefold() in self._goal or self._shared(one.name) > 1 or _ASSENT.search(one.name)
            return f"click('{one.number}')" if is_meant and not one.is_ticked else ""
        if one.options:
            said = [name for name in one.options if len(name) > 1 and _BRACKETS.sub("", name).casefold() in self._goal]
            best = max(said, key=len, default=one.value)
            return f"select_option('{one.number}', {best!r})" if best != one.value else ""
        text = self._text_for(one)
        self._spent.add(text)
        return f"fill('{one.number}', {text!r})" if text and text != one.value else ""

    def _text_for(self, one: Element) -> str:
        """Return the text of the goal that belongs into a field: behind its name, else the next of its kind."""
        pool = self._amounts if _COUNTED.search(one.name) or one.role == "spinbutton" else self._texts
        places = [self._goal.find(word) for word in self._words & _words(one.name)]
        if not places and "required" not in one.state:
            return ""
        behind = [text for text in pool if places and self._goal.find(text.casefold(), max(places)) >= 0]
        behind.sort(key=lambda text: self._goal.find(text.casefold(), max(places)))
        return next((text for text in (*behind, *pool) if text not in self._spent), "")

    def _use(self, title: str, found: Sequence[Element]) -> str:
        """Return the use of what shares most with the goal and was not used before, empty if nothing does."""
        fields = [place for place, one in enumerate(found) if is_field(one) or is_box(one)]
        behind = next((one for one in found[max(fields, default=len(found)) :] if one.role == "button"), None)
        best, most, done = None, 0, ("", "", "")
        for one in found:
            # What sends a form is another thing where the form is another.
            key = (title, f"{len(fields)} fields", one.name) if one is behind else _key(title, one)
            if is_field(one) or is_box(one) or key in self._done or _LEADS_BACK.search(one.name):
                continue
            score = 2 * self._shared(one.name) + 3 * self._is_named(one) + 3 * (one is behind)
            best, most, done = (one, score, key) if score > most else (best, most, done)
        self._done.add(done)
        return "" if best is None else f"click('{best.number}')"

    def _next_rows(self, title: str, found: Sequence[Element]) -> str:
        """Return the way to the next rows of a list, the button behind those with numbers; empty if there is none."""
        behind = (after for one, after in pairwise(found) if one.name.isdigit() and not after.name.isdigit())
        button = next(behind, None)
        if button is None or button.is_disabled or self._turned[title] >= _PAGES:
            return ""
        self._turned[title] += 1
        return f"click('{button.number}')"

    def _is_named(self, one: Element) -> bool:
        """Say whether a cell of an element's row, or the element itself, stands in the goal."""
        cells = [one.name] if "[" in one.row.partition(" | ")[0] else []
        cells += [cell.strip() for cell in one.row.split(" | ") if "[" not in cell]
        return bool(one.row) and any(len(cell) > 3 and cell.casefold() in self._goal for cell in cells)

    def _shared(self, text: str) -> int:
        """Return how many words of a text stand in the goal."""
        return len(self._words & _words(text))

    def _answer(self, page: str) -> str:
        """Return a value beside words of the goal: of the row that it names, or behind a title that it says."""
        lines = [line.strip() for line in page.split("\n")]
        for line, after in zip(lines, (*lines[1:], ""), strict=True):
            cells = [re.sub(r"\[\d+\] \w+ '([^']*)'", r"\1", cell) for cell in line.split(" | ")]
            if len(cells) > 1 and any(len(cell) > 3 and cell.casefold() in self._goal for cell in cells):
                return next((cell for cell in reversed(cells) if cell[-1:].isdigit() and cell not in self._goal), "")
            if self._shared(line) > 1 and any(sign.isdigit() for sign in after) and "[" not in line + after:
                return after
        return ""


def _words(text: str) -> frozenset[str]:
    """Return the words of a text, those of several as those of one."""
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text.casefold()))


def _key(title: str, one: Element) -> tuple[str, str, str]:
    """Return as what a use is remembered: links outside rows lead to the same from every page."""
    return ("" if one.role == "link" and not one.row else title, one.row, one.name)
