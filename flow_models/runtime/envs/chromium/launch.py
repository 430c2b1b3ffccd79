"""Starts a Chromium that can reach nothing and that goes when its environment goes.

Playwright's driver is a process between Python and the browser. It ends when Python does, however that happens, and the
browser ends with the driver: both read from a pipe that closes. Playwright allows one driver a thread, so browsers of
one thread share it; an environment has a thread for itself (`own_thread`).
"""

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from .errors import BrowserGoneError, BrowserMissingError
from .find import find_chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, Playwright

SWITCHES: Final = (
    # Nothing leaves this computer, or reaches another program on it: there is no proxy at that port, and no name is
    # looked up. Playwright's `route` alone would miss WebSocket, WebRTC and WebTransport.
    "--proxy-server=127.0.0.1:1",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    # A page that still moves cannot be clicked on.
    "--disable-smooth-scrolling",
)

_NO_PLAYWRIGHT: Final = """The browser interface needs Playwright. Type this, then try again:
    {python} -m pip install "playwright>=1.60,<2\""""
_NO_DISPLAY: Final = (
    "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no browser window can be opened. "
    "Use render_mode='rgb_array', or start under 'xvfb-run'."
)
_STUCK: Final = "The browser did not answer within {seconds:g} seconds and was ended."
_GONE: Final = ("has been closed", "crashed", "Connection closed", "Target closed")


class _Here(threading.local):
    """Playwright's driver of this thread, and how many browsers use it."""

    playwright: "Playwright | None" = None
    users: int = 0


# One driver a thread is Playwright's rule, so the thread is where it must be kept.
_HERE: Final = _Here()


def driver() -> "Playwright":
    """Return this thread's Playwright, started if it is the first use; pass it back with `release`.

    Raises:
        BrowserMissingError: Playwright is not installed.
    """
    if _HERE.playwright is None:
        try:
            from playwright.sync_api import sync_playwright
        except ImportError as error:
            raise BrowserMissingError(_NO_PLAYWRIGHT.format(python=sys.executable)) from error
        _HERE.playwright = sync_playwright().start()
    _HERE.users += 1
    return _HERE.playwright


def release() -> None:
    """Pass this thread's Playwright back; the last user stops it."""
    _HERE.users -= 1
    if _HERE.users == 0 and _HERE.playwright is not None:
        playwright, _HERE.playwright = _HERE.playwright, None
        playwright.stop()


class Chromium:
    """One running browser.

    Attributes:
        browser: Playwright's handle.
        process: The number of the browser's process.
    """

    def __init__(
        self, *, with_window: bool = False, timeout_s: float = 30.0, environ: "Mapping[str, str] | None" = None
    ):
        """Start a browser.

        Args:
            with_window: Open a window on the display.
            timeout_s: How long one call may take before the browser is given up.
            environ: The environment variables; those of this process if left out.

        Raises:
            BrowserMissingError: There is no Chromium, Playwright or display.
            BrowserGoneError: The browser does not start.
        """
        environ = os.environ if environ is None else environ
        if with_window and not _has_display(environ):
            raise BrowserMissingError(_NO_DISPLAY)
        path = find_chromium(with_window=with_window, environ=environ)
        playwright = driver()
        from playwright.sync_api import Error

        try:
            self.browser: Browser = playwright.chromium.launch(
                executable_path=path, headless=not with_window, args=list(SWITCHES), timeout=timeout_s * 1000
            )
            session = self.browser.new_browser_cdp_session()
            listed = session.send("SystemInfo.getProcessInfo")["processInfo"]
        except Error as error:
            release()
            raise BrowserGoneError(f"{path} could not be started: {error}") from error
        self.process: int = next(int(one["id"]) for one in listed if one["type"] == "browser")
        # Playwright starts a browser in a group of its own, with all its helpers.
        group = 0 if sys.platform == "win32" else os.getpgid(self.process)
        self._group = 0 if group in (0, os.getpgrp()) else group
        self._watch = _Watch(timeout_s, self.kill)
        self.is_closed = False

    @property
    def is_running(self) -> bool:
        """Whether the browser can still be used."""
        return not self.is_closed and self.browser.is_connected()

    def has_gone(self, error: Exception) -> bool:
        """Say whether an error of Playwright's means that the browser or its page is no more."""
        return not self.is_running or any(word in str(error) for word in _GONE)

    @contextmanager
    def watched(self) -> "Iterator[None]":
        """Do something in the browser; it is ended if that takes too long.

        Raises:
            BrowserGoneError: The browser or its page has crashed, was ended, or did not answer in time.
        """
        from playwright.sync_api import Error

        self._watch.begin()
        try:
            yield
        except Error as error:
            if self._watch.has_struck:
                raise BrowserGoneError(_STUCK.format(seconds=self._watch.seconds)) from error
            if self.has_gone(error):
                raise BrowserGoneError(f"The browser has gone: {_first_line(error)}") from error
            raise
        finally:
            self._watch.end()

    def kill(self) -> None:
        """End the browser and its helpers at once, from any thread."""
        with suppress(OSError):
            if sys.platform == "win32":
                os.kill(self.process, signal.SIGTERM)
            elif self._group:
                os.killpg(self._group, signal.SIGKILL)
            else:
                os.kill(self.process, signal.SIGKILL)

    def close(self) -> None:
        """End the browser; again is no error."""
        if self.is_closed:
            return
        from playwright.sync_api import Error

        with suppress(Error, BrowserGoneError), self.watched():
            self.browser.close()
        self.is_closed = True
        self._watch.stop()
        self.kill()
        release()


class _Watch:
    """A thread that strikes when something begun has not ended in time."""

    def __init__(self, seconds: float, strike: "Callable[[], None]") -> None:
        self.seconds = seconds
        self.has_struck = False
        self._strike = strike
        self._turn = threading.Condition()
        self._began = 0
        self._ended = 0
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="browser watch", daemon=True)
        self._thread.start()

    def begin(self) -> None:
        """Begin to wait for an end."""
        with self._turn:
            self._began += 1
            self._turn.notify()

    def end(self) -> None:
        """Say that what was begun has ended."""
        with self._turn:
            self._ended = self._began
            self._turn.notify()

    def stop(self) -> None:
        """Stop watching."""
        with self._turn:
            self._is_over = True
            self._turn.notify()
        self._thread.join()

    def _run(self) -> None:
        with self._turn:
            while not self._is_over:
                number = self._began
                if self._is_quiet(number):
                    self._turn.wait()
                elif not self._turn.wait_for(partial(self._is_quiet, number), self.seconds):
                    self.has_struck = True
                    self._strike()
                    self._turn.wait_for(partial(self._is_quiet, number))

    def _is_quiet(self, number: int) -> bool:
        """Say whether what was begun has ended; the lock is held."""
        return self._is_over or self._ended >= number


def _has_display(environ: "Mapping[str, str]") -> bool:
    """Say whether a window can be opened here; only Linux has computers without a display."""
    return sys.platform != "linux" or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _first_line(error: BaseException) -> str:
    """Return the first line of an error's message."""
    return str(error).partition("\n")[0]
