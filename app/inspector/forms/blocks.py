"""The form of one block of each kind; what lies inside blocks is in `inside`, what fields ask in `fields`."""

from collections.abc import Callable
from typing import Literal, get_args

from app.inspector.blocktree import BlockTree
from app.inspector.forms.fields import field_rows
from app.inspector.forms.inside import inside
from app.inspector.forms.paging import list_choice
from app.inspector.forms.parts import item, pick_row, tables, template_row, value_row
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
    Whole,
)
from app.inspector.shared import Shared
from app.words.elements import block_title
from flow_models.document.behaviour import ChangeTrigger, Page, UseTrigger
from flow_models.document.blocks import (
    AnyBlock,
    Button,
    Details,
    FoldOut,
    Form,
    Group,
    Heading,
    Image,
    Link,
    ListBlock,
    ListColumn,
    Menu,
    Navigation,
    NoticeBlock,
    Pagination,
    Picture,
    Steps,
    Text,
)
from flow_models.document.edits.parts import part_of, with_value
from flow_models.document.edits.starts import new_transition
from flow_models.document.edits.transitions import add_transition
from flow_models.document.elements import Element
from flow_models.document.field_blocks import FieldBase
from flow_models.document.flow import Flow
from resources import text

QUIET = frozenset({"text_field", "long_text"})
"""Fields that listen to no transition: plain text says nothing until it is sent."""

TONES = ("info", "success", "warning", "error")


def block_form(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of a block, with the tree of the blocks around it."""
    flow = shared.flow
    owner = flow.owners_by_block[element.id]
    block = owner.blocks_by_id[element.id]
    nodes = [*own_rows(shared, block), *inside(shared, block), _showing(block)]
    if isinstance(block, Button | Link | FieldBase) and block.kind not in QUIET:
        nodes.append(_used(shared, block))
    around = Element("page" if isinstance(owner, Page) else "section", owner.id)
    return (*nodes, tree_section(shared, around, text("inspector.section.around")))


def tree_section(shared: Shared, owner: Element, title: str) -> Section:
    """Return the tree of the blocks of a page or section."""
    tree = Own(("tree", owner), lambda parent: BlockTree(shared, owner, parent))
    return Section(("blocks", owner.kind), title, (tree,))


def own_rows(shared: Shared, block: AnyBlock) -> list[Node]:
    """Return the fields that a block has besides when it is shown."""
    at = Element("block", block.id)
    match block:
        case Heading() | Text() | NoticeBlock():
            return _words(at, block)
        case Button():
            return _button(at)
        case Image():
            return _image(at)
        case Link() | Menu():
            return [template_row(at, "title", text("inspector.field.words"))]
        case ListBlock():
            return _list(shared.flow, at)
        case Details():
            return [value_row(at, "record", text("inspector.field.row"), text("inspector.blank.details_record"))]
        case Navigation() | Group():
            return [Row(at._replace(field="title"), text("inspector.field.title"), Line())]
        case Form():
            label = text("inspector.field.check")
            return [Row(at._replace(field="check"), label, Toggle(), help=text("inspector.help.check"))]
        case FoldOut():
            is_open = Row(at._replace(field="is_open"), text("inspector.field.is_open"), Toggle())
            return [template_row(at, "title", text("inspector.field.words")), is_open]
        case Pagination():
            return [list_choice(shared.flow, at)]
        case Steps():
            return _steps(at)
        case FieldBase():
            return field_rows(shared.flow, block)
        case _:
            return []


def _words(at: Element, block: Heading | Text | NoticeBlock) -> list[Node]:
    rows: list[Node] = [template_row(at, "text", text("inspector.field.words"), 1 if isinstance(block, Heading) else 2)]
    match block:
        case Heading():
            levels = tuple(Option(level, text(f"inspector.level.{level}")) for level in (1, 2, 3))
            rows.append(Row(at._replace(field="level"), text("inspector.field.level"), Pick(levels)))
        case Text():
            rows.append(pick_row(at, "style", text("inspector.field.style"), "text_style", ("plain", "lead", "small")))
        case NoticeBlock():
            rows.append(pick_row(at, "tone", text("inspector.field.tone"), "tone", TONES))
    return rows


def _image(at: Element) -> list[Node]:
    label, instead = text("inspector.field.picture"), text("inspector.field.instead")
    return [
        pick_row(at, "picture", label, "picture", get_args(Picture)),
        Row(at._replace(field="text"), instead, Template(), help=text("inspector.help.instead")),
    ]


def _steps(at: Element) -> list[Node]:
    titles = Texts(text("inspector.example.steps"))
    return [
        Row(at._replace(field="titles"), text("inspector.field.titles"), titles, help=text("inspector.help.titles")),
        Row(at._replace(field="current"), text("inspector.field.current"), Whole(1, 50)),
    ]


def _button(at: Element) -> list[Node]:
    styles = ("primary", "secondary", "danger", "quiet")
    return [
        template_row(at, "title", text("inspector.field.words")),
        pick_row(at, "style", text("inspector.field.style"), "button_style", styles),
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
        template_row(at, "title", text("inspector.field.title")),
        Row(at._replace(field="table"), text("inspector.field.table"), tables(flow), write=_with_table(at)),
        Row(at._replace(field="where"), text("inspector.field.where"), Condition(text("inspector.blank.where"))),
        value_row(at, "sort", text("inspector.field.sort"), text("inspector.blank.sort")),
        Row(at._replace(field="descending"), text("inspector.field.descending"), Toggle()),
        pick_row(at, "style", text("inspector.field.style"), "list_style", ("table", "cards")),
        Row(
            at._replace(field="limit"),
            text("inspector.field.limit"),
            Whole(0, 1000, special=text("inspector.blank.limit")),
        ),
        Row(
            at._replace(field="page_size"),
            text("inspector.field.page_size"),
            Whole(0, 1000, special=text("inspector.blank.page_size")),
        ),
        template_row(at, "empty_text", text("inspector.field.empty_text")),
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


def _showing(block: AnyBlock) -> Section:
    at = Element("block", block.id, "show_if")
    row = Row(at, "", Condition(text("inspector.blank.show_if")))
    return Section(("show", block.id), text("inspector.section.show_if"), (row,), is_open=True)


def _used(shared: Shared, block: AnyBlock) -> Section:
    """Return what happens when the block is used: the transitions that listen to it."""
    flow = shared.flow
    arrows = [arrow for arrow in flow.transitions if getattr(arrow.on, "block", None) == block.id]
    inner = tuple(item(flow, Element("transition", arrow.id), "") for arrow in arrows)
    is_field = isinstance(block, FieldBase)
    title = text("inspector.section.changed" if is_field else "inspector.section.used")

    def add() -> None:
        owner = shared.flow.owners_by_block[block.id]
        on = ChangeTrigger(block=block.id) if is_field else UseTrigger(block=block.id)
        arrow = new_transition(owner.id, on)
        shared.attempt(
            lambda changed: add_transition(changed, arrow), text("inspector.step.connect", title=block_title(block))
        )
        shared.selection.reveal(Element("transition", arrow.id, "to"))

    action = Action(text("inspector.add.transition"), "add", add)
    empty = text("inspector.empty.changed" if is_field else "inspector.empty.used")
    return Section(
        ("used", block.id),
        title,
        (Items(("used", block.id), inner, empty),),
        (action,),
        is_open=bool(arrows) or not is_field,
    )
