"""Opens the app: `main` is what `gymwright app [FILE]` calls."""

import logging
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

import resources
from app.desktop.errors import start_log
from app.desktop.folders import settings_folder
from app.desktop.settings import Settings
from app.preview import host
from app.theme import Theme, icon
from app.widgets.sweeping import Sweeper
from app.window.main_window import MainWindow
from app.window.surface import prepare_surface
from flow_models.document import storage
from flow_models.document.edits.starts import starter
from flow_models.document.flow import Flow
from flow_models.processes.child import serve_if_asked

TURN_S = 0.0002
"""How long a thread may compute while the window waits to go on painting; Python's own is 25 times that."""

EXAMPLE = "north_bank.flow.json"

log = logging.getLogger("gymwright")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window with a file, or with the example as an untitled copy; return the exit status."""
    started_s = time.perf_counter()
    serve_if_asked()
    arguments = list(sys.argv[1:] if argv is None else argv)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    application = made_application()
    application.setApplicationName("Gymwright")
    application.setDesktopFileName("gymwright")
    Sweeper(application)
    start_log()
    window = made_window(application, Path(arguments[0]) if arguments else None)
    prepare_surface(window)
    Exposure(window, lambda: _shown(window, started_s))
    window.show()
    return application.exec()


def made_application() -> QApplication:
    """Return the application, in which a web view can be shown and work in threads leaves the window its turn."""
    host.begin()
    # Qt gives Python's lock away with each stroke of the brush: a thread that computes would keep it so long each time.
    sys.setswitchinterval(TURN_S)
    # WebEngine shares its graphics with the widgets; that has to be said before the application exists.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    return QApplication([sys.argv[0]])


def made_window(application: QApplication, file: Path | None) -> MainWindow:
    """Return the window with its document; it is not shown yet.

    Args:
        application: The application, whose look is set here.
        file: The file to open; `None` for an untitled copy of the example.
    """
    settings = Settings(settings_folder())
    theme = Theme(application, settings)
    application.setWindowIcon(icon("app", application.palette(), "accent"))
    window = MainWindow(first_flow(), theme, settings)
    window.hook.install()
    if file is not None:
        window.filing.open_path(file)
        window.mention_recovery()
    else:
        window.offer_recovery()
    return window


def first_flow() -> Flow:
    """Return what an app without a file opens with: the example, or an empty flow where none is shipped."""
    try:
        return storage.load(resources.path("examples", EXAMPLE))
    except FileNotFoundError:
        return starter()


class Exposure(QObject):
    """Calls back once when a window's surface is first shown."""

    def __init__(self, window: MainWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first painting of the window."""
        if event.type() == QEvent.Type.UpdateRequest or event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._then()
            self.deleteLater()
        return False


def _shown(window: MainWindow, started_s: float) -> None:
    """Note how long the start took, and make what was left for later."""
    passed_s = time.perf_counter() - started_s
    log.info("The window was shown after %.2f s, %.2f s of work since the start", passed_s, time.process_time())
    QTimer.singleShot(0, window, window.add_late_panels)


if __name__ == "__main__":
    sys.exit(main())
