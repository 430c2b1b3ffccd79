"""What each kind of block asks: one function each, found by the kind's name. Fields share theirs, see `fields`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, get_args

from app.inspector.forms.controls import controls_section, links_section
from app.inspector.forms.facts import details_form
from app.inspector.forms.fields import field_form
from app.inspector.forms.listing import list_form
from app.inspector.forms.paging import list_choice
from app.inspector.forms.parts import pick_row, template_row
from app.inspector.forms.places import columns_form, tabs_form
from app.inspector.nodes import Condition, Line, Node, Option, Pick, Row, Template, Texts, Toggle, Whole
from app.inspector.shared import Shared
from flow_models.document.blocks import (
    AnyBlock,
    Button,
    Divider,
    FoldOut,
    Form,
    Group,
    Heading,
    Image,
    Link,
    Menu,
    Navigation,
    NoticeBlock,
    Pagination,
    Picture,
    Steps,
    Text,
)
from flow_models.document.edits.starts import toned
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.runtime.machine.base.kinds import FIELDS
from resources import text

TONES = ("info", "success", "warning", "error")


def own_form(shared: Shared, block: AnyBlock) -> list[Node]:
    """Return what a block asks besides when it is shown."""
    return _FORMS[block.kind](shared, block)


def _at(block: AnyBlock, field: str = "") -> Element:
    return Element("block", block.id, field)


def _heading(_shared: Shared, block: Heading) -> list[Node]:
    levels = tuple(Option(level, text(f"inspector.level.{level}")) for level in (1, 2, 3))
    return [
        template_row(_at(block), "text", text("inspector.field.words")),
        Row(_at(block, "level"), text("inspector.field.level"), Pick(levels)),
    ]


def _text(_shared: Shared, block: Text) -> list[Node]:
    return [
        template_row(_at(block), "text", text("inspector.field.words"), 2),
        pick_row(_at(block), "style", text("inspector.field.style"), "text_style", ("plain", "lead", "small")),
    ]


def _image(_shared: Shared, block: Image) -> list[Node]:
    return [
        pick_row(_at(block), "picture", text("inspector.field.picture"), "picture", get_args(Picture)),
        Row(_at(block, "text"), text("inspector.field.instead"), Template(), help=text("inspector.help.instead")),
    ]


def _notice(_shared: Shared, block: NoticeBlock) -> list[Node]:
    return [
        template_row(_at(block), "text", text("inspector.field.words"), 2),
        replace(
            pick_row(_at(block), "tone", text("inspector.field.tone"), "tone", TONES),
            write=lambda flow, value: toned(flow, _at(block), str(value)),
        ),
    ]


def _divider(_shared: Shared, _block: Divider) -> list[Node]:
    return []


def _button(_shared: Shared, block: Button) -> list[Node]:
    styles = ("primary", "secondary", "danger", "quiet")
    enabled = Condition(text("inspector.blank.enabled_if"))
    return [
        template_row(_at(block), "title", text("inspector.field.words")),
        pick_row(_at(block), "style", text("inspector.field.style"), "button_style", styles),
        Row(_at(block, "submit"), text("inspector.field.submit"), Toggle(), help=text("inspector.help.submit")),
        Row(_at(block, "enabled_if"), text("inspector.field.enabled_if"), enabled),
    ]


def _link(_shared: Shared, block: Link) -> list[Node]:
    return [template_row(_at(block), "title", text("inspector.field.words"))]


def _menu(shared: Shared, block: Menu) -> list[Node]:
    slot = Slot("block", block.id, "items")
    title, empty = text("inspector.section.menu_items"), text("inspector.empty.menu_items")
    return [
        template_row(_at(block), "title", text("inspector.field.words")),
        controls_section(shared, slot, block.items, title, empty),
    ]


def _navigation(shared: Shared, block: Navigation) -> list[Node]:
    return [_title(block), links_section(shared, Slot("block", block.id, "links"), block.links)]


def _title(block: Navigation | Group) -> Row:
    return Row(_at(block, "title"), text("inspector.field.title"), Line())


def _pagination(shared: Shared, block: Pagination) -> list[Node]:
    return [list_choice(shared.flow, _at(block))]


def _steps(_shared: Shared, block: Steps) -> list[Node]:
    titles = Texts(text("inspector.example.steps"))
    return [
        Row(_at(block, "titles"), text("inspector.field.titles"), titles, help=text("inspector.help.titles")),
        Row(_at(block, "current"), text("inspector.field.current"), Whole(1, 50)),
    ]


def _form(_shared: Shared, block: Form) -> list[Node]:
    return [Row(_at(block, "check"), text("inspector.field.check"), Toggle(), help=text("inspector.help.check"))]


def _group(_shared: Shared, block: Group) -> list[Node]:
    return [_title(block)]


def _fold_out(_shared: Shared, block: FoldOut) -> list[Node]:
    return [
        template_row(_at(block), "title", text("inspector.field.words")),
        Row(_at(block, "is_open"), text("inspector.field.is_open"), Toggle()),
    ]


_FORMS: Final[Mapping[str, Callable[[Shared, Any], list[Node]]]] = MappingProxyType(
    {
        **dict.fromkeys(FIELDS, field_form),
        "heading": _heading,
        "text": _text,
        "image": _image,
        "notice": _notice,
        "divider": _divider,
        "button": _button,
        "link": _link,
        "list": list_form,
        "details": details_form,
        "navigation": _navigation,
        "menu": _menu,
        "pagination": _pagination,
        "steps": _steps,
        "form": _form,
        "group": _group,
        "columns": columns_form,
        "fold_out": _fold_out,
        "tabs": tabs_form,
    }
)
"""The form of each kind; each function gets the blocks of its own kind, so `Any` is honest."""
