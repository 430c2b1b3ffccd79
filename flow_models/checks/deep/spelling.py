"""Does a solution succeed whichever way a value is spelled that is the same value?

Numbers with thousands and currency, spaces around, and a value as the goal itself says it. A date field takes one
spelling only, as in browsers.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from flow_models.checks.deep.replaying import ends_well, solutions
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.document.elements import Element
from flow_models.runtime.machine import Event, Start, State
from flow_models.runtime.machine.base.formats import formatter
from flow_models.runtime.machine.base.kinds import KINDS
from flow_models.runtime.machine.pages.fields import raw_text
from flow_models.runtime.machine.pages.view import Field
from flow_models.solver.telling import name_of
from flow_models.solver.walk import walk_in

_NUMBERS = ("integer", "money")


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield each field in which another spelling of the right value makes a solution fail."""
    found: dict[str, Problem] = {}
    for start, solution, states in solutions(trial):
        for place, event in enumerate(solution.events):
            field = _field(trial, start, states[place], event)
            if field is None or field.id in found:
                continue
            for value in _spellings(trial, start, field, event.value):
                events = (*solution.events[:place], event._replace(value=value), *solution.events[place + 1 :])
                if not ends_well(trial, start, events):
                    found[field.id] = _problem(trial, start, events, field, event.value, value)
                    break
    yield from found.values()


def _problem(trial: Trial, start: Start, events: tuple[Event, ...], field: Field, value: str, other: str) -> Problem:
    block = name_of(trial.machine.program, field.id)
    walk = walk_in(start, events, field.id)
    element = Element("block", field.id)
    return trial.problem("spelling", "warning", element, walk=walk, block=block, value=value, other=other.strip())


def _field(trial: Trial, start: Start, state: State, event: Event) -> Field | None:
    """Return the field that an event fills with something typed."""
    control = trial.machine.view(start, state).control(event.block) if event.kind == "fill" else None
    if not isinstance(control, Field) or control.offered or control.purpose == "password":
        return None
    return control if KINDS[control.kind].traits.fill == "typed" else None


def _spellings(trial: Trial, start: Start, field: Field, value: str) -> Iterator[str]:
    """Yield other spellings of a value that somebody could as well type."""
    kind = KINDS[field.kind].traits.value
    if kind in (*_NUMBERS, "text"):
        yield f" {value} "
    if kind in _NUMBERS:
        yield from _numbers(trial, kind, value)
    elif kind == "text":
        yield from _as_said(trial, start, value)


def _numbers(trial: Trial, kind: str, value: str) -> Iterator[str]:
    """Yield other spellings of a number in a field for numbers."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return
    yield f"{number:,f}"
    if kind == "money":
        yield formatter("money", trial.flow.site.currency, trial.flow.site.locale)(number)


def _as_said(trial: Trial, start: Start, value: str) -> Iterator[str]:
    """Yield a number, date or time as the goal says it, where it is typed into a field for texts."""
    site = trial.flow.site
    for parameter in trial.machine.program.tasks[start.task].parameters:
        given = start.parameters[parameter.name]
        shown = formatter(parameter.type, site.currency, site.locale)(given)
        if parameter.type in ("money", "decimal", "integer", "date", "time") and value in (raw_text(given), shown):
            yield from (shown, raw_text(given))
            if parameter.type in ("money", "decimal"):
                yield from (str(given), f"{given:,f}")
