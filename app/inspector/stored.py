"""Stored values as texts and back: how cells, first values and listed values are typed and shown."""

import re
from contextlib import suppress
from datetime import datetime
from decimal import Decimal, InvalidOperation

import resources
from app.words.elements import title_of_part
from flow_models.document.base import Literal_, ValueType
from flow_models.document.data import Table
from flow_models.document.edits.guesses import naming_texts
from flow_models.document.flow import Flow
from flow_models.document.values import fault_of
from flow_models.runtime.machine.base import formats, limits
from flow_models.runtime.machine.base.texts import is_writable

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_YES = frozenset({"yes", "true", "y", "1", "on", "x"})
_NO = frozenset({"no", "false", "n", "0", "off"})


class UnfitError(ValueError):
    """A text is no value of the type; the argument is the sentence that says so."""


def shown(flow: Flow, value: Literal_, kind: ValueType) -> str:
    """Return a stored value as a person reads it; empty as nothing."""
    if value is None:
        return ""
    if kind.kind == "boolean":
        return resources.text("inspector.value.yes") if value else resources.text("inspector.value.no")
    if kind.kind == "row":
        return dict(rows_of(flow, kind.table)).get(str(value), resources.text("inspector.value.gone"))
    return str(value)


def parsed(flow: Flow, text: str, kind: ValueType) -> Literal_:
    """Return the stored value of a typed text; `None` for a blank one.

    Raises:
        UnfitError: The text is no value of the type.
    """
    text = text.strip() if kind.kind != "text" else text
    if not text:
        return None
    if not is_writable(text):
        raise UnfitError(resources.text("inspector.value.character"))
    value = _value(flow, text, kind)
    match fault_of(flow, kind, value):
        case "too_long":
            raise UnfitError(resources.text("inspector.value.too_long", most=f"{limits.TEXT:,}"))
        case "kind" if kind.kind == "date":
            raise UnfitError(resources.text("inspector.value.date"))
        case _:
            return value


def moment_words(iso: str, locale: str) -> str:
    """Return a date with a time as the site writes them: `March 15, 2027, 9:00 AM`."""
    day, _, clock = iso.partition("T")
    return f"{formats.date(day, locale)}, {formats.time(clock, locale)}"


def moment_of(text: str) -> str:
    """Return the stored form of a date with a time, written in either manner; what is neither comes back as it is."""
    words = " ".join(text.split())
    for form in ("%B %d, %Y, %I:%M %p", "%d %B %Y, %H:%M", "%Y-%m-%d %H:%M"):
        # Minutes of one digit are not finished yet.
        if re.search(r":\d\d( [AP]M)?$", words):
            with suppress(ValueError):
                return datetime.strptime(words, form).strftime("%Y-%m-%dT%H:%M")  # the site's own time
    return text


def _value(flow: Flow, text: str, kind: ValueType) -> Literal_:
    match kind.kind:
        case "integer":
            return _integer(text)
        case "decimal" | "money":
            return _with_places(text, 2 if kind.kind == "money" else kind.places)
        case "boolean":
            return _yes_or_no(text)
        case "time":
            return _time(text)
        case "choice":
            return _choice(text, kind)
        case "row":
            return _row(flow, text, kind)
        case _:
            return text


def rows_of(flow: Flow, table_id: str | None) -> list[tuple[str, str]]:
    """Return the starting rows of a table as (id, title)."""
    table = flow.tables_by_id.get(table_id or "")
    return [] if table is None else [(row.id, _row_title(table, index)) for index, row in enumerate(table.rows)]


def _row_title(table: Table, index: int) -> str:
    row = table.rows[index]
    for place in naming_texts((column.name, column.type.kind) for column in table.columns):
        if value := row.values.get(table.columns[place].id):
            return str(value)
    return title_of_part(Flow(id="none"), row) if row.values else f"{table.title or table.name} {index + 1}"


def _number(text: str) -> Decimal:
    bare = text.replace(",", "").replace(" ", "").lstrip("$€£")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        raise UnfitError(resources.text("inspector.value.number")) from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise UnfitError(resources.text("inspector.value.number"))
    return number


def _integer(text: str) -> int:
    number = _number(text)
    if number != number.to_integral_value():
        raise UnfitError(resources.text("inspector.value.integer"))
    return int(number)


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        raise UnfitError(resources.text("inspector.value.time"))
    return f"{int(match[1]):02d}:{match[2]}"


def _with_places(text: str, places: int) -> str:
    number = _number(text)
    rounded = number.quantize(Decimal(1).scaleb(-places))
    if rounded != number:
        raise UnfitError(resources.text("inspector.value.places", places=places))
    return f"{rounded:f}"


def _yes_or_no(text: str) -> bool:
    word = text.casefold()
    if word in _YES or word == resources.text("inspector.value.yes").casefold():
        return True
    if word in _NO or word == resources.text("inspector.value.no").casefold():
        return False
    raise UnfitError(resources.text("inspector.value.boolean"))


def _choice(text: str, kind: ValueType) -> str:
    for choice in kind.choices:
        if choice.casefold() == text.casefold():
            return choice
    raise UnfitError(resources.text("inspector.value.choice", choices=", ".join(kind.choices)))


def _row(flow: Flow, text: str, kind: ValueType) -> str:
    for row_id, title in rows_of(flow, kind.table):
        if text in (row_id, title) or title.casefold() == text.casefold():
            return row_id
    raise UnfitError(resources.text("inspector.value.row"))
