"""Does a task pick the row that its words name: the latest by its date, the cheapest by its price?

Words are read in the fixed parts of a wording only. Where a wording holds superlatives in both directions, or the task
picks in both, nothing is said.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from flow_models.checks.deep.beyond import Extreme, extremes
from flow_models.checks.deep.wordings import Wordings
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Start
from flow_models.runtime.machine.base.nodes import Aggregate, ColumnValue, Node, SortedRows, nodes_in
from flow_models.runtime.machine.base.tables import Row
from flow_models.runtime.machine.formulas.selections import selection
from flow_models.solver.walk import walk_in

_MOMENTS: Final = ("date", "time")
_AMOUNTS: Final = ("money", "decimal", "integer")

LEAST: Final = {
    "cheapest": _AMOUNTS,
    "lowest": _AMOUNTS,
    "smallest": _AMOUNTS,
    "fewest": _AMOUNTS,
    "shortest": _AMOUNTS,
    "lightest": _AMOUNTS,
    "nearest": _AMOUNTS,
    "closest": _AMOUNTS,
    "least expensive": _AMOUNTS,
    "earliest": _MOMENTS,
    "oldest": _MOMENTS,
    "soonest": _MOMENTS,
}
MOST: Final = {
    "dearest": _AMOUNTS,
    "most expensive": _AMOUNTS,
    "priciest": _AMOUNTS,
    "highest": _AMOUNTS,
    "largest": _AMOUNTS,
    "biggest": _AMOUNTS,
    "greatest": _AMOUNTS,
    "longest": _AMOUNTS,
    "heaviest": _AMOUNTS,
    "farthest": _AMOUNTS,
    "latest": _MOMENTS,
    "newest": _MOMENTS,
    "most recent": _MOMENTS,
    "youngest": _MOMENTS,
}
"""What words pick by, in types of values."""


_ORDINAL: Final = r"(?:second|third|fourth|fifth|\d(?:nd|rd|th))[ -]"
"""What makes a superlative mean a row that is not the very first."""


class Said(NamedTuple):
    """A superlative of a wording: the word, the types of what it picks by, and whether it picks the most."""

    word: str
    kinds: tuple[str, ...]
    is_most: bool


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield each wording whose superlative means another row than the task picks."""
    wordings = Wordings(trial)
    picks, drawn = tuple(_picks(wordings)), tuple(extremes(wordings.rules.parameters))
    for number, wording in enumerate(wordings.rules.wordings):
        text = " ".join(part for part in wording if isinstance(part, str))
        said = said_in(text)
        if said is not None and (picks or drawn):
            judge = _of_later if re.search(_ORDINAL + said.word, text, re.IGNORECASE) else _of_wording
            yield from judge(trial, picks, drawn, number, said)


def said_in(text: str, behind: str = "") -> Said | None:
    """Return the superlative of a text, None if there is none or they disagree.

    Args:
        text: The text.
        behind: What must follow it.
    """
    named = ((word, kinds, words is MOST) for words in (LEAST, MOST) for word, kinds in words.items())
    found = [Said(*one) for one in named if re.search(rf"(?<!at the )\b{one[0]}{behind}\b", text, re.IGNORECASE)]
    found = [one for one in found if not _is_within(one, found)]
    agrees = len({(one.kinds, one.is_most) for one in found}) == 1
    return found[0] if agrees else None


def _is_within(said: Said, found: list[Said]) -> bool:
    """Say whether a superlative is only a part of another one that was found."""
    return any(said.word != other.word and said.word in other.word for other in found)


def _picks(wordings: Wordings) -> Iterator[Aggregate]:
    """Yield what picks one of many rows, or its value, in the formulas that decide what is wanted."""
    for node in nodes_in(wordings.rules.answer, [one.source for one in wordings.rules.parameters]):
        if isinstance(node, Aggregate) and node.fn in ("first", "last", "min", "max"):
            yield node


def _of_wording(
    trial: Trial, picks: tuple[Aggregate, ...], drawn: tuple[Extreme, ...], number: int, said: Said
) -> Iterator[Problem]:
    """Yield the first instance in which all that a task picks, or draws as the least or most, goes against a word."""
    fixed = [one.is_most == said.is_most for one in drawn if one.type in said.kinds]
    for start, solution in trial.solutions:
        judged = [agrees for pick in picks if (agrees := _agrees(trial, start, pick, said)) is not None] + fixed
        if judged and not any(judged):
            walk = walk_in(start, solution.events)
            goal = start.goals[number]
            yield trial.problem("superlative", "error", f"wordings.{number}", walk=walk, word=said.word, goal=goal)
            return


def _of_later(
    trial: Trial, picks: tuple[Aggregate, ...], drawn: tuple[Extreme, ...], number: int, said: Said
) -> Iterator[Problem]:
    """Yield the first instance in which the very first is picked, though words such as *second* come before it.

    A rule picks a later one by leaving out those before it; then its condition reads what it orders by.
    """
    plain = tuple(pick for pick in picks if not _is_later(pick))
    for start, solution in trial.solutions if len(plain) == len(picks) and not drawn else ():
        if any(_agrees(trial, start, pick, said) for pick in plain):
            walk = walk_in(start, solution.events)
            goal = start.goals[number]
            yield trial.problem("superlative", "error", f"wordings.{number}", walk=walk, word=said.word, goal=goal)
            return


def _is_later(pick: Aggregate) -> bool:
    """Say whether a pick leaves out rows by what it orders them by, or by others beside them."""
    by = pick.rows.key if isinstance(pick.rows, SortedRows) else pick.value
    read = {node.name for node in nodes_in(by) if isinstance(node, ColumnValue)}
    left_out = nodes_in(pick.where, getattr(pick.rows, "rows", None))
    return any(isinstance(node, Aggregate) or getattr(node, "name", "") in read for node in left_out)


def _agrees(trial: Trial, start: Start, pick: Aggregate, said: Said) -> bool | None:
    """Say whether a pick is what a word says; None where they are about different things, or all is equal."""
    by = pick.rows.key if isinstance(pick.rows, SortedRows) else pick.value
    rows = _rows(trial, start, pick)
    if pick.fn in ("first", "last") and not isinstance(pick.rows, SortedRows):
        return _by_column(trial, pick, rows, said)
    if by is None or by.type not in said.kinds:
        return None
    bind = pick.rows.bind if isinstance(pick.rows, SortedRows) else pick.bind
    values = _values(trial, start, by, bind, rows)
    if pick.fn in ("min", "max"):
        return None if len(set(values)) < 2 else (pick.fn == "max") == said.is_most
    return _is_extreme(values, pick, said)


def _rows(trial: Trial, start: Start, pick: Aggregate) -> list[Row]:
    """Return the rows among which something is picked, in the order of the rule."""
    found = selection(trial.machine.plan.formulas, pick.rows, pick.bind, pick.where)
    return list(found(trial.machine.plan.context(start, start.state)))


def _values(trial: Trial, start: Start, by: Node, bind: str, rows: list[Row]) -> list[Any]:
    """Return what rows are ordered by, row by row; those without a value are left out."""
    compute = trial.machine.plan.formulas.value(by)
    context = trial.machine.plan.context(start, start.state)
    found = []
    for row in rows:
        context.bound[bind] = row
        found.append(compute(context))
    return [value for value in found if value is not None]


def _by_column(trial: Trial, pick: Aggregate, rows: list[Row], said: Said) -> bool | None:
    """Say whether the first or last stored row is what a word says, by the one column that it can be about."""
    schema = trial.machine.schema.table(pick.rows.type.removeprefix("rows:"))
    places = [place for name, place in schema.columns.items() if schema.type_of(name).kind in said.kinds]
    if len(places) != 1 or len(rows) < 2:
        return None
    return _is_extreme([row[places[0]] for row in rows if row[places[0]] is not None], pick, said)


def _is_extreme(values: list[Any], pick: Aggregate, said: Said) -> bool | None:
    """Say whether the first or last of some values is what a word says; None where all are equal."""
    if len(set(values)) < 2:
        return None
    return bool(values[0 if pick.fn == "first" else -1] == (max(values) if said.is_most else min(values)))
