"""Blocks that unfold, turn and switch, ready to be shown: fold-outs, tabs, menus and the pages of a list."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from ..base.blocks import PAGES_SHOWN, FoldOut, Menu, Navigation, Pagination, RowList, Tabs
from ..base.kinds import controls
from ..base.nodes import Template
from ..base.tables import Row
from ..formulas.closures import Formulas
from ..formulas.memo import Made, kept
from ..formulas.reads import NOTHING, UNFOLDED, Reads, reads_of
from ..formulas.selections import Rows
from . import view
from .scene import Builder, Scene, Shows
from .unfolding import CLOSED, FOLD, MENU, NEXT, OPEN, PREVIOUS, is_open, number_of

Maker = Callable[[Scene, Row | None], view.Button | view.Link]

MENU_TITLE: Final = ("Menu",)
"""The button behind which a variant has the navigation of a header."""


def fold_out(formulas: Formulas, block: FoldOut, inner: Shows) -> Builder:
    """Return what shows a button and, while it is open, what it has unfolded."""
    block_id = block.id
    button = _opener(formulas, block, block.title, FOLD)
    opened: Made = Made(lambda parts: view.FoldOut(block_id, parts[0], is_open=True, children=parts[1:]))
    closed: Made = Made(lambda parts: view.FoldOut(block_id, parts[0], is_open=False, children=()))

    def build(scene: Scene) -> view.Shown | None:
        is_shown = is_open(scene.unfolded, block)
        found: view.Shown = opened((button(scene), *inner(scene))) if is_shown else closed((button(scene),))
        return found

    return build


def tabs(block: Tabs, behind: Sequence[Shows]) -> Builder:
    """Return what shows a button for each tab, and what stands behind the chosen one."""
    block_id, count = block.id, len(block.tabs)
    made = [_tabs_maker(block, chosen) for chosen in range(1, max(1, count) + 1)]

    def build(scene: Scene) -> view.Shown | None:
        chosen = number_of(scene.unfolded, block_id, count)
        found: view.Shown = made[chosen - 1](behind[chosen - 1](scene) if count else ())
        return found

    return build


def menu(
    formulas: Formulas, block: Menu | Navigation, makers: Sequence[Maker], reads: Reads, title: str = ""
) -> tuple[Reads, Builder]:
    """Return what a menu reads, and what shows it: a button and, while it is open, its links and buttons.

    Args:
        formulas: Makes closures.
        block: The block.
        makers: What makes each item.
        reads: What the items depend on.
        title: The title of the navigation for which the menu stands, else empty.
    """
    block_id = block.id
    words = block.title if isinstance(block, Menu) else MENU_TITLE
    button = _opener(formulas, block, words, MENU)
    shown = [item.show_if for item in controls(block)]
    items = [(formulas.judged(condition), make) for condition, make in zip(shown, makers, strict=True)]

    def build(scene: Scene) -> view.Shown | None:
        opened = is_open(scene.unfolded, block)
        made: tuple[Any, ...] = tuple(make(scene, None) for holds, make in items if holds(scene)) if opened else ()
        return view.Menu(block_id, title, button(scene), opened, made)

    return UNFOLDED | reads | reads_of(words, shown), build


def pagination(block: Pagination, turned: RowList, find: Rows, reads: Reads) -> tuple[Reads, Builder]:
    """Return what the turning of a list's pages reads, and what shows it: nothing while there is but one page.

    Args:
        block: The block.
        turned: The list on the same page whose pages it turns.
        find: What finds that list's rows.
        reads: What these depend on.
    """
    if not turned.page_size:
        return NOTHING, lambda _scene: None
    block_id, list_id, size = block.id, turned.id, turned.page_size

    def build(scene: Scene) -> view.Shown | None:
        pages = pages_of(len(find(scene)), size)
        if pages < 2:
            return None
        page = number_of(scene.unfolded, list_id, pages)
        return view.Pagination(block_id, page, pages, _page_buttons(block_id, page, pages))

    return UNFOLDED | reads, build


def pages_of(rows: int, size: int) -> int:
    """Return how many pages so many rows take, one at least."""
    return max(1, -(-rows // size))


def _opener(
    formulas: Formulas, block: FoldOut | Menu | Navigation, title: Template, part: str
) -> Callable[[Scene], view.Button]:
    """Return what shows the button that opens and closes a block."""
    block_id, words = block.id, formulas.text(title)

    def make(scene: Scene) -> view.Button:
        state = OPEN if is_open(scene.unfolded, block) else CLOSED
        return _button(block_id, part, words(scene), state)

    return kept(formulas.schema, UNFOLDED | reads_of(title), make)


def _tabs_maker(block: Tabs, chosen: int) -> Made:
    """Return what makes tabs of which one is chosen from what stands behind it."""
    block_id = block.id
    buttons = tuple(
        _button(block.id, str(number), tab.title, "chosen" if number == chosen else "")
        for number, tab in enumerate(block.tabs, 1)
    )
    return Made(lambda parts: view.Tabs(block_id, buttons, chosen, parts))


def _page_buttons(block: str, page: int, pages: int) -> tuple[view.Button, ...]:
    """Return the buttons previous, pages, next."""
    shown = {1, page - 1, page, page + 1, pages}
    numbers = [number for number in range(1, pages + 1) if pages <= PAGES_SHOWN or number in shown]
    return (
        _button(block, PREVIOUS, "Previous", "", enabled=page > 1),
        *(_button(block, str(number), str(number), "chosen" if number == page else "") for number in numbers),
        _button(block, NEXT, "Next", "", enabled=page < pages),
    )


def _button(block: str, part: str, text: str, state: str, *, enabled: bool = True) -> view.Button:
    """Return the button of a part of a block."""
    return view.Button(block, part, text, "quiet", enabled=enabled, submit=False, form="", state=state)
