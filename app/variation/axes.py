"""One axis of variation as a card: its switch, what may differ, how many values, and who sees each of them."""

from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

import resources
from app.document.session import DocumentSession
from app.theme import colours_of, icon
from app.variation.choices import Choice, choices, counts, is_own, part_of, shipped_of, swatch_of
from app.widgets.labels import Elided, note
from app.widgets.popups import ListBox
from app.words.variants import axis_title, axis_words
from flow_models.document.edits.variation import axis_of, bring_back, place_values, reset_axis, switch_axis
from flow_models.document.flow import Flow

PARTS = ("training", "tests", "never")
SWATCH = QSize(22, 14)
PICKER_WIDTH = 108


class AxisCard(QFrame):
    """One axis; unfolded it shows every value."""

    changed = Signal(object, str)
    """Carries the flow after an edit and the step's name."""

    def __init__(self, axis: str, session: DocumentSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._axis = axis
        self._session = session
        self._choices = choices(axis)
        self.pickers: dict[tuple[str, str], PartPicker] = {}
        title = axis_title(axis)
        self.setProperty("role", "card")
        self.switch = QCheckBox(title)
        font = self.switch.font()
        font.setBold(True)
        self.switch.setFont(font)
        self.counts = Elided("", self)
        self.counts.setProperty("role", "muted")
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.unfold = QToolButton(self)
        self.unfold.setCheckable(True)
        self.unfold.setToolTip(resources.text("variation.panel.unfold", axis=title))
        self.unfold.setAccessibleName(self.unfold.toolTip())
        self.unfold.setVisible(bool(self._choices))
        self.reset = QPushButton(resources.text("variation.panel.reset"))
        self.reset.setToolTip(resources.text("variation.panel.reset_tip"))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.switch)
        head.addWidget(self.counts, 1)
        head.addWidget(self.unfold)
        self.body = QWidget(self)
        self._fill_body()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(note(axis_words(axis), self))
        layout.addWidget(self.body)
        self.body.hide()
        self.switch.toggled.connect(self._switch)
        self.unfold.toggled.connect(self._unfold)
        self.reset.clicked.connect(self._reset)
        self._draw_icons()
        self.show_flow(session.flow)

    def show_flow(self, flow: Flow) -> None:
        """Show what a flow says about the axis."""
        axis = axis_of(flow.variation, self._axis)
        blocker = QSignalBlocker(self.switch)
        self.switch.setChecked(axis.is_on)
        blocker.unblock()
        self.body.setEnabled(axis.is_on)
        words = self._count_words(flow, is_on=axis.is_on)
        self.counts.show_full(words)
        self.counts.setToolTip(words)
        self.reset.setVisible(is_own(flow, self._axis))
        for choice in self._choices:
            self.pickers[choice.aspect, choice.name].show_part(part_of(flow, self._axis, choice))

    def _fill_body(self) -> None:
        grid = QGridLayout(self.body)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        row, aspect = 0, ""
        has_captions = len({choice.aspect for choice in self._choices}) > 1
        for choice in self._choices:
            if has_captions and choice.aspect != aspect:
                caption = QLabel(resources.text(f"variation.aspect.{choice.aspect}"), self.body)
                caption.setProperty("role", "muted")
                caption.setContentsMargins(0, 4 if row else 0, 0, 0)
                grid.addWidget(caption, row, 0, 1, 2)
                row += 1
            aspect = choice.aspect
            grid.addWidget(self._title(choice), row, 0)
            picker = PartPicker(choice, self.body)
            picker.part_chosen.connect(partial(self._place, choice))
            self.pickers[choice.aspect, choice.name] = picker
            grid.addWidget(picker, row, 1)
            row += 1
        grid.addWidget(self.reset, row, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)

    def _title(self, choice: Choice) -> QWidget:
        """Return the words for a value; a look shows its colours beside them."""
        words = Elided(choice.title, self.body)
        words.setToolTip(choice.title)
        if choice.aspect != "look":
            return words
        line = QWidget(self.body)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        picture = QLabel(line)
        picture.setPixmap(swatch(*swatch_of(choice.name), colours_of(self.palette()).outline))
        layout.addWidget(picture)
        layout.addWidget(words, 1)
        return line

    def _count_words(self, flow: Flow, *, is_on: bool) -> str:
        if not is_on:
            return resources.text("variation.panel.off")
        if not self._choices or self._axis == "wording":
            return ""
        found = counts(flow, self._axis)
        key = "counts" if found.tests else "counts_training"
        return resources.text(f"variation.panel.{key}", training=found.training, tests=found.tests)

    def _switch(self, is_on: bool) -> None:
        key = "switch_on" if is_on else "switch_off"
        label = resources.text(f"variation.label.{key}", axis=axis_title(self._axis).lower())
        self.changed.emit(switch_axis(self._session.flow, self._axis, is_on), label)

    def _place(self, choice: Choice, part: str) -> None:
        flow, label = self._session.flow, resources.text("variation.label.place", value=choice.title)
        if choice.is_whole and part != "never":
            changed = bring_back(flow, self._axis, choice.values)
        else:
            known = next(one for one in PARTS if one == part)
            changed = place_values(flow, self._axis, choice.values, known, shipped_of(self._axis))  # type: ignore[arg-type]  # one of the three
        self.changed.emit(changed, label)

    def _reset(self) -> None:
        label = resources.text("variation.label.reset", axis=axis_title(self._axis).lower())
        self.changed.emit(reset_axis(self._session.flow, self._axis), label)

    def _unfold(self, is_open: bool) -> None:
        self.body.setVisible(is_open)
        self._draw_icons()

    def _draw_icons(self) -> None:
        self.unfold.setIcon(icon("fold" if self.unfold.isChecked() else "unfold", self.palette(), "muted"))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new colours when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "reset"):
            self._draw_icons()


class PartPicker(ListBox):
    """Who sees a value."""

    part_chosen = Signal(str)

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(PICKER_WIDTH)
        self.setAccessibleName(resources.text("variation.panel.who", value=choice.title))
        for part in ("training", "never") if choice.is_whole else PARTS:
            key = "varies" if choice.is_whole and part == "training" else part
            self.addItem(resources.text(f"variation.part.{key}"), part)
        self.activated.connect(lambda index: self.part_chosen.emit(str(self.itemData(index))))

    def show_part(self, part: str) -> None:
        """Show who sees it now."""
        self.setCurrentIndex(self.findData(part))


def swatch(page: str, brand: str, edge: str) -> QPixmap:
    """Return a small picture of a look: its page with a bar in its brand's colour."""
    picture = QPixmap(SWATCH)
    picture.fill(QColor(page) if QColor.isValidColorName(page) else QColor("white"))
    painter = QPainter(picture)
    bar = QColor(brand) if QColor.isValidColorName(brand) else QColor("grey")
    painter.fillRect(0, 0, SWATCH.width(), 5, bar)
    painter.fillRect(12, 8, 7, 3, bar)
    painter.setPen(QColor(edge))
    painter.drawRect(0, 0, SWATCH.width() - 1, SWATCH.height() - 1)
    painter.end()
    return picture
