"""What nobody who reads a site may learn about how it is made, and how to find it in what was read."""

import html
import re
from collections.abc import Iterable
from typing import NamedTuple

from flow_models.compiler.texts import fixed_texts
from flow_models.compiler.words import words_of
from flow_models.document.flow import Flow
from flow_models.document.places import Place, places
from flow_models.document.rooms import walk
from flow_models.formulas.reading import Hole, holes
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.nodes import ColumnValue, nodes_in
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.tables import Table

PHRASE_WORDS = 3
"""Fixed parts of wordings with fewer words are no phrases: pages say such things by themselves."""

HIDDEN_LEAST = 6
"""Characters of a hidden text from which on it is looked for: shorter ones stand everywhere."""

_TALK = frozenset({"open_by_url", "environment_error", "held_out", "last_action_error"})
"""Words of programs and environments."""

_VALUE = re.compile(r"(?<![.\w])(?:task|before|record)\.[a-z]\w*")
"""A value as formulas read it."""


class Secrets(NamedTuple):
    """What must not be read: whole words (ids and names) and pieces of text (formulas, wordings, goals)."""

    words: frozenset[str]
    pieces: frozenset[str]


def secrets_of(flow: Flow, machine: Machine) -> Secrets:
    """Return the secrets of a flow; `machine` runs its program."""
    pieces = {place.source for place in places(flow) if not place.template and _is_formula(place.source)}
    pieces |= set(_phrases(flow)) | set(_TALK) | {machine.program.hash}
    return Secrets(frozenset(_ids(flow)) | frozenset(_names(flow)), frozenset(pieces))


def hidden_texts(program: Program, tables: Iterable[Table]) -> set[str]:
    """Return the texts of rows in columns that no page, section or transition reads; not those that others say too.

    Args:
        program: The program, whose tables stand in the same order.
        tables: The rows as an episode begins with them.
    """
    nodes = nodes_in(program.pages, program.sections, program.transitions)
    read = {node.name for node in nodes if isinstance(node, ColumnValue)}
    hidden, shown = set[str](), set[str]()
    for table, told in zip(tables, program.tables.values(), strict=True):
        for place, column in enumerate(told.columns, 1):
            texts = {row[place] for row in table.rows if isinstance(row[place], str)}
            (shown if column.name in read else hidden).update(texts)
    said = "\n".join(shown)
    return {text for text in hidden if len(text) >= HIDDEN_LEAST and text not in said}


def found_in(secrets: Secrets, text: str) -> list[str]:
    """Return the secrets that a text gives away."""
    read = f"{text}\n{html.unescape(text)}"
    words = set(re.findall(r"\w+", read)) | set(re.findall(r"[\w-]+", read))
    return (
        sorted(secrets.words & words)
        + sorted(piece for piece in secrets.pieces if piece in read)
        + _VALUE.findall(read)
    )


def _ids(flow: Flow) -> Iterable[str]:
    """Yield the ids of every part of a flow."""
    yield flow.id
    yield from (table.id for table in flow.tables)
    yield from (variable.id for variable in flow.variables)
    yield from (section.id for section in flow.sections)
    yield from (page.id for page in flow.pages)
    yield from (transition.id for transition in flow.transitions)
    yield from (task.id for task in flow.tasks)
    for table in flow.tables:
        yield from (column.id for column in table.columns)
    for task in flow.tasks:
        yield from (parameter.id for parameter in task.parameters)
    for blocks in (*(section.header + section.footer for section in flow.sections), *(p.blocks for p in flow.pages)):
        yield from (block.id for block in walk(blocks))


def _names(flow: Flow) -> Iterable[str]:
    """Yield names that are no words of a language, so that no page could say them by chance."""
    names = [
        *(table.name for table in flow.tables),
        *(column.name for table in flow.tables for column in table.columns),
        *(variable.name for variable in flow.variables),
        *(task.name for task in flow.tasks),
        *(parameter.name for task in flow.tasks for parameter in task.parameters),
    ]
    said = {word for text in _said(flow) for word in re.findall(r"[\w-]+", text)}
    yield from (name for name in names if re.search(r"[-_]", name) and name not in said)


def _is_formula(source: str) -> bool:
    """Say whether a source is more than a word or number."""
    return len(source) > 6 and re.search(r"[.(=<>\[]|\b(and|or|not|in)\b", source) is not None


def _phrases(flow: Flow) -> Iterable[str]:
    """Yield the fixed phrases of task wordings that no page of the flow says."""
    said = _said(flow)
    for task in flow.tasks:
        for wording in task.wordings:
            parts, _ = holes(wording)
            for part in parts:
                phrase = "" if isinstance(part, Hole) else part.strip(" .,;:“”\"'")
                if len(phrase.split()) >= PHRASE_WORDS and not any(phrase in text for text in said):
                    yield phrase


def _said(flow: Flow) -> list[str]:
    """Return what the pages of a flow say, in whatever words."""
    others = [way for ways in words_of(flow).values() for way in (*ways["ways"], *ways["held_out"])]
    shown = [place.source for place in places(flow) if place.template and not _is_asked(place)]
    return [*fixed_texts(flow), *others, *shown]


def _is_asked(place: Place) -> bool:
    """Say whether a text stands in a task."""
    return any(element.kind == "task" for element in place.elements)
