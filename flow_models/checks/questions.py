"""Does a question ask for what its answer is: a value of that kind, that column, the difference in that direction?

Only words that leave no doubt count: "how many" wants no day, "when is" no amount, "how much more is in A than in B"
wants A less B. A wording that asks for two things is left alone.
"""

import re
from collections.abc import Iterator
from typing import Final

from flow_models.checks.balances import NUMBERS
from flow_models.checks.context import Context
from flow_models.checks.days import column_of
from flow_models.checks.problem import Fix, Problem, SetValue, fix, problem
from flow_models.checks.senses import says, words_in, words_of
from flow_models.checks.trees import nodes
from flow_models.document.data import Column, Table
from flow_models.document.elements import Element
from flow_models.document.tasks import Task
from flow_models.formulas import Node, parse_template

_ASKED: Final = {
    "task.asks_many": ("many", frozenset({"boolean", "date", "time"})),
    "task.asks_when": ("when", frozenset({"boolean", "money", "decimal"})),
    "task.asks_who": ("who", frozenset({"boolean", "date", "time", *NUMBERS})),
}
"""Words with which one asks, and which answers nobody expects who asks so."""

_REDUCES: Final = frozenset({"min", "max", "sum", "avg"})
_SPECIFIC: Final = frozenset({*NUMBERS, "date", "time"})
_HOLE: Final = "\x00([^\x00]*)\x00"


def problems(context: Context, task: Task) -> Iterator[Problem]:
    """Yield what a question asks for that its answer is not."""
    facts = context.facts[Element("task", task.id)]
    tree = facts.trees.get(Element("task", task.id, "answer"))
    if tree is None or not task.answer.strip():
        return
    yield from _kinds(task, tree)
    yield from _columns(context, task, tree)
    yield from _turned(context, task, tree)


# Of another kind


def _kinds(task: Task, tree: Node) -> Iterator[Problem]:
    """Yield the wordings that ask for another kind of value."""
    for index, wording in enumerate(task.wordings):
        text = _fixed(wording)
        asked = [code for code, (words, _) in _ASKED.items() if says("asking", words, text)]
        if len(asked) == 1 and tree["type"] in _ASKED[asked[0]][1] and not says("asking", "whether", text):
            place = Element("task", task.id, f"wordings.{index}")
            yield problem(asked[0], "warning", place, task=task.title or task.name)


def _fixed(wording: str) -> str:
    """Return the words of a wording that are the same in every instance, in small letters."""
    return re.sub(r"\{[^}]*\}", "…", wording).strip().casefold()


# Another column


def _columns(context: Context, task: Task, tree: Node) -> Iterator[Problem]:
    """Yield that all wordings name a column like the one of the answer, and none that one."""
    found = _read(context, tree)
    wordings = [_padded(_fixed(wording)) for wording in task.wordings if wording.strip()]
    if found is None or not wordings or any(_is_named(found[1], wording) for wording in wordings):
        return
    named = [one for one in _like(context, task, *found) if all(_is_named(one, wording) for wording in wordings)]
    if len(named) == 1:
        yield _answers_other(task, found[1], *named)


def _answers_other(task: Task, own: Column, named: Column) -> Problem:
    """Return that an answer is another column than the one that is asked for."""
    place = Element("task", task.id, "answer")
    return problem(
        "task.answer_column",
        "warning",
        place,
        Element("column", named.id),
        fix=_reading(task, place, own, named),
        task=task.title or task.name,
        own=own.title or own.name,
        named=named.title or named.name,
    )


def _like(context: Context, task: Task, table: Table, own: Column) -> Iterator[Column]:
    """Yield the columns of a table that could be meant in place of one, and that the task does not read."""
    reads = context.facts[Element("task", task.id)].reads
    for column in table.columns:
        if column is not own and column.type == own.type and ("column", column.name, table.name) not in reads:
            yield column


def _read(context: Context, tree: Node) -> tuple[Table, Column] | None:
    """Return the column of numbers or moments whose value an answer is, by itself or over rows; None for all else."""
    value: Node = (tree["value"] or tree) if tree["op"] == "aggregate" and tree["fn"] in _REDUCES else tree
    if value["op"] != "column" or value["type"] not in _SPECIFIC:
        return None
    return column_of(context, value["of"]["type"].removeprefix("row:"), value["name"])


def _is_named(column: Column, padded: str) -> bool:
    """Say whether a text names a column by its title or its name; a name that is only a kind of value names none."""
    called = (_padded(one) for one in (column.title, column.name.replace("_", " ")))
    return any(one in padded for one in called if one.strip() and one.strip() not in words_of("asking", "kinds"))


def _padded(text: str) -> str:
    """Return the words of a text with spaces around each."""
    return f" {' '.join(words_in(text))} "


def _reading(task: Task, place: Element, own: Column, named: Column) -> Fix | None:
    """Return the fix that reads another column; None where it is not sure where the first one is read."""
    source, count = re.subn(rf"\b{re.escape(own.name)}\b", named.name, task.answer)
    words = {"column": named.title or named.name}
    return fix("read_column", SetValue(place, source), **words) if count == 1 else None


# The other way round


def _turned(context: Context, task: Task, tree: Node) -> Iterator[Problem]:
    """Yield the wordings that ask how much more there is of what the answer takes away."""
    sides = _sides(tree)
    if sides is None:
        return
    compared = [_compared(context, task, wording, set(sides)) for wording in task.wordings]
    wrong = [index for index, one in enumerate(compared) if one is not None and one != sides]
    label = task.title or task.name
    if wrong and len(wrong) == len(task.wordings):
        place = Element("task", task.id, "answer")
        yield problem("task.answer_turned", "warning", place, fix=_turning(task), task=label)
        return
    for index in wrong:
        yield problem("task.answer_turned", "warning", Element("task", task.id, f"wordings.{index}"), task=label)


def _sides(tree: Node) -> tuple[str, str] | None:
    """Return the parameter from which a difference takes another, and that one; None if it is none of just two."""
    if tree["op"] != "arith" or tree["sign"] != "-" or tree["type"] not in NUMBERS:
        return None
    left, right = _parameters(tree["left"]), _parameters(tree["right"])
    return (min(left), min(right)) if len(left) == len(right) == 1 and left != right else None


def _parameters(tree: Node) -> set[str]:
    """Return the parameters that a formula reads."""
    return {str(node["name"]) for node in nodes(tree) if node["op"] == "task"}


def _compared(context: Context, task: Task, wording: str, both: set[str]) -> tuple[str, str] | None:
    """Return of which of two parameters a wording takes there to be more, and the other; None if that is not clear."""
    parts = [
        part.casefold() if isinstance(part, str) else _only(_parameters(part) & both)
        for part in parse_template(wording, context.scopes.task(task)).parts or ()
    ]
    # Parameters stand between marks, so that what is around the word "than" can be told apart.
    before, than, after = "".join(parts).partition(" than ")
    sides = [*re.findall(_HOLE, before)[-1:], *re.findall(_HOLE, after)[:1]]
    sentence = words_in(re.sub(_HOLE, " ", re.split(r"[.?!] ", before)[-1]))
    directions = [one for one in ("more", "less") if not words_of("comparing", one).isdisjoint(sentence)]
    if not than or set(sides) != both or len(directions) != 1:
        return None
    one, other = sides
    return (one, other) if directions == ["more"] else (other, one)


def _only(names: set[str]) -> str:
    """Return one parameter between marks, nothing for none or for both."""
    return f"\x00{min(names)}\x00" if len(names) == 1 else " "


def _turning(task: Task) -> Fix | None:
    """Return the fix that turns a difference of two parts round; None where it is not plain where they end."""
    one, _, other = task.answer.partition(" - ")
    if not other or any(sign in task.answer for sign in "()+*/") or " - " in other:
        return None
    return fix("turn_difference", SetValue(Element("task", task.id, "answer"), f"{other} - {one}"))
