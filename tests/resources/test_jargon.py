"""What designers read uses no words that only people who program know, and none of the written formula language."""

import json
import re
from collections.abc import Iterator

import pytest

import resources

AREAS = (
    *("canvas", "checks", "compiler", "document", "export", "formulas"),
    *("inspector", "preview", "shell", "variation", "walk"),
)
"""The areas that designers read; the terminal's words are for those who use one."""

FOR_TRAINERS = ("export.audited", "export.card.", "export.demonstrate.", "export.promise.", "export.oracle.")
"""Words for those who train agents: the card and the measures of a package, and the oracle."""

NAMED = {
    "document.reason.string_unicode",
    "inspector.value.character",
    "document.foreign",
    "document.broken.json",
    "document.shape.no_object",
}
"""Wordings that name other people's files and characters as these are called."""

JARGON = {
    "an argument of a formula": r"\b[a-z_]+=(?!=)",
    "an operator": r"//|&&|\|\||!=",
    "the names of functions": r"\b(quotient|remainder)\b",
    "what stands in": r"\bdefaults?\b",
    "kinds of values": r"\b(boolean|integer|float|string|null|enum|literal)s?\b",
    "how it is read": r"\b(pars(e|ed|er|ing)|syntax|token|regex|regular expression|schema|compil\w+)s?\b",
    "how it is computed": r"\b(callback|iterat\w+|recursi\w+|stack|thread|hash|payload|async\w*|runtime|timeout)s?\b",
    "how it is searched": r"\b(search (was|is) ended|the search|node|heuristic|prun\w+|exhaust\w+|bound)s?\b",
    "how it fails": r"\b(exception|traceback|assert\w*|exit code|invalid)s?\b",
    "how instances come about": r"\bseeds?\b",
    "how it is settled": r"\b(infeasible|oracle|rollout|predicate|invariant)s?\b",
}
"""What no wording may say, by what it would be about."""


def wordings() -> Iterator[tuple[str, str]]:
    """Yield the id and the words of each wording for designers, with both forms of what is counted."""
    for area in AREAS:
        data = json.loads(resources.path("wordings", "ui", "en", f"{area}.json").read_text(encoding="utf-8"))
        for message, words in flat(data):
            if not message.startswith((*FOR_TRAINERS, *NAMED)):
                counted = re.sub(r"\{\w+:([^{}]*)\}", r"\1", words)
                yield message, re.sub(r"\{[^{}]*\}", "", counted)


def flat(data: dict[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{name}.")
        else:
            yield before + name, str(value)


@pytest.mark.parametrize("about", JARGON)
def test_no_wording_for_designers_has_jargon(about: str) -> None:
    forbidden = re.compile(JARGON[about], re.IGNORECASE)
    assert [(message, words) for message, words in wordings() if forbidden.search(words)] == []


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("an argument of a formula", "Add default=empty, or use value= with one."),
        ("the names of functions", "Use divide (quotient for //, remainder for %)."),
        ("an operator", "Use // here."),
        ("what stands in", "No default is needed."),
        ("how it is searched", "The search was ended after 20,000 nodes."),
        ("how it is settled", "This instance is infeasible."),
    ],
)
def test_jargon_would_be_found(about: str, words: str) -> None:
    assert re.search(JARGON[about], words, re.IGNORECASE)


def test_wordings_are_read() -> None:
    assert len(list(wordings())) > 1500
