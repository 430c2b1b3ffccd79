"""Distances to some needs, by place: the graph of (place, needs met) searched back from where all are met.

They are measured for one set of met needs at a time, when it is first asked for: most of the sets that can be thought
of never come about.
"""

import heapq
from collections.abc import Iterator, Sequence
from typing import Final

from .terrain import Place, Terrain

FAR: Final = 1_000_000
"""Stands for "cannot be reached"."""


class Table:
    """The fewest steps to meet some of the needs of one instance.

    Args:
        terrain: Where one can go, and what is needed.
        weights: For each group of needs how many fields have to be filled for it.
        members: The groups that are looked at; all others count as met.
        free: Transitions whose own step is counted elsewhere.
        is_apart: Whether a row that is there is concerned by one expected change at most.
    """

    def __init__(
        self, terrain: Terrain, weights: Sequence[int], members: int, free: frozenset[int], *, is_apart: bool
    ) -> None:
        self.terrain = terrain
        self._is_apart = is_apart
        self._weights = weights
        self._others = (1 << len(terrain.needs.groups)) - 1 & ~members
        self._free = free
        self._behind = terrain.behind(free)
        self._layers: dict[int, list[int]] = {}
        self._helping: dict[int, int] = {}

    def at(self, page: str, is_filled: bool, mask: int) -> int:
        """Return the least number of steps from a page with some needs met."""
        number = self.terrain.numbers.get((page, is_filled))
        return FAR if number is None else self._layer(mask)[number]

    def landed(self, place: Place, mask: int) -> int:
        """Return the distance where one has come, with what is shown there and what its fields hold on arrival."""
        return self._layer(self._arrived(place, mask))[self.terrain.numbers[place]]

    def _arrived(self, place: Place, mask: int) -> int:
        """Return the needs met where one has come."""
        page, has_stayed = place
        mask |= self.terrain.shown.get(page, 0)
        for bit, before in () if has_stayed else self.terrain.needs.arrivals.get(page, ()):
            if before & mask == before:
                mask |= bit
        return mask

    def _layer(self, mask: int) -> list[int]:
        """Return the distances of all places with some needs met."""
        found = self._layers.get(mask)
        if found is None:
            narrow = self._narrowed(mask)
            found = self._layers.get(narrow) or self._measured(narrow)
            self._layers[narrow] = self._layers[mask] = found
        return found

    def _narrowed(self, mask: int) -> int:
        """Return the needs that are met, with those that are of no use any more."""
        mask |= self._others
        useful = self._useful(self.terrain.goal & ~mask)
        every = (1 << len(self.terrain.needs.groups)) - 1
        return mask | every & ~useful

    def _useful(self, open_: int) -> int:
        """Return the needs that help to meet some."""
        known = self._helping.get(open_)
        if known is None:
            known = self._helping[open_] = self.terrain.needs.helping(open_)
        return known

    def _measured(self, mask: int) -> list[int]:
        """Return the distances of all places, found by going back from where a need is met or all of them are."""
        terrain = self.terrain
        if not terrain.goal & ~mask:
            return [0] * len(terrain.places)
        found = [FAR] * len(terrain.places)
        for number, distance in self._on(mask):
            found[number] = min(found[number], distance)
        heap = [(distance, number) for number, distance in enumerate(found) if distance < FAR]
        heapq.heapify(heap)
        while heap:
            distance, number = heapq.heappop(heap)
            if distance > found[number]:
                continue
            for previous, cost in self._behind[number]:
                if distance + cost < found[previous]:
                    found[previous] = distance + cost
                    heapq.heappush(heap, (distance + cost, previous))
        return found

    def _on(self, mask: int) -> Iterator[tuple[int, int]]:
        """Yield the places at which a need more can be met, and how far it is from there by doing so."""
        terrain = self.terrain
        for page, bits in terrain.needs.fills.items():
            for bit in bits:
                if not mask & bit:
                    layer, weight = self._layer(mask | bit), self._weights[bit.bit_length() - 1]
                    for is_filled in (False, True):
                        number = terrain.numbers[page, is_filled]
                        yield number, weight + layer[number]
        for number, way in terrain.telling:
            for given in terrain.given(way.position, mask, is_apart=self._is_apart):
                for place in way.places:
                    arrived = self._arrived(place, given)
                    if self._narrowed(arrived) != mask:
                        cost = way.cost - (way.position in self._free)
                        yield number, cost + self._layer(arrived)[terrain.numbers[place]]
