"""A task's solution or a walk playing itself: asked for or given, then one step after the other at a chosen speed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

import resources
from app.preview.play import Origin
from app.preview.snapshot import Snapshot
from app.words.counts import counted
from flow_models.runtime.machine import Event

INTERVALS_MS = (4000, 2500, 1500, 1000, 600, 300, 100)
"""How long a step is shown, by the position of the speed slider."""

NORMAL_SPEED = 3


class SolutionPlayer(QObject):
    """Plays a solution into the preview; a step of the person ends it, since it may no longer be the way on."""

    said = Signal(str)
    changed = Signal()
    """It began or stopped playing."""
    aimed = Signal(object)
    """Carries the `Event` that comes next; there is a moment to see what it uses."""

    def __init__(self, ask: Callable[[], None], step: Callable[[Event], None], parent: QObject) -> None:
        """Make a player.

        Args:
            ask: Asks for the way on from the shown moment.
            step: Does one event.
            parent: The owner.
        """
        super().__init__(parent)
        self._ask = ask
        self._step = step
        self._plan: list[Event] | None = None
        self._awaited: tuple[Origin, Sequence[Event]] | None = None
        self._wants_one = False
        self._is_own = False
        self._moment: tuple[object, ...] = ()
        self.is_playing = False
        self._timer = QTimer(self, singleShot=True, interval=INTERVALS_MS[NORMAL_SPEED])
        self._timer.timeout.connect(self._aim)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._go)

    @property
    def aim(self) -> Event | None:
        """What is about to be done, while there is a moment to see what it uses."""
        return self._plan[0] if self._plan and self._pause.isActive() else None

    def set_speed(self, position: int) -> None:
        """Choose how long a step is shown."""
        self._timer.setInterval(INTERVALS_MS[position])

    def toggle(self) -> None:
        """Begin to play, or pause."""
        if self.is_playing:
            self._set_playing(False)
            return
        self._set_playing(True)
        self._begin()

    def one(self) -> None:
        """Do one step of the solution."""
        self._set_playing(False)
        self._wants_one = True
        self._begin()

    def await_play(self, origin: Origin, events: Sequence[Event]) -> None:
        """Play a given way as soon as a play that begins somewhere is shown."""
        self.forget()
        self._awaited = origin, events

    def forget(self) -> None:
        """Stop, and find the way anew the next time."""
        self._awaited = None
        self._drop()

    def _drop(self) -> None:
        """Stop the way that plays."""
        self._plan = None
        self._wants_one = False
        self._is_own = False
        self._set_playing(False)

    def show_plan(self, status: str, events: tuple[Event, ...]) -> None:
        """Take the way that was found."""
        if not (self.is_playing or self._wants_one):
            return
        if status in ("gave_up", "typed", "untold"):
            self.forget()
            self.said.emit(resources.text(f"preview.solution.{status}"))
            return
        self._plan = [Event("infeasible")] if status == "infeasible" else list(events)
        name = "infeasible" if status == "infeasible" else "found"
        self.said.emit(resources.text(f"preview.solution.{name}", steps=counted("step", len(self._plan))))
        self._aim()

    def follow(self, snapshot: Snapshot) -> None:
        """Hear what the preview shows now, and go on if that came of the last step."""
        if self._awaited is not None and snapshot.mode == "play" and snapshot.origin == self._awaited[0]:
            self._plan, self._awaited = list(self._awaited[1]), None
            self._is_own = True
            self._set_playing(bool(self._plan))
        before, self._moment = self._moment, (snapshot.mode, snapshot.origin, snapshot.at, len(snapshot.steps))
        if snapshot.mode != "play" or snapshot.end_reason:
            self._drop()
        elif not self._is_own and self._moment == before:
            return  # told once more, as after the browser has loaded the page: nobody has made a step
        elif not self._is_own:
            self._plan = None
            self._set_playing(False)
        elif self.is_playing and self._plan:
            self._timer.start()
        else:
            self._set_playing(False)
        self._is_own = False

    def _begin(self) -> None:
        if self._plan:
            self._aim()
        else:
            self.said.emit(resources.text("preview.solution.searching"))
            self._ask()

    def _aim(self) -> None:
        """Show what comes next; a single step is done at once."""
        if not self._plan:
            return
        if self._wants_one:
            self._go()
            return
        self.aimed.emit(self._plan[0])
        self._pause.start(self._timer.interval() // 2)

    def _go(self) -> None:
        if not self._plan or not (self.is_playing or self._wants_one):
            return
        self._wants_one = False
        self._is_own = True
        self._step(self._plan.pop(0))

    def _set_playing(self, is_playing: bool) -> None:
        self._timer.stop()
        self._pause.stop()
        if is_playing != self.is_playing:
            self.is_playing = is_playing
            self.changed.emit()
