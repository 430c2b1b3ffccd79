"""A thread of its own for all that one environment does with its browser.

Playwright's plain interface runs an event loop in the thread that uses it: it refuses one that has a loop already, as
in Jupyter and under `asyncio`, and one whose loop it has taken has none for anything else. So it gets a thread to
itself, and whoever steps an environment waits for that thread. The option not taken, one thread for all environments of
a process, would save a driver's process for each and let one slow page hold up all others.
"""

import atexit
import os
import threading
import weakref
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from .errors import BrowserGoneError

if TYPE_CHECKING:
    from .launch import Chromium

T = TypeVar("T")

_PATIENCE_S: Final = 10.0
"""How long Python waits at its end for a browser to close; the driver's end then ends it."""

_ELSEWHERE: Final = (
    "The browser of this environment belongs to the process that started it, and this one is a fork of that. Make the "
    "environment in the process that steps it."
)


class OwnThread:
    """A thread in which a browser is started, used and ended.

    Attributes:
        chromium: The browser, once work in the thread has started it.
    """

    def __init__(self, owner: object) -> None:
        """Start a thread that ends, with its browser, when its owner is closed or forgotten."""
        self.chromium: Chromium | None = None
        self._process = os.getpid()
        self._tasks: SimpleQueue[_Task[Any] | None] = SimpleQueue()
        self._thread = threading.Thread(target=_work, args=(self._tasks,), name="browser", daemon=True)
        self._thread.start()
        self._forgotten = weakref.finalize(owner, self._leave)
        self._forgotten.atexit = False
        _LIVING.add(self)

    def run(self, work: Callable[[], T]) -> T:
        """Do something in the thread and return what comes of it, or raise what it raises.

        Whoever is interrupted while waiting need not wait on: the browser is ended, and what was being done with it.

        Raises:
            BrowserGoneError: This process is a fork of the one that has the browser.
        """
        if self._process != os.getpid():
            raise BrowserGoneError(_ELSEWHERE)
        task = _Task(work)
        self._tasks.put(task)
        try:
            task.wait()
        except BaseException:
            if self.chromium is not None:
                self.chromium.kill()
            raise
        return task.result()

    def end(self, patience_s: float | None = None) -> None:
        """End the browser and the thread, and wait for that, so many seconds or until it is done."""
        self._forgotten.detach()
        self._leave()
        if self._process == os.getpid():
            self._thread.join(patience_s)

    def _leave(self) -> None:
        """End the browser and the thread as soon as they have nothing to do; a collector's thread must not wait."""
        _LIVING.discard(self)
        if self._process == os.getpid():
            self._tasks.put(_Task(self._close))
            self._tasks.put(None)

    def _close(self) -> None:
        """End the browser; in the thread."""
        if self.chromium is not None:
            self.chromium.close()


class _Task(Generic[T]):
    """Something to do in another thread."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work: Callable[[], T] | None = work
        self._is_done = threading.Event()
        self._found: list[T] = []
        self._error: BaseException | None = None

    def do(self) -> None:
        """Do it, and forget how."""
        try:
            if self._work is not None:
                self._found.append(self._work())
        except BaseException as error:  # noqa: BLE001  # it is raised where somebody waits
            self._error = error
        finally:
            self._work = None
            self._is_done.set()

    def wait(self) -> None:
        """Wait until it is done, looking up now and then: on Windows nothing interrupts one long wait."""
        while not self._is_done.wait(1.0):
            pass

    def result(self) -> T:
        """Return what came of it, or raise what it raised."""
        error, self._error = self._error, None
        try:
            if error is not None:
                raise error
            return self._found[0]
        finally:
            del error


def _work(tasks: "SimpleQueue[_Task[Any] | None]") -> None:
    """Do tasks until there is none; nothing of one is held while waiting for the next."""
    while (task := tasks.get()) is not None:
        task.do()
        del task


def _end_all() -> None:
    """End what is left at the end of Python."""
    for thread in list(_LIVING):
        thread.end(_PATIENCE_S)


# The threads of this process that have not been ended, so that Python's end ends their browsers in good order.
_LIVING: Final[set[OwnThread]] = set()
atexit.register(_end_all)
