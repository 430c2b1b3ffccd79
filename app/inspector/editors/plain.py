"""Editors of plain values: texts, names, yes or no, numbers, one of a few, colours, lists of texts."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QColorDialog, QHBoxLayout, QPushButton, QWidget

import resources
from app.inspector.editors.base import Counter, FieldEditor, Measure, Picker, PlainArea, PlainLine, index_of
from app.inspector.nodes import Line, Lines, Name, Pick, Real, Row, Texts, Toggle, Whole
from app.inspector.pictures import picture
from app.inspector.shared import Shared
from app.theme import colours_of


class LineEditor(FieldEditor):
    """One line, told with every key."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self.line = PlainLine(parent=self)
        self.column.addWidget(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.left.connect(self.settled)
        self.line.returnPressed.connect(self.settled)

    def follow(self) -> None:
        """Take what the description says."""
        spec = self.row.editor
        self.line.setPlaceholderText(spec.placeholder if isinstance(spec, Line) else "")

    def show_value(self, value: object) -> None:
        """Show a value."""
        self.line.show_text("" if value is None else str(value))

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.line

    def _typed(self, text: str) -> None:
        blank = self.row.editor.blank if isinstance(self.row.editor, Line) else ""
        self.tell(text if text else blank)


class NameEditor(LineEditor):
    """A name: told when the person has finished, because every formula follows."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self._kept = ""
        font = self.line.font()
        font.setFamilies(["DejaVu Sans Mono", "Menlo", "Consolas", "monospace"])
        self.line.setFont(font)
        self.line.left.connect(self._finish)
        self.line.returnPressed.connect(self._finish)

    def show_value(self, value: object) -> None:
        """Show a value."""
        self._kept = "" if value is None else str(value)
        self.line.show_text(self._kept)

    def follow(self) -> None:
        """Take what the description says."""
        spec = self.row.editor
        self.line.setPlaceholderText(spec.placeholder if isinstance(spec, Name) else "")

    def _typed(self, text: str) -> None:
        """Wait until the name is whole."""

    def _finish(self) -> None:
        if self.line.text() != self._kept:
            self._kept = self.line.text()
            self.tell(self._kept)


class LinesEditor(FieldEditor):
    """Several lines of text."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self.area = PlainArea(2, 10, self)
        self.watch(self.area)
        self.column.addWidget(self.area)
        self.area.textChanged.connect(self._typed)
        self.area.left.connect(self.settled)

    def follow(self) -> None:
        """Take what the description says."""
        spec = self.row.editor
        self.area.setPlaceholderText(spec.placeholder if isinstance(spec, Lines | Texts) else "")

    def show_value(self, value: object) -> None:
        """Show a value."""
        blocked = self.area.blockSignals(True)
        self.area.show_text(self._text(value))
        self.area.blockSignals(blocked)

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.area

    def _typed(self) -> None:
        self.tell(self._value())

    def _text(self, value: object) -> str:
        return "" if value is None else str(value)

    def _value(self) -> object:
        return self.area.toPlainText()


class TextsEditor(LinesEditor):
    """A list of texts, one a line; blank lines do not count."""

    def _text(self, value: object) -> str:
        return "\n".join(str(part) for part in value) if isinstance(value, tuple) else ""

    def _value(self) -> object:
        return tuple(line.strip() for line in self.area.lines() if line.strip())


class ToggleEditor(FieldEditor):
    """Yes or no."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self.box = QCheckBox(row.label, self)
        self.column.addWidget(self.box)
        self.box.clicked.connect(self.tell)

    def follow(self) -> None:
        """Take what the description says."""
        spec = self.row.editor
        if isinstance(spec, Toggle):
            self.box.setText(self.row.label)

    def show_value(self, value: object) -> None:
        """Show a value."""
        self.box.setChecked(bool(value))

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.box


class WholeEditor(FieldEditor):
    """A whole number."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self.box = Counter(parent=self)
        self.column.addWidget(self.box)
        self.box.valueChanged.connect(self.tell)
        self.box.editingFinished.connect(self.settled)

    def follow(self) -> None:
        """Take what the description says."""
        spec = self.row.editor
        if isinstance(spec, Whole):
            blocked = self.box.blockSignals(True)
            self.box.setRange(spec.minimum, spec.maximum)
            self.box.setSuffix(spec.suffix)
            self.box.setSpecialValueText(spec.special)
            self.box.blockSignals(blocked)

    def show_value(self, value: object) -> None:
        """Show a value."""
        blocked = self.box.blockSignals(True)
        self.box.setValue(value if isinstance(value, int) else 0)
        self.box.blockSignals(blocked)

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.box


class RealEditor(FieldEditor):
    """A number with places after the point."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self.box = Measure(parent=self)
        self.column.addWidget(self.box)
        self.box.valueChanged.connect(lambda value: self.tell(round(value, 6)))
        self.box.editingFinished.connect(self.settled)

    def follow(self) -> None:
        """Take what the description says."""
        spec = self.row.editor
        if isinstance(spec, Real):
            blocked = self.box.blockSignals(True)
            self.box.setDecimals(spec.places)
            self.box.setRange(spec.minimum, spec.maximum)
            self.box.setSingleStep(spec.step)
            self.box.blockSignals(blocked)

    def show_value(self, value: object) -> None:
        """Show a value."""
        blocked = self.box.blockSignals(True)
        self.box.setValue(value if isinstance(value, int | float) else 0.0)
        self.box.blockSignals(blocked)

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.box


class PickEditor(FieldEditor):
    """One of a few things."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self.box = Picker(parent=self)
        self.column.addWidget(self.box)
        self._shown: object = None
        self._values: list[object] = []
        self.box.chosen.connect(self._picked)

    def follow(self) -> None:
        """Take what the description says."""
        spec = self.row.editor
        if not isinstance(spec, Pick) or spec == self._shown:
            return
        self._shown = spec
        current = self._values[self.box.currentIndex()] if self.box.currentIndex() >= 0 else None
        self.box.clear()
        self._values = [option.value for option in spec.options]
        pictures = {idea: picture(idea, self.palette()) for idea in {option.icon for option in spec.options} if idea}
        for option in spec.options:
            if option.icon:
                self.box.addItem(pictures[option.icon], option.label)
            else:
                self.box.addItem(option.label)
        self.show_value(current)

    def show_value(self, value: object) -> None:
        """Show a value."""
        index = index_of(value, self._values)
        self.box.setCurrentIndex(index)
        if index >= 0:
            return
        self.box.setPlaceholderText(resources.text("inspector.pick.gone" if value else "inspector.pick.none"))

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.box

    def _picked(self, index: int) -> None:
        self.tell(self._values[index])
        self.settled.emit()


class ColourEditor(FieldEditor):
    """A colour: a swatch that opens the palette, and its code."""

    def __init__(self, shared: Shared, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(shared, row, parent)
        self.swatch = QPushButton(parent=self)
        self.swatch.setFixedWidth(40)
        self.swatch.setToolTip(resources.text("inspector.colour.choose"))
        self.swatch.setAccessibleName(resources.text("inspector.colour.choose"))
        self.line = PlainLine(parent=self)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.swatch)
        line.addWidget(self.line)
        self.column.addLayout(line)
        self._colour = "#000000"
        self.line.textEdited.connect(self._typed)
        self.line.left.connect(self.settled)
        self.line.returnPressed.connect(self.settled)
        self.swatch.clicked.connect(self._choose)

    def show_value(self, value: object) -> None:
        """Show a value."""
        self._colour = str(value)
        self.line.show_text(self._colour)
        self._paint()

    def target(self) -> QWidget:
        """Return the widget that gets the keyboard."""
        return self.line

    def changeEvent(self, event: QEvent) -> None:
        """Draw the swatch's edge in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the key on."""
        event.ignore()

    def _paint(self) -> None:
        edge = colours_of(self.palette()).outline
        sheet = f"background: {self._colour}; border: 1px solid {edge}; border-radius: 5px;"
        if self.swatch.styleSheet() != sheet:
            self.swatch.setStyleSheet(sheet)

    def _typed(self, text: str) -> None:
        colour = QColor(text if text.startswith("#") else f"#{text}")
        if not colour.isValid() or len(text.lstrip("#")) != 6:
            self.refused.emit("error", resources.text("inspector.colour.form"))
            return
        self._colour = colour.name()
        self._paint()
        self.tell(self._colour)

    def _choose(self) -> None:
        colour = QColorDialog.getColor(QColor(self._colour), self, resources.text("inspector.colour.choose"))
        if colour.isValid():
            self.show_value(colour.name())
            self.tell(colour.name())
            self.settled.emit()
