"""Buttons and links, ready to be shown: alone, beside a row, in a menu or navigation."""

from collections.abc import Callable, Mapping

from ..base import blocks as kinds
from ..base.behaviour import Transition
from ..base.tables import Row
from ..formulas.closures import Formulas
from ..formulas.limits import total
from ..formulas.reads import Reads, names_table, reads_of
from . import view
from .addresses import Addresses, Path
from .scene import Control, Scene


class Controls:
    """Builds what shows the buttons and links of one program.

    Args:
        formulas: Makes closures.
        addresses: The paths of pages.
        targets: For each block its first transition to a page.
    """

    def __init__(self, formulas: Formulas, addresses: Addresses, targets: Mapping[str, Transition]) -> None:
        self._formulas = formulas
        self._addresses = addresses
        self._targets = targets

    def maker(self, block: kinds.ControlBlock, form: str) -> Callable[[Scene, Row | None], Control]:
        """Return what makes a button or link, for a row or for none."""
        words = self._formulas.text(block.title)
        block_id = block.id
        if not isinstance(block, kinds.Button):
            href = self._href(block_id)

            def link(scene: Scene, row: Row | None) -> Control:
                return view.Link(block_id, "" if row is None else row[0], words(scene), href(scene, row))

            return link
        enabled = self._formulas.judged(block.enabled_if)
        style, submit = block.style, block.submit

        def button(scene: Scene, row: Row | None) -> Control:
            key = "" if row is None else row[0]
            return view.Button(block_id, key, words(scene), style, enabled(scene), submit, form if submit else "")

        return button

    def reads(self, block: kinds.ControlBlock) -> Reads:
        """Return what a button or link depends on, its address included."""
        if isinstance(block, kinds.Button):
            return reads_of(block.title, block.enabled_if)
        reads = reads_of(block.title)
        target, path = self._target(block.id)
        if target is None or path is None:
            return reads
        if path.table is not None:
            reads = reads | Reads(frozenset({path.table}), frozenset(), frozenset({"record"}))
        return reads | path.reads | reads_of(target.record)

    def depends_on(self, block: kinds.ControlBlock, table: str) -> bool:
        """Say whether the address of a link depends on other rows of a table than the one beside which it stands."""
        target, path = self._target(block.id)
        if target is None or path is None:
            return False
        return names_table(path.nodes, table) or target.record is not None

    def _target(self, block_id: str) -> tuple[Transition | None, Path | None]:
        """Return a block's first transition to a page, and the path of that page, as far as there are such."""
        target = self._targets.get(block_id)
        return target, None if target is None else self._addresses.path(target.to)

    def _href(self, block_id: str) -> Callable[[Scene, Row | None], str]:
        """Return what computes a link's address: that of the page its first transition leads to, empty for none.

        None has a page whose address cannot be computed now.
        """
        target, path = self._target(block_id)
        if target is None or path is None:
            return lambda _scene, _row: ""
        if path.is_fixed:
            return lambda _scene, _row: path.fixed
        if path.table is None:
            return lambda scene, _row: path.text(scene, None) or ""
        index = self._formulas.schema.table(path.table).index
        node = target.record
        chosen = None if node is None else total(self._formulas.row(node), lambda _fault: None, node)

        def href(scene: Scene, row: Row | None) -> str:
            shown_row = chosen(scene) if chosen else row if row is not None else scene.bound.get("record")
            if shown_row is None or scene.tables[index].get(shown_row[0]) is None:
                return ""
            return path.text(scene, shown_row) or ""

        return href
