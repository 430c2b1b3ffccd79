"""What each block looks like as elements: `element_of` turns a part of a machine's view into an element tree.

The line of each element is what Chromium's accessibility tree says of it through BrowserGym (measured, and compared
with the browser by tests/parity). Two things follow from that and shape the HTML: numbers, amounts and dates are typed
into plain text boxes, because the browser's own widgets for them differ by version and locale; and lists have no
markers, because a marker is text.

Nothing here knows an address or a name that changes from one rendering to the next, so an element made once for a part
is kept on the part and shared by all documents that show it.
"""

from collections.abc import Callable
from typing import Any, Final

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
    ListView,
    Navigation,
    NoticeBox,
    Shown,
    Text,
)
from .elements import Attributes, Element, flat
from .fields import field_element
from .lists import list_element
from .pieces import ACTION_PATH, Focus, actions, button_element, link_element, paragraph, terms
from .site import Site


def element_of(part: Shown, site: Site, focus: Focus = None) -> Element:
    """Return the element of a part of a view, the one made earlier where there is one."""
    if focus is not None and _holds(part, focus[0]):
        return _make(part, site, focus)
    kept = part.cache
    if isinstance(kept, Element):
        return kept
    made = _make(part, site, None).keep()
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
            made.append(actions(line))
            line = []
        made.append(element_of(part, site, focus))
    if line:
        made.append(actions(line))
    return tuple(made)


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


def _make(part: Shown, site: Site, focus: Focus) -> Element:
    """Make the element of a part."""
    maker: Callable[[Any, Site, Focus], Element] = _MAKERS[type(part)]
    return maker(part, site, focus)


def _heading(part: Heading, _site: Site, _focus: Focus) -> Element:
    text = flat(part.text)
    return Element(f"h{part.level}", (text,) if text else (), (), f"heading {text.strip()!r}", text)


def _text(part: Text, _site: Site, _focus: Focus) -> Element:
    return paragraph(part.text, "" if part.style == "plain" else part.style)


def _notice(part: NoticeBox, _site: Site, _focus: Focus) -> Element:
    attributes: Attributes = (("class", f"notice {part.tone}"), ("role", "note"))
    return Element("div", (paragraph(part.text),), attributes, "note ''")


def _divider(_part: Divider, _site: Site, _focus: Focus) -> Element:
    return Element("hr", line="separator '', orientation='horizontal'")


def _field(part: Field, site: Site, focus: Focus) -> Element:
    return field_element(part, part.id in site.listening, None if focus is None else focus[2])


def _details(part: Details, _site: Site, _focus: Focus) -> Element:
    return terms(part.items, "details")


def _navigation(part: Navigation, site: Site, focus: Focus) -> Element:
    title = flat(part.title)
    items = tuple(Element("li", (element_of(link, site, focus),), (), "listitem ''") for link in part.links)
    entries = Element("ul", items, (("role", "list"),), "list ''")
    attributes: Attributes = (("aria-label", title),) if title else ()
    return Element("nav", (entries,), attributes, f"navigation {title.strip()!r}")


def _form(part: Form, site: Site, focus: Focus) -> Element:
    attributes: Attributes = (
        ("method", "post"),
        ("action", ACTION_PATH),
        ("autocomplete", "off"),
        ("novalidate", None),
    )
    return Element("form", elements_of(part.children, site, focus), attributes, "form ''")


def _group(part: Group, site: Site, focus: Focus) -> Element:
    title = flat(part.title)
    children = elements_of(part.children, site, focus)
    if not title:
        return Element("div", children, (("class", "group"),))
    heading = Element("h2", (title,), (), f"heading {title.strip()!r}", title)
    attributes: Attributes = (("class", "group"), ("aria-label", title))
    return Element("section", (heading, *children), attributes, f"region {title.strip()!r}")


def _columns(part: Columns, site: Site, focus: Focus) -> Element:
    columns = tuple(Element("div", elements_of(column, site, focus)) for column in part.columns)
    return Element("div", columns, (("class", "columns"),))


_MAKERS: Final[dict[type[Shown], Callable[[Any, Site, Focus], Element]]] = {
    Heading: _heading,
    Text: _text,
    NoticeBox: _notice,
    Divider: _divider,
    Field: _field,
    Button: button_element,
    Link: link_element,
    ListView: list_element,
    Details: _details,
    Navigation: _navigation,
    Form: _form,
    Group: _group,
    Columns: _columns,
}
"""What makes the element of each kind of part; keyed by exact type, which costs a third of a dispatch by subclass."""
