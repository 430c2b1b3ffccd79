"""A policy for the symbolic interface: many episodes at a time, whose numbers become pairs of features as arrays.

It is the one of `docs/symbolic.md`, for whole batches: a category has weights of its own, a value is described by the
goal value that it is. What shows no digits can only be known by heart, so one feature tells instances apart.
"""

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from flow_models.runtime.envs.symbols.layout import Layout

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

_BITS: Final = 22
_FIRST: Final = np.uint32(0x9E3779B1)
_THEN: Final = np.uint32(0x85EBCA6B)
_BY_HEART: Final = 3
"""How many times more what tells instances apart weighs, since it is met in few episodes."""

_DONE: Final = 4096
"""Places in which an episode remembers what was used; what shares one is taken for done too."""


class Offered(NamedTuple):
    """What can be done in n episodes, one row for each action of each.

    Attributes:
        actions: Their numbers, shape (rows,), those of the first episode first.
        starts: Where the rows of each episode begin, shape (n,).
        rows: Which weights each adds up, shape (rows, features).
    """

    actions: Ints
    starts: Ints
    rows: Rows


class Memory:
    """What n episodes remember: on which pages a value was seen last, and what was used.

    Args:
        layout: Where numbers stand.
        count: How many episodes there are.
    """

    def __init__(self, layout: Layout, count: int) -> None:
        self.seen = np.zeros((2, count, layout.values + 1), np.uint32)
        self.done = np.zeros((count, _DONE), np.bool_)

    def forget(self, slots: Ints) -> None:
        """Let episodes begin anew."""
        self.seen[:, slots], self.done[slots] = 0, False

    def show(self, shown: npt.NDArray[np.bool_], here: Rows) -> None:
        """Take in which values a page shows, shape (n, values), and which page that is, shape (n,)."""
        last, before = self.seen[0, :, 1:], self.seen[1, :, 1:]
        is_new = shown & (last != here[:, None])
        np.copyto(before, last, where=is_new)
        np.copyto(last, np.broadcast_to(here[:, None], last.shape), where=is_new)

    def elsewhere(self, here: Rows) -> Rows:
        """Return on which page other than this each value was seen last, shape (n, values + 1); 0 for none."""
        found: Rows = np.where(self.seen[0] == here[:, None], self.seen[1], self.seen[0])
        return found


class Reading:
    """Turns observations into what can be done.

    Args:
        layout: Where numbers stand.
        memory: What the episodes remember; it takes in what is read and done.
    """

    def __init__(self, layout: Layout, memory: Memory) -> None:
        self._layout, self._memory = layout, memory
        self._here = np.zeros(0, np.uint32)
        self._slots = np.zeros((0, 0, 0), np.uint32)

    def offered(self, observations: npt.NDArray[Any], masks: npt.NDArray[np.int8]) -> Offered:
        """Return what can be done.

        Args:
            observations: Shape (n, length).
            masks: Shape (n, actions), 1 where an action is allowed.
        """
        parts = self._parts(observations)
        self._here = _mixed(parts["task"][:, 0], parts["page"][:, 0], parts["dialog"][:, 0])
        self._memory.show(parts["shown"] == 1, self._here)
        self._slots = parts["slots"]
        episode, actions = np.nonzero(masks)
        starts = np.searchsorted(episode, np.arange(len(masks)))
        features = self._features(parts, episode, actions)
        trouble = _mixed(self._here, parts["tone"][:, 0], np.minimum(parts["errors"][:, 0], 2))[episode]
        here = self._here[episode]
        pairs = [_mixed(here, np.uint32(place), feature) for place, feature in enumerate(features)]
        pairs += [_mixed(here, np.uint32(80 + copy), features[-1]) for copy in range(_BY_HEART)]
        pairs += [_mixed(trouble, np.uint32(90 + place), features[place]) for place in (0, 2)]
        return Offered(actions, starts, np.stack(pairs, axis=1) >> np.uint32(32 - _BITS))

    def note(self, actions: Ints) -> None:
        """Remember what is done, an action in each episode."""
        slot = (actions - self._layout.first_use) // self._layout.values
        used = np.flatnonzero(slot >= 0)
        self._memory.done[used, self._place(used, slot[used])] = True

    def _place(self, episode: Ints, slot: Ints) -> Rows:
        """Return where it is remembered that a control is used."""
        control, bits = self._slots[episode, slot, 0], self._slots[episode, slot, 1]
        return _mixed(self._here[episode], control, bits) % np.uint32(_DONE)

    def _parts(self, observations: npt.NDArray[Any]) -> dict[str, Rows]:
        """Return the numbers of observations by part, shape (n, length of the part); slots have one more axis."""
        layout, seen = self._layout, observations.astype(np.uint32)
        parts = {part.name: seen[:, part.start : part.start + part.length] for part in layout.observation}
        return {**parts, "slots": seen[:, layout.first_slot :].reshape(len(seen), layout.slots, layout.slot_length)}

    def _features(self, parts: dict[str, Rows], episode: Ints, actions: Ints) -> list[Rows]:
        """Return what each action is about."""
        layout = self._layout
        slot, value = np.divmod(actions - layout.first_use, layout.values)
        is_use = slot >= 0
        inner = parts["slots"][episode, np.maximum(slot, 0)]
        control, bits, held, state = inner[:, :4].T
        control = np.where(is_use, control, 60_000 + np.minimum(actions, 2)).astype(np.uint32)
        number = np.where(is_use, value + 1, 0).astype(np.uint32)
        shown = parts["answers"][episode, np.clip(actions - 2, 0, layout.answers - 1)]
        state = np.where(is_use, state, shown).astype(np.uint32)
        goal = _goals(parts["goals"], layout.values)[episode, number]
        option = ((inner[:, 4:7] == number[:, None]) * np.arange(1, 4, dtype=np.uint32)).max(axis=1)
        is_held = (held == number).astype(np.uint32)
        was_done = self._memory.done[episode, self._place(episode, np.maximum(slot, 0))].astype(np.uint32)
        kind = parts["kinds"][episode, np.maximum(number, 1) - 1]
        seen = self._memory.elsewhere(self._here)[episode, number]
        known = _mixed(*parts["kinds"].T, *parts["goals"].T)[episode]
        told = np.where(is_use, 0, actions)
        return [
            _mixed(control, state, was_done),
            _mixed(control, bits, state),
            _mixed(control, goal, is_held),
            _mixed(control, option, bits * (option > 0), is_held),
            _mixed(control, kind, seen, is_held),
            _mixed(control, number, is_held, (held > 0).astype(np.uint32)),
            _mixed(known, control, number, told),
        ]


def _goals(goals: Rows, values: int) -> Rows:
    """Return which goal value each value is, from 1, shape (n, values + 1); 0 for none."""
    found = np.zeros((len(goals), values + 1), np.uint32)
    for place in reversed(range(goals.shape[1])):
        found[np.arange(len(goals)), goals[:, place]] = place + 1
    found[:, 0] = 0
    return found


def _mixed(*numbers: npt.NDArray[Any] | np.uint32) -> Rows:
    """Return numbers mixed into one."""
    found: Any = np.uint32(7)
    for number in numbers:
        found = (found ^ np.asarray(number).astype(np.uint32)) * _FIRST
        found = (found ^ found >> np.uint32(15)) * _THEN
    return np.asarray(found, np.uint32)


class Table:
    """The weights.

    Args:
        rng: Where the first ones come from.
        rate: How far a step goes.
    """

    def __init__(self, rng: np.random.Generator, rate: float) -> None:
        self._weights = rng.normal(0, 0.01, 2**_BITS).astype(np.float32)
        self._rate = rate

    def chances(self, offered: Offered) -> Floats:
        """Return how likely each action is in its episode, shape (rows,)."""
        scores = self._weights[offered.rows].sum(axis=1)
        counts = np.diff(offered.starts, append=len(scores))
        raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, offered.starts), counts))
        found: Floats = raised / np.repeat(np.add.reduceat(raised, offered.starts), counts)
        return found

    def best(self, offered: Offered) -> Ints:
        """Return the row of the likeliest action of each episode, shape (n,)."""
        scores = self._weights[offered.rows].sum(axis=1)
        ends = [*offered.starts[1:].tolist(), len(scores)]
        pairs = zip(offered.starts.tolist(), ends, strict=True)
        return np.array([start + int(scores[start:end].argmax()) for start, end in pairs], np.int64)

    def drawn(self, offered: Offered, rng: np.random.Generator) -> Ints:
        """Return the row of an action of each episode, drawn by chance, shape (n,)."""
        sums = np.cumsum(self.chances(offered), dtype=np.float64)
        before = np.concatenate([[0.0], sums])[offered.starts]
        ends = np.append(offered.starts[1:], len(sums)) - 1
        found: Ints = np.searchsorted(sums, before + rng.random(len(before)) * (sums[ends] - before), side="right")
        return np.clip(found, offered.starts, ends)

    def learn(self, offered: Offered, rows: Ints, worth: Floats) -> None:
        """Make an action of each episode likelier, or less likely where it is worth less than nothing.

        Args:
            offered: What could be done.
            rows: The row of what was done, shape (n,).
            worth: What it was worth, shape (n,); where nothing, nothing is learnt.
        """
        counts = np.diff(offered.starts, append=len(offered.actions))
        step = -self.chances(offered) * np.repeat(worth, counts)
        step[rows] += worth
        moved = np.flatnonzero(np.abs(step) > 1e-3)
        width = offered.rows.shape[1]
        np.add.at(self._weights, offered.rows[moved].ravel(), np.repeat(self._rate * step[moved], width))
