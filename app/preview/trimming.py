"""What of a flow a picture depends on: the part of a large one that it needs, and whether an edit can change it.

From a part alone the picture follows an edit as fast as in a small flow.
What is left out: pages that are neither shown, nor on the way to the shown one, nor reached from it by one transition.
"""

from collections.abc import Container, Iterable
from typing import Final

from app.preview.play import Origin
from flow_models.document.behaviour import Section
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine, MachineError

LARGE: Final = 150
"""From so many pages on, pictures are made of a part of the flow: compiling all of 1,000 pages takes half a second."""


def trimmed(flow: Flow, page: str, passed: Iterable[str], task: str) -> Flow:
    """Return the part of a flow that shows a page.

    Args:
        flow: The whole flow.
        page: The page.
        passed: The pages on the way to it.
        task: The task from whose start the way begins, by name; empty for the first one.
    """
    tasks = tuple(one for one in flow.tasks if one.name == task) or flow.tasks[:1]
    shown = {page, *passed, *(one.start for one in tasks), flow.site.start, flow.site.not_found}
    sources = shown | {section.id for one, section in flow.section_of.items() if one in shown}
    arrows = tuple(one for one in flow.transitions if one.source in sources)
    kept = shown | {one.to for one in arrows}
    return flow.rebuilt(
        pages=tuple(one for one in flow.pages if one.id in kept),
        sections=_sections(flow, sources, kept),
        transitions=arrows,
        tasks=tasks,
    )


def _sections(flow: Flow, ids: Container[object], kept: Container[object]) -> tuple[Section, ...]:
    """Return some sections with those of their pages that are kept."""
    return tuple(
        section.rebuilt(pages=tuple(page for page in section.pages if page in kept))
        for section in flow.sections
        if section.id in ids
    )


def passed_on(machine: Machine, origin: Origin) -> tuple[str, ...]:
    """Return the pages that a way passes, the first and the last one included."""
    try:
        start = machine.draw(origin.task, origin.seed) if origin.task else machine.visit()
    except MachineError:
        return ()
    state = start.state
    pages = [state.page, state.top.page]
    for event in origin.way:
        state = machine.step(start, state, event).state
        pages += [state.page, state.top.page]
    return tuple(dict.fromkeys(page for page in pages if page))


def only_moved(before: Flow, after: Flow) -> bool:
    """Say whether nothing but the places of cards differs, which no page shows."""
    others = [name for name in Flow.model_fields if name != "pages"]
    if len(before.pages) != len(after.pages) or any(getattr(before, one) != getattr(after, one) for one in others):
        return False
    return all(
        old is new or old.rebuilt(x=new.x, y=new.y) == new for old, new in zip(before.pages, after.pages, strict=True)
    )
