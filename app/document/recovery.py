"""What a crash left behind: reading the journals, whatever became of them on the disk.

A journal of format 2 is lines of `CHECKSUM JSON`. Each checksum is made from the one before it and the text behind it,
so that a line tells whether it is whole, in its place and of this journal; and each line stands twice, so that one
damaged place costs nothing. What does not check is passed over: a flow is restored as it was after some edit, or not at
all. Journals of format 1 are bare JSON lines and can only be read as far as they are well-formed.

What this leaves out: writing them, which is `app.document.journal`.
"""

import contextlib
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from PySide6.QtCore import QLockFile

from flow_models.document import storage
from flow_models.document.delta import apply
from flow_models.document.errors import BrokenFileError, DocumentError
from flow_models.document.flow import Flow

FORMAT = 2

CHECKSUM_DIGITS = 16

LINE_LIMIT = 2 * storage.SIZE_LIMIT
"""Bytes; the first line holds a whole flow, without the spaces of its file."""

Json = dict[str, Any]


def journal_folder(state: Path) -> Path:
    """Return the folder of the journals inside the folder for states; it exists when this returns."""
    folder = state / "journals"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def checksum(before: str, body: bytes) -> str:
    """Return the checksum of a line's JSON; `before` is that of the line before it, empty for the first."""
    return hashlib.blake2b(before.encode() + body, digest_size=CHECKSUM_DIGITS // 2).hexdigest()


@dataclass(frozen=True, slots=True)
class Recovery:
    """Unsaved work that a crash left behind."""

    file: Path
    title: str
    path: Path | None
    """The user's file that the work started from."""
    edits: int
    """Edits that can be restored."""
    is_whole: bool
    """Whether everything that the journal holds can be restored; else its end is damaged."""
    modified_s: float
    """Seconds since 1970 of the last edit."""

    def flow(self) -> Flow:
        """Return the flow after the last edit that can be restored.

        Raises:
            DocumentError: The journal does not hold a flow any more.
            OSError: It cannot be read.
        """
        entries, _ = _read(self.file)
        return storage.flow_of(_replayed(entries))

    def discard(self) -> None:
        """Delete the journal: its work is not wanted."""
        self.file.unlink(missing_ok=True)

    def retire(self) -> None:
        """Delete the journal, since its work is elsewhere now; one whose end is damaged stays, under another name."""
        if self.is_whole:
            self.discard()
        else:
            self.file.rename(self.file.with_suffix(".damaged"))


def left_behind(folder: Path) -> tuple[Recovery, ...]:
    """Return the journals in a folder that no running window writes, newest first; a damaged one hides no other."""
    found: list[Recovery] = []
    for file in folder.glob("*.jsonl"):
        lock = lock_of(file)
        if not lock.tryLock(0):
            continue
        lock.unlock()
        # One that is gone by now, cannot be read or holds no flow has nothing to offer.
        with contextlib.suppress(DocumentError, OSError):
            found.append(_described(file))
    return tuple(sorted(found, key=lambda recovery: -recovery.modified_s))


def lock_of(file: Path) -> QLockFile:
    """Return the lock that tells a journal in use from one that a crash left behind."""
    lock = QLockFile(str(file.with_suffix(".lock")))
    # Never stale by age: a window may stay open for weeks. Qt still takes a lock over whose process is gone.
    lock.setStaleLockTime(0)
    return lock


def _described(file: Path) -> Recovery:
    """Return what a journal holds."""
    entries, is_whole = _read(file)
    header = entries[0]
    path = header.get("path")
    return Recovery(
        file=file,
        title=_last_title(entries),
        path=Path(path) if isinstance(path, str) else None,
        edits=len(entries) - 1,
        is_whole=is_whole,
        # A clock that was wrong may have written any time, also one that no calendar knows.
        modified_s=min(max(0.0, file.stat().st_mtime), time.time()),
    )


def _last_title(entries: list[Json]) -> str:
    """Return the flow's title after the last edit, by which a person knows it again."""
    title = entries[0].get("title", "")
    for entry in entries[1:]:
        delta = entry.get("delta")
        changed = delta.get("set") if isinstance(delta, dict) else None
        title = changed.get("title", title) if isinstance(changed, dict) else title
    return str(title)


def _read(file: Path) -> tuple[list[Json], bool]:
    """Return the header and the edits of a journal as far as they are sound, and whether that is all it holds.

    Raises:
        BrokenFileError: Its first line is no header of a journal.
    """
    if not file.is_file():
        raise BrokenFileError("broken.json", place=file.name)
    with file.open("rb") as stream:
        is_old = stream.read(1) == b"{"
        stream.seek(0)
        lines = _Plain(stream) if is_old else _Checked(stream)
        entries = [entry for entry in map(_entry, lines) if entry is not None]
    header = entries[0] if entries else {}
    if header.get("journal") != (1 if is_old else FORMAT) or not isinstance(header.get("flow"), dict):
        raise BrokenFileError("broken.json", place=file.name)
    return entries, lines.is_whole


class _Checked:
    """The JSON of a journal's lines that check, each once; `is_whole` is known when they have been gone through."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._passed_over = 0

    @property
    def is_whole(self) -> bool:
        """Whether all that was begun is there; a crash may have cut one copy of the last line."""
        return self._passed_over <= 1

    def __iter__(self) -> Iterator[bytes]:
        last = ""
        for line in _lines(self._stream):
            written, _, body = line.partition(b" ")
            if last and written == last.encode():
                continue
            check = checksum(last, body)
            if written != check.encode():
                # What follows a lost line does not check either. A damaged copy is no loss if its twin comes next.
                self._passed_over += 1
                continue
            self._passed_over = 0
            last = check
            yield body


class _Plain:
    """The lines of a journal without checksums, up to the first that is no JSON object."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.is_whole = True

    def __iter__(self) -> Iterator[bytes]:
        for line in _lines(self._stream):
            self.is_whole = _entry(line) is not None
            if not self.is_whole:
                return
            yield line


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines that hold anything, never more than the longest sound one at once."""
    while line := stream.readline(LINE_LIMIT):
        if line.strip():
            yield line.rstrip(b"\n")


def _entry(line: bytes) -> Json | None:
    """Return what a line holds, or `None` if it is no JSON object."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


def _replayed(entries: list[Json]) -> Json:
    """Return the flow's JSON after the last edit that can be applied.

    Only journals without checksums can hold an edit that cannot be; it may have been applied by half, so the flow is
    built again from those before it.
    """
    document: Json = dict(entries[0]["flow"])
    for count, entry in enumerate(entries[1:], 1):
        try:
            apply(document, entry["delta"])
        except (KeyError, TypeError, AttributeError, ValueError):
            return _replayed(entries[:count])
    return document
