"""Makes films of walks in a thread of its own: compiling a large flow and looking for shorter walks take their time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

import resources
from app.document.jobs import Jobs
from exporters.walk_file import Shot, write_walks
from flow_models.compiler import CompileError, compile_flow
from flow_models.document.errors import FileAccessError
from flow_models.document.flow import Flow
from flow_models.runtime.machine import DrawError, Machine, ProgramError
from flow_models.solver.film import Frame, film
from flow_models.solver.shortening import shorter
from flow_models.solver.walk import Walk

_Gives = TypeVar("_Gives")


@dataclass(frozen=True)
class Film:
    """A walk with its pages; without any if the flow cannot play it any more.

    Attributes:
        walk: The walk.
        goal: What the task asks for.
        frames: The pages.
    """

    walk: Walk
    goal: str = ""
    frames: tuple[Frame, ...] = ()


class Filming(QObject):
    """Does the work of the strip; without a parent, so that it lives as long as its thread speaks through it."""

    filmed = Signal(object)
    """Carries a `Film`."""
    shortened = Signal(object, object)
    """Carries the walk that was to be shorter, and the shorter one or None."""
    written = Signal(object, str)
    """Carries the path of a walk's file, and why it could not be written in words; empty if it was."""
    failed = Signal(object)
    """Carries a bug."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs = Jobs("walks", self.failed.emit)
        self._compiled: tuple[Flow, Machine] | None = None

    def film(self, flow: Flow, walk: Walk) -> None:
        """Make the film of a walk; `filmed` tells."""
        self.jobs.post("film", lambda: self.filmed.emit(self._film(flow, walk)))

    def shorten(self, flow: Flow, walk: Walk) -> None:
        """Look for a shorter walk to the same end; `shortened` tells."""
        self.jobs.post("shorten", lambda: self.shortened.emit(walk, self._played(flow, walk, shorter)))

    def write(self, flow: Flow, walk: Walk, title: str, path: Path) -> None:
        """Write a walk as one file for a browser; `written` tells."""
        self.jobs.post("write", lambda: self.written.emit(path, self._write(flow, Shot(title, walk), path)))

    def _write(self, flow: Flow, shot: Shot, path: Path) -> str:
        """Write a walk, and return why not; empty if it was."""
        try:
            write_walks(path, flow, self._machine(flow), [shot])
        except (CompileError, DrawError, ProgramError):
            return resources.text("walk.file.lost")
        except FileAccessError as failure:
            return str(failure)
        return ""

    def _film(self, flow: Flow, walk: Walk) -> Film:
        """Return the film of a walk."""
        found = self._played(
            flow, walk, lambda machine, one: Film(one, one.start(machine).goal, film(machine, one, flow))
        )
        return found or Film(walk)

    def _played(self, flow: Flow, walk: Walk, play: Callable[[Machine, Walk], _Gives]) -> _Gives | None:
        """Return what playing a walk gives; None if the flow cannot play it any more."""
        try:
            return play(self._machine(flow), walk)
        except (CompileError, DrawError, ProgramError):
            return None

    def _machine(self, flow: Flow) -> Machine:
        """Return what runs a flow, the same for the same flow."""
        if self._compiled is None or self._compiled[0] is not flow:
            self._compiled = flow, Machine(compile_flow(flow).program)
        return self._compiled[1]
