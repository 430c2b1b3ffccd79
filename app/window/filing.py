"""The commands of the File menu: dialogs that never block, and words for what goes wrong.

What this leaves out: reading and writing, which is the session's, and the start screen.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

import resources
from app.desktop.settings import Settings
from app.document.backups import NAME_LIMIT, keep_backup
from app.document.failures import FileChangedUnderneathError
from app.document.files import FileStamp
from app.document.recent import RecentFiles
from app.document.recovery import Recovery
from app.document.session import DocumentSession, read
from app.document.watch import FileWatch
from app.widgets.bars import BarArea
from app.words.elements import title_of_part
from flow_models.document.disk import is_folder
from flow_models.document.edits.ids import new_id
from flow_models.document.errors import DocumentError
from flow_models.document.flow import Flow

SUFFIX = ".flow.json"
FOLDER_SETTING = "folder"

Then = Callable[[], None]


class Filing(QObject):
    """Opens, saves and closes the session's document on behalf of a window."""

    said = Signal(str)
    """A sentence for the status bar."""
    restored = Signal(object)
    """Carries the `Recovery` whose flow is the document now."""

    def __init__(
        self,
        session: DocumentSession,
        recent: RecentFiles,
        state: Path,
        settings: Settings,
        bars: BarArea,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._recent = recent
        self._state = state
        self._settings = settings
        self._bars = bars
        self._window = window
        self._watch = FileWatch(session, self)
        self._watch.changed.connect(self._tell_changed)
        session.opened.connect(self._document_replaced)

    # Opening

    def choose_and_open(self) -> None:
        """Ask which file to open, then open it."""
        dialog = self._dialog("open_title", QFileDialog.AcceptMode.AcceptOpen)
        dialog.fileSelected.connect(lambda name: self.open_path(Path(name)))
        dialog.open()

    def open_path(self, path: Path) -> None:
        """Open a file once the current document is safe; a file that is no flow is told before that is asked."""
        try:
            found = read(path)
        except DocumentError as error:
            self._tell_unread(path, error)
            return
        self.make_safe(lambda: self._open(*found))

    def start_from(self, flow: Flow) -> None:
        """Start an untitled document from a flow once the current document is safe; it is a flow of its own."""
        own = flow.rebuilt(id=new_id("flow"))
        self.make_safe(lambda: self._session.new_from(own))

    def restore(self, recovery: Recovery) -> None:
        """Open what a crash left behind as an untitled copy once the current document is safe."""
        self.make_safe(lambda: self._restore(recovery))

    def reload(self) -> None:
        """Read the document's file again."""
        try:
            self._session.reload()
        except DocumentError as error:
            self._tell_failure("open", error, ((resources.text("shell.bar.retry"), self.reload),))
            return
        self._bars.drop("changed")

    # Saving

    def save(self, then: Then | None = None) -> None:
        """Write the document to its file, asking for one if it has none; go on once it is written."""
        path = self._session.path
        if path is None:
            self.choose_and_save(then)
            return
        if not self._session.changed_underneath():
            keep_backup(path, self._state)
        self._write(self._session.save, path, then)

    def save_over(self, then: Then | None = None) -> None:
        """Write the document over what another program wrote, of which a backup is kept."""
        path = self._session.path
        if path is not None:
            keep_backup(path, self._state)
            self._write(lambda: self._session.save(over_others=True), path, then)

    def choose_and_save(self, then: Then | None = None) -> None:
        """Ask where to save, then save there and stay with that file."""
        dialog = self._dialog("save_title", QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self._save_as(with_suffix(Path(name)), then))
        dialog.open()

    def choose_and_copy(self) -> None:
        """Ask where to, then save a copy there and stay with the document's own file."""
        dialog = self._dialog("copy_title", QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self._copy_to(with_suffix(Path(name))))
        dialog.open()

    def make_safe(self, then: Then) -> None:
        """Go on at once if everything is saved, else after the person chose to save or not to."""
        if not self._session.is_dirty:
            then()
            return
        title = title_of_part(self._session.flow, self._session.flow)
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(resources.text("shell.app"))
        box.setText(resources.text("shell.unsaved.question", title=title))
        box.setInformativeText(resources.text("shell.unsaved.detail"))
        save = box.addButton(resources.text("shell.word.save"), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(resources.text("shell.word.dont_save"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(resources.text("shell.word.cancel"), QMessageBox.ButtonRole.RejectRole)
        save.clicked.connect(lambda: self.save(then))
        leave.clicked.connect(then)
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)
        # Opened, not executed: a second event loop inside this one would let everything else go on in the middle.
        box.finished.connect(box.deleteLater)
        box.open()

    # How it is done

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self._window, resources.text(f"shell.file.{title}"))
        dialog.setAcceptMode(mode)
        dialog.setNameFilters([resources.text("shell.file.filter"), resources.text("shell.file.all")])
        path = self._session.path
        if mode == QFileDialog.AcceptMode.AcceptSave:
            dialog.setFileMode(QFileDialog.FileMode.AnyFile)
            dialog.selectFile(path.name if path else suggested_name(self._session.flow))
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        # Where there is no screen there is no system's dialog either.
        is_bare = QGuiApplication.platformName() in ("offscreen", "minimal")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, is_bare)
        dialog.setDirectory(str(self.first_folder()))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _open(self, flow: Flow, path: Path, stamp: FileStamp | None) -> None:
        self._session.take(flow, path, stamp)
        self._recent.add(path)
        self._settings.set(FOLDER_SETTING, str(path.absolute().parent))
        self.said.emit(resources.text("shell.status.opened", file=path.name))

    def _restore(self, recovery: Recovery) -> None:
        try:
            flow = recovery.flow()
        except (DocumentError, OSError):
            self._bars.tell("open", "error", resources.text("shell.failure.no_flow", file=recovery.file.name))
            return
        self._session.new_from(flow, unsaved=True)
        self.restored.emit(recovery)
        self.said.emit(resources.text("shell.status.restored"))

    def _save_as(self, path: Path, then: Then | None) -> None:
        keep_backup(path, self._state)
        self._write(lambda: self._session.save_as(path), path, then)

    def _copy_to(self, path: Path) -> None:
        try:
            self._session.save_copy(path)
        except DocumentError as error:
            self._tell_failure("save", error, ())
            return
        self.said.emit(resources.text("shell.status.copied", file=path.name))

    def _write(self, write: Then, path: Path, then: Then | None) -> None:
        try:
            write()
        except FileChangedUnderneathError:
            self._tell_changed(path, then)
            # A message that stood there already would not be seen to answer.
            self._bars.messages()["changed"].buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        except DocumentError as error:
            elsewhere = (resources.text("shell.bar.save_elsewhere"), self.choose_and_save)
            self._tell_failure("save", error, (elsewhere,))
            return
        self._recent.add(path)
        self._settings.set(FOLDER_SETTING, str(path.absolute().parent))
        for topic in ("save", "changed"):
            self._bars.drop(topic)
        self.said.emit(resources.text("shell.status.saved", file=path.name))
        if then is not None:
            then()

    def _tell_changed(self, path: Path, then: Then | None = None) -> None:
        text = resources.text("shell.bar.changed", file=path.name)
        choices = (
            (resources.text("shell.bar.save_copy"), lambda: self.choose_and_save(then)),
            (resources.text("shell.bar.reload"), self.reload),
            (resources.text("shell.bar.save_over"), lambda: self.save_over(then)),
        )
        self._bars.tell("changed", "warning", text, choices)

    def _tell_failure(self, topic: str, error: DocumentError, choices: tuple[tuple[str, Then], ...]) -> None:
        self._bars.tell(topic, "error", f"{error.sentence()} {error.next_step()}", choices)

    def _tell_unread(self, path: Path, error: DocumentError) -> None:
        """Say which file was not opened, what it is, and what to do."""
        reason = f"{error.sentence()} {error.next_step()}"
        self._bars.tell("open", "error", resources.text("shell.bar.not_opened", file=path.name, reason=reason))

    def first_folder(self) -> Path:
        """Return where a file dialog starts: beside the document, else where a file was last used, else Documents.

        What is shipped with the program is nobody's own file.
        """
        path, kept = self._session.path, self._settings.get(FOLDER_SETTING)
        recent = next(iter(self._recent.paths()), None)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        known = [path.parent if path else None, Path(kept) if kept else None, recent.parent if recent else None]
        own = [folder.absolute() for folder in (*known, Path(documents)) if folder is not None]
        shipped = resources.path("examples").parent
        return next((one for one in own if is_folder(one) and not one.is_relative_to(shipped)), Path.home())

    def _document_replaced(self) -> None:
        for topic in ("open", "save", "changed"):
            self._bars.drop(topic)


def with_suffix(path: Path) -> Path:
    """Return a path that ends in `.flow.json`, unless the person gave another ending of JSON."""
    return path if path.name.endswith(".json") else path.with_name(path.name + SUFFIX)


def suggested_name(flow: Flow) -> str:
    """Return a file name made from the flow's title."""
    words = "".join(letter.lower() if letter.isalnum() else " " for letter in flow.title).split()
    return ("_".join(words)[:NAME_LIMIT] or resources.text("shell.file.untitled").removesuffix(SUFFIX)) + SUFFIX
