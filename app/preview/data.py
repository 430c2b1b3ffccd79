"""The data panel: variables and tables at the shown moment, what the last step changed, and values to try out."""

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.preview.play import Edit
from app.preview.snapshot import Snapshot
from app.theme import colours_of, icon
from app.widgets.columns import fit_columns
from app.widgets.popups import ListBox
from flow_models.solver.data_changes import any_changed, changes_in
from flow_models.solver.data_lines import Cell, Data, Kind, TableLines, VariableLine, read

CHANGES_WIDTH: Final = 180
FILTER_WIDTH: Final = 200
BESIDE_FROM: Final = 480
"""Pixels across from which changes stand beside the tables."""
BESIDE: Final = Qt.Orientation.Horizontal
_STORED = Qt.ItemDataRole.UserRole
_KIND = Qt.ItemDataRole.UserRole + 1
_PLACE = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


class ValueDelegate(QStyledItemDelegate):
    """Edits a value as its type wants: choices and rows from a list, everything else typed; one for each table."""

    def __init__(self, panel: "DataPanel", table: QTableWidget) -> None:
        super().__init__(table)
        self._panel = panel

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor for a value."""
        choices = choices_of(index.data(_KIND))
        if not choices:
            return super().createEditor(parent, option, index)
        box = ListBox(parent)
        for stored, words in choices:
            box.addItem(words, stored)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value as it is."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(index.data(_STORED)), 0))
        elif isinstance(editor, QLineEdit):
            stored = index.data(_STORED)
            editor.setText("" if stored is None else str(stored))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Give the typed or chosen value on; the table itself changes when the preview has taken it."""
        del model
        value = editor.currentData() if isinstance(editor, QComboBox) else None
        text = editor.text() if isinstance(editor, QLineEdit) else None
        self._panel.take(index, value, text)


class DataPanel(QWidget):
    """Shows the site's data at the shown moment; a value that is changed here holds for the test only."""

    edited = Signal(object)
    """Carries an `Edit`."""
    reset_wanted = Signal()
    """The values that were changed by hand should be as they were."""
    said = Signal(str)

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        del selection
        self._session = session
        self._data = Data()
        self._currency = session.flow.site.currency
        self.changes = QListWidget()
        self.changes.setWordWrap(True)
        self.changes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.changes.setAccessibleName(resources.text("preview.data.changes"))
        self.changes.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.filter_line = QLineEdit(clearButtonEnabled=True)
        self.filter_line.setPlaceholderText(resources.text("preview.data.filter"))
        self.filter_line.setAccessibleName(resources.text("preview.data.filter"))
        self.filter_line.textChanged.connect(self._filter)
        self.chooser = ListBox(self)
        self.chooser.setAccessibleName(resources.text("preview.data.shown"))
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.tables = QStackedWidget()
        self.chooser.currentIndexChanged.connect(self.tables.setCurrentIndex)
        self._none = QLabel(resources.text("preview.data.none"), alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._none.setProperty("role", "muted")
        session.opened.connect(self.filter_line.clear)
        self.filter_line.setMaximumWidth(FILTER_WIDTH)
        self.reset = QToolButton()
        self.reset.setProperty("role", "compact")
        self.reset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reset.setIcon(icon("undo", self.palette()))
        self.reset.setToolTip(resources.text("preview.tip.reset_data"))
        self.reset.setAccessibleName(resources.text("preview.action.reset_data"))
        self.reset.clicked.connect(self.reset_wanted)
        said = QWidget()
        column = QVBoxLayout(said)
        column.setContentsMargins(8, 6, 0, 6)
        column.addWidget(self._heading())
        column.addWidget(self.changes, 1)
        split = self._split = QSplitter()
        split.addWidget(said)
        split.addWidget(self._made_side())
        split.setSizes([CHANGES_WIDTH, 4 * CHANGES_WIDTH])
        split.setStretchFactor(1, 1)
        split.setCollapsible(1, False)
        self._changes_side = said
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._none)
        self._stack.addWidget(split)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the data of a moment."""
        data = snapshot.data
        self._currency = snapshot.flow.site.currency
        self._stack.setCurrentIndex(1 if data.tables or data.variables else 0)
        self._show_side(snapshot)
        if data == self._data:
            return
        was, self._data = self._data, data
        names = [line.name for line in data.tables]
        if names != [line.name for line in was.tables] or bool(data.variables) != bool(was.variables):
            self._build()
            was = Data()
        self._fill(was)
        if snapshot.mode == "play":
            self._bring_changed()

    def _show_side(self, snapshot: Snapshot) -> None:
        """Show beside the tables what the last step changed, and offer to undo what was changed by hand."""
        is_play = snapshot.mode == "play"
        self._changes_side.setVisible(is_play)
        self.reset.setEnabled(not is_play and snapshot.origin.data is not None)
        self.changes.clear()
        self.changes.addItems(changes_in(snapshot.data) or [resources.text("preview.data.nothing_changed")])

    def take(self, index: Index, value: object, text: str | None) -> None:
        """Take a value that the person chose or typed."""
        kind, place = index.data(_KIND), index.data(_PLACE)
        if text is not None:
            try:
                value = read(text, kind, self._currency)
            except ValueError:
                self.said.emit(resources.text("preview.data.bad", text=text, name=self._title_of(place)))
                return
        value = None if value == "" else value
        if value == index.data(_STORED):
            return
        if len(place) == 1:
            self.edited.emit(Edit(variables=((place[0], value),)))
        else:
            self.edited.emit(Edit(cells=((*place, value),)))

    # Building

    def _heading(self) -> QLabel:
        heading = QLabel(resources.text("preview.data.changes"))
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        return heading

    def _made_side(self) -> QWidget:
        """Return the tables below the choice between them, which is one line however many there are."""
        side = QWidget()
        line = QHBoxLayout()
        line.setContentsMargins(8, 6, 8, 6)
        line.addWidget(self.chooser, 2)
        line.addWidget(self.filter_line, 1)
        line.addWidget(self.reset)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.tables, 1)
        return side

    def _build(self) -> None:
        current = self.chooser.currentData()
        self.chooser.clear()
        while (old := self.tables.widget(0)) is not None:
            # Taking a widget away leaves it alone.
            self.tables.removeWidget(old)
            old.deleteLater()
        variables = resources.text("preview.data.variables")
        if self._data.variables:
            self._add(self._made_table(2, variables), variables, "")
        for table in self._data.tables:
            self._add(self._made_table(len(table.columns), table.title), table.title, table.name)
        self.chooser.setCurrentIndex(max(0, self.chooser.findData(current)))

    def _add(self, table: QTableWidget, title: str, name: str) -> None:
        self.tables.addWidget(table)
        self.chooser.addItem(title, name)

    def _made_table(self, columns: int, title: str) -> QTableWidget:
        table = QTableWidget(0, columns)
        table.setAccessibleName(title)
        table.setItemDelegate(ValueDelegate(self, table))
        table.verticalHeader().hide()
        table.setWordWrap(False)
        table.setToolTip(resources.text("preview.data.edit_hint"))
        table.setStatusTip(resources.text("preview.data.edit_hint"))
        table.setTabKeyNavigation(False)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        return table

    def _fill(self, was: Data) -> None:
        """Fill the tables that differ from what they showed."""
        first = 0
        if self._data.variables:
            if self._data.variables != was.variables:
                self._fill_variables(self._table(0), self._data.variables)
            first = 1
        for place, lines in enumerate(self._data.tables, first):
            if place - first < len(was.tables) and was.tables[place - first] == lines:
                continue
            self._fill_table(self._table(place), lines)
            key = "rows_changed" if lines.is_changed else "rows"
            count = len(lines.rows) + lines.hidden
            self.chooser.setItemText(place, resources.text(f"preview.data.{key}", title=lines.title, count=count))
            mark = icon("edit", self.palette(), "playing") if lines.is_changed else icon("table", self.palette())
            self.chooser.setItemIcon(place, mark)
            hidden = resources.text("preview.data.hidden", count=lines.hidden) if lines.hidden else ""
            self.chooser.setItemData(place, hidden, Qt.ItemDataRole.ToolTipRole)
        self._filter(self.filter_line.text())

    def _table(self, place: int) -> QTableWidget:
        table = self.tables.widget(place)
        if not isinstance(table, QTableWidget):
            raise TypeError(table)
        return table

    def _fill_variables(self, table: QTableWidget, lines: tuple[VariableLine, ...]) -> None:
        table.setHorizontalHeaderLabels([resources.text(f"preview.data.{name}") for name in ("name", "value")])
        table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            name = QTableWidgetItem(line.title)
            name.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            table.setItem(row, 0, name)
            table.setItem(row, 1, self._item(line.cell, line.kind, (line.name,)))
        _fit_once(table)

    def _fill_table(self, table: QTableWidget, lines: TableLines) -> None:
        table.setHorizontalHeaderLabels([title for _, title, _ in lines.columns])
        table.setRowCount(len(lines.rows))
        for number, row in enumerate(lines.rows):
            for column, cell in enumerate(row.cells):
                name, _, kind = lines.columns[column]
                item = self._item(cell, kind, (lines.name, row.key, name), is_new=row.is_new)
                table.setItem(number, column, item)
        _fit_once(table)

    def _item(self, cell: Cell, kind: Kind, place: tuple[str, ...], *, is_new: bool = False) -> QTableWidgetItem:
        item = QTableWidgetItem(cell.text)
        item.setData(_STORED, cell.stored)
        item.setData(_KIND, kind)
        item.setData(_PLACE, place)
        if kind.type in ("integer", "decimal", "money"):
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if cell.is_changed or is_new:
            colours = colours_of(self.palette())
            item.setBackground(QBrush(colours.colour("success_ground" if is_new else "warning_ground")))
            font = QFont(item.font())
            font.setBold(True)
            item.setFont(font)
            change = "added" if is_new else "changed"
            words = resources.text(f"preview.data.{change}", name=self._title_of(place))
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, words)
        return item

    def _title_of(self, place: tuple[str, ...]) -> str:
        """Return what a variable or the column of a value is called."""
        lines = next((table for table in self._data.tables if table.name == place[0]), None)
        if len(place) == 1 or lines is None:
            return next((line.title for line in self._data.variables if line.name == place[0]), place[0])
        return next((title for name, title, _ in lines.columns if name == place[-1]), place[-1])

    def _bring_changed(self) -> None:
        """Show the table that the last step changed, at the first changed row, unless somebody works in one."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            return
        first = 1 if self._data.variables else 0
        for place, lines in enumerate(self._data.tables, first):
            if lines.is_changed:
                self.chooser.setCurrentIndex(place)
                rows = (number for number, row in enumerate(lines.rows) if row.is_new or any_changed(row.cells))
                item = self._table(place).item(next(rows, 0), 0)
                if item is not None:
                    self._table(place).scrollToItem(item)
                return

    def _filter(self, words: str) -> None:
        """Hide the rows that do not hold the words."""
        wanted = words.strip().casefold()
        for place in range(self.tables.count()):
            table = self._table(place)
            for row in range(table.rowCount()):
                items = [table.item(row, column) for column in range(table.columnCount())]
                text = " ".join(item.text() for item in items if item is not None).casefold()
                table.setRowHidden(row, bool(wanted) and wanted not in text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the changes stand above the tables where there is no room beside them."""
        super().resizeEvent(event)
        along = Qt.Orientation.Vertical if self.width() < min(BESIDE_FROM, 2 * self.height()) else BESIDE
        if along != self._split.orientation():
            self._split.setOrientation(along)
            self._split.setSizes([CHANGES_WIDTH, 4 * CHANGES_WIDTH] if along == BESIDE else [1, 2])

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "tables") and self.tables.count():
            self._fill(Data())
            self.reset.setIcon(icon("undo", self.palette()))


def _fit_once(table: QTableWidget) -> None:
    """Let the columns follow what stands in them when a table comes; later values move nothing under the pointer."""
    if table.rowCount() and not table.property("is_fitted"):
        fit_columns(table)
        table.setProperty("is_fitted", True)


def choices_of(kind: Kind | None) -> tuple[tuple[object, str], ...]:
    """Return what can be chosen for a type, with the empty value first; nothing if values are typed."""
    empty = ("", resources.text("preview.data.diff.empty"))
    if kind is None:
        return ()
    if kind.type == "boolean":
        return ((True, resources.text("preview.data.yes")), (False, resources.text("preview.data.no")))
    return (empty, *kind.choices) if kind.choices else ()
