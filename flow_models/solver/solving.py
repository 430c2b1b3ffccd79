"""Solving: a shortest solution, a proof that there is none, or an honest "gave up"."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from flow_models.runtime.machine import Episode, Event, Machine, Start, State
from flow_models.runtime.machine.base.program import Json

from .bounds import Distances
from .candidates import Candidates, Comparisons
from .evidence import Evidence, evidence_tables, pages_that_show
from .goals import AnswerGoal, ChangeGoal, Goal, PageGoal
from .influence import Influence, all_blocks, conduct_of, items_of
from .moves import Layout, Moves
from .needs import Needs, needs_of
from .search import Search
from .slicing import Slice, SliceProof, slice_of
from .solution import Budget, Solution

if TYPE_CHECKING:
    from flow_models.runtime.machine.base.values import Value


_FIRST_LOOK: Final = 1_500
"""Steps tried on the slice before the search, where a task may be impossible: the easy proofs are quick."""


class SolverError(Exception):
    """A found solution does not do what the search said: a bug in the solver, never the flow's fault."""


@dataclass
class TaskPlan:
    """What the search knows of a task before it sees an instance."""

    program: Json
    task: str

    @cached_property
    def influence(self) -> Influence:
        """What the task depends on."""
        return Influence(self.program, self.task)

    @cached_property
    def needs(self) -> Needs:
        """What the task needs."""
        return Needs() if self.is_question else needs_of(self.program, self.task, self.influence)

    @cached_property
    def distances(self) -> Distances:
        """How far it is to the task's end, at least."""
        tables = evidence_tables(self.program, self.task)
        return Distances(
            self.program, self.needs, [pages_that_show(self.program, self.task, table) for table in tables]
        )

    @cached_property
    def layout(self) -> Layout:
        """What pages have to do with transitions and fields."""
        return Layout(self.program, self.influence, evidence_tables(self.program, self.task))

    @cached_property
    def slice(self) -> Slice:
        """The data that the expected changes depend on, and what writes it."""
        return slice_of(self.program, self.task)

    @cached_property
    def slice_layout(self) -> Layout:
        """What pages have to do with the data of the slice."""
        return Layout(self.program, Influence(self.program, self.task, self.slice.items))

    @property
    def may_be_infeasible(self) -> bool:
        """Whether the task says that some of its instances are impossible."""
        return bool(self.program["tasks"][self.task]["may_be_infeasible"])

    @cached_property
    def is_question(self) -> bool:
        """Whether the task asks for an answer."""
        return self.program["tasks"][self.task]["answer"] is not None


class Solver:
    """Solves instances of one machine; what it learns about a task serves all of the task's instances."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._plans: dict[str, TaskPlan] = {}
        self._comparisons = Comparisons(machine.program)
        self._content_pages = _content_pages(machine.program)

    def solve(self, start: Start, *, max_steps: int = 0, budget: Budget | None = None) -> Solution:
        """Return a shortest solution of an instance, or what is known instead.

        Args:
            start: The instance.
            max_steps: The length that a solution may have; 0 for the task's own limit.
            budget: What may be spent.

        Raises:
            SolverError: The solution does not hold in an episode.
        """
        budget = Budget() if budget is None else budget
        plan = self._plan(start.task)
        limit = max_steps or self.machine.rules(start.task).max_steps
        goal = self._goal(plan, start)
        if isinstance(goal, AnswerGoal) and not goal.finish[0].value:
            return Solution("infeasible", (), 0, "", "space")
        if plan.may_be_infeasible and self._is_sliced_away(plan, start, goal, budget, _FIRST_LOOK):
            return Solution("infeasible", (), budget.spent, "", "slice")
        found = self._search(plan, start, goal).run(budget, limit)
        if found.events is None and not found.ended:
            found = self._search(plan, start, goal).run(budget, limit, addresses=True)
        if found.events is not None:
            self._replay(start, found.events)
            return Solution("solved", found.events, budget.spent)
        if found.ended and self._is_sliced_away(plan, start, goal, budget, budget.tried // 4):
            return Solution("infeasible", (), budget.spent, "", "slice")
        if found.ended:
            return Solution("gave_up", (), budget.spent, found.ended)
        return Solution("infeasible", (), budget.spent, "", "space")

    def _is_sliced_away(self, plan: TaskPlan, start: Start, goal: Goal, budget: Budget, tried: int) -> bool:
        """Say whether the slice alone proves, with so many steps tried, that an instance is impossible."""
        if not isinstance(goal, ChangeGoal) or not tried:
            return False
        own = Budget(tried, budget.seconds / 4)
        holds = SliceProof(self.machine, start, plan.slice, plan.slice_layout, goal, self._comparisons).holds(own)
        budget.spent += own.spent
        return holds

    def way_to(self, start: Start, page: str, *, budget: Budget | None = None) -> tuple[Event, ...] | None:
        """Return a shortest way from an instance's start to a page, None if none was found within the budget."""
        program = self.machine.program
        plan = self._plan(start.task) if start.task else None
        influence = Influence(program, start.task) if plan is None else plan.influence
        distances = Distances(program, Needs(), [[page]])
        layout = Layout(program, influence)
        candidates = Candidates(self.machine, start, {}, (), self._comparisons)
        moves = Moves(self.machine, start, layout, candidates)
        search = Search(self.machine, start, PageGoal(page), distances, moves, self._content_pages)
        return search.run(Budget() if budget is None else budget, 1_000).events

    def _plan(self, task: str) -> TaskPlan:
        """Return what is known of a task."""
        found = self._plans.get(task)
        if found is None:
            found = self._plans[task] = TaskPlan(self.machine.program, task)
        return found

    def _goal(self, plan: TaskPlan, start: Start) -> Goal:
        """Return what is looked for in an instance."""
        evidence = Evidence(self.machine, start)
        if plan.is_question:
            return AnswerGoal(self.machine, start, evidence)
        return ChangeGoal(self.machine, start, plan.influence, plan.needs, evidence)

    def _search(self, plan: TaskPlan, start: Start, goal: Goal) -> Search:
        """Return the search in an instance."""
        aims: dict[tuple[str, str], tuple[Value, int]] = {}
        wanted: list[tuple[Value, str]] = []
        if isinstance(goal, ChangeGoal):
            aims = {place: (goal.wanted(aim), bit) for place, (aim, bit) in plan.needs.aims.items()}
            wanted = goal.wanted_values
        candidates = Candidates(self.machine, start, aims, wanted, self._comparisons)
        moves = Moves(self.machine, start, plan.layout, candidates, aims)
        return Search(self.machine, start, goal, plan.distances, moves, self._content_pages)

    def _replay(self, start: Start, events: tuple[Event, ...]) -> None:
        """Play a solution as an agent would; its last step, and none before, must bring success."""
        # Whoever asks for solutions beyond the task's limit wants to know how long they are.
        episode = Episode(self.machine, start, has_limit=False)
        for number, event in enumerate(events, 1):
            result = episode.step(event)
            if result.error or (result.end_reason and number < len(events)):
                break
        if episode.end_reason != "success" or len(episode.log) < len(events):
            raise SolverError(f"{start.task}, seed {start.seed}: {episode.end_reason or 'no end'} after {events}")


def solve(machine: Machine, start: Start, *, max_steps: int = 0, budget: Budget | None = None) -> Solution:
    """Return a shortest solution of one instance; for many instances keep a `Solver`."""
    return Solver(machine).solve(start, max_steps=max_steps, budget=budget)


def _content_pages(program: Json) -> frozenset[str]:
    """Return the pages on which what has been typed decides what is offered."""
    found = set()
    for page in program["pages"]:
        trees = [conduct_of(block) for block in all_blocks(program, page)]
        if any(item[0] == "field" for item in items_of(*trees)):
            found.add(page)
    return frozenset(found)


__all__ = ["Solver", "SolverError", "State", "solve"]
