"""When Python's collector runs while a window is open: between two events, in the window's own thread.

Left to itself the collector runs wherever memory is asked for: in the preview's thread, which asks for most of it, and
in the middle of an event. What lies in its garbage may be objects of Qt (a document's session, a scene, a menu), and
Qt lets nobody destroy those in another thread, or while it walks through a list that names them: now and then the
app froze, or ended with a segmentation fault in whatever the window was doing, mostly in the inspector's making of a
form, which takes longest.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QThread, QTimer

PAUSE_MS: Final = 200
"""How long garbage may lie about; the most that threads leave in it is a few megabytes."""


class Sweeper(QObject):
    """Does the collector's work in its own thread's event loop, for as long as it is not stopped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collect what the collector's own thresholds call for."""
        # A loop inside an event, as of a drag: its outer event is still on its way.
        if QThread.currentThread().loopLevel() > 1:
            return
        counts, limits = gc.get_count(), gc.get_threshold()
        due = (generation for generation in (2, 1, 0) if 0 < limits[generation] < counts[generation])
        generation = next(due, None)
        if generation is not None:
            gc.collect(generation)

    def stop(self) -> None:
        """Let the collector run by itself again."""
        self._timer.stop()
        gc.enable()
