"""A program made ready to run: its pages, transitions and names, each built when first needed.

Building pages only when somebody comes to them keeps the start of a machine, and a step, independent of the size of
the flow.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from ..base import behaviour
from ..base import program as written
from ..base.behaviour import CLOSE, STAY
from ..base.blocks import Form, RowList
from ..base.field_blocks import FieldBlock
from ..base.kinds import controls, inside, walk
from ..base.schema import Schema
from ..base.tables import Row
from ..base.traits import Block, Traits
from ..formulas.closures import Formulas
from ..formulas.context import Closure, Context
from ..formulas.memo import LIMIT, can_be_kept, clock_of, data_pickers, kept
from ..formulas.reads import NOTHING, Reads, reads_of
from ..formulas.work import FRAME, PAGE, RULES
from .addresses import Addresses, Path
from .blocks import Blocks
from .field_kinds import field_of
from .fields import AnyField, readers
from .scene import Scene, Shows
from .state import Start, State, Surface
from .transitions import Transition
from .view import Shown


class PageParts(NamedTuple):
    """What a page shows."""

    title: str
    header: tuple[Shown, ...]
    main: tuple[Shown, ...]
    footer: tuple[Shown, ...]


class Page:
    """One page, ready to run.

    Attributes:
        fields: The fields of header, page and footer in document order.
        transitions: In the order in which they are tried, by kind of trigger and block (empty for `enter` and so on).
        row_tables: For each block in a list, the table whose rows it stands beside.
        unchecked: The forms whose fields are not checked.
        unfolding: The blocks that have buttons of their own, by id.
        menus: For each link and button of a menu or navigation, the id of that.
        when_opened, when_entered, when_waited: The transitions that follow by themselves, or after some steps.
        path: Its address; None for a dialog.
        fixed_path: Its address if it is always the same, and the empty text for a dialog; else None.
        blank: Empty texts for its fields.
        initial: What computes the texts of its fields on arrival; None if they are blank.
        opens: Whether its address can be opened.
        parts: What computes what it shows.
    """

    def __init__(self, plan: "Plan", page_id: str, program: written.Page) -> None:
        self.id = page_id
        self.kind = program.kind
        self.table = program.record
        self.table_index = -1 if self.table is None else plan.schema.table(self.table).index
        whole = plan.whole(program)
        blocks = _walk(whole)
        self.fields = tuple(field_of(plan.formulas, block) for block in blocks if isinstance(block, FieldBlock))
        self.places = {field.name: place for place, field in enumerate(self.fields)}
        self.by_block = {field.id: place for place, field in enumerate(self.fields)}
        self.readers: Mapping[str, Closure] = readers(self.fields)
        self.unchecked = _unchecked(blocks)
        self.unfolding = {block.id: block for block in blocks if block.traits.has_buttons}
        self.row_tables = _row_tables(blocks)
        self.menus = _menus(self.unfolding.values())
        self.transitions = _by_trigger(map(plan.transition, program.transitions))
        self.when_opened, self.when_entered, self.when_waited = self.on("open"), self.on("enter"), self.on("wait")
        self.path = plan.addresses.path(page_id)
        self.fixed_path = _fixed(self.path)
        self.blank = ("",) * len(self.fields)
        self.initial = _initial(plan.schema, self.fields)
        self.opens = plan.formulas.judged(program.open_by_url)
        self.parts = _Showing(plan, self, program, whole)

    def on(self, kind: str, block: str = "") -> Sequence[Transition]:
        """Return the transitions of a trigger, in the order in which they are tried."""
        return self.transitions.get((kind, block), ())

    def row(self, context: Context, record: str | None) -> Row | None:
        """Return the row that the page shows for a record."""
        return None if record is None else context.tables[self.table_index].get(record)

    def address(self, context: Callable[[], Context], record: str | None) -> str | None:
        """Return the address of the page for a record, empty for a dialog, None if it cannot be computed.

        `context` makes what its formulas see, if it has any.
        """
        if self.fixed_path is not None or self.path is None:
            return self.fixed_path
        seen = context()
        return self.path.text(seen, self.row(seen, record))


class _Showing:
    """What shows a page; the same object for the same data, typed texts and validation messages."""

    def __init__(self, plan: "Plan", page: Page, program: written.Page, whole: Sequence[Block]) -> None:
        self._plan = plan
        self._title = plan.formulas.text(program.title)
        self._header, self._footer = plan.section_parts(program.section if page.kind == "page" else None)
        self._main = plan.blocks.stretch(program.blocks)
        reads = plan.blocks.reads(whole) | reads_of(program.title)
        self._key = _parts_key(plan.schema, reads) if can_be_kept(reads) else None
        # By all that the page reads (`_parts_key`); at most `LIMIT`, all forgotten when there are more. Without it
        # steps as text take a fifth longer.
        self._kept: dict[object, PageParts] = {}

    def __call__(self, start: Start, state: State, surface: Surface) -> PageParts:
        """Return what the page shows."""
        if self._key is None:
            return self._made(self._plan.scene(start, state, surface))
        key = self._key(start, state, surface)
        found = self._kept.get(key)
        if found is None:
            found = self._made(self._plan.scene(start, state, surface))
            if len(self._kept) >= LIMIT:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _made(self, scene: Scene) -> PageParts:
        title: str = scene.within(FRAME, self._title, self._plan.schema.said("too_much"))
        nothing: tuple[Shown, ...] = ()
        header, footer = (scene.within(FRAME, shows, nothing) for shows in (self._header, self._footer))
        return PageParts(title, header, scene.within(PAGE, self._main, nothing), footer)


class Plan:
    """Everything that a machine derives from its program once."""

    def __init__(self, program: written.Program) -> None:
        self.program = program
        self.schema = Schema(program)
        self.formulas = Formulas(self.schema)
        self.addresses = Addresses(self.formulas, program.pages)
        self.start_page = program.site.start
        self.not_found_page = program.site.not_found
        self.host = program.site.host
        # By name or place in the program, each made when first needed, gone with the plan.
        self._pages: dict[str, Page] = {}
        self._transitions: dict[int, Transition] = {}
        self._section_parts: dict[str, tuple[Shows, Shows]] = {}
        self.targets = _targets(program)
        self.waiting = _waiting(program)
        self.blocks = Blocks(self.formulas, self.addresses, self.targets)

    @cached_property
    def traits(self) -> frozenset[Traits]:
        """What is particular to the kinds of block that the program has."""
        blocks = [block for page in self.program.pages.values() for block in walk(page.blocks)]
        for section in self.program.sections.values():
            blocks += walk((*section.header, *section.footer))
        return frozenset(block.traits for block in blocks)

    def page(self, page_id: str) -> Page | None:
        """Return a page by id; None for the built-in pages, whose id is empty."""
        found = self._pages.get(page_id)
        if found is None and page_id in self.program.pages:
            found = self._pages[page_id] = Page(self, page_id, self.program.pages[page_id])
        return found

    def transition(self, index: int) -> Transition:
        """Return a transition by its position in the program."""
        found = self._transitions.get(index)
        if found is None:
            found = self._transitions[index] = Transition(self.formulas, self.program.transitions[index])
        return found

    def whole(self, page: written.Page) -> tuple[Block, ...]:
        """Return the blocks of a page between those of its header and of its footer."""
        section = self.program.section_of(page)
        return page.blocks if section is None else (*section.header, *page.blocks, *section.footer)

    def section_parts(self, section: str | None) -> tuple[Shows, Shows]:
        """Return what shows a section's header and footer, shared by its pages."""
        if section is None or section not in self.program.sections:
            return (_nothing, _nothing)
        found = self._section_parts.get(section)
        if found is None:
            program = self.program.sections[section]
            found = (self.blocks.shared(program.header, is_header=True), self.blocks.shared(program.footer))
            self._section_parts[section] = found
        return found

    def scene(self, start: Start, state: State, surface: Surface) -> Scene:
        """Return what the blocks of a page see: the site's data and the texts as of the last answer."""
        scene = Scene(
            self.schema, state.tables, state.variables, before=start.before, step=state.answered, seed=start.seed
        )
        page = self.page(surface.page)
        scene.drafts = surface.fields
        scene.errors = dict(surface.errors)
        scene.places = {} if page is None else page.places
        scene.texts = surface.posted
        scene.unfolded = surface.unfolded
        scene.is_menu = start.variant.navigation == "menu"
        if page is not None:
            scene.fields = page.readers
            self.bind_record(scene, page, surface)
        return scene

    def context(self, start: Start, state: State) -> Context:
        """Return what formulas outside of pages see: data, parameters and the clock."""
        context = Context(
            self.schema,
            state.tables,
            state.variables,
            before=start.before,
            step=state.steps,
            task=start.parameters,
            seed=start.seed,
            limit=RULES,
        )
        context.answer = state.message
        return context

    @staticmethod
    def bind_record(context: Context, page: Page, surface: Surface) -> None:
        """Bind `record` to the row that a page shows."""
        if surface.record is not None and page.table_index >= 0:
            row: Row | None = context.tables[page.table_index].get(surface.record)
            context.bound["record"] = row


def _unchecked(blocks: Iterable[Block]) -> frozenset[str]:
    """Return the forms whose fields are not checked."""
    return frozenset(block.id for block in blocks if isinstance(block, Form) and not block.check)


def _row_tables(blocks: Iterable[Block]) -> dict[str, str | None]:
    """Return for each link and button of a list the table whose rows it stands beside."""
    lists = (block for block in blocks if isinstance(block, RowList))
    return {one.id: block.table for block in lists for one in controls(block)}


def _menus(blocks: Iterable[Block]) -> dict[str, str]:
    """Return for each link and button of blocks that unfold the block that holds it."""
    return {one.id: block.id for block in blocks for one in controls(block)}


def _fixed(path: Path | None) -> str | None:
    """Return a path that is always the same, the empty text for none, and None for one that is not."""
    if path is None:
        return ""
    return path.fixed if path.is_fixed else None


def _by_trigger(transitions: Iterable[Transition]) -> dict[tuple[str, str], list[Transition]]:
    """Return transitions by kind of trigger and block, in their order."""
    found: dict[tuple[str, str], list[Transition]] = {}
    for transition in transitions:
        found.setdefault((transition.kind, transition.block), []).append(transition)
    return found


def _initial(schema: Schema, fields: Sequence[AnyField]) -> Callable[[Context], tuple[str, ...]] | None:
    """Return what computes the texts of fields on arrival; None if all are blank."""
    if all(field.is_blank for field in fields):
        return None
    reads = NOTHING
    for field in fields:
        if not field.is_blank:
            reads = reads | field.initial_reads
    return kept(
        schema, reads, lambda context: tuple(["" if field.is_blank else field.initial(context) for field in fields])
    )


def _parts_key(schema: Schema, reads: Reads) -> Callable[[Start, State, Surface], object]:
    """Return what finds, in a state, the things that the parts of a page depend on."""
    tables, variables = data_pickers(schema, reads)
    clock = clock_of(schema, reads)
    read = {"fields", "errors", "unfolded"}
    if "record" in reads.flags:
        read.add("record")
    if "fields" in reads.flags:
        read.add("posted")
    own = itemgetter(*[place for place, name in enumerate(Surface._fields) if name in read])
    has_navigation = "navigation" in reads.flags

    def key(start: Start, state: State, surface: Surface) -> object:
        return (
            own(surface),
            tables(state.tables),
            variables(state.variables),
            None if clock is None else clock(state.answered),
            has_navigation and start.variant.navigation == "menu",
        )

    return key


def _nothing(_scene: Scene) -> tuple[Shown, ...]:
    """Show no blocks."""
    return ()


def _walk(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks and those inside them in document order; links and buttons of lists and menus are left out."""
    found = []
    for block in blocks:
        found.append(block)
        found.extend(_walk(inside(block)))
    return found


def _waiting(program: written.Program) -> frozenset[str]:
    """Return the pages with transitions that wait for steps."""
    waits = {index for index, transition in enumerate(program.transitions) if transition.on.kind == "wait"}
    pages = program.pages.items() if waits else ()
    return frozenset(page_id for page_id, page in pages if not waits.isdisjoint(page.transitions))


def _targets(program: written.Program) -> dict[str, behaviour.Transition]:
    """Return for each block its first transition that leads to a page."""
    found: dict[str, behaviour.Transition] = {}
    for transition in program.transitions:
        block = transition.on.block
        if block and transition.to not in (STAY, CLOSE):
            found.setdefault(block, transition)
    return found
