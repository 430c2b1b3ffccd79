"""Small popups over the canvas: which kind of page to add, and which page to connect to."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

import resources
from app.theme import icon

_KIND_ICONS = {
    "page": "page",
    "form": "form",
    "list": "list",
    "details": "details",
    "confirmation": "success",
    "dialog": "dialog",
}


def kinds_menu(parent: QWidget, kinds: Sequence[str], chosen: Callable[[str], None]) -> QMenu:
    """Return a menu of page kinds, the likeliest first and in bold; it deletes itself when it closes."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(resources.text("canvas.page_kind.question")).setEnabled(False)
    menu.addSeparator()
    for index, kind in enumerate(kinds):
        action = menu.addAction(
            icon(_KIND_ICONS[kind], parent.palette()), resources.text(f"canvas.page_kind.{kind}.name")
        )
        action.setData(kind)
        action.triggered.connect(lambda _checked=False, kind=kind: chosen(kind))
        if index == 0:
            bold = action.font()
            bold.setBold(True)
            action.setFont(bold)
            menu.setDefaultAction(action)
            menu.setActiveAction(action)
    return menu


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
        """Show the popup at a place of the screen."""
        self.move(place)
        self.show()
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
