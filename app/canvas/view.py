"""The canvas as a panel: view, minimap and the hint on an empty canvas; all that the window needs."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from PySide6.QtCore import QEvent, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.canvas import changes, naming, renaming
from app.canvas.board import Board
from app.canvas.commands import Commands
from app.canvas.hint import EmptyHint
from app.canvas.looks import Play, Reported
from app.canvas.minimap import Minimap
from app.canvas.offering import Offering
from app.canvas.picking import PagePicker
from app.canvas.pointer import Pointer
from app.canvas.scene import DiagramScene
from app.canvas.taking import BlockTaking
from app.canvas.viewport import DiagramView
from app.canvas.zooming import ZoomBar
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.drawing import strokes
from app.drawing.colours import ink_of
from app.words.elements import title_of_part
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

_ZOOM_STEP = 1.25
_READABLE = 0.7


class CanvasPanel(QWidget):
    """Shows and edits the flow as a diagram."""

    test_requested = Signal(str)
    """Carries the id of the page from which to test."""
    said = Signal(str)

    def __init__(self, session: DocumentSession, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fits_when_shown = True
        self.scene = DiagramScene(ink_of(self.palette()))
        self.board = Board(session, selection, self.scene, self)
        self.view = DiagramView(self.scene, Pointer(self.board), self)
        Offering(self.board, self.view, self)
        BlockTaking(self.board, self.view)
        self.commands = Commands(self.board, self._view_actions(), self.view)
        self.commands.test_requested.connect(self.test_requested)
        self.commands.tidying.said.connect(self.said)
        self.minimap = Minimap(self.board, self.view)
        self.hint = EmptyHint(self.actions_by_name["new_page"], self)
        self.zoom_bar = ZoomBar(self.actions_by_name, self.view)
        self.view.lay_over(self.minimap, self.zoom_bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.board.layout_changed.connect(self._layout_changed)
        self.board.rename_wanted.connect(lambda element: renaming.rename(self.board, self.view, element))
        self.board.menu_wanted.connect(lambda place: self.commands.menu().popup(place))
        self.board.bring_wanted.connect(self.reveal)
        self.board.seen_wanted.connect(self._show_together)
        session.opened.connect(self._first_look)
        session.flow_changed.connect(self._drop_gesture)
        selection.changed.connect(self._selection_changed)
        selection.changed.connect(self._bring_selection)
        selection.revealed.connect(self._reveal_readably)
        self._layout_changed()

    @property
    def actions_by_name(self) -> Mapping[str, QAction]:
        """The canvas's commands for menus, such as `new_page`, `delete` or `fit`; put these in, make no twins."""
        return self.commands.actions

    def show_problems(self, problems: Sequence[Reported]) -> None:
        """Put a badge on each page that has problems."""
        self.board.show_problems(problems)

    def show_coverage(self, shares: Mapping[str, str]) -> None:
        """Write on each page how much of it walks have touched, in words; nothing where nothing is said."""
        self.board.scene.set_shares(shares)

    def show_play(
        self,
        active_page: str | None,
        possible: Mapping[str, tuple[bool, str]] | None = None,
        last_transition: str | None = None,
    ) -> None:
        """Light up what is played.

        Args:
            active_page: The page where the episode is; `None` ends the play.
            possible: For each transition that can be tried here, whether it would be taken and, if not, why in words.
            last_transition: The transition taken last.
        """
        self.board.show_play(Play(active_page, dict(possible or {}), last_transition))
        self.minimap.repaint_map()
        if active_page is not None:
            self.reveal(Element("page", active_page))

    def fit(self) -> None:
        """Show the whole diagram, nothing of it under what lies over the view."""
        layout = self.board.layout
        parts = [card.rect for card in layout.cards.values()] + [frame.rect for frame in layout.frames.values()]
        parts += [arrow.label.rect for arrow in layout.arrows.values() if arrow.label is not None]
        self.view.show_area(strokes.qrect(layout.bounds), parts=[strokes.qrect(part) for part in parts])

    def reveal(self, element: Element) -> None:
        """Bring an element, or the page that it is on, into view."""
        area = self.board.area_of(element)
        if area is not None:
            self.view.bring(area)

    def _reveal_readably(self, element: Element) -> None:
        """Bring an element that was found elsewhere into view, so near that one can read it."""
        area = self.board.area_of(element)
        if area is not None:
            self.view.bring(area, least_zoom=0.0 if self.view.is_in_hand else _READABLE)

    def _bring_selection(self, elements: tuple[Element, ...]) -> None:
        """Bring into view whole what was selected elsewhere; what the hand is on stays under it."""
        if self.view.is_in_hand or self.board.keeps_view:
            return
        areas = [area for element in elements if (area := self.board.area_of(element)) is not None]
        if not areas:
            return
        seen = self.view.seen()
        if len(areas) == 1:
            self.view.bring(areas[0])
        elif not any(seen.contains(area) for area in areas):
            self.view.bring(areas[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overlays in their corners."""
        super().resizeEvent(event)
        self._place_overlays()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the whole diagram at first."""
        super().showEvent(event)
        if self._fits_when_shown:
            self._fits_when_shown = False
            # Once the layout around the view has given it its size.
            QTimer.singleShot(0, self, self._first_look)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another palette, or another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            strokes.forget_fonts()
            self.scene.set_ink(ink_of(self.palette()))
            # The parts inside hear of it later.
            self.commands.refresh_icons(self.palette())
            self.view.viewport().update()
            self.minimap.repaint_map()

    def _first_look(self) -> None:
        """Show everything if it can be read, else the start at a readable zoom."""
        self.fit()
        start = self.board.flow.site.start
        if self.view.zoom < 0.4 and start is not None and start in self.board.layout.cards:
            rect = self.board.layout.cards[start].rect
            self.view.set_zoom(_READABLE)
            size = self.view.viewport().size() / _READABLE
            self.view.centerOn(rect.x + size.width() / 2 - 90.0, rect.y + size.height() / 2 - 120.0)

    def _view_actions(self) -> dict[str, Callable[[], object]]:
        return {
            "connect": self._pick_target,
            "fit": self.fit,
            "zoom_in": lambda: self.view.set_zoom(self.view.zoom * _ZOOM_STEP),
            "zoom_out": lambda: self.view.set_zoom(self.view.zoom / _ZOOM_STEP),
            "zoom_full": lambda: self.view.set_zoom(1.0),
            "zoom_selection": self._zoom_to_selection,
        }

    def _pick_target(self) -> None:
        """Let the keyboard choose the page to which the selected one is connected."""
        source, flow = self.board.selection.ids("page")[0], self.board.flow
        pages = [(page.id, title_of_part(flow, page)) for page in flow.pages if page.id != source]

        def connect(target: str) -> None:
            label = naming.connect_label(self.board.flow, source, target)
            self.board.make(changes.connect(self.board.flow, source, "", target), label)

        corner = self.view.mapFromScene(self.scene.cards[source].pos() + QPointF(230.0, 0.0))
        PagePicker(self, pages, connect).open_at(self.view.viewport().mapToGlobal(corner))

    def _zoom_to_selection(self) -> None:
        whole = self._area_of(self.board.selection.elements)
        if whole is not None:
            self.view.show_area(whole, most_zoom=1.5)

    def _show_together(self, elements: Sequence[Element]) -> None:
        """Show elements whole, everything if it is all pages, without zooming in or moving what is seen already."""
        whole = self._area_of(elements)
        if len(elements) == len(self.board.layout.cards):
            self.fit()
        elif whole is not None and not self.view.seen().contains(whole):
            self.view.show_area(whole, most_zoom=self.view.zoom)

    def _area_of(self, elements: Sequence[Element]) -> QRectF | None:
        """Return what some elements take up together; `None` if none of them is drawn."""
        areas = [area for element in elements if (area := self.board.area_of(element)) is not None]
        return reduce(QRectF.united, areas) if areas else None

    def _drop_gesture(self, _before: Flow, _after: Flow) -> None:
        """End a gesture during which the flow changed otherwise, as by undo from the keyboard."""
        self.view.cancel_gesture()

    def _layout_changed(self) -> None:
        self.hint.setVisible(not self.board.layout.cards)
        self.minimap.setVisible(bool(self.board.layout.cards))
        self._place_overlays()

    def _selection_changed(self, elements: tuple[Element, ...]) -> None:
        """Tell assistive technology which card is selected; the view itself is one widget to it."""
        cards = [self.scene.cards[element.id] for element in elements if element.id in self.scene.cards]
        self.view.setAccessibleDescription(cards[-1].accessible_name if cards else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self.view, QAccessible.Event.DescriptionChanged))

    def _place_overlays(self) -> None:
        self.minimap.place()
        self.zoom_bar.place()
        self.hint.fit(self.view.width())
        self.hint.move(self.view.geometry().center() - self.hint.rect().center())
        self.hint.raise_()
