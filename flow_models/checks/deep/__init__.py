"""What shows only if a task is tried out: one module per question, each with a walk that shows what it says.

A question is put to one trial. It draws on the trial's instances and solutions, so that asking more questions solves
nothing more.
"""

from collections.abc import Callable, Iterator
from typing import Final

from flow_models.checks.deep import (
    answers,
    apart,
    apart_rows,
    conserving,
    drawn,
    gaps,
    grammar,
    halfway,
    looking,
    one_row,
    otherwise,
    quoted,
    rewards,
    said_order,
    same_row,
    showing,
    shown_answers,
    spelling,
    superlatives,
    ties,
    unchanged,
    units,
    unseen,
    writes,
)
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial

QUESTIONS: Final[tuple[Callable[[Trial], Iterator[Problem]], ...]] = (
    drawn.problems,
    unchanged.problems,
    otherwise.problems,
    halfway.problems,
    quoted.problems,
    rewards.problems,
    one_row.problems,
    same_row.problems,
    apart_rows.problems,
    ties.problems,
    superlatives.problems,
    said_order.problems,
    units.problems,
    grammar.problems,
    gaps.problems,
    answers.problems,
    shown_answers.problems,
    looking.problems,
    writes.problems,
    spelling.problems,
    apart.problems,
    showing.problems,
    conserving.problems,
    unseen.problems,
)
"""In the order in which they are asked."""
