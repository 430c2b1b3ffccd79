"""The rule for addresses: which pages may be opened by their address when the designer does not say.

A page may be opened if a visitor could always reach it: from the start page, by buttons and links that are always
there and enabled, along transitions without condition and without effects. A page that shows a record needs such a way
from a list of all rows. Pages from which something happens by itself are reached, but ways on from them do not count.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from flow_models.runtime.machine.base import blocks as kinds
from flow_models.runtime.machine.base.behaviour import Transition
from flow_models.runtime.machine.base.kinds import controls, inside, walk
from flow_models.runtime.machine.base.program import Page, Program
from flow_models.runtime.machine.base.traits import Block

_AUTOMATIC = frozenset({"enter", "open", "wait"})


def always_reachable(program: Program) -> frozenset[str]:
    """Return the ids of the pages that may always be opened by their address."""
    pages, start = program.pages, program.site.start
    reached = {start} if start in pages and pages[start].record is None else set()
    waiting = deque(reached)
    while waiting:
        page = pages[waiting.popleft()]
        transitions = [program.transitions[index] for index in page.transitions]
        if any(transition.on.kind in _AUTOMATIC and transition.to != "stay" for transition in transitions):
            continue
        section = program.sections.get(page.section or "")
        blocks = page.blocks if section is None else (*section.header, *page.blocks, *section.footer)
        turned = frozenset(block.list for block in walk(blocks) if isinstance(block, kinds.Pagination) and block.list)
        found = dict(_controls(blocks, turned))
        for target in _ways(transitions, found, pages):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return frozenset(page for page in reached if pages[page].kind == "page")


def _ways(
    transitions: Sequence[Transition], found: Mapping[str, str | None], pages: Mapping[str, Page]
) -> Iterator[str]:
    """Yield the pages to which an always open way leads; `found` are the controls that are always there."""
    tried: set[str] = set()
    for transition in transitions:
        block = transition.on.block
        if transition.on.kind != "use" or block not in found or block in tried:
            continue
        tried.add(block)
        target = pages.get(transition.to)
        if target is None or transition.when is not None or transition.do or transition.record is not None:
            continue
        if target.record is None or target.record == found[block]:
            yield transition.to


def _controls(blocks: Sequence[Block], turned: frozenset[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each control that is always there or can be unfolded, with the table of whose rows each has one.

    `turned` are the lists whose pages can be turned.
    """
    for block in blocks:
        if block.show_if is not None:
            continue
        match block:
            case kinds.Button():
                if block.enabled_if is None and not block.submit:
                    yield block.id, None
            case kinds.Link():
                yield block.id, None
            case kinds.RowList():
                is_whole = not block.page_size or block.id in turned
                if block.where is None and not block.limit and is_whole:
                    for control, _ in _controls(controls(block), turned):
                        yield control, block.table
            case _:
                yield from _controls([*controls(block), *inside(block)], turned)
