"""Addresses: the path of a page and its record, and back.

A path is a template such as `/flights/{record.code}`; values in it are percent-encoded. A page with a record whose
path does not name the record gets the row's key at its end. Whether an address may be opened is decided in `steps`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, unquote

from ..base.nodes import BoundRow, ColumnValue, Node
from ..base.program import Page
from ..base.tables import Row
from ..formulas.closures import Formulas
from ..formulas.context import Closure, Context
from ..formulas.limits import computed_or, may_leave
from ..formulas.reads import Reads, mentions, reads_of
from ..formulas.work import weight

if TYPE_CHECKING:
    from ..base.values import Value


_INTEGER: Final = re.compile(r"-?\d{1,31}", re.ASCII)


class Address(NamedTuple):
    """What an address means: a page, and the key of its record or None."""

    page: str
    record: str | None


class Path:
    """The path of one page, ready to run."""

    def __init__(self, formulas: Formulas, page_id: str, page: Page) -> None:
        self.page = page_id
        self.table = page.record
        parts = _parts(page_id, page)
        self.nodes: list[Node] = [part for part in parts if not isinstance(part, str)]
        self.reads: Reads = reads_of(parts)
        self.is_fixed = not self.nodes
        self.fixed = "".join(part for part in parts if isinstance(part, str))
        self._parts: list[str | Closure] = [part if isinstance(part, str) else formulas.shown(part) for part in parts]
        self._may_leave = may_leave(self.nodes)
        self._first = "".join(_fixed_start(parts))
        self._last = "".join(reversed(_fixed_start(reversed(parts))))
        self._lookup = self._lookup_place(formulas)
        self._units = weight(parts)

    def _text(self, context: Context, record: Row | None) -> str:
        """Return the path for a record."""
        bound = context.bound
        outer = bound.get("record")
        bound["record"] = record
        path = "".join([part if isinstance(part, str) else _quoted(part(context)) for part in self._parts])
        bound["record"] = outer
        return path

    def text(self, context: Context, record: Row | None) -> str | None:
        """Return the path for a record, or None if it leaves the range of values: then the page has no address."""
        if not self._may_leave:
            return self._text(context, record)
        return computed_or(lambda context: self._text(context, record), context, lambda _fault: None)

    def match(self, path: str, context: Context, index: int | None) -> Address | None:
        """Return what a path means if it is one of this page; `index` is that of the record's table."""
        # No pattern with several holes: a long path that fits none would take it very long to find that out.
        if not (path.startswith(self._first) and path.endswith(self._last)):
            return None
        context.charge(self._units)
        if index is None:
            return Address(self.page, None) if self.text(context, None) == path else None
        for row in self._candidates(path[len(self._first) : len(path) - len(self._last)], context, index):
            context.charge(self._units)
            if self.text(context, row) == path:
                return Address(self.page, row[0])
        return None

    def _candidates(self, middle: str, context: Context, index: int) -> Iterator[Row]:
        """Yield the rows that a path may mean; `middle` is what stands between its fixed ends."""
        table = context.tables[index]
        if self._lookup is None:
            yield from table.rows
            return
        place, is_number = self._lookup
        text = unquote(middle)
        if is_number and _INTEGER.fullmatch(text) is None:
            return
        wanted: Value = int(text) if is_number else text
        row = table.get(wanted) if place == 0 else None
        yield from table.where(place, wanted) if place else (() if row is None else (row,))

    def _lookup_place(self, formulas: Formulas) -> tuple[int, bool] | None:
        """Return the record's column that is the path's only hole, and whether it holds integers, if that is so."""
        if self.table is None or len(self.nodes) != 1:
            return None
        node = self.nodes[0]
        match node:
            case BoundRow():
                return (0, False)
            case ColumnValue(type="text" | "choice" | "integer", of=BoundRow(name="record")):
                return (formulas.schema.table(self.table).columns[node.name], node.type == "integer")
            case _:
                return None


def _parts(page_id: str, page: Page) -> list[str | Node]:
    """Return what a page's path is made of; the key of a record that it does not name stands at its end."""
    parts = list(page.path) or [f"/{page_id}"]
    if page.record is None or any(mentions(part, "record") for part in parts if not isinstance(part, str)):
        return parts
    return [*parts, "/", BoundRow(f"row:{page.record}", "record")]


def _quoted(text: str) -> str:
    """Return a text as it stands in a path; most are keys and codes that need no care."""
    return text if text.isascii() and text.isalnum() else quote(text, safe="")


def _fixed_start(parts: Iterable[str | Node]) -> list[str]:
    """Return the texts with which a path begins, up to its first hole."""
    found = []
    for part in parts:
        if not isinstance(part, str):
            break
        found.append(part)
    return found


class Addresses:
    """The paths of all pages of a program; dialogs have none."""

    def __init__(self, formulas: Formulas, pages: Mapping[str, Page]) -> None:
        self._formulas = formulas
        self._pages = pages
        self._paths: dict[str, Path] = {}
        self._fixed: dict[str, str] | None = None
        self._moving: list[str] = []

    def path(self, page_id: str) -> Path | None:
        """Return the path of a page, or None for a dialog."""
        found = self._paths.get(page_id)
        if found is not None or page_id not in self._pages:
            return found
        page = self._pages[page_id]
        if page.kind != "page":
            return None
        found = self._paths[page_id] = Path(self._formulas, page_id, page)
        return found

    def text(self, context: Context, page_id: str, record: Row | None) -> str:
        """Return the path of a page with a record, empty for a dialog and for one that cannot be computed."""
        path = self.path(page_id)
        return "" if path is None else path.text(context, record) or ""

    def match(self, path: str, context: Context) -> Address | None:
        """Return what a path means, or None for an unknown one; the first page that fits wins."""
        if self._fixed is None:
            self._sort_out()
        page_id = (self._fixed or {}).get(path)
        if page_id is not None:
            return Address(page_id, None)
        for page_id in self._moving:
            candidate = self.path(page_id)
            if candidate is None:
                continue
            table = candidate.table
            index = None if table is None else self._formulas.schema.tables[table].index
            found = candidate.match(path, context, index)
            if found is not None:
                return found
        return None

    def _sort_out(self) -> None:
        """Tell paths that are always the same from those with holes."""
        self._fixed = {}
        for page_id in self._pages:
            path = self.path(page_id)
            if path is None:
                continue
            if path.is_fixed:
                self._fixed.setdefault(path.fixed, page_id)
            else:
                self._moving.append(page_id)
