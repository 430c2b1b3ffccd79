"""Formulas in words, whatever they hold: labels, problems, the log and the inspector all say them so.

Every tree has words, so that no formula is ever shown as code where a person has not asked for it. Values read as the
site writes them: amounts, dates and times in the manner of its currency and language. How a condition is taken apart
into rows that a person edits is in `formulas.sentences`.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

import resources
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, is_field
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.places import Place
from flow_models.document.rooms import walk
from flow_models.formulas.kinds import Node, is_literal, table_of
from flow_models.formulas.parsing import parse, parse_template
from flow_models.formulas.scope import Scope
from flow_models.formulas.sentences import SEARCHES, Operand, Row, Sentence, operand_tree, row_tree, sentence_tree
from flow_models.runtime.machine.base.formats import formatter

ARROW: Final = " \u203a "
"""Stands between a row and its column."""


@dataclass
class Titles:
    """Titles by name; what has none is called by its name."""

    fields: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    currency: str = "USD"
    locale: str = "en-US"

    binds: tuple[str, ...] = ()
    """The rows, by how they are bound, inside whose conditions something stands: their columns need no more words."""
    is_full: bool = False
    """Whether names say where they come from, because something else is called so too: `the field Amount`."""

    def inside(self, bind: str) -> "Titles":
        """Return the titles for a condition about rows that are bound by a name."""
        return replace(self, binds=(*self.binds, bind))

    def column(self, table: str, name: str) -> str:
        """Return the title of a column."""
        return self.columns.get((table, name), _spaced(name))

    def table(self, name: str) -> str:
        """Return the title of a table."""
        return self.tables.get(name, _spaced(name))

    def operand(self, operand: Operand) -> str:
        """Return an operand in words."""
        return self.node(operand_tree(operand))

    def sentence(self, sentence: Sentence) -> str:
        """Return a condition in words; nothing for one that always holds."""
        tree = sentence_tree(sentence)
        return "" if tree is None else self.condition(tree)

    def row(self, row: Row) -> str:
        """Return one comparison in words."""
        return self.condition(row_tree(row))

    def qualified(self, node: Node) -> str:
        """Return a tree in words whose names say where they come from, as where something else is called so too."""
        return replace(self, is_full=True).node(node)

    def node(self, node: Node) -> str:
        """Return a tree in words: `Amount`, `“Active”`, or `Amount is at most Balance`.

        Each operation has its method, as in Python's visitors of trees.
        """
        said: str = getattr(self, f"_say_{node['op']}")(node)
        return said

    def rows(self, rows: Node) -> str:
        """Return what rows are called: a table, or what was added to it."""
        match rows["op"]:
            case "table":
                title = self.table(rows["name"])
                return resources.text("inspector.name.before", table=title) if rows["before"] else title
            case "changes":
                return resources.text(f"inspector.name.{rows['change']}", table=self.table(rows["table"]))
            case _:
                key = self.inside(rows["bind"]).node(rows["key"])
                order = "descending" if rows["descending"] else "sorted"
                return resources.text(f"inspector.name.{order}", table=self.rows(rows["rows"]), key=key)

    # Names

    def _named(self, kind: str, title: str) -> str:
        return resources.text(f"inspector.name.the_{kind}", title=title) if self.is_full else title

    def _say_value(self, node: Node) -> str:
        value = node["value"]
        match node["type"]:
            case "none":
                return resources.text("inspector.name.empty")
            case "boolean":
                return resources.text("inspector.value.yes" if value else "inspector.value.no")
            case "text" | "choice":
                return f"“{value}”"
            case "money":
                return formatter("money", self.currency, self.locale)(Decimal(str(value)))
            case kind:
                return formatter(kind, self.currency, self.locale)(value)

    def _say_bound(self, node: Node) -> str:
        name = str(node["name"])
        table = self.table(table_of(node["type"]) or "")
        key = name if name in ("row", "record", "used") else "bound"
        return resources.text(f"inspector.name.{key}", table=table)

    def _say_column(self, node: Node) -> str:
        of = node["of"]
        title = self.column(table_of(of["type"]) or "", node["name"])
        if of["op"] == "bound" and (of["name"] in ("row", *self.binds[-1:]) or str(of["name"])[3:].isdigit()):
            return self._named("column", title)
        return self.node(of) + ARROW + title

    def _say_field(self, node: Node) -> str:
        return self._named("field", self.fields.get(node["name"], _spaced(node["name"])))

    def _say_variable(self, node: Node) -> str:
        return self._named("variable", self.variables.get(node["name"], _spaced(node["name"])))

    def _say_task(self, node: Node) -> str:
        title = self.parameters.get(node["name"], _spaced(node["name"]))
        return resources.text("inspector.name.task", title=title)

    def _say_clock(self, node: Node) -> str:
        return resources.text(f"inspector.name.clock_{node['part']}")

    def _say_answer(self, node: Node) -> str:
        del node
        return resources.text("inspector.name.answer")

    _say_table = _say_changes = _say_sorted = rows

    # Calculations

    def _say_list(self, node: Node) -> str:
        items = [self.node(item) for item in node["items"]]
        if len(items) < 2:
            return "".join(items)
        return resources.text("formulas.said.list", items=", ".join(items[:-1]), last=items[-1])

    def _say_call(self, node: Node) -> str:
        fn, args = node["fn"], node["args"]
        if fn in SEARCHES:
            return self._compared(args[0], fn, args[1])
        if fn == "chance" and is_literal(args[0]):
            percent = f"{Decimal(str(args[0]['value'])) * 100:f}"
            percent = percent.rstrip("0").rstrip(".") if "." in percent else percent
            return resources.text("formulas.said.call.chance_percent", percent=percent)
        words = {name: self.node(arg) for name, arg in zip("ab", args, strict=False)}
        return resources.text(f"formulas.said.call.{fn}{'_to' if (fn, len(args)) == ('round', 2) else ''}", **words)

    def _say_arith(self, node: Node) -> str:
        left, right = self._part(node["left"]), self._part(node["right"])
        if {node["left"]["type"], node["right"]["type"]} == {"date", "integer"}:
            left, right = (self._days(part, words) for part, words in ((node["left"], left), (node["right"], right)))
        words = resources.text(f"formulas.said.sign.{_SIGNS[node['sign']]}", left=left, right=right)
        default = node.get("default")
        if default is None or default["type"] == "none":
            return words
        return resources.text("formulas.said.divided_else", what=words, right=right, default=self.node(default))

    def _days(self, node: Node, words: str) -> str:
        """Return a number of days that is added to a date or taken from it; a date as it is."""
        if node["type"] == "date":
            return words
        return resources.text("formulas.said.day" if words == "1" else "formulas.said.days", count=words)

    def _part(self, node: Node) -> str:
        """Return a part of a calculation or of a negated condition, in brackets if it has parts itself."""
        words = self.node(node)
        return f"({words})" if node["op"] in _COMPOUND or "where" in node else words

    def _say_if(self, node: Node) -> str:
        words = {name: self.node(node[name]) for name in ("then", "test", "else")}
        return resources.text("formulas.said.branch", then=words["then"], test=words["test"], other=words["else"])

    def _of_rows(self, node: Node, *, is_none: bool = False) -> str:
        """Return what is computed from rows: how many there are, a sum, the first."""
        inner = self.inside(node["bind"])
        value = node.get("value")
        key = "none" if is_none else node["fn"] if value is None else f"{node['fn']}_value"
        key += (
            "_of" if node["rows"]["op"] == "changes" and f"formulas.said.rows.{key}_of" in resources.catalogue() else ""
        )
        words = {"table": self.rows(node["rows"])} | ({} if value is None else {"value": inner.node(value)})
        said = resources.text(f"formulas.said.rows.{key}", **words)
        if "where" in node:
            joint = "all_where" if node["fn"] == "all" else "where"
            said = resources.text(f"formulas.said.rows.{joint}", what=said, condition=inner.condition(node["where"]))
        default = node.get("default")
        if default is None or default["type"] == "none":
            return said
        return resources.text("formulas.said.rows.else", what=said, default=self.node(default))

    _say_aggregate = _of_rows

    def _say_neg(self, node: Node) -> str:
        return resources.text("formulas.said.negative", what=self._part(node["arg"]))

    # Conditions

    def _say_and(self, node: Node) -> str:
        joint = resources.text(f"inspector.join.{'all' if node['op'] == 'and' else 'any'}_joint")
        return f" {joint} ".join(
            self._part(arg) if arg["op"] in _JOINS else self.condition(arg) for arg in node["args"]
        )

    _say_or = _say_and

    def _say_compare(self, node: Node) -> str:
        return self._compared(node["left"], node["test"], node["right"])

    def condition(self, node: Node) -> str:
        """Return a tree as a condition: what is yes or no by itself is said to be."""
        return resources.text("inspector.row.yes", left=self.node(node)) if _is_name(node) else self.node(node)

    def _say_not(self, node: Node) -> str:
        arg = node["arg"]
        if arg["op"] == "aggregate" and arg["fn"] == "any":
            return self._of_rows(arg, is_none=True)
        if _is_name(arg):
            return resources.text("inspector.row.no", left=self.node(arg))
        if arg["op"] == "call" and arg["fn"] in SEARCHES:
            return self._compared(arg["args"][0], f"not_{arg['fn']}", arg["args"][1])
        if arg["op"] == "compare" and arg["test"] in _DENIED:
            return self._compared(arg["left"], _DENIED[arg["test"]], arg["right"])
        return resources.text("inspector.join.not", condition=self.condition(arg))

    def _compared(self, left: Node, test: str, right: Node) -> str:
        """Return a comparison; nothing is said to be itself, and what is empty or yes needs no other side."""
        said = self._part(left)
        if test in ("==", "!=") and right["op"] == "value" and right["type"] in ("none", "boolean"):
            is_so = test == "=="
            if right["type"] == "none":
                return resources.text("inspector.row.is_empty" if is_so else "inspector.row.is_filled", left=said)
            return resources.text("inspector.row.yes" if right["value"] == is_so else "inspector.row.no", left=said)
        other = self._part(right)
        if other == said:
            said, other = self.qualified(left), self.qualified(right)
        return f"{said} {comparison_words(test, left['type'])} {other}"


def comparison_words(comparison: str, kind: str) -> str:
    """Return a comparison in words: "is at most"; for dates "is not after"."""
    key = _COMPARISONS[comparison]
    if kind in ("date", "time") and comparison in ("<", "<=", ">", ">="):
        key += "_date"
    return resources.text(f"inspector.comparison.{key}")


def condition_words(source: str, scope: Scope, titles: Titles) -> str:
    """Return the source of a condition in words; of one that cannot be read only that it is not finished."""
    tree = parse(source, scope, "boolean").tree
    return resources.text("formulas.said.unfinished") if tree is None else titles.condition(tree)


def place_words(place: Place, titles: Titles) -> str:
    """Return what stands at a place in words: a condition, a value, or a text with values between angle quotes."""
    if place.template:
        parts = parse_template(place.source, place.scope).parts or []
        return "".join(part if isinstance(part, str) else f"\u2039{titles.node(part)}\u203a" for part in parts)
    tree = parse(place.source, place.scope, place.expected, place.choices).tree
    return resources.text("formulas.said.unfinished") if tree is None else titles.condition(tree)


def titles_of(flow: Flow) -> Titles:
    """Return the titles of what formulas can name anywhere in a flow."""
    return Titles(
        variables={variable.name: variable.title or _spaced(variable.name) for variable in flow.variables},
        tables={table.name: table.title or _spaced(table.name) for table in flow.tables},
        columns={
            (table.name, column.name): column.title or _spaced(column.name)
            for table in flow.tables
            for column in table.columns
        },
        currency=flow.site.currency,
        locale=flow.site.locale,
    )


def titles_at(flow: Flow, owner: Element | None, titles: Titles | None = None) -> Titles:
    """Return the titles of everything that formulas in a page, section, transition, table or task can name.

    Args:
        flow: The flow.
        owner: The part; `None` for what can be named anywhere.
        titles: The titles of the flow, if they are at hand.
    """
    titles = titles or titles_of(flow)
    if owner is None:
        return titles
    fields = {getattr(block, "name", ""): field_title(block) for block in _blocks_of(flow, owner) if is_field(block)}
    return replace(titles, fields=fields, parameters=_parameters_of(flow, owner))


def field_title(block: AnyBlock) -> str:
    """Return what a field is called where values are named: its title on one line, else its name."""
    return " ".join(getattr(block, "title", "").split()) or _spaced(getattr(block, "name", ""))


def _parameters_of(flow: Flow, owner: Element) -> dict[str, str]:
    task = flow.tasks_by_id.get(owner.id) if owner.kind == "task" else None
    return {} if task is None else {part.name: part.title or _spaced(part.name) for part in task.parameters}


def _blocks_of(flow: Flow, owner: Element) -> tuple[AnyBlock, ...]:
    """Return the blocks on a page or of a section; for a transition those where it starts."""
    arrow = flow.transitions_by_id.get(owner.id) if owner.kind == "transition" else None
    source = owner.id if arrow is None else arrow.source
    part: Page | Section | None = flow.pages_by_id.get(source) or flow.sections_by_id.get(source)
    if part is None:
        return ()
    return flow.blocks_on(part.id) if isinstance(part, Page) else tuple(walk((*part.header, *part.footer)))


def _is_name(node: Node) -> bool:
    """Say whether a condition is only the name or the value of something that is yes or no."""
    return node["op"] in ("field", "variable", "task", "column", "value")


def _spaced(name: str) -> str:
    """Return a name without a title as words."""
    return name.replace("_", " ")


_JOINS: Final = ("and", "or")
_COMPOUND: Final = ("arith", "and", "or", "if", "compare")
_DENIED: Final = {"==": "!=", "!=": "==", "in": "not in", "not in": "in"}
_SIGNS: Final = {"+": "plus", "-": "minus", "*": "times", "/": "by", "//": "whole", "%": "rest"}
_COMPARISONS: Final = {
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
    "not_contains": "contains_not",
    "not_starts_with": "starts_not",
    "not_ends_with": "ends_not",
    "yes": "yes",
    "no": "no",
}
