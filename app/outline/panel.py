"""The outline panel: a tree with a search line, sharing the selection, renaming in place."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QLineEdit, QTreeView, QVBoxLayout, QWidget

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.outline.arranging import KEYS, Arranging
from app.outline.model import KIND, NAME, OutlineModel
from app.outline.nodes import Node, TreeBuilder
from app.outline.removal import can_go, without
from app.words.elements import title_of
from app.words.steps import placed
from flow_models.document.edits.following import retitle
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

REFRESH_MS = 40
"""Edits closer together than this, such as a drag, refresh the tree once."""

WITH_KINDS = 300
"""Pixels across from which on the outline has a column with the kinds."""

_DETAILS = ("block", "transition")

OPEN_LIMIT = 80
"""Up to so many pages the groups and sections start unfolded."""


class OutlinePanel(QWidget):
    """The whole flow as a tree."""

    said = Signal(str)

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        # The tree and the selection tell each other: who follows does not answer.
        self._is_following = False
        self._builder = TreeBuilder()
        self._model = OutlineModel(self._builder.tree_of(session.flow), self.palette())
        self._model.renamed.connect(self._rename)
        self._proxy = QSortFilterProxyModel(self, recursiveFilteringEnabled=True)
        # A page that is found shows its blocks, though their words do not fit.
        self._proxy.setAutoAcceptChildRows(True)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setSourceModel(self._model)
        self.filter_line = QLineEdit(clearButtonEnabled=True)
        self.filter_line.setPlaceholderText(resources.text("shell.outline.filter"))
        self.filter_line.setAccessibleName(resources.text("shell.outline.filter"))
        self.tree = self._made_tree()
        self._nothing = QLabel(resources.text("shell.outline.empty"), alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("role", "muted")
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        for widget in (self.filter_line, self._nothing, self.tree):
            layout.addWidget(widget)
        self.arranging = Arranging(session, selection, self.tree, self._line_at)
        self.arranging.said.connect(self.said)
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        self._connect()
        self._unfold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the names where there is little: icons, tips and screen readers tell the kinds as well."""
        super().resizeEvent(event)
        self.tree.setColumnHidden(KIND, event.size().width() < WITH_KINDS)

    def focus_filter(self) -> None:
        """Put the keyboard into the search line."""
        self.filter_line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_line.selectAll()

    def refresh(self) -> None:
        """Show the flow as it is now."""
        self._refresh.stop()
        # Lines that go and come again elsewhere lose their mark in Qt's tree, which is no choice of anybody's.
        self._is_following = True
        try:
            self._model.show(self._builder.tree_of(self._session.flow))
        finally:
            self._is_following = False
        self._follow_selection()

    def _made_tree(self) -> QTreeView:
        tree = QTreeView(uniformRowHeights=True, allColumnsShowFocus=True, headerHidden=False)
        # The height of a row is measured once, so the style has to be there first.
        tree.ensurePolished()
        tree.setModel(self._proxy)
        tree.setAccessibleName(resources.text("shell.panel.outline"))
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        tree.setIndentation(12)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(60)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(KIND, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(KIND, 80)
        return tree

    def _connect(self) -> None:
        self._session.flow_changed.connect(self._flow_changed)
        self._session.opened.connect(self._opened)
        self._selection.changed.connect(self._selection_changed)
        self._selection.revealed.connect(self._reveal)
        self.filter_line.textChanged.connect(self._filter)
        self.filter_line.returnPressed.connect(self._enter_tree)
        self.tree.selectionModel().selectionChanged.connect(self._tree_selected)
        self.tree.activated.connect(self._activated)
        for name, keys, slot in (
            ("outline_open", ("Return", "Enter"), self._open_current),
            ("outline_rename", (), self._rename_current),
            ("outline_delete", ("Del",), self._delete),
            *((f"outline_{way}", (keys,), self._moving(way)) for way, keys in KEYS.items()),
        ):
            action = QAction(resources.text(f"shell.action.{name}"), self.tree)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.tree.addAction(action)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _moving(self, way: str) -> Callable[[], object]:
        return lambda: self.arranging.move(way)

    def _line_at(self, point: QPoint) -> tuple[Node, QRect] | None:
        """Return the line under a point of the tree and where it is seen, across both columns."""
        index = self.tree.indexAt(point).siblingAtColumn(NAME)
        if not index.isValid():
            return None
        seen = self.tree.visualRect(index).united(self.tree.visualRect(index.siblingAtColumn(KIND)))
        return self._model.line_at(self._proxy.mapToSource(index)), seen

    def _open_current(self) -> None:
        self._activated(self.tree.currentIndex())

    def _rename_current(self) -> None:
        index = self.tree.currentIndex().siblingAtColumn(NAME)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.tree.edit(index)

    def _delete(self) -> None:
        """Remove what is selected as one step."""
        elements = [element for element in self._selection.elements if can_go(element)]
        if not elements:
            return
        label = resources.text("shell.outline.delete_many", count=len(elements))
        if len(elements) == 1:
            words = resources.text("shell.outline.delete_label", what=title_of(self._session.flow, elements[0]))
            label = placed(self._session.flow, words, elements[0])
        self._session.edit(without(self._session.flow, elements), label)

    def _flow_changed(self, _before: Flow, _after: Flow) -> None:
        self._refresh.start()

    def _opened(self) -> None:
        self.filter_line.clear()
        self.refresh()
        self._unfold()

    def _unfold(self) -> None:
        """Open the groups and, in a flow of ordinary size, its sections; pages stay folded."""
        self.tree.collapseAll()
        self.tree.expandToDepth(1 if len(self._session.flow.pages) <= OPEN_LIMIT else 0)
        for group in range(self._proxy.rowCount()):
            top = self._proxy.index(group, NAME)
            for row in range(self._proxy.rowCount(top)):
                index = self._proxy.index(row, NAME, top)
                element = self._element(index)
                if element is None or element.kind != "section":
                    self.tree.collapse(index)

    def _filter(self, text: str) -> None:
        self._proxy.setFilterFixedString(text)
        self._nothing.setVisible(self._proxy.rowCount() == 0)
        if text:
            self.tree.expandAll()
        else:
            self._unfold()
            self._follow_selection()

    def _enter_tree(self) -> None:
        """Go from the search line to the first line that it found, pages before what is on them, and show it."""
        found = list(self._matches(QModelIndex()))
        if not found:
            return
        index, element = min(found, key=lambda match: match[1].kind in _DETAILS)
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tree.setCurrentIndex(index)
        self._selection.reveal(element)
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _matches(self, above: QModelIndex) -> Iterator[tuple[QModelIndex, Element]]:
        """Yield the lines whose own titles hold what is searched for, from top to bottom."""
        wanted = self.filter_line.text().casefold()
        for row in range(self._proxy.rowCount(above)):
            index = self._proxy.index(row, NAME, above)
            element = self._element(index)
            if element is not None and wanted in str(index.data()).casefold():
                yield index, element
            yield from self._matches(index)

    def _element(self, index: QModelIndex) -> Element | None:
        return self._model.element_at(self._proxy.mapToSource(index))

    def _tree_selected(self, _on: QItemSelection, _off: QItemSelection) -> None:
        if self._is_following:
            return
        chosen = [self._element(index) for index in self.tree.selectionModel().selectedRows(NAME)]
        current = self._element(self.tree.currentIndex())
        elements = [element for element in chosen if element is not None]
        if current in elements:
            elements.remove(current)
            elements.append(current)
        self._is_following = True
        try:
            self._selection.select(*elements)
        finally:
            self._is_following = False

    def _selection_changed(self, _elements: Sequence[Element]) -> None:
        if self._refresh.isActive():
            self.refresh()
        else:
            self._follow_selection()

    def _follow_selection(self) -> None:
        """Mark the selected elements in the tree, without telling the selection again."""
        if self._is_following:
            return
        wanted = QItemSelection()
        last = QModelIndex()
        for element in self._selection.elements:
            index = self._proxy.mapFromSource(self._model.index_of(element))
            if index.isValid():
                wanted.select(index, index.siblingAtColumn(KIND))
                last = index
        self._is_following = True
        try:
            marks = self.tree.selectionModel()
            marks.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if last.isValid():
                marks.setCurrentIndex(last, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.tree.scrollTo(last)
        finally:
            self._is_following = False

    def _activated(self, index: QModelIndex) -> None:
        element = self._element(index)
        if element is not None:
            self._selection.reveal(element)

    def _reveal(self, element: Element) -> None:
        index = self._proxy.mapFromSource(self._model.index_of(element))
        if index.isValid():
            self.tree.scrollTo(index)

    def _rename(self, element: Element, title: str) -> None:
        title = title.strip()
        if not title:
            return
        before = title_of(self._session.flow, element)
        words = resources.text("shell.outline.rename", before=before, what=title)
        label = placed(self._session.flow, words, element)
        refused = self._session.attempt(lambda flow: retitle(flow, element, title), label)
        if refused:
            self.said.emit(refused)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new colours when the palette changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._model.set_palette(self.palette())
        super().changeEvent(event)
