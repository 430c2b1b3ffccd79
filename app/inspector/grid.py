"""The starting rows of a table in a grid: typed into, added, removed, and pasted from a spreadsheet."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

import resources
from app.inspector.editors.operand import small_button
from app.inspector.editors.stored import LISTED, value_options
from app.inspector.pasting import cells_of, pasted
from app.inspector.shared import Shared
from app.inspector.stored import UnfitError, parsed, shown
from app.theme import colours_of
from app.widgets.columns import fit_columns
from app.widgets.popups import ListBox
from app.words.elements import title_of_part
from flow_models.document.base import Literal_
from flow_models.document.data import Column, Row, Table
from flow_models.document.edits.data import add_row, move_row, remove_rows, set_cell
from flow_models.document.edits.ids import new_id
from flow_models.document.flow import Flow

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MOST_LINES = 9


class RowModel(QAbstractTableModel):
    """The rows of one table as cells."""

    def __init__(self, shared: Shared, table_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._table_id = table_id
        self._table = shared.flow.tables_by_id[table_id]
        self.refusal = ""

    @property
    def table(self) -> Table:
        """The table as it is shown."""
        return self._table

    def follow(self) -> None:
        """Show the table as it is now: single cells where only they changed, else everything."""
        table = self._shared.flow.tables_by_id.get(self._table_id)
        if table is None or table is self._table:
            return
        old, self._table = self._table, table
        same_rows = [row.id for row in old.rows] == [row.id for row in table.rows]
        if same_rows and old.columns == table.columns and table.rows and table.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(table.rows) - 1, len(table.columns) - 1))
            return
        # The views ask for the former shape until they hear of the change.
        self._table = old
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column, or the number of a row."""
        if orientation == Qt.Orientation.Horizontal and section < len(self._table.columns):
            column = self._table.columns[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return title_of_part(self._shared.flow, column)
            if role == Qt.ItemDataRole.ToolTipRole:
                return resources.text("inspector.grid.column_tip", name=column.name)
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1)
        return None

    def column(self, index: Index) -> Column:
        """Return the column of a cell."""
        return self._table.columns[index.column()]

    def value(self, index: Index) -> Literal_:
        """Return the stored value of a cell."""
        return self._table.rows[index.row()].values.get(self.column(index).id)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell as a person reads it."""
        if not index.isValid() or index.row() >= len(self._table.rows):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return shown(self._shared.flow, self.value(index), self.column(index).type)
        if role == Qt.ItemDataRole.TextAlignmentRole and self.column(index).type.kind in (
            "integer",
            "decimal",
            "money",
        ):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: ARG002  # all cells are alike
        """Every cell can be edited."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Store what was typed, if it is a value of the column."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        column, row = self.column(index), self._table.rows[index.row()]
        try:
            stored = parsed(self._shared.flow, str(value), column.type)
        except UnfitError as error:
            self.refusal = str(error)
            self._shared.said.emit(self.refusal)
            return False
        self.refusal = ""
        flow = self._shared.flow
        label = resources.text("inspector.step.cell", column=title_of_part(flow, column), row=title_of_part(flow, row))
        self._shared.attempt(lambda flow: set_cell(flow, self._table_id, row.id, column.id, stored), label)
        return True


class RowGrid(QWidget):
    """The grid with its buttons."""

    def __init__(self, shared: Shared, table_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._table_id = table_id
        self.model = RowModel(shared, table_id, self)
        self.view = _View(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(shared, self.model, self.view))
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("tone", "error")
        self.note.hide()
        self.add = QPushButton(resources.text("inspector.add.row"))
        self.paste = QPushButton(resources.text("inspector.grid.paste"))
        self.paste.setToolTip(resources.text("inspector.grid.paste_tip"))
        self.up = small_button("up", resources.text("inspector.grid.up"), self)
        self.down = small_button("down", resources.text("inspector.grid.down"), self)
        self.delete = small_button("delete", resources.text("inspector.grid.delete"), self)
        bar = QHBoxLayout()
        bar.setSpacing(2)
        for button in (self.add, self.paste):
            button.setProperty("role", "quiet")
            bar.addWidget(button)
        bar.addStretch(1)
        for small in (self.up, self.down, self.delete):
            bar.addWidget(small)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        # Above the rows: below them, each new row would take the button from under the pointer.
        layout.addLayout(bar)
        layout.addWidget(self.view)
        layout.addWidget(self.note)
        self.add.clicked.connect(self.add_row)
        self.paste.clicked.connect(self.paste_rows)
        self.delete.clicked.connect(self.remove_rows)
        self.up.clicked.connect(lambda: self._shift(-1))
        self.down.clicked.connect(lambda: self._shift(1))
        self.view.selectionModel().selectionChanged.connect(lambda _new, _old: self._enable())
        self.refresh()

    def refresh(self) -> None:
        """Show the rows as they are now, and the row that is selected elsewhere."""
        if self._table_id not in self._shared.flow.tables_by_id:
            return
        self.model.follow()
        fit_columns(self.view)
        self._enable()
        self.add.setEnabled(self.model.columnCount() > 0)
        self.paste.setEnabled(self.model.columnCount() > 0)
        height = (
            self.view.horizontalHeader().sizeHint().height() + 4 + self.view.horizontalScrollBar().sizeHint().height()
        )
        lines = max(1, min(MOST_LINES, self.model.rowCount()))
        self.view.setFixedHeight(height + lines * self.view.verticalHeader().defaultSectionSize())

    def reveal_row(self, row_id: str) -> None:
        """Bring a row into view and put the keyboard there."""
        for number, row in enumerate(self.model.table.rows):
            if row.id == row_id:
                self.view.setCurrentIndex(self.model.index(number, 0))
                self.view.scrollTo(self.model.index(number, 0))
                self.view.setFocus()

    def add_row(self) -> None:
        """Add an empty row and begin to type into it."""
        row = Row(id=new_id("row"))
        self._shared.attempt(
            lambda flow: add_row(flow, self._table_id, row),
            resources.text("inspector.step.add", title=resources.text("inspector.word.row")),
        )
        index = self.model.index(self.model.rowCount() - 1, 0)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.edit(index)

    def go_on(self) -> None:
        """Begin the next row after the last cell; an empty last row is the end of the list."""
        if any(value is not None for value in self.model.table.rows[-1].values.values()):
            self.add_row()

    def remove_rows(self) -> None:
        """Delete the rows in which a cell is marked."""
        rows = {index.row() for index in self.view.selectedIndexes()}
        ids = {self.model.table.rows[number].id for number in rows}
        if ids:
            label = resources.text("inspector.step.delete_rows", count=len(ids))
            self._shared.attempt(lambda flow: remove_rows(flow, self._table_id, ids), label)

    def paste_rows(self) -> None:
        """Put the cells of the clipboard in at the marked cell; more lines than rows add rows."""
        try:
            cells = cells_of(QGuiApplication.clipboard().text())
        except UnfitError as error:
            self._note_that(str(error))
            return
        current = self.view.currentIndex()
        row = current.row() if current.isValid() else self.model.rowCount()
        column = current.column() if current.isValid() else 0
        wrong: list[str] = []
        table_id = self._table_id
        if cells:
            self._shared.attempt(
                lambda flow: pasted(flow, table_id, cells, row, column, wrong), resources.text("inspector.step.paste")
            )
        words = resources.text("inspector.grid.skipped", count=len(wrong), first=wrong[0]) if wrong else ""
        self._note_that(words)

    def _note_that(self, words: str) -> None:
        """Say something below the grid; nothing hides the place for it."""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def copy_cells(self) -> None:
        """Put the marked cells on the clipboard, as a spreadsheet takes them."""
        marked = self.view.selectedIndexes()
        rows = sorted({index.row() for index in marked})
        columns = sorted({index.column() for index in marked})
        lines = [
            "\t".join(str(self.model.data(self.model.index(row, column)) or "") for column in columns) for row in rows
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def clear_cells(self) -> None:
        """Empty the marked cells."""
        marked = [(self.model.table.rows[i.row()].id, self.model.column(i).id) for i in self.view.selectedIndexes()]

        def change(flow: Flow) -> Flow:
            for row_id, column_id in marked:
                flow = set_cell(flow, self._table_id, row_id, column_id, None)
            return flow

        self._shared.attempt(change, resources.text("inspector.step.clear_cells"))

    def _shift(self, by: int) -> None:
        current = self.view.currentIndex()
        if current.isValid():
            row_id = self.model.table.rows[current.row()].id
            self._shared.attempt(
                lambda flow: move_row(flow, self._table_id, row_id, current.row() + by),
                resources.text("inspector.step.move", title=resources.text("inspector.word.row")),
            )
            self.view.setCurrentIndex(self.model.index(current.row() + by, current.column()))

    def _enable(self) -> None:
        current = self.view.currentIndex().row() if self.view.selectedIndexes() else -1
        self.delete.setEnabled(current >= 0)
        self.up.setEnabled(current > 0)
        self.down.setEnabled(0 <= current < self.model.rowCount() - 1)


class _View(QTableView):
    """The table view with the keys of a spreadsheet."""

    def __init__(self, grid: RowGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self.setProperty("role", "framed")
        self.setAccessibleName(resources.text("inspector.section.rows"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setWordWrap(False)
        # Tab leaves the grid, as it leaves every field; the arrows go from cell to cell.
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.verticalHeader().setMinimumWidth(24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste and empty cells."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._grid.paste_rows()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._grid.copy_cells()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._grid.clear_cells()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            # The Return that ends the line in a cell comes here too.
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab in the last cell goes on in a new row: Qt would begin again at the first one and type over it."""
        is_next = hint == QAbstractItemDelegate.EndEditHint.EditNextItem
        is_first = hint == QAbstractItemDelegate.EndEditHint.EditPreviousItem
        rows, columns = self._grid.model.rowCount(), self._grid.model.columnCount()
        at = (self.currentIndex().row(), self.currentIndex().column())
        is_edge = (is_next and at == (rows - 1, columns - 1)) or (is_first and at == (0, 0))
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint if is_edge else hint)
        if is_edge and is_next:
            self._grid.go_on()


class _Delegate(QStyledItemDelegate):
    """Edits cells: a drop-down where the values are known, else a line."""

    def __init__(self, shared: Shared, model: RowModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor of a cell."""
        kind = self._model.column(index).type
        if kind.kind not in LISTED:
            return super().createEditor(parent, option, index)
        box = ListBox(parent)
        for value, label in value_options(self._shared, kind):
            box.addItem("" if value is None else label)
        box.setAccessibleName(title_of_part(self._shared.flow, self._model.column(index)))
        box.activated.connect(lambda _index: self._done(box))
        return box

    def _done(self, box: QComboBox) -> None:
        """Store a value as soon as it is picked."""
        # Left to itself, Qt stores what is in an editor only when the keyboard leaves it.
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's value."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:  # noqa: ARG002  # there is one model
        """Store what the editor holds."""
        if isinstance(editor, QComboBox):
            self._model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, self._model, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw choices of rows in the colour of links."""
        super().initStyleOption(option, index)
        if index.isValid() and self._model.column(index).type.kind == "row":
            colour = QColor(colours_of(option.palette).accent)
            option.palette.setColor(option.palette.ColorRole.Text, colour)
