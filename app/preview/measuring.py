"""How soon an edit is seen in the preview's picture, as one JSON object; `gymwright bench` runs it.

A process of its own, so that commands run where PySide6 is absent: `python -m app.preview.measuring`.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import resources
from app.preview import host
from flow_models.document import storage
from flow_models.document.edits.pages import rename_page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

EDITS = 9
SIZE = (900, 700)
PATIENCE_S = 60


def main() -> None:
    """Show the start page of the example, rename it a few times, and print the median milliseconds to its picture."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    host.begin()
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from app.document.selection import Selection
    from app.document.session import DocumentSession
    from app.preview.panel import PreviewPanel

    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication([])
    session = DocumentSession(storage.load(resources.path("examples", "north_bank.flow.json")))
    panel = PreviewPanel(session, Selection(session))
    panel.resize(*SIZE)
    panel.show()

    def is_seen() -> bool:
        is_painted = panel.browser is not None and not panel.browser.is_loading
        return is_painted and panel.snapshot is not None and panel.snapshot.flow is session.flow

    _wait(application, is_seen)
    page = session.flow.site.start or session.flow.pages[0].id
    took = []
    for number in range(EDITS):
        began = time.perf_counter()
        title = f"Title {number}"
        label = resources.text("canvas.edit.rename", before=session.flow.pages_by_id[page].title, what=title)
        session.edit(rename_page(session.flow, page, title), label)
        _wait(application, is_seen)
        took.append(time.perf_counter() - began)
    panel.shut_down()
    sys.stdout.write(json.dumps({"edit_ms": 1000 * statistics.median(took)}) + "\n")


def _wait(application: "QApplication", holds: Callable[[], bool]) -> None:
    """Let events happen until something holds.

    Raises:
        TimeoutError: It did not within a minute.
    """
    end_s = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end_s:
            raise TimeoutError
        application.processEvents()


if __name__ == "__main__":
    main()
