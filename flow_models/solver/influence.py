"""What can influence what: which data a task's goal depends on, through guards, visibility, options and effects.

Data that nothing of this reads is free to hold anything, so the search tries no values for fields that only feed it.
This looks at the program alone, never at an instance.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flow_models.runtime.machine.base.program import Json, controls, table_of, walk
from flow_models.runtime.machine.pages.fields import FIELD_KINDS

Item = tuple[str, ...]
"""("variable", name), ("table", name) for which rows there are, ("column", table, name), or ("field", name)."""


def items_of(*trees: object) -> frozenset[Item]:
    """Return the data and fields that formulas and templates read."""
    found: set[Item] = set()
    waiting: list[Any] = [tree for tree in trees if tree is not None]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            _note(part, found)
            waiting.extend(part.values())
        elif isinstance(part, Iterable) and not isinstance(part, str):
            waiting.extend(part)
    return frozenset(found)


def _note(node: Json, found: set[Item]) -> None:
    """Note what one node reads by itself."""
    match node.get("op"):
        case "variable" | "field" as space:
            found.add((space, node["name"]))
        case "table":
            found.add(("table", node["name"]))
        case "changes":
            found.add(("table", node["table"]))
            found.add(("columns", node["table"]))
        case "column":
            table = table_of(node["of"]["type"])
            if table is not None:
                found.add(("column", table, node["name"]))
        case _:
            pass


def all_blocks(program: Json, page_id: str) -> list[Json]:
    """Return the blocks of a page with those of its section, containers before what stands in them."""
    page = program["pages"][page_id]
    section = program["sections"].get(page["section"]) if page["kind"] == "page" and page["section"] else None
    header, footer = ([], []) if section is None else (section["header"], section["footer"])
    return walk([*header, *page["blocks"], *footer])


def conduct_of(block: Json) -> list[object]:
    """Return the trees of a block that decide what can be done: shown, enabled, offered and listed."""
    trees: list[object] = [block.get("show_if"), block.get("enabled_if")]
    kind = block["kind"]
    if kind == "list" and controls(block) and block["table"] is not None:
        trees += [block["where"], {"op": "table", "name": block["table"]}]
        trees += [block["sort"]] if block["limit"] else []
    if kind in FIELD_KINDS:
        trees += [block.get(name) for name in ("initial", "minimum", "maximum", "where", "free_if")]
        if block.get("table"):
            trees.append({"op": "table", "name": block["table"]})
    return trees


class Influence:
    """What a task depends on in a program.

    Attributes:
        items: Data that can influence whether and how the task is done.
        effects: Every effect of the program.
        changeable: Variables and columns whose value, once there, some effect can change or take away.
    """

    def __init__(self, program: Json, task: str, items: frozenset[Item] | None = None) -> None:
        """Find out what a task depends on, or take over `items` where somebody else has found out."""
        self._program = program
        self.effects = [effect for transition in program["transitions"] for effect in transition["do"]]
        self.changeable = frozenset(item for effect in self.effects for item in _changed_by(program, effect))
        self.items = self._closed(goal_items(program, task) | self._conduct()) if items is None else items
        self._fields: dict[str, frozenset[str]] = {}

    def _conduct(self) -> frozenset[Item]:
        """Return what guards, targets, visibility and addresses read anywhere."""
        trees: list[object] = []
        for transition in self._program["transitions"]:
            trees += [transition["when"], transition["record"]]
        for page_id, page in self._program["pages"].items():
            trees.append(page["open_by_url"])
            for block in all_blocks(self._program, page_id):
                trees += conduct_of(block)
        return frozenset(item for item in items_of(*trees) if item[0] != "field")

    def _closed(self, items: frozenset[Item]) -> frozenset[Item]:
        """Return items with all that effects which write them read."""
        known = set(expanded(self._program, items))
        while True:
            more: set[Item] = set()
            for effect in self.effects:
                more |= feeding(self._program, effect, known)
            more = set(expanded(self._program, frozenset(item for item in more if item[0] != "field"))) - known
            if not more:
                return frozenset(known)
            known |= more

    def fields_read(self, transition: Json) -> frozenset[str]:
        """Return the names of the fields whose values matter when a transition is tried."""
        found = self._fields.get(transition["id"])
        if found is None:
            items = set(items_of(transition["when"], transition["record"]))
            for effect in transition["do"]:
                items |= feeding(self._program, effect, self.items)
            found = frozenset(item[1] for item in items if item[0] == "field")
            self._fields[transition["id"]] = found
        return found


def goal_items(program: Json, task: str) -> frozenset[Item]:
    """Return the data by which a task is judged; none without a task."""
    if not task:
        return frozenset()
    rules = program["tasks"][task]
    success = rules["success"]
    trees: list[object] = [success["also"], rules["answer"], [failure["when"] for failure in rules["failures"]]]
    items: set[Item] = set()
    for change in success["changes"]:
        table = change["table"]
        trees += [change["where"], list(change["values"].values())]
        items.add(("table", table))
        names = [c["name"] for c in program["tables"][table]["columns"] if not c.get("derived", False)]
        if change["kind"] == "added":
            names = list(change["values"])
        items |= {("column", table, name) for name in names}
    if success["nothing_else"]:
        items |= _changeable(program)
    return frozenset(items | {item for item in items_of(*trees) if item[0] != "field"})


def _changeable(program: Json) -> set[Item]:
    """Return the columns of durable tables that effects change, which must end as they were."""
    found: set[Item] = set()
    for transition in program["transitions"]:
        for effect in transition["do"]:
            if effect["kind"] == "change" and program["tables"][effect["table"]]["durable"]:
                derived = {c["name"] for c in program["tables"][effect["table"]]["columns"] if c.get("derived", False)}
                found |= {("column", effect["table"], name) for name in effect["values"] if name not in derived}
    return found


def expanded(program: Json, items: frozenset[Item]) -> frozenset[Item]:
    """Return items in which "all columns of a table" is spelled out."""
    found = {item for item in items if item[0] != "columns"}
    for item in items:
        if item[0] == "columns":
            found |= {("column", item[1], column["name"]) for column in program["tables"][item[1]]["columns"]}
    return frozenset(found)


def writes_of(program: Json, effect: Json) -> set[Item]:
    """Return what an effect can write."""
    match effect["kind"]:
        case "set":
            return {("variable", effect["variable"])}
        case "add":
            columns = program["tables"][effect["table"]]["columns"]
            return {("table", effect["table"]), *(("column", effect["table"], column["name"]) for column in columns)}
        case "change":
            return {("column", effect["table"], name) for name in effect["values"]}
        case "remove":
            return {("table", effect["table"])}
        case _:
            target = effect["target"]
            return {("variable", target)} if target in program["variables"] else {("table", target)}


def _changed_by(program: Json, effect: Json) -> set[Item]:
    """Return the values that an effect can change where they are: adding rows changes none."""
    if effect["kind"] == "add":
        return set()
    found = writes_of(program, effect)
    for item in tuple(found):
        if item[0] == "table":
            found |= {("column", item[1], column["name"]) for column in program["tables"][item[1]]["columns"]}
    return found


def feeding(program: Json, effect: Json, items: Iterable[Item]) -> set[Item]:
    """Return what an effect reads in order to write any of some items, nothing if it writes none of them."""
    wanted = items if isinstance(items, set | frozenset) else set(items)
    if not writes_of(program, effect) & wanted:
        return set()
    trees: list[object] = [effect.get("where")]
    if effect["kind"] == "set":
        trees.append(effect["value"])
    if effect["kind"] in ("add", "change"):
        table = effect["table"]
        trees += [tree for name, tree in effect["values"].items() if ("column", table, name) in wanted]
    return set(items_of(*trees))
