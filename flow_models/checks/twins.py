"""Can everything among which a visitor chooses be told apart by what it says?

Here are texts that the flow holds as they stand: options, files, tabs, and the titles of fields, buttons and links that
stand together. Rows are in `twin_rows`, and what only shows when formulas are computed is found by running the flow
(`solver.telling`). Which texts of a kind are chosen by, its traits say.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.setting import at, setting
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.blocks import AnyBlock, ListBlock, is_control, is_field, table_shown
from flow_models.document.rooms import rooms
from flow_models.runtime.machine.base.kinds import KINDS, contents
from flow_models.solver.telling import as_read

Stretch = tuple[int, AnyBlock, str]
"""A block with the number of the stretch of the page in which it stands, which no heading or frame divides, and with
the text by which it is known."""


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield what a page or section offers twice, or calls alike although it is not the same."""
    page = owner_label(owner)
    for block in owner.blocks_by_id.values():
        yield from _offered(block, page)
    yield from _titled(context, owner, page)


def _offered(block: AnyBlock, page: str) -> Iterator[Problem]:
    """Yield the texts of one block among which a visitor chooses, if two read alike or one says nothing."""
    label = block_label(block)
    for field, texts, is_plain in _texts(block):
        read = [as_read(text) for text in texts]
        if is_plain and not all(read):
            said = tuple(text for text, one in zip(texts, read, strict=True) if one)
            leaving_out = setting(block, field, said, "not_blank")
            yield problem("twins.blank", "error", at(block, field), fix=leaving_out, block=label, page=page)
        twice = next((one for place, one in enumerate(read) if one and one in read[:place]), None)
        if twice is not None:
            once = tuple(text for place, text in enumerate(texts) if read[place] not in read[:place])
            leaving_one = setting(block, field, once, "once") if is_plain else None
            yield problem(
                "twins.offered", "error", at(block, field), fix=leaving_one, block=label, page=page, text=twice
            )
        elif (first := first_option(block)) and first in read:
            yield problem("twins.offered", "error", at(block, "placeholder"), block=label, page=page, text=first)


def first_option(block: AnyBlock) -> str:
    """Return what the empty first option of a drop-down says, as it is read; empty if there is none."""
    is_shown = "placeholder" in KINDS[block.kind].traits.chosen_by and getattr(block, "style", "") == "drop_down"
    return as_read(str(getattr(block, "placeholder", ""))) if is_shown else ""


def _texts(block: AnyBlock) -> Iterator[tuple[str, Sequence[str], bool]]:
    """Yield the fixed texts by which things are chosen in a block, the field that holds them, and if it holds no more.

    A field over the rows of a table offers these, whatever texts it had before.
    """
    if is_field(block) and table_shown(block) is not None:
        return
    chosen_by = KINDS[block.kind].traits.chosen_by
    for content in contents(KINDS[block.kind]):
        if content.name in chosen_by and content.is_texts:
            yield content.name, getattr(block, content.name), True
        elif content.name in chosen_by and content.part is not None and table_shown(block) is None:
            yield content.name, [one.title for one in getattr(block, content.name)], False


def _titled(context: Context, owner: Page | Section, page: str) -> Iterator[Problem]:
    """Yield fields, buttons and links that read like one before them in the same stretch and do something else."""
    first: dict[tuple[int, str, str], AnyBlock] = {}
    for stretch, block, title in _stretches(owner):
        text = as_read(title)
        known = first.setdefault((stretch, "" if is_control(block) else block.kind, text), block)
        if not text or known is block or _does_the_same(context, known, block):
            continue
        # What stands under conditions may never stand there together; running the flow shows whether it does.
        if not known.show_if.strip() and not block.show_if.strip():
            yield problem("twins.title", "warning", at(block, "title"), at(known, "title"), page=page, text=text)
    yield from _around(context, owner)


def _around(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield links of a page that read like one of its section's and lead to another page."""
    section = context.flow.section_of.get(owner.id) if isinstance(owner, Page) else None
    around = {} if section is None else dict(_leading(context, section))
    for text, (block, to) in _leading(context, owner) if around else ():
        known, there = around.get(text, (block, to))
        if there != to:
            page = owner_label(owner)
            yield problem("twins.title", "warning", at(block, "title"), at(known, "title"), page=page, text=text)


def _leading(context: Context, owner: Page | Section) -> Iterator[tuple[str, tuple[AnyBlock, str]]]:
    """Yield the texts of links that are always there and do no more than lead to one page, with that page."""
    for _, block, title in _stretches(owner):
        arrows = context.arrows_of.get(block.id, ()) if block.kind == "link" and not block.show_if.strip() else ()
        to = {arrow.to for arrow in arrows if not arrow.do}
        page = context.flow.pages_by_id.get(next(iter(to))) if len(to) == len(arrows) == 1 else None
        if page is not None and page.kind == "page" and as_read(title):
            yield as_read(title), (block, page.id)


def _does_the_same(context: Context, one: AnyBlock, other: AnyBlock) -> bool:
    """Say whether two buttons or links lead to the same, so that it does not matter which is used."""
    if is_field(one):
        return False
    return _doings(context, one) == _doings(context, other)


def _doings(context: Context, block: AnyBlock) -> list[dict[str, object]]:
    """Return what the use of a block does."""
    arrows: Sequence[Transition] = context.arrows_of.get(block.id, ())
    return [arrow.model_dump(exclude={"id", "on"}) for arrow in arrows]


def _stretches(owner: Page | Section) -> Iterator[Stretch]:
    """Yield everything with a title that one fills, uses or opens, with its stretch."""
    walk = _Walk()
    for blocks in (owner.blocks,) if isinstance(owner, Page) else (owner.header, owner.footer):
        walk.divide()
        yield from walk.through(blocks)


class _Walk:
    """A walk through blocks in document order that counts stretches."""

    def __init__(self) -> None:
        self._numbers = count()
        self._now = 0

    def divide(self) -> None:
        """Begin another stretch."""
        self._now = next(self._numbers)

    def through(self, blocks: Sequence[AnyBlock]) -> Iterator[Stretch]:
        """Yield blocks and those inside them; a frame of its own ends with its blocks, and the stretch goes on."""
        for block in blocks:
            traits = KINDS[block.kind].traits
            if traits.tells:
                self.divide()
            if is_field(block) or is_control(block) or traits.has_buttons:
                yield self._now, block, str(getattr(block, "title", ""))
            for room in rooms(block):
                around = self._now
                if room.is_single:
                    yield from ((around, inner, _said_by(block, inner)) for inner in room.blocks)
                    continue
                if _is_frame(block):
                    self.divide()
                yield from self.through(room.blocks)
                if _is_frame(block):
                    self._now = around


def _said_by(block: AnyBlock, inner: AnyBlock) -> str:
    """Return the text of a link that is a column of a list: that of the column."""
    columns = block.columns if isinstance(block, ListBlock) else ()
    return next((column.text for column in columns if column.link is inner), str(getattr(inner, "title", "")))


def _is_frame(block: AnyBlock) -> bool:
    """Say whether a block sets apart what stands in it: it has a title, rows or buttons, or is not always there."""
    traits = KINDS[block.kind].traits
    has_title = bool(str(getattr(block, "title", "")).strip())
    return has_title or traits.has_buttons or table_shown(block) is not None or bool(block.show_if.strip())
