"""Equal things as one object.

Of thousands of states mostly the same things are kept, such as what a step brings. Python's collector walks every
object that holds others time and again, which took half of the time of random play.
"""

from typing import Final, Generic, TypeVar

SAME_KEPT: Final = 4096
"""Things that are known, all forgotten when there are more."""

T = TypeVar("T")


class Same(Generic[T]):
    """Gives of equal things always the first one."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[T, T] = {}

    def __call__(self, thing: T) -> T:
        """Return the thing, or an equal one from before."""
        found = self._kept.get(thing)
        if found is None:
            if len(self._kept) >= SAME_KEPT:
                self._kept.clear()
            found = self._kept[thing] = thing
        return found
