"""The formula language: a typed subset of Python expressions for guards, effects, lists, success rules and texts.

Source and a scope go in; a typed tree of plain JSON comes out, or the mistakes with positions and message ids. The
way is `reading` (tokens, `ast`, allow-list), `typer` with `calls` and `literals` (names and types), `parsing` (the
entrance, cached). `printing` goes back, `sentences` shows trees as rows for designers, `naming` renames. Running a
tree is not here: `flow_models.runtime.machine` makes closures of it. Nothing of a flow is imported: what may be named
comes as a `Scope`. The option not taken: a grammar of our own, which needs a parser to maintain and a syntax to teach.
"""

from flow_models.formulas.kinds import Node
from flow_models.formulas.naming import references, renamed
from flow_models.formulas.parsing import Parsed, ParsedTemplate, parse, parse_template
from flow_models.formulas.printing import template_to_source, to_source
from flow_models.formulas.reading import Error
from flow_models.formulas.scope import RESERVED, Scope, TableInfo
from flow_models.formulas.typer import Reference

__all__ = [
    "RESERVED",
    "Error",
    "Node",
    "Parsed",
    "ParsedTemplate",
    "Reference",
    "Scope",
    "TableInfo",
    "parse",
    "parse_template",
    "references",
    "renamed",
    "template_to_source",
    "to_source",
]
