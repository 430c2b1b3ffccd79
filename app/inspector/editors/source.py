"""The field for formulas and texts with formulas: checks while typing, underlines what is wrong, completes names."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QStandardItem, QStandardItemModel, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextEdit,
    QWidget,
)

import resources
from app.inspector.completing import NOTHING, Completion, completions
from app.inspector.editors.base import PlainArea
from app.theme import colours_of
from app.widgets.popups import anchor_of, show_list
from flow_models.document.places import Place
from flow_models.document.wording import Titles
from flow_models.formulas import Error, parse, parse_template

DETAIL = int(Qt.ItemDataRole.UserRole) + 1


class SourceEdit(PlainArea):
    """A formula, or a text with formulas in braces."""

    edited = Signal(str)
    checked = Signal(str, str)
    """Carries `error`, `warning` or nothing, and the sentence."""

    def __init__(self, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(lines, 10, parent)
        self._place: Place | None = None
        self._titles = Titles()
        self._is_template = False
        self._is_one_line = lines == 1
        self._is_quiet = False
        self._popup = QListView()
        self._completer = self._made_completer()
        self._start = 0
        self.textChanged.connect(self._changed)

    def show_source(self, source: str, place: Place | None, titles: Titles) -> None:
        """Show a source with what may be named in it."""
        self._place, self._titles = place, titles
        self._is_template = place is not None and place.template
        self.set_mono(not self._is_template)
        self._is_quiet = True
        self.show_text(source)
        self._is_quiet = False
        self.check()

    def set_mono(self, is_mono: bool) -> None:
        """Choose letters of one width, as for formulas."""
        font = self.font()
        families = ["DejaVu Sans Mono", "Menlo", "Consolas", "monospace"] if is_mono else []
        if font.families() != families and (is_mono or "DejaVu Sans Mono" in font.families()):
            font.setFamilies(families)
            self.setFont(font)

    def mistakes(self) -> tuple[Error, ...]:
        """Return what is wrong with the text as it stands, errors first."""
        if self._place is None:
            return ()
        source, place = self.toPlainText(), self._place
        if self._is_template:
            found = parse_template(source, place.scope).errors
        else:
            found = parse(source, place.scope, place.expected, place.choices).errors
        return tuple(sorted(found, key=lambda mistake: mistake.severity != "error"))

    def check(self) -> None:
        """Underline what is wrong and tell it."""
        mistakes = self.mistakes()
        self.setExtraSelections([self._underlined(mistake) for mistake in mistakes])
        if mistakes:
            first = mistakes[0]
            self.checked.emit(first.severity, resources.text(first.message_id, **dict(first.args)))
        else:
            self.checked.emit("", "")

    def insert(self, text: str) -> None:
        """Put a text at the cursor, as if it had been typed."""
        self.insertPlainText(text)
        self.setFocus()

    def _changed(self) -> None:
        if self._is_quiet:
            return
        self.edited.emit(self.toPlainText())
        self.check()

    def _underlined(self, mistake: Error) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        colour = QColor(getattr(colours_of(self.palette()), "warning" if mistake.severity == "warning" else "error"))
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(colour)
        cursor = self.textCursor()
        length = len(self.toPlainText())
        start = min(mistake.start, max(0, length - 1))
        cursor.setPosition(start)
        cursor.setPosition(min(max(mistake.end, start + 1), length), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, style
        return selection

    def changeEvent(self, event: QEvent) -> None:
        """Underline in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.check()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Keep Tab for the completion while one is offered."""
        return False if self._popup.isVisible() else super().focusNextPrevChild(is_next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose completions; Enter ends a formula and what is one line on the page, and breaks a longer text."""
        key = event.key()
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._popup.isVisible() and (is_enter or key in (Qt.Key.Key_Tab, Qt.Key.Key_Escape)):
            self._choose(is_taken=key != Qt.Key.Key_Escape)
        elif key == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._offer(asked=True)
        elif is_enter and (self._is_one_line or not self._is_template):
            self._popup.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)
            self._typed(event)

    def _choose(self, *, is_taken: bool) -> None:
        """Take the completion that is marked, or none, and offer no more."""
        if is_taken and self._popup.currentIndex().isValid():
            self._complete(self._popup.currentIndex())
        self._popup.hide()

    def _typed(self, event: QKeyEvent) -> None:
        """Offer completions for what was typed; a key that types nothing, such as an arrow, ends the offer."""
        if not event.text():
            self._popup.hide()
        elif event.text().isprintable() or event.key() == Qt.Key.Key_Backspace:
            self._offer(asked=False)

    def _made_completer(self) -> QCompleter:
        completer = QCompleter(self)
        view = self._popup
        view.setUniformItemSizes(True)
        completer.setPopup(view)
        view.setItemDelegate(_Detailed(view))  # setPopup puts one of its own there
        completer.setWidget(self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(9)
        completer.setModel(QStandardItemModel(completer))
        view.clicked.connect(self._complete)
        return completer

    def _offer(self, *, asked: bool) -> None:
        """Show what can stand at the cursor."""
        place = self._place
        found = NOTHING
        if place is not None:
            position = self.textCursor().position()
            source = self.toPlainText()
            found = completions(place.scope, self._titles, source, position, template=self._is_template, asked=asked)
        popup = self._popup
        if not found.items:
            popup.hide()
            return
        model = QStandardItemModel(self._completer)
        for item in found.items:
            entry = QStandardItem(item.text)
            entry.setData(item.detail, DETAIL)
            entry.setAccessibleText(f"{item.text}, {item.detail}")
            model.appendRow(entry)
        self._completer.setModel(model)
        self._start = found.start
        where = QRect(self.cursorRect())
        where.setWidth(max(260, self.width()))
        where.moveLeft(0)
        self._completer.complete(where)
        popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        show_list(popup, anchor_of(self.viewport(), self.cursorRect()), self._detailed_width(found.items))

    def _detailed_width(self, items: Sequence[Completion]) -> int:
        """Return the width in which every completion can be read with what it is."""
        metrics = self._popup.fontMetrics()
        return max(metrics.horizontalAdvance(item.text + item.detail) for item in items) + 44

    def _complete(self, index: QModelIndex) -> None:
        text = str(index.data())
        cursor = self.textCursor()
        cursor.setPosition(self._start, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self.setTextCursor(cursor)


class _Detailed(QStyledItemDelegate):
    """Draws a completion with what it is, in a weaker colour behind it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        """Draw the text at the left and the detail at the right."""
        super().paint(painter, option, index)
        state: QStyle.StateFlag = option.state
        rectangle: QRect = option.rect
        detail = str(index.data(DETAIL) or "")
        used = option.fontMetrics.horizontalAdvance(str(index.data())) + 20
        colours = colours_of(option.palette)
        painter.save()
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(QColor(colours.on_selection if is_chosen else colours.muted))
        room = rectangle.adjusted(used, 0, -8, 0)
        words = option.fontMetrics.elidedText(detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        """Give each line some air."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + 4)
