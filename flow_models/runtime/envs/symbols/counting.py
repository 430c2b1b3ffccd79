"""How many controls the pages of a program show at most, and a number for each block that has some.

All of it follows from the program alone, so that it is the same for all tasks, instances and variants of a bundle.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ...machine.base.appearance import Obstacle
from ...machine.base.blocks import RowList, Tabs
from ...machine.base.data import Table
from ...machine.base.kinds import controls as controls_of
from ...machine.base.kinds import inside
from ...machine.base.program import Program
from ...machine.base.traits import Block
from ...machine.pages.interruptions import INTERRUPTION, PAUSE

SLOTS_LIMIT: Final = 64
"""Controls on one page that can be reached; a longer list is cut off."""

GROWTH: Final = 4
"""Rows by which a table is expected to grow during an episode."""


class Counted:
    """What was counted of a program.

    Attributes:
        numbers: The number of each block that has controls, from 1; of the buttons of interruptions and pauses by part.
        slots: How many controls a page can show.
    """

    def __init__(self, program: Program) -> None:
        self.numbers: dict[str, int] = {}
        sizes = {name: _most_rows(table) for name, table in program.tables.items()}
        shared = {
            section: self._count(parts.header, sizes) + self._count(parts.footer, sizes)
            for section, parts in program.sections.items()
        }
        most = max(
            (self._count(page.blocks, sizes) + shared.get(page.section or "", 0) for page in program.pages.values()),
            default=1,
        )
        most += max((self._count_obstacle(*one) for one in _obstacles(program)), default=0)
        self.slots = max(1, min(most, SLOTS_LIMIT))

    def _count_obstacle(self, block: str, texts: Obstacle) -> int:
        """Number the buttons of an interruption or a pause and return how many they are."""
        for button in texts.buttons:
            self.numbers.setdefault(part_of(block, button.part), len(self.numbers) + 1)
        return len(texts.buttons)

    def _count(self, blocks: Sequence[Block], sizes: Mapping[str, int]) -> int:
        """Number the controls inside blocks and return how many a page can show of them at most."""
        total = 0
        for block in blocks:
            own = block.own_controls
            if own:
                self.numbers.setdefault(block.id, len(self.numbers) + 1)
            total += own
            if isinstance(block, RowList):
                limits = [limit for limit in (block.limit, block.page_size) if limit]
                rows = min([sizes.get(block.table or "", 0), *limits])
                total += rows * self._count(controls_of(block), sizes)
            elif isinstance(block, Tabs):
                total += max((self._count(tab.blocks, sizes) for tab in block.tabs), default=0)
            else:
                total += self._count([*controls_of(block), *inside(block)], sizes)
        return total


def part_of(block: str, part: str) -> str:
    """Return the name by which a button of an interruption or pause is numbered."""
    return f"{block}:{part}"


def _obstacles(program: Program) -> Iterator[tuple[str, Obstacle]]:
    """Yield the interruptions and pauses of a program with the block of their buttons."""
    for texts in program.variation.interruptions.values():
        yield INTERRUPTION, texts
    for texts in program.variation.conduct.values():
        yield PAUSE, texts


def _most_rows(table: Table) -> int:
    """Return how many rows a table can be expected to have."""
    generated = 0 if table.generate is None else table.generate.maximum
    return len(table.rows) + generated + GROWTH
