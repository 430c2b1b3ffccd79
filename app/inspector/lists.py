"""Lists of elements: one line each, with its icon, title, what it is, and small buttons."""

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.inspector.editors.operand import small_button
from app.inspector.nodes import Item, Items
from app.inspector.shared import Shared
from app.theme import icon
from app.widgets.labels import Elided, note


class ItemsWidget(QWidget):
    """A list of elements; each is a button that selects it."""

    def __init__(self, shared: Shared, items: Items, parent: QWidget) -> None:
        super().__init__(parent)
        self._shared = shared
        self._shown: tuple[Item, ...] | None = None
        self.key = items.key
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self.update_node(items)

    def update_node(self, items: Items) -> None:
        """Show the list as it is now."""
        self.key = items.key
        plain = tuple(item for item in items.items)
        if self._shown is not None and _looks(plain) == _looks(self._shown):
            self._shown = plain
            return
        self._shown = plain
        _emptied(self._layout)
        if not items.items:
            self._layout.addWidget(note(items.empty, self))
        for index, item in enumerate(items.items):
            line = self._line(index, item)
            self._layout.addWidget(line)
            # Left to the layout it would show itself later, and could not take the keyboard back now.
            line.show()

    def _line(self, index: int, item: Item) -> QWidget:
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        button = ItemButton(item, line)
        button.clicked.connect(lambda _=False: self._shared.selection.reveal(item.element))
        layout.addWidget(button, 1)
        for number, action in enumerate(item.actions):
            small = small_button(action.icon, action.label, line)
            small.setEnabled(action.is_enabled)
            small.clicked.connect(partial(self._run, index, number))
            layout.addWidget(small)
        return line

    def _run(self, index: int, number: int, _checked: bool = False) -> None:
        if self._shown is not None and index < len(self._shown):
            self._shown[index].actions[number].run()


class ItemButton(QPushButton):
    """A line of a list: icon, title, and behind it in a weaker colour what it is."""

    def __init__(self, item: Item, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "item")
        self.setAccessibleName(f"{item.title}, {item.detail}" if item.detail else item.title)
        self.setToolTip(f"{item.title}\n{item.detail}" if item.detail else item.title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._idea = item.icon
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 3, 6, 3)
        layout.setSpacing(6)
        self._picture = QLabel(self)
        self._picture.setVisible(bool(item.icon))
        title = Elided(item.title, self)
        detail = Elided(item.detail, self)
        detail.setProperty("role", "muted")
        detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._picture)
        layout.addWidget(title, 3)
        layout.addWidget(detail, 2)
        detail.setVisible(bool(item.detail))
        for label in (self._picture, title, detail):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(self.fontMetrics().height() + 12)
        self._draw()

    def _draw(self) -> None:
        if self._idea:
            self._picture.setPixmap(icon(self._idea, self.palette(), "muted").pixmap(16, 16))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._draw()


def _looks(items: tuple[Item, ...]) -> list[object]:
    return [
        (item.element, item.title, item.detail, item.icon, tuple((a.label, a.is_enabled) for a in item.actions))
        for item in items
    ]


def _emptied(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
