"""Lets the site of a package break, as it does where a formula fails or a window is lost."""

import importlib

WORDS = "the window is gone"


def let_break(module: str) -> None:
    """Let every attempt of a package in this process break at its next step."""
    episode = importlib.import_module(f"{module}.runtime.machine.episodes.episode").Episode
    episode.step = lambda attempt, event: attempt.break_off(WORDS)
