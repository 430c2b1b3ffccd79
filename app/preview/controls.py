"""The commands of the preview as actions, with words, keys and icons, and when they make sense.

What they do is the panel's.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

import resources
from app.preview.snapshot import Snapshot
from app.theme import icon
from app.words.menus import unmarked
from flow_models.runtime.machine.base.variant import PLAIN

KEYS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "test": ("F5",),
        "play": (),
        "stop": ("Shift+F5",),
        "restart": ("Ctrl+Shift+F5",),
        "back": ("F9",),
        "forward": ("Shift+F9",),
        "solution": ("F10",),
        "solution_step": ("Shift+F10",),
        "shuffle": ("F7",),
        "as_drawn": ("Shift+F7",),
        "compare": (),
    }
)
_ICONS: Mapping[str, str] = MappingProxyType(
    {
        "test": "play",
        "play": "task",
        "stop": "stop",
        "restart": "reload",
        "back": "back",
        "forward": "forward",
        "solution": "play",
        "solution_step": "step",
        "shuffle": "shuffle",
        "as_drawn": "undo",
        "compare": "side_by_side",
    }
)


def allowed_now(snapshot: Snapshot | None, *, has_page: bool, has_tasks: bool) -> dict[str, bool]:
    """Return for each command whether it makes sense now.

    Args:
        snapshot: What is shown; `None` before anything is.
        has_page: Whether a page is selected.
        has_tasks: Whether there is a task to play.
    """
    if snapshot is None or snapshot.mode != "play":
        of_play = dict.fromkeys(("stop", "restart", "back", "forward", "solution", "solution_step"), False)
        return {"test": has_page, "play": has_tasks, **of_play, **_about_variants(snapshot)}
    moments = sum(line.number >= 0 for line in snapshot.steps)
    runs = snapshot.origin.rules and not snapshot.end_reason
    return {
        "test": False,
        "play": has_tasks,
        "stop": True,
        "restart": snapshot.at > 0,
        "back": snapshot.at > 0,
        "forward": snapshot.at + 1 < moments,
        "solution": runs,
        "solution_step": runs,
        **_about_variants(snapshot),
    }


def _about_variants(snapshot: Snapshot | None) -> dict[str, bool]:
    return {
        "shuffle": snapshot is not None and snapshot.mode != "empty",
        "as_drawn": snapshot is not None and snapshot.origin.variant != PLAIN,
        "compare": snapshot is not None and snapshot.mode != "empty",
    }


class Controls:
    """The actions by name."""

    def __init__(self, owner: QWidget, slots: Mapping[str, Callable[[], object]]) -> None:
        self._owner = owner
        self.actions: dict[str, QAction] = {}
        self._is_solution_playing = False
        for name, keys in KEYS.items():
            action = QAction(resources.text(f"preview.action.{name}"), owner)
            action.setObjectName(f"preview_{name}")
            action.setShortcuts([QKeySequence(key) for key in keys])
            tip = resources.text(f"preview.tip.{name}")
            action.setToolTip(f"{tip} ({keys[0]})" if keys else tip)
            action.setStatusTip(tip)
            if name in slots:
                action.triggered.connect(lambda _checked=False, name=name: slots[name]())
            self.actions[name] = action
        self.redraw()

    def redraw(self) -> None:
        """Draw the icons in the palette's colours."""
        for name, action in self.actions.items():
            idea = "pause" if name == "solution" and self._is_solution_playing else _ICONS[name]
            action.setIcon(icon(idea, self._owner.palette()))

    def show_solution(self, *, is_playing: bool) -> None:
        """Say on the action whether it starts or pauses the solution."""
        self._is_solution_playing = is_playing
        self.actions["solution"].setText(resources.text(f"preview.action.{'pause' if is_playing else 'solution'}"))
        self.redraw()

    def button(self, name: str) -> QToolButton:
        """Return a button for an action, as an icon."""
        button = QToolButton(self._owner)
        button.setDefaultAction(self.actions[name])
        button.setProperty("role", "compact")
        if name == "play":
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(unmarked(self.actions[name].text()))
        return button
