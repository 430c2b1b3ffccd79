"""Does a goal have a gap where what it tells is empty: "the booking SKY104 of  "?

A formula that decides what to say when there is nothing is left alone, as is a value with nothing beside it to read.
"""

from collections.abc import Iterator

from flow_models.checks.deep.wordings import Hole, Wordings
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine.base.nodes import ColumnValue, TaskValue
from flow_models.solver.walk import walk_in


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield the first value of each wording that is empty in some instances."""
    wordings = Wordings(trial)
    told = set[int]()
    for number, hole in wordings.holes():
        if number not in told and isinstance(hole.node, ColumnValue | TaskValue):
            for problem in _blank(trial, wordings, number, hole):
                told.add(number)
                yield problem


def _blank(trial: Trial, wordings: Wordings, number: int, hole: Hole) -> Iterator[Problem]:
    """Yield that a value is empty in some instances, with the first of them."""
    blank = [start for start in trial.starts if not wordings.shown(hole.node, start).strip()]
    if blank:
        yield trial.problem(
            "goal_blank",
            "warning",
            f"wordings.{number}",
            walk=walk_in(blank[0], ()),
            others=tuple(walk_in(start, ()) for start in blank[1:]),
            goal=blank[0].goals[number],
            count=len(blank),
            drawn=len(trial.starts),
        )
