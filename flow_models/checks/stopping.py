"""Why no way was found for an instance: which want is open, how far one came and what was tried, for who draws it.

A search that gives up has proven nothing. What it knows is where it was nearest to the end; there a condition that
nothing told how to meet, or a way that is too long, is what somebody can look at.
"""

import resources
from flow_models.runtime.machine.base.nodes import Template
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.solution import Solution, Stop, Want

_SAID = frozenset({"max_steps", "typed"})
"""Reasons with words of their own; of the others it only matters that much was tried."""


def why_stopped(program: Program, answer: Solution) -> str:
    """Return what is open where a search gave up, and what to do about it: sentences, empty if nothing is known."""
    stop = answer.stop
    if stop is None:
        return resources.text("checks.stopped.typed_somewhere") if answer.reason == "typed" else ""
    wants = resources.text("checks.stopped.and").join(_want(program, want) for want in stop.wants)
    reason = answer.reason if answer.reason in _SAID else "tried"
    return resources.text(f"checks.stopped.{reason}", wants=wants, page=_page(program, stop), count=answer.explored)


def _want(program: Program, want: Want) -> str:
    """Return what a task still wants."""
    table = program.tables.get(want.table)
    titles = {column.name: column.title or column.name for column in table.columns} if table is not None else {}
    columns = ", ".join(titles.get(name, name) for name in want.columns)
    kind = want.kind if columns or want.kind != "added" else "added_any"
    title = "" if table is None else table.title or want.table
    return resources.text(f"checks.stopped.want.{kind}", table=title, columns=columns, rows=want.rows)


def _page(program: Program, stop: Stop) -> str:
    """Return what a page is called."""
    page = program.pages.get(stop.page)
    return (_plain(page.title) if page is not None else "") or resources.text("checks.untitled.page")


def _plain(title: Template) -> str:
    """Return a title without what is computed in it."""
    return "".join(part if isinstance(part, str) else "…" for part in title)
