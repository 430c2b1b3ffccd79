"""The recovery journal: unsaved edits on disk, so that a crash costs at most one of them.

One file per open document that is only ever appended to: first the flow as it was when it was last in a file, then one
delta per edit, undo or redo; `app.document.recovery` says what a line looks like and reads them. A line is with the
operating system when the edit's signal ends, and on the disk within a quarter of a second. What cannot be written
down, because the disk is full, is caught up with by the next line that can: a delta starts from the flow that was
written last. The user's own file is never touched. A lock file tells the journals of a crash from those in use.
"""

import contextlib
import json
import os
import secrets
import threading
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.recovery import FORMAT, Recovery, checksum, lock_of
from app.document.session import DocumentSession
from flow_models.document import storage
from flow_models.document.delta import delta
from flow_models.document.flow import Flow

FLUSH_MS = 250

RETRY_MS = 2000
"""Between two tries to write down what there was no room for."""


class _Base:
    """The plain JSON of the flow from which edits start, made in a thread before the first edit needs it."""

    def __init__(self) -> None:
        self._ready: tuple[Flow, dict[str, Any]] | None = None

    def prepare(self, flow: Flow) -> None:
        """Begin to make it, for a flow that was just opened."""
        threading.Thread(target=self._make, args=(flow,), name="journal", daemon=True).start()

    def of(self, flow: Flow) -> dict[str, Any]:
        """Return that of a flow, which is made now if it is not ready; it is handed out once."""
        ready, self._ready = self._ready, None
        return ready[1] if ready is not None and ready[0] is flow else storage.written(flow)

    def _make(self, flow: Flow) -> None:
        self._ready = (flow, storage.written(flow))


class Journal(QObject):
    """Writes the edits of one session; a clean end removes the file."""

    failed = Signal(str)
    """Carries why edits cannot be written down; told once until they can be again."""

    def __init__(self, session: DocumentSession, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}"
        self.file = folder / f"{name}.jsonl"
        self._lock = lock_of(self.file)
        self._paper: _Paper | None = None
        self._written: Flow | None = None
        self._base = _Base()
        self._replaced: list[Recovery] = []
        self._has_failed = False
        self._flush = QTimer(self, singleShot=True, interval=FLUSH_MS)
        self._flush.timeout.connect(self._to_disk)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._catch_up)
        session.flow_changed.connect(self._note)
        session.saved.connect(self.remove)
        session.opened.connect(self._start_anew)

    def replace(self, recovery: Recovery) -> None:
        """Take over what a crash left behind: its journal goes once this one holds the restored work safely."""
        self._replaced.append(recovery)
        self._to_disk()

    def remove(self) -> None:
        """End the journal and delete its file: its edits are in the user's file, or were given up on purpose."""
        self._retire_replaced()
        self._flush.stop()
        self._retry.stop()
        # A file that cannot be deleted is offered at the next start: too much is better than a crash here.
        with contextlib.suppress(OSError):
            if self._paper is not None:
                self._paper.close()
            self.file.unlink(missing_ok=True)
        self._paper = None
        self._written = None
        self._lock.unlock()

    def _start_anew(self) -> None:
        """Forget the former document; work that is in no file yet is written down at once."""
        self.remove()
        if self._session.is_dirty:
            self._write_down(self._session.flow, "")
        else:
            self._base.prepare(self._session.flow)

    def _note(self, before: Flow, after: Flow) -> None:
        """Write down one edit; another document is no edit, and `_start_anew` comes next."""
        if self._session.is_replacing:
            return
        stack = self._session.undo_stack
        if self._written is None:
            self._write_down(before, "")
        self._write_down(after, stack.text(max(0, stack.index() - 1)))

    def _catch_up(self) -> None:
        """Try once more to write down what there was no room for."""
        self._write_down(self._session.flow, "")

    def _write_down(self, flow: Flow, label: str) -> None:
        """Write what leads to a flow from the one that was written last; if it fails, everything before stays."""
        try:
            self._leave_what_is_gone()
            if self._written is None:
                self._begin(flow)
            elif flow is not self._written:
                self._append({"label": label, "delta": delta(self._written, flow)})
        except OSError as error:
            self._tell(error)
            return
        self._written = flow
        self._has_failed = False
        if not self._flush.isActive():
            self._flush.start()

    def _leave_what_is_gone(self) -> None:
        """Give a file up that somebody deleted, which still takes lines that nobody could read; begin another."""
        if self._paper is not None and not self.file.exists():
            self._lock.unlock()
            self._paper.close()
            self._paper = None
            self._written = None

    def _begin(self, flow: Flow) -> None:
        """Start the file with the flow that the edits start from; its folder may have been deleted."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        path = self._session.path
        header = {
            "journal": FORMAT,
            "path": None if path is None else str(path),
            "title": flow.title,
            "flow": self._base.of(flow),
        }
        self._append(header)

    def _append(self, entry: dict[str, Any]) -> None:
        # On a full disk the lock could not be written either, and a journal without one looks left behind.
        if not self._lock.isLocked():
            self._lock.tryLock(0)
        self._paper = self._paper or _Paper(self.file)
        # The name of a file need not be text: on Linux it is any bytes, which are halves of characters here.
        body = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        self._paper.append(body.encode("utf-8", "surrogatepass"))

    def _to_disk(self) -> None:
        """See everything onto the disk, and what it replaces away."""
        if self._paper is None or self._written is not self._session.flow:
            return
        try:
            self._paper.to_disk()
        except OSError as error:
            self._tell(error)
            return
        self._retire_replaced()

    def _retire_replaced(self) -> None:
        for recovery in self._replaced:
            with contextlib.suppress(OSError):
                recovery.retire()
        self._replaced.clear()

    def _tell(self, error: OSError) -> None:
        """Say that edits cannot be written down, and try again in a while."""
        self._retry.start()
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(error.strerror or str(error))


class _Paper:
    """A file that takes lines at its end, each whole or not at all, and keeps those that it has."""

    def __init__(self, file: Path) -> None:
        self._descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        self._length = 0
        self._checksum = ""

    def append(self, body: bytes) -> None:
        """Write a line, twice, with its checksum.

        With the system when this returns: that is enough for a crash of the program. Waiting for the disk, which only a
        crash of the computer would ask for, takes too long for each key, so it is done for all edits of a moment.

        Raises:
            OSError: There was no room, or the disk failed; what was there before still counts.
        """
        check = checksum(self._checksum, body)
        # A line feed before each copy too: one damaged byte between two copies must not cost both.
        copy = b"\n%s %s\n" % (check.encode(), body)
        first = self._write(copy)
        self._checksum = check
        self._length += first
        # The line is there. A twin that finds no room protects from damage only, and its loss is no failure.
        with contextlib.suppress(OSError):
            self._length += self._write(copy)

    def to_disk(self) -> None:
        """Return once the lines are on the disk.

        Raises:
            OSError: The disk failed.
        """
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def _write(self, text: bytes) -> int:
        """Write a text at the end; return its length. If it does not fit, the beginning of it is taken back."""
        try:
            os.lseek(self._descriptor, self._length, os.SEEK_SET)
            rest = memoryview(text)
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            # Cutting needs no room. If even that fails, readers pass over the half line, and the next goes onto it.
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._length)
            raise
        return len(text)
