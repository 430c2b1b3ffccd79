"""What a page shows, as plain values: the one thing that the site, the environments and the solver read.

A view is immutable by convention: the machine shares parts between views, so nobody may write to them but to `cache`,
which is room for what a renderer has computed for that part. HTML, accessibility text and element numbers are not
here: `site` has them. The option not taken, frozen dataclasses, costs three times as much to build.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple


@dataclass(slots=True)
class Shown:
    """One thing on a page; `id` is the id of its block.

    `cache` belongs to whoever renders the part; the controls inside and their ids are there once somebody asked.
    """

    id: str
    cache: object = field(default=None, init=False, repr=False, compare=False)
    known_controls: "tuple[Control, ...] | None" = field(default=None, init=False, repr=False, compare=False)
    known_blocks: "frozenset[str] | None" = field(default=None, init=False, repr=False, compare=False)

    def inside(self) -> "tuple[Shown, ...]":
        """Return what stands directly inside, in document order."""
        return ()


@dataclass(slots=True)
class Heading(Shown):
    """A heading of level 1 (the page's own) to 3."""

    text: str
    level: int


@dataclass(slots=True)
class Text(Shown):
    """A paragraph; the style is `plain`, `lead` or `small`."""

    text: str
    style: str


@dataclass(slots=True)
class NoticeBox(Shown):
    """A boxed remark; the tone is `info`, `success`, `warning` or `error`."""

    text: str
    tone: str


@dataclass(slots=True)
class Image(Shown):
    """A picture by its kind, and the text that stands for it; an empty text makes it an ornament."""

    picture: str
    text: str


@dataclass(slots=True)
class Divider(Shown):
    """A thin line."""


@dataclass(slots=True)
class Field(Shown):
    """A field with its present text.

    `kind` is that of the block. `text` is the raw typed text, the key of the chosen option, or `true` or the empty text
    of a checkbox. `error` is the validation message. `options` are (key, label) pairs; the key of a placeholder is the
    empty text. `offered` are those of all rows that a field with suggestions offers. `minimum` and `maximum` are plain
    texts (`100.00`, `2027-03-15`), empty for none; `max_length` 0 means none. `style` is `drop_down` or `radio` for a
    choice. `places` are the digits that a number may have after the point. `grid` are the lines of a plan. `buttons`
    stand inside the field: suggestions and files (the row of each is what it chooses) and what opens the files
    (`browse`). Its own `row` is empty.
    """

    row: ClassVar[str] = ""

    kind: str
    name: str
    title: str
    help: str
    required: bool
    text: str
    error: str = ""
    options: tuple[tuple[str, str], ...] = ()
    offered: tuple[tuple[str, str], ...] = ()
    purpose: str = ""
    minimum: str = ""
    maximum: str = ""
    max_length: int = 0
    placeholder: str = ""
    style: str = ""
    places: int = 0
    step: int = 1
    grid: "tuple[tuple[str, tuple[Place, ...]], ...]" = ()
    buttons: "tuple[Button, ...]" = ()

    def inside(self) -> "tuple[Shown, ...]":
        """Return its buttons."""
        return self.buttons


class Place(NamedTuple):
    """One place of a choice grid."""

    key: str
    label: str
    is_free: bool


@dataclass(slots=True)
class Button(Shown):
    """A button; `row` is the key of its row in a list, `form` the id of the form that it submits, each else empty.

    The buttons of tabs, fold-outs, menus, pages of a list, suggestions and files bear the id of their block, and in
    `row` which of its parts they are: the number of a tab or page from 1, `previous`, `next`, `fold`, `menu`,
    `pick:KEY`, `browse`. `state` is empty, or one of `chosen`, `open`, `closed`, for those that have one.
    """

    row: str
    text: str
    style: str
    enabled: bool
    submit: bool
    form: str
    state: str = ""


@dataclass(slots=True)
class Link(Shown):
    """A link; `href` is the path of the page that its first transition leads to, empty if it leads to none."""

    row: str
    text: str
    href: str


@dataclass(slots=True)
class ListRow:
    """One row of a list: its key, a text or link for each column, and the controls behind them."""

    key: str
    cells: tuple[str | Link, ...]
    controls: tuple[Button | Link, ...]
    cache: object = field(default=None, init=False, repr=False, compare=False)


@dataclass(slots=True)
class ListView(Shown):
    """Rows as a table or as cards; `columns` are (title, `start` or `end`), `empty_text` stands for no rows."""

    title: str
    style: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[ListRow, ...]
    empty_text: str

    def inside(self) -> "tuple[Shown, ...]":
        """Return the links and buttons of its rows."""
        return tuple([one for row in self.rows for one in (*row.cells, *row.controls) if isinstance(one, Shown)])


@dataclass(slots=True)
class Details(Shown):
    """Terms and their values."""

    items: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Navigation(Shown):
    """A named list of links."""

    title: str
    links: tuple[Link, ...]

    def inside(self) -> "tuple[Shown, ...]":
        """Return its links."""
        return self.links


@dataclass(slots=True)
class Form(Shown):
    """Fields that are sent together."""

    children: tuple[Shown, ...]

    def inside(self) -> "tuple[Shown, ...]":
        """Return its blocks."""
        return self.children


@dataclass(slots=True)
class Group(Shown):
    """Blocks under a common title, which may be empty."""

    title: str
    children: tuple[Shown, ...]

    def inside(self) -> "tuple[Shown, ...]":
        """Return its blocks."""
        return self.children


@dataclass(slots=True)
class Columns(Shown):
    """Blocks side by side."""

    columns: tuple[tuple[Shown, ...], ...]

    def inside(self) -> "tuple[Shown, ...]":
        """Return the blocks of all columns."""
        return tuple([inner for column in self.columns for inner in column])


@dataclass(slots=True)
class FoldOut(Shown):
    """A button and, while it is open, what it has unfolded."""

    button: Button
    is_open: bool
    children: tuple[Shown, ...]

    def inside(self) -> "tuple[Shown, ...]":
        """Return its button and what it has unfolded."""
        return (self.button, *self.children)


@dataclass(slots=True)
class Tabs(Shown):
    """A button for each tab, and what stands behind the chosen one (a number from 1)."""

    buttons: tuple[Button, ...]
    chosen: int
    children: tuple[Shown, ...]

    def inside(self) -> "tuple[Shown, ...]":
        """Return its buttons and what stands behind the chosen one."""
        return (*self.buttons, *self.children)


@dataclass(slots=True)
class Menu(Shown):
    """A button and, while it is open, its links and buttons; `title` is empty unless it stands for a navigation."""

    title: str
    button: Button
    is_open: bool
    items: tuple[Button | Link, ...]

    def inside(self) -> "tuple[Shown, ...]":
        """Return its button and its items."""
        return (self.button, *self.items)


@dataclass(slots=True)
class Pagination(Shown):
    """Turning the pages of a list: `page` of `pages`, from 1; the buttons are previous, the numbers, next.

    Of many pages only the first, the last, the present one and its neighbours have a number.
    """

    page: int
    pages: int
    buttons: tuple[Button, ...]

    def inside(self) -> "tuple[Shown, ...]":
        """Return its buttons."""
        return self.buttons


@dataclass(slots=True)
class Steps(Shown):
    """Where a visitor stands in a sequence; `current` from 1."""

    titles: tuple[str, ...]
    current: int


@dataclass(slots=True)
class Interruption(Shown):
    """Something in the way, a banner or a modal dialog; `style` is its name, and each button dismisses it."""

    style: str
    title: str
    text: str
    buttons: tuple[Button, ...]
    is_modal: bool

    def inside(self) -> "tuple[Shown, ...]":
        """Return its buttons."""
        return self.buttons


Control = Field | Button | Link


@dataclass(slots=True)
class View:
    """One page as it is shown, with the dialog that stands over it.

    `page` is the page's id, empty for the built-in pages "not found" and "something went wrong". `focus` is (block
    id, row key, option key) or None for the document. `errors` are validation messages by field name. While `dialog`
    is open, everything else is inert and `focus` concerns the dialog. An `interruption` stands above the page; while a
    modal one is there, everything else, an open dialog too, is inert.
    """

    page: str
    title: str
    path: str
    kind: str
    notices: tuple[tuple[str, str], ...]
    header: tuple[Shown, ...]
    main: tuple[Shown, ...]
    footer: tuple[Shown, ...]
    dialog: "View | None" = None
    errors: dict[str, str] = field(default_factory=dict)
    focus: tuple[str, str, str] | None = None
    interruption: Interruption | None = None
    cache: object = field(default=None, init=False, repr=False, compare=False)
    _controls: tuple[Control, ...] | None = field(default=None, init=False, repr=False, compare=False)
    _latest: tuple[str, str] = field(default=("", ""), init=False, repr=False, compare=False)
    _found: Control | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def top(self) -> "View":
        """The dialog if one is open, else the page."""
        return self if self.dialog is None else self.dialog

    @property
    def parts(self) -> tuple[Shown, ...]:
        """The parts of header, page and footer, without those of a dialog or an interruption."""
        return (*self.header, *self.main, *self.footer)

    def controls(self) -> tuple[Control, ...]:
        """Return every field, button and link that is not inert, in document order."""
        if self._controls is None:
            self._controls = tuple([control for part in self.usable() for control in controls_in(part)])
        return self._controls

    def control(self, block: str, row: str = "") -> Control | None:
        """Return the control of a block (in a row), or None if it is not on the page or inert."""
        if self._latest[0] != block or self._latest[1] != row:
            self._latest, self._found = (block, row), self._sought(block, row)
        return self._found

    def _sought(self, block: str, row: str) -> Control | None:
        """Return the control of a block (in a row), looked for."""
        for part in self.usable():
            known = part.known_blocks
            if block in (blocks_in(part) if known is None else known):
                for control in controls_in(part):
                    if control.id == block and control.row == row:
                        return control
        return None

    def usable(self) -> tuple[Shown, ...]:
        """Return the parts that are not inert."""
        if self.interruption is not None and self.interruption.is_modal:
            return (self.interruption,)
        if self.dialog is not None:
            return self.dialog.usable()
        return self.parts if self.interruption is None else (self.interruption, *self.parts)

    def form_of(self, block: str) -> Form | None:
        """Return the form in which a block stands, of the dialog if one is open."""
        if self.dialog is not None:
            return self.dialog.form_of(block)
        near = (inner for part in self.parts if block in blocks_in(part) for inner in walk(part))
        return next((form for form in near if isinstance(form, Form) and block in blocks_in(form)), None)


def walk(part: Shown) -> Iterator[Shown]:
    """Yield a part and everything inside it, in document order."""
    yield part
    for inner in part.inside():
        yield from walk(inner)


def controls_in(part: Shown) -> "tuple[Control, ...]":
    """Return the controls of a part in document order; kept on the part, which views share."""
    if part.known_controls is not None:
        return part.known_controls
    if isinstance(part, Field):
        return (part, *part.buttons)
    if isinstance(part, (Button, Link)):
        return (part,)
    part.known_controls = tuple([control for inner in part.inside() for control in controls_in(inner)])
    return part.known_controls


def blocks_in(part: Shown) -> frozenset[str]:
    """Return the ids of the controls of a part; kept on the part too."""
    if part.known_blocks is None:
        part.known_blocks = frozenset([control.id for control in controls_in(part)])
    return part.known_blocks
