"""What a page offers to do, each offer told by features: what it says, where it stands, what of the goal it meets.

A policy that chooses among offers needs no words of its own. Features are numbers of texts; they say what a small
network reads from such a page: exact names, numbers and places of elements as well as how they fit the goal.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tests.experiments.goals import Span, spans, understood
from tests.experiments.pages import CHOICES, CLICKED, FIELDS, Page, Thing, read

Numbers = npt.NDArray[np.uint32]

_AMOUNT: Final = re.compile(r"^([€$£])(\d[\d,]*\.\d\d)$")
_MONTH: Final = re.compile(r"^\d{1,2} (\w+ \d{4})$")
_LONG: Final = 20
"""Characters from which a text outside rows is read for what it names."""

_SIZE: Final = 250
"""Amounts are told apart by so much, where their size may matter."""

_WORDS: Final = re.compile(r"(?<=[a-z] )[A-Z][a-z]+")

FEATURES: Final = 12
MAIN: Final = 4
"""Features that are joined with each word of the goal; all of them are joined with where one is."""

BOTH: Final = "names and places"
NAMES: Final = "names"
PLACES: Final = "places"
READS: Final[Mapping[str, frozenset[int]]] = {
    BOTH: frozenset(range(FEATURES)),
    NAMES: frozenset(range(FEATURES)) - {2, 3, 4, 9, 11},
    PLACES: frozenset(range(FEATURES)) - {0, 1, 5, 7},
}
"""The features by which a policy knows elements: by what they say, by where they stand, which role and number they
have, or by both. What of the goal an element meets, and what was done already, all of them know."""


class Offer(NamedTuple):
    """Something to do: the action as text, as what it is remembered, and its features."""

    action: str
    key: str
    features: tuple[str, ...]


class Seen(NamedTuple):
    """All that a policy chooses among at one moment, as numbers.

    Attributes:
        features: Of each offer, shape (offers, `FEATURES`), the `MAIN` ones first.
        here: Where one is, by several accounts, shape (any,).
        words: The words of the goal, at this page, shape (any,).
    """

    features: Numbers
    here: Numbers
    words: Numbers


class Reader:
    """Reads one episode, and remembers what it did and met.

    Args:
        goal: What is asked.
        reads: By what it knows elements, one of `READS`.
    """

    def __init__(self, goal: str, reads: str = BOTH) -> None:
        self._reads = READS[reads]
        self._goal = understood(goal)
        self._folded = goal.casefold()
        self._done: Counter[str] = Counter()
        self._last = ""
        self._rows: dict[tuple[str, ...], None] = {}
        self._sizes = [int(float(one.text) // _SIZE) for one in self._goal.spans if one.kind.startswith("amount")]
        self._told: dict[str, tuple[str, tuple[Span, ...]]] = {}

    def read(self, text: str, error: str) -> tuple[tuple[Offer, ...], Seen]:
        """Return what can be done on a page, and the same as numbers.

        Args:
            text: The page.
            error: What was wrong with the last action, empty if nothing.
        """
        page = read(text)
        self._rows |= dict.fromkeys(row for row in page.rows.values() if self._named(" ".join(row)))
        self._told |= {said: (page.title, spans(said)) for said in page.sayings if len(said) > _LONG and "€" in said}
        offers = tuple(self._offers(page))
        features = np.array([[crc32(one.encode()) for one in offer.features] for offer in offers], np.uint32)
        words = [f"{page.title}|{word}" for word in self._goal.words]
        here = self._here(page, error)
        return offers, Seen(features, _numbers(here), _numbers(words))

    def note(self, offer: Offer) -> None:
        """Remember what is done."""
        self._done[offer.key] += 1
        self._last = offer.key

    def _here(self, page: Page, error: str) -> list[str]:
        """Return where one is, by several accounts."""
        held = [f"{one.name}:{self._met(one.value)}" for one in page.things if one.role in FIELDS | CHOICES]
        ticked = [one.name for one in page.things if "checked='true'" in one.state]
        met = sorted({kind for row in page.rows.values() for kind in self._named(" ".join(row))})
        months = [found[1] for row in page.rows.values() for cell in row if (found := _MONTH.match(cell))]
        cells = [cell for row in page.rows.values() if self._named(" ".join(row)) for cell in row if cell.isalpha()]
        return [
            "",
            page.title,
            f"{page.title}|last {self._last}|{bool(error)}",
            f"{page.title}|form {held} {ticked}",
            f"{page.title}|met {met} {self._remembered()}",
            f"{page.title}|month {months[-1:]}",
            f"{page.title}|cells {cells}",
            f"{page.title}|sizes {self._sizes} {[name for said in page.sayings for name in _WORDS.findall(said)]}",
        ]

    def _remembered(self) -> list[str]:
        """Return which parts of the goal were met in rows so far."""
        return sorted({kind for row in self._rows for kind in self._named(" ".join(row))})

    def _named(self, text: str) -> list[str]:
        """Return the kinds of what the goal names that stand in a text."""
        folded = text.casefold()
        return [span.kind for span in self._goal.spans if span.text.casefold() in folded]

    def _met(self, text: str) -> str:
        """Return what of the goal, or of what pages told, a text is: empty if nothing."""
        if named := self._named(text):
            return "+".join(named)
        short = text.partition(" (")[0]
        if len(short) > 2 and short.casefold() in self._folded:
            return "word"
        told = [f"{title}:{span.kind}" for title, found in self._told.values() for span in found if span.text == short]
        return told[0] if told else ""

    def _offers(self, page: Page) -> Iterator[Offer]:
        """Yield what can be done."""
        counted: Counter[str] = Counter()
        choice: Thing | None = None
        for place, one in enumerate(one for one in page.things if one.number):
            counted[one.role] += 1
            counted[one.region] += 1
            where = (f"{place}", f"{one.role}{counted[one.role]}", f"{one.region}{counted[one.region]}")
            if one.role in CHOICES:
                choice = one
            if not one.is_usable:
                continue
            if one.role in CLICKED:
                yield self._click(page, one, where)
            elif one.role in FIELDS:
                yield from self._fills(page, one, where)
            elif one.role == "option" and choice is not None and choice.place in one.above:
                yield self._selection(page, choice, one, where)
        yield from self._answers(page)
        yield self._offer(page, "noop()", "noop", ("", "", ""), "", "")
        yield self._offer(page, "report_infeasible('It cannot be done.')", "report", ("", "", ""), "", "")

    def _click(self, page: Page, one: Thing, where: Sequence[str]) -> Offer:
        """Return the click on an element."""
        row = "+".join(self._named(" ".join(page.rows.get(one.row, ()))))
        state = f"{one.region} {'checked' in one.state and one.state} {row}"
        return self._offer(page, f"click('{one.number}')", f"{one.role} {one.name}", where, self._met(one.name), state)

    def _fills(self, page: Page, one: Thing, where: Sequence[str]) -> Iterator[Offer]:
        """Yield the fillings of a field with what the goal names and pages told."""
        told = [Span(f"{title}:{span.kind}", span.text) for title, found in self._told.values() for span in found]
        # A text that the goal names is the goal's, wherever else it stands.
        texts = {span.text: span.kind for span in reversed((*self._goal.spans, *told))}
        for text, kind in texts.items():
            action, is_held = f"fill('{one.number}', {text!r})", one.value.replace(",", "") == text
            yield self._offer(page, action, f"{one.role} {one.name}", where, kind, f"{is_held}")

    def _selection(self, page: Page, field: Thing, one: Thing, where: Sequence[str]) -> Offer:
        """Return the choice of an option."""
        state = f"{one.name == field.value} {self._met(field.value)}"
        action = f"select_option('{field.number}', {one.name!r})"
        return self._offer(page, action, f"option {field.name}", where, self._met(one.name), state)

    def _answers(self, page: Page) -> Iterator[Offer]:
        """Yield the answers: amounts beside what the goal names, their sum, by month too, and their difference."""
        found = dict(self._amounts())
        for kind, amount in found.items():
            yield self._offer(page, f"send_msg_to_user('€{amount:,.2f}')", "answer", ("", "", ""), kind, "")

    def _amounts(self) -> Iterator[tuple[str, float]]:
        """Yield amounts by what they are."""
        of_kind: dict[str, list[float]] = {}
        for row in self._rows:
            amounts = [float(match[2].replace(",", "")) for cell in row if (match := _AMOUNT.match(cell))]
            months = [match[1] for cell in row if (match := _MONTH.match(cell))]
            for kind in self._named(" ".join(row)) if amounts else ():
                of_kind.setdefault(" ".join([kind, *months]), []).append(amounts[-1])
        yield from ((f"sum {name}", sum(amounts)) for name, amounts in of_kind.items())
        if len(of_kind) > 1:
            first, second = (amounts[-1] for amounts in list(of_kind.values())[:2])
            yield "difference", abs(first - second)

    def _offer(self, page: Page, action: str, said: str, where: Sequence[str], met: str, state: str) -> Offer:
        """Return an offer with its features."""
        key = f"{page.title}|{said}|{met}"
        kind = action.partition("(")[0]
        done = min(self._done[key], 2)
        place, of_role, of_region = where
        features = (
            f"says {said}",
            f"met {said}|{met}",
            f"at {kind} {place}",
            f"of {of_role}",
            f"in {of_region}",
            f"{said}|{state}|{done}",
            f"{kind}|{met}|{state}",
            f"{said}|{met}|{state}|{done}",
            f"{kind}|{met}|{done}",
            f"{of_role}|{done}",
            f"again {key == self._last}",
            f"number {action.partition(',')[0]}",
        )
        # What is the same for all offers says nothing.
        told = tuple(text if place in self._reads else "" for place, text in enumerate(features))
        return Offer(action, key, told)


def _numbers(texts: Sequence[str]) -> Numbers:
    """Return the numbers of texts."""
    return np.array([crc32(text.encode()) for text in texts], np.uint32)
