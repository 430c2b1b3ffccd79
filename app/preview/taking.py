"""Blocks from the palette that are let go on the page in the browser: where they land between its blocks.

Where each block is seen is asked of the page once, when the drag comes over it.
"""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect

import resources
from app.blocks.boxes import place_among
from app.blocks.dragging import Landing, Taking, landing_at
from app.blocks.placing import Carried, Spot, put
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.preview.parts import Part
from app.preview.stage import Stage
from flow_models.document.base import PageId
from flow_models.geometry.shapes import Point, Rect, united

if TYPE_CHECKING:
    from app.preview.browser import Browser

_BOXES = """
(() => {
  const all = [...document.querySelectorAll('*')];
  const around = (first, end) => {
    const seen = all.slice(first, end).map((e) => e.getBoundingClientRect()).filter((r) => r.width && r.height);
    if (!seen.length) return null;
    const x = Math.min(...seen.map((r) => r.left)), y = Math.min(...seen.map((r) => r.top));
    return [x, y, Math.max(...seen.map((r) => r.right)) - x, Math.max(...seen.map((r) => r.bottom)) - y];
  };
  const main = all.indexOf(document.querySelector('main'));
  return JSON.stringify([around(main, main + 1), ...PARTS.map(([first, end]) => around(first, end))]);
})()
"""
"""Returns where the page's main part is seen, then where each block is, in the page's own pixels."""


class PageTaking(QObject):
    """Lets the page in the browser take blocks in."""

    def __init__(
        self,
        stage: Stage,
        session: DocumentSession,
        selection: Selection,
        shown: Callable[[], tuple[str, tuple[Part, ...]]],
    ) -> None:
        """Begin.

        Args:
            stage: The place of the page.
            session: The open document.
            selection: What is selected.
            shown: Returns the page that is shown, and its blocks; empty if none is.
        """
        super().__init__(stage)
        self._stage = stage
        self._session = session
        self._selection = selection
        self._shown = shown
        self._page = ""
        self._boxes: Mapping[str, Rect] = {}
        self._room: Rect | None = None
        self._is_asking = False
        # Qt asks the filter that came last first: the boxes are wanted before anything is looked for among them.
        self.taking = Taking(stage, self._look, self._drop)
        stage.installEventFilter(self)

    @property
    def is_ready(self) -> bool:
        """Whether it is known where each block is seen."""
        return self._room is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask where each block is seen, when a drag comes."""
        if event.type() == QEvent.Type.DragEnter:
            self._ask()
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        browser = self._stage.browser
        self._page, parts = self._shown()
        self._boxes, self._room = {}, None
        if browser is None or not self._page or self._is_asking:
            return
        self._is_asking = True
        ranges = json.dumps([(part.first, part.end) for part in parts])
        browser.page.runJavaScript(_BOXES.replace("PARTS", ranges), 0, lambda found: self._take(browser, parts, found))

    def _take(self, browser: "Browser", parts: tuple[Part, ...], answer: str) -> None:
        """Take note of where each block is seen, in pixels of the stage."""
        self._is_asking = False
        main, *found = json.loads(answer) if answer else [None]
        if main is None:
            # The page is still on its way; the next move asks again.
            return
        by_block: dict[str, list[Rect]] = {}
        for part, box in zip(parts, found, strict=False):
            if box is not None:
                by_block.setdefault(part.block, []).append(_on_stage(browser, box))
        flow = self._session.flow
        self._boxes = {block: united(boxes) for block, boxes in by_block.items() if block in flow.owners_by_block}
        self._room = _on_stage(browser, main)

    def _look(self, carried: Carried, point: QPoint) -> Landing:
        """Say where a block would land that is held over a point of the stage."""
        flow = self._session.flow
        page = flow.pages_by_id.get(PageId(self._page))
        if page is None or self._room is None:
            self._ask()
            return Landing(None, QRect(), resources.text("shell.palette.on_nothing"), is_refused=True)
        at = Point(point.x(), point.y())
        owners = [flow.owners_by_block[block] for block, box in self._boxes.items() if box.holds(at)]
        owner = next(iter(owners), page)
        own = {block: box for block, box in self._boxes.items() if flow.owners_by_block[block] is owner}
        spot, line = place_among(flow, owner, own, at, self._room)
        mark = QRect(round(line.x), round(line.y), round(line.width), round(line.height))
        return landing_at(flow, carried, spot, mark)

    def _drop(self, carried: Carried, landing: Landing) -> None:
        if isinstance(landing.place, Spot):
            put(self._session, self._selection, carried, landing.place)


def _on_stage(browser: "Browser", box: list[float]) -> Rect:
    """Return a box of the page in pixels of the stage."""
    zoom, corner = browser.view.zoomFactor(), browser.pos() + browser.view.pos()
    x, y, width, height = (value * zoom for value in box)
    return Rect(x + corner.x(), y + corner.y(), width, height)
