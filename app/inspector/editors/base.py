"""What every editor of a field does: show a value, tell edits, say when the person is done, take the keyboard.

An editor keeps what is being typed while the flow changes elsewhere: it takes a value only if that differs from the one
that it last showed or told.
"""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

import resources
from app.inspector.nodes import Row
from app.inspector.shared import Shared
from app.widgets.mouse_wheel import scrolls_by
from app.widgets.popups import ListBox

_UNSHOWN = object()


class FieldEditor(QWidget):
    """The editor of one field."""

    edited = Signal(object)
    """Carries the new value."""
    settled = Signal()
    """The person has finished with the field."""
    refused = Signal(str, str)
    """Carries `error` or `warning` and why what stands in the editor is not right; nothing once it is."""
    overflowed = Signal(str)
    """Carries in words that more was pasted than any field takes: none of it stands in the editor."""

    margins: ClassVar[tuple[int, int, int, int]] = (0, 0, 0, 0)

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shared = shared
        self.row = row
        self._told: object = _UNSHOWN
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*self.margins)
        self.column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def refresh(self, row: Row, value: object) -> None:
        """Follow the flow: take a changed description and, if it is not what was told, the value."""
        self.row = row
        self.follow()
        if self._told is _UNSHOWN or value != self._told or type(value) is not type(self._told):
            self._told = value
            # Showing is no editing, but most widgets tell both alike.
            blocker = QSignalBlocker(self)
            self.show_value(value)
            blocker.unblock()
            self.refused.emit("", "")

    def follow(self) -> None:
        """Take what else the editor depends on from the row and the flow."""

    def show_value(self, value: object) -> None:
        """Put a value into the widgets."""
        raise NotImplementedError

    def tell(self, value: object) -> None:
        """Tell a new value."""
        self._told = value
        self.refused.emit("", "")
        self.edited.emit(value)

    def hold(self, value: object) -> None:
        """Keep what was typed although the flow refused it and still holds this value; another value replaces it."""
        self._told = value

    def watch(self, area: "PlainArea") -> None:
        """Say in words when more is pasted into an area than it takes."""
        area.overflowed.connect(self._overflowed)

    def _overflowed(self, count: int) -> None:
        self.overflowed.emit(resources.text("inspector.paste_too_long", count=f"{count:,}", limit=f"{MOST_PASTED:,}"))

    def forget(self) -> None:
        """Show the flow's value again at the next refresh, whatever was told."""
        self._told = _UNSHOWN

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self

    def name_for_readers(self, name: str, description: str) -> None:
        """Say to screen readers what the editor is for."""
        self.target().setAccessibleName(name)
        self.target().setAccessibleDescription(description)


def is_history(event: QEvent) -> bool:
    """Say whether a key means undo or redo, which are the document's and not the editor's."""
    return isinstance(event, QKeyEvent) and (
        event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    )


MOST_PASTED = 20_000
"""Characters; twice the longest text that a site can hold."""

MOST_TYPED = 2**31 - 1
"""Characters that Qt lets a line have: what is too long is refused in words, never cut off."""


class PlainLine(QLineEdit):
    """A line whose undo is the document's."""

    left = Signal()
    """The keyboard went elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(MOST_TYPED)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        # Before a key becomes a shortcut, Qt asks the widget with the keyboard; a line says yes for its own undo.
        if event.type() == QEvent.Type.ShortcutOverride and is_history(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the window."""
        if is_history(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere, but for menus and other windows."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def show_text(self, text: str) -> None:
        """Put a text in, with the cursor kept as far as it goes."""
        if text != self.text():
            position = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(position if self.hasFocus() else 0)


class PlainArea(QPlainTextEdit):
    """A text area that grows with its text, with the document's undo, left by Tab."""

    left = Signal()
    overflowed = Signal(int)
    """Carries how many characters were to be pasted: more than any field takes, and than can be laid out soon."""

    def __init__(self, lines: int = 1, most: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, most
        # The document's history would be a second one beside the flow's.
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def _fit(self) -> None:
        """Take the height that the text needs, within bounds."""
        lines = max(self._lines, min(self._most, self._count()))
        height = lines * self.fontMetrics().lineSpacing() + 2 * int(self.document().documentMargin()) + 12
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            # In the midst of a resize, the layouts around do not hear of it.
            QTimer.singleShot(0, self, self.updateGeometry)

    def _count(self) -> int:
        """Return how many lines the text takes, as far as they can be shown."""
        count, block = 0, self.document().firstBlock()
        while block.isValid() and count < self._most:
            # Asked for its height, a block finds its breaks; until it is drawn the document counts it as one line.
            self.blockBoundingRect(block)
            count += max(1, block.layout().lineCount())
            block = block.next()
        return count

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again when the lines break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit again when the letters change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and is_history(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the window."""
        if is_history(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, but leave on the clipboard what is far too long."""
        length = len(source.text())
        if length > MOST_PASTED:
            self.overflowed.emit(length)
        else:
            super().insertFromMimeData(source)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text only if it is longer than its place; else let the form scroll."""
        if self.verticalScrollBar().maximum() > 0 and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere, but for menus and other windows."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def lines(self) -> list[str]:
        """Return the text line by line: what Return parts, and no character inside a line."""
        block, found = self.document().begin(), []
        while block.isValid():
            found.append(block.text())
            block = block.next()
        return found

    def show_text(self, text: str) -> None:
        """Put a text in, with the cursor kept as far as it goes."""
        if text != self.toPlainText():
            position = self.textCursor().position()
            self.setPlainText(text)
            cursor = self.textCursor()
            cursor.setPosition(min(position, len(text)))
            self.setTextCursor(cursor)


def index_of(value: object, values: Sequence[object]) -> int:
    """Return where a value is among values of its own type, -1 if it is not: to Python 1 and True are equal."""
    return next((index for index, one in enumerate(values) if one == value and type(one) is type(value)), -1)


class Picker(ListBox):
    """A drop-down that tells what a person chose, and is narrow if it must."""

    chosen = Signal(int)
    """Carries the entry that a person chose; choosing what stands there already is no choice."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stood = -1
        self.activated.connect(self._activated)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumWidth(56)
        if name:
            self.setAccessibleName(name)

    def setCurrentIndex(self, index: int) -> None:
        """Show an entry."""
        super().setCurrentIndex(index)
        self._stood = index

    def _activated(self, index: int) -> None:
        if index != self._stood:
            self._stood = index
            self.chosen.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # the whole box is painted
        """Shorten what is chosen to the box; the whole of it is in the tooltip."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        words = option.currentText or self.placeholderText()
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width() - 6
        room -= 0 if option.currentIcon.isNull() else option.iconSize.width() + 6
        option.currentText = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        self.setToolTip(words if words != option.currentText else "")


class Counter(QSpinBox):
    """A whole number that lets the form scroll by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scrolls_by(self)
        self.lineEdit().setTextMargins(5, 0, 0, 0)


class Measure(QDoubleSpinBox):
    """A number with places that lets the form scroll by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scrolls_by(self)
        self.lineEdit().setTextMargins(5, 0, 0, 0)
