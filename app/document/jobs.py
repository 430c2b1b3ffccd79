"""One thread that does one job after the other, the latest of its kind only.

Jobs wait in slots; a newer job takes the place of one that waits in the same slot, so that typing never queues up work.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final

log = logging.getLogger("gymwright")

Job = Callable[[], None]

JOIN_S: Final = 2.0


class Jobs:
    """The waiting jobs and their thread."""

    def __init__(self, name: str, failed: Callable[[Exception], None]) -> None:
        """Start the thread, named after what it does; `failed` is called in it when a job met a bug."""
        self._failed = failed
        self._waiting: dict[str, Job] = {}
        self._news = threading.Condition()
        self._is_closed = False
        # A daemon: a search that does not come to its end must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def is_here(self) -> bool:
        """Whether the calling thread is the one of the jobs."""
        return threading.current_thread() is self._thread

    def post(self, slot: str, job: Job) -> None:
        """Do a job as soon as those before it are done; it takes the place of one that waits in the same slot."""
        with self._news:
            self._waiting.pop(slot, None)
            self._waiting[slot] = job
            self._news.notify()

    def is_wanted_elsewhere(self) -> bool:
        """Say whether another job waits, so that the present one should come to an end."""
        return bool(self._waiting) or self._is_closed

    def close(self) -> None:
        """End the thread; a job that runs is finished."""
        with self._news:
            self._is_closed = True
            self._news.notify()
        self._thread.join(JOIN_S)

    def _work(self) -> None:
        while True:
            with self._news:
                while not self._waiting and not self._is_closed:
                    self._news.wait()
                if self._is_closed:
                    return
                job = self._waiting.pop(next(iter(self._waiting)))
            try:
                job()
            except Exception as bug:
                # The edge of a background task: a bug here must not end the thread for good.
                log.exception("A job failed")
                self._failed(bug)
