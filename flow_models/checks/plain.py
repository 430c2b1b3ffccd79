"""Problems as plain JSON and back, for whoever hears of them from another process; little is loaded for that."""

from dataclasses import asdict
from typing import Any

from flow_models.checks.problem import Fix, Problem, SetValue
from flow_models.document.elements import Element
from flow_models.processes.jobs import Data
from flow_models.solver.walk import walk_of


def problems_of(told: list[Data]) -> tuple[Problem, ...]:
    """Return the problems that another process told."""
    return tuple(_problem(**one) for one in told)


def plain(problem: Problem) -> Data:
    """Return a problem as plain JSON."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message_id": problem.message_id,
        "arguments": problem.arguments,
        "elements": problem.elements,
        "fix": None if problem.fix is None else _plain_fix(problem.fix),
        "walk": None if problem.walk is None else problem.walk.as_data(),
        "others": [walk.as_data() for walk in problem.others],
    }


def _plain_fix(fix: Fix) -> Data:
    """Return a fix as plain JSON.

    Raises:
        TypeError: Its edit is no value, so that another process could not do it.
    """
    if not isinstance(fix.edit, SetValue):
        raise TypeError(f"the edit of {fix.message_id} cannot be told to another process")
    return {"message_id": fix.message_id, "arguments": fix.arguments, "edit": asdict(fix.edit)}


def _problem(
    *, arguments: Any, elements: Any, fix: Data | None, walk: Data | None, others: list[Data], **plain: Any
) -> Problem:
    """Return the problem that plain JSON tells."""
    return Problem(
        arguments=_pairs(arguments),
        elements=tuple(Element(*one) for one in elements),
        fix=None if fix is None else _fix(**fix),
        walk=None if walk is None else walk_of(walk),
        others=tuple(walk_of(other) for other in others),
        **plain,
    )


def _fix(*, message_id: str, arguments: Any, edit: Data) -> Fix:
    """Return the fix that plain JSON tells."""
    return Fix(message_id, _pairs(arguments), SetValue(Element(*edit["element"]), edit["value"]))


def _pairs(arguments: Any) -> tuple[tuple[str, str], ...]:
    """Return the arguments of a sentence."""
    return tuple((name, value) for name, value in arguments)
