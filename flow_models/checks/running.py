"""What only running a flow can show: tasks that cannot be done, are done already, or for which there is too little.

Takes seconds: it draws instances, plays them by doing nothing and at random, and solves a few. `check` is the quick
one. A flow that does not compile is left to `check`, which says why. A worker process runs it for the window.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import resources
from flow_models.checks.deep import QUESTIONS
from flow_models.checks.hindering import why_not
from flow_models.checks.labels import page_label
from flow_models.checks.problem import Problem, SetValue, Severity, fix, problem
from flow_models.checks.trial import Trial
from flow_models.compiler import CompileError, compile_flow
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task
from flow_models.runtime.machine import Event, Machine, Start, State
from flow_models.runtime.machine.pages.uses import events_of, is_enabled, is_tickable
from flow_models.runtime.machine.pages.view import Field, View
from flow_models.solver.solution import Solution
from flow_models.solver.solving import Solver
from flow_models.solver.telling import name_of, twins
from flow_models.solver.variants import Case, combined_cases, single_cases, tried
from flow_models.solver.walk import walk_in

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
    flow: Flow, *, tasks: tuple[str, ...] = (), solved: int = SOLVED, progress: Progress | None = None
) -> tuple[Problem, ...]:
    """Return the problems that show when a flow runs; empty if it does not compile.

    Args:
        flow: The flow.
        tasks: The names of the tasks to try; all if empty.
        solved: How many instances of each task to solve.
        progress: Told after each task's drawing, playing, solving and varying.
    """
    try:
        machine = Machine(compile_flow(flow).program)
    except CompileError:
        return ()
    chosen = [task for task in flow.tasks if not tasks or task.name in tasks]
    trials = [Trial(flow, machine, Solver(machine), task, solved) for task in chosen]
    parts = [part for trial in trials for part in _parts(trial)]
    found: list[Problem] = []
    for done, part in enumerate(parts, 1):
        found.extend(part())
        if progress is not None:
            progress(done, len(parts))
    return tuple(dict.fromkeys(found))


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
            yield self._problem("no_instance", "require")
            return
        if len(self.trial.starts) < TOO_FEW:
            yield self.trial.problem(
                "few_instances",
                "warning",
                "parameters",
                count=len(self.trial.starts),
            )
        for start in self.trial.starts:
            yield from self._standing(start, start.state, "at_start")

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
            yield self.trial.problem("never", "error", "success", goal=impossible[0].goal)
        elif impossible:
            yield from self._impossible(impossible)
        elif self.task.may_be_infeasible and len(self.trial.solutions) == len(answers):
            element = self.trial.element("may_be_infeasible")
            usual = fix("always_possible", SetValue(element, value=False))
            yield problem(
                "running.always_possible", "warning", element, fix=usual, task=self.trial.label, count=len(answers)
            )
        yield from self._untold(answers)
        twins = [answer.twin for _, answer in answers if answer.twin is not None]
        if twins:
            block, text = twins[0]
            severity: Severity = "warning" if self.trial.solutions else "error"
            name = name_of(self.machine.program, block)
            yield problem(
                "running.unclear", severity, Element("block", block), task=self.trial.label, block=name, text=text
            )
        if any(answer.status == "gave_up" and answer.twin is None for _, answer in answers):
            yield self.trial.problem("gave_up", "hint", "success")

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
        reasons: dict[str, list[Start]] = {}
        for start in starts:
            reasons.setdefault(
                why_not(self.trial.flow, self.machine, self.task, start, self.trial.solutions), []
            ).append(start)
        for why, those in list(reasons.items())[:REASONS]:
            at = self.trial.element("may_be_infeasible" if is_allowed else "success")
            words = resources.text("checks.why", why=why) if why else ""
            yield problem(f"running.{code}", severity, at, task=self.trial.label, goal=those[0].goal, why=words)

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
                broken.setdefault((case.aspect, case.value), self._broken(case))
        yield from broken.values()
        plain = max((solution.steps for _, solution in self.trial.solutions), default=0)
        least = LIMIT_FACTOR * longest
        if LIMIT_FACTOR * plain <= self.task.max_steps < least:
            yield self._limit_problem("low_limit_varied", "warning", longest)

    def _broken(self, case: Case) -> Problem:
        """Return that a task cannot be done in a variant."""
        element = self.trial.element("success")
        if not case.aspect:
            return problem("running.combination", "error", element, task=self.trial.label, seed=case.variant.seed)
        named = f"variation.value.{case.aspect}.{case.value}"
        value = resources.text(named) if named in resources.catalogue() else case.value
        axis = resources.text(f"variation.axis.{case.axis}.title")
        return problem("running.variant", "error", element, task=self.trial.label, axis=axis, value=value)

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
        """Yield what comes about although nobody does anything."""
        state = start.state
        for _ in range(min(self.task.max_steps, PLAY_STEPS)):
            step = self.machine.step(start, state, Event("noop"))
            state = step.state
            yield from self._fault(step.fault)
            yield from self._refused(step.refused)
            yield from self._standing(start, state, "by_itself")

    def _wandering(self, start: Start) -> Iterator[Problem]:
        """Yield success that comes without a change of data, formulas that fail, and what nobody can tell apart."""
        rng, state = random.Random(start.seed), start.state
        for _ in range(PLAY_STEPS):
            yield from self._alike(self.machine.view(start, state))
            step = self.machine.step(start, state, _random_event(self.machine, start, state, rng))
            yield from self._fault(step.fault)
            yield from self._refused(step.refused)
            if step.fault:
                return
            state = step.state
            verdict = self.machine.verdict(start, state)
            yield from self._fault(verdict.fault)
            if verdict.success and self.machine.data_is_unchanged(start, state):
                yield self._problem("success_unchanged", "success")
            if verdict.success or verdict.failure >= 0:
                return

    def _alike(self, view: View) -> Iterator[Problem]:
        """Yield what nobody can tell apart on a page, once for each block."""
        for (block, _), text in twins(view).items():
            if block not in self._known_twins:
                self._known_twins.add(block)
                name, page = (
                    name_of(self.machine.program, block),
                    page_label(self.trial.flow.pages_by_id.get(view.top.page)),
                )
                yield problem("running.alike", "warning", Element("block", block), block=name, page=page, text=text)

    def _standing(self, start: Start, state: State, when: str) -> Iterator[Problem]:
        """Yield rules that hold in a state to which nobody has done anything."""
        verdict = self.machine.verdict(start, state)
        yield from self._fault(verdict.fault)
        if verdict.success:
            yield self._problem(f"success_{when}", "success")
        if verdict.failure >= 0:
            yield self._problem(f"failure_{when}", f"failures.{verdict.failure}.when")
        for number, holds in enumerate(verdict.milestones):
            if holds:
                yield self._problem(f"milestone_{when}", f"milestones.{number}.when")

    def _fault(self, fault: str) -> Iterator[Problem]:
        if fault:
            element = self.trial.element("")
            yield problem("running.fault", "error", element, task=self.trial.label, fault=fault)

    def _refused(self, reason: str) -> Iterator[Problem]:
        if reason:
            yield self.trial.problem("refused", "warning", "", reason=reason)

    def _problem(self, code: str, at: str) -> Problem:
        return problem(f"running.{code}", "error", self.trial.element(at), task=self.trial.label)


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
