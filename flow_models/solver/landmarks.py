"""What every solution has to do some time: the steps that no way round spares, counted one by one.

A need that each way to an expected change asks for is a landmark. It takes a step that gives it, or as many as it has
fields to fill, and one to come to the page where that is done. Counting says nothing of the ways between; the distances
know those, but the sets of needs that they tell apart double with each need. So they look at a few needs at a time, and
the landmarks of the others are added. No step is counted twice: each transition counts for one landmark at most, and
costs nothing in distances to which that landmark is added.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from .needs import Needs
from .outline import BY_ITSELF, Outline

FEW: Final = 12
"""Needs whose sets are all told apart."""


class Landmark(NamedTuple):
    """A group of needs that cannot be done without.

    Attributes:
        bit: The group.
        is_given: Whether the step that gives it counts.
        pages: The pages to one of which one has to come, with dialogs over them; none if coming there does not count.
    """

    bit: int
    is_given: bool
    pages: frozenset[str]


class Landmarks:
    """The landmarks of one task.

    Attributes:
        positions: For each landmark, by its bit, the transitions that count for it.
        parts: The groups put together so that the sets of each part can be told apart.
    """

    def __init__(self, outline: Outline, needs: Needs) -> None:
        self._outline = outline
        self._needs = needs
        self._asked = {1 << place: self._asked_by_all(1 << place) for place in range(len(needs.groups))}
        self._givers = {bit: self._giving(bit) for bit in self._asked}
        self.positions: dict[int, frozenset[int]] = {}
        self._all = dict(self._counted())
        self._open: dict[int, tuple[Landmark, ...]] = {}
        self.parts = tuple(self._parts())

    def open_in(self, mask: int) -> tuple[Landmark, ...]:
        """Return the landmarks that are still ahead where some needs are met."""
        known = self._open.get(mask)
        if known is None:
            ahead = self._ahead(self._needs.goal & ~mask, mask)
            known = self._open[mask] = tuple(mark for bit, mark in self._all.items() if bit & ahead)
        return known

    def _parts(self) -> Iterator[int]:
        """Yield sets of groups that belong together and are not too many; all in one where that is possible."""
        part = 0
        for strand in self._strands():
            if part and (part | strand).bit_count() > FEW:
                yield part
                part = 0
            part |= strand
        yield part

    def _strands(self) -> Iterator[int]:
        """Yield for each expected change what leads to it, apart where that is too much."""
        every = (1 << len(self._needs.groups)) - 1
        if every.bit_count() <= FEW:
            yield every
            return
        for goal in _bits(self._needs.goal):
            whole = self._needs.helping(goal)
            if whole.bit_count() <= FEW:
                yield whole
            else:
                yield from (goal | self._needs.helping(bit) for bit in _bits(self._asked[goal]) or [goal])

    def _ahead(self, open_: int, mask: int) -> int:
        """Return needs that are not met with those that all ways to them ask for, as far as they are not met."""
        found, waiting = open_, _bits(open_)
        while waiting:
            for bit in _bits(self._asked[waiting.pop()] & ~mask & ~found):
                found |= bit
                waiting.append(bit)
        return found

    def _befores(self, bit: int) -> list[int]:
        """Return what must be met before a need, for each way in which it is given."""
        found = [gift.before for gifts in self._needs.gives.values() for gift in gifts if gift.bit == bit]
        found += [before for pairs in self._needs.arrivals.values() for one, before in pairs if one == bit]
        return found

    def _asked_by_all(self, bit: int) -> int:
        """Return what must be met before a need, however it is met."""
        found = self._befores(bit)
        if not found or any(bit in bits for bits in self._needs.fills.values()):
            return 0
        common = found[0]
        for before in found[1:]:
            common &= before
        return common

    def _giving(self, bit: int) -> frozenset[int]:
        """Return the transitions that can give a need."""
        gives = self._needs.gives.items()
        return frozenset(position for position, gifts in gives if any(gift.bit == bit for gift in gifts))

    def _counted(self) -> Iterator[tuple[int, Landmark]]:
        """Yield the landmarks, those first for which the steps that give them count."""
        ahead = self._ahead(self._needs.goal, 0)
        taken: set[int] = set()
        given = {}
        for bit in _bits(ahead):
            own = self._givers[bit]
            given[bit] = bool(own) and own.isdisjoint(taken) and not any(map(self._is_by_itself, own))
            self.positions[bit] = own if given[bit] else frozenset()
            taken |= self.positions[bit]
        for bit in _bits(ahead):
            pages = self._places(bit)
            coming = self._coming(pages)
            if not coming.isdisjoint(taken) or any(map(self._is_by_itself, coming)):
                pages, coming = frozenset(), frozenset()
            taken |= coming
            self.positions[bit] |= coming
            yield bit, Landmark(bit, given[bit], self._over(pages))

    def _places(self, bit: int) -> frozenset[str]:
        """Return the pages on one of which a need is met; none where one may come there without a transition."""
        site = self._outline.program.site
        if any(bit == one for pairs in self._needs.arrivals.values() for one, _ in pairs):
            return frozenset()
        filled = {page for page, bits in self._needs.fills.items() if bit in bits}
        pages = filled.union(*(self._outline.pages_with[one] for one in self._givers[bit]))
        return frozenset() if {site.start, site.not_found} & pages else frozenset(pages)

    def _coming(self, pages: frozenset[str]) -> frozenset[int]:
        """Return the transitions that lead to one of some pages."""
        return frozenset(
            position for position, transition in enumerate(self._outline.transitions) if transition.to in pages
        )

    def _over(self, pages: frozenset[str]) -> frozenset[str]:
        """Return pages with the dialogs that may stand over them: who closes one is there without a transition."""
        return pages.union(dialog for dialog, bases in self._outline.bases.items() if not pages.isdisjoint(bases))

    def _is_by_itself(self, position: int) -> bool:
        """Say whether a transition is taken without a step, or with one that is made for something else."""
        return self._outline.transitions[position].on.kind in (*BY_ITSELF, "wait")


def _bits(mask: int) -> list[int]:
    """Return the bits of a mask."""
    return [1 << place for place in range(mask.bit_length()) if mask >> place & 1]
