"""Can every formula and every text with formulas be read?"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.problem import Fix, Problem, fix
from flow_models.document.edits.parts import value_at, with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.formulas import Error


def problems(context: Context) -> Iterator[Problem]:
    """Yield each mistake of a formula in the words of the formula language, with its place and span."""
    for element, facts in context.facts.items():
        for mistake in facts.mistakes:
            error = mistake.error
            elements = (mistake.place,) if mistake.place[:2] == element[:2] else (mistake.place, element)
            code = "text.formula" if mistake.is_template else "formula"
            mending = _mending(context.flow, mistake.place, error)
            yield Problem(
                code, error.severity, error.message_id, error.args, elements, mending, (error.start, error.end)
            )


def _mending(flow: Flow, place: Element, error: Error) -> Fix | None:
    """Return the fix that writes what the formula language knows to be better, if the formula is still the same."""
    better, source = error.better, value_at(flow, place)
    if better is None or not isinstance(source, str):
        return None
    start, end, words = better
    written = f"{source[:start]}{words}{source[end:]}"

    def edit(now: Flow) -> Flow:
        return with_value(now, place, written) if value_at(now, place) == source else now

    return fix("then_empty", edit)
