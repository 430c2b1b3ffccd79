"""What can be found, and how well it fits what was typed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

import resources
from app.words.elements import icon_idea, title_of_part, word_of_part
from flow_models.checks import Problem
from flow_models.document.edits.parts import Part
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow

SHOWN = 40
LEAST_SCORE = 55


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that can be found."""

    title: str
    word: str
    """What it is, such as "Page" or "Command"."""
    idea: str
    target: Element | str
    """An element to reveal, or the name of a command."""


def elements_of(flow: Flow) -> Iterator[Candidate]:
    """Yield everything in a flow that has a title."""
    yield from (_candidate(flow, kind, part) for kind, parts in _parts(flow) for part in parts)


def _parts(flow: Flow) -> Iterator[tuple[ElementKind, Iterable[Part]]]:
    """Yield the parts by kind, in the order in which they are listed as long as nothing is typed."""
    yield "flow", (flow,)
    yield "site", (flow.site,)
    yield "section", flow.sections
    yield "page", flow.pages
    for section in flow.sections:
        yield "block", section.blocks_by_id.values()
    for page in flow.pages:
        yield "block", page.blocks_by_id.values()
    yield "transition", flow.transitions
    for table in flow.tables:
        yield "table", (table,)
        yield "column", table.columns
    yield "variable", flow.variables
    for task in flow.tasks:
        yield "task", (task,)
        yield "parameter", task.parameters


def problems_of(problems: Sequence[Problem]) -> Iterator[Candidate]:
    """Yield the problems that lead to an element."""
    for problem in problems:
        if problem.elements:
            word = resources.text(f"shell.problems.severity.{problem.severity}")
            yield Candidate(problem.sentence(), word, problem.severity, problem.elements[0])


def best(candidates: Sequence[Candidate], typed: str) -> list[Candidate]:
    """Return the candidates that fit what was typed, the best first; all kinds alike, small slips allowed."""
    if not typed.strip():
        return list(candidates[:SHOWN])
    titles = [candidate.title for candidate in candidates]
    found = process.extract(
        typed, titles, scorer=fuzz.WRatio, processor=utils.default_process, limit=SHOWN, score_cutoff=LEAST_SCORE
    )
    wanted = typed.strip().casefold()
    ranked = sorted(found, key=lambda hit: (-_closeness(str(hit[0]).casefold(), wanted), -hit[1], hit[2]))
    return [candidates[index] for _, _, index in ranked]


def _closeness(title: str, wanted: str) -> int:
    """Return 3 for the very title, 2 for its beginning, 1 for a part of it, else 0."""
    if title == wanted:
        return 3
    if title.startswith(wanted):
        return 2
    return int(wanted in title)


def _candidate(flow: Flow, kind: ElementKind, part: Part) -> Candidate:
    element = Element(kind, getattr(part, "id", kind))
    return Candidate(title_of_part(flow, part), word_of_part(part), icon_idea(part), element)
