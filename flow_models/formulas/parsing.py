"""The entrance: source and scope to a typed tree or the mistakes in words, for formulas and for templates.

Never raises, whatever the source holds. Results are cached and shared: never change a tree.
"""

import ast
from functools import lru_cache
from typing import NamedTuple

from flow_models.formulas import kinds
from flow_models.formulas.calls import call
from flow_models.formulas.comparing import comparison
from flow_models.formulas.kinds import Node
from flow_models.formulas.reading import Error, Hole, error, holes, read
from flow_models.formulas.scope import Scope
from flow_models.formulas.typer import Beyond, Reference, Typer

_WHOLE = Beyond(comparison, call)


class Parsed(NamedTuple):
    """A formula that was read.

    `tree` is `None` if the source is blank or has an error (warnings leave it); `references` holds every name of the
    flow that could be resolved, mistakes elsewhere or not.
    """

    tree: Node | None
    errors: tuple[Error, ...]
    references: tuple[Reference, ...] = ()

    @property
    def kind(self) -> str | None:
        """The type of the formula's value."""
        return None if self.tree is None else str(self.tree["type"])


class ParsedTemplate(NamedTuple):
    """A template that was read; `parts` are plain texts and trees, `None` if there is an error."""

    parts: list[str | Node] | None
    errors: tuple[Error, ...]
    references: tuple[Reference, ...] = ()

    @property
    def tree(self) -> list[str | Node] | None:
        """The parts, by the name that they have in `Parsed`."""
        return self.parts


@lru_cache(maxsize=32768)
def parse(source: str, scope: Scope, expected: str | None = None, choices: tuple[str, ...] = ()) -> Parsed:
    """Return the typed tree of a formula, or its mistakes.

    Args:
        source: The formula; blank source has neither tree nor mistakes (the place decides what that means).
        scope: What may be named.
        expected: The type that the place wants; `scalar` for anything that can be shown or sorted, `None` for any.
        choices: The allowed values where a `choice` is expected.
    """
    if not source or source.isspace():
        return Parsed(None, ())
    found = read(source)
    if found.expression is None:
        return Parsed(None, () if found.error is None else (found.error,))
    typer = Typer(found, scope, _WHOLE)
    tree = _wanted(typer, typer.typed(found.expression), found.expression, expected, choices)
    errors = tuple(sorted(typer.errors, key=lambda mistake: (mistake.start, mistake.end, mistake.message_id)))
    is_sound = tree["type"] != "unknown" and all(mistake.severity == "warning" for mistake in errors)
    return Parsed(tree if is_sound else None, errors, tuple(sorted(typer.references, key=lambda use: use.start)))


def _wanted(typer: Typer, tree: Node, at: ast.expr, expected: str | None, choices: tuple[str, ...]) -> Node:
    """Return a tree whose literals have taken the type that the place wants, noting a mistake if it does not fit."""
    if expected is not None and tree["type"] != "unknown":
        tree = typer.fitted(tree, expected, at, choices)
    if tree["type"] != "unknown" and not _fits(tree, expected):
        mistake = "not_a_value" if expected in (None, "scalar") else "expected"
        typer.fail(mistake, at, wanted=kinds.words(expected or ""), kind=kinds.words(tree["type"]))
    return tree


def _fits(tree: Node, expected: str | None) -> bool:
    if expected is not None:
        return kinds.is_assignable(expected, tree["type"])
    return not tree["type"].startswith(("rows:", "list:"))


@lru_cache(maxsize=32768)
def parse_template(source: str, scope: Scope) -> ParsedTemplate:
    """Return the parts of a text with `{formula}` holes, or the mistakes in them, positions in the whole text."""
    pieces, mistakes = holes(source)
    errors: list[Error] = list(mistakes)
    references: list[Reference] = []
    parts: list[str | Node] = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
            continue
        parsed = _parsed_hole(piece, scope)
        errors.extend(mistake.moved(piece.start) for mistake in parsed.errors)
        references.extend(
            use._replace(start=use.start + piece.start, end=use.end + piece.start) for use in parsed.references
        )
        if parsed.tree is not None:
            parts.append(parsed.tree)
    is_sound = all(mistake.severity == "warning" for mistake in errors)
    return ParsedTemplate(parts if is_sound else None, tuple(errors), tuple(references))


def _parsed_hole(hole: Hole, scope: Scope) -> Parsed:
    """Return the formula of one hole; an empty hole is a mistake."""
    if not hole.source.strip():
        return Parsed(None, (error("empty_hole", -1, len(hole.source) + 1),))
    return parse(hole.source, scope, "scalar")
