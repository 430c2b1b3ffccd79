"""The trial of one task: its instances as they are drawn, and how some of them are done."""

from dataclasses import dataclass, replace
from functools import cached_property

from flow_models.checks.problem import OTHERS, Fix, Problem, Severity, problem
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task
from flow_models.runtime.machine import Event, Machine, Start
from flow_models.solver.draws import drawn
from flow_models.solver.instances import content_of
from flow_models.solver.solution import Budget, Solution
from flow_models.solver.solving import Solver
from flow_models.solver.walk import Walk
from flow_models.solver.wished import Wished

DRAWN = 60
"""Seeds from which different instances are counted."""

STEPS_TRIED = 20_000
"""Steps that the search for one solution may try."""

GIVEN_UP = 3
"""Searches that are given up before none is begun any more for instances that questions make up."""

SEARCH_FACTOR = 4
"""A solution is looked for up to so many times the task's step limit, to tell a low limit from no way at all."""

INFEASIBLE_FACTOR = 4
"""Of a task that may be infeasible so many times more instances are solved."""


@dataclass
class Trial:
    """What is tried out of one task; each part is found out when it is first asked for.

    Attributes:
        flow: The flow.
        machine: Runs it.
        solver: Solves its tasks.
        task: The task.
        solved: How many instances to solve.
        drawn: From how many seeds to draw.
        first: The first of these seeds.
    """

    flow: Flow
    machine: Machine
    solver: Solver
    task: Task
    solved: int
    drawn: int = DRAWN
    first: int = 0
    _given_up: int = 0

    @property
    def label(self) -> str:
        """What sentences call the task."""
        return self.task.title or self.task.name

    @cached_property
    def starts(self) -> tuple[Start, ...]:
        """The different instances."""
        found: dict[str, Start] = {}
        for start in drawn(self.machine, self.task.name, range(self.first, self.first + self.drawn)):
            found.setdefault(content_of(self.machine, start), start)
        return tuple(found.values())

    @cached_property
    def answers(self) -> tuple[tuple[Start, Solution], ...]:
        """Some instances that are not done as they begin, with what the solver says of them.

        Those that the rule alone makes impossible are told by `deep.drawn`; nothing is searched for there.
        """
        asked = self.solved * (INFEASIBLE_FACTOR if self.task.may_be_infeasible else 1)
        return tuple(
            (start, self.solve(start))
            for start in self.starts[:asked]
            if not (self.machine.verdict(start, start.state).success or self._is_ruled_out(start))
        )

    @cached_property
    def solutions(self) -> tuple[tuple[Start, Solution], ...]:
        """Those of the answers that are solutions."""
        return tuple((start, answer) for start, answer in self.answers if answer.status == "solved")

    @cached_property
    def wished(self) -> Wished:
        """Says of an instance why it cannot succeed by its rule alone, whatever the site allows."""
        return Wished(self.machine, self.solver.outline, self.task.name)

    def solve(self, start: Start) -> Solution:
        """Return what the solver says of an instance."""
        limit = min(1000, self.task.max_steps * SEARCH_FACTOR)
        return self.solver.solve(start, max_steps=limit, budget=Budget(STEPS_TRIED))

    def way(self, start: Start) -> tuple[Event, ...] | None:
        """Return how an instance is done that a question has made up, None if no way is found.

        Once a few searches of the task have been given up, no more are begun: each takes seconds, and questions make
        up hundreds of instances.
        """
        if self._given_up + sum(answer.status == "gave_up" for _, answer in self.answers) >= GIVEN_UP:
            return None
        done = self.solver.solve(start, budget=Budget(STEPS_TRIED))
        self._given_up += done.status == "gave_up"
        return done.events if done.status == "solved" else None

    def element(self, at: str = "") -> Element:
        """Return the task, or a field of it, as an element."""
        return Element("task", self.task.id, at)

    def problem(
        self,
        code: str,
        severity: Severity,
        at: str | Element = "",
        *,
        fix: Fix | None = None,
        walk: Walk | None = None,
        others: tuple[Walk, ...] = (),
        **arguments: object,
    ) -> Problem:
        """Return a problem of the task, at a field of it or at another element, in whose words it is called `task`.

        Of the walks in `others`, which show the same in other instances, some are kept.
        """
        element = self.element(at) if isinstance(at, str) else at
        found = problem(f"running.{code}", severity, element, fix=fix, task=self.label, **arguments)
        return replace(found, walk=walk, others=others[:OTHERS])

    def _is_ruled_out(self, start: Start) -> bool:
        """Say whether no state of an instance is a success, and that is not what the task says."""
        return not (self.task.may_be_infeasible or self.task.answer.strip()) and self.wished.flaw(start) is not None
