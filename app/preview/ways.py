"""How one gets to a page: a shortest way from a task's start, or a visit's, found in a moment or not at all."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.preview.following import follow
from app.preview.play import Origin, Walker
from flow_models.runtime.machine import Event, Machine, MachineError, Start, State
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.runtime.machine.pages.clearing import way_on
from flow_models.runtime.machine.pages.interruptions import NO_INTERFERENCE
from flow_models.solver.solution import Budget, Solution
from flow_models.solver.solving import Solver

QUICK_S: Final = 0.12
"""How long a picture waits for a way."""

THOROUGH_S: Final = 2.0
"""How long a way is looked for once the picture is there without one."""

SHARES: Final = 4
"""A fruitless search from one task's start takes at most this part of the time."""

STATES: Final = 300
"""States that the search without a task looks at."""


@dataclass
class Patience(Budget):
    """A budget that also ends when something else has to be done."""

    is_wanted_elsewhere: Callable[[], bool] = bool

    def over(self) -> str:
        """Return the name of the bound that has been reached, or the empty text."""
        if self.spent % 16 == 0 and self.is_wanted_elsewhere():
            return "seconds"
        return super().over()


class Ways:
    """Finds ways in one program, on a machine of its own, and remembers them."""

    def __init__(self, program: Program, is_wanted_elsewhere: Callable[[], bool]) -> None:
        self._machine = Machine(program)
        self._solver = Solver(self._machine)
        self._is_wanted_elsewhere = is_wanted_elsewhere

    def to(self, page: str, seconds: float = QUICK_S) -> Origin | None:
        """Return where a shortest found way to a page begins and how it goes, or None if none was found in time."""
        if not self._machine.tasks:
            return self._on_foot(page)
        best: Origin | None = None
        until = time.monotonic() + seconds
        for task in self._machine.tasks:
            left = until - time.monotonic()
            # A way of one event is short enough: looking on would cost more than it saves.
            if left <= 0 or self._is_wanted_elsewhere() or (best is not None and len(best.way) <= 1):
                break
            way = self._from(task, page, min(seconds / SHARES, left))
            if way is not None and (best is None or len(way) < len(best.way)):
                best = Origin(task, 0, way=way)
        return best

    def _from(self, task: str, page: str, seconds: float) -> tuple[Event, ...] | None:
        """Return a shortest way to a page from the start of a task, or None if none was found in time."""
        patience = Patience(seconds=seconds, is_wanted_elsewhere=self._is_wanted_elsewhere)
        try:
            return self._solver.way_to(self._machine.draw(task, 0), page, budget=patience)
        except MachineError:
            return None

    def _on_foot(self, page: str) -> Origin | None:
        """Return a way that only uses buttons and links, for a flow without tasks."""
        start = self._machine.visit()
        seen = {self._machine.key(start, start.state, focus=False)}
        front: list[tuple[State, tuple[Event, ...]]] = [(start.state, ())]
        while front and len(seen) < STATES:
            state, way = front.pop(0)
            if state.top.page == page:
                return Origin(way=way)
            for event in self._uses(start, state):
                after = self._machine.step(start, state, event).state
                key = self._machine.key(start, after, focus=False)
                if key not in seen:
                    seen.add(key)
                    front.append((after, (*way, event)))
        return None

    def _uses(self, start: Start, state: State) -> list[Event]:
        """Return the uses of buttons and links, of the first row where there are rows."""
        controls = self._machine.view(start, state).controls()
        first = {control.id: control for control in reversed(controls) if hasattr(control, "row")}
        return [Event("use", control.id, getattr(control, "row", "")) for control in first.values()]


def to_the_end(machine: Machine, start: Start, patience: Patience) -> Solution:
    """Return how an instance goes on to its end in its variant.

    The way is looked for on the site as drawn, where there is least to look at; a variant changes neither data nor
    rules, so the same way leads to the end there once what stands in it is removed.
    """
    walker = Walker(machine, start)
    while walker.state.interference.held is not None and (onward := way_on(walker.view)) is not None:
        walker.step(onward)
    if walker.events and machine.verdict(start, walker.state).success:
        return Solution("solved", tuple(walker.events))
    drawn = start._replace(variant=PLAIN, state=walker.state.replaced(interference=NO_INTERFERENCE))
    solution = Solver(machine).solve(drawn, budget=patience)
    for event in solution.events:
        follow(walker, event)
    return solution._replace(events=tuple(walker.events)) if solution.events else solution


def default_origin(machine: Machine, page: str) -> Origin:
    """Return the start of the first task that can be drawn, else of a visit, from where a page is shown by hand."""
    for task in machine.tasks:
        try:
            machine.draw(task, 0)
        except MachineError:
            continue
        return Origin(task, 0, page=page)
    return Origin(page=page)


def leads_to(machine: Machine, origin: Origin, page: str) -> bool:
    """Say whether a known way still leads to its page."""
    try:
        start = machine.draw(origin.task, origin.seed) if origin.task else machine.visit()
    except MachineError:
        return False
    state = start.state
    for event in origin.way:
        control = machine.view(start, state).control(event.block, event.row) if event.block else None
        if event.block and control is None:
            return False
        step = machine.step(start, state, event)
        if step.error or step.fault:
            return False
        state = step.state
    return state.top.page == page
