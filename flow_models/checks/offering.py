"""Does every field among whose values a visitor chooses offer some?"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.checks.setting import at, setting
from flow_models.document.behaviour import Page, Section
from flow_models.document.edits.parts import with_value
from flow_models.document.field_blocks import ChoiceField, FileField, Slider
from flow_models.document.flow import Flow


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the fields of a page or section that offer nothing, and sliders that cannot move."""
    page = owner_label(owner)
    for block in owner.blocks_by_id.values():
        match block:
            case ChoiceField():
                yield from _choices(context.flow, block, page)
            case FileField():
                yield from _files(block, page)
            case Slider():
                yield from _slider(block, page)


def _choices(flow: Flow, block: ChoiceField, page: str) -> Iterator[Problem]:
    """Yield a choice among the rows of a missing table, or among nothing."""
    field = block_label(block)
    if block.table is not None and block.table not in flow.tables_by_id:
        yield problem("choice.no_table", "error", at(block, "table"), field=field, page=page)
    elif block.table is None and not block.choices:
        yield problem("choice.empty", "error", at(block, "choices"), field=field, page=page)


def _files(block: FileField, page: str) -> Iterator[Problem]:
    """Yield a field that offers no files."""
    if not block.files:
        yield problem("file.empty", "error", at(block, "files"), field=block_label(block), page=page)


def _slider(block: Slider, page: str) -> Iterator[Problem]:
    """Yield a slider that cannot move."""
    field = block_label(block)
    if block.minimum >= block.maximum:
        yield problem("slider.bounds", "error", at(block, "maximum"), fix=_swapping(block), field=field, page=page)
    elif block.step > block.maximum - block.minimum:
        finer = setting(block, "step", 1, "step")
        yield problem("slider.step", "warning", at(block, "step"), fix=finer, field=field, page=page)


def _swapping(block: Slider) -> Fix | None:
    """Return the fix for bounds that are the wrong way round."""
    if block.minimum == block.maximum:
        return None
    least, most = block.maximum, block.minimum

    def swapped(flow: Flow) -> Flow:
        return with_value(with_value(flow, at(block, "minimum"), least), at(block, "maximum"), most)

    return fix("swap_bounds", swapped)
