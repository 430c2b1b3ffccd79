"""Rows of numbers that grow at the end, in one array whose spare room doubles."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

_LEAST: Final = 64


class Growing:
    """Rows of one shape and type.

    Attributes:
        array: All rows, with spare ones behind those in use; another array once there is no room left.
        size: How many rows are in use.
    """

    def __init__(self, dtype: npt.DTypeLike, *shape: int) -> None:
        self.array: npt.NDArray[Any] = np.zeros((_LEAST, *shape), dtype)
        self.size = 0

    @property
    def used(self) -> npt.NDArray[Any]:
        """The rows in use."""
        return self.array[: self.size]

    def append(self, row: object) -> int:
        """Add a row and return its number."""
        return self.extend(1, row)

    def extend(self, count: int, value: object) -> int:
        """Add so many rows with the same content and return the number of the first."""
        first, self.size = self.size, self.size + count
        if self.size > len(self.array):
            grown = np.zeros((max(2 * len(self.array), self.size), *self.array.shape[1:]), self.array.dtype)
            grown[:first] = self.array[:first]
            self.array = grown
        self.array[first : self.size] = value
        return first
