"""The small parts that blocks are made of: buttons, links, paragraphs, and terms with values.

Buttons and links are written in two steps, the line and the element, because lists write lines without elements.
"""

from typing import Final

from ..machine.view import Button, Link
from .elements import TOKEN, Attributes, Element, Target, flat
from .site import Site, quoted

Focus = tuple[str, str, str] | None
"""The focused block, row and option of a view."""

ACTION_PATH: Final = "/_/go"
"""Where every form and link posts to; no page has an address below `/_/`."""

LOOSE_FORM: Final = "go"
"""The id of the empty form that carries links and the buttons outside forms."""


def button_element(part: Button, _site: Site, focus: Focus) -> Element:
    """Return a button; outside of a form, or not sending it, it belongs to the page's empty form."""
    text = flat(part.text)
    attributes: Attributes = (("class", f"button {part.style}"), ("name", TOKEN))
    if not part.submit:
        attributes += (("form", LOOSE_FORM),)
    if not part.enabled:
        attributes += (("disabled", None),)
    line = button_line(part, text, focus)
    return Element("button", (text,) if text else (), attributes, line, text, Target(part.id, part.row, kind="button"))


def button_line(part: Button, text: str, focus: Focus) -> str:
    """Return what the accessibility text says of a button."""
    if not part.enabled:
        return f"button {text.strip()!r}, disabled=True"
    return f"button {text.strip()!r}{', focused' if focus == (part.id, part.row, '') else ''}"


def link_element(part: Link, site: Site, focus: Focus) -> Element:
    """Return a link: its address is for the reader, using it posts its token."""
    text = flat(part.text)
    attributes: Attributes = (("href", quoted(part.href or "/")), ("data-go", TOKEN))
    line = link_line(part, text, site, focus)
    return Element("a", (text,) if text else (), attributes, line, text, Target(part.id, part.row, kind="link"))


def link_line(part: Link, text: str, site: Site, focus: Focus) -> str:
    """Return what the accessibility text says of a link."""
    focused = ", focused" if focus == (part.id, part.row, "") else ""
    url = f"https://{site.host}{quoted(part.href or '/')}"
    return f"link {text.strip()!r}{focused}, url={url!r}"


def actions(controls: list[Element]) -> Element:
    """Return the line that holds neighbouring buttons and links."""
    return Element("div", tuple(controls), (("class", "actions"),))


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
