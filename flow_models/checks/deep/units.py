"""Does a goal name the currency and the units of the site?"""

import re
from collections.abc import Iterator
from typing import Final

from flow_models.checks.deep.wordings import Wordings
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.document.flow import Flow
from flow_models.runtime.machine.episodes.answering import currencies

_CLEAR: Final = re.compile(
    r"[^\w\s]|\b(?:dollar|euro|yen|yuan|rupee|peso|franc|zloty|forint|rouble|ruble)s?\b|\b(?:EUR|USD|GBP|CHF|JPY|CAD|AUD)\b",
    re.IGNORECASE,
)
"""Namings of currencies that mean nothing else: a pound is a weight, too."""

_GROUPS: Final[tuple[tuple[tuple[str, ...], ...], ...]] = (
    (("km", "kilometre", "kilometer"), ("mile", "mi")),
    (("m", "metre", "meter"), ("ft", "foot", "feet"), ("cm", "centimetre", "centimeter"), ("inch", "inche")),
    (("kg", "kilo", "kilogram"), ("lb", "pound"), ("g", "gram"), ("oz", "ounce")),
    (("l", "litre", "liter"), ("gallon",)),
    (("min", "minute"), ("h", "hour", "hr"), ("day",), ("week",), ("month",), ("year",)),
    (("°c", "celsius"), ("°f", "fahrenheit")),
)
"""Units of one kind, each with all its names in the singular."""

_UNIT: Final = re.compile(r"^[ \u00a0-]?(°[cf]|[a-z]+)\b", re.IGNORECASE)


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield each wording with a currency or a unit that is not the site's."""
    wordings = Wordings(trial)
    for number, wording in enumerate(wordings.rules.wordings):
        yield from _currencies(trial, number, " ".join(part for part in wording if isinstance(part, str)))
    for number, hole in wordings.holes():
        if hole.node.type in ("integer", "decimal"):
            yield from _units(trial, number, hole.after)


def _currencies(trial: Trial, number: int, text: str) -> Iterator[Problem]:
    """Yield the first currency of a text that is not the site's, where the site has amounts of money."""
    own = trial.flow.site.currency
    foreign = [one for one in currencies.said(text) if _CLEAR.search(one) and not currencies.is_own(one, own)]
    if foreign and _has_money(trial):
        yield trial.problem("currency", "warning", f"wordings.{number}", said=foreign[0], currency=own)


def _has_money(trial: Trial) -> bool:
    """Say whether amounts of money stand in the data or in the task."""
    kinds = [column.type.kind for table in trial.flow.tables for column in table.columns]
    return "money" in (*kinds, *(parameter.type.kind for parameter in trial.task.parameters))


def _units(trial: Trial, number: int, after: str) -> Iterator[Problem]:
    """Yield a unit behind a number that the site never says, where it says another one of the same kind."""
    found = _UNIT.match(after)
    if found is None:
        return
    for group in _GROUPS:
        own = _own_names(group, _named(found[1]))
        if own is None:
            continue
        said = _words(trial.flow)
        others = [names[0] for names in group if names is not own and said & set(names) - {"m", "g", "l", "h", "mi"}]
        if others and not said & set(own):
            yield trial.problem("unit", "warning", f"wordings.{number}", said=found[1], unit=others[0])
        return


def _own_names(group: tuple[tuple[str, ...], ...], name: str) -> tuple[str, ...] | None:
    """Return the names of the unit that a name means, None if it is none of a group."""
    return next((names for names in group if name in names), None)


def _words(flow: Flow) -> set[str]:
    """Return the words of a site, among which units may be."""
    return {_named(word) for text in _texts(flow) for word in re.findall(r"°[cCfF]|[A-Za-z]+", text)}


def _named(word: str) -> str:
    """Return a word as the groups name it: in small letters and without its plural."""
    small = word.casefold()
    return small.removesuffix("s") if len(small) > 2 else small


def _texts(flow: Flow) -> Iterator[str]:
    """Yield all texts of the pages and sections, and the titles of columns."""
    for blocks in (*(page.blocks_by_id for page in flow.pages), *(one.blocks_by_id for one in flow.sections)):
        for block in blocks.values():
            yield from _strings(block.model_dump(exclude={"id", "kind", "name", "blocks"}))
    yield from (column.title for table in flow.tables for column in table.columns)


def _strings(value: object) -> Iterator[str]:
    """Yield the texts in a value, without their formulas."""
    if isinstance(value, str):
        yield re.sub(r"\{[^}]*\}", " ", value)
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list | tuple):
        yield from (text for inner in value for text in _strings(inner))
