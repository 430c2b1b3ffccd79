"""The rules for addresses: what one looks like, and which pages may be opened by theirs when the designer does not say.

A page may be opened if a visitor could always reach it: from the start page, by buttons and links that are always
there and enabled, along transitions without condition and without effects. A page that shows a record needs such a way
from a list of all rows. Pages from which something happens by itself are reached, but ways on from them do not count.
"""

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence

from flow_models.runtime.machine.base import blocks as kinds
from flow_models.runtime.machine.base.behaviour import Transition
from flow_models.runtime.machine.base.kinds import controls, inside, walk
from flow_models.runtime.machine.base.program import Page, Program
from flow_models.runtime.machine.base.traits import Block

HOLE = re.compile(r"\{[^{}]*\}")
_ADDRESS = re.compile(r"(/|(/(?!\.{1,2}(/|\Z))[A-Za-z0-9._~\x00-]+)+/?)")
"""An address whose holes have become null characters; a browser takes steps of one or two dots away."""

_AUTOMATIC = frozenset({"enter", "open", "wait"})


def is_address(path: str) -> bool:
    """Say whether a text is an address within a site: steps of plain characters, and no scheme, host or way out."""
    return _ADDRESS.fullmatch(HOLE.sub("\0", path)) is not None


def always_reachable(program: Program) -> frozenset[str]:
    """Return the ids of the pages that may always be opened by their address."""
    pages, start = program.pages, program.site.start
    reached = {start} if start in pages and pages[start].record is None else set()
    waiting = deque(reached)
    while waiting:
        for target in _onward(program, pages[waiting.popleft()]):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return frozenset(page for page in reached if pages[page].kind == "page")


def _onward(program: Program, page: Page) -> Iterator[str]:
    """Yield the pages to which an always open way leads from a page; none where something happens by itself."""
    transitions = [program.transitions[index] for index in page.transitions]
    if any(transition.on.kind in _AUTOMATIC and transition.to != "stay" for transition in transitions):
        return
    found = _controls_on(program, page)
    for transition in _first_of_each(transitions, found):
        target = program.pages.get(transition.to)
        if target is not None and _is_open(transition) and target.record in (None, found[transition.on.block]):
            yield transition.to


def _controls_on(program: Program, page: Page) -> dict[str, str | None]:
    """Return each control of a page that is always there, with the table of whose rows each has one."""
    section = program.sections.get(page.section or "")
    blocks = page.blocks if section is None else (*section.header, *page.blocks, *section.footer)
    turned = frozenset(block.list for block in walk(blocks) if isinstance(block, kinds.Pagination) and block.list)
    return dict(_controls(blocks, turned))


def _first_of_each(transitions: Iterable[Transition], found: Collection[str]) -> Iterable[Transition]:
    """Return the first transition of each control found: others are only tried where it does not hold."""
    first: dict[str, Transition] = {}
    for transition in transitions:
        if transition.on.kind == "use" and transition.on.block in found:
            first.setdefault(transition.on.block, transition)
    return first.values()


def _is_open(transition: Transition) -> bool:
    """Say whether a transition leads on without a condition, an effect or a choice of a record."""
    return transition.when is None and not transition.do and transition.record is None


def _controls(blocks: Sequence[Block], turned: frozenset[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each control that is always there or can be unfolded, with the table of whose rows each has one.

    `turned` are the lists whose pages can be turned.
    """
    for block in blocks:
        if block.show_if is not None:
            continue
        match block:
            case kinds.Button() if block.enabled_if is not None or block.submit:
                pass
            case kinds.ControlBlock():
                yield block.id, None
            case kinds.RowList():
                if _shows_all(block, turned):
                    yield from ((control, block.table) for control, _ in _controls(controls(block), turned))
            case _:
                yield from _controls([*controls(block), *inside(block)], turned)


def _shows_all(listed: kinds.RowList, turned: frozenset[str]) -> bool:
    """Say whether every row of its table can be seen in a list."""
    return listed.where is None and not listed.limit and (not listed.page_size or listed.id in turned)
