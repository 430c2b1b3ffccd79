"""By which columns are the rows of a table told apart?

By what stands in the addresses and headings of pages, by what lists show first, and by how choices are called; and by
whatever no two rows have alike.
"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.document.blocks import AnyBlock, Heading, ListBlock, table_shown
from flow_models.document.data import ChoiceGenerator, Column, RangeGenerator, Table
from flow_models.document.scopes import Scopes
from flow_models.formulas import parse_template
from flow_models.formulas.scope import Scope


def telling(context: Context, table: Table) -> frozenset[str]:
    """Return the names of the columns by which pages say which row of a table they mean, or that are all different."""
    inputs = (context.flow.pages, context.flow.tables)
    return context.kept(
        f"telling {table.id}",
        inputs,
        lambda: frozenset((*_names(context, table), *(one.name for one in table.columns if _differs(table, one)))),
    )


def _differs(table: Table, column: Column) -> bool:
    """Say whether no two rows with which a table begins have the same in a column, as far as that is known."""
    values = [row.values.get(column.id) for row in table.rows]
    drawn = table.generate.columns.get(column.id) if table.generate is not None else None
    may_repeat = isinstance(drawn, ChoiceGenerator | RangeGenerator) or getattr(drawn, "unique", True) is False
    return not may_repeat and len(set(values)) == len(values)


def _names(context: Context, table: Table) -> Iterator[str]:
    for text, scope in _texts(context, context.scopes, table):
        uses = parse_template(text, scope).references
        yield from (use.name for use in uses if use.space == "column" and use.table == table.name)


def _texts(context: Context, scopes: Scopes, table: Table) -> Iterator[tuple[str, Scope]]:
    """Yield the texts that say which row is meant, with what they may name."""
    for page in context.flow.pages:
        scope, blocks = scopes.page(page), page.blocks_by_id.values()
        yield from ((text, scope) for text in (page.path, page.title) if page.record == table.id)
        yield from ((one.text, scope) for one in blocks if isinstance(one, Heading))
        yield from ((_first(one), scopes.with_row(scope, table.id)) for one in blocks if table_shown(one) == table.id)


def _first(block: AnyBlock) -> str:
    """Return what a list shows first of a row, or how a choice calls it."""
    columns = block.columns if isinstance(block, ListBlock) else ()
    return columns[0].text if columns else str(getattr(block, "label", ""))
