"""The start screen's widget. It asks the window for everything by signals and changes nothing itself."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from superqt.utils import QFlowLayout

import resources
from app.document.recovery import Recovery
from app.start.thumbnail import thumbnail
from app.theme import colours_of, icon
from app.words.counts import counted
from app.words.elements import title_of_part
from flow_models.document import storage
from flow_models.document.errors import DocumentError
from flow_models.document.flow import Flow

CARD = QSize(196, 118)
WIDTH = 1000
BLANK = "blank.flow.json"


class StartScreen(QScrollArea):
    """What one can begin with, each as a button that the keyboard reaches."""

    flow_chosen = Signal(object)
    """Carries a `Flow` to start an untitled document from."""
    file_chosen = Signal(object)
    """Carries the path of a file to open."""
    open_wanted = Signal()
    """Asks for the dialog that opens a file."""
    restore_wanted = Signal(object)
    """Carries a `Recovery` to open as an untitled copy."""
    back_wanted = Signal()
    """Asks for the flow that is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self._recoveries: tuple[Recovery, ...] = ()
        self._recent: tuple[Path, ...] = ()
        # Qt walks over the widgets while it tells them of a new palette; none may go meanwhile.
        self._rebuild = QTimer(self, singleShot=True, interval=0)
        self._rebuild.timeout.connect(self._build)
        self.setAccessibleName(resources.text("shell.start.title"))

    def show_choices(self, recoveries: Sequence[Recovery], recent: Sequence[Path]) -> None:
        """List what there is to begin with now."""
        self._recoveries = tuple(recoveries)
        self._recent = tuple(recent)
        self._build()

    def cards(self) -> list[QToolButton]:
        """Return the buttons that start a flow from a template or an example, in their order."""
        return [button for button in self.findChildren(QToolButton) if button.objectName() == "card"]

    def changeEvent(self, event: QEvent) -> None:
        """Draw the pictures in the new colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.widget() is not None:
            self._rebuild.start()

    def _build(self) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDTH)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(12)
        column.addLayout(self._head())
        if self._recoveries:
            column.addWidget(_heading("recover"))
            for recovery in self._recoveries:
                column.addWidget(self._recovery_row(recovery))
        column.addWidget(_heading("new"))
        column.addLayout(self._cards(_flows_in("templates")))
        column.addWidget(_heading("examples"))
        column.addLayout(self._cards(_flows_in("examples")))
        column.addWidget(_heading("recent"))
        for widget in self._recent_rows():
            column.addWidget(widget)
        column.addStretch(1)
        holder = QWidget()
        middle = QHBoxLayout(holder)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(page, 100)
        middle.addStretch(1)
        self.setWidget(holder)

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        title = QLabel(resources.text("shell.start.title"))
        title.setProperty("role", "title")
        lead = QLabel(resources.text("shell.start.lead"), wordWrap=True)
        lead.setProperty("role", "muted")
        words.addWidget(title)
        words.addWidget(lead)
        back = QPushButton(icon("back", self.palette()), resources.text("shell.start.back"))
        back.clicked.connect(self.back_wanted)
        open_file = QPushButton(icon("open", self.palette()), resources.text("shell.start.open"))
        open_file.clicked.connect(self.open_wanted)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(open_file, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _recovery_row(self, recovery: Recovery) -> QFrame:
        row = QFrame()
        row.setProperty("role", "card")
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(recovery.modified_s))
        title = recovery.title or resources.text("shell.untitled.flow")
        words = QLabel(
            resources.text("shell.start.recover_item", title=title, edits=counted("change", recovery.edits), when=when)
        )
        hint = QLabel(
            resources.text("shell.start.recover_hint" if recovery.is_whole else "shell.start.recover_damaged")
        )
        hint.setProperty("role", "muted")
        restore = QPushButton(icon("restore", self.palette(), "on_accent"), resources.text("shell.bar.restore"))
        restore.setProperty("primary", True)
        restore.clicked.connect(lambda: self.restore_wanted.emit(recovery))
        discard = QPushButton(resources.text("shell.word.discard"))
        discard.clicked.connect(lambda: self._discard(recovery))
        texts = QVBoxLayout()
        texts.addWidget(words)
        texts.addWidget(hint)
        layout = QHBoxLayout(row)
        layout.addLayout(texts, 1)
        layout.addWidget(discard)
        layout.addWidget(restore)
        return row

    def _discard(self, recovery: Recovery) -> None:
        recovery.discard()
        self.show_choices([other for other in self._recoveries if other is not recovery], self._recent)

    def _cards(self, flows: Sequence[tuple[str, Flow]]) -> QFlowLayout:
        layout = QFlowLayout()
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(8)
        for title, flow in flows:
            layout.addWidget(self._card(title, flow))
        return layout

    def _card(self, title: str, flow: Flow) -> QToolButton:
        picture = thumbnail(flow, CARD, colours_of(self.palette()), self.devicePixelRatioF())
        counts = resources.text(
            "shell.start.counts", pages=counted("page", len(flow.pages)), tasks=counted("task", len(flow.tasks))
        )
        card = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextUnderIcon, autoRaise=True)
        card.setObjectName("card")
        card.setIcon(QIcon(picture))
        card.setIconSize(CARD)
        card.setText(f"{title}\n{counts}")
        card.setAccessibleName(resources.text("shell.start.use", title=title))
        card.setToolTip(flow.description or title)
        card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card.clicked.connect(lambda: self.flow_chosen.emit(flow))
        return card

    def _recent_rows(self) -> list[QWidget]:
        if not self._recent:
            none = QLabel(resources.text("shell.start.no_recent"))
            none.setProperty("role", "muted")
            return [none]
        return [self._recent_row(path) for path in self._recent]

    def _recent_row(self, path: Path) -> QWidget:
        row = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon, autoRaise=True)
        row.setIcon(icon("flow", self.palette(), "muted"))
        row.setText(f"{path.name}   {path.parent}")
        row.setAccessibleName(path.name)
        row.setToolTip(str(path))
        row.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row.clicked.connect(lambda: self.file_chosen.emit(path))
        return row


def _heading(name: str) -> QLabel:
    label = QLabel(resources.text(f"shell.start.{name}"))
    label.setProperty("role", "heading")
    label.setContentsMargins(0, 10, 0, 0)
    return label


def _flows_in(folder: str) -> list[tuple[str, Flow]]:
    """Return the shipped flows of a folder with their titles, the smallest first; the blank one has a telling title."""
    flows: list[tuple[str, Flow]] = []
    for file in sorted(resources.path(folder).glob("*.flow.json")):
        try:
            flow = storage.load(file)
        except DocumentError:
            continue
        is_blank = file.name == BLANK
        flows.append((resources.text("shell.start.empty") if is_blank else title_of_part(flow, flow), flow))
    return sorted(flows, key=lambda titled: len(titled[1].pages))
