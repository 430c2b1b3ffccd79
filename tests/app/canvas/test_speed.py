"""Panning costs what is in sight and opening what is there: the flow may grow, measured against itself in one run."""

import statistics
import time

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.view import CanvasPanel
from app.document.selection import Selection
from app.document.session import DocumentSession
from tests.flow_models.geometry.samples import large


def opened(qtbot: QtBot, qapp: QApplication, pages: int) -> tuple[CanvasPanel, float]:
    """Return the canvas of a flow of so many pages, and the seconds of work until it was painted."""
    flow = large(pages, 2 * pages)
    started = time.process_time()
    session = DocumentSession(flow)
    panel = CanvasPanel(session, Selection(session))
    qtbot.addWidget(panel)
    panel.resize(1400, 900)
    panel.show()
    qapp.processEvents()
    panel.view.viewport().repaint()
    took_s = time.process_time() - started
    panel.view.set_zoom(1.0)
    panel.view.centerOn(2000.0, 1000.0)
    panel.view.viewport().repaint()
    return panel, took_s


def frame_s(panel: CanvasPanel, qapp: QApplication) -> float:
    """Return the seconds of work of one frame of panning."""
    started = time.process_time()
    panel.view.scroll_by(12, 7)
    qapp.processEvents()
    return time.process_time() - started


@pytest.mark.proof
def test_a_thousand_pages_pan_as_two_hundred_do_and_open_in_proportion(qtbot: QtBot, qapp: QApplication) -> None:
    small, small_s = opened(qtbot, qapp, 200)
    whole, whole_s = opened(qtbot, qapp, 1000)
    frames = [(frame_s(small, qapp), frame_s(whole, qapp)) for _ in range(40)]
    small_frame, whole_frame = (statistics.median(column) for column in zip(*frames, strict=True))
    assert whole_frame < 3 * small_frame
    assert whole_s < 4 * 5 * small_s
