"""The palette of Find anything: a line to type into above the list of what fits."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QLineEdit, QTreeView, QVBoxLayout, QWidget

import resources
from app.finding.candidates import Candidate, best
from app.theme import icon
from app.widgets.screen import resize_within
from flow_models.document.elements import Element

SIZE = QSize(620, 440)
_MOVES = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


class Palette(QDialog):
    """Opens over the window; Enter goes to what is chosen, Escape closes."""

    element_chosen = Signal(object)
    """Carries the `Element` to reveal."""

    def __init__(self, candidates: Sequence[Candidate], commands: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self._candidates = candidates
        self._commands = commands
        self._found: list[Candidate] = []
        self._model = QStandardItemModel(0, 2, self)
        self.setWindowTitle(resources.text("shell.find.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.results = QTreeView(rootIsDecorated=False, uniformRowHeights=True, headerHidden=True)
        self.line = QLineEdit(clearButtonEnabled=True)
        self.line.setPlaceholderText(resources.text("shell.find.hint"))
        self.line.setAccessibleName(resources.text("shell.find.hint"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(lambda: self._choose(self.results.currentIndex()))
        self.results.setModel(self._model)
        self.results.setAccessibleName(resources.text("shell.find.title"))
        self.results.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.clicked.connect(self._choose)
        header = self.results.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, 250)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self.line)
        layout.addWidget(self.results)
        resize_within(self, SIZE)
        self._search("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list with the arrow keys while typing goes on."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.line
        if isinstance(event, QKeyEvent) and is_key and event.key() in _MOVES:
            self.results.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _search(self, typed: str) -> None:
        self._found = best(self._candidates, typed)
        self._model.removeRows(0, self._model.rowCount())
        for candidate in self._found:
            title = QStandardItem(icon(candidate.idea, self.palette(), "muted"), candidate.title)
            word = QStandardItem(candidate.word)
            title.setAccessibleText(f"{candidate.title}, {candidate.word}")
            self._model.appendRow([title, word])
        if self._found:
            self.results.setCurrentIndex(self._model.index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        if not 0 <= index.row() < len(self._found):
            return
        target = self._found[index.row()].target
        self.close()
        if isinstance(target, Element):
            self.element_chosen.emit(target)
        else:
            self._commands[target].trigger()
