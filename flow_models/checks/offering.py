"""Does every block that offers, unfolds, turns or counts something have what it needs for that?"""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, FoldOut, Image, ListBlock, Menu, Pagination, Steps, Tabs
from flow_models.document.data import Table
from flow_models.document.edits.blocks import insert_block, slot_of
from flow_models.document.edits.ids import new_id
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.field_blocks import ChoiceGrid, FileField, Slider, SuggestField
from flow_models.document.flow import Flow

PAGE_SIZE = 10
"""Rows at a time where a list shall have pages."""


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield what is missing in the blocks of a page or section, or contradicts itself."""
    page = owner_label(owner)
    blocks = tuple(owner.blocks_by_id.values())
    for block in blocks:
        match block:
            case Pagination():
                yield from _turning(block, blocks, page)
            case ListBlock() if block.page_size:
                yield from _paged(block, blocks, page)
            case SuggestField() | ChoiceGrid() if block.table not in context.flow.tables_by_id:
                code = "suggest.no_table" if isinstance(block, SuggestField) else "grid.no_table"
                yield problem(code, "error", _at(block, "table"), field=block_label(block), page=page)
            case FileField():
                yield from _files(block, page)
            case Slider():
                yield from _slider(block, page)
            case Steps():
                yield from _steps(block, page)
            case Tabs():
                yield from _tabs(block, page)
            case Menu() if not block.items:
                yield problem("menu.empty", "warning", _at(block, "items"), block=block_label(block), page=page)
            case FoldOut() if not block.blocks:
                yield problem("fold_out.empty", "hint", _at(block), block=block_label(block), page=page)
            case Image() if not block.text.strip():
                yield problem("image.no_text", "hint", _at(block, "text"), page=page)
            case _:
                pass


def same_labels(context: Context) -> Iterator[Problem]:
    """Yield the fields with suggestions in whose table two rows have the same label: only the first can be chosen."""
    owners: tuple[Page | Section, ...] = (*context.flow.sections, *context.flow.pages)
    for owner in owners:
        for block in owner.blocks_by_id.values():
            if not isinstance(block, SuggestField):
                continue
            table = context.flow.tables_by_id.get(block.table or "")
            labels = Counter() if table is None else Counter(_labels(block, table))
            twice = next((label for label, count in labels.items() if label and count > 1), None)
            if twice is not None:
                yield problem(
                    "suggest.same_label",
                    "warning",
                    _at(block, "label"),
                    field=block_label(block),
                    page=owner_label(owner),
                    label=twice,
                )


def _labels(block: SuggestField, table: Table) -> Iterator[str]:
    """Yield the labels of the starting rows, where these are the texts of one column."""
    named = {f"{{{column.name}}}": column.id for column in table.columns}
    named |= {f"{{row.{column.name}}}": column.id for column in table.columns}
    texts = [column.id for column in table.columns if column.type.kind == "text"]
    label = block.label.strip()
    column_id = named.get(label) if label else next(iter(texts), None)
    if column_id is not None:
        yield from (str(row.values.get(column_id) or "").strip().casefold() for row in table.rows)


def _turning(block: Pagination, blocks: tuple[AnyBlock, ...], page: str) -> Iterator[Problem]:
    """Yield what is wrong with a pagination: it needs a list on the same page that shows some rows at a time."""
    lists = [other for other in blocks if isinstance(other, ListBlock)]
    turned = next((other for other in lists if other.id == block.list), None)
    if turned is None:
        likely = next((other for other in lists if other.page_size), lists[0] if lists else None)
        choosing = None if likely is None else _setting(block, "list", likely.id, "turn_list", likely)
        yield problem("pagination.no_list", "error", _at(block, "list"), fix=choosing, page=page)
    elif not turned.page_size:
        sizing = _setting(turned, "page_size", PAGE_SIZE, "page_size", turned, count=PAGE_SIZE)
        yield problem(
            "pagination.not_paged",
            "warning",
            _at(turned, "page_size"),
            _at(block),
            fix=sizing,
            block=block_label(turned),
            page=page,
        )


def _paged(block: ListBlock, blocks: tuple[AnyBlock, ...], page: str) -> Iterator[Problem]:
    """Yield a list of whose pages only the first can be seen."""
    if not any(isinstance(other, Pagination) and other.list == block.id for other in blocks):
        adding = fix("add_pagination", partial(_with_pagination, list_id=block.id))
        yield problem(
            "list.no_pagination", "warning", _at(block, "page_size"), fix=adding, block=block_label(block), page=page
        )


def _files(block: FileField, page: str) -> Iterator[Problem]:
    """Yield a field that offers no files, or one twice."""
    if not block.files:
        yield problem("file.empty", "error", _at(block, "files"), field=block_label(block), page=page)
    elif len(set(block.files)) != len(block.files):
        files = tuple(dict.fromkeys(block.files))
        once = _setting(block, "files", files, "once", block)
        yield problem("file.repeated", "error", _at(block, "files"), fix=once, field=block_label(block), page=page)


def _slider(block: Slider, page: str) -> Iterator[Problem]:
    """Yield a slider that cannot move."""
    if block.minimum >= block.maximum:
        yield problem(
            "slider.bounds", "error", _at(block, "maximum"), fix=_swapping(block), field=block_label(block), page=page
        )
    elif block.step > block.maximum - block.minimum:
        finer = _setting(block, "step", 1, "step", block)
        yield problem("slider.step", "warning", _at(block, "step"), fix=finer, field=block_label(block), page=page)


def _swapping(block: Slider) -> Fix | None:
    """Return the fix for bounds that are the wrong way round."""
    if block.minimum == block.maximum:
        return None
    least, most = block.maximum, block.minimum

    def swapped(flow: Flow) -> Flow:
        return with_value(with_value(flow, _at(block, "minimum"), least), _at(block, "maximum"), most)

    return fix("swap_bounds", swapped)


def _steps(block: Steps, page: str) -> Iterator[Problem]:
    """Yield a sequence without steps, or one in which the present step is none of them."""
    if not block.titles:
        yield problem("steps.empty", "warning", _at(block, "titles"), page=page)
    elif block.current > len(block.titles):
        last = _setting(block, "current", len(block.titles), "last_step", block)
        yield problem("steps.current", "warning", _at(block, "current"), fix=last, page=page, count=len(block.titles))


def _tabs(block: Tabs, page: str) -> Iterator[Problem]:
    """Yield tabs that are none, that say nothing, or that say the same."""
    titles = [tab.title.strip() for tab in block.tabs]
    if not titles:
        yield problem("tabs.empty", "warning", _at(block, "tabs"), page=page)
    elif not all(titles):
        yield problem("tabs.untitled", "warning", _at(block, f"tabs.{titles.index('')}.title"), page=page)
    elif len(set(titles)) != len(titles):
        yield problem("tabs.repeated", "warning", _at(block, "tabs"), page=page)


def _at(block: AnyBlock, field: str = "") -> Element:
    return Element("block", block.id, field)


def _setting(block: AnyBlock, field: str, value: object, name: str, named: AnyBlock, **words: object) -> Fix:
    """Return the fix that sets one field of a block."""
    return fix(name, partial(with_value, element=_at(block, field), value=value), block=block_label(named), **words)


def _with_pagination(flow: Flow, list_id: str) -> Flow:
    """Return the flow with something behind a list that turns its pages."""
    slot, index = slot_of(flow, list_id)
    return insert_block(flow, slot, index + 1, Pagination.model_validate({"id": new_id("block"), "list": list_id}))
