"""The head of the inspector: what is shown, and the way to it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.inspector.forms.choosing import way_to
from app.inspector.shared import Shared
from app.theme import icon
from app.widgets.labels import Elided
from app.words.elements import icon_idea, title_of, word_of_part
from flow_models.document.edits.parts import part_of
from flow_models.document.elements import Element
from flow_models.document.wording import ARROW


class Head(QFrame):
    """What is shown: the way to it as buttons, its icon, its title and what it is."""

    def __init__(self, shared: Shared, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "inspector_head")
        self._shared = shared
        self._element: Element | None = None
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(0)
        self._crumbs.addStretch(1)
        self._crumb_widgets: list[QWidget] = []
        self._way: object = None
        self._icon = QLabel()
        self.title = Elided("", self)
        self.title.setProperty("role", "inspector_title")
        self._word = QLabel()
        self._word.setProperty("role", "badge")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addWidget(self.title, 1)
        line.addWidget(self._word)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addLayout(self._crumbs)
        layout.addLayout(line)

    def show_element(self, element: Element | None, several: str) -> None:
        """Show the way to an element, or how many are selected."""
        self._element = element
        flow = self._shared.flow
        part = None if element is None else part_of(flow, element)
        self.title.show_full(several if element is None else title_of(flow, element))
        self.title.setToolTip("" if element is None else title_of(flow, element))
        self._word.setText("" if part is None else word_of_part(part))
        self._word.setVisible(part is not None)
        self._draw()
        way = () if element is None else way_to(flow, element)
        named = tuple((step, title_of(flow, step)) for step in way)
        if named == self._way:
            return
        self._way = named
        for widget in self._crumb_widgets:
            self._crumbs.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._crumb_widgets = []
        for number, (step, title) in enumerate(named):
            if number:
                self._crumb_widgets.append(_separator())
            self._crumb_widgets.append(self._crumb(step, title, len(named)))
        for number, widget in enumerate(self._crumb_widgets):
            self._crumbs.insertWidget(number, widget)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._draw()

    def _crumb(self, step: Element, title: str, count: int) -> QToolButton:
        crumb = QToolButton(self)
        crumb.setProperty("role", "crumb")
        room = max(60, 250 // max(1, count))
        crumb.setText(crumb.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room))
        crumb.setToolTip(title)
        crumb.setAccessibleName(title)
        crumb.clicked.connect(lambda _=False: self._shared.selection.reveal(step))
        return crumb

    def _draw(self) -> None:
        part = None if self._element is None else part_of(self._shared.flow, self._element)
        idea = "app" if part is None else icon_idea(part)
        self._icon.setPixmap(icon(idea, self.palette(), "accent").pixmap(20, 20))


def _separator() -> QLabel:
    label = QLabel(ARROW.strip())
    label.setProperty("role", "muted")
    return label
