"""Attempts as plain JSON and back, so that an episode can be branched, stored, and continued elsewhere.

Rows that are as the instance drew them are not written: task and seed bring them back.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..base.errors import FormulaFaultError, MachineError, SavedStateError
from ..base.events import Event
from ..base.results import END_REASONS
from ..base.schema import ColumnType, Schema, TableSchema
from ..base.tables import Row, Table
from ..base.values import Value, from_json
from ..base.values import to_json as value_to_json
from ..base.variant import Variant
from ..base.words import packed
from ..pages.interruptions import interference_from_json, interference_to_json
from ..pages.state import Start, State, Surface, Visited
from .drawing import dressed
from .variation import named

if TYPE_CHECKING:
    from .machine import Machine

FORMAT = 1


class Standing(NamedTuple):
    """Where an attempt stands: all that it takes to go on from there.

    Attributes:
        start: The instance.
        state: The present state.
        reached: Which milestones have paid.
        infeasible: Whether the instance is known to be impossible.
        log: Every event so far.
        end_reason: Why the attempt ended, empty while it runs.
        fault: Which formula failed, if that has ended it.
    """

    start: Start
    state: State
    reached: tuple[bool, ...]
    infeasible: bool
    log: tuple[Event, ...] = ()
    end_reason: str = ""
    fault: str = ""


def standing_to_json(standing: Standing, program_hash: str) -> dict[str, object]:
    """Return where an attempt at a task of a program stands as plain JSON."""
    return {
        "format": FORMAT,
        "program": program_hash,
        "task": standing.start.task,
        "seed": standing.start.seed,
        "variant": list(standing.start.variant),
        "infeasible": standing.infeasible,
        "end_reason": standing.end_reason,
        "fault": standing.fault,
        "reached": list(standing.reached),
        "log": [list(event) for event in standing.log],
        "state": state_to_json(standing.state),
    }


def standing_from_json(saved: Mapping[str, Any], machine: "Machine", drawn: Start | None = None) -> Standing:
    """Return where a saved attempt stands.

    Args:
        saved: What `standing_to_json` returned.
        machine: The machine that plays on.
        drawn: Its instance as drawn, whose tables the state is to share; the machine's own if it is left out.

    Raises:
        SavedStateError: It belongs to another program than the machine's, or is damaged.
    """
    if saved.get("format") != FORMAT or saved.get("program") != machine.program_hash:
        raise SavedStateError("this state was saved by another program")
    try:
        variant = named(machine.program, dict(zip(Variant._fields, saved["variant"], strict=True)))
        drawn = machine.draw(str(saved["task"]), int(saved["seed"])) if drawn is None else drawn
        start = dressed(drawn, variant)
        standing = Standing(
            start,
            state_from_json(saved["state"], start.state, machine.schema, machine.program.vocabulary.unpacked),
            tuple(bool(done) for done in saved["reached"]),
            bool(saved["infeasible"]),
            tuple(Event(*(str(part) for part in event)) for event in saved["log"]),
            str(saved["end_reason"]),
            str(saved["fault"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, FormulaFaultError, MachineError) as error:
        raise SavedStateError(f"this saved state is damaged: {error}") from None
    milestones = len(machine.rules(start.task).milestone_rewards)
    if standing.end_reason not in END_REASONS or len(standing.reached) != milestones:
        raise SavedStateError("this saved state is damaged")
    if not all(_holds_its_fields(machine, one) for one in (standing.state.base, standing.state.dialog) if one):
        raise SavedStateError("this saved state is damaged: a page has other fields than it says")
    return standing


def _holds_its_fields(machine: "Machine", surface: Surface) -> bool:
    """Say whether there are as many texts as the page has fields, of which the built-in pages have none."""
    page = machine.plan.page(surface.page)
    count = 0 if page is None else len(page.places)
    return len(surface.fields) == len(surface.posted) == count


def state_to_json(state: State) -> dict[str, object]:
    """Return a state as plain JSON."""
    return {
        "base": list(state.base),
        "dialog": None if state.dialog is None else list(state.dialog),
        "variables": [value_to_json(value) for value in state.variables],
        "tables": {table.name: _table_to_json(table) for table in state.tables if table.changed or table.added},
        "history": [list(entry) for entry in state.history],
        "position": state.position,
        "focus": None if state.focus is None else list(state.focus),
        "carets": [list(caret) for caret in state.carets],
        "notices": [[tone, packed(text)] for tone, text in state.notices],
        "steps": state.steps,
        "answered": state.answered,
        "tries": [list(one) for one in state.tries],
        "message": state.message,
        "broken": state.broken,
        "interference": interference_to_json(state.interference),
    }


def state_from_json(saved: Mapping[str, Any], start: State, schema: Schema, unpacked: Callable[[Any], str]) -> State:
    """Return the state that was saved.

    Args:
        saved: What `state_to_json` returned.
        start: The state in which the same instance begins.
        schema: The program's tables and variables.
        unpacked: What reads a text of the site; that of the program's vocabulary.
    """
    tables = tuple(
        _table_from_json(saved["tables"].get(table.name), table, schema.table_list[index])
        for index, table in enumerate(start.tables)
    )
    variables = _values(saved["variables"], schema.variable_types)
    history = tuple(_visited(entry) for entry in saved["history"])
    return start.replaced(
        base=_surface(saved["base"]),
        dialog=None if saved["dialog"] is None else _surface(saved["dialog"]),
        variables=variables,
        tables=tables,
        history=history,
        position=range(len(history)).index(int(saved["position"])),
        focus=None if saved["focus"] is None else _focus(saved["focus"]),
        carets=tuple((str(block), int(anchor), int(caret)) for block, anchor, caret in saved.get("carets", ())),
        notices=tuple((str(tone), unpacked(text)) for tone, text in saved["notices"]),
        steps=int(saved["steps"]),
        answered=int(saved["answered"]),
        tries=tuple((str(name), int(count)) for name, count in saved["tries"]),
        message=str(saved["message"]),
        broken=bool(saved["broken"]),
        interference=interference_from_json(saved["interference"], start.interference),
    )


def _table_to_json(table: Table) -> dict[str, object]:
    """Return what differs in a table from its base."""

    def line(row: Row | None) -> list[object] | None:
        return None if row is None else [value_to_json(value) for value in row]

    return {
        "changed": {key: line(row) for key, row in table.changed.items()},
        "added": [line(row) for row in table.added],
    }


def _table_from_json(saved: Mapping[str, Any] | None, start: Table, schema: TableSchema) -> Table:
    """Return a table from what differs in it from its base."""
    if saved is None:
        return start if not start.changed and not start.added else Table(start.name, start.base, floor=start.floor)

    def line(stored: Sequence[Any]) -> Row:
        return (str(stored[0]), *_values(stored[1:], schema.types))

    changed = {str(key): None if row is None else line(row) for key, row in saved["changed"].items()}
    table = Table(start.name, start.base, changed, tuple(line(row) for row in saved["added"]), start.floor)
    same = (dict(table.changed), table.added) == (dict(start.changed), start.added)
    return start if same else table


def _values(stored: Sequence[Any], types: Sequence[ColumnType]) -> tuple[Value, ...]:
    """Return typed values from stored ones."""
    return tuple(from_json(value, kind.kind) for value, kind in zip(stored, types, strict=True))


def _surface(saved: Sequence[Any]) -> Surface:
    """Return a page or dialog from its saved parts."""
    page, record, path, fields, posted, errors, entered, unfolded = saved
    return Surface(
        str(page),
        None if record is None else str(record),
        _path(path),
        _texts(fields),
        _texts(posted),
        tuple((str(name), str(message)) for name, message in errors),
        int(entered),
        tuple((str(block), str(part)) for block, part in unfolded),
    )


def _visited(saved: Sequence[Any]) -> Visited:
    """Return an entry of the history from its saved parts."""
    page, record, path = saved
    return Visited(str(page), None if record is None else str(record), _path(path))


def _path(saved: object) -> str:
    """Return a path, of which an address can be made: UnicodeEncodeError where it holds half a character."""
    return str(saved).encode().decode()


def _focus(saved: Sequence[Any]) -> tuple[str, str, str]:
    """Return what has the focus from its saved parts."""
    block, row, part = saved
    return str(block), str(row), str(part)


def _texts(saved: Sequence[Any]) -> tuple[str, ...]:
    """Return texts as a tuple."""
    return tuple(str(text) for text in saved)
