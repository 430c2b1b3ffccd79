"""Fresh ids for the parts of a clip, and every reference between them led to these.

Which fields refer to what is what the models say. References to what is not in the clip stay as they are.
"""

import random
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from flow_models.document.base import Literal_, Model
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.blocks import BLOCKS, AnyBlock
from flow_models.document.data import Row, Table, Variable
from flow_models.document.edits.ids import new_id
from flow_models.document.elements import ElementKind
from flow_models.document.holding import Change, own_ids, with_ids
from flow_models.document.tasks import Task

Json = dict[str, Any]

_PREFIXES: Mapping[ElementKind, str] = MappingProxyType(
    {"transition": "arrow", "column": "col", "variable": "var", "parameter": "param"}
)
"""What ids begin with where that is not the word for the kind of element."""

_Part = TypeVar("_Part", bound=Model)


class Fresh:
    """The parts of a clip under new ids.

    Attributes:
        tables: The tables; cells that refer to copied rows refer to the new ones.
        variables: The variables.
        pages: The pages.
        sections: The sections, with those of their pages that are in the clip.
        tasks: The tasks.
        transitions: The transitions, from and to new pages where these are in the clip.
        blocks: The blocks that were copied without their page.
    """

    def __init__(self, clip: Json, rng: random.Random | None) -> None:
        tables, variables = _read(Table, clip["tables"]), _read(Variable, clip["variables"])
        pages, sections = _read(Page, clip["pages"]), _read(Section, clip["sections"])
        tasks, transitions = _read(Task, clip["tasks"]), _read(Transition, clip["transitions"])
        blocks: tuple[AnyBlock, ...] = BLOCKS.validate_python(clip["blocks"])
        parts: tuple[Model, ...] = (*tables, *variables, *pages, *sections, *tasks, *transitions, *blocks)
        self._ids = {own: new_id(_PREFIXES.get(own[0], own[0]), rng) for part in parts for own in own_ids(part)}
        self._change = Change(frozenset(old for _, old in self._ids), self._id)
        self.tables = tuple(self._of(self._with_rows(table)) for table in tables)
        self.variables = tuple(map(self._of, variables))
        self.pages = tuple(map(self._of, pages))
        self.sections = tuple(self._of(self._with_pages(section)) for section in sections)
        self.tasks = tuple(map(self._of, tasks))
        self.transitions = tuple(map(self._of, transitions))
        self.blocks = tuple(map(self._of, blocks))

    def _of(self, part: _Part) -> _Part:
        """Return a part under new ids."""
        made = with_ids(part, self._change)
        # No id is gone, so no part is.
        return part if made is None else made

    def _id(self, kinds: frozenset[ElementKind], old: str) -> str:
        """Return the new id of an element; the old one if it is not in the clip."""
        return next((self._ids[kind, old] for kind in kinds if (kind, old) in self._ids), old)

    def _with_pages(self, section: Section) -> Section:
        """Return a section without pages that are not in the clip: those stay in the section that was copied."""
        return section.rebuilt(pages=tuple(page for page in section.pages if ("page", page) in self._ids))

    def _with_rows(self, table: Table) -> Table:
        """Return a table whose cells refer to new rows; a cell says only by its column's type that it refers to one."""
        references = {column.id for column in table.columns if column.type.kind == "row"}

        def cell(column_id: str, value: Literal_) -> Literal_:
            return self._id(frozenset({"row"}), str(value)) if column_id in references and value else value

        def row(old: Row) -> Row:
            return old.rebuilt(values={column_id: cell(column_id, value) for column_id, value in old.values.items()})

        return table.rebuilt(rows=tuple(map(row, table.rows))) if references else table


def _read(model: type[_Part], parts: list[Json]) -> tuple[_Part, ...]:
    """Return parts of a clip.

    Raises:
        pydantic.ValidationError: The clip is not sound.
    """
    return tuple(map(model.model_validate, parts))
