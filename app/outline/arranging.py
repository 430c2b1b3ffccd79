"""Lines of the outline that are dragged or moved by key, and blocks from the palette that are let go on them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QTreeView

import resources
from app.blocks.dragging import Landing, Taking, landing_at
from app.blocks.placing import Carried, New, Spot, put, spot_inside
from app.document.changing import tried
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.outline.moving import Aim, Side, Step, aim_by_key, block_spot, can_move, step_to
from app.outline.nodes import Node
from flow_models.document.elements import Element

KEYS = {"up": "Alt+Up", "down": "Alt+Down", "in": "Alt+Right", "out": "Alt+Left"}
"""The keys that move a line, by the way that it goes."""


class Arranging(QObject):
    """Moves what the lines of a tree stand for."""

    said = Signal(str)
    """Carries why something did not go where it was wanted."""

    def __init__(
        self,
        session: DocumentSession,
        selection: Selection,
        tree: QTreeView,
        line_at: Callable[[QPoint], tuple[Node, QRect] | None],
    ) -> None:
        """Begin.

        Args:
            session: The open document.
            selection: What is selected.
            tree: The tree.
            line_at: Returns the line under a point and where it is seen.
        """
        super().__init__(tree)
        self._session = session
        self._selection = selection
        self._line_at = line_at
        self.taking = Taking(tree.viewport(), self._look, self._drop, self._grab)

    def move(self, way: str) -> None:
        """Move the current element by key: `up`, `down`, `in` or `out`."""
        moved, flow = self._selection.current, self._session.flow
        if moved is None or not can_move(moved):
            return
        aim = aim_by_key(flow, moved, way)
        if aim is None:
            self.said.emit(resources.text(f"shell.outline.no_way.{way}"))
        elif isinstance(aim, Spot):
            self._put(moved, aim)
        else:
            self._take(moved, step_to(flow, moved, aim))

    def _grab(self, point: QPoint) -> Element | None:
        found = self._line_at(point)
        element = None if found is None else found[0].element
        return element if element is not None and can_move(element) else None

    def _look(self, carried: Carried, point: QPoint) -> Landing | None:
        """Say where something would land that is held over the tree."""
        found = self._line_at(point)
        if found is None or found[0].element == carried:
            return None
        node, seen = found
        aim = self._aim(carried, node, (point.y() - seen.top()) / max(1, seen.height()))
        mark = {
            "before": QRect(seen.left(), seen.top(), seen.width(), 1),
            "behind": QRect(seen.left(), seen.bottom(), seen.width(), 1),
            "into": seen,
        }[aim.side]
        flow = self._session.flow
        if isinstance(carried, New) or carried.kind == "block":
            spot = block_spot(flow, aim)
            if spot is None:
                return Landing(None, seen, resources.text("shell.outline.only.block"), is_refused=True)
            return landing_at(flow, carried, spot, mark)
        step = step_to(flow, carried, aim)
        if isinstance(step, Step):
            return Landing(step, mark, step.label) if step.label else None
        return Landing(None, seen, step, is_refused=True)

    def _aim(self, carried: Carried, node: Node, share: float) -> Aim:
        """Return at what something is held: at an edge of a line of its own kind, else onto the line."""
        at, kind = node.element, "block" if isinstance(carried, New) else carried.kind
        is_alike = at is not None and at.kind == kind
        holds = kind == "block" and at is not None and is_alike and spot_inside(self._session.flow, at.id) is not None
        is_inside = not is_alike or (holds and 0.3 < share < 0.7)
        side: Side = "into" if is_inside else "before" if share < 0.5 else "behind"
        above = None if node.parent is None else node.parent.element
        return Aim(at, side, "" if at else node.key, "" if above is None else above.id)

    def _drop(self, carried: Carried, landing: Landing) -> None:
        if isinstance(landing.place, Spot):
            self._put(carried, landing.place)
        elif isinstance(landing.place, Step) and isinstance(carried, Element):
            self._take(carried, landing.place)

    def _put(self, carried: Carried, spot: Spot) -> None:
        refused = put(self._session, self._selection, carried, spot)
        if refused:
            self.said.emit(refused)

    def _take(self, moved: Element, step: Step | str) -> None:
        """Take a step, unless it changes nothing; the selection stays with what was moved."""
        if isinstance(step, str):
            self.said.emit(step)
            return
        flow, refused = tried(step.change, self._session.flow)
        if refused:
            self.said.emit(refused)
        elif flow != self._session.flow:
            self._session.edit(flow, step.label)
            self._selection.select(moved)
