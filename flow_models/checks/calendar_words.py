"""Do words and formulas mean the same days: the weekday, the month, the time that "this month" is?

A formula names a weekday or a month by its number. A goal has to say the one that its rule asks for, and no text beside
a condition may say another one. Who asks for "this month" means the clock, so something has to read it.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from flow_models.checks.context import Context
from flow_models.checks.days import follows
from flow_models.checks.labels import arrow_label, block_label, owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.senses import listed, says
from flow_models.checks.trees import nodes
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.data import Table
from flow_models.document.elements import Element
from flow_models.document.tasks import Task
from flow_models.formulas import Node

_LISTS: Final = {"weekday": "weekdays", "month": "months"}
_OVER_ROWS: Final = frozenset({"avg", "count", "max", "min", "sum"})


class Numbered(NamedTuple):
    """A weekday or month that a formula names.

    Attributes:
        fn: `weekday` or `month`.
        number: Its number, one for Monday and January.
    """

    fn: str
    number: int

    @property
    def name(self) -> str:
        """What it is called."""
        return listed("calendar", _LISTS[self.fn])[self.number - 1]


def problems(context: Context) -> Iterator[Problem]:
    """Yield the weekdays and months that a rule asks for and a wording does not say, and times that nothing reads."""
    for task in context.flow.tasks:
        yield from _of_task(context, task)


def _of_task(context: Context, task: Task) -> Iterator[Problem]:
    """Yield what words of the calendar say that the rules of a task do not."""
    wordings, label = [wording for wording in task.wordings if wording.strip()], task.title or task.name
    trees = context.facts[Element("task", task.id)].trees
    for place in trees:
        if place.field.partition(".")[0] in ("answer", "success"):
            yield from _unsaid(place, trees[place], wordings, label)
    answer = Element("task", task.id, "answer")
    if answer in trees and not _numbered(trees[answer]) and _asks_for_a_time(wordings):
        yield from _untimed(context, answer, trees[answer], label)


def _unsaid(place: Element, tree: Node, wordings: list[str], task: str) -> Iterator[Problem]:
    """Yield that a rule names weekdays or months which some wording does not say."""
    named = _numbered(tree)
    if not all(_is_said(named, wording) for wording in wordings):
        yield problem("task.calendar_untold", "warning", place, task=task, said=", ".join(one.name for one in named))


def _asks_for_a_time(wordings: list[str]) -> bool:
    """Say whether all wordings speak of a time that the clock decides, such as this month."""
    return bool(wordings) and all(says("calendar", "periods", _small(one)) for one in wordings)


def _untimed(context: Context, place: Element, tree: Node, task: str) -> Iterator[Problem]:
    """Yield that an answer over rows with days that follow the clock does not read it."""
    parts = list(nodes(tree))
    over = {str(one["rows"]["type"]) for one in parts if one["op"] == "aggregate" and one["fn"] in _OVER_ROWS}
    if "clock" not in {one["op"] for one in parts}:
        for table in (one for one in context.flow.tables if f"rows:{one.name}" in over):
            if _is_dated(context, table):
                yield problem("task.period_unread", "warning", place, task=task, table=table.title or table.name)
                return


def _is_dated(context: Context, table: Table) -> bool:
    """Say whether a column of a table holds days that follow the clock."""
    days = (column for column in table.columns if column.type.kind == "date")
    return any(follows(context, table.name, column.name) for column in days)


def of_arrow(context: Context, arrow: Transition) -> Iterator[Problem]:
    """Yield a message that says another weekday or month than its condition."""
    if arrow.notice is not None:
        place = Element("transition", arrow.id, "when")
        yield from _named(context.formula(arrow, "when"), arrow.notice.text, place, arrow_label(context.flow, arrow))


def of_owner(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield a block that says another weekday or month than the condition under which it is shown."""
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    for block in owner.blocks_by_id.values() if facts else ():
        place = Element("block", block.id, "show_if")
        text = f"{getattr(block, 'title', '')} {getattr(block, 'text', '')}"
        tree = facts.trees.get(place) if facts else None
        yield from _named(tree, text, place, f"“{block_label(block)}” ({owner_label(owner)})")


def _named(tree: Node | None, text: str, place: Element, where: str) -> Iterator[Problem]:
    """Yield that a condition names one weekday or month and a text beside it another."""
    named = _numbered(tree)
    for fn in _LISTS:
        meant, said = {one.number for one in named if one.fn == fn}, _said(fn, text)
        # A text may speak of fewer days than it is shown on: "Closed tomorrow, on Monday".
        if meant - said and said - meant:
            other, name = Numbered(fn, min(said - meant)).name, Numbered(fn, min(meant - said)).name
            yield problem("day.named", "warning", place, where=where, said=other, name=name)
            return


def _numbered(tree: Node | None) -> list[Numbered]:
    """Return the weekdays and months that a formula compares with, each once; none if one is no number of any."""
    equal = (node for node in nodes(tree) if node["op"] == "compare" and node["test"] in ("==", "in"))
    found = [
        one for node in equal for one in (*_sided(node["left"], node["right"]), *_sided(node["right"], node["left"]))
    ]
    is_whole = all(1 <= one.number <= len(listed("calendar", _LISTS[one.fn])) for one in found)
    return list(dict.fromkeys(found)) if is_whole else []


def _sided(one: Node, other: Node) -> Iterator[Numbered]:
    """Yield the weekdays or months of one side of a comparison whose numbers stand on the other."""
    if one["op"] == "call" and one["fn"] in _LISTS:
        values = other["items"] if other["op"] == "list" else [other]
        yield from (Numbered(one["fn"], int(value["value"])) for value in values if _is_number(value))


def _is_number(tree: Node) -> bool:
    """Say whether a formula is a whole number that is written down."""
    return bool(tree["op"] == "value" and tree["type"] == "integer" and tree["value"] is not None)


def _is_said(named: list[Numbered], wording: str) -> bool:
    """Say whether a wording says all of some weekdays and months, or speaks of several in one word."""
    if says("calendar", "several", _small(wording)):
        return True
    return all(one.number in _said(one.fn, wording) for one in named)


def _said(fn: str, text: str) -> set[int]:
    """Return the numbers of the weekdays or months that a text says."""
    names = enumerate(listed("calendar", _LISTS[fn]), 1)
    return {number for number, name in names if re.search(rf"\b{name}s?\b", re.sub(r"\{[^}]*\}", " ", text))}


def _small(wording: str) -> str:
    """Return the fixed words of a wording in small letters."""
    return re.sub(r"\{[^}]*\}", " ", wording).casefold()
