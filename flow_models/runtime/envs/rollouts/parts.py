"""The files of a rollout: one for each piece of its plan, whole or not there.

FOLDER/.rollout.lock                  who is writing, while somebody is
FOLDER/run.json                       what is played by whom, in what pieces, and for which package
FOLDER/episodes/part-0000012.parquet  the episodes of a piece; `pyarrow.parquet.read_table("FOLDER/episodes")` reads all
"""

import os
import platform
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from ..evaluating.about import About, agree, write_whole
from ..listing import BundleError

if sys.platform != "win32":
    import fcntl

ABANDONED_S: Final = 3600.0
"""How old a file is that was not written to its end, before it is taken for one of a process that was killed meanwhile:
until then another one may be writing it."""

_PART: Final = re.compile(r"part-(\d+)\.parquet")
_LOCK: Final = ".rollout.lock"


class PartError(OSError):
    """A part cannot be written, as on a full disk; the message says which and why."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder, which is made where it is missing, for this process while the block runs.

    Raises:
        BundleError: Another process holds it. One that was killed holds nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a+", encoding="utf-8") as file:
        if not _is_ours(file):
            file.seek(0)
            raise BundleError(
                f"another rollout is writing {folder} ({file.read() or 'it does not say which'}): wait for it, end it, "
                "or choose another folder"
            )
        file.truncate(0)
        file.write(f"process {os.getpid()} on {platform.node()}")
        file.flush()
        yield


def _is_ours(file: IO[str]) -> bool:
    """Lock an open file until it is closed, and say whether nobody else has."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks, as some networks have
    return True


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
        """Write a part.

        Raises:
            PartError: It cannot be written.
        """
        path = self._folder / f"part-{number:07}.parquet"
        try:
            write_whole(path, data)
        except OSError as error:
            raise PartError(f"{path} cannot be written: {error.strerror}") from error
