"""What holds for every test: no screen is needed, and nothing is left behind.

Warnings from Python and Qt fail a test through the settings in pyproject.toml; here the leaks are caught: threads,
child processes and windows that outlive the test which made them.
"""

import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is a matter of the computer and of who else uses it.
settings.register_profile("gymwright", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gymwright")

# A screen as a laptop has it, set before Qt is imported anywhere.
# A person who wants to watch sets the variable to another platform.
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={Path(__file__).with_name('screen.json')}")
if sys.platform.startswith("linux") and os.geteuid() == 0:
    # Chromium's sandbox refuses to run for root, as in containers; the pages under test are our own.
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

LEAK_PATIENCE_S = 10.0


@pytest.fixture(autouse=True)
def _nothing_is_left_behind() -> Iterator[None]:
    """Fail a test after which a thread, a child process or a visible window is there that was not before."""
    before = _living()
    yield
    deadline = time.monotonic() + LEAK_PATIENCE_S
    while (leaked := _living() - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    if leaked:
        pytest.fail("left behind: " + ", ".join(sorted(leaked)))


@pytest.fixture(autouse=True)
def _qt_ends_between_events(request: pytest.FixtureRequest) -> Iterator[None]:
    """Destroy what a test leaves of Qt as the app does, in this thread and between events, and its colours with it."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    from app.widgets.sweeping import Sweeper

    application = request.getfixturevalue("qapp")
    sweeper = Sweeper(application)
    palette, font, sheet = application.palette(), application.font(), application.styleSheet()
    yield
    sweeper.stop()
    sweeper.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if sheet != application.styleSheet():
        application.setStyleSheet(sheet)
    if (palette, font) != (application.palette(), application.font()):
        application.setPalette(palette)
        application.setFont(font)


def _living() -> set[str]:
    """Return a name for each thread that keeps a process alive, this or another one, and each visible window."""
    threads = {f"thread {thread.name} {thread.ident}" for thread in threading.enumerate() if _counts(thread)}
    return threads | _visible_windows()


def _counts(thread: threading.Thread) -> bool:
    """Say whether a thread keeps this process alive, or hears another process, which lives as long as it does."""
    return not thread.daemon or thread.name.startswith("hears ")


def _visible_windows() -> set[str]:
    """Return a name for each visible window; empty where no test has used Qt."""
    if "PySide6.QtWidgets" not in sys.modules:
        return set()
    from PySide6.QtWidgets import QApplication

    return {
        f"window {type(widget).__name__} {id(widget):x}"
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible()
    }


def pytest_collection_finish() -> None:
    """Let Python's collector pass over what the tests have imported: a million objects, which stay to the end."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat which static checks of `run.py test` failed, just above pytest's closing line."""
    failed = os.environ.get("GYMWRIGHT_FAILED_CHECKS")
    if failed:
        terminalreporter.section("static checks", sep="=", red=True)
        terminalreporter.line(f"FAILED before the tests: {failed} (their output is above; the exit code says so too)")
