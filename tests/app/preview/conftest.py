"""What the tests of the preview share: a panel with the real embedded browser, shown offscreen."""

import json
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import resources
from app.document.selection import Selection
from app.document.session import DocumentSession
from app.preview.panel import PreviewPanel
from app.preview.snapshot import Snapshot
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event

WAIT_MS = 20_000


class Bench:
    """A preview panel and the hands that use it."""

    def __init__(self, qtbot: QtBot, flow: Flow) -> None:
        self.qtbot = qtbot
        self.session = DocumentSession(flow)
        self.selection = Selection(self.session)
        self.panel = PreviewPanel(self.session, self.selection)
        qtbot.addWidget(self.panel)
        self.panel.resize(900, 700)
        with qtbot.waitSignal(self.panel.pictured, timeout=WAIT_MS):
            self.panel.show()
        self.panel.activateWindow()

    @property
    def snapshot(self) -> Snapshot:
        assert self.panel.snapshot is not None
        return self.panel.snapshot

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds and the browser has nothing to load any more."""
        browser = self.panel.browser
        assert browser is not None
        self.qtbot.waitUntil(lambda: holds() and not browser.is_loading, timeout=WAIT_MS)

    def script(self, source: str) -> object:
        """Return what a script finds in the page."""
        browser = self.panel.browser
        assert browser is not None
        with self.qtbot.waitCallback(timeout=WAIT_MS) as answered:
            browser.page.runJavaScript(f"JSON.stringify({source})", 0, answered)
        return json.loads(answered.args[0])

    def text(self) -> str:
        """Return the words of the page."""
        return str(self.script("document.body?.innerText ?? ''"))

    def reads(self, words: str) -> None:
        """Wait until the page holds some words: a page that the browser asked for may still be on its way."""
        self.qtbot.waitUntil(lambda: words in self.text(), timeout=WAIT_MS)

    def until_painted(self) -> None:
        """Wait for a page's first picture: Chromium drops what is done before."""
        self.qtbot.waitUntil(lambda: bool(self.script("performance.getEntriesByType('paint').length")), timeout=WAIT_MS)

    def click(self, selector: str) -> None:
        """Click with a real pointer into the middle of an element of the page."""
        browser = self.panel.browser
        assert browser is not None
        self.until_painted()
        source = (
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'});"
            " const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        place = self.script(source)
        assert isinstance(place, list)
        zoom = browser.view.zoomFactor()
        target = browser.view.focusProxy()
        assert target is not None
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(round(place[0] * zoom), round(place[1] * zoom)))

    def type(self, words: str) -> None:
        """Type with real keys into the page."""
        browser = self.panel.browser
        assert browser is not None
        target = browser.view.focusProxy()
        assert target is not None
        QTest.keyClicks(target, words)

    def panel_titles(self) -> list[str]:
        """Return the first values of all rows of the first table."""
        return [row.cells[1].text for row in self.snapshot.data.tables[0].rows]

    def play(self, task: str, seed: int = 0) -> None:
        """Begin to play a task and wait until its first page is there."""
        self.panel.play_task(task, seed)
        self.until(lambda: self.panel.is_playing)

    def do(self, event: Event) -> None:
        """Do one event and wait until its outcome is shown."""
        before = self.snapshot.serial
        self.panel.backstage.step(event)
        self.until(lambda: self.snapshot.serial > before)


@pytest.fixture
def library() -> Flow:
    return storage.load(resources.path("examples", "three_pages.flow.json"))


@pytest.fixture
def bank() -> Flow:
    return storage.load(resources.path("examples", "north_bank.flow.json"))


@pytest.fixture
def on_bench(qtbot: QtBot) -> Iterator[Callable[[Flow], Bench]]:
    """Return a function that shows a flow in a preview; its thread and browser end with the test."""
    benches: list[Bench] = []

    def shown(flow: Flow) -> Bench:
        benches.append(Bench(qtbot, flow))
        return benches[-1]

    yield shown
    for bench in benches:
        bench.panel.shut_down()


@pytest.fixture
def bench(on_bench: Callable[[Flow], Bench], library: Flow) -> Bench:
    """A preview of the three-page example."""
    return on_bench(library)
