"""What can stand at the cursor of a formula or a text: names, columns behind a point, functions; no widgets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import resources
from app.words.formulas import ARROW, Titles
from flow_models.formulas import Scope
from flow_models.formulas.kinds import table_of, words
from flow_models.formulas.offers import offers

FUNCTIONS = (
    *("count", "sum", "avg", "min", "max", "first", "last", "any", "all", "sort_by"),
    *("len", "lower", "upper", "trim", "contains", "starts_with", "ends_with", "round", "abs", "divide"),
    *("today", "year", "month", "day", "weekday", "month_start", "days", "text", "number"),
)
RULE_FUNCTIONS = ("added", "changed", "removed")
KEYWORDS = ("and", "or", "not", "in", "if", "else", "true", "false", "empty")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*$")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


class Completion(NamedTuple):
    """One thing that can stand here: what is put in, and what it is in words."""

    text: str
    detail: str


class Completions(NamedTuple):
    """What can stand at the cursor, and where the word begins that it replaces."""

    start: int
    items: tuple[Completion, ...]


NOTHING = Completions(0, ())


def completions(
    scope: Scope, titles: Titles, source: str, position: int, *, template: bool = False, asked: bool = False
) -> Completions:
    """Return what can stand at a position of a source.

    Args:
        scope: What may be named.
        titles: What it is called on screen.
        source: The formula or, with `template`, the text with holes.
        position: The cursor, counted in characters.
        template: Whether only the holes hold formulas.
        asked: Whether the person asked for it, so that a blank word offers everything.
    """
    before = source[:position]
    if template:
        if not _is_in_hole(before):
            return NOTHING
        before = before[before.rindex("{") + 1 :]
    if _is_in_text(before):
        return NOTHING
    found = _WORD.search(before)
    word = found.group() if found else ""
    if not word and not asked:
        return NOTHING
    start = position - len(word)
    fitting = [item for item in _all(scope, titles, source) if _fits(item, word)]
    fitting.sort(key=lambda item: (not item.text.startswith(word), item.text.count(".")))
    items = tuple(dict.fromkeys(fitting))
    return NOTHING if [item.text for item in items] == [word] else Completions(start, items[:60])


def _all(scope: Scope, titles: Titles, source: str) -> Iterator[Completion]:
    for offer in offers(scope):
        yield Completion(offer.source, f"{titles.node(offer.node)}, {words(offer.kind)}")
    for name in sorted(set(_NAME.findall(source)) & set(scope.tables)):
        for column, kind in scope.tables[name].columns.items():
            yield Completion(column, f"{titles.table(name)}{ARROW}{titles.column(name, column)}, {words(kind)}")
            other = table_of(kind) or ""
            for inner in scope.tables[other].columns if other in scope.tables else ():
                yield Completion(
                    f"{column}.{inner}", f"{titles.column(name, column)}{ARROW}{titles.column(other, inner)}"
                )
    for name in scope.tables:
        yield Completion(name, resources.text("inspector.complete.table", table=titles.table(name)))
        if "before" in scope.allow:
            yield Completion(f"before.{name}", resources.text("inspector.name.before", table=titles.table(name)))
    functions = FUNCTIONS + (RULE_FUNCTIONS if "before" in scope.allow else ())
    if "chance" in scope.allow:
        functions += ("chance",)
    for name in functions:
        yield Completion(f"{name}(", resources.text(f"inspector.function.{name}"))
    for keyword in KEYWORDS:
        yield Completion(keyword, resources.text("inspector.complete.word"))


def _fits(item: Completion, word: str) -> bool:
    """Say whether a completion goes on from a word, or is called by it."""
    if item.text.startswith(word):
        return "." in word or item.text.count(".") <= 1 or bool(word)
    return len(word) > 1 and "." not in word and word.casefold() in item.detail.casefold()


def _is_in_hole(before: str) -> bool:
    """Say whether a text ends inside an open brace; doubled braces are plain text."""
    bare = before.replace("{{", "  ").replace("}}", "  ")
    return bare.rfind("{") > bare.rfind("}")


def _is_in_text(before: str) -> bool:
    """Say whether a formula ends inside quotes."""
    return before.replace('\\"', "").count('"') % 2 == 1
