"""A flow of 1,000 pages opens and pans in time; processor time, since others may keep the machine busy."""

import statistics
import time

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.view import CanvasPanel
from app.document.selection import Selection
from app.document.session import DocumentSession
from tests.flow_models.geometry.samples import large


@pytest.mark.slow
def test_a_thousand_pages_open_and_pan_in_time(qtbot: QtBot, qapp: QApplication) -> None:
    flow = large()
    started = time.process_time()
    session = DocumentSession(flow)
    panel = CanvasPanel(session, Selection(session))
    qtbot.addWidget(panel)
    panel.resize(1400, 900)
    panel.show()
    qapp.processEvents()
    panel.view.viewport().repaint()
    opened_s = time.process_time() - started
    panel.view.set_zoom(1.0)
    panel.view.centerOn(4000.0, 3000.0)
    panel.view.viewport().repaint()
    frames = []
    for _ in range(40):
        started = time.process_time()
        panel.view.scroll_by(12, 7)
        qapp.processEvents()
        frames.append(time.process_time() - started)
    assert opened_s < 4.5
    assert statistics.median(frames) < 0.048
