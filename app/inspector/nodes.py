"""What a form holds, as values: labelled fields, cards, sections, lists of elements, and how each field is edited.

Descriptions are made anew for every state of the flow and cost little; widgets are made once per key and live on. What
a node looks like is not said here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from flow_models.document.base import ValueType
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


@dataclass(frozen=True)
class Line:
    """One line of text; `blank` is what an empty line stores."""

    placeholder: str = ""
    blank: object = ""


@dataclass(frozen=True)
class Lines:
    """Several lines of plain text."""

    placeholder: str = ""


@dataclass(frozen=True)
class Name:
    """A name that formulas or programs use: changed in one go when the person has finished typing."""

    placeholder: str = ""


@dataclass(frozen=True)
class Texts:
    """A list of short texts, one a line."""

    placeholder: str = ""


@dataclass(frozen=True)
class Toggle:
    """Yes or no, with the words beside the box."""


@dataclass(frozen=True)
class Whole:
    """A whole number in a range."""

    minimum: int = 0
    maximum: int = 1000
    suffix: str = ""
    special: str = ""
    """What the minimum is shown as, such as "all"."""


@dataclass(frozen=True)
class Real:
    """A number with places after the point in a range."""

    minimum: float = 0.0
    maximum: float = 1.0
    step: float = 0.05
    places: int = 2


@dataclass(frozen=True)
class Option:
    """One thing to pick; `icon` is an idea."""

    value: object
    label: str
    icon: str = ""


@dataclass(frozen=True)
class Pick:
    """One of a few things."""

    options: tuple[Option, ...]


@dataclass(frozen=True)
class Colour:
    """A colour as `#rrggbb`."""


@dataclass(frozen=True)
class Stored:
    """A stored value of a type, such as a variable's first value."""

    type: ValueType


@dataclass(frozen=True)
class StoredMany:
    """Stored values of a type, one a line."""

    type: ValueType


@dataclass(frozen=True)
class Template:
    """A text with formulas in braces; `lines` is its height when it is empty."""

    lines: int = 1
    placeholder: str = ""


@dataclass(frozen=True)
class Condition:
    """A formula that must be true, as sentences or as a formula; `blank` says what an empty one means."""

    blank: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Value:
    """A formula for a value: something that exists here, a value typed in, or any formula."""

    blank: str = ""


Spec = (
    Line
    | Lines
    | Name
    | Texts
    | Toggle
    | Whole
    | Real
    | Pick
    | Colour
    | Stored
    | StoredMany
    | Template
    | Condition
    | Value
)
WIDE = (Lines, Texts, Template, Condition, Value, StoredMany)
"""Editors that stand below their label."""


@dataclass(frozen=True)
class Row:
    """A labelled editor of one field."""

    at: Element
    label: str
    editor: Spec
    help: str = ""
    read: Callable[[Flow], object] | None = None
    """How to read the value; `None` reads the field itself."""
    write: Callable[[Flow, object], Flow] | None = None
    """How to write the value; `None` sets the field itself."""
    settle: Callable[[Flow, Flow], Flow] | None = None
    """What to do besides when the person has finished, from the flow before the typing and now."""

    @property
    def key(self) -> object:
        """What makes the widget the same one."""
        return (self.at, type(self.editor).__name__)


@dataclass(frozen=True)
class Action:
    """Something to do by a button or a menu; with `menu` the button opens it."""

    label: str
    icon: str
    run: Callable[[], object] = lambda: None
    is_enabled: bool = True
    menu: tuple["Action", ...] = ()


@dataclass(frozen=True)
class Item:
    """One element in a list, to be selected."""

    element: Element
    title: str
    detail: str = ""
    icon: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Items:
    """A list of elements; `empty` is what stands there without any."""

    key: object
    items: tuple[Item, ...]
    empty: str = ""


@dataclass(frozen=True)
class Note:
    """A remark between fields."""

    key: object
    text: str


@dataclass(frozen=True)
class Section:
    """Nodes under a heading, which folds them away; actions stand beside the heading."""

    key: object
    title: str
    children: tuple["Node", ...]
    actions: tuple[Action, ...] = ()
    is_open: bool = True
    """Whether it starts unfolded."""


@dataclass(frozen=True)
class Card:
    """Nodes of one part in a frame, with small buttons beside its title; `elements` open it when revealed."""

    key: object
    title: str
    children: tuple["Node", ...]
    actions: tuple[Action, ...] = ()
    icon: str = ""
    folds: bool = False
    is_open: bool = True
    element: Element | None = None
    """The element that the card stands for, if any."""


@dataclass(frozen=True)
class Own:
    """A widget of its own, such as a grid."""

    key: object
    make: Callable[[QWidget], QWidget]
    """How to make it inside its parent."""


Node = Row | Items | Note | Section | Card | Own
