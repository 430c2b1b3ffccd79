"""Policies for rollouts: some of them raise, break the site, end their process or hang, in episodes of their choice.

Which these are follows from the goal and the first page, so that they are the same whoever plays them again.
"""

import importlib
import os
import time
import zlib
from pathlib import Path
from typing import Any

Messages = list[dict[str, Any]]

GIVES_UP = "report_infeasible('no')"


def lot(messages: Messages) -> int:
    """Return which of eight lots an episode has drawn."""
    return zlib.crc32(messages[1]["content"].encode()) % 8


def calm(messages: Messages) -> str:
    """Do nothing for some steps, slowly, and say in a file who does it."""
    Path("playing").mkdir(exist_ok=True)
    (Path("playing") / str(os.getpid())).touch()
    time.sleep(0.05)
    return "noop()" if len(messages) < 6 else GIVES_UP


def unlucky(messages: Messages) -> str:
    """Raise in some episodes, and let the site break in others."""
    if lot(messages) == 0:
        raise RuntimeError("out of memory")
    if lot(messages) == 1:
        break_once()
    return "noop()" if len(messages) < 6 else GIVES_UP


def break_once() -> None:
    """Let the next step of this process break the site."""
    episode = importlib.import_module("librarydesk.runtime.machine.episodes.episode").Episode
    steps = episode.step

    def step(attempt: Any, _: Any) -> Any:
        episode.step = steps
        return attempt.break_off("the window is gone")

    episode.step = step


def poisoned(messages: Messages) -> str:
    """End the process in some episodes, unless there is a cure."""
    if lot(messages) == 0 and not Path("cured").exists():
        os._exit(9)
    return GIVES_UP


def hanging(messages: Messages) -> str:
    """Wait for ever in some episodes, unless there is a cure."""
    if lot(messages) == 0 and not Path("cured").exists():
        time.sleep(10_000)
    return GIVES_UP


def never(messages: Messages) -> str:
    """Raise in all episodes."""
    raise RuntimeError("no model is here")


def first_allowed(seen: dict[str, Any]) -> int:
    """Do the first action that the mask allows."""
    return int(seen["action_mask"].argmax())
