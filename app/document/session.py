"""The open document: the flow that all panels share, the one way to change it, and its file.

Everything that alters the flow goes through `DocumentSession.edit`; everything that shows it listens to `flow_changed`
and compares before and after by id. What this leaves out: selection and zoom, which are no part of a document, and
asking the user anything, which is the window's.
"""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

import resources
from app.document.changing import Change, tried
from app.document.failures import FileChangedUnderneathError, UntitledError
from app.document.files import FileStamp
from app.document.history import FlowCommand
from app.document.making import Making
from flow_models.checks.problem import SEVERITIES, Problem
from flow_models.document import storage
from flow_models.document.flow import Flow

UNDO_LIMIT = 5000
"""Steps kept; one costs about 24 KiB in a flow of 1,000 pages."""


class DocumentSession(QObject):
    """The open document and its history."""

    flow_changed = Signal(object, object)
    """Carries the flow before and after, once per edit, undo, redo or jump in the history."""
    opened = Signal()
    """Another document took the place of the last one; comes after its `flow_changed`."""
    saved = Signal(object)
    """Carries the path; the file is complete when this comes."""
    path_changed = Signal(object)
    """Carries the path of the document's file, or `None` for an untitled one."""
    steps_changed = Signal()
    """The next step back or forth is another one, or there is none."""
    dirty_changed = Signal(bool)
    """Carries whether there are edits that are not in the file."""

    problems_changed = Signal(object)
    """Carries all problems of the flow, the worst first."""
    trial_progressed = Signal(int, int)
    """Carries how many parts of trying the tasks out are done, of how many; both 0 when nothing is under way."""

    def __init__(self, flow: Flow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Problem, ...] = ()
        self._problems: tuple[Problem, ...] = ()
        self.making = Making()
        self.is_restored = False
        """Whether the document began as a copy of work that was left behind."""
        self._flow = flow
        self._told = flow
        self._is_replacing = False
        self._path: Path | None = None
        self._stamp: FileStamp | None = None
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(UNDO_LIMIT)
        self._stack.indexChanged.connect(self._tell)
        self._stack.cleanChanged.connect(self._tell_clean)
        # Others listen here: a QUndoStack speaks once more while it is deleted, when its wrapper is gone already.
        stack = self._stack
        for signal in (stack.undoTextChanged, stack.redoTextChanged, stack.canUndoChanged, stack.canRedoChanged):
            signal.connect(self.steps_changed)

    @property
    def flow(self) -> Flow:
        """The flow as it is now."""
        return self._flow

    @property
    def undo_stack(self) -> QUndoStack:
        """The history; its commands' texts are the labels of the edits."""
        return self._stack

    @property
    def is_replacing(self) -> bool:
        """Whether the change being told is no edit but another document."""
        return self._is_replacing

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the checks found last, the worst first; shortly after an edit still those of the flow before.

        What is not finished about things that were just made is a note here.
        """
        return self._problems

    @property
    def found(self) -> tuple[Problem, ...]:
        """The same as an export takes them, however new what they are about is."""
        return self._found

    def show_problems(self, found: Iterable[Problem]) -> None:
        """Take over what was found, the worst first and else as it comes; tell it if it differs."""
        self._found = tuple(found)
        told = (self.making.softened(problem, self._stack.index()) for problem in self._found)
        problems = tuple(sorted(told, key=lambda problem: SEVERITIES.index(problem.severity)))
        if problems != self._problems:
            self._problems = problems
            self.problems_changed.emit(problems)

    def settle(self) -> None:
        """Take all that there is as finished: it is about to be handed on."""
        self.making.settle()
        self.show_problems(self._found)

    @property
    def path(self) -> Path | None:
        """The document's file, or `None` while it is untitled."""
        return self._path

    @property
    def is_dirty(self) -> bool:
        """Whether there are edits that are not in the file."""
        return not self._stack.isClean()

    def edit(self, flow: Flow, label: str, merge_key: str | None = None) -> None:
        """Make an edit: put a flow in place of the current one, as one step that can be undone.

        Args:
            flow: The whole flow after the edit. Compute it first: what raises must raise before this call.
            label: The step's name in the history and in "Undo ...", such as "Rename page".
            merge_key: Steps in a row with the same key become one; make a new key for each gesture.
        """
        if not isinstance(flow, Flow):
            raise TypeError(f"an edit makes a Flow, not {type(flow).__name__}")
        if flow is self._flow or flow == self._flow:
            return
        self._stack.push(FlowCommand(self._flow, flow, label, merge_key, self._put))
        self._tell()

    def attempt(self, change: Change, label: str, merge_key: str | None = None) -> str:
        """Make an edit that may be refused; return why it is, in words, or nothing."""
        flow, refused = tried(change, self._flow)
        if not refused:
            self.edit(flow, label, merge_key)
        return refused

    def undo(self) -> None:
        """Take the last step back."""
        self._stack.undo()

    def redo(self) -> None:
        """Take the last undone step again."""
        self._stack.redo()

    def new_from(self, flow: Flow, *, unsaved: bool = False) -> None:
        """Start an untitled document from a flow; `unsaved` says that the flow is work not yet in any file."""
        self.is_restored = unsaved
        self._replace(flow, None, None, unsaved=unsaved)

    def open(self, path: Path) -> None:
        """Open a file in place of the current document, which stays as it is if that fails.

        Raises:
            DocumentError: The file cannot be read or holds no flow; the error says where and why in words.
        """
        self.take(*read(path))

    def take(self, flow: Flow, path: Path, stamp: FileStamp | None) -> None:
        """Put what was read from a file in place of the current document."""
        self.is_restored = False
        self._replace(flow, path, stamp)

    def reload(self) -> None:
        """Read the document's file again; edits that are not in it are one undo away.

        Raises:
            DocumentError: The file cannot be read any more.
        """
        if self._path is None:
            return
        flow, _, stamp = read(self._path)
        self.edit(flow, resources.text("shell.step.reload"))
        self._stamp = stamp
        self._stack.setClean()

    def save(self, *, over_others: bool = False) -> None:
        """Write the document to its file; `over_others` also where another program changed it.

        Raises:
            UntitledError: The document has no file yet; call `save_as`.
            FileChangedUnderneathError: Another program changed the file since it was read or written here.
            DocumentError: The file cannot be written.
        """
        if self._path is None:
            raise UntitledError
        if self.changed_underneath() and not over_others:
            raise FileChangedUnderneathError(self._path)
        self._write(self._path)

    def save_as(self, path: Path) -> None:
        """Write the document to a file and make that the document's file.

        Raises:
            DocumentError: The file cannot be written; the document keeps its old file.
        """
        self._write(path)

    def save_copy(self, path: Path) -> None:
        """Write the document to another file and stay with its own.

        Raises:
            DocumentError: The file cannot be written.
        """
        storage.save(self._flow, path)

    def changed_underneath(self) -> bool:
        """Return whether the document's file is not the one that was read or written here."""
        return self._path is not None and self._stamp is not None and self._stamp.differs(self._path)

    def _write(self, path: Path) -> None:
        storage.save(self._flow, path)
        moved = path != self._path
        self._path = path
        self._stamp = FileStamp.of(path)
        self._stack.setClean()
        if moved:
            self.path_changed.emit(path)
        self.saved.emit(path)

    def _replace(self, flow: Flow, path: Path | None, stamp: FileStamp | None, *, unsaved: bool = False) -> None:
        self._path = path
        self._stamp = stamp
        self._flow = flow
        # The flow is in its place by now: clearing the history already tells of it.
        self._is_replacing = True
        self._stack.clear()
        if unsaved:
            self._stack.resetClean()
        else:
            self._stack.setClean()
        self._tell()
        self._is_replacing = False
        self.path_changed.emit(path)
        self.opened.emit()

    def _put(self, flow: Flow) -> None:
        """Take a flow from a command; `_tell` speaks of it once the history has settled."""
        self._flow = flow

    def _tell_clean(self, clean: bool) -> None:
        self.dirty_changed.emit(not clean)

    def _tell(self) -> None:
        before, self._told = self._told, self._flow
        if before is not self._flow:
            if self._is_replacing:
                self.making.forget()
            else:
                self.making.follow(before, self._flow, self._stack.index())
            self.flow_changed.emit(before, self._flow)


def read(path: Path) -> tuple[Flow, Path, FileStamp | None]:
    """Return the flow in a file, with what `DocumentSession.take` needs besides.

    Raises:
        DocumentError: The file cannot be read or holds no flow; the error says where and why in words.
    """
    flow = storage.load(path)
    return flow, path, FileStamp.of(path)
