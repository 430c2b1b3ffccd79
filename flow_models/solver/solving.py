"""Solving: a shortest solution, a proof that there is none, or an honest "gave up"."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from flow_models.runtime.machine import Episode, Event, Machine, Start

from .bounds import Distances
from .candidates import Candidates
from .company import Company
from .comparisons import Comparisons
from .copies import Copies
from .demands import Demands
from .evidence import Evidence, evidence_tables, pages_that_show
from .goals import AnswerGoal, ChangeGoal, Goal
from .honesty import Honesty
from .influence import Influence
from .landmarks import Landmarks
from .layout import Layout
from .moves import Moves
from .needs import Needs
from .outline import Outline
from .plain_goals import PageGoal, SuccessGoal
from .search import Found, Search
from .slice_proof import SliceProof
from .slicing import Slice, slice_of
from .solution import SECOND_LOOK, Budget, Solution, Twin
from .stopping import stop_of
from .telling import same_label, twin_of
from .terrain import Terrain
from .tracing import needs_of

_FIRST_LOOK: Final = 1_500
"""Steps tried on the slice before the search, where a task may be impossible: the easy proofs are quick. A search
must visit everything that can be reached before it can say the same: without a first look half as many steps more."""

_PART: Final = 4
"""One in so many steps and seconds of a budget may go into a proof on the slice, once a search has ended without an
answer: such proofs are quick or do not come at all."""

_WAY_LIMIT: Final = 1_000
"""Steps that a way to a page may have: more than any task allows."""


_LUCK_TRIED: Final = 5_000
"""Steps that may be tried to see whether a lookalike can be done at all."""


class _Heed(NamedTuple):
    """What a further search heeds because of the one before.

    Attributes:
        twin: Something that was chosen although it reads like another thing beside it.
        company: The starts in which all has to be right as well.
    """

    twin: Twin | None
    company: Company


class SolverError(Exception):
    """A found solution does not do what the search said: a bug in the solver, never the flow's fault."""


@dataclass
class TaskPlan:
    """What the search knows of a task before it sees an instance, each found out when it is first asked for."""

    outline: Outline
    task: str
    _distances: dict[tuple[tuple[int, ...], bool], Distances] = field(default_factory=dict)

    @cached_property
    def influence(self) -> Influence:
        """What the task depends on."""
        return Influence(self.outline, self.task)

    @cached_property
    def needs(self) -> Needs:
        """What the task needs."""
        return Needs() if self.is_question else needs_of(self.outline, self.task)

    @cached_property
    def demands(self) -> Demands:
        """What is demanded of the fields."""
        return Demands(self.outline, self.task)

    @cached_property
    def _tables(self) -> tuple[str, ...]:
        """The tables from whose rows something must be seen."""
        return evidence_tables(self.outline.program, self.task)

    @cached_property
    def terrain(self) -> Terrain:
        """Where one can go, and what is needed."""
        shown = [pages_that_show(self.outline, self.task, table) for table in self._tables]
        return Terrain(self.outline, self.needs, shown)

    @cached_property
    def _landmarks(self) -> Landmarks:
        """What cannot be done without."""
        return Landmarks(self.outline, self.needs)

    def distances(self, weights: tuple[int, ...] = (), *, is_apart: bool = False) -> Distances:
        """Return how far it is to the task's end, at least, for the instances that are alike in this."""
        found = self._distances.get((weights, is_apart))
        if found is None:
            found = Distances(self.terrain, self._landmarks, weights, is_apart=is_apart)
            self._distances[weights, is_apart] = found
        return found

    @cached_property
    def copies(self) -> Copies:
        """Which fields are only copied."""
        return Copies(self.outline, self.task, self.needs)

    @cached_property
    def layout(self) -> Layout:
        """What pages have to do with transitions and fields."""
        return Layout(self.outline, self.influence, self._tables)

    @cached_property
    def open_layout(self) -> Layout:
        """The same for whoever looks for anything that a page may tell."""
        return Layout(self.outline, self.influence, tuple(self.outline.program.tables))

    @cached_property
    def slice(self) -> Slice:
        """The data that the expected changes depend on, and what writes it."""
        return slice_of(self.outline, self.task)

    @cached_property
    def slice_layout(self) -> Layout:
        """What pages have to do with the data of the slice."""
        return Layout(self.outline, Influence(self.outline, self.task, self.slice.items))

    @property
    def may_be_infeasible(self) -> bool:
        """Whether the task says that some of its instances are impossible."""
        return self.outline.program.tasks[self.task].may_be_infeasible

    @cached_property
    def is_question(self) -> bool:
        """Whether the task asks for an answer."""
        return self.outline.program.tasks[self.task].answer is not None


class Solver:
    """Solves instances of one machine; what it learns about a task serves all of the task's instances."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._outline = Outline(machine.program)
        self._plans: dict[str, TaskPlan] = {}
        self._comparisons = Comparisons(self._outline)
        self._honesty = Honesty(machine, self._outline, self._by_luck)

    @property
    def outline(self) -> Outline:
        """What the solver has found out about the program."""
        return self._outline

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
        goal = self._goal(plan, start)
        if isinstance(goal, AnswerGoal) and not goal.finish[0].value:
            return Solution("infeasible", (), 0, "", "space")
        limit = max_steps or self.machine.rules(start.task).max_steps
        if plan.may_be_infeasible and self._is_sliced_away(plan, start, goal, budget, _FIRST_LOOK):
            return self._impossible(plan, start, goal, budget, limit, "slice")
        found = self._found(plan, start, goal, budget, limit)
        if found.events is not None:
            return self._honest(plan, start, goal, budget, limit, found.events)
        if not found.ended:
            return self._unsolved(plan, start, goal, budget, limit)
        if self._is_sliced_away(plan, start, goal, budget, budget.tried // _PART):
            return self._impossible(plan, start, goal, budget, limit, "slice")
        return _given_up(goal, found, budget)

    def _unsolved(self, plan: TaskPlan, start: Start, goal: Goal, budget: Budget, limit: int) -> Solution:
        """Return what an instance is that nobody can do by what the goal and pages tell: untold, or impossible."""
        if goal.everything:
            lucky = self._found(plan, start, self._goal(plan, start, is_asked=False), budget, limit)
            if lucky.events is not None:
                self._replay(start, lucky.events)
                return Solution("untold", lucky.events, budget.spent)
            if lucky.ended:
                return Solution("gave_up", (), budget.spent, lucky.ended)
        return self._impossible(plan, start, goal, budget, limit, "space")

    def _found(
        self, plan: TaskPlan, start: Start, goal: Goal, budget: Budget, limit: int, heed: "_Heed | None" = None
    ) -> Found:
        """Return how a search ends; one without a goal is made again with addresses.

        Addresses lead anywhere from anywhere, which makes all distances worthless and each state offer hundreds of
        moves. Few tasks need one, so they are tried only where it is certain that nothing else leads to the goal.
        """
        found = self._search(plan, start, goal, heed).run(budget, limit)
        if found.events is None and not found.ended:
            by_address = self._search(plan, start, goal, heed).run(budget, limit, addresses=True)
            found = by_address._replace(nearest=found.nearest)
        # What is done before anybody does anything is noticed after the first step.
        return found._replace(events=(Event("noop"),)) if found.events == () else found

    def _by_luck(self, start: Start) -> Solution:
        """Return a solution that may know what nothing has told."""
        plan, budget = self._plan(start.task), Budget(_LUCK_TRIED)
        found = self._found(plan, start, self._goal(plan, start, is_asked=False), budget, _WAY_LIMIT)
        return Solution("gave_up") if found.events is None else Solution("solved", found.events, budget.spent)

    def _impossible(self, plan: TaskPlan, start: Start, goal: Goal, budget: Budget, limit: int, proof: str) -> Solution:
        """Return that an instance is impossible, unless that may be because a row is never meant by its label.

        A proof is only as good as its rules, so a second search that knows none of them has to find nothing either.
        """
        twin = same_label(self.machine, start)
        if twin is not None:
            return Solution("gave_up", (), budget.spent, "unclear", twin=twin)
        own = Budget(0 if plan.is_question else SECOND_LOOK, budget.seconds / _PART)
        found = self._second_look(plan, start, own, limit)
        if found is None:
            return Solution("infeasible", (), budget.spent, "", proof, doubted=own.spent)
        if goal.everything:
            return Solution("gave_up", (), budget.spent, "disputed")
        return self._honest(plan, start, goal, budget, limit, found)

    def _second_look(self, plan: TaskPlan, start: Start, budget: Budget, limit: int) -> tuple[Event, ...] | None:
        """Return what breadth-first search finds that leaves out nothing and looks for no evidence."""
        goal = SuccessGoal(self.machine, start)
        whole = self._goal(plan, start, is_asked=False)
        wishes, wanted = (whole.wishes, whole.wanted_values) if isinstance(whole, ChangeGoal) else ([], [])
        candidates = Candidates(self.machine, start, {}, wanted, self._comparisons, plan.demands, wishes)
        moves = Moves(self.machine, start, self._whole_layout, candidates)
        search = Search(self.machine, start, goal, self._no_distances, moves, self._outline, self._alone(start))
        found = search.run(budget, limit)
        if found.events is None and not budget.over():
            found = search.run(budget, limit, addresses=True)
        return found.events

    @cached_property
    def _whole_layout(self) -> Layout:
        """What pages have to do with all data, whatever a task depends on."""
        return Layout(self._outline, Influence(self._outline, "", self._outline.everything))

    @cached_property
    def _no_distances(self) -> Distances:
        """Distances that say nothing: it may be but a step to the end from anywhere."""
        return Distances(Terrain(self._outline, Needs()), Landmarks(self._outline, Needs()))

    def _honest(
        self, plan: TaskPlan, start: Start, goal: Goal, budget: Budget, limit: int, lucky: tuple[Event, ...]
    ) -> Solution:
        """Return a solution that needs no luck, found from one that may: it knows what was told, and no more.

        Neither does it choose what reads like something beside it. Nearly every first solution is such; what is wrong
        with others is heeded by the next search.
        """
        heed, events = _Heed(None, self._alone(start)), lucky
        while True:
            twin = self._replay(start, events)
            if twin is not None and heed.twin is None:
                heed = heed._replace(twin=twin)
            else:
                others = self._mistaken(start, events)
                if not others:
                    return Solution("solved", events, budget.spent)
                if heed.company.knows(others):
                    return Solution("gave_up", (), budget.spent, "disputed")
                heed = heed._replace(company=heed.company.joined_by(others))
            found = self._found(plan, start, goal, budget, limit, heed)
            if found.events is None:
                return _without_luck(found, heed, lucky, budget)
            events = found.events

    def _alone(self, start: Start) -> Company:
        """Return a company without anybody in it."""
        return Company(self.machine, start, self._honesty)

    def _mistaken(self, start: Start, events: tuple[Event, ...]) -> tuple[Start, ...]:
        """Return some starts in which a solution goes wrong although nothing has told them apart."""
        return self._honesty.mistaken(start, events)

    def _is_sliced_away(self, plan: TaskPlan, start: Start, goal: Goal, budget: Budget, tried: int) -> bool:
        """Say whether the slice alone proves, with so many steps tried, that an instance is impossible."""
        if not isinstance(goal, ChangeGoal) or not tried:
            return False
        own = Budget(tried, budget.seconds / _PART)
        holds = SliceProof(
            self.machine, start, plan.slice, plan.slice_layout, goal, self._comparisons, plan.demands
        ).holds(own)
        budget.spent += own.spent
        return holds

    def guessed(self, start: Start, solution: Solution, sample: int | None = None) -> int | None:
        """Return which event of a solution does what nothing has told, None if none was found to.

        Args:
            start: The instance.
            solution: What was found for it.
            sample: With how many lookalikes it is compared, None for all that are made.
        """
        if solution.status != "solved":
            return None
        return self._honesty.guess(start, solution.events, sample)

    def way_to(self, start: Start, page: str, *, budget: Budget | None = None) -> tuple[Event, ...] | None:
        """Return a shortest way from an instance's start to a page, None if none was found within the budget."""
        influence = self._plan(start.task).influence if start.task else Influence(self._outline, "")
        terrain, landmarks = Terrain(self._outline, Needs(), [[page]]), Landmarks(self._outline, Needs())
        distances = Distances(terrain, landmarks)
        layout = Layout(self._outline, influence)
        candidates = Candidates(self.machine, start, {}, (), self._comparisons, Demands(self._outline, ""))
        moves = Moves(self.machine, start, layout, candidates)
        search = Search(self.machine, start, PageGoal(page), distances, moves, self._outline, self._alone(start))
        return search.run(Budget() if budget is None else budget, _WAY_LIMIT).events

    def _plan(self, task: str) -> TaskPlan:
        """Return what is known of a task."""
        found = self._plans.get(task)
        if found is None:
            found = self._plans[task] = TaskPlan(self._outline, task)
        return found

    def _goal(self, plan: TaskPlan, start: Start, *, is_asked: bool = True) -> Goal:
        """Return what is looked for in an instance; `is_asked`: pages must have told what it takes."""
        evidence = Evidence(self.machine, start, self._outline, is_asked=is_asked)
        if plan.is_question:
            return AnswerGoal(self.machine, start, evidence)
        return ChangeGoal(self.machine, start, self._outline, plan.needs, evidence)

    def _search(self, plan: TaskPlan, start: Start, goal: Goal, heed: "_Heed | None" = None) -> Search:
        """Return the search in an instance."""
        changes = goal if isinstance(goal, ChangeGoal) else None
        aims = {} if changes is None else changes.aims
        wanted = [] if changes is None else changes.wanted_values
        wishes = [] if changes is None else changes.wishes
        candidates = Candidates(self.machine, start, aims, wanted, self._comparisons, plan.demands, wishes)
        heed = _Heed(None, self._alone(start)) if heed is None else heed
        layout = plan.open_layout if heed.company.others else plan.layout
        copies = None if changes is None else plan.copies
        moves = Moves(self.machine, start, layout, candidates, aims, copies, told_apart=heed.twin is not None)
        distances = plan.distances() if changes is None else plan.distances(changes.weights, is_apart=changes.is_apart)
        return Search(self.machine, start, goal, distances, moves, self._outline, heed.company)

    def _replay(self, start: Start, events: tuple[Event, ...]) -> Twin | None:
        """Play a solution as an agent would; its last step, and none before, must bring success.

        Return the first thing that it chooses although another one beside it reads alike, None if there is none.
        """
        twin: Twin | None = None
        # Whoever asks for solutions beyond the task's limit wants to know how long they are.
        episode = Episode(self.machine, start, has_limit=False)
        for number, event in enumerate(events, 1):
            twin = twin or twin_of(episode.view, event)
            result = episode.step(event)
            if result.error or (result.end_reason and number < len(events)):
                break
        if episode.end_reason != "success" or len(episode.log) < len(events):
            raise SolverError(f"{start.task}, seed {start.seed}: {episode.end_reason or 'no end'} after {events}")
        return twin


def _without_luck(found: Found, heed: _Heed, lucky: tuple[Event, ...], budget: Budget) -> Solution:
    """Return what an instance is for which only luck was found: nobody but the lucky can do it, or it is not known."""
    if heed.twin is not None:
        return Solution("gave_up", (), budget.spent, "unclear", twin=heed.twin)
    if found.ended:
        return Solution("gave_up", (), budget.spent, found.ended)
    return Solution("untold", lucky, budget.spent)


def _given_up(goal: Goal, found: Found, budget: Budget) -> Solution:
    """Return the answer of a search that gave up, with what it still lacked where it came nearest."""
    nearest = found.nearest
    stop = None if nearest is None else stop_of(goal, nearest.state, nearest.seen)
    return Solution("gave_up", (), budget.spent, found.ended, stop=stop)


def solve(machine: Machine, start: Start, *, max_steps: int = 0, budget: Budget | None = None) -> Solution:
    """Return a shortest solution of one instance; for many instances keep a `Solver`."""
    return Solver(machine).solve(start, max_steps=max_steps, budget=budget)
