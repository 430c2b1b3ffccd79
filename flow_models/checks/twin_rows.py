"""Can the rows among which a visitor chooses be told apart by what is shown of them?

Of a starting row everything is known, so what a field or list shows of it is worked out: texts with plain columns to
the letter, those with other formulas by all that they read of the row. Two rows that differ in what a condition reads
may never be offered together; then it is only said that they might. Of drawn rows only the chance is known that two
have the same values. What else comes about while a site is used, running the flow shows (`solver.telling`).
"""

from collections.abc import Hashable, Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from flow_models.checks.chances import Chances
from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, Severity, problem
from flow_models.checks.setting import at
from flow_models.checks.twins import first_option
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, is_control, is_field, table_shown
from flow_models.document.data import Row, Table
from flow_models.document.flow import Flow
from flow_models.document.rooms import children, rooms
from flow_models.formulas import Node, parse, parse_template
from flow_models.formulas.scope import Scope
from flow_models.runtime.machine.base.errors import FormulaFaultError
from flow_models.runtime.machine.base.formats import formatter
from flow_models.runtime.machine.base.kinds import KINDS, contents, slots
from flow_models.runtime.machine.base.traits import Wants
from flow_models.runtime.machine.base.values import as_begun, from_json
from flow_models.solver.telling import as_read

LIKELY: Final = 0.01
"""The share of instances with rows that read alike from which on it is said."""

Words = Sequence[str | Node]
"""A text with formulas."""

Path = tuple[str, ...]
"""A column of a row, or of the row that a column names, and so on."""


class Choice(NamedTuple):
    """What a block shows of a row by which it is chosen, and the conditions under which it does.

    Attributes:
        field: The field of the block that says it.
        shown: Texts.
        conditions: Formulas.
        has_capitals: Whether capitals tell texts apart.
    """

    field: str
    shown: tuple[Words, ...]
    conditions: tuple[Node, ...]
    has_capitals: bool

    @property
    def equalities(self) -> tuple[Node, ...]:
        """The comparisons by which all rows that are shown together have the same value."""
        return tuple(tree for condition in self.conditions for tree in _equalities(condition))

    @property
    def paths(self) -> tuple[Path, ...]:
        """The columns by which rows are told apart."""
        trees = [piece for words in self.shown for piece in words if not isinstance(piece, str)]
        return tuple(path for tree in (*trees, *self.equalities) for path in _paths(tree))


class Found(NamedTuple):
    """What is wrong with the rows of a block: the code of the problem, and the text (or percentage) that it names."""

    code: str
    severity: Severity
    text: str = ""


def problems(context: Context) -> Iterator[Problem]:
    """Yield the fields and lists in which two rows read alike, or may once they are drawn."""
    owners: tuple[Page | Section, ...] = (*context.flow.sections, *context.flow.pages)
    for owner in owners:
        yield from context.kept(f"rows of {owner.id}", (owner, context.flow.tables), partial(_in_owner, context, owner))


def _in_owner(context: Context, owner: Page | Section) -> tuple[Problem, ...]:
    """Return what is wrong with the rows of the blocks of a page or section."""
    found: list[Problem] = []
    for block in owner.blocks_by_id.values():
        table = context.flow.tables_by_id.get(table_shown(block) or "")
        if table is not None and is_chosen_in(block):
            found += _found(context, owner, block, table)
    return tuple(found)


def is_chosen_in(block: AnyBlock) -> bool:
    """Say whether a visitor chooses a row in a block over rows: as its value, or by a link or button of the row."""
    has_texts = bool(KINDS[block.kind].traits.chosen_by)
    return has_texts and (is_field(block) or any(map(is_control, children(block))))


def _found(context: Context, owner: Page | Section, block: AnyBlock, table: Table) -> tuple[Problem, ...]:
    """Return what is wrong with the rows of one block; nothing where a formula has a mistake, which others say."""
    choice = choice_in(context, owner, block, table)
    if choice is None:
        return ()
    found = _of_rows(_Reading(context.flow), block, table, choice) or _of_chances(context, table, choice)
    if found is None:
        return ()
    element, named = at(block, choice.field), {"block": block_label(block), "page": owner_label(owner)}
    words = named | ({"text": found.text} if found.text else {})
    return (problem(f"twins.{found.code}", found.severity, element, fix=None, **words),)


def _of_rows(reading: "_Reading", block: AnyBlock, table: Table, choice: Choice) -> Found | None:
    """Return that two starting rows read alike, or that one says nothing; None if all is well."""
    first = first_option(block)
    sure: set[Hashable] = set()
    likely: set[Hashable] = set()
    may_be = ""
    for row in table.rows:
        read, text = reading.shown(choice, table, row), reading.text(choice, table, row)
        always, together = (reading.values(trees, table, row) for trees in (choice.conditions, choice.equalities))
        if is_field(block) and not any(read):
            return Found("unnamed", "error")
        if (read, always) in sure or (first and text == first):
            return Found("rows", "error", text)
        may_be = may_be or (text if (read, together) in likely else "")
        sure.add((read, always))
        likely.add((read, together))
    return Found("some_rows", "warning", may_be) if may_be else None


def _of_chances(context: Context, table: Table, choice: Choice) -> Found | None:
    """Return that two drawn rows may well read alike, as far as the chance is known."""
    paths = choice.paths
    if () in paths:
        return None
    chance = Chances(context).of_twins(table, frozenset(path[0] for path in paths))
    return Found("drawn", "warning", str(max(1, round(chance * 100)))) if chance >= LIKELY else None


def choice_in(context: Context, owner: Page | Section, block: AnyBlock, table: Table) -> Choice | None:
    """Return by what a row of a block is chosen; None where a formula has a mistake."""
    scopes = context.scopes
    outer = scopes.page(owner) if isinstance(owner, Page) else scopes.section(owner)
    return _choice(block, table, scopes.with_row(outer, table.id))


def _choice(block: AnyBlock, table: Table, scope: Scope) -> Choice | None:
    """Return by what a row of a block is chosen; None where a formula has a mistake."""
    traits = KINDS[block.kind].traits
    shown: list[Words | None] = []
    conditions: list[Node | None] = []
    for wants, source in _sources(block):
        if wants == "text":
            shown.append(parse_template(source, scope).parts if source.strip() else _default(table))
        elif source.strip() and wants == "condition":
            conditions.append(parse(source, scope, "boolean").tree)
        elif source.strip():
            tree = parse(source, scope, "scalar").tree
            shown.append(None if tree is None else (tree,))
    if None in shown or None in conditions:
        return None
    field = next(name for name in reversed(traits.chosen_by) if name in type(block).model_fields)
    return Choice(field, tuple(filter(None, shown)), tuple(filter(None, conditions)), traits.fill != "typed")


def _sources(block: AnyBlock) -> Iterator[tuple[Wants, str]]:
    """Yield the texts and formulas by which a row of a block is chosen, with what is wanted of each."""
    kind = KINDS[block.kind]
    for name, asks in slots(kind):
        if name in kind.traits.chosen_by or (asks.wants == "condition" and "row" in asks.sees):
            yield asks.wants, getattr(block, name)
    for content in contents(kind):
        if content.part is not None and content.name in kind.traits.chosen_by:
            yield from (("text", said) for said in map(_said, getattr(block, content.name)) if said.strip())
    for room in rooms(block):
        for control in () if room.is_single else room.blocks:
            for name, asks in slots(KINDS[control.kind]):
                source = getattr(control, name)
                if source.strip():
                    yield asks.wants, source


def _said(column: Any) -> str:
    """Return what a column of a list says: its text, else the title of its link."""
    return str(column.text or getattr(column.link, "title", ""))


def _default(table: Table) -> Words:
    """Return what stands for a row without a label: its first text column, else its key, which no other row has."""
    row = {"op": "bound", "type": f"row:{table.name}", "name": "row"}
    texts = (column.name for column in table.columns if column.type.kind == "text")
    name = next(texts, None)
    return (row,) if name is None else ({"op": "column", "type": "text", "of": row, "name": name},)


def _paths(tree: object) -> Iterator[Path]:
    """Yield every column of the row that a formula reads; the empty path where it means the row itself."""
    path = _path(tree)
    if path is not None:
        yield path
    elif isinstance(tree, dict):
        yield from (path for inner in tree.values() for path in _paths(inner))
    elif isinstance(tree, list | tuple):
        yield from (path for inner in tree for path in _paths(inner))


def _path(tree: object) -> Path | None:
    """Return the path that a formula is, None if it is something else."""
    match tree:
        case {"op": "bound", "name": "row"}:
            return ()
        case {"op": "column", "of": of, "name": name}:
            path = _path(of)
            return None if path is None else (*path, name)
    return None


def _equalities(tree: Node) -> Iterator[Node]:
    """Yield the comparisons of a condition by which all rows that meet it have the same value."""
    match tree:
        case {"op": "and", "args": args}:
            for one in args:
                yield from _equalities(one)
        case {"op": "compare", "test": "=="} | {"op": "column", "type": "boolean"}:
            yield tree


class _Reading:
    """What stands in starting rows, as pages show it."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._rows = {table.id: {str(row.id): row for row in table.rows} for table in flow.tables}

    def shown(self, choice: Choice, table: Table, row: Row) -> tuple[Hashable, ...]:
        """Return what is shown of a row; rows of which it is equal read alike."""
        return tuple(self._words(words, table, row, choice.has_capitals) for words in choice.shown)

    def values(self, trees: Sequence[Node], table: Table, row: Row) -> Hashable:
        """Return the values that formulas read of a row."""
        return tuple(self._values(tree, table, row) for tree in trees)

    def text(self, choice: Choice, table: Table, row: Row) -> str:
        """Return what people read of a row, of a formula that is not worked out what it reads."""
        texts = (as_read("".join(self._piece(piece, table, row) for piece in words)) for words in choice.shown)
        return " · ".join(filter(None, texts))

    def _piece(self, piece: str | Node, table: Table, row: Row) -> str:
        """Return one piece of what people read."""
        if isinstance(piece, str):
            return piece
        if _path(piece):
            return self._shown(piece, table, row)
        return " ".join(str(self._value(path, table, row)) for path in _paths(piece))

    def _words(self, words: Words, table: Table, row: Row, has_capitals: bool) -> Hashable:
        """Return a text as it is read, or what it reads where it has formulas that are not worked out."""
        if not all(isinstance(piece, str) or _path(piece) for piece in words):
            return tuple(piece if isinstance(piece, str) else self._values(piece, table, row) for piece in words)
        read = as_read("".join(self._piece(piece, table, row) for piece in words))
        return read if has_capitals else read.casefold()

    def _shown(self, tree: Node, table: Table, row: Row) -> str:
        """Return a column as a page shows it."""
        site = self._flow.site
        try:
            value = from_json(self._value(_path(tree) or (), table, row), tree["type"])
        except (ValueError, ArithmeticError, FormulaFaultError):
            return ""  # a value that its column cannot hold, which others say
        return formatter(tree["type"], site.currency, site.locale)(value)

    def _values(self, tree: Node, table: Table, row: Row) -> Hashable:
        """Return the values that a formula reads of a row."""
        return tuple(str(self._value(path, table, row)) for path in _paths(tree))

    def _value(self, path: Path, table: Table, row: Row) -> Any:
        """Return the stored value at a path, None where there is none; of the row itself, its id."""
        if not path:
            return row.id
        column = next((one for one in table.columns if one.name == path[0]), None)
        value = None if column is None else row.values.get(column.id)
        if column is None or value is None or len(path) == 1:
            # A text is read as data begin with it: without spaces at its ends and what nobody sees.
            return as_begun(value, column.type.kind) if column is not None else value
        other = next((one for one in self._flow.tables if one.id == column.type.table), None)
        found = None if other is None else self._rows[other.id].get(str(value))
        return None if other is None or found is None else self._value(path[1:], other, found)
