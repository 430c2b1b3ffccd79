"""The inspector panel: the form of what is selected, kept in step with the flow, the selection and the problems."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.inspector.blocktree import BlockTree
from app.inspector.form import Column, FoldWidget
from app.inspector.forms.choosing import form_of, formed
from app.inspector.forms.parts import item
from app.inspector.grid import RowGrid
from app.inspector.head import Head
from app.inspector.keeping import Spot, go_to, spot_of
from app.inspector.looks import style_sheet
from app.inspector.nodes import Items, Node, Note
from app.inspector.remarks import NONE, Remark, Remarks, remark_of
from app.inspector.rows import RowWidget
from app.inspector.shared import Shared
from app.theme import Colours, colours_of
from app.words.elements import exists
from flow_models.document.edits.parts import INNER
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

SETTLING_MS = (0, 40)
"""When a form that was just made is measured and scrolled: once, and again when its lines have found their breaks."""

NARROWEST, COMFORTABLE = 340, 400
"""Widths in pixels: the least that a form needs, and the one it asks for."""

MARGIN = 90
"""Pixels that stay visible around a revealed field."""


class InspectorPanel(QWidget):
    """Forms for whatever is selected."""

    said = Signal(str)

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self.shared = Shared(session, selection, self)
        self._remarks = Remarks(self.shared, self)
        self.shared.said.connect(self.said)
        self.shared.remarked.connect(lambda: self._remarks.show_remarks(self._to_say()))
        self._shown: Element | None = None
        self._own: tuple[Remark, ...] = ()
        self._looks: tuple[Colours, float] | None = None
        self._head = Head(self.shared, self)
        body = QWidget()
        self._inner = body
        self._column = Column(self.shared, body)
        body.setObjectName("inspector_form")
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(12, 10, 12, 16)
        self._body.addWidget(self._column)
        self._body.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(resources.text("shell.panel.inspector"))
        self.area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.area, 1)
        layout.addWidget(self._remarks)
        self._remarks.left.connect(lambda: self.area.setFocus(Qt.FocusReason.OtherFocusReason))
        self.setMinimumWidth(NARROWEST)
        self._paint()
        session.flow_changed.connect(self._flow_changed)
        session.opened.connect(self.refresh)
        session.problems_changed.connect(lambda _problems: self._show_problems())
        selection.changed.connect(lambda _elements: self.refresh())
        selection.revealed.connect(self.reveal)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Return the width in which forms read well."""
        return QSize(COMFORTABLE, 700)

    def refresh(self) -> None:
        """Show the selected element as it is now."""
        spot = spot_of(QApplication.focusWidget(), self._column)
        chosen = [element for element in self._selection.elements if exists(self._session.flow, element)]
        several = len(chosen) > 1
        element = None if several else formed(self._session.flow, chosen[0] if chosen else None)
        if element != self._shown:
            self._finish_typing()
            if element is not None and not exists(self._session.flow, element):
                return
        nodes = self._several(chosen) if element is None else form_of(self.shared, element)
        self._show(element, nodes, spot)

    def reveal(self, element: Element) -> None:
        """Scroll to the very field of an element and put the keyboard there."""
        if not exists(self._session.flow, element):
            return
        if element.kind == "row":
            for grid in self._column.findChildren(RowGrid):
                grid.reveal_row(element.id)
                self._scroll_to(grid)
            return
        row = self._row_for(element)
        if row is None:
            self._column.fill(element)
            row = self._row_for(element)
        if row is None:
            return
        self._unfold(row)
        if element.field or element.kind in INNER:
            row.focus()
        for delay in SETTLING_MS:
            QTimer.singleShot(delay, row, lambda: self._scroll_to(row))

    def rows(self) -> tuple[RowWidget, ...]:
        """Return the fields that the form shows."""
        return tuple(self._column.rows())

    def row(self, element: Element) -> RowWidget:
        """Return the field of an element.

        Raises:
            KeyError: The form does not show it.
        """
        for row in self._column.rows():
            if row.row.at == element:
                return row
        raise KeyError(element)

    def tree(self) -> BlockTree | None:
        """Return the tree of blocks, if the form shows one."""
        return self._column.findChild(BlockTree)

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._paint()

    def _paint(self) -> None:
        colours, points = colours_of(self.palette()), self.font().pointSizeF()
        if (colours, points) != self._looks:
            is_first = self._looks is None
            self._looks = (colours, points)
            self.setStyleSheet(style_sheet(colours, points))
            if not is_first:
                self._shown = None
                self.refresh()

    def _flow_changed(self, _before: Flow, _after: Flow) -> None:
        self.refresh()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Begin a step of the history when the keyboard comes to another field."""
        row = _row_around(new)
        if row is not None and row is not _row_around(old):
            row.begin()
            self._remarks.lead(self._to_say())

    def _finish_typing(self) -> None:
        """Take the keyboard from a field before its form goes, so that what was typed is stored by then."""
        focused = self.focusWidget()
        if focused is not None and self._column.isAncestorOf(focused):
            row = _row_around(focused)
            if row is not None and focused is not QApplication.focusWidget():
                # Behind another window, such as that of Ctrl+K, no field is told that the keyboard goes.
                row.editor.settled.emit()
            focused.clearFocus()

    def _several(self, chosen: list[Element]) -> tuple[Node, ...]:
        """Return what stands there while several elements are selected."""
        flow = self._session.flow
        items = tuple(item(flow, element) for element in chosen)
        return (
            Note("several", resources.text("inspector.several_note")),
            Items("several", items),
        )

    def _show(self, element: Element | None, nodes: tuple[Node, ...], spot: Spot | None) -> None:
        """Show a form; another element's starts at its top. The keyboard stays where it was, as far as that is."""
        self._fill(element, nodes)
        if spot is not None and spot_of(QApplication.focusWidget(), self._column) != spot:
            self._keep_keyboard(spot)

    def _keep_keyboard(self, spot: Spot) -> None:
        """Put the keyboard back into the form after its place was made anew: never into the canvas."""
        if not go_to(spot, self._column):
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        focused = self.focusWidget()
        if focused is not None:
            for delay in SETTLING_MS:
                QTimer.singleShot(delay, focused, lambda: self._scroll_to(focused))

    def _fill(self, element: Element | None, nodes: tuple[Node, ...]) -> None:
        if element != self._shown or element is None:
            old = self._column
            old.hide()
            self._column = Column(self.shared, self._inner)
            self._body.replaceWidget(old, self._column)
            self._column.show_nodes(nodes)
            self._column.show()
            column = self._column
            for delay in SETTLING_MS:
                QTimer.singleShot(delay, column, lambda: _settle(column))
            old.deleteLater()
            self.area.verticalScrollBar().setValue(0)
            self._shown = element
        else:
            self._column.show_nodes(nodes)
        self._column.refresh_own()
        count = len(self._selection.elements)
        self._head.show_element(element, resources.text("inspector.several", count=count) if element is None else "")
        self._show_problems()

    def _show_problems(self) -> None:
        """Show beside each field what the checks say about it."""
        found = [(problem.elements[0], problem) for problem in self._session.problems if problem.elements]
        # Problems come the worst first; read backwards, the worst of each field is the one that stays.
        worst = dict(reversed(found))
        rows = {row.row.at: row for row in self._column.rows()}
        for at, row in rows.items():
            row.complain(worst.get(at))
        others = (problem for element, problem in found if element not in rows and self._is_shown(element))
        self._own = tuple(remark_of(problem) for problem in others)
        self._remarks.show_remarks(self._to_say())

    def _to_say(self) -> tuple[Remark, ...]:
        """Return what there is to say: first about the field with the keyboard, then about the whole, then the rest."""
        here = _row_around(self.focusWidget())
        rows = sorted(self._column.rows(), key=lambda row: row is not here)
        said = [row.remark() for row in rows]
        first = said[:1] if here is not None else []
        found: dict[tuple[str, str], Remark] = {}
        for remark in (*first, *self._own, *said):
            found.setdefault(remark.key, remark)
        found.pop(NONE.key, None)
        return tuple(found.values())

    def _is_shown(self, element: Element) -> bool:
        return self._shown is not None and element._replace(field="") == self._shown

    def _row_for(self, element: Element) -> RowWidget | None:
        """Return the field that shows a path: the same one, else the closest around or inside it."""
        best: tuple[int, RowWidget] | None = None
        for row in self._column.rows():
            at = row.row.at
            if (at.kind, at.id) != (element.kind, element.id):
                continue
            wanted, found = element.field.split("."), at.field.split(".")
            shared = 0
            for one, other in zip(wanted, found, strict=False):
                if one != other:
                    break
                shared += 1
            if element.field and shared == 0:
                continue
            score = shared * 100 - len(found)
            if best is None or score > best[0]:
                best = (score, row)
        return None if best is None else best[1]

    def _unfold(self, widget: QWidget) -> None:
        """Open everything around a widget."""
        for fold in _folds_around(widget):
            fold.open(True)

    def _scroll_to(self, widget: QWidget) -> None:
        inner = self._inner
        self._body.activate()
        where = QRect(widget.mapTo(inner, widget.rect().topLeft()), widget.size())
        self.area.ensureVisible(where.left(), where.bottom(), 0, MARGIN)
        self.area.ensureVisible(where.left(), where.top(), 0, MARGIN)


def _folds_around(widget: QWidget) -> Iterator[FoldWidget]:
    """Yield the sections and cards around a widget."""
    above: QWidget | None = widget
    while above is not None:
        if isinstance(above, FoldWidget):
            yield above
        above = above.parentWidget()


def _row_around(widget: QWidget | None) -> RowWidget | None:
    """Return the field in which a widget is."""
    while widget is not None and not isinstance(widget, RowWidget):
        widget = widget.parentWidget()
    return widget


def _settle(column: Column) -> None:
    """Let all parts of a new form be measured again: areas have found the breaks of their lines by their widths.

    What a layout hears of while it is at work it forgets, and would find out later, under somebody's pointer.
    """
    for part in reversed([column, *column.findChildren(QWidget)]):
        part.updateGeometry()
