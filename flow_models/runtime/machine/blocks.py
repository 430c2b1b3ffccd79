"""Blocks, ready to be shown: from a block of the program to the parts of a view.

Parts without formulas are made once. Others are kept until something that they read has changed, so that two views
share every part in which they do not differ.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import fields as field_module
from . import selections, view
from .addresses import Addresses
from .closures import Formulas
from .context import Closure, Context
from .errors import ProgramError
from .memo import LIMIT, Made, Memo
from .program import Json, Node, table_node
from .reads import NOTHING, Reads, blocks_in, names_record, names_table, reads_of, without
from .tables import Row, sorted_rows


class Scene(Context):
    """A context that also knows what has been typed on the page and what is wrong with it.

    Attributes:
        drafts: The texts of the fields as typed, in the page's order; `texts` are those that the site knows.
        places: Where each field's text stands.
        errors: Validation messages by field name.
    """

    __slots__ = ("drafts", "errors", "places")

    drafts: tuple[str, ...]
    places: Mapping[str, int]
    errors: Mapping[str, str]


Builder = Callable[[Scene], view.Shown | None]
Control = view.Button | view.Link


class Blocks:
    """Builds what shows the blocks of one program."""

    def __init__(self, formulas: Formulas, addresses: Addresses, targets: Mapping[str, Json]) -> None:
        """Remember where names lead; `targets` has for each block its first transition to a page."""
        self._formulas = formulas
        self._addresses = addresses
        self._targets = targets

    def builders(self, blocks: Sequence[Json], form: str = "") -> tuple[Builder, ...]:
        """Return what shows blocks; `form` is the id of the form in which they stand."""
        return tuple(self.builder(block, form) for block in blocks)

    def builder(self, block: Json, form: str = "") -> Builder:
        """Return what shows one block, or nothing while its condition does not hold."""
        kind = block["kind"]
        if kind in field_module.FIELD_KINDS:
            return self._when(block, self._field(block))
        match kind:
            case "form":
                return self._when(block, self._container(block, self._form_maker(block), block["id"]))
            case "group":
                return self._when(block, self._container(block, self._group_maker(block), form))
            case "columns":
                return self._when(block, self._columns(block, form))
            case _:
                reads, build = self._plain(block, form)
                return self._kept(block, reads, build)

    def reads(self, blocks: Sequence[Json]) -> Reads:
        """Return what blocks and everything in them depend on, what has been typed aside."""
        found = reads_of(blocks)
        for block in blocks_in(blocks):
            kind = block["kind"]
            if kind == "link":
                found = found | self._control_reads(block)
            elif kind == "details":
                found = found | Reads(flags=frozenset({"record"}))
            elif kind in ("list", "choice_field") and block.get("table") is not None:
                found = found | Reads(frozenset({block["table"]}))
        return found

    def _plain(self, block: Json, form: str) -> tuple[Reads, Builder]:
        """Return what a block without fields reads, and what shows it."""
        text = self._formulas.text
        block_id = block["id"]
        match block["kind"]:
            case "heading":
                words, level = text(block["text"]), block["level"]
                return reads_of(block["text"]), lambda scene: view.Heading(block_id, words(scene), level)
            case "text":
                words, style = text(block["text"]), block["style"]
                return reads_of(block["text"]), lambda scene: view.Text(block_id, words(scene), style)
            case "notice":
                words, tone = text(block["text"]), block["tone"]
                return reads_of(block["text"]), lambda scene: view.NoticeBox(block_id, words(scene), tone)
            case "divider":
                return NOTHING, lambda _scene: view.Divider(block_id)
            case "button" | "link":
                return self._control(block, form)
            case "list":
                return self._list(block)
            case "details":
                return self._details(block)
            case "navigation":
                return self._navigation(block)
            case kind:
                raise ProgramError(f"unknown block {kind!r}")

    def _when(self, block: Json, build: Builder) -> Builder:
        """Return a builder that shows nothing while the block's condition does not hold."""
        if block.get("show_if") is None:
            return build
        holds = self._formulas.condition(block["show_if"])
        return lambda scene: build(scene) if holds(scene) else None

    def _kept(self, block: Json, reads: Reads, build: Builder) -> Builder:
        """Return a builder that builds anew only when something that the block reads has changed."""
        memo: Memo[Scene, view.Shown | None] = Memo(
            self._formulas.schema, reads | reads_of(block.get("show_if")), self._when(block, build)
        )
        return memo

    def _container(self, block: Json, make: Callable[[tuple[view.Shown, ...]], view.Shown], form: str) -> Builder:
        """Return what shows a container around its blocks; the same parts inside give the same container."""
        inner = self.builders(block["blocks"], form)
        made = Made(make)
        return lambda scene: made(shown(inner, scene))

    @staticmethod
    def _form_maker(block: Json) -> Callable[[tuple[view.Shown, ...]], view.Shown]:
        block_id = block["id"]
        return lambda children: view.Form(block_id, children)

    @staticmethod
    def _group_maker(block: Json) -> Callable[[tuple[view.Shown, ...]], view.Shown]:
        block_id, title = block["id"], block["title"]
        return lambda children: view.Group(block_id, title, children)

    def _columns(self, block: Json, form: str) -> Builder:
        """Return what shows blocks side by side."""
        block_id = block["id"]
        columns = [self.builders(column, form) for column in block["columns"]]
        made = Made(lambda groups: view.Columns(block_id, groups))
        single = [Made(lambda parts: parts) for _ in columns]

        def build(scene: Scene) -> view.Shown | None:
            parts = tuple(keep(shown(column, scene)) for keep, column in zip(single, columns, strict=True))
            found: view.Shown = made(parts)
            return found

        return build

    def _field(self, block: Json) -> Builder:
        """Return what shows a field with its present text and message."""
        field = field_module.Field(self._formulas, block)
        help_text = self._formulas.text(block.get("help", ()))
        frame: Memo[Scene, dict[tuple[str, str], view.Field]] = Memo(
            self._formulas.schema,
            field.reads | reads_of(block.get("help")),
            lambda scene: _FieldFrame(field, block, help_text(scene), scene),
        )
        name = field.name

        def build(scene: Scene) -> view.Shown:
            made = frame(scene)
            return made[scene.drafts[scene.places[name]], scene.errors.get(name, "")]

        return build

    def _control(self, block: Json, form: str) -> tuple[Reads, Builder]:
        """Return what shows a button or link outside of lists."""
        build = self._maker(block, form)
        return self._control_reads(block), lambda scene: build(scene, None)

    def _maker(self, block: Json, form: str) -> Callable[[Scene, Row | None], Control]:
        """Return what makes a button or link, for a row or for none."""
        words = self._formulas.text(block["title"])
        block_id = block["id"]
        if block["kind"] == "link":
            href = self._href(block_id)

            def link(scene: Scene, row: Row | None) -> Control:
                return view.Link(block_id, "" if row is None else row[0], words(scene), href(scene, row))

            return link
        enabled = self._formulas.condition(block.get("enabled_if"))
        style, submit = block["style"], bool(block["submit"])

        def button(scene: Scene, row: Row | None) -> Control:
            key = "" if row is None else row[0]
            return view.Button(block_id, key, words(scene), style, enabled(scene), submit, form if submit else "")

        return button

    def _control_reads(self, block: Json) -> Reads:
        """Return what a button or link depends on, its address included."""
        reads = reads_of(block["title"], block.get("enabled_if"))
        target = self._targets.get(block["id"]) if block["kind"] == "link" else None
        path = None if target is None else self._addresses.path(target["to"])
        if target is None or path is None:
            return reads
        if path.table is not None:
            reads = reads | Reads(frozenset({path.table}), frozenset(), frozenset({"record"}))
        return reads | path.reads | reads_of(target["record"])

    def _href(self, block_id: str) -> Callable[[Scene, Row | None], str]:
        """Return what computes a link's address: that of the page its first transition leads to."""
        target = self._targets.get(block_id)
        path = None if target is None else self._addresses.path(target["to"])
        if target is None or path is None:
            return lambda _scene, _row: ""
        if path.table is None:
            return lambda scene, _row: path.text(scene, None)
        index = self._formulas.schema.table(path.table).index
        chosen = None if target["record"] is None else self._formulas.row(target["record"])

        def href(scene: Scene, row: Row | None) -> str:
            shown_row = chosen(scene) if chosen else row if row is not None else scene.bound.get("record")
            if shown_row is None or scene.tables[index].get(shown_row[0]) is None:
                return ""
            return path.text(scene, shown_row)

        return href

    def _list(self, block: Json) -> tuple[Reads, Builder]:
        """Return what shows the rows of a table."""
        title, empty = self._formulas.text(block["title"]), self._formulas.text(block["empty_text"])
        block_id, style = block["id"], block["style"]
        columns = tuple((column["title"], column["align"]) for column in block["columns"])
        reads = reads_of(block["title"], block["empty_text"], block["where"], block["sort"])
        table = block["table"]
        if table is None:
            return reads, lambda scene: view.ListView(block_id, title(scene), style, columns, (), empty(scene))
        find = self._list_rows(block, table)
        row_reads, make = self._row_maker(block)
        reads = reads | row_reads | Reads(frozenset({table}))
        one_row: Memo[Scene, dict[Row, view.ListRow]] = Memo(
            self._formulas.schema, without(row_reads, table), lambda _scene: {}
        )

        def build(scene: Scene) -> view.Shown:
            outer = scene.bound.get("row")
            kept = one_row(scene) if is_row_kept else {}
            if len(kept) > ROWS_KEPT:
                kept.clear()
            rows = []
            for row in find(scene):
                made = kept.get(row)
                if made is None:
                    scene.bound["row"] = row
                    made = kept[row] = make(scene, row)
                rows.append(made)
            scene.bound["row"] = outer
            return view.ListView(block_id, title(scene), style, columns, tuple(rows), empty(scene))

        is_row_kept = not self._reads_other_rows(block, table)
        return reads, build

    def _reads_other_rows(self, block: Json, table: str) -> bool:
        """Say whether what a list shows of a row depends on other rows of its table."""
        links = [column["link"] for column in block["columns"] if column.get("link") is not None]
        trees: list[object] = [column["text"] for column in block["columns"]]
        trees += [*links, *block["row_controls"]]
        if any(names_table(tree, table) or names_record(tree, table) for tree in trees):
            return True
        for control in (*links, *block["row_controls"]):
            target = self._targets.get(control["id"])
            path = None if target is None else self._addresses.path(target["to"])
            if target is None or path is None:
                continue
            if names_table(path.nodes, table) or target["record"] is not None:
                return True
        return False

    def _list_rows(self, block: Json, table: str) -> selections.Rows:
        """Return what finds the rows of a list in their order."""
        find = selections.selection(self._formulas, table_node(table), "row", block["where"])
        limit = block["limit"]
        order = None if block["sort"] is None else self._formulas.value(block["sort"])
        descending = bool(block["descending"])

        def rows(context: Context) -> Sequence[Row]:
            found = find(context)
            if order is not None:
                found = sorted_rows(found, _for_row(order, context), descending=descending)
            return found[:limit] if limit else found

        return rows

    def _row_maker(self, block: Json) -> tuple[Reads, Callable[[Scene, Row], view.ListRow]]:
        """Return what one row of a list reads, and what makes it."""
        reads = NOTHING
        cells: list[tuple[Closure | None, Callable[[Scene, Row | None], Control] | None]] = []
        for column in block["columns"]:
            link = column.get("link")
            if link is None:
                cells.append((self._formulas.text(column["text"]), None))
                reads = reads | reads_of(column["text"])
            else:
                words = column["text"] or link["title"]
                cells.append((None, self._maker({**link, "title": words}, "")))
                reads = reads | self._control_reads({**link, "title": words}) | reads_of(link.get("show_if"))
        controls = []
        for control in block["row_controls"]:
            reads = reads | self._control_reads(control) | reads_of(control.get("show_if"))
            controls.append((self._formulas.condition(control.get("show_if")), self._maker(control, "")))

        def make(scene: Scene, row: Row) -> view.ListRow:
            made: list[Any] = [words(scene) if words else link and link(scene, row) for words, link in cells]
            shown_controls = tuple(control(scene, row) for holds, control in controls if holds(scene))
            return view.ListRow(row[0], tuple(made), shown_controls)

        return reads, make

    def _details(self, block: Json) -> tuple[Reads, Builder]:
        """Return what shows facts of one row."""
        block_id = block["id"]
        items = [(item["title"], self._formulas.text(item["text"])) for item in block["items"]]
        node: Node | None = block["record"]
        reads = reads_of(node, [item["text"] for item in block["items"]])
        reads = reads | Reads(flags=frozenset({"record"}))
        find = None if node is None else self._formulas.row(node)

        def build(scene: Scene) -> view.Shown:
            outer = scene.bound.get("row")
            scene.bound["row"] = find(scene) if find else scene.bound.get("record")
            shown_items = tuple((title, words(scene)) for title, words in items)
            scene.bound["row"] = outer
            return view.Details(block_id, shown_items)

        return reads, build

    def _navigation(self, block: Json) -> tuple[Reads, Builder]:
        """Return what shows a list of links."""
        block_id, title = block["id"], block["title"]
        links = [(self._formulas.condition(link.get("show_if")), self._maker(link, "")) for link in block["links"]]
        reads = NOTHING
        for link in block["links"]:
            reads = reads | self._control_reads(link) | reads_of(link.get("show_if"))

        def build(scene: Scene) -> view.Shown:
            made: tuple[Any, ...] = tuple(link(scene, None) for holds, link in links if holds(scene))
            return view.Navigation(block_id, title, made)

        return reads, build


ROWS_KEPT = 4096


class _FieldFrame(dict[tuple[str, str], view.Field]):
    """All of a field but text and message; made fields by (text, message)."""

    def __init__(self, field: field_module.Field, block: Json, help_text: str, scene: Scene) -> None:
        super().__init__()
        self._parts = {
            "kind": field.kind,
            "name": field.name,
            "title": block["title"],
            "help": help_text,
            "required": bool(block["required"]),
            "options": field.options(scene),
            "purpose": block.get("purpose", ""),
            "minimum": field_module.raw_text(field.minimum(scene)),
            "maximum": field_module.raw_text(field.maximum(scene)),
            "max_length": block.get("max_length", 0),
            "placeholder": block.get("placeholder", ""),
            "style": block.get("style", ""),
            "places": 2 if field.kind == "money_field" else block.get("places", 0),
        }
        self._id = field.id

    def __missing__(self, key: tuple[str, str]) -> view.Field:
        if len(self) >= LIMIT:
            self.clear()
        text, message = key
        made = self[key] = view.Field(self._id, text=text, error=message, **self._parts)
        return made


def shown(builders: Sequence[Builder], scene: Scene) -> tuple[view.Shown, ...]:
    """Return the blocks that are on the page now."""
    return tuple([part for part in [build(scene) for build in builders] if part is not None])


def _for_row(closure: Closure, context: Context) -> Callable[[Row], Any]:
    """Return what computes a formula for a row."""

    def compute(row: Row) -> Any:
        context.bound["row"] = row
        return closure(context)

    return compute
