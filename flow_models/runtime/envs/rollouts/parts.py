"""The files of a rollout: one for each piece of its plan, whole or not there.

FOLDER/run.json                       what is played by whom, in what pieces, and for which package
FOLDER/episodes/part-0000012.parquet  the episodes of a piece; `pyarrow.parquet.read_table("FOLDER/episodes")` reads all
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..evaluating.about import About, agree, write_whole

_PART: Final = re.compile(r"part-(\d+)\.parquet")


class Parts:
    """The parts in a folder.

    Args:
        folder: The folder; made where it is missing.
        about: What is played in it.

    Raises:
        BundleError: The folder holds something else; the message says what differs.
    """

    def __init__(self, folder: Path, about: About) -> None:
        agree(folder, about)
        self._folder = folder / "episodes"
        self._folder.mkdir(exist_ok=True)
        for half in self._folder.glob(".*.half"):  # of a process that was killed while it wrote
            half.unlink(missing_ok=True)

    @property
    def done(self) -> frozenset[int]:
        """The numbers of the parts that are there."""
        return frozenset(number for number, _ in self._found())

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, in the order of the plan."""
        return tuple(path for _, path in sorted(self._found()))

    def write(self, number: int, data: bytes) -> None:
        """Write a part."""
        write_whole(self._folder / f"part-{number:07}.parquet", data)

    def _found(self) -> Iterator[tuple[int, Path]]:
        """Yield what is there."""
        for path in self._folder.iterdir():
            if found := _PART.fullmatch(path.name):
                yield int(found[1]), path
