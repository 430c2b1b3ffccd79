"""The scene: one item for each card, arrow, label and frame, exchanged only where the layout has another object."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeVar

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

import resources
from app.canvas.arrow import ArrowItem, LabelItem
from app.canvas.card import CardItem
from app.canvas.frame import FrameItem
from app.canvas.looks import Badge, Play
from app.drawing import strokes
from app.drawing.colours import Ink
from flow_models.document.elements import Element
from flow_models.geometry.arrows import Arrow, Label
from flow_models.geometry.cards import TITLE_HEIGHT, Card
from flow_models.geometry.frames import Frame
from flow_models.geometry.layout import Layout

HitKind = Literal["none", "card", "title", "row", "port", "handle", "plus", "arrow", "head", "chip", "frame"]
_GRID = 20.0
_ROOM = 1600.0
"""Scene units around everything into which one can pan."""


class Hit(NamedTuple):
    """What lies under the pointer: a page's card or part of it, a transition's arrow or chip, a section's frame."""

    kind: HitKind
    id: str = ""
    block: str = ""


NOTHING = Hit("none")
_Item = TypeVar("_Item", CardItem, ArrowItem, LabelItem, FrameItem)
_Part = TypeVar("_Part", Card, Arrow, Label, Frame)


class DiagramScene(QGraphicsScene):
    """Shows a layout, what is chosen, problems, the play, and the traces of a gesture."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self.ink = ink
        self.cards: dict[str, CardItem] = {}
        self.arrows: dict[str, ArrowItem] = {}
        self.labels: dict[str, LabelItem] = {}
        self.frames: dict[str, FrameItem] = {}
        self.play = Play()
        self._chosen: tuple[Element, ...] = ()
        self._hovered = NOTHING
        self._halos: frozenset[str] = frozenset()
        self._lit: frozenset[str] = frozenset()
        self._whole: frozenset[str] = frozenset()
        self._target = ""
        self._parts = _Parts({}, {}, {}, {})
        self._beside: Mapping[str, frozenset[str]] = {}
        self._badges: Mapping[str, Badge] = {}
        self._shares: Mapping[str, str] = {}
        self._guides: Sequence[QLineF] = ()
        self._band: QRectF | None = None
        self._draft: QPainterPath | None = None

    def show_layout(self, layout: Layout) -> None:
        """Show a layout, touching only the items of what is another object than before."""
        parts = _Parts.of(layout)
        before, self._parts = self._parts, parts
        made = _sync(
            self,
            self.frames,
            before.frames,
            parts.frames,
            lambda _key, part: FrameItem(part, self.ink),
            FrameItem.show_frame,
        )
        made |= _sync(
            self,
            self.arrows,
            before.arrows,
            parts.arrows,
            lambda _key, part: ArrowItem(part, self.ink),
            ArrowItem.show_arrow,
        )
        made |= _sync(
            self,
            self.labels,
            before.labels,
            parts.labels,
            lambda key, part: LabelItem(parts.arrows[key], part, self.ink),
            lambda item, part: item.show_label(parts.arrows[item.transition], part),
        )
        made |= _sync(
            self, self.cards, before.cards, parts.cards, lambda _key, part: CardItem(part, self.ink), CardItem.show_card
        )
        bounds = strokes.qrect(layout.bounds).adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)
        if bounds != self.sceneRect():
            self.setSceneRect(bounds)
        if _ends(before.arrows, parts.arrows) != _ends(parts.arrows, before.arrows):
            self._beside = _beside(parts.arrows)
        # Items that were just made know nothing of these yet.
        self._halos, self._lit, self._whole = self._halos - made, self._lit - made, self._whole - made
        self.set_chosen(self._chosen)
        for page in made & self._badges.keys() & self.cards.keys():
            self.cards[page].set_badge(self._badges[page])
        for page in made & self._shares.keys() & self.cards.keys():
            self.cards[page].set_share(self._shares[page])
        if self.play.is_on:
            self.set_play(self.play)

    def set_ink(self, ink: Ink) -> None:
        """Paint everything in other colours."""
        self.ink = ink
        groups: Iterable[Mapping[str, CardItem | ArrowItem | LabelItem | FrameItem]] = (
            self.cards,
            self.arrows,
            self.labels,
            self.frames,
        )
        for group in groups:
            for item in group.values():
                item.ink = ink
        self.update()

    def set_chosen(self, elements: tuple[Element, ...]) -> None:
        """Show what is selected; a single page lights its arrows, a section its own."""
        self._chosen = elements
        pages, sections = _ids(elements, "page"), _ids(elements, "section")
        transitions = _ids(elements, "transition")
        if self._hovered.kind in ("arrow", "head", "chip"):
            transitions |= {self._hovered.id}
        halos, lit = pages | sections, transitions | self._arrows_beside(pages, sections)
        differ, self._halos = self._halos ^ halos, halos
        for page in differ & self.cards.keys():
            self.cards[page].look(chosen=page in pages)
        turned, self._lit = self._lit ^ lit, lit
        for key in turned & self.arrows.keys():
            self.arrows[key].look(lit=key in lit)
        opened, self._whole = self._whole ^ transitions, transitions
        for key in (turned | opened) & self.labels.keys():
            self.labels[key].look(lit=key in lit, whole=key in transitions)
        owners = {self.arrows[key].arrow.source for key in turned & self.arrows.keys()} | differ
        for section in owners & self.frames.keys():
            frame = self.frames[section]
            own = {chip.transition for chip in frame.frame.chips}
            frame.look(chosen=section in sections, lit=transitions & own)

    def set_hovered(self, hit: Hit) -> None:
        """Show what lies under the pointer."""
        if hit == self._hovered:
            return
        before, self._hovered = self._hovered, hit
        for page in {before.id, hit.id} & self.cards.keys():
            port = {"port": hit.block, "row": hit.block, "handle": "*", "plus": "+"}.get(hit.kind, "")
            is_here = page == hit.id
            self.cards[page].look(hovered=is_here, port=port if is_here else "")
        if hit.kind == "chip" and hit.id in self.arrows:
            arrow = self.arrows[hit.id].arrow
            reason = self.play.reason(hit.id)
            tip = resources.text("canvas.play.blocked", reason=reason) if reason else ""
            self.frames[arrow.source].setToolTip(f"{arrow.words.sentence()}\n{tip}".strip())
        elif hit.kind == "frame":
            self.frames[hit.id].setToolTip("")
        if before.kind in ("arrow", "head", "chip") or hit.kind in ("arrow", "head", "chip"):
            self.set_chosen(self._chosen)

    def set_target(self, page: str | None) -> None:
        """Show onto which card a dragged arrow would fall."""
        before, self._target = self._target, page or ""
        for key in {before, self._target} & self.cards.keys():
            self.cards[key].look(target=key == page)

    def set_badges(self, badges: Mapping[str, Badge]) -> None:
        """Show problems on the cards."""
        before, self._badges = self._badges, badges
        for page in (before.keys() | badges.keys()) & self.cards.keys():
            self.cards[page].set_badge(badges.get(page))

    def set_shares(self, shares: Mapping[str, str]) -> None:
        """Show on the cards how much of each page walks have touched."""
        before, self._shares = self._shares, shares
        for page in (before.keys() | shares.keys()) & self.cards.keys():
            self.cards[page].set_share(shares.get(page, ""))

    def set_play(self, play: Play) -> None:
        """Show the active page and which transitions are possible, or nothing if the play is off."""
        changed = play.is_on != self.play.is_on
        if not changed and not play.is_on:
            return
        self.play = play
        if changed:
            self.set_chosen(self._chosen)
        for page, card in self.cards.items():
            card.set_active(play.page == page)
        for key, arrow in self.arrows.items():
            arrow.set_play(play.of_arrow(key))
        for key, label in self.labels.items():
            label.set_play(play.of_arrow(key), play.reason(key))
        self._part_reasons()
        for frame in self.frames.values():
            chips = [chip.transition for chip in frame.frame.chips]
            frame.set_play({chip: play.of_arrow(chip) for chip in chips} if play.is_on else {})

    def trace(
        self,
        *,
        guides: Sequence[QLineF] = (),
        band: QRectF | None = None,
        draft: QPainterPath | None = None,
    ) -> None:
        """Show the traces of a gesture: guide lines, the rubber band, an arrow being drawn; nothing removes them."""
        self._guides, self._band, self._draft = guides, band, draft
        # An empty rectangle stands for the whole scene.
        self.invalidate(QRectF(), QGraphicsScene.SceneLayer.ForegroundLayer)

    def hit(self, point: QPointF) -> Hit:
        """Return what lies at a point of the scene, the smallest and topmost first."""
        # Ports and handles stand out from a card's shape, so that one is not asked.
        around = QRectF(point.x() - 16, point.y() - 16, 32, 32)
        near = self.items(around, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
        cards = [item for item in near if isinstance(item, CardItem)]
        for card in cards:
            found = _part_beside(card, point - card.pos())
            if found is not None:
                return found
        for item in near:
            if isinstance(item, LabelItem) and item.area().contains(point):
                return Hit("arrow", item.transition)
        for card in cards:
            if card.body().contains(point - card.pos()):
                return _part_inside(card, point - card.pos())
        return self._thin(near, point)

    def hit_card(self, point: QPointF) -> str | None:
        """Return the page whose card lies at a point."""
        cards = (item for item in self.items(point) if isinstance(item, CardItem))
        return next((card.card.page for card in cards if card.body().contains(point - card.pos())), None)

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        """Paint the ground with a grid of dots, which goes where it would turn into noise."""
        assert isinstance(rect, QRectF)  # noqa: S101 - Qt never calls this with its other overload
        painter.fillRect(rect, self.ink.paper)
        scale = painter.worldTransform().m11()
        if scale < 0.45:
            return
        step = _GRID if scale >= 0.9 else _GRID * 2
        left, top = rect.left() - rect.left() % step, rect.top() - rect.top() % step
        columns = range(int((rect.right() - left) // step) + 1)
        rows = range(int((rect.bottom() - top) // step) + 1)
        painter.setPen(QPen(self.ink.dots, 1.6 / scale))
        painter.drawPoints([QPointF(left + column * step, top + row * step) for row in rows for column in columns])

    def drawForeground(self, painter: QPainter, _rect: QRectF | object) -> None:
        """Paint the traces of a gesture above everything."""
        scale = painter.worldTransform().m11()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._guides:
            painter.setPen(QPen(self.ink.accent, 1 / scale, Qt.PenStyle.DashLine))
            painter.drawLines(list(self._guides))
        if self._band is not None:
            painter.setPen(QPen(self.ink.accent, 1 / scale))
            painter.setBrush(strokes.faded(self.ink.accent, 0.12))
            painter.drawRect(self._band)
        if self._draft is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.ink.accent, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPath(self._draft)
            end = self._draft.currentPosition()
            painter.setBrush(self.ink.accent)
            painter.drawEllipse(end, 4, 4)

    def _arrows_beside(self, pages: frozenset[str], sections: frozenset[str]) -> frozenset[str]:
        """Return the arrows of chosen sections, and those of the page if just one is chosen and nothing is played."""
        shown = pages if len(pages) == 1 and not self.play.is_on else frozenset()
        return frozenset().union(*(self._beside.get(owner, ()) for owner in (*sections, *shown)))

    def _part_reasons(self) -> None:
        """Move labels with reasons, which are higher than the layout knows, from under each other."""
        below: list[QRectF] = []
        for label in sorted(self.labels.values(), key=lambda label: label.label.rect.y):
            if label.pos().y() and not label.reason:
                label.setPos(0, 0)
            if not label.reason:
                continue
            label.setPos(0, 0)
            area = label.area()
            bottom = max((other.bottom() for other in below if other.intersects(area)), default=None)
            if bottom is not None:
                label.setPos(0, bottom + 3 - area.y())
            below.append(label.area())

    def _thin(self, near: Sequence[QGraphicsItem], point: QPointF) -> Hit:
        """Return the arrow or frame at a point."""
        for item in near:
            if isinstance(item, ArrowItem) and item.isVisible() and item.shape().contains(point):
                return _part_of_arrow(item, point)
        found = (_part_of_frame(item, point) for item in near if isinstance(item, FrameItem))
        return next((hit for hit in found if hit is not None), NOTHING)


class _Parts(NamedTuple):
    """What a layout consists of, by page, section or transition."""

    frames: Mapping[str, Frame]
    arrows: Mapping[str, Arrow]
    labels: Mapping[str, Label]
    cards: Mapping[str, Card]

    @classmethod
    def of(cls, layout: Layout) -> "_Parts":
        """Return the parts of a layout."""
        labels = {key: arrow.label for key, arrow in layout.arrows.items() if arrow.label is not None}
        return cls(layout.frames, layout.arrows, labels, layout.cards)


def _sync(
    scene: QGraphicsScene,
    items: dict[str, _Item],
    before: Mapping[str, _Part],
    parts: Mapping[str, _Part],
    make: Callable[[str, _Part], _Item],
    show: Callable[[_Item, _Part], None],
) -> frozenset[str]:
    """Make, change and remove items so that there is one for each part; return for which parts they were made."""
    for key in before.keys() - parts.keys():
        scene.removeItem(items.pop(key))
    made: list[str] = []
    for key, part in parts.items():
        if before.get(key) is part:
            continue
        if key in items:
            show(items[key], part)
        else:
            items[key] = item = make(key, part)
            scene.addItem(item)
            made.append(key)
    return frozenset(made)


def _ends(arrows: Mapping[str, Arrow], others: Mapping[str, Arrow]) -> dict[str, tuple[str, str, str]]:
    """Return what the arrows that are not among others have to do with: few of all that there are, as a rule."""
    differ = (arrow for key, arrow in arrows.items() if others.get(key) is not arrow)
    return {arrow.transition: (arrow.kind, arrow.source, arrow.target) for arrow in differ}


def _beside(arrows: Mapping[str, Arrow]) -> dict[str, frozenset[str]]:
    """Return the arrows of each section, and those that leave each page or arrive there."""
    found: dict[str, set[str]] = {}
    for key, arrow in arrows.items():
        for end in {arrow.source} if arrow.kind == "section" else {arrow.source, arrow.target}:
            found.setdefault(end, set()).add(key)
    return {end: frozenset(keys) for end, keys in found.items()}


def _ids(elements: Iterable[Element], kind: str) -> frozenset[str]:
    return frozenset(element.id for element in elements if element.kind == kind)


def _part_beside(card: CardItem, point: QPointF) -> Hit | None:
    """Return the port, handle or "+" of a card at a point in its coordinates."""
    page = card.card.page
    port = card.port_at(point)
    if port is not None:
        return Hit("port", page, port.block)
    if not card.card.face.has_way_out and QLineF(point, card.plus()).length() <= 12:
        return Hit("plus", page)
    if (card.is_hovered or card.is_chosen) and QLineF(point, card.handle()).length() <= 12:
        return Hit("handle", page)
    return None


def _part_inside(card: CardItem, point: QPointF) -> Hit:
    """Return the row, title or rest of a card at a point inside it."""
    page = card.card.page
    if point.y() <= TITLE_HEIGHT:
        return Hit("title", page)
    row = card.row_at(point)
    return Hit("row", page, row) if row else Hit("card", page)


def _part_of_arrow(item: ArrowItem, point: QPointF) -> Hit:
    """Return the head of an arrow, from which it can be led elsewhere, or the rest of it."""
    end = item.arrow.curve[-1]
    is_head = item.arrow.kind == "go" and QLineF(point, QPointF(end.x, end.y)).length() <= 16
    return Hit("head" if is_head else "arrow", item.arrow.transition)


def _part_of_frame(item: FrameItem, point: QPointF) -> Hit | None:
    """Return the chip or the edge of a frame at a point of the scene."""
    chip = item.chip_at(point)
    if chip is not None:
        return Hit("chip", chip.transition)
    return Hit("frame", item.frame.section) if item.shape().contains(point) else None
