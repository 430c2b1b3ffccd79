"""Solving: a shortest solution, a proof that there is none, or an honest "gave up"."""

from dataclasses import dataclass
from functools import cached_property

from flow_models.runtime.machine import Episode, Event, Machine, Start, State
from flow_models.runtime.machine.program import Json
from flow_models.runtime.machine.values import Value

from .bounds import Distances
from .candidates import Candidates, Comparisons
from .evidence import Evidence, evidence_tables, pages_that_show
from .goals import AnswerGoal, ChangeGoal, Goal, PageGoal
from .influence import Influence, all_blocks, conduct_of, items_of
from .moves import Layout, Moves
from .needs import Needs, needs_of
from .search import Search
from .solution import Budget, Solution


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
        if not self.is_question:
            return Distances(self.program, self.needs)
        shown: dict[str, int] = {}
        tables = evidence_tables(self.program, self.task)
        for place, table in enumerate(tables):
            for page in pages_that_show(self.program, table):
                shown[page] = shown.get(page, 0) | 1 << place
        return Distances(self.program, self.needs, shown, (1 << len(tables)) - 1)

    @cached_property
    def layout(self) -> Layout:
        """What pages have to do with transitions and fields."""
        return Layout(self.program, self.influence)

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
        found = self._search(plan, start, goal).run(budget, limit)
        if found.events is None and not found.ended:
            found = self._search(plan, start, goal).run(budget, limit, addresses=True)
        if found.events is not None:
            self._replay(start, found.events)
            return Solution("solved", found.events, budget.spent)
        if found.ended:
            return Solution("gave_up", (), budget.spent, found.ended)
        return Solution("infeasible", (), budget.spent, "", "space")

    def way_to(self, start: Start, page: str, *, budget: Budget | None = None) -> tuple[Event, ...] | None:
        """Return a shortest way from an instance's start to a page, None if none was found within the budget."""
        program = self.machine.program
        plan = self._plan(start.task) if start.task else None
        influence = Influence(program, start.task) if plan is None else plan.influence
        distances = Distances(program, Needs(), {page: 1}, 1)
        layout = Layout(program, influence)
        candidates = Candidates(self.machine, influence, start, {}, self._comparisons)
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
        if plan.is_question:
            return AnswerGoal(self.machine, start, Evidence(self.machine, start))
        return ChangeGoal(self.machine, start, plan.influence, plan.needs)

    def _search(self, plan: TaskPlan, start: Start, goal: Goal) -> Search:
        """Return the search in an instance."""
        aims: dict[tuple[str, str], Value] = {}
        if isinstance(goal, ChangeGoal):
            aims = {place: goal.wanted(aim) for place, aim in plan.needs.aims.items()}
        candidates = Candidates(self.machine, plan.influence, start, aims, self._comparisons)
        moves = Moves(self.machine, start, plan.layout, candidates)
        return Search(self.machine, start, goal, plan.distances, moves, self._content_pages)

    def _replay(self, start: Start, events: tuple[Event, ...]) -> None:
        """Play a solution as an agent would; its last step, and none before, must bring success."""
        episode = Episode(self.machine, start)
        for number, event in enumerate(events, 1):
            result = episode.step(event)
            if bool(result.end_reason) != (number == len(events)) or result.error:
                break
        if episode.end_reason != "success":
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
