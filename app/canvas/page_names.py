"""What a page's name promises: the kind of page, and the table whose rows it shows.

By which words a kind is known is the table `resources/pages/kinds.json`.
"""

import functools
import itertools
import json
import re
from typing import Any, NamedTuple

import resources
from flow_models.document.data import Table
from flow_models.document.flow import Flow

_NO_PLURALS = ("ss", "us", "is")


class Promise(NamedTuple):
    """What a page's name promises: its kind, and the table whose rows it shows, if one is named."""

    kind: str
    table: Table | None = None


def promised(flow: Flow, title: str) -> Promise:
    """Return what a page's name promises; an empty page if nothing.

    Words for a kind of page count before the name of a table, which promises a list of its rows, in the singular the
    details of one. A name in the plural promises a list though there is no table yet.
    """
    words = _words(title)
    table, is_plural = _named_table(flow, words)
    if title.rstrip().endswith("?"):
        return Promise("dialog", table)
    found = [(len(known), place, kind) for kind, known, place in _known_in(words)]
    if found:
        return Promise(max(found)[2], table)
    if table is not None:
        return Promise("list" if is_plural else "details", table)
    # "Books on loan" are books.
    head = list(itertools.takewhile(lambda word: word not in kinds()["prepositions"], words))
    return Promise("list" if head and _is_plural(head[-1]) else "page")


@functools.cache
def kinds() -> dict[str, Any]:
    """Return the table of kinds: the names by which each is known, and the blocks with which it begins."""
    found: dict[str, Any] = json.loads(resources.path("pages", "kinds.json").read_text(encoding="utf-8"))
    return found


def _named_table(flow: Flow, words: list[str]) -> tuple[Table | None, bool]:
    """Return the table whose title or name stands in some words, and whether it stands there in the plural."""
    for table in flow.tables:
        for title in (_words(table.title), _words(table.name.replace("_", " "))):
            if title and _place(title, words) >= 0:
                return table, True
            if title and _place([*title[:-1], _singular(title[-1])], words) >= 0:
                return table, False
    return None, False


def _known_in(words: list[str]) -> list[tuple[str, list[str], int]]:
    """Return the kinds by whose words some words are known: the kind, its words, and where they stand."""
    known = ((kind, _words(name)) for kind, names in kinds()["names"].items() for name in names)
    found = ((kind, name, _place(name, words)) for kind, name in known)
    return [(kind, name, place) for kind, name, place in found if place >= 0]


def _place(part: list[str], words: list[str]) -> int:
    """Return where some words stand among others, counted from the first; -1 if they do not."""
    starts_at = range(len(words) - len(part), -1, -1)
    return next((place for place in starts_at if words[place : place + len(part)] == part), -1)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(_NO_PLURALS)


def _singular(word: str) -> str:
    if not _is_plural(word):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
