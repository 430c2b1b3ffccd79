"""Seeded flaws: one edit each that breaks a sound flow, and what the checks must say of it, with a near miss.

One module of cases for each part (`pages`, `success`, `goals`…) lists its cases; `test_flaws` puts them all to
`assert_found`. A case without a task is put to `check`; one with a task is tried out by `check_by_running`. Where the
problem has to show what it says, `shows` looks at its walk as it is played again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, reduce

import resources
from flow_models.checks import Problem, Severity, check
from flow_models.checks.deep import showing
from flow_models.checks.deep.showing import PROOFS
from flow_models.checks.running import check_by_running
from flow_models.checks.trial import Trial
from flow_models.compiler import compile_flow
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.document.storage import dumps, load, loads
from flow_models.runtime.machine import Machine, Start, State, View
from flow_models.solver.solving import Solver
from flow_models.solver.walk import Walk

Edit = Callable[[Flow], Flow]

SOLVED = 2
"""Instances of a task that are solved where a flaw is sought."""

DRAWN = 6
"""Seeds from which instances are drawn where only a walk is sought."""


@dataclass(frozen=True)
class Played:
    """A walk that was played again: its last state and those before.

    Attributes:
        machine: Runs the broken flow.
        walk: The walk.
        start: The instance.
        states: The states from the first to the last, one more than there are events.
    """

    machine: Machine
    walk: Walk
    start: Start
    states: tuple[State, ...]

    @property
    def last(self) -> State:
        """The state that the walk leads to."""
        return self.states[-1]

    @property
    def view(self) -> View:
        """What is seen there."""
        return self.machine.view(self.start, self.last)

    @property
    def succeeds(self) -> bool:
        """Whether the walk earns success."""
        return self.machine.verdict(self.start, self.last).success

    def rows(self, table: str, at: int = -1) -> list[dict[str, object]]:
        """Return a table's rows, in the end or at another step."""
        return self.machine.rows(self.states[at], table)


@dataclass(frozen=True)
class Flaw:
    """One edit that breaks a flow.

    Attributes:
        name: What it is, as part of a test's name.
        kind: The kind of flaw, of which the issue demands at least three cases.
        base: The sound flow, or the name of an example.
        edit: Breaks it.
        code: What the checks must say.
        element: Where.
        near_miss: An edit that looks much the same and breaks nothing of the kind.
        severity: How bad it is.
        task: The task to try out; empty for what is seen while drawing.
        shows: Whether the walk shows it; `None` where the problem carries no walk.
    """

    name: str
    kind: str
    base: Flow | str
    edit: Edit
    code: str
    element: Element
    near_miss: Edit
    severity: Severity = "error"
    task: str = ""
    shows: Callable[[Played], bool] | None = None


@cache
def example(name: str) -> Flow:
    """Return an example as it is delivered."""
    return load(resources.path("examples", f"{name}.flow.json"))


def base_of(flaw: Flaw) -> Flow:
    """Return the sound flow that a flaw breaks."""
    return example(flaw.base) if isinstance(flaw.base, str) else flaw.base


def assert_found(flaw: Flaw) -> None:
    """Check that a flaw is found where it is, that its walk shows it, and that neither base nor near miss has it."""
    base = base_of(flaw)
    broken = flaw.edit(base)
    assert broken != base, "the edit changes nothing"
    assert _of_code(flaw, base) == [], "the base has it already"
    found = [problem for problem in _of_code(flaw, broken) if problem.elements[0] == flaw.element]
    assert found, [(one.code, one.elements[0]) for one in problems(flaw, broken)]
    assert {problem.severity for problem in found} == {flaw.severity}
    assert all(len(problem.sentence()) > 10 for problem in found)
    if flaw.shows is not None:
        assert all(flaw.shows(played(broken, problem)) for problem in found)
    assert _of_code(flaw, flaw.near_miss(base)) == [], "the near miss has it too"


def played(flow: Flow, problem: Problem) -> Played:
    """Return the walk of a problem, played to its end."""
    assert problem.walk is not None, "the problem has no walk"
    machine = Machine(compile_flow(flow).program)
    start = problem.walk.start(machine)
    steps = tuple(problem.walk.played(machine))
    assert len(steps) == len(problem.walk.events)
    assert [step.error or step.fault for step in steps if step.error or step.fault] == []
    return Played(machine, problem.walk, start, (start.state, *(step.state for step in steps)))


def edits(*given: Edit) -> Edit:
    """Return several edits as one."""
    return lambda flow: reduce(lambda so_far, edit: edit(so_far), given, flow)


def sets(kind: ElementKind, name: str, path: str, value: object) -> Edit:
    """Return the edit that gives a field of an element a value, such as `sets("transition", "t_pay", "when", "")`."""
    return lambda flow: with_value(flow, Element(kind, name, path), value)


def _of_code(flaw: Flaw, flow: Flow) -> list[Problem]:
    return [problem for problem in problems(flaw, flow) if problem.code == flaw.code]


def problems(flaw: Flaw, flow: Flow) -> tuple[Problem, ...]:
    """Return what the checks that a flaw asks for say of a flow."""
    return _asked(dumps(flow), flaw.task, is_drawn=flaw.code in PROOFS)


@lru_cache(maxsize=64)
def _asked(text: str, task: str, *, is_drawn: bool) -> tuple[Problem, ...]:
    """Return what is said of the flow of a file; kept, since many flaws share a base.

    Of what the drawing shows already only the walk is sought.
    """
    flow = loads(text)
    if not task:
        return check(flow)
    if not is_drawn:
        return check_by_running(flow, tasks=(task,), solved=SOLVED)
    machine = Machine(compile_flow(flow).program)
    [asked] = [one for one in flow.tasks if one.name == task]
    return tuple(showing.problems(Trial(flow, machine, Solver(machine), asked, SOLVED, DRAWN)))
