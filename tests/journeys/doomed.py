"""A window that adds variables with the keyboard until somebody ends its process.

It is started by `python -m tests.journeys.doomed FILE`. After each edit it prints how many
variables there are and a hash of the flow.
"""

import hashlib
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main import made_window
from flow_models.document import storage
from flow_models.document.flow import Flow


def mark(flow: Flow) -> str:
    """Return what tells flows apart."""
    return hashlib.sha256(storage.dumps(flow).encode()).hexdigest()


def main() -> int:
    """Open the window and go on adding."""
    application = QApplication(sys.argv[:1])
    window = made_window(application, Path(sys.argv[1]))
    window.show()

    def add() -> None:
        QTest.keySequence(window, QKeySequence("Ctrl+Shift+B"))
        print(len(window.session.flow.variables), mark(window.session.flow), flush=True)

    timer = QTimer(interval=20)
    timer.timeout.connect(add)
    timer.start()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
