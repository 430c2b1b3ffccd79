"""A page that tries to get out of the browser interface's Chromium reaches nobody, not even on this computer."""

import socket
import threading
from collections.abc import Iterator

import pytest

from flow_models.runtime.envs.chromium import launch
from flow_models.runtime.envs.chromium.find import find_chromium, has_chromium
from flow_models.runtime.envs.chromium.launch import Chromium, driver, release
from flow_models.runtime.envs.chromium.window import Window
from flow_models.runtime.site.web import Session
from tests.flow_models.runtime.site.visitor import Visitor

pytestmark = pytest.mark.skipif(not has_chromium(), reason="no Chromium on this computer")

ATTEMPTS = {
    "fetch": "fetch(`http://${there}/`, {mode: 'no-cors'}).catch(() => {})",
    "beacon": "navigator.sendBeacon(`http://${there}/`, 'x')",
    "image": "add('img', {src: `http://${there}/`})",
    "script": "add('script', {src: `http://${there}/`})",
    "frame": "add('iframe', {src: `http://${there}/`})",
    "preconnect": "add('link', {rel: 'preconnect', href: `http://${there}/`})",
    "prefetch": "add('link', {rel: 'prefetch', href: `http://${there}/`})",
    "dns-prefetch": "add('link', {rel: 'dns-prefetch', href: `http://elsewhere.test/`})",
    "websocket": "new Promise((done) => { new WebSocket(`ws://${there}/`).onerror = done; })",
    "events": "new Promise((done) => { new EventSource(`http://${there}/`).onerror = done; })",
    "webrtc": (
        "(async () => { const it = new RTCPeerConnection({iceServers: [{urls: `stun:${there}`}, "
        "{urls: `turn:${there}?transport=tcp`, username: 'a', credential: 'b'}]}); it.createDataChannel('x'); "
        "await it.setLocalDescription(await it.createOffer()); })()"
    ),
    "webtransport": (
        "(async () => { try { const it = new WebTransport(`https://${there}/`); await it.ready; } catch {} })()"
    ),
    "window": "window.open(`http://${there}/`)",
    "form": (
        "(() => { const it = document.createElement('form'); it.action = `http://${there}/`; it.target = '_blank';"
        " document.body.append(it); HTMLFormElement.prototype.submit.call(it); })()"
    ),
}
HOSTILE = """
async ([there, attempt]) => {
  const add = (tag, given) => new Promise((done) => {
    const it = Object.assign(document.createElement(tag), given);
    it.onload = it.onerror = done;
    document.head.append(it);
    setTimeout(done, 300);
  });
  const late = new Promise((done) => setTimeout(done, 1000));
  await Promise.race([eval(attempt), late]);
}
"""


OPENED = ("--disable-features=LocalNetworkAccessChecks", "--allow-running-insecure-content")
"""Takes down the walls that Chromium has by itself, so that only ours are left."""


class Listener:
    """Sockets for TCP and UDP under one number, and who has called."""

    def __init__(self) -> None:
        self.stream = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.stream.getsockname()[1]
        self.packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.packets.bind(("127.0.0.1", self.port))
        self.calls: list[str] = []
        self._is_leaving = False
        self._threads = [threading.Thread(target=self._accept), threading.Thread(target=self._receive)]
        for thread in self._threads:
            thread.start()

    def _accept(self) -> None:
        while True:
            self.stream.accept()[0].close()
            if self._is_leaving:
                return
            self.calls.append("tcp")

    def _receive(self) -> None:
        while (said := self.packets.recv(100)) != b"leave":
            self.calls.append(f"udp {said!r}")

    def close(self) -> None:
        self._is_leaving = True
        socket.create_connection(("127.0.0.1", self.port)).close()
        self.packets.sendto(b"leave", ("127.0.0.1", self.port))
        for thread in self._threads:
            thread.join()
        self.stream.close()
        self.packets.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def hostile(_route: object) -> None:
    """Answer with a page that no rule of the site's own restrains."""
    _route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Out</title><body>")  # type: ignore[attr-defined]


def test_nothing_gets_out(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "SWITCHES", (*launch.SWITCHES, *OPENED))
    chromium = Chromium()
    window = Window(chromium)
    window.open(Session(Visitor().episode, Visitor().session.site))
    window.page.route("https://example.test/hostile", hostile)
    for attempt in ATTEMPTS.values():
        window.page.goto("https://example.test/hostile")
        window.page.evaluate(HOSTILE, [f"127.0.0.1:{listener.port}", attempt])
    window.page.goto("about:blank")
    chromium.close()
    assert listener.calls == []


@pytest.mark.proof
def test_the_same_attempts_arrive_from_a_browser_without_walls(listener: Listener) -> None:
    browser = driver().chromium.launch(executable_path=find_chromium(), args=list(OPENED))
    page = browser.new_page()
    page.route("https://example.test/hostile", hostile)
    arrived = set()
    for name, attempt in ATTEMPTS.items():
        page.goto("https://example.test/hostile")
        page.evaluate(HOSTILE, [f"127.0.0.1:{listener.port}", attempt])
        page.wait_for_timeout(100)
        if listener.calls:
            arrived.add(name)
        listener.calls.clear()
    browser.close()
    release()
    assert {"fetch", "image", "websocket", "webrtc", "webtransport"} <= arrived
