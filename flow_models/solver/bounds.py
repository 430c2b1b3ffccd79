"""How many steps a task needs at least, from any page and set of met needs: what guides the search to shortest ones.

The distances come from the graph of (page, needs met) in which every transition may be taken, whatever its guard says.
A real solution walks the same graph, so the distance never exceeds its length.
"""

import heapq
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from flow_models.runtime.machine.base.program import Json, walk
from flow_models.runtime.machine.pages.fields import FIELD_KINDS

from .influence import all_blocks
from .needs import Needs

FAR: Final = 1_000_000
"""Stands for "cannot be reached"."""

Node = tuple[str, bool, int]
"""A page, whether its form may be filled already, and the needs that are met."""


class Distances:
    """The fewest steps to meet all needs.

    Args:
        program: The program.
        needs: What is needed.
        shown: For each thing to be seen the pages that may show it; each is a bit above those of `needs`.
    """

    def __init__(self, program: Json, needs: Needs, shown: Sequence[Sequence[str]] = ()) -> None:
        self._program = program
        self._needs = needs
        self._shown: dict[str, int] = {}
        self._goal = needs.goal
        for place, pages in enumerate(shown, len(needs.bits)):
            self._goal |= 1 << place
            for page in pages:
                self._shown[page] = self._shown.get(page, 0) | 1 << place
        self._size = 1 << (len(needs.bits) + len(shown))
        self._filled = {page: sum(bits) for page, bits in needs.fills.items()}
        self._bases = _bases(program)
        self.blank_fields = {page: _blank_fields(program, page, needs) for page in program["pages"]}
        self._distances = self._measured()
        self._after: dict[tuple[str, int, int], int] = {}

    def at(self, page: str, is_filled: bool, mask: int) -> int:
        """Return the least number of steps from a page with some needs met."""
        return self._distances.get((page, is_filled, mask), FAR)

    @cached_property
    def between_rows(self) -> int:
        """The least number of steps from one transition that brings about a row to the next one, that included."""
        if self._needs.one_by_one < 0 or self._goal != self._needs.goal:
            return 0
        rest = (self._size - 1) & ~self._goal
        found = [
            self._distances.get((page, is_filled, mask & rest), FAR)
            for position in self._needs.gives
            for page_id, one in self._program["pages"].items()
            if position in one["transitions"]
            for page, is_filled, mask in self._targets(page_id, position, rest)
        ]
        least = min(found, default=FAR)
        return 0 if least >= FAR else least

    def filled_on(self, page: str) -> int:
        """Return the needs that filling the fields of a page can meet."""
        return self._filled.get(page, 0)

    def after(self, page: str, position: int, mask: int) -> int:
        """Return the least number of steps that are left once a transition of a page has been taken."""
        key = (page, position, mask)
        known = self._after.get(key)
        if known is None:
            targets = self._targets(page, position, self._given(position, mask))
            known = self._after[key] = min((self._distances.get(target, FAR) for target in targets), default=FAR)
        return known

    def _measured(self) -> dict[Node, int]:
        """Return the distance of every node from which the goal can be reached."""
        behind: dict[Node, list[tuple[Node, int]]] = {}
        nodes = [
            (page, is_filled, mask)
            for page in (*self._program["pages"], "")
            for is_filled in (False, True)
            for mask in range(self._size)
        ]
        for node in nodes:
            for target, cost in self._edges(node):
                behind.setdefault(target, []).append((node, cost))
        goal = self._goal
        found = {node: 0 for node in nodes if node[2] & goal == goal}
        heap = [(0, node) for node in found]
        while heap:
            distance, node = heapq.heappop(heap)
            if distance > found[node]:
                continue
            for previous, cost in behind.get(node, ()):
                if distance + cost < found.get(previous, FAR):
                    found[previous] = distance + cost
                    heapq.heappush(heap, (distance + cost, previous))
        return found

    def _edges(self, node: Node) -> Iterable[tuple[Node, int]]:
        """Yield where one can go from a node, and in how many steps."""
        page, is_filled, mask = node
        if not page:
            yield self._arrival(self._program["site"]["start"], mask), 1
            return
        for bit in self._needs.fills.get(page, ()):
            if not mask & bit:
                yield (page, is_filled, mask | bit), 1
        for position in self._program["pages"][page]["transitions"]:
            trigger = self._program["transitions"][position]["on"]
            kind = trigger["kind"]
            if kind in ("enter", "open") and is_filled:
                continue
            cost = 0 if kind in ("enter", "open") else 1
            if kind == "use" and not is_filled:
                cost += self.blank_fields[page].get(trigger["block"], (0, frozenset()))[0]
            for target in self._targets(page, position, self._given(position, mask)):
                yield target, cost
        for base in self._bases.get(page, ()):
            for position in self._program["pages"][base]["transitions"]:
                if self._program["transitions"][position]["on"]["kind"] == "wait":
                    for target in self._targets(base, position, self._given(position, mask)):
                        yield target, 1

    def _given(self, position: int, mask: int) -> int:
        """Return the needs met once a transition has been taken."""
        found = mask
        for bit, before in self._needs.gives.get(position, ()):
            if before & mask == before:
                found |= bit
        return found

    def _targets(self, page: str, position: int, mask: int) -> list[Node]:
        """Return the nodes to which a transition may lead."""
        transition = self._program["transitions"][position]
        to = transition["to"]
        missing = self._program["site"]["not_found"] or ""
        if to == "stay":
            found = [self._stayed(page, mask)]
        elif to == "close":
            found = [self._stayed(base, mask) for base in self._bases.get(page, ())] or [self._stayed(page, mask)]
        else:
            found = [self._arrival(to, mask)]
        if transition["record"] is not None or any(e["kind"] in ("remove", "clear") for e in transition["do"]):
            found.append(self._arrival(missing, mask))
        if any(e["kind"] in ("remove", "clear") for e in transition["do"]):
            found += [self._stayed(base, mask) for base in self._bases.get(page, ())]
        return found

    def _arrival(self, page: str, mask: int) -> Node:
        """Return the node of a page just entered."""
        mask |= self._shown.get(page, 0)
        for bit, before in self._needs.arrivals.get(page, ()):
            if before & mask == before:
                mask |= bit
        return (page, False, mask)

    def _stayed(self, page: str, mask: int) -> Node:
        """Return the node of a page that has answered."""
        return (page, True, mask | self._shown.get(page, 0))


def _bases(program: Json) -> dict[str, tuple[str, ...]]:
    """Return for each dialog the pages over which it can stand."""
    dialogs = {page for page, one in program["pages"].items() if one["kind"] == "dialog"}
    openers: dict[str, set[str]] = {dialog: set() for dialog in dialogs}
    for page, one in program["pages"].items():
        for position in one["transitions"]:
            to = program["transitions"][position]["to"]
            if to in dialogs:
                openers[to].add(page)
    for _ in dialogs:
        for pages in openers.values():
            for dialog in [page for page in pages if page in dialogs]:
                pages |= openers[dialog]
    return {dialog: tuple(sorted(pages - dialogs)) for dialog, pages in openers.items()}


def _blank_fields(program: Json, page: str, needs: Needs) -> dict[str, tuple[int, frozenset[str]]]:
    """Return for each submit button the fields that are blank on arrival and must be filled, and their number.

    Fields with a bit of their own are left out: their filling is counted there.
    """
    counted = {need.name for need in needs.bits if need.kind == "field" and need.page == page}
    found: dict[str, tuple[int, frozenset[str]]] = {}
    for form in all_blocks(program, page):
        if form["kind"] != "form" or not form["check"]:
            continue
        blank = frozenset(
            block["name"] for block in form["blocks"] if _is_blank(block) and block["name"] not in counted
        )
        for block in walk(form["blocks"]):
            if block["kind"] == "button" and block["submit"]:
                found[block["id"]] = (len(blank), blank)
    return found


def _is_blank(block: Json) -> bool:
    """Say whether a block is a field that always begins blank and must not stay so."""
    if block["kind"] not in FIELD_KINDS or not block["required"] or block.get("show_if") is not None:
        return False
    if block.get("initial") is not None or block["kind"] == "slider":
        return False
    is_default = block["kind"] == "choice_field" and block["style"] == "drop_down" and not block.get("placeholder")
    return not is_default
