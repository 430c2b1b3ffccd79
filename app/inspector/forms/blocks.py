"""The form of one block of each kind, and the menu from which blocks are added."""

from collections.abc import Callable
from typing import Literal

from app.elements import block_title
from app.inspector.blocktree import BlockTree
from app.inspector.desk import Desk
from app.inspector.forms.inside import inside
from app.inspector.forms.parts import following_name, item, name_row, tables
from app.inspector.nodes import (
    Action,
    Condition,
    Items,
    Line,
    Node,
    Option,
    Own,
    Pick,
    Row,
    Section,
    Template,
    Texts,
    Toggle,
    Value,
    Whole,
)
from flow_models.document.behaviour import ChangeTrigger, Page, UseTrigger
from flow_models.document.blocks import (
    AnyBlock,
    Button,
    ChoiceField,
    Details,
    FieldBase,
    Form,
    Group,
    Heading,
    Link,
    ListBlock,
    ListColumn,
    Navigation,
    NoticeBlock,
    NumberField,
    Text,
    TextField,
)
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.edits.renames import rename_field
from flow_models.document.edits.starts import new_transition
from flow_models.document.edits.transitions import add_transition
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from resources import text

QUIET = frozenset({"text_field", "long_text"})
"""Fields that listen to no transition: plain text says nothing until it is sent."""

TONES = ("info", "success", "warning", "error")


def block_form(desk: Desk, element: Element) -> tuple[Node, ...]:
    """Return the form of a block, with the tree of the blocks around it."""
    flow = desk.flow
    owner = flow.owners_by_block[element.id]
    block = owner.blocks_by_id[element.id]
    nodes = [*own_rows(desk, block), *inside(desk, block), _showing(block)]
    if isinstance(block, Button | Link | FieldBase) and block.kind not in QUIET:
        nodes.append(_used(desk, block))
    around = Element("page" if isinstance(owner, Page) else "section", owner.id)
    return (*nodes, tree_section(desk, around, text("inspector.section.around")))


def tree_section(desk: Desk, owner: Element, title: str) -> Section:
    """Return the tree of the blocks of a page or section."""
    tree = Own(("tree", owner), lambda parent: BlockTree(desk, owner, parent))
    return Section(("blocks", owner.kind), title, (tree,))


def own_rows(desk: Desk, block: AnyBlock) -> list[Node]:
    """Return the fields that a block has besides when it is shown."""
    at = Element("block", block.id)
    match block:
        case Heading() | Text() | NoticeBlock():
            return _words(at, block)
        case Button():
            return _button(at)
        case Link():
            return [_template(at, "title", text("inspector.field.words"))]
        case ListBlock():
            return _list(desk.flow, at)
        case Details():
            return [_value(at, "record", text("inspector.field.row"), text("inspector.blank.details_record"))]
        case Navigation() | Group():
            return [Row(at._replace(field="title"), text("inspector.field.title"), Line())]
        case Form():
            label = text("inspector.field.check")
            return [Row(at._replace(field="check"), label, Toggle(), help=text("inspector.help.check"))]
        case FieldBase():
            return _field(desk.flow, at, block)
        case _:
            return []


def _words(at: Element, block: Heading | Text | NoticeBlock) -> list[Node]:
    rows: list[Node] = [_template(at, "text", text("inspector.field.words"), 1 if isinstance(block, Heading) else 2)]
    match block:
        case Heading():
            levels = tuple(Option(level, text(f"inspector.level.{level}")) for level in (1, 2, 3))
            rows.append(Row(at._replace(field="level"), text("inspector.field.level"), Pick(levels)))
        case Text():
            rows.append(_pick(at, "style", text("inspector.field.style"), "text_style", ("plain", "lead", "small")))
        case NoticeBlock():
            rows.append(_pick(at, "tone", text("inspector.field.tone"), "tone", TONES))
    return rows


def _button(at: Element) -> list[Node]:
    styles = ("primary", "secondary", "danger", "quiet")
    return [
        _template(at, "title", text("inspector.field.words")),
        _pick(at, "style", text("inspector.field.style"), "button_style", styles),
        Row(
            at._replace(field="submit"),
            text("inspector.field.submit"),
            Toggle(),
            help=text("inspector.help.submit"),
        ),
        Row(
            at._replace(field="enabled_if"),
            text("inspector.field.enabled_if"),
            Condition(text("inspector.blank.enabled_if")),
        ),
    ]


def _list(flow: Flow, at: Element) -> list[Node]:
    return [
        _template(at, "title", text("inspector.field.title")),
        Row(at._replace(field="table"), text("inspector.field.table"), tables(flow), write=_with_table(at)),
        Row(at._replace(field="where"), text("inspector.field.where"), Condition(text("inspector.blank.where"))),
        _value(at, "sort", text("inspector.field.sort"), text("inspector.blank.sort")),
        Row(at._replace(field="descending"), text("inspector.field.descending"), Toggle()),
        _pick(at, "style", text("inspector.field.style"), "list_style", ("table", "cards")),
        Row(
            at._replace(field="limit"),
            text("inspector.field.limit"),
            Whole(0, 1000, special=text("inspector.blank.limit")),
        ),
        _template(at, "empty_text", text("inspector.field.empty_text")),
    ]


def _with_table(at: Element) -> Callable[[Flow, object], Flow]:
    """Return what gives a list another table, and columns for it if it has none yet."""

    def write(flow: Flow, value: object) -> Flow:
        changed = with_value(flow, at, value)
        block = part_of(changed, at)
        table = changed.tables_by_id.get(str(value))
        if table is None or not isinstance(block, ListBlock) or block.columns:
            return changed
        columns = tuple(
            ListColumn(title=column.title, text=f"{{{column.name}}}", align=_side(column.type.kind))
            for column in table.columns
        )
        return with_value(changed, at._replace(field="columns"), columns)

    at = at._replace(field="table")
    return write


def _side(kind: str) -> Literal["start", "end"]:
    """Return on which side a column's values stand: amounts end where they can be compared."""
    return "end" if kind in ("integer", "decimal", "money") else "start"


def _field(flow: Flow, at: Element, block: FieldBase) -> list[Node]:
    def rename(changed: Flow, name: str) -> Flow:
        return rename_field(changed, at.id, name)

    rows: list[Node] = [
        Row(
            at._replace(field="title"),
            text("inspector.field.label"),
            Line(),
            settle=following_name(at, rename),
        ),
        name_row(at, rename),
        Row(at._replace(field="required"), text("inspector.field.required"), Toggle()),
    ]
    if isinstance(block, TextField):
        rows += _text_field(at)
    if isinstance(block, ChoiceField):
        rows += _choice(flow, at, block)
    if isinstance(block, NumberField):
        rows.append(Row(at._replace(field="places"), text("inspector.field.places"), Whole(0, 12)))
    if "minimum" in type(block).model_fields:
        rows.append(_value(at, "minimum", text("inspector.field.minimum"), text("inspector.blank.minimum")))
        rows.append(_value(at, "maximum", text("inspector.field.maximum"), text("inspector.blank.maximum")))
    if block.__class__.__name__ == "LongText":
        rows.append(Row(at._replace(field="max_length"), text("inspector.field.max_length"), Whole(1, 5000)))
    rows.append(_value(at, "initial", text("inspector.field.initial"), text("inspector.blank.initial")))
    rows.append(_template(at, "help", text("inspector.field.help")))
    return rows


def _text_field(at: Element) -> list[Node]:
    purposes = ("text", "email", "password", "phone", "search", "address")
    return [
        _pick(at, "purpose", text("inspector.field.purpose"), "purpose", purposes),
        Row(at._replace(field="min_length"), text("inspector.field.min_length"), Whole(0, 500)),
        Row(at._replace(field="max_length"), text("inspector.field.max_length"), Whole(1, 500)),
        Row(
            at._replace(field="pattern"),
            text("inspector.field.pattern"),
            Line("##-##-##"),
            help=text("inspector.help.pattern"),
        ),
    ]


def _choice(flow: Flow, at: Element, block: ChoiceField) -> list[Node]:
    rows: list[Node] = [
        _pick(at, "style", text("inspector.field.style"), "choice_style", ("drop_down", "radio")),
        Row(
            at._replace(field="table"),
            text("inspector.field.options_from"),
            tables(flow, text("inspector.choice.fixed")),
        ),
    ]
    if block.table is None:
        rows.append(
            Row(
                at._replace(field="choices"),
                text("inspector.field.choices"),
                Texts(text("inspector.example.choices")),
                help=text("inspector.help.one_a_line"),
            )
        )
    else:
        where = Condition(text("inspector.blank.where"))
        rows.append(Row(at._replace(field="where"), text("inspector.field.where_options"), where))
        rows.append(_value(at, "sort", text("inspector.field.sort"), text("inspector.blank.sort")))
        label = _template(at, "label", text("inspector.field.option_label"))
        rows.append(label)
    if block.style == "drop_down":
        rows.append(
            Row(
                at._replace(field="placeholder"),
                text("inspector.field.placeholder"),
                Line(text("inspector.blank.placeholder")),
            )
        )
    return rows


def _showing(block: AnyBlock) -> Section:
    at = Element("block", block.id, "show_if")
    row = Row(at, "", Condition(text("inspector.blank.show_if")))
    return Section(("show", block.id), text("inspector.section.show_if"), (row,), is_open=True)


def _used(desk: Desk, block: AnyBlock) -> Section:
    """Return what happens when the block is used: the transitions that listen to it."""
    flow = desk.flow
    arrows = [arrow for arrow in flow.transitions if getattr(arrow.on, "block", None) == block.id]
    inner = tuple(item(flow, Element("transition", arrow.id), "") for arrow in arrows)
    is_field = isinstance(block, FieldBase)
    title = text("inspector.section.changed" if is_field else "inspector.section.used")

    def add() -> None:
        owner = desk.flow.owners_by_block[block.id]
        on = ChangeTrigger(block=block.id) if is_field else UseTrigger(block=block.id)
        arrow = new_transition(owner.id, on)
        desk.attempt(
            lambda changed: add_transition(changed, arrow), text("inspector.step.connect", title=block_title(block))
        )
        desk.selection.reveal(Element("transition", arrow.id, "to"))

    action = Action(text("inspector.add.transition"), "add", add)
    empty = text("inspector.empty.changed" if is_field else "inspector.empty.used")
    return Section(
        ("used", block.id),
        title,
        (Items(("used", block.id), inner, empty),),
        (action,),
        is_open=bool(arrows) or not is_field,
    )


def _template(at: Element, field: str, label: str, lines: int = 1) -> Row:
    return Row(at._replace(field=field), label, Template(lines))


def _value(at: Element, field: str, label: str, blank: str) -> Row:
    return Row(at._replace(field=field), label, Value(blank))


def _pick(at: Element, field: str, label: str, words: str, values: tuple[str, ...]) -> Row:
    options = tuple(Option(value, text(f"inspector.{words}.{value}")) for value in values)
    return Row(at._replace(field=field), label, Pick(options))
