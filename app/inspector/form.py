"""Descriptions turned into widgets: each node has a widget that stays as long as its key does.

A `Column` holds nodes below each other; sections and cards hold columns. Showing other descriptions updates the widgets
whose keys are still there, makes the new ones and lets the others go, so nobody loses the cursor.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

import resources
from app.elements import title_of
from app.inspector.desk import Desk, put
from app.inspector.editors.base import FieldEditor
from app.inspector.editors.formula import ConditionEditor, TemplateEditor, ValueEditor
from app.inspector.editors.operand import small_button
from app.inspector.editors.plain import (
    ColourEditor,
    LineEditor,
    LinesEditor,
    NameEditor,
    PickEditor,
    RealEditor,
    TextsEditor,
    ToggleEditor,
    WholeEditor,
)
from app.inspector.editors.stored import StoredEditor, StoredManyEditor
from app.inspector.nodes import (
    WIDE,
    Action,
    Card,
    Colour,
    Condition,
    Item,
    Items,
    Line,
    Lines,
    Name,
    Node,
    Note,
    Own,
    Pick,
    Real,
    Row,
    Section,
    Stored,
    StoredMany,
    Template,
    Texts,
    Toggle,
    Value,
    Whole,
)
from app.theme import icon
from flow_models.document.elements import Element

EDITORS: dict[type, type[FieldEditor]] = {
    Line: LineEditor,
    Lines: LinesEditor,
    Name: NameEditor,
    Texts: TextsEditor,
    Toggle: ToggleEditor,
    Whole: WholeEditor,
    Real: RealEditor,
    Pick: PickEditor,
    Colour: ColourEditor,
    Stored: StoredEditor,
    StoredMany: StoredManyEditor,
    Template: TemplateEditor,
    Condition: ConditionEditor,
    Value: ValueEditor,
}
LABEL_WIDTH = 104
"""Pixels for the labels that stand beside their editors; longer ones wrap."""

_gestures = count()


class RowWidget(QWidget):
    """A labelled field with its help and what is wrong with it."""

    def __init__(self, desk: Desk, row: Row, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.row = row
        self._gesture = next(_gestures)
        self._before = desk.flow
        self._complaint = ("", "")
        self._refusal = ("", "")
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.editor = EDITORS[type(row.editor)](desk, row, self)
        self.help = QLabel(self)
        self.help.setProperty("role", "help")
        self.help.setWordWrap(True)
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out(row)
        self.editor.edited.connect(self._edited)
        self.editor.settled.connect(self._settled)
        self.editor.refused.connect(self._refused)
        self.update_node(row)

    def _lay_out(self, row: Row) -> None:
        is_wide = isinstance(row.editor, WIDE)
        body = QVBoxLayout()
        body.setSpacing(2)
        body.addWidget(self.editor)
        body.addWidget(self.problem)
        body.addWidget(self.help)
        layout = QVBoxLayout(self) if is_wide else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 if is_wide else 8)
        if isinstance(row.editor, Toggle):
            self.label.hide()
            layout.addSpacing(LABEL_WIDTH + 8)
            layout.addLayout(body, 1)
            return
        if not is_wide:
            self.label.setFixedWidth(LABEL_WIDTH)
            self.label.setContentsMargins(0, 5, 0, 0)
        layout.addWidget(self.label)
        if not is_wide:
            layout.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(body, 1)

    def update_node(self, row: Row) -> None:
        """Show the field as it is now."""
        self.row = row
        self.label.setText(row.label)
        self.label.setVisible(bool(row.label) and not isinstance(row.editor, Toggle))
        self.editor.name_for_readers(row.label, row.help)
        self.label.setBuddy(self.editor.target())
        self.help.setText(row.help)
        self.help.setVisible(bool(row.help))
        self.editor.refresh(row, row.read(self._desk.flow) if row.read else self._desk.value(row.at))
        self._complain()

    def complain(self, severity: str, sentence: str) -> None:
        """Show what the checks say about the field."""
        self._complaint = (severity, sentence)
        self._complain()

    def focus(self) -> None:
        """Put the keyboard into the field."""
        self.editor.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Begin a new step of the history: the keyboard has come to the field."""
        self._gesture = next(_gestures)
        self._before = self._desk.flow

    def _edited(self, value: object) -> None:
        row = self.row
        refused = self._desk.do(
            lambda flow: row.write(flow, value) if row.write else put(flow, row.at, value),
            self._step(),
            f"inspector-{self._gesture}",
        )
        if refused:
            self._refused("error", refused)

    def _settled(self) -> None:
        row, before = self.row, self._before
        if row.settle is not None and self._desk.flow is not before:
            settle = row.settle
            self._desk.do(lambda flow: settle(before, flow), self._step(), f"inspector-{self._gesture}")
        self._gesture = next(_gestures)
        self._before = self._desk.flow

    def _step(self) -> str:
        """Return what the history calls the edit."""
        title = title_of(self._desk.flow, self.row.at._replace(field=""))
        return resources.text("inspector.step.change", field=self.row.label, title=title)

    def _refused(self, severity: str, sentence: str) -> None:
        self._refusal = (severity, sentence)
        self._complain()

    def _complain(self) -> None:
        """Show what is wrong: with what is typed first, else with what the flow holds."""
        severity, sentence = self._refusal if self._refusal[0] else self._complaint
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        for widget, name, value in ((self.problem, "tone", severity), (self.editor.target(), "invalid", severity)):
            if (widget.property(name) or "") != severity:
                widget.setProperty(name, value)
                widget.style().unpolish(widget)
                widget.style().polish(widget)


class ItemsWidget(QWidget):
    """A list of elements; each is a button that selects it."""

    def __init__(self, desk: Desk, items: Items, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[Item, ...] | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self.update_node(items)

    def update_node(self, items: Items) -> None:
        """Show the list as it is now."""
        plain = tuple(item for item in items.items)
        if self._shown is not None and _looks(plain) == _looks(self._shown):
            self._shown = plain
            return
        self._shown = plain
        _emptied(self._layout)
        if not items.items:
            self._layout.addWidget(_note(items.empty, self))
        for index, item in enumerate(items.items):
            self._layout.addWidget(self._line(index, item))

    def _line(self, index: int, item: Item) -> QWidget:
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        button = ItemButton(item, line)
        button.clicked.connect(lambda _=False: self._desk.selection.reveal(item.element))
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


class Elided(QLabel):
    """A label that shortens its text to its width."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._full = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def show_full(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the new width."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        short = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        if short != self.text():
            self.setText(short)


class Column(QWidget):
    """Nodes below each other."""

    def __init__(self, desk: Desk, parent: QWidget, spacing: int = 10) -> None:
        super().__init__(parent)
        self._desk = desk
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
                widget = made(self._desk, node, self)
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

    def __init__(self, desk: Desk, node: Section | Card, parent: QWidget) -> None:
        super().__init__(parent)
        self.node = node
        is_card = isinstance(node, Card)
        self.setProperty("role", "inspector_card" if is_card else "inspector_section")
        self.body = Column(desk, self, 8 if is_card else 10)
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
        self._is_open = node.is_open
        self._is_filled = False
        self.title.clicked.connect(lambda: self.open(not self._is_open))
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

    def fill(self) -> None:
        """Make the widgets inside; folded parts wait until somebody opens them."""
        self._is_filled = True
        self.body.show_nodes(self.node.children)

    def open(self, is_open: bool) -> None:
        """Unfold or fold."""
        self._is_open = is_open
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
        menu = filled_menu(action.menu, self)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self._buttons[number]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def filled_menu(actions: Sequence[Action], parent: QWidget) -> QMenu:
    """Return a menu of actions, each with icon and word; an action without a name is a line between others."""
    menu = QMenu(parent)
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


def made(desk: Desk, node: Node, parent: QWidget) -> QWidget:
    """Return a new widget for a node."""
    match node:
        case Row():
            return RowWidget(desk, node, parent)
        case Items():
            return ItemsWidget(desk, node, parent)
        case Note():
            return _note(node.text, parent)
        case Section() | Card():
            return FoldWidget(desk, node, parent)
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


def _note(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label


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


def _is_about(node: Node, element: Element) -> bool:
    """Say whether a node, or one inside it, edits an element."""
    if isinstance(node, Row):
        return (node.at.kind, node.at.id) == (element.kind, element.id)
    return isinstance(node, Section | Card) and any(_is_about(inner, element) for inner in node.children)
