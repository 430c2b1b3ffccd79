"""What only running a flow can show: tasks that cannot be done, are done already, or for which there is too little.

Takes seconds: it draws instances, plays them by doing nothing and at random, and solves a few. `check` is the quick
one. A flow that does not compile is left to `check`, which says why. A worker process runs it for the window.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import resources
from flow_models.checks.deep import QUESTIONS
from flow_models.checks.deep.unchanged import is_untouched
from flow_models.checks.hindering import why_not
from flow_models.checks.labels import page_label
from flow_models.checks.problem import Problem, SetValue, Severity, distinct, fix, problem
from flow_models.checks.stopping import why_stopped
from flow_models.checks.trial import Trial
from flow_models.compiler import CompileError, compile_flow
from flow_models.document.behaviour import Page
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task
from flow_models.runtime.machine import Event, Machine, Start, State, Step, Verdict
from flow_models.runtime.machine.pages.uses import events_of, is_enabled, is_tickable
from flow_models.runtime.machine.pages.view import Field, View
from flow_models.solver.solution import Solution
from flow_models.solver.solving import Solver
from flow_models.solver.telling import name_of, twins
from flow_models.solver.variants import Case, combined_cases, single_cases, tried, until_blocked
from flow_models.solver.walk import Walk, walk_in

SOLVED = 3
"""Instances of each task that are solved; those of a task that may be infeasible, `INFEASIBLE_FACTOR` times as many."""

TOO_FEW = 20
"""Different instances below which an agent learns the answers by heart."""

PLAYS = 4
"""Random walks through each task."""

PLAY_STEPS = 60

COMBINATIONS = 12
"""Random variants in which each task is played, besides every value alone."""

REASONS = 3
"""Reasons for which instances of a task cannot be done that are told."""

LIMIT_FACTOR = 2
"""The step limit is at least so many times the longest shortest solution."""

_ALLOWED: tuple[str, Severity] = ("allowed", "note")
_IMPOSSIBLE: tuple[str, Severity] = ("impossible", "error")

Progress = Callable[[int, int], None]
"""Called with (parts done, parts in all)."""


def check_by_running(
    flow: Flow, *, tasks: tuple[str, ...] = (), solved: int = SOLVED, first: int = 0, progress: Progress | None = None
) -> tuple[Problem, ...]:
    """Return the problems that show when a flow runs; empty if it does not compile.

    Args:
        flow: The flow.
        tasks: The names of the tasks to try; all if empty.
        solved: How many instances of each task to solve.
        first: The seed of the first instance.
        progress: Told after each task's drawing, playing, solving and varying.
    """
    try:
        machine = Machine(compile_flow(flow).program)
    except CompileError:
        return ()
    chosen = [task for task in flow.tasks if not tasks or task.name in tasks]
    trials = [Trial(flow, machine, Solver(machine), task, solved, first=first) for task in chosen]
    parts = [part for trial in trials for part in _parts(trial)]
    found: list[Problem] = []
    for done, part in enumerate(parts, 1):
        found.extend(part())
        if progress is not None:
            progress(done, len(parts))
    return distinct(found)


def _parts(trial: Trial) -> Iterator[Callable[[], Iterator[Problem]]]:
    """Yield what is to be tried of a task, each part to be called."""
    run = Run(trial)
    yield from (run.starting, run.playing, run.solving, run.varying)
    yield from (partial(question, trial) for question in QUESTIONS)


@dataclass
class Run:
    """The first trial of a task.

    Attributes:
        trial: What is tried out.
    """

    trial: Trial
    _known_twins: set[str] = field(default_factory=set)

    @property
    def task(self) -> Task:
        """The task."""
        return self.trial.task

    @property
    def machine(self) -> Machine:
        """Runs the flow."""
        return self.trial.machine

    def starting(self) -> Iterator[Problem]:
        """Yield what is wrong with the instances as they are drawn: none, too few, or done before they begin."""
        if not self.trial.starts:
            yield self.trial.problem("no_instance", "error", "require")
            return
        if len(self.trial.starts) < TOO_FEW:
            yield self.trial.problem("few_instances", "warning", "parameters", count=len(self.trial.starts))
        for start in self.trial.starts:
            yield from self._fault(self.machine.verdict(start, start.state).fault, walk_in(start))

    def playing(self) -> Iterator[Problem]:
        """Yield what comes about by doing nothing or looking around, and formulas that fail while somebody plays."""
        for start in self.trial.starts[:PLAYS]:
            yield from self._waiting(start)
            yield from self._wandering(start)

    def solving(self) -> Iterator[Problem]:
        """Yield tasks that cannot be done, are never impossible although they may, or have too low a step limit."""
        if not self.trial.answers:
            return
        yield from self._judged(self.trial.answers)
        longest = max((answer.steps for _, answer in self.trial.solutions), default=0)
        if self.task.max_steps < LIMIT_FACTOR * longest:
            yield self._limit_problem("low_limit", "error", longest)

    def _judged(self, answers: tuple[tuple[Start, Solution], ...]) -> Iterator[Problem]:
        """Yield that instances cannot be done but should, that all can although some need not, or what is not known."""
        impossible = [start for start, answer in answers if answer.status == "infeasible"]
        if len(impossible) == len(answers):
            walk = walk_in(impossible[0])
            yield self.trial.problem("never", "error", "success", walk=walk, goal=impossible[0].goal)
        elif impossible:
            yield from self._impossible(impossible)
        elif self.task.may_be_infeasible and len(self.trial.solutions) == len(answers):
            element = self.trial.element("may_be_infeasible")
            usual = fix("always_possible", SetValue(element, value=False))
            yield problem(
                "running.always_possible", "warning", element, fix=usual, task=self.trial.label, count=len(answers)
            )
        yield from self._untold(answers)
        twins = [(start, answer.twin) for start, answer in answers if answer.twin is not None]
        if twins:
            start, (block, text) = twins[0]
            severity: Severity = "warning" if self.trial.solutions else "error"
            name, walk = name_of(self.machine.program, block), self._walk_to(start, block)
            yield self.trial.problem("unclear", severity, Element("block", block), walk=walk, block=name, text=text)
        yield from self._given_up(answers)

    def _given_up(self, answers: tuple[tuple[Start, Solution], ...]) -> Iterator[Problem]:
        """Yield that no way was found for some instances, an error where there is none for any."""
        stopped = [(start, one) for start, one in answers if one.status == "gave_up" and one.twin is None]
        if not stopped:
            return
        typed = [one for one in stopped if one[1].reason == "typed"]
        for code, those in (("gave_up_typed", typed), ("gave_up", [one for one in stopped if one not in typed])):
            if those:
                severity: Severity = "error" if len(stopped) == len(answers) else "hint"
                yield self._stopped(code, severity, those, len(answers))

    def _stopped(self, code: str, severity: Severity, those: list[tuple[Start, Solution]], of: int) -> Problem:
        """Return that no way was found for some instances, where nothing says that there is none."""
        start, first = those[0]
        why, count = why_stopped(self.machine.program, first), len(those)
        named = "gave_up_all" if code == "gave_up" and count == of else code
        return self.trial.problem(named, severity, "success", goal=start.goal, why=why, count=count, of=of)

    def _untold(self, answers: tuple[tuple[Start, Solution], ...]) -> Iterator[Problem]:
        """Yield that some instances can be done only by luck, with a way that nobody could know."""
        found = [(start, answer) for start, answer in answers if answer.status == "untold"]
        if found:
            start, lucky = found[0]
            walk = walk_in(start, lucky.events)
            yield self.trial.problem(
                "untold", "error", "success", walk=walk, goal=start.goal, count=len(found), of=len(answers)
            )

    def _impossible(self, starts: list[Start]) -> Iterator[Problem]:
        """Yield which instances cannot be done and why, once for each reason; a remark where the task allows it."""
        is_allowed = self.task.may_be_infeasible
        code, severity = _ALLOWED if is_allowed else _IMPOSSIBLE
        reasons: dict[str, tuple[Start, Walk]] = {}
        for start in starts:
            why = why_not(self.trial.flow, self.machine, self.task, start, self.trial.solutions)
            reasons.setdefault(why.words, (start, why.walk))
        for words, (start, walk) in list(reasons.items())[:REASONS]:
            at = "may_be_infeasible" if is_allowed else "success"
            clause = resources.text("checks.why", why=words) if words else ""
            yield self.trial.problem(code, severity, at, walk=walk, goal=start.goal, why=clause)

    def varying(self) -> Iterator[Problem]:
        """Yield values of the variation with which the task cannot be done, and a limit that is too low for some."""
        longest = 0
        cases = [*single_cases(self.machine.program), *combined_cases(self.machine.program, COMBINATIONS)]
        broken: dict[tuple[str, str], Problem] = {}
        for place, case in enumerate(cases if self.trial.solutions else ()):
            if (case.aspect, case.value) in broken:
                continue
            drawn, solution = self.trial.solutions[place % len(self.trial.solutions)]
            start = self.machine.draw(self.task.name, drawn.seed, case.variant)
            steps, _, reason = tried(self.machine, self.trial.solver, start, solution.events)
            longest = max(longest, steps)
            if reason:
                walk = walk_in(start, until_blocked(self.machine, start, solution.events))
                broken.setdefault((case.aspect, case.value), self._broken(case, walk))
        yield from broken.values()
        plain = max((solution.steps for _, solution in self.trial.solutions), default=0)
        least = LIMIT_FACTOR * longest
        if LIMIT_FACTOR * plain <= self.task.max_steps < least:
            yield self._limit_problem("low_limit_varied", "warning", longest)

    def _broken(self, case: Case, walk: Walk) -> Problem:
        """Return that a task cannot be done in a variant, with how far one comes there."""
        if not case.aspect:
            return self.trial.problem("combination", "error", "success", walk=walk, seed=case.variant.seed)
        named = f"variation.value.{case.aspect}.{case.value}"
        value = resources.text(named) if named in resources.catalogue() else case.value
        axis = resources.text(f"variation.axis.{case.axis}.title")
        return self.trial.problem("variant", "error", "success", walk=walk, axis=axis, value=value)

    def _limit_problem(self, code: str, severity: Severity, longest: int) -> Problem:
        """Return that the step limit is less than twice the longest solution."""
        element, enough = self.trial.element("max_steps"), min(1000, math.ceil(LIMIT_FACTOR * longest / 5) * 5)
        raising = fix("raise_limit", SetValue(element, value=enough), limit=enough)
        return problem(
            f"running.{code}",
            severity,
            element,
            fix=raising,
            task=self.trial.label,
            limit=self.task.max_steps,
            steps=longest,
            least=LIMIT_FACTOR * longest,
        )

    def _waiting(self, start: Start) -> Iterator[Problem]:
        """Yield what comes about although nobody does anything; what holds from the start is told by `deep.drawn`."""
        state, before = start.state, self.machine.verdict(start, start.state)
        for waited in range(1, min(self.task.max_steps, PLAY_STEPS) + 1):
            step = self.machine.step(start, state, Event("noop"))
            state, walk = step.state, walk_in(start, (Event("noop"),) * waited)
            yield from self._told(step, walk)
            yield from self._standing(walk, start, state, before)

    def _wandering(self, start: Start) -> Iterator[Problem]:
        """Yield success that comes without a change of data, formulas that fail, and what nobody can tell apart."""
        rng, state, walk = random.Random(start.seed), start.state, walk_in(start)
        for _ in range(PLAY_STEPS):
            yield from self._alike(self.machine.view(start, state), walk)
            event = _random_event(self.machine, start, state, rng)
            step, walk = self.machine.step(start, state, event), walk._replace(events=(*walk.events, event))
            yield from self._told(step, walk)
            if step.fault:
                return
            state = step.state
            verdict = self.machine.verdict(start, state)
            yield from self._fault(verdict.fault, walk)
            if verdict.success and is_untouched(self.machine, start, state):
                yield self.trial.problem("success_unchanged", "error", "success", walk=walk)
            if verdict.success or verdict.failure >= 0:
                return

    def _alike(self, view: View, walk: Walk) -> Iterator[Problem]:
        """Yield what nobody can tell apart on a page, once for each block."""
        for (block, _), text in twins(view).items():
            if block not in self._known_twins:
                self._known_twins.add(block)
                name = name_of(self.machine.program, block)
                page = page_label(self.trial.flow.pages_by_id.get(view.top.page))
                found = problem("running.alike", "warning", Element("block", block), block=name, page=page, text=text)
                yield replace(found, walk=walk._replace(look=block))

    def _walk_to(self, start: Start, block: str) -> Walk:
        """Return the walk to the page of a block; to the start alone where no way there was found."""
        owner = self.trial.flow.owners_by_block.get(block)
        page = owner.id if isinstance(owner, Page) else start.state.base.page
        return walk_in(start, self.trial.solver.way_to(start, page) or (), block)

    def _standing(self, walk: Walk, start: Start, state: State, before: Verdict) -> Iterator[Problem]:
        """Yield rules that hold, and did not before, in a state to which nobody has done anything."""
        verdict = self.machine.verdict(start, state)
        yield from self._fault(verdict.fault, walk)
        if verdict.success and not before.success:
            yield self.trial.problem("success_by_itself", "error", "success", walk=walk)
        if verdict.failure >= 0 > before.failure:
            at = f"failures.{verdict.failure}.when"
            yield self.trial.problem("failure_by_itself", "error", at, walk=walk)
        for number, holds in enumerate(verdict.milestones):
            if holds and not before.milestones[number]:
                yield self.trial.problem("milestone_by_itself", "error", f"milestones.{number}.when", walk=walk)

    def _told(self, step: Step, walk: Walk) -> Iterator[Problem]:
        """Yield formulas that failed in the last step of a walk, or left the range of values."""
        yield from self._fault(step.fault, walk)
        if step.refused:
            yield self.trial.problem("refused", "warning", "", walk=walk, reason=step.refused)

    def _fault(self, fault: str, walk: Walk) -> Iterator[Problem]:
        if fault:
            yield self.trial.problem("fault", "error", "", walk=walk, fault=fault)


def _random_event(machine: Machine, start: Start, state: State, rng: random.Random) -> Event:
    """Return something that a visitor could do on the page shown."""
    controls = machine.view(start, state).controls()
    if not controls:
        return Event("back")
    control = rng.choice(controls)
    if not isinstance(control, Field):
        return Event("use", control.id, control.row) if is_enabled(control) else Event("noop")
    if control.options:
        return Event("select", control.id, value=rng.choice(control.options)[0])
    if is_tickable(control):
        return Event(rng.choice(events_of(control)), control.id)
    return Event("fill", control.id, value=rng.choice(("", "abc", "0", "1", "12.50", "100000", "2027-03-15", "-5")))
