"""What can be found, and how well it fits what was typed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

import resources
from app.words.elements import icon_idea, title_of_part, word_of_part
from flow_models.checks import Problem
from flow_models.document.base import PageId, SectionId
from flow_models.document.behaviour import Transition
from flow_models.document.data import Column
from flow_models.document.edits.parts import Part
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.document.tasks import Parameter

SHOWN = 40
LEAST_SCORE = 55


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that can be found."""

    title: str
    word: str
    """What it is, such as "Page" or "Command", and where, such as "Button on Basket"."""
    idea: str
    target: Element | str
    """An element to reveal, or the name of a command."""
    is_detail: bool = False
    """Whether it is a part of something else that can be found, which comes before it."""


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
            yield Candidate(problem.sentence(), word, problem.severity, problem.elements[0], is_detail=True)


def best(candidates: Sequence[Candidate], typed: str) -> list[Candidate]:
    """Return the candidates that fit what was typed, the best first; small slips allowed.

    Pages and what else stands for itself come before the parts that hold the words as well.
    """
    if not typed.strip():
        return list(candidates[:SHOWN])
    titles = [candidate.title for candidate in candidates]
    # All of them: what is to stand first may come late among hundreds of arrows that fit alike.
    found = process.extract(
        typed, titles, scorer=fuzz.WRatio, processor=utils.default_process, limit=None, score_cutoff=LEAST_SCORE
    )
    ranked = sorted(found, key=lambda hit: (*_rank(candidates[hit[2]], typed), -hit[1], hit[2]))
    return [candidates[index] for _, _, index in ranked[:SHOWN]]


def _rank(candidate: Candidate, typed: str) -> tuple[bool, bool, int]:
    """Return by what candidates are ranked, the least first: whether the words stand in the title, and as what."""
    closeness = _closeness(candidate.title.casefold(), typed.strip().casefold())
    return closeness == 0, candidate.is_detail, -closeness


def _closeness(title: str, wanted: str) -> int:
    """Return 3 for the very title, 2 for its beginning, 1 for a part of it, else 0."""
    if title == wanted:
        return 3
    if title.startswith(wanted):
        return 2
    return int(wanted in title)


def _candidate(flow: Flow, kind: ElementKind, part: Part) -> Candidate:
    element = Element(kind, getattr(part, "id", kind))
    word, owner = word_of_part(part), _owner(flow, element, part)
    if owner is not None:
        key = "shell.find.of" if element.kind in ("column", "parameter") else "shell.find.on"
        word = resources.text(key, word=word, place=title_of_part(flow, owner))
    return Candidate(title_of_part(flow, part), word, icon_idea(part), element, is_detail=owner is not None)


def _owner(flow: Flow, element: Element, part: Part) -> Part | None:
    """Return the page, section, table or task of which something is a part."""
    match part:
        case Transition():
            source = part.source
            return flow.pages_by_id.get(PageId(source)) or flow.sections_by_id.get(SectionId(source))
        case Column():
            return next((table for table in flow.tables if part in table.columns), None)
        case Parameter():
            return next((task for task in flow.tasks if part in task.parameters), None)
        case _:
            return flow.owners_by_block.get(element.id)
