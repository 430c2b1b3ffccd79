"""Small popups over the canvas: the name and kind of a page to add, and which page to connect to."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

import resources
from app.canvas.page_kinds import ICONS
from app.theme import icon
from app.widgets.popups import show_at


class NewPage(QFrame):
    """A line for a new page's name above the kinds of page; the name chooses one as long as nobody else does.

    Enter or a click on a kind makes the page; so does a click elsewhere once there is a name. Escape makes none.
    """

    closed = Signal()

    def __init__(
        self,
        parent: QWidget,
        kinds: Sequence[str],
        promised: Callable[[str], str],
        chosen: Callable[[str, str], None],
    ) -> None:
        """Make the popup.

        Args:
            parent: The widget that it belongs to.
            kinds: The kinds, the likeliest first.
            promised: Returns the kind that a name promises; `page` if none in particular.
            chosen: Called with kind and name.
        """
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._promised = promised
        self._chosen = chosen
        self._kinds = tuple(kinds)
        self._is_done = False
        self._is_picked = False
        self.name = QLineEdit(self)
        self.name.setMaxLength(200)
        self.name.setPlaceholderText(resources.text("canvas.page_kind.name"))
        self.name.setAccessibleName(resources.text("canvas.page_kind.name"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(resources.text("canvas.page_kind.question"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in self._kinds:
            words = resources.text(f"canvas.page_kind.{kind}.name")
            item = QListWidgetItem(icon(ICONS[kind], parent.palette()), words, self.list)
            item.setData(Qt.ItemDataRole.UserRole, kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.name)
        column.addWidget(self.list)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * self.list.count() + 2 * self.list.frameWidth())
        self.name.textChanged.connect(self._suggest)
        self.name.returnPressed.connect(self._take)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.resize(max(260, self.list.sizeHintForColumn(0) + 40), self.sizeHint().height())

    def open_at(self, place: QPoint) -> None:
        """Show the popup at a place of the screen, all of it on the screen."""
        show_at(self, place)
        self.name.setFocus()

    def pick(self, kind: str) -> None:
        """Choose a kind, whatever the name says."""
        self._is_picked = True
        self.list.setCurrentRow(self._kinds.index(kind))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows walk the kinds while one types; Escape closes."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            row = max(0, min(len(self._kinds) - 1, self.list.currentRow() + step))
            self.pick(self._kinds[row])
        elif event.key() == Qt.Key.Key_Escape:
            self._is_done = True
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lose no name that was typed."""
        if not self._is_done and self.name.text().strip():
            self._make()
        self.closed.emit()
        super().closeEvent(event)

    def _suggest(self, name: str) -> None:
        if not self._is_picked:
            kind = self._promised(name)
            self.list.setCurrentRow(self._kinds.index(kind) if kind != "page" else 0)

    def _take(self) -> None:
        self._make()
        self.close()

    def _make(self) -> None:
        self._is_done = True
        self._chosen(self._kinds[self.list.currentRow()], self.name.text())


class PagePicker(QFrame):
    """A list of pages that typing narrows; Enter or a click chooses."""

    def __init__(self, parent: QWidget, pages: Sequence[tuple[str, str]], chosen: Callable[[str], None]) -> None:
        """Make the popup.

        Args:
            parent: The widget that it belongs to.
            pages: (id, title) of the pages to choose from.
            chosen: Called with the id.
        """
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._chosen = chosen
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(resources.text("canvas.pick.search"))
        self.search.setAccessibleName(resources.text("canvas.pick.search"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(resources.text("canvas.pick.pages"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.search)
        column.addWidget(self.list)
        for page, title in pages:
            item = QListWidgetItem(title or resources.text("canvas.untitled"), self.list)
            item.setData(Qt.ItemDataRole.UserRole, page)
        self.list.setCurrentRow(0)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._take)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.resize(260, 300)

    def open_at(self, place: QPoint) -> None:
        """Show the popup at a place of the screen, all of it on the screen."""
        show_at(self, place)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows walk the list while one types; Escape closes."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            if event.key() == Qt.Key.Key_Escape:
                self.close()
            return
        rows = [row for row in range(self.list.count()) if not self.list.item(row).isHidden()]
        if rows:
            here = rows.index(self.list.currentRow()) if self.list.currentRow() in rows else 0
            self.list.setCurrentRow(rows[max(0, min(len(rows) - 1, here + step))])

    def _narrow(self, text: str) -> None:
        shown = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(text.casefold() not in item.text().casefold())
            shown += [] if item.isHidden() else [row]
        if shown:
            self.list.setCurrentRow(shown[0])

    def _take(self, _item: QListWidgetItem | None = None) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            page = str(item.data(Qt.ItemDataRole.UserRole))
            self.close()
            self._chosen(page)
