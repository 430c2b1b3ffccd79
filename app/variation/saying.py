"""The tab in which a designer sees in how many ways the texts of a flow are said, and adds ways of their own."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

import resources
from app.document.session import DocumentSession
from app.theme import colours_of
from app.variation.words import Way, alone, texts_of, ways_of, with_way, without_way
from app.widgets.labels import Elided
from flow_models.document.edits.variation import synonyms_of
from flow_models.document.flow import Flow

WAY = int(Qt.ItemDataRole.UserRole)
LEAST_LIST = 110
REFRESH_MS = 250


class SayingTab(QWidget):
    """Texts above, the ways to say the chosen one below."""

    changed = Signal(object, str)
    """Carries the flow after an edit and the step's name."""

    def __init__(self, session: DocumentSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._text = ""
        self.filter_line = QLineEdit(clearButtonEnabled=True)
        self.filter_line.setPlaceholderText(resources.text("variation.words.filter"))
        self.filter_line.setAccessibleName(resources.text("variation.words.filter"))
        self.texts = _tree("text", "ways")
        self.ways = _tree("way", "who", "from")
        self.heading = Elided("", self)
        self.line = QLineEdit()
        self.line.setPlaceholderText(resources.text("variation.words.add_hint"))
        self.line.setAccessibleName(resources.text("variation.words.add_hint"))
        self.line.setMaxLength(200)
        self.add = QPushButton(resources.text("variation.words.add"))
        self.hold = QPushButton()
        self.remove = QPushButton(resources.text("variation.words.remove"))
        self.alone = QCheckBox(resources.text("variation.words.alone"))
        self.alone.setToolTip(resources.text("variation.words.alone_tip"))
        self.hint = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.hint.setProperty("role", "muted")
        self._lay_out()
        self.filter_line.textChanged.connect(self._filter)
        self.texts.currentItemChanged.connect(lambda *_: self._choose())
        self.ways.currentItemChanged.connect(lambda *_: self._enable())
        self.line.returnPressed.connect(self._add)
        self.line.textChanged.connect(lambda _: self._enable())
        self.add.clicked.connect(self._add)
        self.hold.clicked.connect(self._hold)
        self.remove.clicked.connect(self._remove)
        self.alone.clicked.connect(self._alone)
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh.timeout.connect(lambda: self.show_flow(self._session.flow))
        self._is_stale = True

    def note_change(self) -> None:
        """Take note that texts may be others now; they are shown once nothing has changed for a moment."""
        self._is_stale = True
        if not self.visibleRegion().isEmpty():
            self._refresh.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the texts that nobody saw so far: what is painted is seen."""
        super().paintEvent(event)
        if self._is_stale and not self._refresh.isActive():
            self._refresh.start(0)

    def show_flow(self, flow: Flow) -> None:
        """Show the texts of a flow, the chosen one still chosen."""
        self._is_stale = False
        self._refresh.setInterval(REFRESH_MS)
        texts = texts_of(flow)
        blocker = QSignalBlocker(self.texts)
        self.texts.clear()
        for text, count in texts:
            words = str(count) if count > 1 else resources.text("variation.words.only")
            item = QTreeWidgetItem([text, words])
            item.setToolTip(0, text)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if count == 1:
                item.setForeground(1, colours_of(self.palette()).colour("muted"))
            self.texts.addTopLevelItem(item)
        if self._text not in {text for text, _ in texts}:
            self._text = ""
        if self._text:
            self.texts.setCurrentItem(self._item_of(self._text))
        blocker.unblock()
        is_on = flow.variation.wording.is_on
        key = "off" if not is_on else "pick" if texts else "none"
        self.hint.setText(resources.text(f"variation.words.{key}"))
        self._filter(self.filter_line.text())
        self._show_ways()

    def choose(self, text: str) -> None:
        """Show the ways to say a text."""
        if self._is_stale:
            self.show_flow(self._session.flow)
        item = self._item_of(text)
        self.texts.setCurrentItem(item)
        self.texts.scrollToItem(item)

    def _lay_out(self) -> None:
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(10, 8, 10, 4)
        column.setSpacing(6)
        column.addWidget(self.filter_line)
        column.addWidget(self.texts, 1)
        self._below = QWidget()
        lower = QVBoxLayout(self._below)
        lower.setContentsMargins(10, 4, 10, 10)
        lower.setSpacing(6)
        adding, acting = QHBoxLayout(), QHBoxLayout()
        adding.addWidget(self.line, 1)
        adding.addWidget(self.add)
        acting.addWidget(self.hold)
        acting.addWidget(self.remove)
        acting.addStretch(1)
        lower.addWidget(self.heading)
        lower.addWidget(self.ways, 1)
        lower.addLayout(acting)
        lower.addLayout(adding)
        lower.addWidget(self.alone)
        self.texts.setMinimumHeight(LEAST_LIST)
        self.ways.setMinimumHeight(LEAST_LIST)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(above)
        split.addWidget(self._below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split, 1)
        layout.addWidget(self.hint)
        self.hint.setContentsMargins(10, 6, 10, 12)

    def _item_of(self, text: str) -> QTreeWidgetItem:
        found = self.texts.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive)
        return found[0]

    def _filter(self, typed: str) -> None:
        """Show only the texts that hold what is typed."""
        wanted = typed.strip().casefold()
        for number in range(self.texts.topLevelItemCount()):
            item = self.texts.topLevelItem(number)
            if item is not None:
                item.setHidden(wanted not in item.text(0).casefold())

    def _choose(self) -> None:
        item = self.texts.currentItem()
        self._text = "" if item is None else item.text(0)
        self._show_ways()

    def _show_ways(self) -> None:
        flow, is_on = self._session.flow, self._session.flow.variation.wording.is_on
        chosen = self._way()
        self._below.setVisible(bool(self._text) and is_on)
        self.hint.setVisible(not self._text or not is_on)
        self.texts.setEnabled(is_on)
        blocker = QSignalBlocker(self.ways)
        self.ways.clear()
        for way in ways_of(flow, self._text) if self._text else ():
            item = self._line(way)
            self.ways.addTopLevelItem(item)
            if chosen is not None and chosen.words == way.words:
                self.ways.setCurrentItem(item)
        blocker.unblock()
        self.heading.show_full(resources.text("variation.words.heading", text=self._text))
        self.alone.setChecked(synonyms_of(flow, self._text).is_alone)
        self._enable()

    def _line(self, way: Way) -> QTreeWidgetItem:
        who = "tests" if way.is_held_out else "training"
        who = resources.text(f"variation.part.{'never' if way.source == 'suggested' else who}")
        words = [way.words, who, resources.text(f"variation.words.from.{way.source}")]
        item = QTreeWidgetItem(words)
        item.setData(0, WAY, way)
        item.setToolTip(0, way.words)
        if way.is_taken:
            item.setText(1, resources.text("variation.words.taken"))
            item.setToolTip(1, resources.text("variation.words.taken_tip"))
        if way.is_taken or way.source == "suggested":
            for column in range(3):
                item.setForeground(column, colours_of(self.palette()).colour("muted"))
        return item

    def _way(self) -> Way | None:
        item = self.ways.currentItem()
        return None if item is None else item.data(0, WAY)

    def _enable(self) -> None:
        way = self._way()
        is_other = way is not None and way.source != "drawn"
        is_suggested = way is not None and way.source == "suggested"
        key = "use" if is_suggested else "train" if way is not None and way.is_held_out else "keep"
        self.hold.setText(resources.text(f"variation.words.{key}"))
        self.hold.setEnabled(is_other)
        self.remove.setEnabled(way is not None and way.source == "own")
        self.add.setEnabled(bool(self.line.text().strip()))

    def _add(self) -> None:
        typed = self.line.text()
        if typed.strip() and self._text:
            self.line.clear()
            self._tell(with_way(self._session.flow, self._text, typed, is_held_out=False))

    def _hold(self) -> None:
        """Keep the chosen way for tests, or give it to training; one of the thesaurus becomes the designer's own."""
        way = self._way()
        if way is not None:
            is_held_out = way.is_held_out if way.source == "suggested" else not way.is_held_out
            self._tell(with_way(self._session.flow, self._text, way.words, is_held_out=is_held_out))

    def _remove(self) -> None:
        way = self._way()
        if way is not None:
            self._tell(without_way(self._session.flow, self._text, way.words))

    def _alone(self, is_alone: bool) -> None:
        self._tell(alone(self._session.flow, self._text, is_alone))

    def _tell(self, flow: Flow) -> None:
        """Make an edit, and show at once what it did."""
        self.changed.emit(flow, resources.text("variation.label.words", text=self._text))
        self.show_flow(self._session.flow)


def _tree(*columns: str) -> QTreeWidget:
    """Return a list with columns, of which the first takes the room that is left."""
    tree = QTreeWidget()
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setHeaderLabels([resources.text(f"variation.words.column_{column}") for column in columns])
    tree.setAccessibleName(resources.text(f"variation.words.column_{columns[0]}"))
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.setTextElideMode(Qt.TextElideMode.ElideRight)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in range(1, len(columns)):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return tree
