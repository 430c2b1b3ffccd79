"""Notices while a document is open that another program changed its file."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from app.document.session import DocumentSession
from flow_models.document.disk import is_file, is_folder

SETTLE_MS = 200
"""Programs write a file in several steps; look once it has been quiet for so long."""


class FileWatch(QObject):
    """Watches the file of a session."""

    changed = Signal(object)
    """Carries the path of a file that is not what was read or written here."""

    def __init__(self, session: DocumentSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._watcher.fileChanged.connect(self._stirred)
        self._watcher.directoryChanged.connect(self._stirred)
        session.path_changed.connect(self._follow)
        session.saved.connect(self._follow)
        self._follow(session.path)

    def _follow(self, path: Path | None) -> None:
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        if path is not None:
            # Programs replace a file rather than write into it: its folder tells, the file itself no longer does.
            self._watcher.addPaths([str(place) for place in (path, path.parent) if is_file(place) or is_folder(place)])

    def _stirred(self, _place: str) -> None:
        self._settle.start()

    def _look(self) -> None:
        path = self._session.path
        if path is None:
            return
        if is_file(path) and str(path) not in self._watcher.files():
            self._watcher.addPath(str(path))
        if self._session.changed_underneath():
            self.changed.emit(path)
