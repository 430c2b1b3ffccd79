"""What can stand at the cursor of a formula or a text: names, columns behind a point, functions; no widgets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import resources
from flow_models.document.wording import ARROW, Titles
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
    formula = _formula_before(source[:position], template=template)
    word = "" if formula is None else _word_at_end(formula)
    if formula is None or not (word or asked):
        return NOTHING
    start = position - len(word)
    fitting = [item for item in _all(scope, titles, source) if _fits(item, word)]
    fitting.sort(key=lambda item: (not item.text.startswith(word), item.text.count(".")))
    items = tuple(dict.fromkeys(fitting))
    return NOTHING if [item.text for item in items] == [word] else Completions(start, items[:60])


def _all(scope: Scope, titles: Titles, source: str) -> Iterator[Completion]:
    """Yield everything that can be named: first what is the place's own, then columns of the tables in the source."""
    for offer in offers(scope):
        yield Completion(offer.source, f"{titles.node(offer.node)}, {words(offer.kind)}")
    for name in sorted(set(_NAME.findall(source)) & set(scope.tables)):
        yield from _columns(scope, titles, name)
    for name in scope.tables:
        yield Completion(name, resources.text("inspector.complete.table", table=titles.table(name)))
        if "before" in scope.allow:
            yield Completion(f"before.{name}", resources.text("inspector.name.before", table=titles.table(name)))
    for name in _functions(scope):
        yield Completion(f"{name}(", resources.text(f"inspector.function.{name}"))
    for keyword in KEYWORDS:
        yield Completion(keyword, resources.text("inspector.complete.word"))


def _columns(scope: Scope, titles: Titles, table: str) -> Iterator[Completion]:
    """Yield the columns of a table, and those of the rows that they hold."""
    for column, kind in scope.tables[table].columns.items():
        title = titles.column(table, column)
        yield Completion(column, f"{titles.table(table)}{ARROW}{title}, {words(kind)}")
        other = table_of(kind) or ""
        for inner in scope.tables[other].columns if other in scope.tables else ():
            yield Completion(f"{column}.{inner}", f"{title}{ARROW}{titles.column(other, inner)}")


def _functions(scope: Scope) -> tuple[str, ...]:
    rules = RULE_FUNCTIONS if "before" in scope.allow else ()
    return (*FUNCTIONS, *rules, *(("chance",) if "chance" in scope.allow else ()))


def _fits(item: Completion, word: str) -> bool:
    """Say whether a completion goes on from a word, or is called by it."""
    if item.text.startswith(word):
        return "." in word or item.text.count(".") <= 1 or bool(word)
    return len(word) > 1 and "." not in word and word.casefold() in item.detail.casefold()


def _formula_before(before: str, *, template: bool) -> str | None:
    """Return the formula at whose end the cursor is; `None` if it is in plain text or inside quotes."""
    if template and not _is_in_hole(before):
        return None
    formula = before[before.rindex("{") + 1 :] if template else before
    return None if _is_in_text(formula) else formula


def _word_at_end(formula: str) -> str:
    found = _WORD.search(formula)
    return found.group() if found else ""


def _is_in_hole(before: str) -> bool:
    """Say whether a text ends inside an open brace; doubled braces are plain text."""
    bare = before.replace("{{", "  ").replace("}}", "  ")
    return bare.rfind("{") > bare.rfind("}")


def _is_in_text(before: str) -> bool:
    """Say whether a formula ends inside quotes."""
    return before.replace('\\"', "").count('"') % 2 == 1
