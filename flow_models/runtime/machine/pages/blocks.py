"""Blocks, ready to be shown: from a block of the program to the parts of a view.

Parts without formulas are made once. Others are kept until something that they read has changed, so that two views
share every part in which they do not differ.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from ..base import blocks as kinds
from ..base.behaviour import Transition
from ..base.errors import OutOfRangeError, ProgramError
from ..base.field_blocks import FieldBlock, SuggestField
from ..base.kinds import controls, walk
from ..base.traits import Block
from ..formulas.closures import Formulas
from ..formulas.limits import computed_or, may_leave, total
from ..formulas.memo import Made, Once, kept, same_if_equal
from ..formulas.reads import NAVIGATION, NOTHING, POSTED, UNFOLDED, Reads, reads_of
from ..formulas.work import BLOCK
from . import unfolding_parts, view
from .addresses import Addresses
from .content import content_of
from .control_parts import Controls
from .field_parts import field_builder
from .list_parts import list_rows, row_list
from .scene import Builder, Scene, Shows

if TYPE_CHECKING:
    from ..base.nodes import Template

_CONTAINERS: Final = (kinds.Form, kinds.Group, kinds.Columns, kinds.FoldOut, kinds.Tabs)


class Blocks:
    """Builds what shows the blocks of one program."""

    def __init__(self, formulas: Formulas, addresses: Addresses, targets: Mapping[str, Transition]) -> None:
        """Remember where names lead; `targets` has for each block its first transition to a page."""
        self._formulas = formulas
        self._controls = Controls(formulas, addresses, targets)
        self._lists: dict[str, kinds.RowList] = {}
        self._is_header = False

    def shared(self, blocks: Sequence[Block], *, is_header: bool = False) -> Shows:
        """Return what shows a header or footer: as one whole, unless what is typed there could change it."""
        shows = self.stretch(blocks, is_header=is_header)
        if any(isinstance(block, FieldBlock) for block in walk(blocks)):
            return shows
        single: Made = Made(lambda parts: parts)
        return kept(self._formulas.schema, self.reads(blocks), lambda scene: single(shows(scene)))

    def stretch(self, blocks: Sequence[Block], *, is_header: bool = False) -> "Stretch":
        """Return what shows the blocks of a page, header or footer."""
        self._is_header = is_header
        everything = walk(blocks)
        self._lists = {block.id: block for block in everything if isinstance(block, kinds.RowList)}
        shows = self._inside(blocks, "")
        shows.units = BLOCK * len(everything)
        return shows

    def _inside(self, blocks: Sequence[Block], form: str) -> "Stretch":
        """Return what shows some of these blocks; `form` is the id of the form in which they stand."""
        return Stretch([self._bounded(block, self._builder(block, form)) for block in blocks])

    def _bounded(self, block: Block, build: Builder) -> Builder:
        """Return a builder that says so where a block is too much; blocks inside it say so themselves."""
        if isinstance(build, Once) or isinstance(block, _CONTAINERS):
            return build
        refusal = self._refusal(block)
        return lambda scene: scene.within_half(build, refusal)

    def _refusal(self, block: Block) -> view.Shown | None:
        """Return what stands in place of a block that is too much to be shown; its title stands there as drawn."""
        title: Template = getattr(block, "title", ()) or getattr(block, "text", ())
        said = "".join([one if isinstance(one, str) else "…" for one in title])
        words = self._formulas.schema.said("too_much_shown", kind=block.kind.replace("_", " "), title=said)
        return view.NoticeBox(block.id, words, "warning")

    def _builder(self, block: Block, form: str) -> Builder:
        """Return what shows one block, or nothing while its condition does not hold."""
        match block:
            case FieldBlock():
                return self._when(block, field_builder(self._formulas, block))
            case kinds.Form():
                return self._around(block, self._container(block, self._form_maker(block), block.id))
            case kinds.Group():
                return self._around(block, self._container(block, self._group_maker(block), form))
            case kinds.Columns():
                return self._around(block, self._columns(block, form))
            case kinds.FoldOut():
                return self._around(
                    block, unfolding_parts.fold_out(self._formulas, block, self._inside(block.blocks, form))
                )
            case kinds.Tabs():
                behind = [self._inside(tab.blocks, form) for tab in block.tabs]
                return self._around(block, unfolding_parts.tabs(block, behind))
            case _:
                reads, build = self._plain(block, form)
                return self._kept(block, reads, build)

    def reads(self, blocks: Sequence[Block]) -> Reads:
        """Return what blocks and everything in them depend on, what has been typed aside."""
        found = reads_of(blocks)
        for block in walk(blocks):
            found = found | self._own_reads(block)
        return found

    def _own_reads(self, block: Block) -> Reads:
        """Return what a block depends on besides its formulas and texts."""
        table: str | None = getattr(block, "table", None)
        found = NOTHING if table is None else Reads(frozenset({table}))
        if block.traits.has_buttons:
            found = found | UNFOLDED
        match block:
            case kinds.Link():
                return found | self._controls.reads(block)
            case kinds.Details():
                return found | Reads(flags=frozenset({"record"}))
            case SuggestField():
                return found | POSTED
            case kinds.Navigation():
                return found | NAVIGATION
            case _:
                return found

    def _plain(self, block: Block, form: str) -> tuple[Reads, Builder]:
        """Return what a block without fields reads, and what shows it.

        Raises:
            ProgramError: There is nothing that shows blocks of its kind.
        """
        make = getattr(self, f"_{block.kind}", None)
        if make is None:
            raise ProgramError(f"unknown block {block.kind!r}")
        found: tuple[Reads, Builder] = make(block, form)
        return found

    def _heading(self, block: kinds.Heading, _form: str) -> tuple[Reads, Builder]:
        """Return what shows a heading."""
        words, block_id, level = self._formulas.text(block.text), block.id, block.level
        return reads_of(block.text), lambda scene: view.Heading(block_id, words(scene), level)

    def _text(self, block: kinds.Paragraph, _form: str) -> tuple[Reads, Builder]:
        """Return what shows a paragraph."""
        words, block_id, style = self._formulas.text(block.text), block.id, block.style
        return reads_of(block.text), lambda scene: view.Text(block_id, words(scene), style)

    def _notice(self, block: kinds.NoticeBox, _form: str) -> tuple[Reads, Builder]:
        """Return what shows a boxed remark."""
        words, block_id, tone = self._formulas.text(block.text), block.id, block.tone
        return reads_of(block.text), lambda scene: view.NoticeBox(block_id, words(scene), tone)

    def _image(self, block: kinds.Image, _form: str) -> tuple[Reads, Builder]:
        """Return what shows a picture."""
        words, block_id, picture = self._formulas.text(block.text), block.id, block.picture
        return reads_of(block.text), lambda scene: view.Image(block_id, picture, words(scene))

    @staticmethod
    def _divider(block: kinds.Divider, _form: str) -> tuple[Reads, Builder]:
        """Return what shows a thin line."""
        line = view.Divider(block.id)
        return NOTHING, lambda _scene: line

    @staticmethod
    def _steps(block: kinds.Steps, _form: str) -> tuple[Reads, Builder]:
        """Return what shows where a visitor stands in a sequence."""
        steps = view.Steps(block.id, block.titles, min(block.current, len(block.titles)))
        return NOTHING, lambda _scene: steps

    def _button(self, block: kinds.Button, form: str) -> tuple[Reads, Builder]:
        """Return what shows a button outside of lists."""
        return self._control(block, form)

    def _link(self, block: kinds.Link, form: str) -> tuple[Reads, Builder]:
        """Return what shows a link outside of lists."""
        return self._control(block, form)

    def _menu(self, block: kinds.Menu, _form: str) -> tuple[Reads, Builder]:
        """Return what shows a menu."""
        return unfolding_parts.menu(self._formulas, block, *self._items(block))

    def _when(self, block: Block, build: Builder) -> Builder:
        """Return a builder that shows nothing while the block's condition does not hold."""
        if block.show_if is None:
            return build
        holds = self._formulas.judged(block.show_if)
        return lambda scene: build(scene) if holds(scene) else None

    def _around(self, block: Block, build: Builder) -> Builder:
        """Return what `_when` does for a container, whose condition alone may be too much."""
        if block.show_if is None:
            return build
        holds, refusal = self._formulas.judged(block.show_if), self._refusal(block)

        def shown(scene: Scene) -> view.Shown | None:
            held = scene.within_half(holds, None)
            return refusal if held is None else build(scene) if held else None

        return shown

    def _kept(self, block: Block, reads: Reads, build: Builder) -> Builder:
        """Return a builder that builds anew only when something that the block reads has changed."""
        shows = self._when(block, self._total(block, build))
        return kept(self._formulas.schema, reads | reads_of(block.show_if), same_if_equal(shows, content_of))

    def _total(self, block: Block, build: Builder) -> Builder:
        """Return a builder that shows words in place of a block whose formulas leave the range of values."""
        if not may_leave(block):
            return build
        schema, block_id = self._formulas.schema, block.id

        def say(_fault: OutOfRangeError) -> view.Shown | None:
            return view.NoticeBox(block_id, schema.said("part_out_of_range"), "error")

        return lambda scene: computed_or(build, scene, say)

    def _container(
        self, block: kinds.Form | kinds.Group, make: Callable[[tuple[view.Shown, ...]], view.Shown], form: str
    ) -> Builder:
        """Return what shows a container around its blocks; the same parts inside give the same container."""
        inner = self._inside(block.blocks, form)
        made = Made(make)

        def build(scene: Scene) -> view.Shown | None:
            found: view.Shown = made(inner(scene))
            return found

        return Once(build) if inner.is_fixed else build

    @staticmethod
    def _form_maker(block: kinds.Form) -> Callable[[tuple[view.Shown, ...]], view.Shown]:
        block_id = block.id
        return lambda children: view.Form(block_id, children)

    @staticmethod
    def _group_maker(block: kinds.Group) -> Callable[[tuple[view.Shown, ...]], view.Shown]:
        block_id, title = block.id, block.title
        return lambda children: view.Group(block_id, title, children)

    def _columns(self, block: kinds.Columns, form: str) -> Builder:
        """Return what shows blocks side by side."""
        block_id = block.id
        columns = [self._inside(column, form) for column in block.columns]
        made = Made(lambda groups: view.Columns(block_id, groups))
        single = [Made(lambda parts: parts) for _ in columns]

        def build(scene: Scene) -> view.Shown | None:
            parts = tuple([keep(column(scene)) for keep, column in zip(single, columns, strict=True)])
            found: view.Shown = made(parts)
            return found

        return build

    def _control(self, block: kinds.ControlBlock, form: str) -> tuple[Reads, Builder]:
        """Return what shows a button or link outside of lists."""
        build = self._controls.maker(block, form)
        return self._controls.reads(block), lambda scene: build(scene, None)

    def _list(self, block: kinds.RowList, _form: str) -> tuple[Reads, Builder]:
        """Return what shows the rows of a table."""
        return row_list(self._formulas, self._controls, block)

    def _details(self, block: kinds.Details, _form: str) -> tuple[Reads, Builder]:
        """Return what shows facts of one row."""
        block_id = block.id
        items = [(item.title, self._formulas.text(item.text)) for item in block.items]
        node = block.record
        reads = reads_of(node, block.items)
        reads = reads | Reads(flags=frozenset({"record"}))
        find = None if node is None else self._formulas.row(node)

        def build(scene: Scene) -> view.Shown:
            outer = scene.bound.get("row")
            scene.bound["row"] = find(scene) if find else scene.bound.get("record")
            shown_items = tuple([(title, words(scene)) for title, words in items])
            scene.bound["row"] = outer
            return view.Details(block_id, shown_items)

        return reads, build

    def _navigation(self, block: kinds.Navigation, _form: str) -> tuple[Reads, Builder]:
        """Return what shows a list of links."""
        block_id, title = block.id, block.title
        makers, reads = self._items(block)
        links = [(self._formulas.judged(link.show_if), make) for link, make in zip(block.links, makers, strict=True)]
        reads = reads | reads_of([link.show_if for link in block.links])

        def build(scene: Scene) -> view.Shown:
            made: tuple[Any, ...] = tuple([link(scene, None) for holds, link in links if holds(scene)])
            return view.Navigation(block_id, title, made)

        if not self._is_header:
            return reads, build
        menu_reads, menu = unfolding_parts.menu(self._formulas, block, makers, reads, title)
        return NAVIGATION | menu_reads, lambda scene: menu(scene) if scene.is_menu else build(scene)

    def _items(self, block: kinds.Menu | kinds.Navigation) -> tuple[list[unfolding_parts.Maker], Reads]:
        """Return what makes each link and button of a navigation or menu, and what these depend on."""
        reads = NOTHING
        for item in controls(block):
            reads = reads | self._controls.reads(item)
        return [self._controls.maker(item, "") for item in controls(block)], reads

    def _pagination(self, block: kinds.Pagination, _form: str) -> tuple[Reads, Builder]:
        """Return what turns the pages of a list of the same page."""
        turned = self._lists.get(block.list or "")
        if turned is None or turned.table is None:
            return NOTHING, lambda _scene: None
        reads = Reads(frozenset({turned.table})) | reads_of(turned.where, turned.sort)
        rows = list_rows(self._formulas, turned, turned.table)
        find = total(rows, lambda _fault: (), turned.where, turned.sort)
        return unfolding_parts.pagination(block, turned, find, reads)


class Stretch:
    """Blocks one after the other, of which those that always show the same are asked only once.

    Attributes:
        is_fixed: Whether all of them do.
        units: The work of showing them all besides their formulas, if these are all blocks of a page or header.
    """

    __slots__ = ("_builders", "_known", "_moving", "is_fixed", "units")

    def __init__(self, builders: Sequence[Builder]) -> None:
        self._builders = builders
        self._moving = [(place, build) for place, build in enumerate(builders) if not isinstance(build, Once)]
        self._known: list[view.Shown | None] = []
        self.is_fixed = not self._moving
        self.units = 0

    def __call__(self, scene: Scene) -> tuple[view.Shown, ...]:
        """Return the blocks that are on the page now."""
        scene.work += self.units
        if not self._known:
            self._known = [build(scene) for build in self._builders]
            return tuple([part for part in self._known if part is not None])
        found = self._known.copy()
        for place, build in self._moving:
            found[place] = build(scene)
        return tuple([part for part in found if part is not None])
