"""Does a list have the order that stands above it, such as "Newest first"?"""

from collections.abc import Iterator, Sequence
from typing import Any

from flow_models.checks.deep.replaying import solutions
from flow_models.checks.deep.superlatives import Said, said_in
from flow_models.checks.labels import page_label
from flow_models.checks.problem import Fix, Problem, SetValue, fix
from flow_models.checks.trial import Trial
from flow_models.document.blocks import ListBlock
from flow_models.document.elements import Element
from flow_models.runtime.machine import State
from flow_models.runtime.machine.pages import view as shown
from flow_models.solver.outline import Outline
from flow_models.solver.walk import walk_in


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield each list on the way of a solution that shows its rows in another order than the page says."""
    outline, found = Outline(trial.machine.program), set[str]()
    for start, solution, states in solutions(trial):
        for place, state in enumerate(states[:-1]):
            view = trial.machine.view(start, state)
            for listed, text in _under_texts(view):
                said = said_in(text, " first")
                table = outline.lists(view.page).get(listed.id, "")
                if said is None or not table or listed.id in found or _is_so(trial, state, listed, table, said):
                    continue
                found.add(listed.id)
                yield trial.problem(
                    "said_order",
                    "error",
                    Element("block", listed.id),
                    fix=_turning(trial, state, listed, table, said),
                    walk=walk_in(start, solution.events[:place], listed.id),
                    page=page_label(trial.flow.pages_by_id.get(view.page)),
                    said=text,
                )


def _under_texts(view: shown.View) -> Iterator[tuple[shown.ListView, str]]:
    """Yield the lists of a page, each with its title or else the text that stands above it."""
    above = ""
    for inner in (inner for part in view.top.parts for inner in shown.walk(part)):
        if isinstance(inner, shown.Heading | shown.Text):
            above = inner.text
        elif isinstance(inner, shown.ListView):
            yield inner, inner.title if said_in(inner.title, " first") else above
            above = ""


def _is_so(trial: Trial, state: State, listed: shown.ListView, table: str, said: Said) -> bool:
    """Say whether the rows of a list are in an order by some column that can be meant, or none can."""
    schema = trial.machine.schema.table(table)
    places = [place for name, place in schema.columns.items() if schema.type_of(name).kind in said.kinds]
    rows = [row for one in listed.rows if (row := state.tables[schema.index].get(one.key)) is not None]
    return not places or any(_in_order([row[place] for row in rows], said) for place in places)


def _in_order(values: Sequence[Any], said: Said) -> bool:
    """Say whether values begin with the most or the least; empty ones do not count."""
    there = [value for value in values if value is not None]
    return there == sorted(there, reverse=said.is_most)


def _turning(trial: Trial, state: State, listed: shown.ListView, table: str, said: Said) -> Fix | None:
    """Return the fix that turns the order of a list round, where it is just the wrong way round."""
    block = next((page.blocks_by_id[listed.id] for page in trial.flow.pages if listed.id in page.blocks_by_id), None)
    if not isinstance(block, ListBlock) or not block.sort.strip():
        return None
    if not _is_so(trial, state, listed, table, said._replace(is_most=not said.is_most)):
        return None
    return fix("turn_order", SetValue(Element("block", listed.id, "descending"), value=not block.descending))
