"""The form of one block of each kind, and the menu from which blocks are added."""

from collections.abc import Callable
from typing import Literal

from app.elements import BLOCK_ICONS, block_title, block_word
from app.inspector.blocktree import BlockTree
from app.inspector.desk import Desk
from app.inspector.forms.parts import append, following_name, item, listed, name_row, tables
from app.inspector.nodes import (
    Action,
    Card,
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
    Columns,
    Details,
    DetailsItem,
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
from flow_models.document.data import Table
from flow_models.document.edits.blocks import insert_block, replace_block
from flow_models.document.edits.ids import new_id
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.edits.renames import rename_field
from flow_models.document.edits.starts import new_block, new_transition
from flow_models.document.edits.transitions import add_transition
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.places import place_at
from flow_models.formulas import parse
from resources import text

TONES = ("info", "success", "warning", "error")


def block_form(desk: Desk, element: Element) -> tuple[Node, ...]:
    """Return the form of a block, with the tree of the blocks around it."""
    flow = desk.flow
    owner = flow.owners_by_block[element.id]
    block = owner.blocks_by_id[element.id]
    nodes = [*own_rows(desk, block), *_inside(desk, block), _showing(block)]
    if isinstance(block, Button | Link | FieldBase):
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


def _inside(desk: Desk, block: AnyBlock) -> list[Node]:
    """Return what lies in a block: columns of lists, items of details, links and controls."""
    match block:
        case ListBlock():
            return [_columns(desk, block), _controls(desk, block)]
        case Details():
            return [_items(desk, block)]
        case Navigation():
            return [_links(desk, block)]
        case Columns():
            return [_side_by_side(desk, block)]
        case _:
            return []


def _columns(desk: Desk, block: ListBlock) -> Section:
    at = Element("block", block.id, "columns")
    cards = []
    for number, column in enumerate(block.columns):
        title = column.title or text("inspector.card.column", number=number + 1)
        own = at._replace(field=f"columns.{number}")
        children: list[Node] = [
            Row(own._replace(field=f"{own.field}.title"), text("inspector.field.title"), Line()),
            Row(own._replace(field=f"{own.field}.text"), text("inspector.field.words"), Template()),
            Row(
                own._replace(field=f"{own.field}.align"),
                text("inspector.field.align"),
                Pick(tuple(Option(side, text(f"inspector.align.{side}")) for side in ("start", "end"))),
            ),
            Row(
                own._replace(field=f"{own.field}.link"),
                text("inspector.field.is_link"),
                Toggle(),
                read=_reading_link(block.id, number),
                write=_linking(block.id, number),
            ),
        ]
        if column.link is not None:
            link = item(desk.flow, Element("block", column.link.id), text("inspector.item.link_settings"))
            children.append(Items(("link", number), (link,)))
        cards.append(Card(("column", number), title, tuple(children), listed(desk, at, number, title), folds=True))
    add = append(desk, at, ListColumn, text("inspector.step.add", title=text("inspector.word.column")))
    action = Action(text("inspector.add.column"), "add", add)
    return Section(("list_columns", block.id), text("inspector.section.columns"), tuple(cards), (action,))


def _reading_link(block_id: str, number: int) -> Callable[[Flow], object]:
    def read(flow: Flow) -> object:
        block = part_of(flow, Element("block", block_id))
        is_there = isinstance(block, ListBlock) and number < len(block.columns)
        return is_there and isinstance(block, ListBlock) and block.columns[number].link is not None

    return read


def _linking(block_id: str, number: int) -> Callable[[Flow, object], Flow]:
    def write(flow: Flow, value: object) -> Flow:
        block = part_of(flow, Element("block", block_id))
        if not isinstance(block, ListBlock):
            return flow
        link = Link(id=new_id("block"), title=block.columns[number].title) if value else None
        column = block.columns[number].rebuilt(link=link)
        columns = (*block.columns[:number], column, *block.columns[number + 1 :])
        return replace_block(flow, block.rebuilt(columns=columns))

    return write


def _controls(desk: Desk, block: ListBlock) -> Section:
    inner = tuple(item(desk.flow, Element("block", control.id)) for control in block.row_controls)
    slot = Slot("block", block.id, "row_controls")
    actions = tuple(
        Action(text("inspector.add.kind", kind=block_word(kind)), BLOCK_ICONS[kind], _adding(desk, slot, kind))
        for kind in ("button", "link")
    )
    more = Action(text("inspector.add.row_control"), "add", menu=actions)
    body = Items(("controls", block.id), inner, text("inspector.empty.row_controls"))
    return Section(("row_controls", block.id), text("inspector.section.row_controls"), (body,), (more,))


def _links(desk: Desk, block: Navigation) -> Section:
    inner = tuple(item(desk.flow, Element("block", link.id), "") for link in block.links)
    add = Action(text("inspector.add.link"), "add", _adding(desk, Slot("block", block.id, "links"), "link"))
    body = Items(("links", block.id), inner, text("inspector.empty.links"))
    return Section(("links", block.id), text("inspector.section.links"), (body,), (add,))


def _items(desk: Desk, block: Details) -> Section:
    at = Element("block", block.id, "items")
    cards = []
    for number, detail in enumerate(block.items):
        title = detail.title or text("inspector.card.item", number=number + 1)
        path = f"items.{number}"
        children: tuple[Node, ...] = (
            Row(at._replace(field=f"{path}.title"), text("inspector.field.title"), Line()),
            Row(at._replace(field=f"{path}.text"), text("inspector.field.value"), Template()),
        )
        cards.append(Card(("item", number), title, children, listed(desk, at, number, title), folds=True))
    add = append(desk, at, DetailsItem, text("inspector.step.add", title=text("inspector.word.item")))
    actions = [Action(text("inspector.add.item"), "add", add)]
    table = _shown_table(desk.flow, block)
    if table is not None and not block.items:
        lines = tuple(DetailsItem(title=column.title, text=f"{{{column.name}}}") for column in table.columns)
        label = text("inspector.step.fill")
        fill = Action(
            text("inspector.add.all_columns"),
            "add",
            lambda: desk.attempt(lambda now: with_value(now, at, lines), label),
        )
        actions.insert(0, fill)
    return Section(("items", block.id), text("inspector.section.items"), tuple(cards), tuple(actions))


def _shown_table(flow: Flow, block: Details) -> Table | None:
    """Return the table whose row a block shows: the page's, or that of a formula."""
    owner = flow.owners_by_block.get(block.id)
    if not block.record.strip():
        return flow.tables_by_id.get((owner.record or "") if isinstance(owner, Page) else "")
    place = place_at(flow, Element("block", block.id, "record"))
    kind = None if place is None else parse(block.record, place.scope).kind
    return next((table for table in flow.tables if kind == f"row:{table.name}"), None)


def _side_by_side(desk: Desk, block: Columns) -> Section:
    at = Element("block", block.id, "columns")
    cards = tuple(
        Card(
            ("side", number),
            text("inspector.card.column", number=number + 1),
            (
                Items(
                    ("side", number),
                    tuple(item(desk.flow, Element("block", inner.id)) for inner in column),
                    text("inspector.empty.column"),
                ),
            ),
            listed(desk, at, number, text("inspector.card.column", number=number + 1)),
        )
        for number, column in enumerate(block.columns)
    )
    add = append(desk, at, tuple, text("inspector.step.add", title=text("inspector.word.column")))
    return Section(
        ("sides", block.id),
        text("inspector.section.columns"),
        cards,
        (Action(text("inspector.add.column"), "add", add),),
    )


def _adding(desk: Desk, slot: Slot, kind: str) -> Callable[[], None]:
    """Return what adds a block to a slot and selects it."""

    def run() -> None:
        block = new_block(desk.flow, kind)
        refused = desk.do(
            lambda flow: insert_block(flow, slot, None, block), text("inspector.step.add", title=block_word(kind))
        )
        if refused:
            desk.said.emit(refused)
        else:
            desk.selection.reveal(Element("block", block.id))

    return run


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
