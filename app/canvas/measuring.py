"""How fast the canvas opens and pans a flow of a thousand pages, as one JSON object; `gymwright bench` runs it.

A process of its own, so that commands run where PySide6 is absent: `python -m app.canvas.measuring`.
"""

import json
import os
import statistics
import sys
import time

FRAMES = 60
SIZE = (1400, 900)
MIDDLE = (4000.0, 3000.0)


def main() -> None:
    """Open, pan, and print the seconds to open and the median milliseconds of a frame."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from app.canvas.view import CanvasPanel
    from app.commands.large import large_flow
    from app.document.selection import Selection
    from app.document.session import DocumentSession

    application = QApplication([])
    flow = large_flow()
    began = time.perf_counter()
    session = DocumentSession(flow)
    panel = CanvasPanel(session, Selection(session))
    panel.resize(*SIZE)
    panel.show()
    application.processEvents()
    panel.view.viewport().repaint()
    opened_s = time.perf_counter() - began
    panel.view.set_zoom(1.0)
    panel.view.centerOn(*MIDDLE)
    panel.view.viewport().repaint()
    frames = []
    for _ in range(FRAMES):
        began = time.perf_counter()
        panel.view.scroll_by(12, 7)
        application.processEvents()
        frames.append(time.perf_counter() - began)
    found = {"open_s": opened_s, "pan_ms": 1000 * statistics.median(frames)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
