"""Can every formula and every text with formulas be read?"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.problem import Problem


def problems(context: Context) -> Iterator[Problem]:
    """Yield each mistake of a formula in the words of the formula language, with its place and span."""
    for element, facts in context.facts.items():
        for mistake in facts.mistakes:
            error = mistake.error
            elements = (mistake.place,) if mistake.place[:2] == element[:2] else (mistake.place, element)
            code = "text.formula" if mistake.is_template else "formula"
            yield Problem(code, error.severity, error.message_id, error.args, elements, None, (error.start, error.end))
