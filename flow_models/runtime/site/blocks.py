"""What each block looks like as elements: `element_of` turns a part of a machine's view into an element tree.

The line of each element is what Chromium's accessibility tree says of it through BrowserGym (measured, and compared
with the browser by tests/parity). Two things follow from that and shape the HTML: numbers, amounts and dates are typed
into plain text boxes, because the browser's own widgets for them differ by version and locale; and lists have no
markers, because a marker is text.

Nothing here knows an address or a name that changes from one rendering to the next, so an element made once for a part
is kept on the part and shared by all documents that show it.
"""

from functools import singledispatch
from typing import Final

from ..machine.view import (
    Button,
    Columns,
    Details,
    Divider,
    Field,
    Form,
    Group,
    Heading,
    Link,
    ListRow,
    ListView,
    Navigation,
    NoticeBox,
    Shown,
    Text,
)
from .elements import TOKEN, Attributes, Element, Target, flat
from .fields import field_element
from .site import Site, quoted

Focus = tuple[str, str, str] | None
"""The focused block, row and option of a view."""

ACTION_PATH: Final = "/_/go"
"""Where every form and link posts to; no page has an address below `/_/`."""

LOOSE_FORM: Final = "go"
"""The id of the empty form that carries links and the buttons outside forms."""

ROW_CONTROLS_TITLE: Final = "Actions"


def element_of(part: Shown, site: Site, focus: Focus = None) -> Element:
    """Return the element of a part of a view, the one made earlier where there is one."""
    if focus is not None and _holds(part, focus[0]):
        return _make(part, site, focus)
    kept = part.cache
    if isinstance(kept, Element):
        return kept
    made = _make(part, site, None)
    made.kept = True
    part.cache = made
    return made


def elements_of(parts: tuple[Shown, ...], site: Site, focus: Focus = None) -> tuple[Element, ...]:
    """Return the elements of parts in a row; buttons and links next to each other share a line."""
    made: list[Element] = []
    line: list[Element] = []
    for part in parts:
        if isinstance(part, Button | Link):
            line.append(element_of(part, site, focus))
            continue
        if line:
            made.append(_actions(line))
            line = []
        made.append(element_of(part, site, focus))
    if line:
        made.append(_actions(line))
    return tuple(made)


def _actions(controls: list[Element]) -> Element:
    """Return the line that holds neighbouring buttons and links."""
    return Element("div", tuple(controls), (("class", "actions"),))


def _holds(part: Shown, block: str) -> bool:
    """Say whether a part is a block or holds it."""
    match part:
        case Form() | Group():
            return any(_holds(child, block) for child in part.children)
        case Columns():
            return any(_holds(child, block) for column in part.columns for child in column)
        case Navigation():
            return any(link.id == block for link in part.links)
        case ListView():
            return any(
                isinstance(inner, Shown) and inner.id == block
                for row in part.rows
                for inner in (*row.cells, *row.controls)
            )
        case _:
            return part.id == block


@singledispatch
def _make(part: Shown, _site: Site, _focus: Focus) -> Element:
    """Make the element of a part."""
    raise TypeError(f"no element for {type(part).__name__}")


@_make.register
def _heading(part: Heading, _site: Site, _focus: Focus) -> Element:
    text = flat(part.text)
    return Element(f"h{part.level}", (text,) if text else (), (), f"heading {text.strip()!r}", text)


@_make.register
def _text(part: Text, _site: Site, _focus: Focus) -> Element:
    return paragraph(part.text, "" if part.style == "plain" else part.style)


@_make.register
def _notice(part: NoticeBox, _site: Site, _focus: Focus) -> Element:
    attributes: Attributes = (("class", f"notice {part.tone}"), ("role", "note"))
    return Element("div", (paragraph(part.text),), attributes, "note ''")


@_make.register
def _divider(_part: Divider, _site: Site, _focus: Focus) -> Element:
    return Element("hr", line="separator '', orientation='horizontal'")


@_make.register
def _field(part: Field, site: Site, focus: Focus) -> Element:
    return field_element(part, part.id in site.listening, None if focus is None else focus[2])


@_make.register
def _button(part: Button, _site: Site, focus: Focus) -> Element:
    text = flat(part.text)
    focused = ", focused" if focus == (part.id, part.row, "") else ""
    attributes: Attributes = (("class", f"button {part.style}"), ("name", TOKEN))
    if not part.submit:
        attributes += (("form", LOOSE_FORM),)
    if not part.enabled:
        attributes += (("disabled", None),)
    state = focused if part.enabled else ", disabled=True"
    line = f"button {text.strip()!r}{state}"
    return Element("button", (text,) if text else (), attributes, line, text, Target(part.id, part.row, kind="button"))


@_make.register
def _link(part: Link, site: Site, focus: Focus) -> Element:
    text = flat(part.text)
    focused = ", focused" if focus == (part.id, part.row, "") else ""
    path = quoted(part.href or "/")
    line = f"link {text.strip()!r}{focused}, url={'https://' + site.host + path!r}"
    attributes: Attributes = (("href", path), ("data-go", TOKEN))
    return Element("a", (text,) if text else (), attributes, line, text, Target(part.id, part.row, kind="link"))


@_make.register
def _details(part: Details, _site: Site, _focus: Focus) -> Element:
    return terms(part.items, "details")


@_make.register
def _navigation(part: Navigation, site: Site, focus: Focus) -> Element:
    title = flat(part.title)
    items = tuple(Element("li", (element_of(link, site, focus),), (), "listitem ''") for link in part.links)
    entries = Element("ul", items, (("role", "list"),), "list ''")
    attributes: Attributes = (("aria-label", title),) if title else ()
    return Element("nav", (entries,), attributes, f"navigation {title.strip()!r}")


@_make.register
def _form(part: Form, site: Site, focus: Focus) -> Element:
    attributes: Attributes = (
        ("method", "post"),
        ("action", ACTION_PATH),
        ("autocomplete", "off"),
        ("novalidate", None),
    )
    return Element("form", elements_of(part.children, site, focus), attributes, "form ''")


@_make.register
def _group(part: Group, site: Site, focus: Focus) -> Element:
    title = flat(part.title)
    children = elements_of(part.children, site, focus)
    if not title:
        return Element("div", children, (("class", "group"),))
    heading = Element("h2", (title,), (), f"heading {title.strip()!r}", title)
    attributes: Attributes = (("class", "group"), ("aria-label", title))
    return Element("section", (heading, *children), attributes, f"region {title.strip()!r}")


@_make.register
def _columns(part: Columns, site: Site, focus: Focus) -> Element:
    columns = tuple(Element("div", elements_of(column, site, focus)) for column in part.columns)
    return Element("div", columns, (("class", "columns"),))


@_make.register
def _list(part: ListView, site: Site, focus: Focus) -> Element:
    title = flat(part.title)
    if part.rows and part.style == "table":
        return _table(part, title, site, focus)
    caption = (paragraph(title, "caption"),) if title else ()
    if not part.rows:
        empty = (paragraph(part.empty_text, "empty"),) if flat(part.empty_text) else ()
        return Element("div", (*caption, *empty), (("class", "rows none"),))
    cards = tuple(_kept_row(part, row, site, focus) for row in part.rows)
    entries = Element("ul", cards, (("class", "cards"), ("role", "list")), "list ''")
    return Element("div", (*caption, entries), (("class", "rows"),))


def _table(part: ListView, title: str, site: Site, focus: Focus) -> Element:
    """Return rows as a table; amounts stand at the end of their columns."""
    heads = [_head(flat(name), align) for name, align in part.columns]
    if any(row.controls for row in part.rows):
        heads.append(_head(ROW_CONTROLS_TITLE, "end"))
    head = Element("thead", (Element("tr", tuple(heads), (), "row ''"),), (), "rowgroup ''")
    rows = tuple(_kept_row(part, row, site, focus) for row in part.rows)
    parts: tuple[Element, ...] = (head, Element("tbody", rows, (), "rowgroup ''"))
    if title:
        parts = (Element("caption", (title,), (), "caption ''"), *parts)
    table = Element("table", parts, (), f"table {title.strip()!r}")
    return Element("div", (table,), (("class", "rows"),))


def _head(title: str, align: str) -> Element:
    """Return the head of a column."""
    attributes: Attributes = (("scope", "col"),)
    if align == "end":
        attributes += (("class", "end"),)
    return Element("th", (title,) if title else (), attributes, f"columnheader {title.strip()!r}", title)


def _kept_row(part: ListView, row: ListRow, site: Site, focus: Focus) -> Element:
    """Return the element of a row, the one made earlier where there is one."""
    focused = focus is not None and focus[1] == row.key
    if not focused and isinstance(row.cache, Element):
        return row.cache
    made = _table_row(part, row, site, focus) if part.style == "table" else _card(part, row, site, focus)
    if not focused:
        made.kept = True
        row.cache = made
    return made


def _table_row(part: ListView, row: ListRow, site: Site, focus: Focus) -> Element:
    """Return one row of a table."""
    cells = [_cell(cell, align, site, focus) for cell, (_, align) in zip(row.cells, part.columns, strict=False)]
    if row.controls:
        controls = tuple(element_of(control, site, focus) for control in row.controls)
        name = " ".join(control.name for control in controls)
        cells.append(Element("td", controls, (("class", "controls"),), f"cell {name.strip()!r}", name))
    elif any(other.controls for other in part.rows):
        cells.append(Element("td", line="cell ''"))
    return Element("tr", tuple(cells), (), "row ''")


def _cell(cell: str | Link, align: str, site: Site, focus: Focus) -> Element:
    """Return one cell of a table."""
    attributes: Attributes = (("class", "end"),) if align == "end" else ()
    if isinstance(cell, Link):
        link = element_of(cell, site, focus)
        return Element("td", (link,), attributes, f"cell {link.name.strip()!r}", link.name)
    text = flat(cell)
    return Element("td", (text,) if text else (), attributes, f"cell {text.strip()!r}", text)


def _card(part: ListView, row: ListRow, site: Site, focus: Focus) -> Element:
    """Return one row as a card: its first column as the title, the others as terms and values."""
    parts: list[Element] = []
    if row.cells:
        first = row.cells[0]
        title: Element | str = element_of(first, site, focus) if isinstance(first, Link) else flat(first)
        parts.append(Element("p", (title,) if title else (), (("class", "card-title"),), "paragraph ''"))
    rest = tuple(
        (name, element_of(cell, site, focus) if isinstance(cell, Link) else cell)
        for cell, (name, _) in zip(row.cells[1:], part.columns[1:], strict=False)
    )
    if rest:
        parts.append(terms(rest))
    if row.controls:
        parts.append(_actions([element_of(control, site, focus) for control in row.controls]))
    return Element("li", tuple(parts), (("class", "card"),), "listitem ''")


def paragraph(text: str, style: str = "") -> Element:
    """Return a paragraph."""
    text = flat(text)
    return Element("p", (text,) if text else (), (("class", style),) if style else (), "paragraph ''")


def terms(items: tuple[tuple[str, str | Element], ...], style: str = "") -> Element:
    """Return terms with their values."""
    pairs: list[Element] = []
    for name, value in items:
        title = flat(name)
        inner = flat(value) if isinstance(value, str) else value
        term = Element("dt", (title,) if title else (), (), f"term {title.strip()!r}", title)
        definition = Element("dd", (inner,) if inner else (), (), "definition ''")
        pairs.append(Element("div", (term, definition)))
    return Element("dl", tuple(pairs), (("class", style),) if style else (), "DescriptionList ''")
