"""Do two things that the goal names side by side stay two? Drawn without a condition, both may be one and the same row.

A parameter whose condition leaves the other one out is never the same; here instances show where that was forgotten.
"""

from collections.abc import Iterator
from itertools import combinations

from flow_models.checks.problem import Fix, Problem, SetValue, fix
from flow_models.checks.trial import Trial
from flow_models.document.elements import Element
from flow_models.document.tasks import Parameter, RowSource
from flow_models.runtime.machine import Start
from flow_models.solver.walk import walk_in


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield the pairs of parameters that are one row in some instances, though the goal names both."""
    rows = [one for one in trial.task.parameters if isinstance(one.source, RowSource) and _is_named(trial, one)]
    for one, other in combinations(rows, 2):
        if one.type.table == other.type.table:
            alike = [start for start in trial.starts if start.parameters[one.name] == start.parameters[other.name]]
            if alike and len(alike) < len(trial.starts):
                yield _problem(trial, one, other, alike)


def _problem(trial: Trial, one: Parameter, other: Parameter, alike: list[Start]) -> Problem:
    walk, *others = (walk_in(start, ()) for start in alike)
    place = Element("parameter", other.id, "source.where")
    return trial.problem(
        "same_row",
        "warning",
        place,
        fix=_leaving_out(place, one, other),
        walk=walk,
        others=tuple(others),
        one=one.title or one.name,
        other=other.title or other.name,
        goal=alike[0].goal,
        count=len(alike),
        drawn=len(trial.starts),
    )


def _is_named(trial: Trial, parameter: Parameter) -> bool:
    """Say whether every wording names a parameter."""
    return all(f"task.{parameter.name}" in wording for wording in trial.task.wordings)


def _leaving_out(place: Element, one: Parameter, other: Parameter) -> Fix:
    """Return the edit that lets a parameter be another row than one that is drawn before it."""
    source = other.source
    asked = source.where.strip() if isinstance(source, RowSource) else ""
    left_out = f"row != task.{one.name}"
    return fix(
        "leave_out", SetValue(place, f"({asked}) and {left_out}" if asked else left_out), one=one.title or one.name
    )
