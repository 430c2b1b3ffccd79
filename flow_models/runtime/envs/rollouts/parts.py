"""The files of a rollout: one for each piece of its plan, whole or not there.

FOLDER/run.json                       what is played by whom, in what pieces, and for which package
FOLDER/episodes/part-0000012.parquet  the episodes of a piece; `pyarrow.parquet.read_table("FOLDER/episodes")` reads all
"""

import re
import time
from pathlib import Path
from typing import Final

from ..evaluating.about import About, agree, write_whole

ABANDONED_S: Final = 3600.0
"""How old a file is that was not written to its end, before it is taken for one of a process that was killed meanwhile:
until then another one may be writing it."""

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
        for half in self._folder.glob(".*.half"):
            if half.stat().st_mtime < time.time() - ABANDONED_S:
                half.unlink(missing_ok=True)

    @property
    def found(self) -> dict[int, Path]:
        """The parts that are there, by their numbers, in the order of the plan."""
        names = ((_PART.fullmatch(path.name), path) for path in self._folder.iterdir())
        return dict(sorted((int(name[1]), path) for name, path in names if name))

    def write(self, number: int, data: bytes) -> None:
        """Write a part."""
        write_whole(self._folder / f"part-{number:07}.parquet", data)
