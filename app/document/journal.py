"""The recovery journal: unsaved edits on disk, so that a crash costs at most one of them.

One file per open document, JSON lines: first the flow as it was when it was last in a file, then one delta per edit,
undo or redo. A line is with the operating system when the edit's signal ends, and on the disk within a quarter of a
second. The user's own file is never touched. A lock file tells the journals of a crash from those of a running window.
"""

import contextlib
import json
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from app.document.session import DocumentSession
from flow_models.document import storage
from flow_models.document.delta import apply, delta
from flow_models.document.errors import DocumentError
from flow_models.document.flow import Flow

FLUSH_MS = 250
FORMAT = 1


def journal_folder(state: Path) -> Path:
    """Return the folder of the journals inside the folder for states; it exists when this returns."""
    folder = state / "journals"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Journal(QObject):
    """Writes the edits of one session; a clean end removes the file."""

    failed = Signal(str)
    """Carries why edits cannot be written down; told once until they can be again."""

    def __init__(self, session: DocumentSession, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}"
        self.file = folder / f"{name}.jsonl"
        self._lock = _lock_of(self.file)
        self._stream: IO[bytes] | None = None
        self._has_failed = False
        self._flush = QTimer(self, singleShot=True, interval=FLUSH_MS)
        self._flush.timeout.connect(self._to_disk)
        session.flow_changed.connect(self._note)
        session.saved.connect(self.remove)
        session.opened.connect(self._start_anew)

    def remove(self) -> None:
        """End the journal and delete its file: its edits are in the user's file, or were given up on purpose."""
        self._flush.stop()
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        self.file.unlink(missing_ok=True)
        self._lock.unlock()

    def _start_anew(self) -> None:
        """Forget the former document; work that is in no file yet is written down at once."""
        self.remove()
        if self._session.is_dirty:
            try:
                self._begin(self._session.flow)
            except OSError as error:
                self._give_up(error)

    def _note(self, before: Flow, after: Flow) -> None:
        """Write down one edit; another document is no edit, and `_start_anew` comes next."""
        if self._session.is_replacing:
            return
        stack = self._session.undo_stack
        try:
            stream = self._stream or self._begin(before)
            self._write(stream, {"label": stack.text(max(0, stack.index() - 1)), "delta": delta(before, after)})
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        """Drop a journal that cannot be written on; the next edit tries a new one, from the flow as it is then."""
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
            self._stream = None
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(error.strerror or str(error))

    def _begin(self, flow: Flow) -> IO[bytes]:
        """Start the file with the flow that the edits start from."""
        self._lock.tryLock(0)
        path = self._session.path
        header = {
            "journal": FORMAT,
            "path": None if path is None else str(path),
            "title": flow.title,
            "flow": json.loads(storage.dumps(flow)),
        }
        self._stream = stream = self.file.open("wb")
        self._write(stream, header)
        return stream

    def _write(self, stream: IO[bytes], line: dict[str, Any]) -> None:
        stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        # With the system: that is enough for a crash of the program. Waiting for the disk, which only a crash of the
        # computer would ask for, takes too long for each key, so it is done for all edits of a moment together.
        stream.flush()
        self._has_failed = False
        if not self._flush.isActive():
            self._flush.start()

    def _to_disk(self) -> None:
        if self._stream is not None:
            try:
                os.fsync(self._stream.fileno())
            except OSError as error:
                self._give_up(error)


@dataclass(frozen=True, slots=True)
class Recovery:
    """Unsaved work that a crash left behind."""

    file: Path
    title: str
    path: Path | None
    """The user's file that the work started from."""
    edits: int
    modified_s: float
    """Seconds since 1970 of the last edit."""

    def flow(self) -> Flow:
        """Return the flow after the last edit that reached the journal.

        Raises:
            DocumentError: The journal is damaged beyond its last line.
        """
        header, edits = _read(self.file)
        document: dict[str, Any] = header["flow"]
        for edit in edits:
            apply(document, edit["delta"])
        return storage.loads(json.dumps(document))

    def discard(self) -> None:
        """Delete the journal: its work is elsewhere now, or not wanted."""
        self.file.unlink(missing_ok=True)


def left_behind(folder: Path) -> tuple[Recovery, ...]:
    """Return the journals in a folder that no running window writes, newest first."""
    found: list[Recovery] = []
    for file in folder.glob("*.jsonl"):
        lock = _lock_of(file)
        if not lock.tryLock(0):
            continue
        lock.unlock()
        recovery = _described(file)
        if recovery is not None:
            found.append(recovery)
    return tuple(sorted(found, key=lambda recovery: -recovery.modified_s))


def _described(file: Path) -> Recovery | None:
    """Return what a journal holds, or `None` if it holds nothing that can be restored."""
    try:
        header, edits = _read(file)
        modified_s = file.stat().st_mtime
    except (DocumentError, OSError):
        return None
    path = header.get("path")
    return Recovery(
        file=file,
        title=str(header.get("title", "")),
        path=Path(path) if isinstance(path, str) else None,
        edits=len(edits),
        modified_s=modified_s,
    )


def _read(file: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the header and the edits of a journal, up to the first line that was not written whole."""
    header: dict[str, Any] | None = None
    edits: list[dict[str, Any]] = []
    for line in file.read_bytes().split(b"\n"):
        try:
            entry = json.loads(line)
        except ValueError:
            break
        if header is None:
            header = entry
        else:
            edits.append(entry)
    if not isinstance(header, dict) or header.get("journal") != FORMAT or not isinstance(header.get("flow"), dict):
        raise DocumentError("broken.json", place=file.name)
    return header, edits


def _lock_of(file: Path) -> QLockFile:
    lock = QLockFile(str(file.with_suffix(".lock")))
    # Never stale by age: a window may stay open for weeks. Qt still takes a lock over whose process is gone.
    lock.setStaleLockTime(0)
    return lock
