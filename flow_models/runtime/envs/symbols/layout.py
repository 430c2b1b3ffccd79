"""Where each number of the symbolic interface stands, of which kind it is and how many values it has.

An observation begins with single numbers and lists; then come the slots, one for each control of the page in document
order, all with the same parts. An action is a number too: nothing, the report, an answer, or a value for a slot. This
is what networks are built from (`docs/symbolic.md` has a policy that is); which page or control a number means is the
site's own numbering, stable within one bundle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from .vocabulary import ANSWERS, GOALS, KINDS, VALUES

Kind = Literal["category", "value", "option", "count", "flag", "bits"]
"""What a number is.

category: one of so many things, without an order; 0 for none. value: the number of a value, from 1; 0 for none. option:
the number of what a control offers, from 1; 0 for none. count: how many there are. flag: 0 or 1. bits: flags as one
number, the first one lowest.
"""

TONES: Final = ("", "info", "success", "warning", "error")

HIGH: Final = 2**15 - 1
"""The largest number of an observation."""

OPTIONS_NAMED: Final = 3
"""Goal values of a slot to which the option is told that they name."""

Integers = npt.NDArray[np.int32]


class Part(NamedTuple):
    """Numbers of one kind that stand side by side.

    Attributes:
        name: What they are called.
        start: Where they begin, in the observation or in a slot.
        length: How many they are.
        kind: Of which kind each is.
        size: How many values each may have, 0 included; of bits how many bits.
        about: What they say.
    """

    name: str
    start: int
    length: int
    kind: Kind
    size: int
    about: str


_Described = tuple[str, int, Kind, int, str]
"""A part without its place."""


class Meaning(NamedTuple):
    """What an action does: nothing, the report, an answer (its number in `value`), or a slot's use with a value."""

    kind: Literal["noop", "infeasible", "answer", "use"]
    slot: int = -1
    value: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The numbers of a bundle's observations and actions; the same for all of its tasks, instances and variants.

    Attributes:
        observation: The parts of an observation before its slots.
        slot: The parts of one slot, counted from its own beginning.
        slots: How many slots there are; those behind the controls of a page are all 0.
        values: How many values an action may give to a slot.
        answers: How many answers there are.
    """

    observation: tuple[Part, ...]
    slot: tuple[Part, ...]
    slots: int
    values: int = VALUES
    answers: int = ANSWERS

    @classmethod
    def of(cls, *, tasks: int, pages: int, controls: int, slots: int) -> "Layout":
        """Return the layout for so many tasks, pages, kinds of control and slots; 0 means none of each."""
        head: tuple[_Described, ...] = (
            ("task", 1, "category", tasks + 1, "the task"),
            ("page", 1, "category", pages + 1, "the page"),
            ("dialog", 1, "category", pages + 1, "the dialog over it"),
            ("tone", 1, "category", len(TONES), "the tone of the last notice: " + ", ".join(TONES[1:])),
            ("errors", 1, "count", HIGH + 1, "fields that the site calls wrong"),
            ("focus", 1, "count", slots + 1, "the slot in focus, from 1"),
            ("used", 1, "count", slots + 1, "slots in use"),
            (
                "goals",
                GOALS,
                "value",
                VALUES + 1,
                "the values that the goal names, in the order of the task's parameters",
            ),
            ("kinds", VALUES, "category", len(KINDS) + 1, "the type of each value: " + ", ".join(KINDS)),
            ("shown", VALUES, "flag", 2, "whether the page shows each value"),
            ("answers", ANSWERS, "flag", 2, "whether the page shows each answer"),
        )
        inner: tuple[_Described, ...] = (
            ("control", 1, "category", controls + 1, "the button, link or field"),
            ("goals", 1, "bits", GOALS, "which goal values its row or label, its text or one of its options names"),
            (
                "value",
                1,
                "option",
                HIGH + 1,
                "the value or option that a field holds, a box's tick, the number of a tab",
            ),
            ("state", 1, "bits", 3, "enabled or a field; chosen or required; open or called wrong"),
            (
                "options",
                OPTIONS_NAMED,
                "option",
                VALUES + 1,
                "the options that goal values name, in the order of the bits",
            ),
        )
        return cls(observation=_placed(head), slot=_placed(inner), slots=slots)

    @property
    def first_slot(self) -> int:
        """Where the slots begin in an observation."""
        return sum(part.length for part in self.observation)

    @property
    def slot_length(self) -> int:
        """How many numbers a slot has."""
        return sum(part.length for part in self.slot)

    @property
    def length(self) -> int:
        """How many numbers an observation has."""
        return self.first_slot + self.slots * self.slot_length

    @property
    def first_use(self) -> int:
        """The first action that gives a value to a slot."""
        return 2 + self.answers

    @property
    def actions(self) -> int:
        """How many actions there are."""
        return self.first_use + self.slots * self.values

    def split(self, observation: Integers) -> Mapping[str, Integers]:
        """Return the numbers of an observation by part, and `slots`, shape (slots, numbers of a slot).

        Of several observations, shape (..., length), it returns those of each.
        """
        found = {part.name: observation[..., part.start : part.start + part.length] for part in self.observation}
        shape = (*observation.shape[:-1], self.slots, self.slot_length)
        return {**found, "slots": observation[..., self.first_slot :].reshape(shape)}

    def meaning(self, action: int) -> Meaning:
        """Return what an action does."""
        if action < self.first_use:
            return (
                (Meaning("noop"), Meaning("infeasible"))[action] if action < 2 else Meaning("answer", value=action - 2)
            )
        return Meaning("use", *divmod(action - self.first_use, self.values))

    def use(self, slot: int, value: int) -> int:
        """Return the action that gives a value to a slot."""
        return self.first_use + slot * self.values + value


def _placed(parts: tuple[_Described, ...]) -> tuple[Part, ...]:
    """Return parts one behind the other."""
    found: list[Part] = []
    for name, length, kind, size, about in parts:
        start = found[-1].start + found[-1].length if found else 0
        found.append(Part(name, start, length, kind, size, about))
    return tuple(found)
