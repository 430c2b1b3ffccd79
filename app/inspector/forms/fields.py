"""The forms of fields: what each kind of field asks besides its label, name and help.

One function each, found by the kind's name; a kind without one asks nothing more.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from app.inspector.forms.parts import name_row, pick_row, tables, template_row, title_row, value_row
from app.inspector.nodes import Condition, Line, Node, Row, Texts, Toggle, Whole
from app.inspector.shared import Shared
from flow_models.document.edits.renames import rename_field
from flow_models.document.elements import Element
from flow_models.document.field_blocks import (
    ChoiceField,
    ChoiceGrid,
    DateField,
    FieldBlock,
    FileField,
    LongText,
    MoneyField,
    NumberField,
    Slider,
    SuggestField,
    TextField,
    TimeField,
)
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base.kinds import KINDS
from resources import text

PURPOSES = ("text", "email", "password", "phone", "search", "address")
MOST = 1_000_000
"""How far from zero the bounds of a slider may lie."""


def field_form(shared: Shared, block: FieldBlock) -> list[Node]:
    """Return the form of a field."""
    at = Element("block", block.id)

    def rename(changed: Flow, name: str) -> Flow:
        return rename_field(changed, at.id, name)

    label = title_row(at, text("inspector.field.label"))
    rows: list[Node] = [label, name_row(at, rename)]
    # What is put on a scale always has a value, so there is nothing to require.
    is_slid = KINDS[block.kind].traits.fill == "slid"
    if not is_slid:
        rows.append(Row(at._replace(field="required"), text("inspector.field.required"), Toggle()))
    own = _OWN.get(block.kind)
    rows += [] if own is None else own(shared.flow, at, block)
    is_ticked = KINDS[block.kind].traits.value == "boolean"
    blank = text(f"inspector.blank.{'slider' if is_slid else 'initial_unticked' if is_ticked else 'initial'}")
    first = text("inspector.field.ticked" if is_ticked else "inspector.field.initial")
    rows.append(value_row(at, "initial", first, blank))
    rows.append(template_row(at, "help", text("inspector.field.help")))
    return rows


def _text(_flow: Flow, at: Element, block: TextField) -> list[Node]:
    return [
        pick_row(at, "purpose", text("inspector.field.purpose"), "purpose", PURPOSES),
        Row(at._replace(field="min_length"), text("inspector.field.min_length"), Whole(0, 500)),
        Row(at._replace(field="max_length"), text("inspector.field.max_length"), Whole(1, 500)),
        Row(
            at._replace(field="pattern"),
            text("inspector.field.pattern"),
            Line("##-##-##"),
            help=text("inspector.help.pattern"),
        ),
        *([] if block.purpose == "password" else [_trimming(at)]),
    ]


def _trimming(at: Element) -> Row:
    """Return whether the site takes spaces away; in passwords they always count."""
    return Row(at._replace(field="trim"), text("inspector.field.trim"), Toggle(), help=text("inspector.help.trim"))


def _long_text(_flow: Flow, at: Element, _block: LongText) -> list[Node]:
    return [Row(at._replace(field="max_length"), text("inspector.field.max_length"), Whole(1, 5000))]


def _number(flow: Flow, at: Element, block: NumberField) -> list[Node]:
    places = Row(at._replace(field="places"), text("inspector.field.places"), Whole(0, 12))
    return [places, *_bounds(flow, at, block)]


def _bounds(_flow: Flow, at: Element, block: NumberField | MoneyField | DateField | TimeField) -> list[Node]:
    names = {"date": ("earliest", "latest"), "time": ("earliest_time", "latest_time")}
    least, most = names.get(KINDS[block.kind].traits.value, ("minimum", "maximum"))
    return [
        value_row(at, "minimum", text(f"inspector.field.{least}"), text(f"inspector.blank.{least}")),
        value_row(at, "maximum", text(f"inspector.field.{most}"), text(f"inspector.blank.{most}")),
    ]


def _slider(_flow: Flow, at: Element, _block: Slider) -> list[Node]:
    return [
        Row(at._replace(field="minimum"), text("inspector.field.minimum"), Whole(-MOST, MOST)),
        Row(at._replace(field="maximum"), text("inspector.field.maximum"), Whole(-MOST, MOST)),
        Row(at._replace(field="step"), text("inspector.field.step"), Whole(1, MOST)),
    ]


def _choice(flow: Flow, at: Element, block: ChoiceField) -> list[Node]:
    rows: list[Node] = [
        pick_row(at, "style", text("inspector.field.style"), "choice_style", ("drop_down", "radio")),
        Row(
            at._replace(field="table"),
            text("inspector.field.options_from"),
            tables(flow, text("inspector.choice.fixed")),
        ),
    ]
    if block.table is None:
        rows.append(_texts(at, "choices", text("inspector.field.choices"), text("inspector.example.choices")))
    else:
        rows += _rows(at, text("inspector.field.option_label"))
    if block.style == "drop_down":
        rows.append(
            Row(
                at._replace(field="placeholder"),
                text("inspector.field.placeholder"),
                Line(text("inspector.blank.placeholder")),
            )
        )
    return rows


def _suggestions(flow: Flow, at: Element, _block: SuggestField) -> list[Node]:
    return [
        Row(at._replace(field="table"), text("inspector.field.suggestions_from"), tables(flow)),
        *_rows(at, text("inspector.field.suggestion_label")),
        Row(at._replace(field="limit"), text("inspector.field.suggestions"), Whole(1, 20)),
        Row(
            at._replace(field="placeholder"),
            text("inspector.field.placeholder_text"),
            Line(text("inspector.example.placeholder")),
            help=text("inspector.help.placeholder_text"),
        ),
    ]


def _files(_flow: Flow, at: Element, _block: FileField) -> list[Node]:
    return [_texts(at, "files", text("inspector.field.files"), text("inspector.example.files"))]


def _grid(flow: Flow, at: Element, _block: ChoiceGrid) -> list[Node]:
    free = Row(
        at._replace(field="free_if"),
        text("inspector.field.free_if"),
        Condition(text("inspector.blank.free_if")),
        help=text("inspector.help.free_if"),
    )
    return [
        Row(at._replace(field="table"), text("inspector.field.places_from"), tables(flow)),
        Row(at._replace(field="where"), text("inspector.field.where"), Condition(text("inspector.blank.where"))),
        value_row(at, "line", text("inspector.field.line"), text("inspector.blank.line"), text("inspector.help.line")),
        template_row(at, "label", text("inspector.field.place_label")),
        free,
    ]


def _rows(at: Element, label: str) -> list[Node]:
    """Return which rows of a table a field offers, in which order, and what each says."""
    return [
        Row(at._replace(field="where"), text("inspector.field.where"), Condition(text("inspector.blank.where"))),
        value_row(at, "sort", text("inspector.field.sort"), text("inspector.blank.sort")),
        template_row(at, "label", label),
    ]


def _texts(at: Element, field: str, label: str, example: str) -> Row:
    return Row(at._replace(field=field), label, Texts(example), help=text("inspector.help.one_a_line"))


_OWN: Final[Mapping[str, Callable[[Flow, Element, Any], list[Node]]]] = MappingProxyType(
    {
        "text_field": _text,
        "long_text": _long_text,
        "number_field": _number,
        "money_field": _bounds,
        "date_field": _bounds,
        "time_field": _bounds,
        "slider": _slider,
        "choice_field": _choice,
        "suggest_field": _suggestions,
        "file_field": _files,
        "choice_grid": _grid,
    }
)
"""What only fields of a kind ask; each function gets the fields of its own kind, so `Any` is honest."""
