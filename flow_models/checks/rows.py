"""Does every field over the rows of a table have one, and can these rows be told apart?"""

from collections import Counter
from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.setting import at
from flow_models.document.behaviour import Page, Section
from flow_models.document.data import Table
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


def same_labels(context: Context) -> Iterator[Problem]:
    """Yield the fields with suggestions in whose table two rows have the same label: only the first can be chosen."""
    owners: tuple[Page | Section, ...] = (*context.flow.sections, *context.flow.pages)
    for owner in owners:
        for block in owner.blocks_by_id.values():
            twice = _label_of_two(context, block) if isinstance(block, SuggestField) else None
            if twice is not None:
                yield problem(
                    "suggest.same_label",
                    "warning",
                    at(block, "label"),
                    field=block_label(block),
                    page=owner_label(owner),
                    label=twice,
                )


def _label_of_two(context: Context, block: SuggestField) -> str | None:
    """Return the first label that two rows have."""
    table = context.flow.tables_by_id.get(block.table or "")
    labels = Counter() if table is None else Counter(_labels(block, table))
    return next((label for label, count in labels.items() if label and count > 1), None)


def _labels(block: SuggestField, table: Table) -> Iterator[str]:
    """Yield the labels of the starting rows, where these are the texts of one column."""
    named = {f"{{{column.name}}}": column.id for column in table.columns}
    named |= {f"{{row.{column.name}}}": column.id for column in table.columns}
    texts = [column.id for column in table.columns if column.type.kind == "text"]
    label = block.label.strip()
    column_id = named.get(label) if label else next(iter(texts), None)
    if column_id is not None:
        yield from (str(row.values.get(column_id) or "").strip().casefold() for row in table.rows)
