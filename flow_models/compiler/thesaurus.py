"""The thesaurus: other ways to say what stands on many websites.

Each way means the same wherever the text may stand: "Cancel" is never said as "Close". What a designer adds for one
flow is in the flow itself.
"""

import functools
import json
from typing import Any, NamedTuple

import resources
from flow_models.runtime.machine.base.appearance import Term
from flow_models.runtime.machine.base.texts import composed


class Entry(NamedTuple):
    """One text and the other ways to say it.

    Attributes:
        say: The text, in sentence case.
        ways: Other ways, for training.
        held_out: Other ways that only tests see.
    """

    say: str
    ways: tuple[str, ...]
    held_out: tuple[str, ...]


@functools.cache
def entries() -> tuple[Entry, ...]:
    """Return all entries in the order of the file, which is read only once."""
    return tuple(Entry(one["say"], tuple(one["ways"]), tuple(one["held_out"])) for one in _read()["entries"])


@functools.cache
def terms() -> tuple[Term, ...]:
    """Return the words for things on many websites, in all their forms, with the other words for the same things."""
    return tuple(Term.read(one) for one in _read()["terms"])


def entry(text: str) -> Entry | None:
    """Return the entry for a text: what it says or one of the ways to say it; None if there is none."""
    return _by_text().get(plain(text))


def spoken(one: Entry, text: str) -> Entry:
    """Return an entry as one of its texts has it: that text, and all others as its ways, with its capitals."""
    if one.say == text:
        return one
    return Entry(text, _told((one.say, *one.ways), text), _told(one.held_out, text))


def plain(text: str) -> str:
    """Return a text without what does not tell texts apart: capitals, extra spaces, the form of its characters."""
    return composed(" ".join(text.split())).casefold()


@functools.cache
def _read() -> Any:
    """Return the file's content; nobody may change it."""
    return json.loads(resources.path("wordings", "thesaurus", "en.json").read_text(encoding="utf-8"))


@functools.cache
def _by_text() -> dict[str, Entry]:
    """Return the entries by what they say and by the other ways to say it."""
    return {plain(text): one for one in entries() for text in (one.say, *one.ways, *one.held_out)}


def _told(ways: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return the ways that differ from a text, with its capitals."""
    return tuple(_capitalised(way, text) for way in ways if plain(way) != plain(text))


def _capitalised(way: str, text: str) -> str:
    """Return a way with the capitals of a text: ALL OF THEM, None At The Start, or One for Each Word."""
    if text.isupper():
        return way.upper()
    if text.islower():
        return way if way[:2].isupper() or way.startswith("I ") else way[:1].lower() + way[1:]
    words = text.split()
    if len(words) > 1 and all(word[:1].isupper() for word in words):
        return " ".join(word[:1].upper() + word[1:] for word in way.split(" "))
    return way
