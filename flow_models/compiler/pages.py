"""Pages, sections and blocks as programs write them."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from flow_models.compiler.addresses import is_address
from flow_models.compiler.formulas import FormulaTrees, Json
from flow_models.compiler.names import Names
from flow_models.compiler.problems import BrokenPartError, LeftOut, broken
from flow_models.document.base import Model
from flow_models.document.behaviour import Page, Section
from flow_models.document.block_base import BlockBase
from flow_models.document.blocks import AnyBlock
from flow_models.document.elements import Element
from flow_models.document.holding import Ids, Maybe, fields_of
from flow_models.runtime.machine.base.kinds import KINDS, contents
from flow_models.runtime.machine.base.parts import Part

_A_TABLE = Maybe(Ids(frozenset({"table"})))
"""What fields hold that name a table: programs know tables by their names, everything else by its id."""


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
            "path": self._kept(lambda: self._path(page, at), []),
            "kind": page.kind,
            "record": record,
            "open_by_url": self._kept(lambda: self._trees.formula(at, "open_by_url"), False),
            "section": section,
            "blocks": self.blocks(page.blocks),
        }

    def _path(self, page: Page, at: Element) -> list[Any]:
        """Return the address of a page.

        Raises:
            BrokenPartError: It is none within the site, or a formula in it has a mistake.
        """
        if page.kind == "page" and page.path and not is_address(page.path):
            raise broken(at._replace(field="path"), "bad_address", path=page.path)
        return self._trees.text(at, "path")

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
        """Return a block.

        Raises:
            BrokenPartError: Something that it names is not there, or a formula has a mistake.
        """
        return {"kind": block.kind, **self._part(block, KINDS[block.kind], Element("block", block.id))}

    def _part(self, part: Model, kind: type[Part], at: Element) -> Json:
        """Return a block or a part of one, whose fields are those of a class; the element says where it stands."""
        path, held = f"{at.field}." if at.field else "", dict(fields_of(type(part)))
        written: Json = {}
        for content in contents(kind):
            name, value = content.name, getattr(part, content.name)
            where = at._replace(field=path + name)
            if content.asks is not None:
                read = self._trees.text if content.asks.wants == "text" else self._trees.formula
                written[name] = read(at, where.field)
            elif held.get(name) == _A_TABLE:
                written[name] = None if value is None else self._names.table(value, where).name
            else:
                written[name] = self._held(value, content.part, where)
        return written

    def _held(self, value: Any, kind: type[Part] | None, at: Element) -> Any:
        """Return blocks, parts of a class and plain values; of several blocks the broken ones are left out."""
        if isinstance(value, BlockBase):
            return self._block(cast("AnyBlock", value))
        if not isinstance(value, tuple):
            return value
        if kind is not None:
            return [self._part(one, kind, at._replace(field=f"{at.field}.{n}")) for n, one in enumerate(value)]
        if value and isinstance(value[0], BlockBase):
            return self.blocks(value)
        return [self._held(one, None, at) for one in value]
