"""The variation panel: what may vary and who sees it, and in which ways texts are said."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.variation.axes import AxisCard
from app.variation.choices import variants
from app.variation.saying import SayingTab
from flow_models.document.flow import Flow
from flow_models.document.variation import AXES


class VariationPanel(QWidget):
    """Says in words what may differ between the sites of one drawing, with switches."""

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        del selection
        self._session = session
        self.summary = QLabel(wordWrap=True)
        self.cards = {axis: AxisCard(axis, session, self) for axis in AXES}
        self.saying = SayingTab(session, self)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.summary)
        for card in self.cards.values():
            column.addWidget(card)
            card.changed.connect(session.edit)
        column.addStretch(1)
        self.saying.changed.connect(session.edit)
        self.tabs = QTabWidget()
        for page, name in ((inside, "tab_axes"), (self.saying, "tab_words")):
            title = resources.text(f"variation.panel.{name}")
            self.tabs.addTab(_scrolled(page, title), title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        session.flow_changed.connect(self._flow_changed)
        self._show(session.flow)

    def _flow_changed(self, before: Flow, after: Flow) -> None:
        if before.variation is not after.variation:
            self._show(after)
        if before.variation is not after.variation or before.pages != after.pages or before.sections != after.sections:
            self.saying.note_change()

    def _show(self, flow: Flow) -> None:
        for card in self.cards.values():
            card.show_flow(flow)
        found = variants(flow)
        key = "count" if found.training + found.tests > 1 else "count_one"
        counts = {"training": f"{found.training:,}", "tests": f"{found.tests:,}"}
        self.summary.setText(resources.text(f"variation.panel.{key}", **counts))


def _scrolled(inside: QWidget, title: str) -> QScrollArea:
    """Return a tab that can be lower than what is in it: the window has to fit on a screen of 720 pixels."""
    scroll = QScrollArea(widgetResizable=True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setAccessibleName(title)
    scroll.setWidget(inside)
    return scroll
