"""What lies behind fold-outs, tabs, menus and the other pages of a list, and whether a search has to look there.

Whoever unfolds something does it for what is behind it: a control, a field that a transition reads, or something to
see. A shortest solution can unfold right before that is used, so the steps that those transitions leave are a bound.
This looks at the program alone, never at an instance.
"""

from typing import Final, NamedTuple

from flow_models.runtime.machine.base.program import Json, controls, inside, walk

from .influence import all_blocks, conduct_of, items_of

HIDING: Final = frozenset({"fold_out", "tabs", "menu"})
"""Blocks that hide what stands in them."""

_TELLING: Final = frozenset({"heading", "text", "notice", "details"})


class Behind(NamedTuple):
    """Why one may unfold something: the transitions that it makes possible, and whether there is something to see."""

    positions: tuple[int, ...]
    is_seen: bool


_NOTHING: Final = Behind((), is_seen=False)


class Hidden:
    """What the blocks of a program hide, for one task.

    Args:
        program: The program.
        reads: For each position of a transition, the fields whose values matter there.
        tables: The tables from whose rows something must be seen.
    """

    def __init__(self, program: Json, reads: "dict[int, frozenset[str]]", tables: tuple[str, ...]) -> None:
        self._program = program
        self._reads = reads
        self._tables = tables
        self._pages: dict[str, dict[tuple[str, str], Behind]] = {}

    def behind(self, page: str, block: str, part: str) -> Behind:
        """Return what a part of a block on a page hides; of a list, of which `part` is empty, all its pages."""
        known = self._pages.get(page)
        if known is None:
            known = self._pages[page] = dict(self._of_page(page))
        return known.get((block, part), _NOTHING)

    def carried(self, page: str, tabs: Json, number: int) -> frozenset[str]:
        """Return the fields behind a tab that must be filled before another tab is chosen.

        That is so where a transition reads them whose control does not stand beside them.
        """
        beside = walk(tabs["tabs"][number - 1]["blocks"])
        names = frozenset(block["name"] for block in beside if "name" in block)
        own = {block["id"] for block in beside}
        found: frozenset[str] = frozenset()
        for position in self._program["pages"][page]["transitions"]:
            if self._program["transitions"][position]["on"].get("block") not in own:
                found |= names & self._reads[position]
        return found

    def _of_page(self, page: str) -> "list[tuple[tuple[str, str], Behind]]":
        """Return what each part of the blocks of a page hides."""
        found: list[tuple[tuple[str, str], Behind]] = []
        blocks = all_blocks(self._program, page)
        content = {item[1] for item in items_of(*map(conduct_of, blocks)) if item[0] == "field"}
        for block in blocks:
            match block["kind"]:
                case "fold_out":
                    found.append(((block["id"], "fold"), self._behind(page, walk(block["blocks"]), content)))
                case "menu":
                    found.append(((block["id"], "menu"), self._behind(page, controls(block), content)))
                case "navigation":
                    found.append(((block["id"], "menu"), self._behind(page, controls(block), content)))
                case "tabs":
                    found += [
                        ((block["id"], str(number)), self._behind(page, walk(tab["blocks"]), content))
                        for number, tab in enumerate(block["tabs"], 1)
                    ]
                case "list" if block["page_size"]:
                    found.append(((block["id"], ""), self._behind(page, walk([block]), content)))
                case _:
                    pass
        return found

    def _behind(self, page: str, blocks: list[Json], content: set[str]) -> Behind:
        """Return what some blocks make possible on a page."""
        ids = {block["id"] for block in blocks}
        names = {block["name"] for block in blocks if "name" in block}
        positions = []
        for position in self._program["pages"][page]["transitions"]:
            block = self._program["transitions"][position]["on"].get("block")
            if block in ids or not names.isdisjoint(self._reads[position]):
                positions.append(position)
        record = self._program["pages"][page]["record"]
        tells = any(
            (block["kind"] == "list" and block["table"] in self._tables)
            or (block["kind"] in _TELLING and record in self._tables)
            for block in blocks
        )
        return Behind(tuple(positions), is_seen=tells or not names.isdisjoint(content))


def is_hidden(blocks: list[Json], target: str, fields: frozenset[str]) -> bool:
    """Say whether a control, or a field by name, stands behind something that must be unfolded or turned."""
    for block in walk(blocks):
        is_paged = block["kind"] == "list" and bool(block["page_size"])
        if block["kind"] not in HIDING and not is_paged:
            continue
        behind = walk([*inside(block), *controls(block)])
        if any(one["id"] == target or one.get("name") in fields for one in behind):
            return True
    return False
