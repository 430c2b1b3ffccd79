"""What a button or link says it does: nothing, something, make or take away, sign out, call off, do it to many rows."""

import functools
import json
import re
from typing import Final, Literal

import resources
from flow_models.document.blocks import AnyBlock
from flow_models.solver.telling import as_read

Sense = Literal[
    "leaving",
    "keeping",
    "aborting",
    "doing",
    "making",
    "taking",
    "signing_out",
    "calling_off",
    "many",
    "single",
    "shown",
    "back",
]
"""What a title can mean. *Keeping* are those of *leaving* that may be meant otherwise: *Cancel* beside a booking calls
it off, and *Leave a note* does something."""


_WORD: Final = re.compile(r"[\w-]+")
_PLAIN_WORD: Final = re.compile(r"[^\W_]+")


def has_sense(block: AnyBlock, sense: Sense, *, by_beginning: bool = True) -> bool:
    """Say whether the title of a control means something: word for word, by how it begins, or by a word in it."""
    return _means(str(getattr(block, "title", "")), sense, by_beginning)


@functools.lru_cache(maxsize=65536)
def _means(said: str, sense: Sense, by_beginning: bool) -> bool:
    """Say the same of a title."""
    title, words = as_read(said).casefold(), _senses()[sense]
    is_begun = any(title.startswith(f"{one} ") for one in words["beginning"])
    is_within = not set(words.get("within", ())).isdisjoint(title.split())
    return title in words["whole"] or (by_beginning and is_begun) or is_within


def says_reckoning(text: str) -> bool:
    """Say whether a text has a word by which one reckons, such as *twice* or *each*."""
    return not set(_senses()["reckoning"]["within"]).isdisjoint(_WORD.findall(text.casefold()))


def filler() -> frozenset[str]:
    """Return the words of titles that name nothing."""
    return frozenset(_senses()["filler"]["whole"])


def words_in(text: str) -> list[str]:
    """Return the words of a text in small letters, without signs within or between them."""
    return _PLAIN_WORD.findall(text.casefold())


def says(sense: str, which: str, text: str) -> bool:
    """Say whether a text has some phrases of a sense, given in small letters."""
    return _phrases(sense, which).search(text) is not None


@functools.cache
def _phrases(sense: str, which: str) -> re.Pattern[str]:
    """Return what finds some phrases of a sense."""
    return re.compile(rf"\b(?:{'|'.join(_senses()[sense][which])})\b")


@functools.cache
def words_of(sense: str, which: str) -> frozenset[str]:
    """Return some words of a sense."""
    return frozenset(_senses()[sense][which])


def listed(sense: str, which: str) -> tuple[str, ...]:
    """Return some words of a sense in their order."""
    return tuple(_senses()[sense][which])


@functools.cache
def _senses() -> dict[str, dict[str, list[str]]]:
    """Return the words of each sense, which are read only once."""
    read: dict[str, dict[str, list[str]]] = json.loads(
        resources.path("wordings", "senses", "en.json").read_text(encoding="utf-8")
    )
    return read
