"""Tables that never change: an episode's table is a shared base and the few rows that differ from it.

A row is a tuple: its key, then its values in the order of the columns. All episodes of an instance share the base
with its look-ups by column, so that a step costs the same in a table of ten rows and of ten thousand. The option not
taken, copying dictionaries, made every step as slow as its tables are long.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from .errors import OutOfRangeError
from .limits import ROWS
from .values import Value

Row = tuple[Any, ...]
"""(key, value, value, ...); `Any`, because the column's type is known only to the program."""

_Groups = dict[object, tuple[Row, ...]]

FEW: Final = 8
"""Rows that differ from the base among which one is looked for one by one; of more, look-ups are made."""

DERIVED_LIMIT: Final = 1024
"""Tables kept by their base so that equal ones are the same object, all forgotten when there are more.

What pages show is kept by the identity of tables, so without this whoever goes the same way twice would build all pages
anew: steps as text take a third longer.
"""


class Base:
    """The rows from which a table starts, with look-ups that are built when first used.

    `derived` are tables that were made from it, by content.
    """

    __slots__ = ("_by_columns", "_position", "by_key", "derived", "rows")

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: tuple[Row, ...] = tuple(rows)
        self.by_key: dict[str, Row] = {row[0]: row for row in self.rows}
        self._position: dict[str, int] = {}
        # By content; see `Table.shared`.
        self.derived: dict[object, Table] = {}
        # By column or columns that some formula looks up, gone with the base: a look-up in a table of thousands of rows
        # costs as much as in one of ten.
        self._by_columns: dict[int | tuple[int, ...], _Groups] = {}

    @property
    def position(self) -> Mapping[str, int]:
        """Where each row stands, by its key."""
        if not self._position:
            self._position = {row[0]: index for index, row in enumerate(self.rows)}
        return self._position

    def where(self, column: int, value: Value) -> Sequence[Row]:
        """Return the rows that hold a value in the column at an index (0 is the key), in order."""
        found = self._by_columns.get(column)
        if found is None:
            found = self._by_columns[column] = _grouped(self.rows, itemgetter(column))
        return found.get(value, ())

    def where_all(self, columns: tuple[int, ...], values: tuple[Value, ...]) -> Sequence[Row]:
        """Return the rows that hold values in two or more columns, in order."""
        found = self._by_columns.get(columns)
        if found is None:
            found = self._by_columns[columns] = _grouped(self.rows, itemgetter(*columns))
        return found.get(values, ())


class Table:
    """The rows of one table at one moment.

    Attributes:
        name: The table's name.
        base: The rows from which it started.
        changed: Rows of the base that are others now, by key; None for removed ones.
        added: Rows behind those of the base, in order of their making.
        floor: The highest number in the key of an added row when the episode began; see `new_key`.
    """

    __slots__ = (
        "_added_by_key",
        "_by_columns",
        "_content",
        "_length",
        "_rows",
        "added",
        "base",
        "changed",
        "floor",
        "name",
    )

    def __init__(
        self,
        name: str,
        base: Base,
        changed: Mapping[str, Row | None] | None = None,
        added: tuple[Row, ...] = (),
        floor: int = 0,
    ) -> None:
        self.name = name
        self.base = base
        self.changed: Mapping[str, Row | None] = {} if changed is None else changed
        self.added = added
        self.floor = floor
        self._content: Hashable = None
        self._length = -1
        # Look-ups among the rows that differ from the base, made when there are more than `FEW`, gone with the table.
        self._added_by_key: dict[str, Row] | None = None
        self._by_columns: dict[Hashable, tuple[_Groups, _Groups]] | None = None
        self._rows: tuple[Row, ...] | None = base.rows if not self.changed and not added else None

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in order: those of the base, then the added ones."""
        if self._rows is None:
            changed = self.changed
            kept = (changed.get(row[0], row) for row in self.base.rows) if changed else self.base.rows
            self._rows = (*(row for row in kept if row is not None), *self.added)
        return self._rows

    @property
    def differing(self) -> int:
        """How many rows differ from those of the base."""
        return len(self.changed) + len(self.added)

    def __len__(self) -> int:
        if self._length < 0:
            removed = sum(1 for row in self.changed.values() if row is None)
            self._length = len(self.base.rows) - removed + len(self.added)
        return self._length

    def get(self, key: Value) -> Row | None:
        """Return the row with a key, or None."""
        if key in self.changed:
            return self.changed[str(key)]
        row = self.base.by_key.get(key)  # type: ignore[arg-type]
        if row is None and self.added:
            return self._added(key)
        return row

    def _added(self, key: Value) -> Row | None:
        """Return the row with a key among those behind the base."""
        if len(self.added) <= FEW:
            return next((row for row in self.added if row[0] == key), None)
        if self._added_by_key is None:
            self._added_by_key = {row[0]: row for row in self.added}
        return self._added_by_key.get(key)  # type: ignore[arg-type]

    def where(self, column: int, value: Value) -> Sequence[Row]:
        """Return the rows that hold a value in the column at an index (0 is the key), in order."""
        found = self.base.where(column, value)
        if self.changed or self.added:
            return self._updated(found, column, itemgetter(column), value)
        return found

    def where_all(self, columns: tuple[int, ...], values: tuple[Value, ...]) -> Sequence[Row]:
        """Return the rows that hold values in two or more columns, in order."""
        found = self.base.where_all(columns, values)
        if self.changed or self.added:
            return self._updated(found, columns, itemgetter(*columns), values)
        return found

    def _updated(
        self, found: Sequence[Row], columns: Hashable, pick: Callable[[Row], object], wanted: object
    ) -> Sequence[Row]:
        """Return rows found in the base with the changed ones put in their places, and the added ones behind them."""
        changed = self.changed
        others, added = self._holding(columns, pick, wanted)
        if changed:
            found = [row for row in found if row[0] not in changed]
            if others:
                position = self.base.position
                found = sorted([*found, *others], key=lambda row: position[row[0]])
        return [*found, *added] if added else found

    def _holding(
        self, columns: Hashable, pick: Callable[[Row], object], wanted: object
    ) -> tuple[Sequence[Row], Sequence[Row]]:
        """Return the changed and the added rows of which something picked is what is wanted."""
        if self.differing <= FEW:
            others = [row for row in self.changed.values() if row is not None and pick(row) == wanted]
            return others, [row for row in self.added if pick(row) == wanted]
        if self._by_columns is None:
            self._by_columns = {}
        known = self._by_columns.get(columns)
        if known is None:
            changed = (row for row in self.changed.values() if row is not None)
            known = self._by_columns[columns] = (_grouped(changed, pick), _grouped(self.added, pick))
        return known[0].get(wanted, ()), known[1].get(wanted, ())

    def new_key(self) -> str:
        """Return the key of the next added row: one more than the last one's number, or than any at the start.

        Keys depend on the present rows alone, so that adding and removing a row leads back to an equal state, as a
        database without AUTOINCREMENT does it.
        """
        last = int(self.added[-1][0][1:]) if self.added else 0
        return f"+{max(last, self.floor) + 1}"

    def with_row(self, values: Row) -> "Table":
        """Return the table with one row more; the first place of `values` is ignored.

        Raises:
            OutOfRangeError: The table is full.
        """
        if len(self) >= ROWS:
            raise OutOfRangeError(f"the table {self.name} has too many rows", "no_room")
        row = (self.new_key(), *values[1:])
        return Table(self.name, self.base, self.changed, (*self.added, row), self.floor)

    def with_changes(self, changes: Mapping[str, Row | None]) -> "Table":
        """Return the table in which the rows with these keys are others, or gone (None)."""
        overlay = dict(self.changed)
        added = self.added
        by_key = self.base.by_key
        for key, row in changes.items():
            original = by_key.get(key)
            if original is None:
                continue
            if row == original:
                overlay.pop(key, None)
            else:
                overlay[key] = row
        if self.added and not by_key.keys() >= changes.keys():
            others = (changes.get(old[0], old) for old in added)
            added = tuple(row for row in others if row is not None)
        return Table(self.name, self.base, overlay, added, self.floor)

    def begun(self) -> "Table":
        """Return the table as an episode begins with it: keys given so far are never given again.

        Where instances share the base, it is the same object in all of them, so that they share what is made of it. It
        is never one that effects have led to: those count as other data, even if they hold the same.
        """
        last = int(self.added[-1][0][1:]) if self.added else 0
        return Table(self.name, self.base, self.changed, self.added, max(last, self.floor)).shared(is_begun=True)

    def shared(self, *, is_begun: bool = False) -> "Table":
        """Return this table, or an equal one of the same origin made before, so that what was computed of it is kept.

        The origin is the beginning of an episode, or an effect.
        """
        derived = self.base.derived
        key = (self.name, is_begun, self.floor, self.content())
        found = derived.get(key)
        if found is None:
            if len(derived) >= DERIVED_LIMIT:
                derived.clear()
            found = derived[key] = self
        return found

    def content(self) -> Hashable:
        """Return a hashable value that is equal for tables of one instance that hold the same."""
        if self._content is None:
            self._content = (frozenset(self.changed.items()), self.added)
        return self._content

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self is other or (self.name == other.name and self.rows == other.rows)

    __hash__ = object.__hash__


def _grouped(rows: Iterable[Row], pick: Callable[[Row], object]) -> _Groups:
    """Return rows by what is picked of them; as tuples, which Python's collector does not walk, unlike lists."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(pick(row), []).append(row)
    return {value: tuple(group) for value, group in found.items()}


def differences(before: Table, now: Table) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield (row before, row now) of every row that was added (None before), changed, or removed (None now).

    Both tables must have the same base, as those of one episode have.
    """
    if before is now:
        return
    keys = dict.fromkeys((*before.changed, *now.changed)) if before.changed or now.changed else {}
    for key in sorted(keys, key=before.base.position.__getitem__):
        old, new = before.get(key), now.get(key)
        if old != new:
            yield old, new
    old_rows = {row[0]: row for row in before.added}
    new_rows = {row[0]: row for row in now.added}
    for key, old in old_rows.items():
        if new_rows.get(key) != old:
            yield old, new_rows.get(key)
    for key, new in new_rows.items():
        if key not in old_rows:
            yield None, new


def sorted_rows(rows: Iterable[Row], key: Callable[[Row], Value], *, descending: bool) -> list[Row]:
    """Return rows in a stable order by a value: texts without regard to case, empty values last."""

    def order(row: Row) -> tuple[bool, Any]:
        value = key(row)
        if value is None:
            return (not descending, 0)
        return (descending, value.casefold() if isinstance(value, str) else value)

    return sorted(rows, key=order, reverse=descending)
