"""Descriptions turned into widgets: each node has a widget that stays as long as its key does.

A `Column` holds nodes below each other; sections and cards hold columns. Showing other descriptions updates the widgets
whose keys are still there, makes the new ones and lets the others go, so nobody loses the cursor.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.inspector.editors.operand import small_button
from app.inspector.lists import ItemsWidget
from app.inspector.nodes import (
    Action,
    Card,
    Items,
    Node,
    Note,
    Own,
    Row,
    Section,
)
from app.inspector.rows import RowWidget
from app.inspector.shared import Shared
from app.theme import icon
from app.widgets.labels import note
from app.widgets.popups import Menu, open_under
from flow_models.document.elements import Element


class Column(QWidget):
    """Nodes below each other."""

    def __init__(self, shared: Shared, parent: QWidget, spacing: int = 5) -> None:
        super().__init__(parent)
        self._shared = shared
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(spacing)
        self._widgets: dict[object, QWidget] = {}

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show nodes; the widgets of those that were here before stay."""
        wanted: dict[object, QWidget] = {}
        for node in nodes:
            key: object = (type(node), node.key)
            widget = self._widgets.get(key)
            if widget is None:
                widget = made(self._shared, node, self)
            else:
                _update(widget, node)
            wanted[key] = widget
        for key, widget in self._widgets.items():
            if key not in wanted:
                self._layout.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for index, widget in enumerate(wanted.values()):
            item = self._layout.itemAt(index)
            if item is None or item.widget() is not widget:
                self._layout.removeWidget(widget)
                self._layout.insertWidget(index, widget)
        self._widgets = wanted

    def widgets(self) -> Iterator[QWidget]:
        """Yield the widgets of the nodes in order."""
        yield from self._widgets.values()

    def rows(self) -> Iterator[RowWidget]:
        """Yield the fields at any depth."""
        for widget in self.widgets():
            if isinstance(widget, RowWidget):
                yield widget
            elif isinstance(widget, FoldWidget):
                yield from widget.body.rows()

    def fill(self, element: Element) -> None:
        """Make the widgets of folded parts in which an element or one of its fields is."""
        for widget in self.widgets():
            if isinstance(widget, FoldWidget):
                if any(_is_about(node, element) for node in widget.node.children):
                    widget.fill()
                widget.body.fill(element)

    def refresh_own(self) -> None:
        """Let the widgets of their own look at the flow again."""
        for widget in self.widgets():
            if isinstance(widget, FoldWidget):
                widget.body.refresh_own()
            elif hasattr(widget, "refresh"):
                widget.refresh()


class FoldWidget(QFrame):
    """Nodes under a title that may fold them away: a section, or a card in a frame."""

    def __init__(self, shared: Shared, node: Section | Card, parent: QWidget) -> None:
        super().__init__(parent)
        self.node = node
        is_card = isinstance(node, Card)
        self.setProperty("role", "inspector_card" if is_card else "inspector_section")
        self.body = Column(shared, self)
        self.title = QPushButton(self)
        self.title.setProperty("role", "card_title" if is_card else "section_title")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.head = QHBoxLayout()
        self.head.setSpacing(0)
        self.head.addWidget(self.title, 1)
        self._buttons: list[QWidget] = []
        self._shown: tuple[tuple[str, str, bool], ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*((8, 4, 8, 8) if is_card else (0, 0, 0, 4)))
        layout.setSpacing(4 if is_card else 6)
        layout.addLayout(self.head)
        layout.addWidget(self.body)
        self._shared = shared
        self._is_open = shared.folds.get(node.key, node.is_open) if isinstance(node, Section) else node.is_open
        self._is_filled = False
        self.title.clicked.connect(self._toggle)
        self.update_node(node)

    def update_node(self, node: Section | Card) -> None:
        """Show the title, the actions and the nodes inside as they are now."""
        self.node = node
        looks = tuple((action.label, action.icon, action.is_enabled) for action in node.actions)
        if looks != self._shown or len(self._buttons) != len(node.actions):
            self._shown = looks
            for button in self._buttons:
                self.head.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = [self._button(number, action) for number, action in enumerate(node.actions)]
            for button in self._buttons:
                self.head.addWidget(button)
        if self._is_open or not self._folds() or self._is_filled:
            self.fill()
        self.open(self._is_open if self._folds() else True)

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """The buttons beside the title."""
        return tuple(self._buttons)

    def fill(self) -> None:
        """Make the widgets inside; folded parts wait until somebody opens them."""
        self._is_filled = True
        self.body.show_nodes(self.node.children)

    def _toggle(self) -> None:
        """Open or fold as the person asked."""
        self.open(not self._is_open)
        if isinstance(self.node, Section):
            self._shared.folds[self.node.key] = self._is_open

    def open(self, is_open: bool) -> None:
        """Unfold or fold."""
        self._is_open = is_open
        self.setAccessibleName(self.node.title)
        if is_open and not self._is_filled:
            self.fill()
        self.body.setVisible(is_open and bool(self.node.children))
        if not self._folds():
            self.title.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        title = self.node.title
        mark = "" if not self._folds() else "\u25be  " if is_open else "\u25b8  "
        room = self._room()
        words = self.title.fontMetrics().elidedText(mark + title, Qt.TextElideMode.ElideRight, room)
        self.title.setText(words.replace("&", "&&"))
        self.title.setToolTip(title)
        self.title.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the title to the new width."""
        super().resizeEvent(event)
        self.open(self._is_open)

    def _room(self) -> int:
        used = sum(button.sizeHint().width() for button in self._buttons)
        return max(60, self.width() - used - 30)

    def _folds(self) -> bool:
        return self.node.folds if isinstance(self.node, Card) else True

    def _button(self, number: int, action: Action) -> QWidget:
        if isinstance(self.node, Card):
            small = small_button(action.icon, action.label, self)
            small.setEnabled(action.is_enabled)
            small.clicked.connect(partial(self._run, number))
            return small
        button = QPushButton(action.label, self)
        button.setProperty("role", "quiet")
        button.setEnabled(action.is_enabled)
        button.clicked.connect(partial(self._run, number))
        return button

    def _run(self, number: int, _checked: bool = False) -> None:
        action = self.node.actions[number]
        if not action.menu:
            action.run()
            return
        open_under(filled_menu(action.menu, self), self._buttons[number])


def filled_menu(actions: Sequence[Action], parent: QWidget) -> Menu:
    """Return a menu of actions, each with icon and word; an action without a name is a line between others."""
    menu = Menu(parent)
    for action in actions:
        if not action.label:
            menu.addSeparator()
            continue
        entry = menu.addAction(action.label)
        if action.icon:
            entry.setIcon(icon(action.icon, parent.palette(), "muted"))
        entry.setEnabled(action.is_enabled)
        entry.triggered.connect(lambda _=False, run=action.run: run())
    return menu


def made(shared: Shared, node: Node, parent: QWidget) -> QWidget:
    """Return a new widget for a node."""
    match node:
        case Row():
            return RowWidget(shared, node, parent)
        case Items():
            return ItemsWidget(shared, node, parent)
        case Note():
            return note(node.text, parent)
        case Section() | Card():
            return FoldWidget(shared, node, parent)
        case Own():
            return node.make(parent)


def _update(widget: QWidget, node: Node) -> None:
    """Show a changed node in its widget."""
    if isinstance(widget, RowWidget) and isinstance(node, Row):  # noqa: SIM114  # the types go together in pairs
        widget.update_node(node)
    elif isinstance(widget, ItemsWidget) and isinstance(node, Items):
        widget.update_node(node)
    elif isinstance(widget, QLabel) and isinstance(node, Note):
        widget.setText(node.text)
    elif isinstance(widget, FoldWidget) and isinstance(node, Section | Card):
        widget.update_node(node)


def _is_about(node: Node, element: Element) -> bool:
    """Say whether a node, or one inside it, edits an element."""
    if isinstance(node, Row):
        return (node.at.kind, node.at.id) == (element.kind, element.id)
    return isinstance(node, Section | Card) and any(_is_about(inner, element) for inner in node.children)
