"""Rules that hold, or cannot hold, in some of the instances: hundreds are drawn and none is solved."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Machine, Start, Verdict
from flow_models.solver.draws import drawn
from flow_models.solver.walk import walk_in
from flow_models.solver.wished import Flaw, Wished

SEEDS: Final = 300
"""From how many seeds instances are drawn: what holds in one of a hundred is found with 19 chances in 20."""

_FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "no_row": ("no_row", "success.changes.{}.where"),
    "contradiction": ("contradiction", "success"),
    "failure": ("failure_beside_success", "failures.{}.when"),
}
"""The code and the place of each flaw of a rule."""


class _Found(NamedTuple):
    """What holds in an instance and should not: its code, and the field of the task."""

    code: str
    at: str


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield rules that hold before anything is done, and those that nothing can satisfy, with how often that is so."""
    # A machine of its own, which is gone afterwards: the trial's would keep all these instances.
    machine = Machine(trial.machine.program)
    wished = Wished(machine, trial.solver.outline, trial.task.name)
    found: dict[_Found, list[Start]] = {}
    count = 0
    for start in drawn(machine, trial.task.name, range(trial.first, trial.first + SEEDS)):
        count += 1
        for one in _flaws(trial, machine, wished, start):
            found.setdefault(one, []).append(start)
    for one, starts in found.items():
        if one.code in ("no_row", "contradiction") and trial.task.may_be_infeasible and len(starts) < count:
            continue
        walk, *others = map(walk_in, starts)
        goal, same = starts[0].goal, tuple(others)
        yield trial.problem(
            one.code, "error", one.at, walk=walk, others=same, goal=goal, count=len(starts), drawn=count
        )


def _flaws(trial: Trial, machine: Machine, wished: Wished, start: Start) -> Iterator[_Found]:
    """Yield what is wrong with the rules in an instance."""
    verdict = machine.verdict(start, start.state)
    yield from _standing(verdict)
    flaw: Flaw | None = None if verdict.success or trial.task.answer.strip() else wished.flaw(start)
    if flaw is not None:
        code, at = _FAULTS[flaw.kind]
        yield _Found(code, at.format(flaw.place))


def _standing(verdict: Verdict) -> Iterator[_Found]:
    """Yield the rules that hold before anything is done."""
    if verdict.success:
        yield _Found("success_at_start", "success")
    if verdict.failure >= 0:
        yield _Found("failure_at_start", f"failures.{verdict.failure}.when")
    for number, holds in enumerate(verdict.milestones):
        if holds:
            yield _Found("milestone_at_start", f"milestones.{number}.when")
