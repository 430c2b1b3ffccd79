"""Widths of columns that follow what stands in them; a column that a person has made wider or narrower stays so."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHeaderView, QTableView, QTreeView

NARROWEST, WIDEST = 56, 280
"""Pixels of a column in a table; what is longer ends in dots."""


def fit_columns(view: QTableView) -> None:
    """Give each column of a table the width of its heading and of what stands in it, within bounds."""
    header = view.horizontalHeader()
    model = view.model()
    kept: dict[str, int] = header.property("kept_widths") or {}
    for column in range(model.columnCount()):
        title = str(model.headerData(column, header.orientation()))
        wanted = max(view.sizeHintForColumn(column), header.sectionSizeHint(column)) + 8
        width = max(NARROWEST, min(WIDEST, wanted))
        # Wider or narrower than what was set last: that was a hand.
        if kept.get(title, header.sectionSize(column)) == header.sectionSize(column):
            view.setColumnWidth(column, width)
            kept[title] = header.sectionSize(column)
    header.setProperty("kept_widths", kept)


class Wrapped(QObject):
    """Gives one column of a list what the others leave, and lines enough for its words."""

    def __init__(
        self, view: QTreeView, column: int, share: float = 0.5, *, spare: Sequence[int] = (), narrow: int = 0
    ) -> None:
        """Arrange the columns.

        Args:
            view: The list.
            column: The one that matters most.
            share: The least of the width that it has.
            spare: The columns that are left out where the list is narrow.
            narrow: The pixels below which it is.
        """
        super().__init__(view)
        self._view, self._column, self._share = view, column, share
        self._spare, self._narrow = spare, narrow
        view.setUniformRowHeights(False)
        view.setWordWrap(True)
        header = view.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.viewport().installEventFilter(self)
        view.model().modelReset.connect(self.fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the width out anew."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Share the width out: each other column what it needs, all of them no more than the rest."""
        view, header = self._view, self._view.header()
        room = view.viewport().width()
        for number in self._spare:
            view.setColumnHidden(number, room < self._narrow)
        others = [
            number
            for number in range(view.model().columnCount())
            if number != self._column and not view.isColumnHidden(number)
        ]
        needs = {number: max(view.sizeHintForColumn(number), header.sectionSizeHint(number)) for number in others}
        most = int(room * (1 - self._share))
        # The narrow ones whole, and the wide ones alike: half a word such as "Warning" says nothing.
        for left, number in zip(range(len(needs), 0, -1), sorted(needs, key=needs.__getitem__), strict=True):
            width = min(needs[number], most // left)
            header.resizeSection(number, width)
            most -= width
        header.resizeSection(self._column, room - sum(header.sectionSize(number) for number in others))
        view.scheduleDelayedItemsLayout()
