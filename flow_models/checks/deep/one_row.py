"""Does what the goal tells fit exactly one row?

Another row for which the goal reads the same, and which the task could have drawn as well, is as right for whoever
reads it. Where it asks for another change or answer, doing that fails: the walk does it.
"""

from collections.abc import Iterator

from flow_models.checks.deep.wordings import Wordings
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Start
from flow_models.runtime.machine.base.behaviour import Parameter
from flow_models.runtime.machine.base.data import RowSource
from flow_models.solver.walk import Walk, walk_in

Said = tuple[str, ...]
"""All ways to ask for an instance."""

ASKED = 60
"""Instances of a task in which every row is asked about."""


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield each parameter that means one row where the goal fits several."""
    wordings = Wordings(trial)
    for parameter in wordings.rules.parameters:
        if isinstance(parameter.source, RowSource):
            yield from _of_parameter(trial, wordings, parameter)


def _of_parameter(trial: Trial, wordings: Wordings, parameter: Parameter) -> Iterator[Problem]:
    """Yield the first instance in which a goal fits another row, for the first wording that does."""
    for start in trial.starts[:ASKED]:
        said = wordings.said(start)
        for other in wordings.rows_like(start, parameter):
            number = same_goal(said, wordings.said(other))
            if number is None or not wordings.may_be_drawn(other, parameter.name):
                continue
            if not wordings.asks_otherwise(start, other):
                continue
            done = trial.way(other)
            if done is not None:
                yield _problem(trial, parameter, start, number, walk_in(start, done))
                return


def same_goal(said: Said, other: Said) -> int | None:
    """Return the number of the first wording that says the same of two instances."""
    both = enumerate(zip(said, other, strict=True))
    return next((number for number, (one, two) in both if one and one == two), None)


def _problem(trial: Trial, parameter: Parameter, start: Start, number: int, walk: Walk) -> Problem:
    title = parameter.title or parameter.name
    goal = start.goals[number]
    return trial.problem(
        "several_rows",
        "error",
        f"wordings.{number}",
        walk=walk,
        goal=goal,
        parameter=title,
    )
