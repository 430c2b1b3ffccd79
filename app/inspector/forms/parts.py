"""Pieces that several forms share: references to tables and pages, types, names that follow titles, small actions."""

from collections.abc import Callable, Sequence

from app.inspector.nodes import Action, Item, Line, Name, Node, Option, Pick, Row, Spec, Template, Texts, Value, Whole
from app.inspector.shared import Shared
from app.words.elements import icon_idea, title_of, title_of_part, word_of_part
from flow_models.document.base import ValueType
from flow_models.document.edits.following import followed
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.edits.retyping import retyped
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from resources import text

Make = Callable[[], object]
"""How to make a part."""

OPEN_CARDS = 3
"""Up to so many parts of a block start unfolded; more would be a long way to the end of the form."""

TYPES = ("text", "integer", "decimal", "money", "boolean", "date", "time", "choice", "row")


def tables(flow: Flow, none: str = "") -> Pick:
    """Return the choice of a table; `none` words the choice of none."""
    options = [Option(None, none)] if none else []
    options += [Option(table.id, title_of_part(flow, table), "table") for table in flow.tables]
    return Pick(tuple(options))


def pages(flow: Flow, none: str = "", more: Sequence[Option] = ()) -> Pick:
    """Return the choice of a page."""
    options = [Option(None, none)] if none else []
    options += more
    options += [Option(page.id, title_of_part(flow, page), page.kind) for page in flow.pages]
    return Pick(tuple(options))


def type_rows(flow: Flow, at: Element, kind: ValueType) -> list[Node]:
    """Return the fields of a type: its kind, and what belongs to that kind. `at` is the element."""
    options = tuple(Option(name, text(f"inspector.type.{name}")) for name in TYPES)
    kinds = Row(
        at._replace(field="type.kind"),
        text("inspector.field.type"),
        Pick(options),
        write=lambda now, value: retyped(now, at, str(value)),
    )
    rows: list[Node] = [kinds]
    if kind.kind == "decimal":
        rows.append(Row(at._replace(field="type.places"), text("inspector.field.places"), Whole(0, 12)))
    if kind.kind == "choice":
        rows.append(
            Row(
                at._replace(field="type.choices"),
                text("inspector.field.choices"),
                Texts(text("inspector.example.choices")),
                help=text("inspector.help.one_a_line"),
            )
        )
    if kind.kind == "row":
        rows.append(Row(at._replace(field="type.table"), text("inspector.field.of_table"), tables(flow)))
    return rows


def type_words(flow: Flow, kind: ValueType) -> str:
    """Return a type in a few words."""
    if kind.kind == "row" and kind.table in flow.tables_by_id:
        return text("inspector.type.row_of", table=title_of_part(flow, flow.tables_by_id[kind.table]))
    return text(f"inspector.type.{kind.kind}")


def template_row(at: Element, field: str, label: str, lines: int = 1) -> Row:
    """Return the field for a text with formulas."""
    return Row(at._replace(field=field), label, Template(lines))


def value_row(at: Element, field: str, label: str, blank: str, help_text: str = "") -> Row:
    """Return the field for a formula for a value; `blank` says what an empty one means."""
    return Row(at._replace(field=field), label, Value(blank), help=help_text)


def pick_row(at: Element, field: str, label: str, words: str, values: tuple[str, ...]) -> Row:
    """Return the field for one of a few values, called `inspector.WORDS.VALUE`."""
    options = tuple(Option(value, text(f"inspector.{words}.{value}")) for value in values)
    return Row(at._replace(field=field), label, Pick(options))


def name_row(at: Element, rename: Callable[[Flow, str], Flow]) -> Row:
    """Return the field for a name that formulas use; renaming changes every formula."""
    return Row(
        at._replace(field="name"),
        text("inspector.field.name"),
        Name(),
        help=text("inspector.help.name"),
        write=lambda flow, value: rename(flow, str(value)),
    )


def title_row(at: Element, label: str = "", editor: Spec | None = None) -> Row:
    """Return the field for an element's title; names and addresses that were made from the old one follow."""
    return Row(
        at._replace(field="title"),
        label or text("inspector.field.title"),
        editor or Line(),
        settle=lambda before, now: followed(before, now, at),
    )


def item(flow: Flow, element: Element, detail: str | None = None, actions: tuple[Action, ...] = ()) -> Item:
    """Return an element as a line of a list."""
    part = part_of(flow, element)
    icon = "" if part is None else icon_idea(part)
    word = "" if part is None else word_of_part(part)
    return Item(element, title_of(flow, element), word if detail is None else detail, icon, actions)


def order_actions(
    shared: Shared,
    number: int,
    count: int,
    move: Callable[[Flow, int], Flow],
    remove: Callable[[Flow], Flow],
    title: str,
) -> tuple[Action, ...]:
    """Return up, down and delete for one of several parts."""
    return (
        Action(
            text("inspector.action.up", title=title),
            "up",
            lambda: shared.attempt(lambda flow: move(flow, number - 1), text("inspector.step.move", title=title)),
            number > 0,
        ),
        Action(
            text("inspector.action.down", title=title),
            "down",
            lambda: shared.attempt(lambda flow: move(flow, number + 1), text("inspector.step.move", title=title)),
            number < count - 1,
        ),
        Action(
            text("inspector.action.delete", title=title),
            "delete",
            lambda: shared.attempt(remove, text("inspector.step.delete", title=title)),
        ),
    )


def listed(shared: Shared, at: Element, number: int, title: str) -> tuple[Action, ...]:
    """Return up, down and delete for one item of a tuple that is a field, such as `do` or `columns`."""
    value = shared.value(at)
    items: tuple[object, ...] = value if isinstance(value, tuple) else ()

    def move(flow: Flow, index: int) -> Flow:
        rest = (*items[:number], *items[number + 1 :])
        return with_value(flow, at, (*rest[:index], items[number], *rest[index:]))

    def remove(flow: Flow) -> Flow:
        return with_value(flow, at, (*items[:number], *items[number + 1 :]))

    return order_actions(shared, number, len(items), move, remove, title)


def append(shared: Shared, at: Element, made: Callable[[], object], label: str) -> Callable[[], object]:
    """Return what puts one more item at the end of a tuple that is a field, and goes there."""

    def run() -> None:
        value = shared.value(at)
        items: tuple[object, ...] = value if isinstance(value, tuple) else ()
        shared.attempt(lambda flow: with_value(flow, at, (*items, made())), label)
        current = shared.selection.current
        if current is not None and at._replace(field="") == current:
            shared.selection.reveal(at._replace(field=f"{at.field}.{len(items)}"))

    return run
