"""What an answer costs does not grow with the flow: as many cards painted and ways found in 1,000 pages as in 150.

Counted, not timed: how long the window takes stands in `gymwright bench`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.canvas.arrow import ArrowItem, LabelItem
from app.canvas.card import CardItem
from app.canvas.frame import FrameItem
from app.canvas.minimap import Minimap
from app.canvas.view import CanvasPanel
from app.commands.large import large_site
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.inspector.panel import InspectorPanel
from app.outline.model import OutlineModel
from app.outline.panel import OutlinePanel
from flow_models.document.edits.pages import move_pages
from flow_models.document.elements import Element
from flow_models.geometry import cards, frames, labels, placing, routing

SIZES = (150, 1000)

COUNTED: tuple[tuple[Any, str], ...] = (
    (CardItem, "paint"),
    (CardItem, "show_card"),
    (CardItem, "look"),
    (ArrowItem, "paint"),
    (ArrowItem, "show_arrow"),
    (ArrowItem, "look"),
    (LabelItem, "show_label"),
    (FrameItem, "look"),
    (Minimap, "_drawn"),
    (OutlineModel, "_take_over"),
    (OutlineModel, "_exchange"),
    (cards, "face_of"),
    (labels, "words_of"),
    (routing, "route"),
    (placing, "label_place"),
)


class Desk:
    """The panels that answer an edit, with a flow of so many pages."""

    def __init__(self, qtbot: QtBot, pages: int) -> None:
        self.session = DocumentSession(large_site(pages))
        self.selection = Selection(self.session)
        self.canvas = CanvasPanel(self.session, self.selection)
        self.outline = OutlinePanel(self.session, self.selection)
        self.inspector = InspectorPanel(self.session, self.selection)
        panels: tuple[QWidget, ...] = (self.canvas, self.outline, self.inspector)
        for panel in panels:
            qtbot.addWidget(panel)
            panel.resize(900, 700)
            panel.show()
        self.page = self.session.flow.pages[1].id
        settle()
        self.canvas.view.set_zoom(0.7)
        self.canvas.view.centerOn(self.canvas.scene.cards[self.page])
        self.selection.reveal(Element("page", self.page, "title"))
        settle()

    def type_a_letter(self) -> None:
        """Write into the title of the page."""
        QTest.keyClicks(self.inspector.row(Element("page", self.page, "title")).editor.target(), "x")
        self.outline.refresh()

    def choose_another(self) -> None:
        """Select the page before."""
        self.selection.select(Element("page", self.session.flow.pages[0].id))

    def pan(self) -> None:
        """Turn the wheel once."""
        viewport = self.canvas.view.viewport()
        place, keys = QPointF(viewport.rect().center()), Qt.KeyboardModifier.NoModifier
        buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        turned = QWheelEvent(place, viewport.mapToGlobal(place), QPoint(), QPoint(0, 120), buttons, keys, phase, False)
        QApplication.sendEvent(viewport, turned)

    def step_back_and_forth(self) -> None:
        """Take the last edit back and make it again."""
        self.session.undo()
        self.session.redo()
        # At once, and not by its clock: that may strike behind the count on one of the two sites.
        self.outline.refresh()


def settle() -> None:
    """Let everything be painted: Qt paints a moment after it was asked to."""
    QTest.qWait(120)


@contextmanager
def counting(patch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count calls of what answers could cost."""
    found: Counter[str] = Counter()

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counts(*arguments: Any, **named: Any) -> Any:
            found[name] += 1
            return call(*arguments, **named)

        return counts

    with patch.context() as patched:
        for owner, name in COUNTED:
            key = f"{owner.__name__.rpartition('.')[2]}.{name}"
            patched.setattr(owner, name, counted(key, getattr(owner, name)))
        yield found


def costs(desk: Desk, found: Counter[str]) -> Iterator[tuple[str, Counter[str]]]:
    """Yield what each act costs, one after the other at one desk."""
    for act in (desk.type_a_letter, desk.step_back_and_forth, desk.pan, desk.choose_another):
        found.clear()
        act()
        settle()
        yield act.__name__, Counter(found)


@pytest.mark.proof
def test_an_answer_costs_the_same_in_150_and_in_1000_pages(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    by_size: list[dict[str, Counter[str]]] = []
    for pages in SIZES:
        with counting(monkeypatch) as found:
            by_size.append(dict(costs(Desk(qtbot, pages), found)))
    small, large = by_size
    assert small == large
    for act, cost in small.items():
        assert cost.total() > 0, act
        assert cost["routing.route"] == cost["Minimap._drawn"] == 0, act


@pytest.mark.proof
def test_a_step_back_over_moved_pages_finds_no_way_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(qtbot, 150)
    flow = desk.session.flow
    desk.session.edit(move_pages(flow, {page.id: (page.x * 1.1, page.y) for page in flow.pages}), "Tidy up")
    settle()
    with counting(monkeypatch) as found:
        desk.session.undo()
        settle()
    assert found["CardItem.show_card"] > 100
    assert found["routing.route"] == found["placing.label_place"] == 0


@pytest.mark.proof
def test_only_frames_that_a_title_is_part_of_are_laid_out_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(qtbot, 150)
    made: list[str] = []
    frame_of = frames.frame_of

    def noted(section: Any, *rest: Any) -> Any:
        made.append(section)
        return frame_of(section, *rest)

    monkeypatch.setattr("flow_models.geometry.layout.frame_of", noted)
    desk.type_a_letter()
    assert len(made) < len(desk.session.flow.sections)
