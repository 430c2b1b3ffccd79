"""The window's commands as things that can be found."""

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction

import resources
from app.finding.candidates import Candidate
from app.words.menus import unmarked


def commands_of(actions: Iterable[QAction]) -> Mapping[str, QAction]:
    """Return the commands that can be given now, by the words of the menu."""
    return {plain(action.text()): action for action in actions if action.isEnabled() and action.text()}


def found_commands(commands: Mapping[str, QAction]) -> list[Candidate]:
    """Return the commands as candidates."""
    return [Candidate(words, resources.text("shell.find.command"), "forward", words) for words in commands]


def plain(text: str) -> str:
    """Return a menu's words without the mark of their letter and without dots that promise a dialog."""
    return unmarked(text).removesuffix("…")
