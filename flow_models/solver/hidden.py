"""What lies behind fold-outs, tabs, menus and the other pages of a list, and whether a search has to look there.

Whoever unfolds something does it for what is behind it: a control, a field that a transition reads, or something to
see. A shortest solution can unfold right before that is used, so the steps that those transitions leave are a bound.
If everything were unfolded for its own sake, searches would try a fifth more: every fold-out and tab that stands open
or closed makes another state of a page, most of them for nothing. This looks at the program alone, not at instances.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from typing import Final, NamedTuple

from flow_models.runtime.machine.base.blocks import Navigation, RowList, Tabs
from flow_models.runtime.machine.base.field_blocks import FieldBlock
from flow_models.runtime.machine.base.kinds import controls, inside, walk
from flow_models.runtime.machine.base.traits import Block

from .outline import Outline


class Behind(NamedTuple):
    """Why one may unfold something: the transitions that it makes possible, and whether there is something to see."""

    positions: tuple[int, ...]
    is_seen: bool


_NOTHING: Final = Behind((), is_seen=False)


class Hidden:
    """What the blocks of a program hide, for one task.

    Args:
        outline: The program.
        reads: Returns the fields whose values matter to a transition.
        tables: The tables from whose rows something must be seen.
    """

    def __init__(self, outline: Outline, reads: Callable[[int], frozenset[str]], tables: Set[str]) -> None:
        self._outline = outline
        self._reads = reads
        self._tables = tables
        self._pages: dict[str, dict[tuple[str, str], Behind]] = {}

    def behind(self, page: str, block: str, part: str) -> Behind:
        """Return what a part of a block on a page hides; of a list, of which `part` is empty, all its pages."""
        known = self._pages.get(page)
        if known is None:
            known = self._pages[page] = dict(self._of_page(page))
        return known.get((block, part)) or known.get((block, ""), _NOTHING)

    def carried(self, page: str, tabs: Tabs, number: int) -> frozenset[str]:
        """Return the fields behind a tab that must be filled before another tab is chosen.

        That is so where a transition reads them whose control does not stand beside them.
        """
        beside = walk(tabs.tabs[number - 1].blocks)
        names = _names(beside)
        own = {block.id for block in beside}
        found: frozenset[str] = frozenset()
        for position in self._outline.program.pages[page].transitions:
            if self._outline.transitions[position].on.block not in own:
                found |= names & self._reads(position)
        return found

    def _of_page(self, page: str) -> Iterator[tuple[tuple[str, str], Behind]]:
        """Yield what each part of the blocks of a page hides; the part is empty where a block hides as a whole."""
        for block in self._outline.blocks(page):
            if isinstance(block, Tabs):
                for number, tab in enumerate(block.tabs, 1):
                    yield (block.id, str(number)), self._behind(page, walk(tab.blocks))
            elif _is_paged(block):
                yield (block.id, ""), self._behind(page, walk([block]))
            elif _folds(block):
                yield (block.id, ""), self._behind(page, [*controls(block), *walk(inside(block))])

    def _behind(self, page: str, blocks: Sequence[Block]) -> Behind:
        """Return what some blocks make possible on a page."""
        ids, names = {block.id for block in blocks}, _names(blocks)
        one = self._outline.program.pages[page]
        positions = tuple(
            position
            for position in one.transitions
            if self._outline.transitions[position].on.block in ids or not names.isdisjoint(self._reads(position))
        )
        tells = any(self._tells(block, one.record) for block in blocks)
        return Behind(positions, is_seen=tells or not names.isdisjoint(self._outline.content_fields(page)))

    def _tells(self, block: Block, record: str | None) -> bool:
        """Say whether a block may tell something of a row from which something must be seen."""
        table = block.table if isinstance(block, RowList) else record
        return block.traits.tells and table in self._tables


def is_hidden(blocks: Sequence[Block], target: str, fields: frozenset[str]) -> bool:
    """Say whether a control, or a field by name, stands behind something that must be unfolded or turned.

    Links of a navigation do not count: only variants put those of a header behind a button.
    """
    for block in blocks:
        if isinstance(block, Navigation) or not (_folds(block) or _is_paged(block)):
            continue
        behind = walk([*inside(block), *controls(block)])
        if any(one.id == target for one in behind) or not fields.isdisjoint(_names(behind)):
            return True
    return False


def _folds(block: Block) -> bool:
    """Say whether a block has buttons that show and hide what stands in it."""
    return block.traits.has_buttons and not block.traits.value


def _is_paged(block: Block) -> bool:
    """Say whether a block is a list of which one page at a time is shown."""
    return isinstance(block, RowList) and bool(block.page_size)


def _names(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the names of the fields among blocks."""
    return frozenset(block.name for block in blocks if isinstance(block, FieldBlock))
