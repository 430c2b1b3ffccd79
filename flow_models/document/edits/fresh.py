"""Fresh ids for the parts of a clip, and every reference between them rewritten to these.

Works on the clip's JSON: there a reference is known by its key, and a part that no model accepts is refused later, when
the models are built. References to what is not in the clip stay as they are.
"""

import random
from collections.abc import Iterator
from typing import Any

from flow_models.document.edits.ids import new_id

Json = dict[str, Any]

PREFIXES = {
    "pages": "page",
    "sections": "section",
    "blocks": "block",
    "transitions": "arrow",
    "tables": "table",
    "columns": "col",
    "rows": "row",
    "variables": "var",
    "tasks": "task",
    "parameters": "param",
}
BLOCK_KEYS = ("blocks", "header", "footer", "links", "link", "row_controls", "columns", "tabs", "items")
"""Keys of a block, page or section under which blocks lie, at any depth of lists."""


class Fresh:
    """The parts of a clip under new ids; each property makes JSON that the models accept if the clip was sound."""

    def __init__(self, clip: Json, rng: random.Random | None) -> None:
        self._clip = clip
        self._ids: dict[str, dict[str, str]] = {
            kind: {part_id: new_id(prefix, rng) for part_id in _ids(clip, kind)} for kind, prefix in PREFIXES.items()
        }
        self._nodes = self._ids["pages"] | self._ids["sections"]
        self._targets = self._ids["tables"] | self._ids["variables"]

    def id_of(self, kind: str, old: str) -> str:
        """Return the new id of a part; the old one if it is not in the clip."""
        return self._ids[kind].get(old, old)

    def blocks(self) -> list[Json]:
        """Return the blocks that were copied without their page."""
        return [self._block(block) for block in self._clip["blocks"]]

    def pages(self) -> list[Json]:
        """Return the pages."""
        made = []
        for page in self._clip["pages"]:
            new = {**self._block(page), "id": self.id_of("pages", page["id"])}
            if page.get("record"):
                new["record"] = self.id_of("tables", page["record"])
            made.append(new)
        return made

    def sections(self) -> list[Json]:
        """Return the sections, with those of their pages that are in the clip."""
        pages = self._ids["pages"]
        return [
            {
                **self._block(section),
                "id": self.id_of("sections", section["id"]),
                "pages": [pages[page] for page in section.get("pages", []) if page in pages],
            }
            for section in self._clip["sections"]
        ]

    def transitions(self) -> list[Json]:
        """Return the transitions, from and to new pages where these are in the clip."""
        return [
            {
                **arrow,
                "id": self.id_of("transitions", arrow["id"]),
                "from": self._nodes.get(arrow["from"], arrow["from"]),
                "on": self._mapped(arrow["on"], "block", self._ids["blocks"]),
                "to": self._ids["pages"].get(arrow.get("to", "stay"), arrow.get("to", "stay")),
                "do": self._effects(arrow.get("do", [])),
            }
            for arrow in self._clip["transitions"]
        ]

    def tables(self) -> list[Json]:
        """Return the tables; cells that refer to copied rows refer to the new ones."""
        made = []
        for table in self._clip["tables"]:
            references = {column["id"] for column in table.get("columns", []) if _kind(column) == "row"}
            new = {
                **table,
                "id": self.id_of("tables", table["id"]),
                "columns": [
                    {**self._typed(column), "id": self.id_of("columns", column["id"])}
                    for column in table.get("columns", [])
                ],
                "rows": [self._row(row, references) for row in table.get("rows", [])],
            }
            if table.get("generate"):
                columns = self._by_column(table["generate"].get("columns", {}))
                new["generate"] = {**table["generate"], "columns": columns}
            made.append(new)
        return made

    def variables(self) -> list[Json]:
        """Return the variables."""
        return [
            {**self._typed(variable), "id": self.id_of("variables", variable["id"])}
            for variable in self._clip["variables"]
        ]

    def tasks(self) -> list[Json]:
        """Return the tasks."""
        made = []
        for task in self._clip["tasks"]:
            success = task.get("success", {})
            new = {
                **self._mapped(task, "start", self._ids["pages"]),
                "id": self.id_of("tasks", task["id"]),
                "parameters": [
                    {**self._typed(part), "id": self.id_of("parameters", part["id"])}
                    for part in task.get("parameters", [])
                ],
                "setup": self._effects(task.get("setup", [])),
                "success": {**success, "changes": self._effects(success.get("changes", []))},
            }
            made.append(new)
        return made

    def _block(self, value: Any) -> Any:  # JSON of any shape
        """Return a block, or whatever lies inside one, under new ids."""
        if isinstance(value, list):
            return [self._block(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        new = {key: self._block(inner) if key in BLOCK_KEYS else inner for key, inner in value.items()}
        if "id" in new:
            new["id"] = self.id_of("blocks", new["id"])
        return self._mapped(self._mapped(new, "list", self._ids["blocks"]), "table", self._ids["tables"])

    def _row(self, row: Json, references: set[str]) -> Json:
        """Return a row under new ids."""
        values = {
            self.id_of("columns", column): self.id_of("rows", value) if column in references else value
            for column, value in row.get("values", {}).items()
        }
        return {**row, "id": self.id_of("rows", row["id"]), "values": values}

    def _typed(self, part: Json) -> Json:
        """Return a part whose type refers to the new tables."""
        if "type" not in part:
            return part
        return {**part, "type": self._mapped(part["type"], "table", self._ids["tables"])}

    def _effects(self, effects: list[Json]) -> list[Json]:
        """Return effects or expected changes on the new tables, columns and variables."""
        made = []
        for effect in effects:
            new = self._mapped(effect, "table", self._ids["tables"])
            new = self._mapped(self._mapped(new, "variable", self._ids["variables"]), "target", self._targets)
            if "values" in new:
                new["values"] = self._by_column(new["values"])
            made.append(new)
        return made

    def _by_column(self, values: Json) -> Json:
        """Return a mapping whose keys are the new columns."""
        return {self.id_of("columns", column): value for column, value in values.items()}

    @staticmethod
    def _mapped(part: Json, key: str, ids: dict[str, str]) -> Json:
        """Return a copy of a part with the id under one key replaced, if it has one."""
        return {**part, key: ids.get(part[key], part[key])} if part.get(key) is not None else dict(part)


def _kind(column: Json) -> str:
    return str(column.get("type", {}).get("kind", "text"))


def _ids(clip: Json, kind: str) -> Iterator[str]:
    """Yield the ids of all parts of a kind in a clip."""
    match kind:
        case "blocks":
            for owner in (*clip["pages"], *clip["sections"]):
                for key in ("blocks", "header", "footer"):
                    yield from _block_ids(owner.get(key, []))
            yield from _block_ids(clip["blocks"])
        case "columns" | "rows":
            yield from (part["id"] for table in clip["tables"] for part in table.get(kind, []))
        case "parameters":
            yield from (part["id"] for task in clip["tasks"] for part in task.get(kind, []))
        case _:
            yield from (part["id"] for part in clip[kind])


def _block_ids(value: Any) -> Iterator[str]:  # JSON of any shape
    """Yield the ids of blocks at any depth."""
    if isinstance(value, list):
        for inner in value:
            yield from _block_ids(inner)
    elif isinstance(value, dict):
        if "id" in value:
            yield value["id"]
        for key in BLOCK_KEYS:
            yield from _block_ids(value.get(key))
