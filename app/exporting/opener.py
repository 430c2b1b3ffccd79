"""Opens the export dialog when it is wanted; what it needs is loaded only then."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QWidget

import resources
from app.desktop.settings import Settings
from app.document.session import DocumentSession

if TYPE_CHECKING:
    from app.exporting.dialog import ExportDialog


class ExportOpener(QObject):
    """Keeps one dialog for the window, so that a report is still there when it is opened again."""

    def __init__(self, session: DocumentSession, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window
        self.dialog: ExportDialog | None = None
        session.opened.connect(self._forget)

    def show(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self.dialog is None:
            from app.exporting.dialog import ExportDialog

            self.dialog = ExportDialog(self._session, self._settings, self._folder(), self._window)
        self._session.settle()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def shut_down(self) -> None:
        """End an export under way and close; the window closes next."""
        if self.dialog is not None:
            self.dialog.shut_down()
            self.dialog.close()

    def _forget(self) -> None:
        """Drop the dialog with what it says of another document."""
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    def _folder(self) -> Path:
        """Return the folder offered the first time: beside the flow's file, else among the person's documents."""
        path = self._session.path
        if path is not None:
            return path.parent
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents or Path.home()) / resources.text("shell.app")
