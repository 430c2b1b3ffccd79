"""Does a button or link do what it says? One that says it leaves everything as it is should, one that says it does not.

A confirmation that cancels and a *Cancel* that confirms are two faces of one mistake: transitions that were swapped.
So are a link that is called like one page and leads to another, and a button that names one value and sets another.
"""

import functools
import json
import re
from collections.abc import Iterator
from typing import Final

from flow_models.checks.balances import cells_of
from flow_models.checks.context import Context
from flow_models.checks.contraries import saying
from flow_models.checks.labels import block_label, owner_label, page_label
from flow_models.checks.problem import Fix, Problem, SetValue, fix, problem
from flow_models.checks.senses import Sense, filler, has_sense
from flow_models.document.behaviour import CLOSE, STAY, ClearEffect, Page, RemoveEffect, Section, SetEffect, Transition
from flow_models.document.blocks import AnyBlock, Form, is_control, table_shown
from flow_models.document.data import Table
from flow_models.document.edits.data import target_of
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk

_WORD: Final = re.compile(r"\w+")


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the controls of a page or section whose titles say the opposite of what they do."""
    for block in owner.blocks_by_id.values():
        arrows = context.arrows_of.get(block.id, ()) if is_control(block) else ()
        is_sent = bool(getattr(block, "submit", False))
        if arrows and has_sense(block, "leaving", by_beginning=not is_sent):
            yield from _keeping(context, owner, block, arrows)
        elif arrows and has_sense(block, "aborting"):
            yield from _paying(context, owner, block, arrows)
        elif arrows and has_sense(block, "doing") and (is_sent or _is_dialog(owner)) and not _filters(context, owner):
            yield from _doing(context, owner, block, arrows)
        if arrows:
            yield from _other_values(context, owner, block, arrows)
            yield from _contrary(context, owner, block, arrows)


def elsewhere(context: Context) -> Iterator[Problem]:
    """Yield the controls that only lead on, are called like one page, and lead to others."""
    pages, called = context.flow.pages_by_id, _called(context)
    for block_id, arrows in context.arrows_of.items():
        owner = context.flow.owners_by_block.get(block_id)
        named = called.get(_names(str(getattr(owner.blocks_by_id[block_id], "title", "")))) if owner else None
        if owner is not None and named is not None:
            yield from _changing(context, owner, owner.blocks_by_id[block_id], named, arrows)
        leading = [arrow for arrow in arrows if arrow.to in pages]
        if owner is None or named is None or not leading or not _is_mistaken(context, owner, named, arrows):
            continue
        yield problem(
            "opposite.elsewhere",
            "warning",
            Element("transition", leading[0].id, "to"),
            Element("block", block_id, "title"),
            fix=_leading_there(context, leading, owner.blocks_by_id[block_id], named),
            block=block_label(owner.blocks_by_id[block_id]),
            page=owner_label(owner),
            named=page_label(named),
            to=page_label(pages[leading[0].to]),
        )


def _leading_there(context: Context, leading: list[Transition], block: AnyBlock, named: Page) -> Fix | None:
    """Return the edit that leads a control to the page that it is called like; None if that needs more."""
    is_only_way = any(len(context.arrows_to.get(one.to, ())) < 2 for one in leading)  # another one
    if len(leading) != 1 or is_only_way or named.record is not None or named.kind != "page":
        return None
    there = SetValue(Element("transition", leading[0].id, "to"), named.id)
    return fix("connect", there, block=block_label(block), page=page_label(named))


def _changing(
    context: Context, owner: Page | Section, block: AnyBlock, named: Page, arrows: tuple[Transition, ...]
) -> Iterator[Problem]:
    """Yield that a link which is called like the page to which it leads changes data that count on the way."""
    for arrow in arrows if block.kind == "link" else ():
        table = changed(context, arrow) if arrow.to == named.id else None
        cells = cells_of(context, arrow) if table is not None else ()
        if table is not None and any(not cell.column.derived for cell in cells):
            yield _of_table("opposite.leading", owner, block, arrow, table)


def _called(context: Context) -> dict[tuple[str, ...], Page]:
    """Return the pages by what they are called, where that is the name of one only."""
    found: dict[tuple[str, ...], list[Page]] = {}
    for page in context.flow.pages:
        found.setdefault(_names(page.title), []).append(page)
    return {names: pages[0] for names, pages in found.items() if names and len(pages) == 1}


def _is_mistaken(context: Context, owner: Page | Section, named: Page, arrows: tuple[Transition, ...]) -> bool:
    """Say whether some transitions of a control lead away from the page that is named, and do nothing besides."""
    is_doing = any(arrow.do or arrow.to == named.id for arrow in arrows)
    targets = (context.flow.pages_by_id.get(arrow.to) for arrow in arrows)
    others = [page for page in targets if page is not None]
    # A page that is called so and more is meant as well: *Passengers* and *Two passengers*.
    is_close = any(set(_names(named.title)) <= set(_names(page.title)) for page in others)
    return named.id != owner.id and not (is_doing or is_close) and all(_is_plain(context, page) for page in others)


@functools.lru_cache(maxsize=4096)
def _names(title: str) -> tuple[str, ...]:
    """Return the words of a title that name something."""
    return () if "{" in title else tuple(word for word in _WORD.findall(title.casefold()) if word not in filler())


def _is_plain(context: Context, page: Page) -> bool:
    """Say whether a page is none that asks something first or sends its visitors on."""
    return page.kind == "page" and not any(one.on.kind == "enter" for one in context.arrows_from.get(page.id, ()))


def _other_values(
    context: Context, owner: Page | Section, block: AnyBlock, arrows: tuple[Transition, ...]
) -> Iterator[Problem]:
    """Yield that a control names one choice of a column and puts another one there, and not that it ends it."""
    meant = saying(str(getattr(block, "title", "")))
    if meant is not None and meant.is_undoing:
        return
    title = f" {' '.join(_WORD.findall(str(getattr(block, 'title', '')).casefold()))} "
    for arrow in arrows:
        for cell in cells_of(context, arrow):
            said = [choice for choice in cell.column.type.choices if f" {choice.casefold()} " in title]
            value = cell.tree["value"] if cell.tree["op"] == "value" else None
            if len(said) == 1 and value in cell.column.type.choices and value != said[0]:
                words = {"column": cell.column.title or cell.column.name, "value": said[0]}
                yield problem(
                    "opposite.value",
                    "warning",
                    Element("transition", arrow.id, "do"),
                    Element("block", block.id, "title"),
                    fix=fix("write", SetValue(cell.element(arrow), json.dumps(said[0], ensure_ascii=False)), **words),
                    block=block_label(block),
                    page=owner_label(owner),
                    column=cell.column.title or cell.column.name,
                    said=said[0],
                    value=value,
                )


def changed(context: Context, arrow: Transition) -> Table | None:
    """Return a lasting table that a transition changes, None if it changes none."""
    tables = (context.flow.tables_by_id.get(target_of(one)) for one in arrow.do if not isinstance(one, SetEffect))
    return next((table for table in tables if table is not None and table.durable), None)


def _keeping(
    context: Context, owner: Page | Section, block: AnyBlock, arrows: tuple[Transition, ...]
) -> Iterator[Problem]:
    """Yield that a control which says that it leaves everything as it is changes lasting data."""
    for arrow in arrows:
        table = changed(context, arrow)
        if table is not None and _is_meant_so(context, owner, block, arrow, table):
            yield _of_table("opposite.leaving", owner, block, arrow, table, _swapping(context, owner, block, "doing"))


def _is_meant_so(context: Context, owner: Page | Section, block: AnyBlock, arrow: Transition, table: Table) -> bool:
    """Say whether a title that sounds like leaving everything as it is can mean nothing else.

    *Cancel* beside a booking calls it off, and *Leave a note* does something; not so in a dialog beside what does it.
    """
    if not has_sense(block, "keeping") or _pays(context, arrow):
        return True
    if _is_plain_cancel(owner, block, arrow):
        return True
    rivals = [
        one for one in _beside(owner, block, table) if has_sense(one, "doing") or _only_closes(context, owner, one)
    ]
    is_swapped = any(_does_nothing(context, rival) for rival in rivals)
    if has_sense(block, "keeping", by_beginning=False):
        return bool(rivals)
    return is_swapped or any(isinstance(effect, RemoveEffect) for effect in arrow.do)


def _is_plain_cancel(owner: Page | Section, block: AnyBlock, arrow: Transition) -> bool:
    """Say whether a *Cancel* that only adds rows stands on a page about none, beside what does something."""
    is_whole = has_sense(block, "keeping", by_beginning=False) and _only_adds(arrow)
    others = (one for one in owner.blocks_by_id.values() if is_control(one) and one.id != block.id)
    return is_whole and getattr(owner, "record", None) is None and any(has_sense(one, "doing") for one in others)


def _paying(
    context: Context, owner: Page | Section, block: AnyBlock, arrows: tuple[Transition, ...]
) -> Iterator[Problem]:
    """Yield that a control which calls something off pays for it, or does what the one beside it says and does not."""
    rivals = (one for one in owner.blocks_by_id.values() if is_control(one) and has_sense(one, "doing"))
    is_swapped = any(_does_nothing(context, one) for one in rivals if not has_sense(one, "aborting"))
    for arrow in arrows:
        table = changed(context, arrow)
        if table is not None and (_pays(context, arrow) or (is_swapped and _only_adds(arrow))):
            yield _of_table("opposite.leaving", owner, block, arrow, table, _swapping(context, owner, block, "doing"))


def _only_closes(context: Context, owner: Page | Section, block: AnyBlock) -> bool:
    """Say whether the use of a control of a dialog only closes it, although its title does not say so."""
    arrows = context.arrows_of.get(block.id, ()) if _is_dialog(owner) and not has_sense(block, "leaving") else ()
    return bool(arrows) and _does_nothing(context, block) and all(arrow.to == CLOSE for arrow in arrows)


def _does_nothing(context: Context, block: AnyBlock) -> bool:
    """Say whether the use of a control has no effects but that what has been chosen is forgotten."""
    return all(isinstance(one, ClearEffect) for arrow in context.arrows_of.get(block.id, ()) for one in arrow.do)


def _only_adds(arrow: Transition) -> bool:
    """Say whether a transition adds rows and does nothing that calls one off."""
    return {"add"} <= {one.kind for one in arrow.do} <= {"add", "set", "clear"}


def _pays(context: Context, arrow: Transition) -> bool:
    """Say whether a transition takes an amount and notes it down in a new row, and marks no row as called off."""
    cells = cells_of(context, arrow)
    is_taken = any(one.taken is not None and one.is_number for one in cells)
    return is_taken and not any(one.is_mark for one in cells) and any(one.is_new and one.is_number for one in cells)


def _beside(owner: Page | Section, block: AnyBlock, table: Table) -> list[AnyBlock]:
    """Return the controls between which and a control one chooses: of its dialog or form, or those that send a form.

    On the page of a row, what concerns this row is a choice of its own.
    """
    every = owner.blocks_by_id.values()
    forms = [tuple(walk(one.blocks)) for one in every if isinstance(one, Form)]
    inside = [*every] if _is_dialog(owner) else [one for form in forms if block in form for one in form]
    if not inside and _at_hand(owner, block).isdisjoint({table.id}):
        inside += [one for form in forms for one in form if getattr(one, "submit", False)]
    return [one for one in inside if is_control(one) and one.id != block.id]


def _contrary(
    context: Context, owner: Page | Section, block: AnyBlock, arrows: tuple[Transition, ...]
) -> Iterator[Problem]:
    """Yield that what says that it makes something only removes rows, or what says that it removes one only adds."""
    effects = [(arrow, effect) for arrow in arrows for effect in arrow.do if not isinstance(effect, SetEffect)]
    kinds = {effect.kind for _, effect in effects} - {"clear"}
    for arrow, effect in effects:
        table = context.flow.tables_by_id.get(target_of(effect))
        if table is None or not table.durable:
            continue
        if kinds == {"remove"} and has_sense(block, "making"):
            yield _of_table("opposite.removes", owner, block, arrow, table)
        elif kinds == {"add"} and has_sense(block, "taking") and table.id in _at_hand(owner, block):
            yield _of_table("opposite.adds", owner, block, arrow, table)


def _at_hand(owner: Page | Section, block: AnyBlock) -> set[str | None]:
    """Return the tables of whose rows one is meant where a control stands."""
    lists = (one for one in owner.blocks_by_id.values() if table_shown(one) and block in walk((one,)))
    return {*map(table_shown, lists), getattr(owner, "record", None)}


def _swapping(context: Context, owner: Page | Section, block: AnyBlock, sense: Sense) -> Fix | None:
    """Return the edit by which a control trades with the one beside it that says the contrary and does the contrary.

    None where there are several, or where one of the two does now this and now that.
    """
    is_idle = sense == "leaving"
    beside = (one for one in owner.blocks_by_id.values() if is_control(one) and has_sense(one, sense))
    rivals = [one for one in beside if one.id != block.id and _does_nothing(context, one) != is_idle]
    arrows = [context.arrows_of.get(one.id, ()) for one in (block, *rivals)]
    if len(rivals) != 1 or any(len(those) != 1 for those in arrows):
        return None
    [(one,), (other,)] = arrows

    def edit(now: Flow) -> Flow:
        now = with_value(now, Element("transition", one.id, "on"), other.on)
        return with_value(now, Element("transition", other.id, "on"), one.on)

    return fix("trade", edit, block=block_label(block), other=block_label(rivals[0]))


def _of_table(
    code: str, owner: Page | Section, block: AnyBlock, arrow: Transition, table: Table, mending: Fix | None = None
) -> Problem:
    """Return what is wrong with what a control does to a table."""
    return problem(
        code,
        "warning",
        Element("transition", arrow.id, "do"),
        Element("block", block.id, "title"),
        fix=mending,
        block=block_label(block),
        page=owner_label(owner),
        table=table.title or table.name,
    )


def _is_dialog(owner: Page | Section) -> bool:
    return isinstance(owner, Page) and owner.kind == "dialog"


def _filters(context: Context, owner: Page | Section) -> bool:
    """Say whether what a page shows depends on what is typed there, so that sending a form shows something else."""
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    return facts is not None and any(space == "field" for space, _, _ in facts.reads)


def _doing(
    context: Context, owner: Page | Section, block: AnyBlock, arrows: tuple[Transition, ...]
) -> Iterator[Problem]:
    """Yield that a control which says that it does something does nothing, whichever transition is taken."""
    is_sent = bool(getattr(block, "submit", False))
    if any(arrow.do for arrow in arrows) or not (is_sent or all(arrow.to in (CLOSE, STAY) for arrow in arrows)):
        return
    yield problem(
        "opposite.doing",
        "warning",
        Element("transition", arrows[-1].id, "do"),
        Element("block", block.id, "title"),
        fix=_swapping(context, owner, block, "leaving"),
        block=block_label(block),
        page=owner_label(owner),
    )
