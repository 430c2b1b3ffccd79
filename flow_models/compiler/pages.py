"""Pages, sections and blocks as programs write them."""

from collections.abc import Callable, Sequence
from typing import Any

from flow_models.compiler.formulas import FormulaTrees, Json
from flow_models.compiler.names import Names
from flow_models.compiler.problems import BrokenPartError, LeftOut
from flow_models.document.base import Model, TableId
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import (
    AnyBlock,
    Button,
    Columns,
    Details,
    FoldOut,
    Form,
    Group,
    Link,
    ListBlock,
    Menu,
    Navigation,
    Tabs,
)
from flow_models.document.elements import Element
from flow_models.document.field_blocks import ChoiceField, ChoiceGrid, SuggestField

_TEMPLATES = frozenset({"text", "help", "label", "empty_text"})
_FORMULAS = frozenset({"show_if", "enabled_if", "initial", "minimum", "maximum", "where", "sort", "line", "free_if"})
_TITLED_BY_TEMPLATE = (Button, Link, ListBlock, Menu, FoldOut)
_OVER_ROWS = (ListBlock, ChoiceField, SuggestField, ChoiceGrid)
_TITLES = frozenset({"choices", "files", "titles"})
"""Lists of fixed texts."""


class PageCompiler:
    """Compiles pages; a broken block is left out and named in `left_out`."""

    def __init__(self, trees: FormulaTrees, names: Names, left_out: list[LeftOut]) -> None:
        self._trees = trees
        self._names = names
        self._left_out = left_out

    def page(self, page: Page, section: str | None) -> Json:
        """Return a page without its transitions and without the rule for addresses.

        `open_by_url` is the designer's formula, or None for the rule.
        """
        at = Element("page", page.id)
        record = None
        if page.record is not None:
            record = self._kept(lambda: self._names.table(page.record, at._replace(field="record")).name, None)
        return {
            "title": self._kept(lambda: self._trees.text(at, "title"), []),
            "path": self._kept(lambda: self._trees.text(at, "path"), []),
            "kind": page.kind,
            "record": record,
            "open_by_url": self._kept(lambda: self._trees.formula(at, "open_by_url"), False),
            "section": section,
            "blocks": self.blocks(page.blocks),
        }

    def section(self, section: Section) -> Json:
        """Return a section."""
        return {
            "title": section.title,
            "header": self.blocks(section.header),
            "footer": self.blocks(section.footer),
        }

    def blocks(self, blocks: Sequence[AnyBlock]) -> list[Json]:
        """Return blocks without the broken ones."""
        found = []
        for block in blocks:
            try:
                found.append(self._block(block))
            except BrokenPartError as error:
                self._left_out.append(error.problem)
        return found

    def _kept(self, compute: Callable[[], Any], otherwise: object) -> Any:
        """Return a part of a page, or another value if it is broken."""
        try:
            return compute()
        except BrokenPartError as error:
            self._left_out.append(error.problem)
            return otherwise

    def _block(self, block: AnyBlock) -> Json:
        """Return a block."""
        at = Element("block", block.id)
        written = self._plain(block, at)
        if isinstance(block, _OVER_ROWS):
            written["table"] = self._table(block.table, at)
        match block:
            case Form() | Group() | FoldOut():
                written["blocks"] = self.blocks(block.blocks)
            case Columns():
                written["columns"] = [self.blocks(column) for column in block.columns]
            case Tabs():
                written["tabs"] = [{"title": tab.title, "blocks": self.blocks(tab.blocks)} for tab in block.tabs]
            case Navigation():
                written["links"] = self.blocks(block.links)
            case Menu():
                written["items"] = self.blocks(block.items)
            case ListBlock():
                self._list(block, written, at)
            case Details():
                written["record"] = self._trees.formula(at, "record")
                written["items"] = [
                    {"title": item.title, "text": self._trees.text(at, f"items.{index}.text")}
                    for index, item in enumerate(block.items)
                ]
            case _:
                pass
        return written

    def _plain(self, block: AnyBlock, at: Element) -> Json:
        """Return the fields of a block that hold no other blocks: formulas as trees, texts as parts."""
        written: Json = {}
        for name in type(block).model_fields:
            value = getattr(block, name)
            if name in _FORMULAS and isinstance(value, str):
                written[name] = self._trees.formula(at, name)
            elif name in _TEMPLATES or (name == "title" and isinstance(block, _TITLED_BY_TEMPLATE)):
                written[name] = self._trees.text(at, name)
            elif name in _TITLES or not isinstance(value, Model | tuple):
                written[name] = list(value) if name in _TITLES else value
        return written

    def _table(self, table: TableId | None, at: Element) -> str | None:
        """Return the name of the table whose rows a block shows or offers."""
        return None if table is None else self._names.table(table, at._replace(field="table")).name

    def _list(self, block: ListBlock, written: Json, at: Element) -> None:
        """Write what a list shows of each row."""
        written["columns"] = [
            {
                "title": column.title,
                "text": self._trees.text(at, f"columns.{index}.text"),
                "align": column.align,
                "link": None if column.link is None else self._block(column.link),
            }
            for index, column in enumerate(block.columns)
        ]
        written["row_controls"] = self.blocks(block.row_controls)
