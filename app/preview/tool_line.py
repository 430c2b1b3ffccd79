"""One line of buttons that fits its room: with words, with icons, and at last with a menu for the rest."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

SPACING = 2
WORDS, FEW_WORDS, FIRST_WORDS, ICONS, FOLDED = range(5)
"""How tight a line is: all buttons have their words, some have, the first one has, none has, some stand in a menu."""


OTHER_WORDS = "other_words"
"""The property of a button that holds what it also says at times."""

_BESIDE, _ICON = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly


class ToolLine(QWidget):
    """Buttons in one line. A button that loses its words keeps its tip and its name for screen readers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tightness = WORDS
        self._parts: Sequence[QWidget] = ()
        self._absent: Collection[QWidget] = ()
        self._words: dict[QToolButton, int] = {}
        self._wide: dict[tuple[QWidget, Qt.ToolButtonStyle], int] = {}
        self._folding: Sequence[QToolButton] = ()
        self._menu: QToolButton | None = None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(8, 4, 8, 4)
        self._line.setSpacing(SPACING)
        # The form with all words must not keep the line from becoming narrower.
        self._line.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)

    def hold(
        self, parts: Sequence[QWidget], words: dict[QToolButton, int], folding: Sequence[QToolButton], menu: QToolButton
    ) -> None:
        """Take the parts, from left to right.

        Args:
            parts: All of them.
            words: For each button with words how tight the line is in which it still has them.
            folding: What goes into a menu where there is least room.
            menu: The button of that menu; it follows the parts.
        """
        self._parts, self._words, self._folding, self._menu = (*parts, menu), words, folding, menu
        menu.setMenu(QMenu(menu))
        menu.menu().addActions([button.defaultAction() for button in folding])
        for part in self._parts:
            self._line.addWidget(part)
        self._line.addStretch(1)
        self._measure()

    def leave_out(self, absent: Collection[QWidget]) -> None:
        """Show all parts but some that make no sense now."""
        self._absent = absent
        self._fit()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return the room that the tightest form needs."""
        return QSize(self._width(FOLDED), self._line.minimumSize().height())

    def sizeHint(self) -> QSize:
        """Return the least room: the line fills what it gets."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit letters of another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()
            self._fit()

    def _measure(self) -> None:
        """Note how wide each button is with and without words; with words so that all that it may say has room."""
        for button in (part for part in self._parts if isinstance(part, QToolButton)):
            for style in (_ICON, _BESIDE):
                button.setToolButtonStyle(style)
                self._wide[button, style] = button.sizeHint().width()
            metrics = button.fontMetrics()
            said = metrics.horizontalAdvance(button.text())
            longest = max((metrics.horizontalAdvance(words) for words in button.property(OTHER_WORDS) or ()), default=0)
            self._wide[button, _BESIDE] += max(0, longest - said)

    def _fit(self) -> None:
        """Take the least tight form that has room."""
        forms = range(WORDS, FOLDED)
        self.tightness = next((form for form in forms if self._width(form) <= self.width()), FOLDED)
        for part in self._parts:
            part.setVisible(self._is_shown(part, self.tightness))
            if isinstance(part, QToolButton):
                style = self._style(part, self.tightness)
                part.setToolButtonStyle(style)
                part.setFixedWidth(self._wide[part, style])
        # At once: what is pressed next is aimed at where things are now.
        self._line.activate()

    def _width(self, form: int) -> int:
        margins = self._line.contentsMargins()
        shown = [part for part in self._parts if self._is_shown(part, form)]
        wide = sum(self._wide.get((part, self._style(part, form)), part.minimumWidth()) for part in shown)
        return wide + SPACING * len(shown) + margins.left() + margins.right()

    def _is_shown(self, part: QWidget, form: int) -> bool:
        if part is self._menu:
            return form == FOLDED
        return part not in self._absent and not (form == FOLDED and part in self._folding)

    def _style(self, part: QWidget, form: int) -> Qt.ToolButtonStyle:
        return _BESIDE if isinstance(part, QToolButton) and form <= self._words.get(part, -1) else _ICON
