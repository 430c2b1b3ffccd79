"""The palette of blocks: a pop-up with a line to search by above the tiles of all kinds.

Enter or a click adds the kind, dragging brings it to its place; Escape closes. While one drags, the pop-up is away, so
that it covers no place to which one drags.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QDrag, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

import resources
from app.blocks.dragging import data_of
from app.blocks.grid import TileGrid
from app.blocks.offering import offered
from app.widgets.popups import show_under
from app.words.elements import block_word

_MARGIN = 8
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class BlockPalette(QFrame):
    """Opens under what asks for it; `chosen` gets the kind that is to be added."""

    def __init__(self, parent: QWidget, chosen: Callable[[str], object]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._source = parent
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(resources.text("shell.palette.title"))
        self._chosen = chosen
        self.search = QLineEdit(self, clearButtonEnabled=True)
        self.search.setPlaceholderText(resources.text("shell.palette.search"))
        self.search.setAccessibleName(resources.text("shell.palette.search"))
        self.search.installEventFilter(self)
        self.grid = TileGrid(self)
        self.grid.setAccessibleName(resources.text("shell.palette.title"))
        self.nothing = QLabel(resources.text("shell.palette.nothing"), self, wordWrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.help = QLabel(resources.text("shell.palette.help"), self, wordWrap=True)
        self.help.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN // 2)
        for widget in (self.search, self.grid, self.nothing, self.help):
            column.addWidget(widget, int(widget in (self.grid, self.nothing)))
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(lambda: self._take(self.grid.current()))
        self.grid.chosen.connect(self._take)
        self.grid.dragged.connect(self._drag)
        self.grid.moved.connect(self._say)
        self._find("")

    def open_under(self, widget: QWidget) -> None:
        """Show the palette under a button, with the keyboard in the search."""
        show_under(self, widget)
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def sizeHint(self) -> QSize:
        """Return the size in which all tiles are seen."""
        tiles, bar = self.grid.content_size(), self.grid.verticalScrollBar().sizeHint().width()
        width = tiles.width() + bar + 2 * (_MARGIN + self.frameWidth())
        rest = self.search.sizeHint().height() + self.help.heightForWidth(width - 2 * _MARGIN) + _MARGIN
        return QSize(width, tiles.height() + rest + 2 * (_MARGIN + self.frameWidth()) + 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk over the tiles with the arrow keys while typing goes on."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _ARROWS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.grid.step(key)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def _find(self, typed: str) -> None:
        groups = offered(typed)
        self.grid.show_groups(groups)
        self.grid.setVisible(bool(groups))
        self.nothing.setVisible(not groups)

    def _take(self, kind: str) -> None:
        if kind:
            self.close()
            self._chosen(kind)

    def _drag(self, kind: str) -> None:
        """Let the drag go on without the pop-up, which would lie over where it is to go."""
        drag = QDrag(self._source)
        drag.setMimeData(data_of(kind))
        picture = self.grid.picture_of(kind)
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(-12, -12))
        self.hide()
        drag.exec(Qt.DropAction.CopyAction)
        self.close()

    def _say(self, kind: str) -> None:
        """Tell assistive technology which tile is current; the keyboard stays in the line above."""
        self.search.setAccessibleDescription(block_word(kind) if kind else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self.search, QAccessible.Event.DescriptionChanged))
