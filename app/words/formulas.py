"""What the names in formulas are called on screen, at one place of a flow: fields, data, parameters, comparisons."""

from dataclasses import dataclass, field, replace

import resources
from app.words.elements import block_title
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, is_field
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.formulas import Node, to_source
from flow_models.formulas.kinds import table_of
from flow_models.formulas.sentences import Called, Group, Items, OfTable, Operand, Plain, Sentence, Sum
from flow_models.formulas.sentences import Row as SentenceRow

ARROW = " \u203a "
"""Stands between a row and its column."""


@dataclass
class Titles:
    """Titles by name; what has none is called by its name."""

    fields: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)

    binds: tuple[str, ...] = ()
    """The rows, by how they are bound, inside whose conditions something stands: their columns need no more words."""

    def inside(self, bind: str) -> "Titles":
        """Return the titles for a condition about rows that are bound by a name."""
        return replace(self, binds=(*self.binds, bind))

    def column(self, table: str, name: str) -> str:
        """Return the title of a column."""
        return self.columns.get((table, name), name)

    def table(self, name: str) -> str:
        """Return the title of a table."""
        return self.tables.get(name, name)

    def node(self, node: Node) -> str:
        """Return what a name or literal is called: `Amount`, or `“Active”`."""
        match node["op"]:
            case "value":
                return _literal(node)
            case "field":
                return self.fields.get(str(node["name"]), str(node["name"]))
            case "variable":
                return self.variables.get(str(node["name"]), str(node["name"]))
            case "task":
                title = self.parameters.get(node["name"], node["name"])
                return resources.text("inspector.name.task", title=title)
            case "bound":
                return self._bound(node)
            case "clock":
                return resources.text(f"inspector.name.clock_{node['part']}")
            case "answer":
                return resources.text("inspector.name.answer")
            case "column":
                return self._column(node)
            case _:
                return to_source(node)

    def _bound(self, node: Node) -> str:
        name = str(node["name"])
        table = self.table(table_of(node["type"]) or "")
        if name in ("row", "record", "used"):
            return resources.text(f"inspector.name.{name}", table=table)
        return resources.text("inspector.name.bound", table=table)

    def _column(self, node: Node) -> str:
        of = node["of"]
        title = self.column(table_of(of["type"]) or "", node["name"])
        if of["op"] == "bound" and (of["name"] in ("row", *self.binds[-1:]) or str(of["name"])[3:].isdigit()):
            return title
        return self.node(of) + ARROW + title

    def operand(self, operand: Operand) -> str:
        """Return an operand in words."""
        match operand:
            case Plain():
                return self.node(operand.node)
            case Called():
                args = ", ".join(self.operand(arg) for arg in operand.args)
                return f"{resources.text(f'inspector.function.{operand.fn}')} ({args})"
            case Items():
                return ", ".join(self.operand(item) for item in operand.items)
            case Sum():
                return f"{self.operand(operand.left)} {operand.sign} {self.operand(operand.right)}"
            case OfTable():
                return self._of_table(operand)

    def rows(self, rows: Node) -> str:
        """Return what rows are called: a table, or what was added to it."""
        match rows["op"]:
            case "table":
                title = self.table(rows["name"])
                return resources.text("inspector.name.before", table=title) if rows["before"] else title
            case "changes":
                return resources.text(f"inspector.name.{rows['change']}", table=self.table(rows["table"]))
            case _:
                return resources.text("inspector.name.sorted", table=self.rows(rows["rows"]))

    def _of_table(self, operand: OfTable) -> str:
        inner = self.inside(operand.bind)
        value = "" if operand.value is None else inner.operand(operand.value)
        words = resources.text(f"inspector.of_table.{operand.fn}", table=self.rows(operand.rows), value=value)
        for step in operand.steps:
            words += ARROW + step.name
        if operand.where is not None and operand.where.parts:
            words = resources.text("inspector.of_table.where", what=words, condition=inner.sentence(operand.where))
        return words

    def sentence(self, sentence: Sentence | Group) -> str:
        """Return a condition in words."""
        parts = sentence.parts if isinstance(sentence, Sentence) else sentence.rows
        joint = resources.text(f"inspector.join.{sentence.join}_joint")
        said = [self.row(part) if isinstance(part, SentenceRow) else f"({self.sentence(part)})" for part in parts]
        words = f" {joint} ".join(said)
        if isinstance(sentence, Group) and sentence.is_negated:
            return resources.text("inspector.join.not", condition=words)
        return words

    def row(self, row: SentenceRow) -> str:
        """Return one comparison in words."""
        left = self.operand(row.left)
        if row.right is None:
            key = "inspector.row.no" if row.is_negated else "inspector.row.yes"
            return resources.text(key, left=left)
        test = comparison_words(row.comparison, row.left.kind)
        words = f"{left} {test} {self.operand(row.right)}"
        return resources.text("inspector.join.not", condition=words) if row.is_negated else words


def comparison_words(comparison: str, kind: str) -> str:
    """Return a comparison in words: "is at most"; for dates "is not after"."""
    key = _COMPARISONS[comparison]
    if kind in ("date", "time") and comparison in ("<", "<=", ">", ">="):
        key += "_date"
    return resources.text(f"inspector.comparison.{key}")


_COMPARISONS = {
    "==": "is",
    "!=": "is_not",
    "<": "less",
    "<=": "most",
    ">": "more",
    ">=": "least",
    "in": "in",
    "not in": "not_in",
    "contains": "contains",
    "starts_with": "starts_with",
    "ends_with": "ends_with",
    "yes": "yes",
    "no": "no",
}


def titles_at(flow: Flow, owner: Element | None) -> Titles:
    """Return the titles of everything that formulas in a page, section, transition, table or task can name."""
    titles = Titles(
        variables={variable.name: variable.title or variable.name for variable in flow.variables},
        tables={table.name: table.title or table.name for table in flow.tables},
        columns={
            (table.name, column.name): column.title or column.name for table in flow.tables for column in table.columns
        },
    )
    if owner is None:
        return titles
    fields = {getattr(block, "name", ""): block_title(block) for block in _blocks_of(flow, owner) if is_field(block)}
    return replace(titles, fields=fields, parameters=_parameters_of(flow, owner))


def _parameters_of(flow: Flow, owner: Element) -> dict[str, str]:
    task = flow.tasks_by_id.get(owner.id) if owner.kind == "task" else None
    return {} if task is None else {part.name: part.title or part.name for part in task.parameters}


def _blocks_of(flow: Flow, owner: Element) -> tuple[AnyBlock, ...]:
    """Return the blocks on a page or of a section; for a transition those where it starts."""
    arrow = flow.transitions_by_id.get(owner.id) if owner.kind == "transition" else None
    source = owner.id if arrow is None else arrow.source
    part: Page | Section | None = flow.pages_by_id.get(source) or flow.sections_by_id.get(source)
    if part is None:
        return ()
    return flow.blocks_on(part.id) if isinstance(part, Page) else tuple(walk((*part.header, *part.footer)))


def _literal(node: Node) -> str:
    value = node["value"]
    match node["type"]:
        case "none":
            return resources.text("inspector.name.empty")
        case "boolean":
            return resources.text("inspector.value.yes" if value else "inspector.value.no")
        case "text" | "choice":
            return f"“{value}”"
        case _:
            return str(value)
