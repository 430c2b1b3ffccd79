"""Which transitions, and which outcomes of their guards, the solutions of a program's tasks touch.

What no solution touches is not wrong: errors of visitors are there too. But nothing has proven it either.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from flow_models.runtime.machine import Event, Machine, Start, State

Solved = tuple[Start, tuple[Event, ...]]
"""An instance and the steps that solve it."""


@dataclass(slots=True)
class Coverage:
    """What some walks have touched.

    Attributes:
        transitions: Every transition of the program.
        pages: Every page of the program.
        taken: How often each transition was taken first in a step.
        held: Transitions whose guard was met where it was asked.
        refused: Transitions whose guard was not met somewhere where it was asked.
        visited: How often each page was shown after a step.
    """

    transitions: tuple[str, ...]
    pages: tuple[str, ...]
    taken: Counter[str] = field(default_factory=Counter)
    held: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    visited: Counter[str] = field(default_factory=Counter)

    @property
    def untaken(self) -> tuple[str, ...]:
        """The transitions that no walk has taken."""
        return tuple(one for one in self.transitions if not self.taken[one])

    @property
    def unvisited(self) -> tuple[str, ...]:
        """The pages that no walk has shown."""
        return tuple(page for page in self.pages if not self.visited[page])

    @property
    def share(self) -> float:
        """The share of transitions that some walk has taken."""
        return 1 - len(self.untaken) / len(self.transitions) if self.transitions else 1.0


def coverage(machine: Machine, walks: Iterable[Solved]) -> Coverage:
    """Return what walks through instances of a machine's program touch."""
    program = machine.program
    found = Coverage(tuple(one.id for one in program.transitions), tuple(program.pages))
    guarded = frozenset(one.id for one in program.transitions if one.when is not None)
    for start, events in walks:
        state = start.state
        found.visited[state.top.page] += 1
        for event in events:
            _note_guards(found, machine, start, state, event, guarded)
            step = machine.step(start, state, event)
            state = step.state
            if step.transition is not None:
                found.taken[step.transition] += 1
            found.visited[state.top.page] += 1
    return found


def _note_guards(
    found: Coverage, machine: Machine, start: Start, state: State, event: Event, guarded: frozenset[str]
) -> None:
    """Note for the guards that an event asks whether they are met."""
    page = machine.plan.page(state.top.page)
    if event.kind != "use" or page is None:
        return
    asked = guarded.intersection(one.id for one in page.on("use", event.block))
    if not asked:
        return
    for one in machine.explain(start, state):
        if one.transition in asked:
            if one.possible or one.reason == "earlier":
                found.held.add(one.transition)
            elif one.reason == "guard":
                found.refused.add(one.transition)
