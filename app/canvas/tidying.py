"""Tidying up from the canvas: of a large flow in a thread of its own, while the window goes on answering."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

import resources
from app.canvas import changes, naming
from app.canvas.board import Board
from app.document.jobs import Jobs
from app.words.counts import counted
from flow_models.document.edits import pages
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.geometry.layout import Layout, layout_of
from flow_models.geometry.tidy import tidied

AT_ONCE = 60
"""Up to so many pages are in their places before anybody notices that it takes time."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be tidied up: some pages of a flow, or all of them for `None`."""

    flow: Flow
    layout: Layout
    some: Collection[str] | None
    aspect: float


@dataclass(frozen=True, slots=True)
class _Done:
    """A wish with what came of it."""

    wish: _Wish
    flow: Flow
    layout: Layout
    places: Mapping[str, tuple[float, float]]


class _Work(QObject):
    """The thread; without a parent, so that it lives as long as its thread speaks through it."""

    done = Signal(object)
    """Carries a `_Done`."""
    failed = Signal(object)
    """Carries a bug."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs = Jobs("tidying", self.failed.emit)
        self.close = self._jobs.close

    def begin(self, wish: _Wish) -> None:
        """Tidy up; a wish that waits for that is passed over."""
        self._jobs.post("tidy", lambda: self.done.emit(_fulfilled(wish)))


class Tidying(QObject):
    """Tidies up what is chosen, or everything; what comes too late, after another edit, is dropped."""

    said = Signal(str)

    def __init__(self, board: Board, widget: QWidget) -> None:
        super().__init__(widget)
        self._board = board
        self._widget = widget
        self._work: _Work | None = None
        self._under_way: Flow | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether the thread is at it for the flow as it is now."""
        return self._under_way is self._board.flow

    def begin(self) -> None:
        """Place the chosen pages, those of chosen sections included, or all; then show them whole."""
        board = self._board
        if self.is_under_way:
            return
        chosen = changes.chosen_pages(board.flow, board.selection.elements)
        some = chosen if 1 < len(chosen) < len(board.flow.pages) else None
        aspect = self._widget.width() / max(1, self._widget.height())
        wish = _Wish(board.flow, board.layout, some, min(3.0, max(0.5, aspect)))
        if len(board.flow.pages) <= AT_ONCE:
            self._take(_fulfilled(wish))
            return
        self._under_way = board.flow
        self._say("begun", wish)
        self._worker().begin(wish)

    def _worker(self) -> _Work:
        """Return the thread, which is there from the first large flow on."""
        if self._work is None:
            self._work = _Work()
            self._work.done.connect(self._finish, Qt.ConnectionType.QueuedConnection)
            self._work.failed.connect(self._raise, Qt.ConnectionType.QueuedConnection)
            self.destroyed.connect(self._work.close)
        return self._work

    def _finish(self, done: _Done) -> None:
        """Take what the thread made, unless the flow is another one by now."""
        if self._under_way is done.wish.flow:
            self._under_way = None
        is_current = done.wish.flow is self._board.flow
        if is_current:
            self._take(done)
        self._say("done" if is_current else "dropped", done.wish)

    def _raise(self, bug: Exception) -> None:
        """Let a bug that the thread met be told as any other."""
        self._under_way = None
        raise bug

    def _take(self, done: _Done) -> None:
        board, some = self._board, done.wish.some
        named = ("tidy_some", naming.page_names(board.flow, some)) if some else ("tidy", "")
        board.foresee(done.flow, done.layout)
        board.session.edit(done.flow, naming.labelled(*named))
        board.seen_wanted.emit(tuple(Element("page", page) for page in done.places))

    def _say(self, what: str, wish: _Wish) -> None:
        count = len(wish.flow.pages) if wish.some is None else len(wish.some)
        self.said.emit(resources.text(f"canvas.tidying.{what}", what=counted("page", count)))


def _fulfilled(wish: _Wish) -> _Done:
    """Return a flow with pages in tidy places and its layout."""
    places = tidied(wish.flow, wish.some, aspect=wish.aspect, layout=wish.layout)
    flow = pages.move_pages(wish.flow, places)
    return _Done(wish, flow, layout_of(flow, wish.layout), places)
