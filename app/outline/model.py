"""The outline as Qt's tree model; an edit touches only the lines that differ."""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon, QPalette

import resources
from app.outline.nodes import Node
from app.theme import icon
from flow_models.document.elements import Element

Index = QModelIndex | QPersistentModelIndex

NAME, KIND = 0, 1
RENAMABLE = frozenset({"flow", "page", "section", "task", "table", "variable"})

_NOWHERE = QModelIndex()


class OutlineModel(QAbstractItemModel):
    """Lines with a name and the word for their kind."""

    renamed = Signal(object, str)
    """Carries the element and the title that was typed."""

    def __init__(self, root: Node, palette: QPalette) -> None:
        super().__init__()
        self._root = root
        self._palette = palette
        self._icons: dict[str, QIcon] = {}
        self._serials = itertools.count(1)
        self._by_element: dict[Element, Node] = {}
        self._by_serial: dict[int, Node] = {}
        self._note((root,))

    def show(self, root: Node) -> None:
        """Take over another tree, telling the views only what differs; nodes of this tree may stand in it."""
        self._sync(self._root, root)

    def set_palette(self, palette: QPalette) -> None:
        """Draw the icons in a palette's colours from the next painting on."""
        self._palette = palette
        self._icons.clear()

    def index_of(self, element: Element) -> QModelIndex:
        """Return where an element stands; an invalid index if it is not in the outline."""
        node = self._by_element.get(element._replace(field=""))
        return QModelIndex() if node is None else self._index(node)

    def element_at(self, index: Index) -> Element | None:
        """Return the element of a line, or `None` for a line that only groups others."""
        return self._node(index).element

    def line_at(self, index: Index) -> Node:
        """Return a line itself."""
        return self._node(index)

    # What Qt asks a model for.

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a line by its place."""
        owner = self._node(parent)
        if 0 <= row < len(owner.children) and 0 <= column < self.columnCount():
            return self.createIndex(row, column, self._serial(owner.children[row]))
        return QModelIndex()

    def parent(self, child: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt overloads parent()
        """Return the index of the line above."""
        owner = self._node(child).parent
        return QModelIndex() if owner is None or owner is self._root else self._index(owner)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many lines stand below one."""
        return len(self._node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 - the same everywhere
        """Return the number of columns."""
        return 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return resources.text("shell.outline.name" if section == NAME else "shell.outline.kind")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        node = self._node(index)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return node.title if index.column() == NAME else node.word
        if role == Qt.ItemDataRole.DecorationRole and index.column() == NAME:
            if node.idea not in self._icons:
                self._icons[node.idea] = icon(node.idea, self._palette, "muted")
            return self._icons[node.idea]
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{node.title}, {node.word}" if node.word else node.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be edited."""
        flags = super().flags(index)
        element = self._node(index).element
        if index.column() == NAME and element is not None and element.kind in RENAMABLE:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for an element to be retitled; the line changes when the flow does."""
        element = self._node(index).element
        if role != Qt.ItemDataRole.EditRole or element is None:
            return False
        self.renamed.emit(element, str(value))
        return True

    def _node(self, index: Index) -> Node:
        return self._by_serial.get(index.internalId(), self._root) if index.isValid() else self._root

    def _index(self, node: Node, column: int = NAME) -> QModelIndex:
        return self.createIndex(node.row, column, self._serial(node))

    def _serial(self, node: Node) -> int:
        """Return the number by which Qt knows a node; a pointer would outlive a node that an edit removed."""
        if not node.serial:
            node.serial = next(self._serials)
            self._by_serial[node.serial] = node
        return node.serial

    def _note(self, nodes: Iterable[Node]) -> None:
        """Know nodes and all below them by element and by number."""
        for node in _with_all_below(nodes):
            if node.element is not None:
                self._by_element[node.element] = node
            if node.serial:
                self._by_serial[node.serial] = node

    def _forget(self, nodes: Iterable[Node]) -> None:
        """Know nodes and all below them no longer; an element that stands elsewhere by now is known there."""
        for node in _with_all_below(nodes):
            if node.element is not None and self._by_element.get(node.element) is node:
                del self._by_element[node.element]
            self._by_serial.pop(node.serial, None)

    def _sync(self, old: Node, new: Node) -> None:
        """Make one node's lines those of another: the same head and tail stay, what lies between is exchanged."""
        mine, theirs = old.children, new.children
        mine_keys, their_keys = [node.key for node in mine], [node.key for node in theirs]
        head = _common(mine_keys, their_keys)
        tail = _common(mine_keys[: head - 1 if head else None : -1], their_keys[: head - 1 if head else None : -1])
        kept = [
            *zip(mine[:head], theirs[:head], strict=True),
            *zip(mine[len(mine) - tail :], theirs[len(theirs) - tail :], strict=True),
        ]
        self._exchange(old, head, len(mine) - tail, theirs[head : len(theirs) - tail])
        for one, other in kept:
            if one is not other:
                self._take_over(one, other)
                self._sync(one, other)

    def _exchange(self, owner: Node, start: int, end: int, nodes: list[Node]) -> None:
        """Put nodes in the place of an owner's lines from a start to before an end."""
        parent = QModelIndex() if owner is self._root else self._index(owner)
        lines = owner.children
        if end > start:
            self.beginRemoveRows(parent, start, end - 1)
            gone = lines[start:end]
            del lines[start:end]
            _numbered(lines)
            self._forget(gone)
            self.endRemoveRows()
        if nodes:
            self.beginInsertRows(parent, start, start + len(nodes) - 1)
            lines[start:start] = nodes
            for node in nodes:
                node.parent = owner
            _numbered(lines)
            self._note(nodes)
            self.endInsertRows()

    def _take_over(self, node: Node, other: Node) -> None:
        """Let a node's line look like another one's."""
        if not node.looks_like(other):
            node.title, node.word, node.idea = other.title, other.word, other.idea
            self.dataChanged.emit(self._index(node), self._index(node, KIND))


def _with_all_below(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes and all that stand below them."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.children)


def _common(one: list[str], other: list[str]) -> int:
    """Return how many keys two lists have in common from their start."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _numbered(nodes: list[Node]) -> None:
    for row, node in enumerate(nodes):
        node.row = row
