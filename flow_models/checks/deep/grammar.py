"""Does a wording read well with one and with many: "1 night", "3 nights", "an economy seat"?

Only words right beside a value are looked at. A value that follows a label ("Room 1 needs") counts nothing.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

import resources
from flow_models.checks.deep.wordings import Hole, Wordings
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.runtime.machine import Start
from flow_models.runtime.machine.base.nodes import Constant
from flow_models.solver.walk import walk_in

_NEXT: Final = re.compile(r"^ ([a-z]{3,})(?![\w\u2019'-])(.*)", re.DOTALL)
_LAST: Final = re.compile(r"([A-Za-z]+)[.:]? ?[\u201c\"\u2018(#]?$")
_GOES_ON: Final = re.compile(
    r"^ (?!and |or |at |by |for |from |in |on |of |per |to |with |within |until |into |please|starting )[a-z]"
)
_VOWEL: Final = re.compile(r"(?!eu|ew|one\b|once\b|one-)[aeio][a-z]", re.IGNORECASE)
_CONSONANT: Final = re.compile(r"[bcdfgjklmnpqrstvwyz][a-z]", re.IGNORECASE)
"""How words begin that surely sound like that: no letters that stand by themselves, no h, no u."""


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield each wording that reads wrong with some number that instances have."""
    wordings = Wordings(trial)
    nouns = _words("countable") | _own_nouns(trial)
    for number, hole in wordings.holes():
        if hole.node.type in ("integer", "decimal") and not _is_label(hole.before):
            yield from _counted(trial, wordings, number, hole, nouns)
        elif hole.node.type in ("text", "choice"):
            yield from _with_article(trial, wordings, number, hole)


def _counted(trial: Trial, wordings: Wordings, number: int, hole: Hole, nouns: frozenset[str]) -> Iterator[Problem]:
    """Yield the first instance with a number that does not go with the word behind it."""
    word, rest = _word(hole.after)
    is_many, is_one = _is_plural(word), word in nouns and not _GOES_ON.match(rest)
    if isinstance(hole.node, Constant) or not (is_many or is_one):
        return
    for start in trial.starts:
        value = wordings.value(hole.node, start)
        if not isinstance(value, int | Decimal) or not (value == 1 if is_many else value > 1):
            continue
        yield _problem(trial, start, number, "plural", f"{wordings.shown(hole.node, start)} {word}")
        return


def _with_article(trial: Trial, wordings: Wordings, number: int, hole: Hole) -> Iterator[Problem]:
    """Yield the first instance in which "a" stands before a vowel, or "an" before none."""
    article = re.search(r"(?:^|[\s(])(an?) $", hole.before, re.IGNORECASE)
    if article is None:
        return
    for start in trial.starts:
        said = wordings.shown(hole.node, start)
        if (_CONSONANT if article[1].lower() == "an" else _VOWEL).match(said):
            yield _problem(trial, start, number, "article", f"{article[1]} {said}")
            return


def _problem(trial: Trial, start: Start, number: int, code: str, said: str) -> Problem:
    return trial.problem(code, "warning", f"wordings.{number}", walk=walk_in(start, ()), said=said)


def _word(after: str) -> tuple[str, str]:
    """Return the word that follows a value, and what follows that."""
    found = _NEXT.match(after)
    return ("", after) if found is None else (found[1], found[2])


def _is_plural(word: str) -> bool:
    """Say whether a word looks like a plural."""
    if word in ("people", "children", "men", "women"):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _words("no_plural")


def _is_label(before: str) -> bool:
    """Say whether a number that follows a text is a name and no count."""
    if before.rstrip(" ").endswith("#"):
        return True
    last = _LAST.search(before)
    if last is None:
        return False
    return last[1].lower() in _words("labels") or (last[1][0].isupper() and bool(before[: last.start()].strip()))


@cache
def _words(kind: str) -> frozenset[str]:
    """Return words of a kind: `countable` nouns, words that are `no_plural`, `labels` before a number ("room 1")."""
    listed = json.loads(resources.path("wordings", "grammar", "en.json").read_text(encoding="utf-8"))
    return frozenset(listed[kind])


def _own_nouns(trial: Trial) -> frozenset[str]:
    """Return what the flow calls one of its rows: the titles of tables without their plural."""
    titles = (table.title.lower().rsplit(" ", 1)[-1] for table in trial.flow.tables if table.title)
    return frozenset(title[:-1] for title in titles if _is_plural(title) and not title.endswith("ies"))
