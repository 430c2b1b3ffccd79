"""What a task still needs, traced back from its expected changes: which effects write them, and from which fields.

Each need is one bit: an expected change that must come about, a variable that must hold the wanted value when an
effect copies it, a field that must have been filled with it. Everything else is left out (which row a page shows,
guards, values that are lost again), so that the fewest steps from one set of bits to all of them never exceed what a
real solution takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from flow_models.runtime.machine.base.program import Json, Node

from .influence import Influence, all_blocks, items_of

BITS: Final = 8
"""Needs that are told apart; more would make the table of distances large."""

Aim = tuple[int, str]
"""An expected change by number and one of its columns: stands for the value that is wanted there."""


@dataclass(frozen=True, slots=True)
class Need:
    """One bit: a change (of a column, or of rows where `name` is empty), a variable or a field with a wanted value.

    `row`: a row was added that can become the expected one by being changed.
    """

    kind: Literal["change", "row", "variable", "field"]
    name: str
    page: str
    aim: Aim


@dataclass(slots=True)
class Needs:
    """The needs of one task.

    Attributes:
        bits: The needs in the order of their bits.
        goal: The bits of the expected changes.
        gives: For each transition (by position) the bits it sets, each with those that must be set before.
        fills: For each page the bits that filling one of its fields sets.
        arrivals: For each page the bits that its fields have on arrival, each with those that must be set before.
        one_by_one: The expected change whose rows only ever come about one in a transition, if it is all that is
            needed; then each row more takes a way from one such transition to the next. -1 for none.
        own_values: Bits of fields that begin with a column of the page's row: (table, column) to compare with.
    """

    bits: list[Need] = field(default_factory=list)
    goal: int = 0
    gives: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    fills: dict[str, list[int]] = field(default_factory=dict)
    arrivals: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    own_values: dict[int, tuple[str, str]] = field(default_factory=dict)
    one_by_one: int = -1

    @property
    def aims(self) -> dict[tuple[str, str], tuple[Aim, int]]:
        """The wanted value of fields with its bit, by page and name."""
        return {
            (need.page, need.name): (need.aim, 1 << place)
            for place, need in enumerate(self.bits)
            if need.kind == "field"
        }


def needs_of(program: Json, task: str, influence: Influence) -> Needs:
    """Return what a task needs; nothing for a task without expected changes."""
    return _Tracing(program, influence).trace(program["tasks"][task])


def is_fixed(tree: Node, influence: Influence) -> bool:
    """Say whether a wanted value depends on nothing that effects change, nor on the row that is judged."""
    if _names_row(tree):
        return False
    items = items_of(tree)
    if any(item[0] in ("field", "table", "columns") for item in items):
        return False
    return not items & influence.changeable


class _Tracing:
    """Traces the values of expected changes back to fields."""

    def __init__(self, program: Json, influence: Influence) -> None:
        self._program = program
        self._influence = influence
        self._needs = Needs()
        self._masks: dict[Need, int] = {}

    def trace(self, task: Json) -> Needs:
        """Return the needs of a task."""
        waiting = []
        for number, change in enumerate(task["success"]["changes"]):
            names = [""] if change["kind"] != "changed" else self._fixed_columns(change)
            for name in names:
                need = Need("change", name, "", (number, name))
                mask = self._bit(need)
                if mask:
                    self._needs.goal |= mask
                    waiting.append((mask, number, change, name))
        for mask, number, change, name in waiting:
            effects = self._effects(change, name)
            if change["kind"] == "added" and any(effect["kind"] == "change" for _, effect in effects):
                self._add_row(number, effects)
            for position, effect in effects:
                if effect["kind"] == "add" and any(
                    _differ(effect["values"].get(column), wanted) for column, wanted in change["values"].items()
                ):
                    continue
                before = self._before(change, number, name, position, effect)
                self._needs.gives.setdefault(position, []).append((mask, before))
        if len(waiting) == len(task["success"]["changes"]) == 1:
            _, number, change, name = waiting[0]
            if all(_is_single(effect) for _, effect in self._effects(change, name)):
                self._needs.one_by_one = number
        return self._needs

    def _add_row(self, number: int, effects: list[tuple[int, Json]]) -> None:
        """Note that changes can only make an expected row of one that was added before."""
        mask = self._bit(Need("row", "", "", (number, "")))
        for position, effect in effects:
            if mask and effect["kind"] == "add":
                self._needs.gives.setdefault(position, []).append((mask, 0))

    def _fixed_columns(self, change: Json) -> list[str]:
        """Return the columns of an expected change whose wanted value stays the same all the time."""
        return [name for name, tree in change["values"].items() if is_fixed(tree, self._influence)]

    def _effects(self, change: Json, name: str) -> list[tuple[int, Json]]:
        """Return every effect that can bring about an expected change, with the position of its transition."""
        table = change["table"]
        found = []
        for position, transition in enumerate(self._program["transitions"]):
            for effect in transition["do"]:
                match change["kind"]:
                    case "added":
                        corrects = effect["kind"] == "change" and effect["table"] == table
                        corrects = corrects and not change["values"].keys().isdisjoint(effect["values"])
                        fits = corrects or (effect["kind"] == "add" and effect["table"] == table)
                        fits = fits and not is_other_row(effect, change, self._influence.effects)
                    case "removed":
                        fits = (effect["kind"] == "remove" and effect["table"] == table) or effect.get(
                            "target"
                        ) == table
                    case _:
                        fits = effect["kind"] == "change" and effect["table"] == table and name in effect["values"]
                if fits:
                    found.append((position, effect))
        return found

    def _before(self, change: Json, number: int, name: str, position: int, effect: Json) -> int:
        """Return the bits that must be set for an effect to write the wanted values."""
        mask = 0
        if change["kind"] == "changed":
            return self._source(effect["values"][name], position, (number, name), effect, change)
        if effect["kind"] == "change":
            return self._masks.get(Need("row", "", "", (number, "")), 0)
        if effect["kind"] == "add":
            for column in self._fixed_columns(change):
                if column in effect["values"]:
                    mask |= self._source(effect["values"][column], position, (number, column), effect, change)
        return mask

    def _source(self, tree: Node | None, position: int, aim: Aim, effect: Json, change: Json) -> int:
        """Return the bits that must be set for a formula to give a wanted value; 0 where that is not known."""
        if tree is None:
            return 0
        if tree["op"] == "field":
            pages = [page for page, one in self._program["pages"].items() if position in one["transitions"]]
            if len(pages) != 1:
                return 0
            return self._field(pages[0], tree["name"], aim, effect, change)
        if tree["op"] == "variable":
            return self._variable(tree["name"], aim, effect, change)
        return 0

    def _variable(self, name: str, aim: Aim, effect: Json, change: Json) -> int:
        """Return the bit of a variable that must hold a wanted value."""
        need = Need("variable", name, "", aim)
        known = self._masks.get(need)
        if known is not None:
            return known
        mask = self._bit(need)
        if mask:
            for position, transition in enumerate(self._program["transitions"]):
                for one in transition["do"]:
                    if (
                        one["kind"] == "set"
                        and one["variable"] == name
                        and not _differ(one["value"], change["values"][aim[1]])
                    ):
                        before = self._source(one["value"], position, aim, effect, change)
                        self._needs.gives.setdefault(position, []).append((mask, before))
        return mask

    def _field(self, page: str, name: str, aim: Aim, effect: Json, change: Json) -> int:
        """Return the bit of a field that must hold a wanted value; 0 if it may hold it without being filled."""
        need = Need("field", name, page, aim)
        known = self._masks.get(need)
        if known is not None:
            return known
        block = next((one for one in all_blocks(self._program, page) if one.get("name") == name), None)
        if block is None or block["kind"] in ("checkbox", "slider"):
            return 0
        initial = block.get("initial")
        is_default = block["kind"] == "choice_field" and block["style"] == "drop_down" and not block.get("placeholder")
        if is_default or (initial is not None and not self._is_followed(initial, name, effect, change)):
            return 0
        mask = self._bit(need)
        if not mask:
            return 0
        self._needs.fills.setdefault(page, []).append(mask)
        if initial is None:
            return mask
        if initial["op"] == "variable":
            before = self._variable(initial["name"], aim, effect, change)
            self._needs.arrivals.setdefault(page, []).append((mask, before))
        else:
            self._needs.own_values[mask] = (change["table"], initial["name"])
        return mask

    def _is_followed(self, initial: Node, name: str, effect: Json, change: Json) -> bool:
        """Say whether it can be told when a field begins with the wanted value."""
        if initial["op"] == "variable":
            return True
        where = effect.get("where")
        if change["kind"] != "changed" or where is None or not is_record(where):
            return False
        if initial["op"] != "column" or initial["of"]["op"] != "bound" or initial["of"]["name"] != "record":
            return False
        column = initial["name"]
        return all(
            other["values"][column] == {"op": "field", "name": name, "type": other["values"][column]["type"]}
            for other in self._influence.effects
            if other["kind"] == "change" and other["table"] == change["table"] and column in other["values"]
            if other["values"][column] is not None
        )

    def _bit(self, need: Need) -> int:
        """Return the bit of a new need, 0 when there are too many."""
        if len(self._needs.bits) >= BITS:
            return 0
        mask = 1 << len(self._needs.bits)
        self._needs.bits.append(need)
        self._masks[need] = mask
        return mask


def is_other_row(effect: Json, change: Json, effects: Sequence[Json]) -> bool:
    """Say whether a row that an effect adds can never become an expected one.

    So it is where a fixed value stands in a column in which another is expected, and nothing changes that column.
    """
    if effect["kind"] != "add" or effect["table"] != change["table"] or change["kind"] != "added":
        return False
    changed = {
        name
        for other in effects
        if other["kind"] == "change" and other["table"] == change["table"]
        for name in other["values"]
    }
    return any(
        _differ(effect["values"].get(name), wanted) for name, wanted in change["values"].items() if name not in changed
    )


def _differ(given: Node | None, wanted: Node) -> bool:
    """Say whether two formulas are values, and not the same one."""
    return given is not None and given["op"] == wanted["op"] == "value" and given["value"] != wanted["value"]


def _is_single(effect: Json) -> bool:
    """Say whether an effect can bring about one row of an expected change only."""
    if effect["kind"] == "add":
        return True
    return effect["kind"] in ("change", "remove") and effect["where"] is not None and is_record(effect["where"])


def is_record(where: Node) -> bool:
    """Say whether a condition is that the row is the page's."""
    if where["op"] != "compare" or where["test"] != "==":
        return False
    sides = {where["left"].get("name"), where["right"].get("name")}
    return where["left"]["op"] == where["right"]["op"] == "bound" and sides == {"row", "record"}


def _names_row(tree: object) -> bool:
    """Say whether a formula reads the row that is judged, the clock, or what was said."""
    if isinstance(tree, dict):
        if tree.get("op") == "bound" and tree["name"] == "row":
            return True
        if tree.get("op") in ("clock", "answer", "aggregate"):
            return True
        return any(_names_row(part) for part in tree.values())
    return isinstance(tree, list | tuple) and any(_names_row(part) for part in tree)
