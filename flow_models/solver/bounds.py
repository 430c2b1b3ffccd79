"""How many steps a task needs at least, from any page and set of met needs: what guides the search to shortest ones.

The distances come from the graph of (page, needs met) in which every transition may be taken, whatever its guard says.
A real solution walks the same graph, so the distance never exceeds its length, and the first goal that a best-first
search comes to is one of the shortest. Where there are too many needs to tell all their sets apart, several tables look
at a few of them each, and what the others take at least is added; the largest of these bounds holds.
"""

from collections.abc import Sequence

from .landmarks import Landmark, Landmarks
from .table import FAR, Table
from .terrain import Place, Terrain


class Distances:
    """The fewest steps to meet all needs of one instance.

    Args:
        terrain: Where one can go, and what is needed.
        landmarks: What cannot be done without.
        weights: For each group of needs how many fields have to be filled for it.
        is_apart: Whether a row that is there is concerned by one expected change at most.
    """

    def __init__(
        self, terrain: Terrain, landmarks: Landmarks, weights: Sequence[int] = (), *, is_apart: bool = False
    ) -> None:
        self._is_apart = is_apart
        self._terrain = terrain
        self._landmarks = landmarks
        self._weights = weights or [1] * len(terrain.needs.groups)
        self._tables = [(members, self._table(members)) for members in landmarks.parts]
        self._known: dict[tuple[Place, int], int] = {}
        self._after: dict[tuple[str, int, int], int] = {}

    def _table(self, members: int) -> Table:
        """Return the distances to some needs, in which steps that count for others cost nothing."""
        others = (positions for bit, positions in self._landmarks.positions.items() if not bit & members)
        return Table(self._terrain, self._weights, members, frozenset[int]().union(*others), is_apart=self._is_apart)

    @property
    def blank_fields(self) -> dict[str, dict[str, tuple[int, frozenset[str]]]]:
        """For each page the submit buttons with the fields that must be filled before, and their number."""
        return self._terrain.blank_fields

    def filled_on(self, page: str) -> int:
        """Return the needs that filling the fields of a page can meet."""
        return self._terrain.filled.get(page, 0)

    def at(self, page: str, is_filled: bool, mask: int) -> int:
        """Return the least number of steps from a page with some needs met; what is folded there may be shown yet."""
        mask |= self._terrain.shown.get(page, 0)
        if (page, is_filled) not in self._terrain.numbers:
            return FAR
        return max(
            table.at(page, is_filled, mask) + self._beside(members, page, mask) for members, table in self._tables
        )

    def after(self, page: str, position: int, mask: int) -> int:
        """Return the least number of steps that are left once a transition of a page has been taken."""
        key = (page, position, mask)
        known = self._after.get(key)
        if known is None:
            places = self._terrain.places_after(page, position)
            givings = tuple(self._terrain.given(position, mask, is_apart=self._is_apart))
            known = self._after[key] = min(self._landed(place, given) for given in givings for place in places)
        return known

    def _landed(self, place: Place, mask: int) -> int:
        """Return the least number of steps where one has just come."""
        return max(table.landed(place, mask) + self._beside(members, place[0], mask) for members, table in self._tables)

    def _beside(self, members: int, page: str, mask: int) -> int:
        """Return the steps that landmarks take at which a table does not look."""
        if len(self._tables) == 1:
            return 0
        return sum(self._steps_to(mark, page) for mark in self._landmarks.open_in(mask) if not mark.bit & members)

    def _steps_to(self, mark: Landmark, page: str) -> int:
        """Return the steps that count for a landmark."""
        weight = 0 if mark.is_given else self._weights[mark.bit.bit_length() - 1]
        return weight + mark.is_given + bool(mark.pages and page not in mark.pages)
