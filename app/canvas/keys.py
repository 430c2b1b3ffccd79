"""All keys of the canvas in one table: the commands', and those of the hand, which move and walk.

They work while the canvas itself has the keyboard, never in a form beside it. The list of shortcuts shows all of them.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

import resources

COMMANDS: Mapping[str, str | QKeySequence.StandardKey] = MappingProxyType(
    {
        "new_page": "Ctrl+Shift+P",
        "rename": "F2",
        "connect": "Ctrl+L",
        "delete": QKeySequence.StandardKey.Delete,
        "duplicate": "Ctrl+D",
        "copy": QKeySequence.StandardKey.Copy,
        "cut": QKeySequence.StandardKey.Cut,
        "paste": QKeySequence.StandardKey.Paste,
        "select_all": QKeySequence.StandardKey.SelectAll,
        "group": "Ctrl+G",
        "fit": "Shift+1",
        "zoom_selection": "Shift+2",
        "zoom_in": QKeySequence.StandardKey.ZoomIn,
        "zoom_out": QKeySequence.StandardKey.ZoomOut,
        "zoom_full": "Ctrl+0",
        "follow": "Alt+Right",
        "back": "Alt+Left",
        "next_arrow": "Alt+Down",
        "previous_arrow": "Alt+Up",
    }
)
"""The keys of each command that has some."""

HAND: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "walk": ("Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down"),
        "move": ("Left", "Right", "Up", "Down"),
        "move_far": ("Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down"),
        "open": ("Return", "Enter"),
        "clear": ("Esc",),
        "step": ("Tab", "Shift+Tab"),
        "pan": ("Space",),
    }
)
"""The keys that are no commands, by what they do; `canvas.keys.NAME` says it."""

_MEANINGS = MappingProxyType({key: name for name, keys in HAND.items() for key in keys})


def meaning(event: QKeyEvent) -> str:
    """Return which of the hand's keys was pressed; empty for another one. Keys of the number block count alike."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
    return _MEANINGS.get(pressed.toString(QKeySequence.SequenceFormat.PortableText), "")


def listed() -> list[tuple[str, str]]:
    """Return what the hand's keys do, with the keys as people read them."""
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (resources.text(f"canvas.keys.{name}"), ", ".join(QKeySequence(key).toString(native) for key in keys))
        for name, keys in HAND.items()
    ]
