"""The names that a formula or template uses, and changing one of them with everything else kept as it was typed."""

from flow_models.formulas.parsing import parse, parse_template
from flow_models.formulas.scope import Scope
from flow_models.formulas.typer import Reference, Space


def references(source: str, scope: Scope, *, template: bool = False) -> tuple[Reference, ...]:
    """Return every use of a name of the flow, in order; a source whose form cannot be read has none."""
    return parse_template(source, scope).references if template else parse(source, scope).references


def renamed(
    source: str, scope: Scope, space: Space, old: str, new: str, *, table: str | None = None, template: bool = False
) -> str:
    """Return the source with one name replaced wherever it means the thing renamed.

    Args:
        source: A formula, or a template if `template` is set.
        scope: The scope of the place before the renaming.
        space: What is renamed: a `field`, `variable`, `task` parameter, `table` or `column`.
        old: Its name now.
        new: Its name from now on.
        table: The table's name, for a column.
        template: Whether the source is a text with holes.
    """
    uses = [
        use
        for use in references(source, scope, template=template)
        if use.space == space and use.name == old and (space != "column" or use.table == table)
    ]
    for use in reversed(uses):
        source = source[: use.start] + new + source[use.end :]
    return source
