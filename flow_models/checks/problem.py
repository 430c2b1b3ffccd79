"""What the checks find: a code, how bad it is, words, the elements concerned, and an edit that fixes it, if any."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import resources
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.solver.walk import Walk

Severity = Literal["error", "warning", "hint", "note"]
"""`error`: the flow cannot be exported like this; `warning`: it works, but hardly as meant; `hint`: worth a look;
`note`: nothing is wrong, it is said so that one knows."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint", "note")

OTHERS = 4
"""Walks in other instances that are kept besides the first that shows a problem."""

CAUSES: Final[Mapping[str, str]] = {
    "running.other_counts": "task.told_unjudged",
    "running.other_row_counts": "task.told_unjudged",
    "running.second_counts": "task.something_else",
}
"""What trying out shows, with what the drawing says for the same cause if it names the same elements."""

SYMPTOMS: Final[Mapping[str, tuple[str, ...]]] = {
    "running.answer_guessed": ("task.told_unjudged",),
    "running.success_unchanged": ("task.passing_counts",),
    "running.milestone_unreached": ("running.milestone_wandering",),
    "running.gave_up_all": ("task.rule_never",),
    "running.gave_up_typed": ("task.rule_never",),
    "running.never": ("task.rule_never",),
    "running.contradiction": ("task.rule_never",),
    "running.taken_otherwise": ("effect.twice",),
}
"""What only follows from something else that is said of the same part of a task, by which it is better told."""

Edit = Callable[[Flow], Flow]


@dataclass(frozen=True, slots=True)
class SetValue:
    """An edit that gives a field of an element a value; itself a value, so that another process can tell it."""

    element: Element
    value: bool | int | str

    def __call__(self, flow: Flow) -> Flow:
        """Return the flow with the value."""
        return with_value(flow, self.element, self.value)


@dataclass(frozen=True, slots=True)
class Fix:
    """One edit that makes a problem go away, with the words of its button and undo step.

    The edit works on the flow as it is when the fix is chosen, not as it was when it was found; it raises an
    `EditError` if the element has gone meanwhile.
    """

    message_id: str
    arguments: tuple[tuple[str, str], ...]
    edit: Edit = field(compare=False, repr=False)

    def sentence(self) -> str:
        """Return what the fix does, as a command: "Add a Back button"."""
        return resources.text(self.message_id, **dict(self.arguments))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a flow that a person should know.

    Attributes:
        code: What it is, such as `page.unreachable`; the same for every problem of its kind.
        severity: How bad it is.
        message_id: The id of its sentence.
        arguments: What the sentence needs.
        elements: The elements concerned, the one to jump to first, with the path of the field at fault.
        fix: An edit that makes it go away; `None` where only the person can know.
        span: For formulas, from which to which character of the field the mistake is; `None` for the whole.
        walk: What shows it; `None` where it is seen in the drawing.
        others: Walks in other instances that show the same.
    """

    code: str
    severity: Severity
    message_id: str
    arguments: tuple[tuple[str, str], ...]
    elements: tuple[Element, ...]
    fix: Fix | None = field(default=None, compare=False)
    span: tuple[int, int] | None = None
    walk: Walk | None = field(default=None, compare=False)
    others: tuple[Walk, ...] = field(default=(), compare=False)

    def sentence(self) -> str:
        """Return the problem in words."""
        return resources.text(self.message_id, **dict(self.arguments))


def problem(
    code: str, severity: Severity, /, *elements: Element, fix: Fix | None = None, **arguments: object
) -> Problem:
    """Return a problem whose sentence is the message `checks.CODE`."""
    named = tuple(sorted((name, str(value)) for name, value in arguments.items()))
    return Problem(code, severity, f"checks.{code}", named, elements, fix)


def fix(name: str, edit: Edit, /, **arguments: object) -> Fix:
    """Return a fix whose words are the message `checks.fix.NAME`."""
    return Fix(f"checks.fix.{name}", tuple(sorted((key, str(value)) for key, value in arguments.items())), edit)


def distinct(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, with the fix and the walk of those that are equal, if any has one, and other walks.

    So what drawing finds and trying out shows is one problem, also where a walk says more than the drawing can.
    """
    same: dict[Problem, list[Problem]] = {}
    for one in problems:
        same.setdefault(one, []).append(one)
    found = _caused([_together(those) for those in same.values()])
    drawn = {one: by for one in found if (by := _shown_by(one, found)) is not None}
    mending = {by: one.fix for one, by in drawn.items() if by.fix is None}
    return tuple(replace(one, fix=mending.get(one, one.fix)) for one in found if one not in drawn)


def _shown_by(drawn: Problem, found: Sequence[Problem]) -> Problem | None:
    """Return the problem that shows by a walk what another says of the drawing; None if none does."""
    causes = (one for one in found if CAUSES.get(one.code) == drawn.code)
    return next((one for one in causes if set(drawn.elements) <= set(one.elements)), None)


def _caused(found: Sequence[Problem]) -> list[Problem]:
    """Return problems without those that follow from others, which take over how bad they are and what shows them."""
    symptoms = {one: cause for one in found if (cause := _cause_of(one, found)) is not None}
    of: dict[Problem, list[Problem]] = {}
    for symptom, cause in symptoms.items():
        of.setdefault(cause, []).append(symptom)
    return [_with_symptoms(one, of.get(one, ())) for one in found if one not in symptoms]


def _cause_of(symptom: Problem, found: Sequence[Problem]) -> Problem | None:
    """Return the problem from which another one follows, which is at the same part of the same element or inside it."""
    codes, place = SYMPTOMS.get(symptom.code, ()), symptom.elements[0] if symptom.elements else None
    causes = (one for one in found if one.code in codes and one.elements)
    return next((one for one in causes if place is not None and _is_in(one.elements[0], place)), None)


def _is_in(element: Element, place: Element) -> bool:
    """Say whether a field is another one, or a part of it."""
    return element[:2] == place[:2] and f"{element.field}.".startswith(f"{place.field}." if place.field else "")


def _with_symptoms(cause: Problem, symptoms: Sequence[Problem]) -> Problem:
    """Return a problem as bad as what follows from it, with what shows that."""
    severity = min((cause.severity, *(one.severity for one in symptoms)), key=SEVERITIES.index)
    walk = next((one.walk for one in (cause, *symptoms) if one.walk is not None), None)
    others = (*cause.others, *(walk for one in symptoms for walk in one.others))[:OTHERS]
    return replace(cause, severity=severity, walk=walk, others=others)


def _together(those: list[Problem]) -> Problem:
    """Return problems that are equal as one."""
    fix = next((one.fix for one in those if one.fix is not None), None)
    first = next((one for one in those if one.walk is not None), those[0])
    return replace(first, fix=fix, others=(*first.others, *_others(those))[:OTHERS])


def _others(those: Iterable[Problem]) -> tuple[Walk, ...]:
    """Return the walks of problems that say the same, one for each instance but that of the first."""
    walks = [one.walk for one in those if one.walk is not None]
    by_instance = {walk.seed: walk for walk in walks}
    return tuple(walk for walk in by_instance.values() if walk.seed != walks[0].seed)
