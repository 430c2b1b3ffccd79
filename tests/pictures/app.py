"""The app in its states: the window that `gymwright app` opens, in light and dark, empty, with problems, playing."""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import resources
from app.desktop.settings import Settings
from app.preview import host
from app.preview.contact_sheet import SheetPanel
from app.preview.panel import PreviewPanel
from app.theme import Theme
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.starts import starter
from flow_models.document.edits.transitions import remove_transitions
from flow_models.document.elements import Element
from flow_models.document.flow import Flow

SIZE = (1440, 900)
PATIENCE_S = 40.0
SETTLE_MS = 2000
"""Nothing tells when the last painting is done: it is when nothing has been asked for so long."""


def take_app(folder: Path) -> None:
    """Take the app in its states."""
    host.begin()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication([])
    for name, (mode, flow, prepare) in STATES.items():
        with tempfile.TemporaryDirectory() as home:
            os.environ["GYMWRIGHT_HOME"] = home
            window = _opened(application, Settings(Path(home)), mode, flow())
            prepare(window)
            _settle(window)
            _keep(window.grab().toImage(), folder / f"app_{name}.png")
            window.session.undo_stack.setClean()
            window.close()
            window.deleteLater()
            QTest.qWait(1)


def _opened(application: QApplication, settings: Settings, mode: str, flow: Flow) -> MainWindow:
    theme = Theme(application, settings)
    theme.set_mode(mode)
    window = MainWindow(flow, theme, settings, tries_tasks=False)
    window.show()
    window.resize(*SIZE)
    window.add_late_panels()
    return window


def _bank() -> Flow:
    return storage.load(resources.path("examples", "north_bank.flow.json"))


def _broken() -> Flow:
    """Return the bank with a few mistakes that somebody could make."""
    flow = _bank()
    guarded = next(arrow for arrow in flow.transitions if arrow.source == "p_send" and arrow.when)
    flow = with_value(flow, Element("transition", guarded.id, "when"), "field.amout <= field.source.balance")
    flow = with_value(flow, Element("block", "b_ps_text", "text"), "You have {count(payes)} payees.")
    flow = remove_transitions(flow, {arrow.id for arrow in flow.transitions if arrow.source == "p_limit"})
    return with_value(flow, Element("task", "k_freeze", "success.changes"), ())


def _preview(window: MainWindow) -> PreviewPanel:
    preview = window.panels["preview"]
    assert isinstance(preview, PreviewPanel)
    return preview


def _until(holds: Callable[[], bool]) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end_s:
            raise TimeoutError("the app did not get so far")
        QTest.qWait(20)


def _settle(window: MainWindow) -> None:
    """Wait until the preview has shown what it was asked for and nothing more comes."""
    preview = _preview(window)
    still = QElapsedTimer()
    still.start()
    last = preview.snapshot

    def is_still() -> bool:
        nonlocal last
        if preview.snapshot is not last or (preview.browser is not None and preview.browser.is_loading):
            last = preview.snapshot
            still.restart()
        return still.elapsed() > SETTLE_MS

    _until(is_still)


def _look_at_a_page(window: MainWindow) -> None:
    _until(lambda: _preview(window).browser is not None)
    window.selection.reveal(Element("page", "p_review"))
    _until(lambda: getattr(_preview(window).snapshot, "page", "") == "p_review")


def _look_at_a_transition(window: MainWindow) -> None:
    _until(lambda: _preview(window).browser is not None)
    arrow = next(arrow for arrow in window.session.flow.transitions if arrow.source == "p_send" and arrow.when)
    window.selection.reveal(Element("transition", arrow.id))


def _look_at_problems(window: MainWindow) -> None:
    _until(lambda: len(window.session.problems) > 2)
    window.selection.reveal(window.session.problems[0].elements[0])


def _vary(window: MainWindow) -> None:
    _look_at_a_page(window)
    window.selection.reveal(Element("page", "p_accounts"))
    _until(lambda: getattr(_preview(window).snapshot, "page", "") == "p_accounts")
    window.docks.switch("vary")
    sheet = window.panels["sheet"]
    assert isinstance(sheet, SheetPanel)
    _until(lambda: all(card.has_picture for card in sheet.cards[:6]))


def _play(window: MainWindow) -> None:
    preview = _preview(window)
    preview.play_task("pay-payee", 3)
    _until(lambda: preview.is_playing)
    for made in range(1, 6):
        preview.controls.actions["solution_step"].trigger()
        _until(lambda made=made: preview.snapshot is not None and preview.snapshot.at == made)  # type: ignore[misc]


STATES: dict[str, tuple[str, Callable[[], Flow], Callable[[MainWindow], object]]] = {
    "light": ("light", _bank, _look_at_a_page),
    "dark": ("dark", _bank, _look_at_a_transition),
    "empty": ("light", lambda: Flow(id="untitled"), lambda _window: None),
    "problems": ("light", _broken, _look_at_problems),
    "variation": ("dark", _bank, _vary),
    "playing": ("light", _bank, _play),
    "start": ("dark", starter, lambda window: window.show_start()),
}
"""Six states: the colours, the flow, and what is done before the picture is taken."""


def _keep(image: QImage, file: Path) -> None:
    """Write a picture with its 256 commonest colours: it lies in the repository."""
    opaque = image.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(opaque.constBits()).cast("B").cast("I").tolist())
    table = [colour for colour, _ in counts.most_common(256)]
    opaque.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither).save(str(file))
