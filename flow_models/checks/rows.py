"""Does every field over the rows of a table have one?"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.setting import at
from flow_models.document.behaviour import Page, Section
from flow_models.document.field_blocks import ChoiceGrid, SuggestField


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the suggestions and grids of a page or section without a table."""
    tables, page = context.flow.tables_by_id, owner_label(owner)
    for block in owner.blocks_by_id.values():
        match block:
            case SuggestField() if block.table not in tables:
                yield problem("suggest.no_table", "error", at(block, "table"), field=block_label(block), page=page)
            case ChoiceGrid() if block.table not in tables:
                yield problem("grid.no_table", "error", at(block, "table"), field=block_label(block), page=page)
            case _:
                pass
