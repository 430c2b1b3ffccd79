"""What can influence what: which data a task's goal depends on, through guards, visibility, options and effects.

Data that nothing of this reads is free to hold anything, so the search tries no values for fields that only feed it.
If every field mattered, it would try 70 % more steps. This looks at the program alone, never at an instance.
"""

from flow_models.runtime.machine.base.behaviour import ChangeRows, ExpectedChange
from flow_models.runtime.machine.base.program import Program

from .items import Item, data_of, items_of
from .outline import Outline


class Influence:
    """What a task depends on in a program.

    Attributes:
        items: Data that can influence whether and how the task is done.
    """

    def __init__(self, outline: Outline, task: str, items: frozenset[Item] | None = None) -> None:
        """Find out what a task depends on, or take over `items` where somebody else has found out."""
        self._outline = outline
        self.items = self._closed(goal_items(outline, task) | outline.conduct) if items is None else items
        self._fields: dict[int, frozenset[str]] = {}

    def _closed(self, items: frozenset[Item]) -> frozenset[Item]:
        """Return items with all that effects which write them read."""
        known = self._outline.expanded(items)
        while True:
            read = frozenset[Item]().union(*(write.feeding(known) for write in self._outline.writes))
            more = self._outline.expanded({item for item in read if item[0] != "field"}) - known
            if not more:
                return known
            known |= more

    def fields_read(self, position: int) -> frozenset[str]:
        """Return the names of the fields whose values matter when a transition is tried."""
        found = self._fields.get(position)
        if found is None:
            transition = self._outline.transitions[position]
            items = items_of(transition.when, transition.record)
            items = items.union(*(write.feeding(self.items) for write in self._outline.by_transition[position]))
            found = self._fields[position] = frozenset(item[1] for item in items if item[0] == "field")
        return found


def goal_items(outline: Outline, task: str) -> frozenset[Item]:
    """Return the data by which a task is judged; none without a task."""
    if not task:
        return frozenset()
    program = outline.program
    rules = program.tasks[task]
    success = rules.success
    trees: list[object] = [success.also, rules.answer, [failure.when for failure in rules.failures]]
    items: set[Item] = set()
    for change in success.changes:
        trees += [change.where, change.values]
        items |= _judged(program, change)
    if success.nothing_else:
        items |= _to_stay(outline)
    return data_of(trees) | items


def _judged(program: Program, change: ExpectedChange) -> set[Item]:
    """Return the rows and columns that decide whether an expected change has come about.

    Of an added row only the expected values count; of others every column does, as the others must be as they were.
    """
    names = list(change.values)
    if change.kind != "added":
        names = [column.name for column in program.tables[change.table].columns if not column.derived]
    return {("table", change.table), *(("column", change.table, name) for name in names)}


def _to_stay(outline: Outline) -> set[Item]:
    """Return the columns of durable tables that effects change, which must end as they were."""
    found: set[Item] = set()
    for write in outline.writes:
        effect = write.effect
        if not isinstance(effect, ChangeRows):
            continue
        table = outline.program.tables[effect.table]
        if table.durable:
            derived = {column.name for column in table.columns if column.derived}
            found |= {("column", effect.table, name) for name in effect.values if name not in derived}
    return found
