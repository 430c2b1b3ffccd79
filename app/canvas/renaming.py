"""Renaming in place: a line edit over the title of a card or section."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

import resources
from app.canvas import naming
from app.canvas.board import Board
from app.canvas.page_kinds import named
from app.canvas.viewport import DiagramView
from app.drawing import strokes
from flow_models.document.edits.following import retitle
from flow_models.document.elements import Element
from flow_models.geometry.cards import TITLE_HEIGHT
from flow_models.geometry.frames import TITLE_ROW


class TitleEdit(QLineEdit):
    """Takes a new title; Enter and leaving keep it, Escape does not."""

    def __init__(self, view: DiagramView, text: str, done: Callable[[str], None]) -> None:
        super().__init__(text, view.viewport())
        self._done: Callable[[str], None] | None = done
        self._view = view
        self.setMaxLength(200)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Escape; the rest is typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish(keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._finish(keep=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed when something else is clicked; a menu of the edit's own keeps it open."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._finish(keep=True)

    def _finish(self, *, keep: bool) -> None:
        # Hiding takes the keyboard away, which would finish a second time.
        done, self._done = self._done, None
        if done is None:
            return
        text = self.text()
        # First: a widget that hides with the keyboard hands it on, and the view would go to the next card.
        self._view.setFocus()
        self.hide()
        self.deleteLater()
        if keep:
            done(text)


def rename(board: Board, view: DiagramView, element: Element) -> TitleEdit | None:
    """Open a line edit over the title of a page or section; `None` if the element has none on the canvas.

    Args:
        board: The board.
        view: Where the line edit appears.
        element: What is renamed.
    """
    layout = board.layout
    if element.kind == "page" and element.id in layout.cards:
        rect = layout.cards[element.id].rect
        area = strokes.qrect(rect._replace(height=TITLE_HEIGHT)).adjusted(4, 4, -4, -2)
        title = board.flow.pages_by_id[element.id].title
        size = 12
    elif element.kind == "section" and element.id in layout.frames:
        bar = layout.frames[element.id].bar
        area = strokes.qrect(bar._replace(height=TITLE_ROW)).adjusted(6, 2, -6, 2)
        title = board.flow.sections_by_id[element.id].title
        size = 13
    else:
        return None
    view.bring(area)

    def keep(text: str) -> None:
        if text.strip() == title.strip():
            return
        flow = board.flow
        made = named(flow, element.id, text) if element.kind == "page" else retitle(flow, element, text)
        board.session.edit(made, naming.rename_label(flow, element, text))

    edit = TitleEdit(view, title, keep)
    edit.setAccessibleName(resources.text("canvas.rename"))
    font = strokes.font(max(11, round(size * view.zoom)), bold=True)
    edit.setFont(font)
    place = view.mapFromScene(area).boundingRect()
    place.setHeight(max(place.height(), edit.sizeHint().height()))
    place.setWidth(max(place.width(), 140))
    edit.setGeometry(place)
    edit.show()
    edit.setFocus()
    return edit
