"""The small parts that blocks are made of: buttons, links, paragraphs, and terms with values."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ..machine.pages.view import Button, Link
from .elements import BUTTON, FRAME, LINK, TOKEN, Attributes
from .site import quoted
from .writer import BUTTONS, Filled, Writer

ACTION_PATH: Final = "/_/go"
"""Where every form and link posts to; no page has an address below `/_/`."""

LOOSE_FORM: Final = "go"
"""The id of the empty form that carries links and the buttons outside forms."""

ABOVE: Final = frozenset({"above", "above_reversed"})
REVERSED: Final = frozenset({"reversed", "above_reversed"})
"""The values of a variant's `buttons` by which they stand above the rest, and in the other order."""

_ACTIONS: Final[Attributes] = (("class", "actions"),)
_END: Final[Attributes] = (("class", "end"),)

Term = tuple[str, str | Link] | tuple[str, str | Link, str]
"""A name, its value, and where that stands as in a table: `end` for amounts."""


def write_button(w: Writer, part: Button, style: str = "", *, role: str = "button") -> None:
    """Write a button; outside of a form, or not sending it, it belongs to the page's empty form.

    Args:
        w: The writer.
        part: The button.
        style: A class of its own, besides that of the button's style.
        role: `button`, or `tab`.
    """
    text = w.said(part.text)
    attributes, state = _button(part.style, style, part.submit, part.enabled, role, part.state)
    focused = ", focused" if part.enabled and w.focus == (part.id, part.row, "") else ""
    w.named("button", text, attributes, f"{role} {text.strip()!r}{focused}{state}", (part.id, part.row, "", BUTTON))


# By all that it follows from, of which a site has a few dozen; a tenth of the time that it takes to make them.
@lru_cache(maxsize=256)
def _button(kind: str, style: str, is_submit: bool, is_enabled: bool, role: str, state: str) -> tuple[Attributes, str]:
    """Return the attributes of a button, and what the accessibility text says of its state."""
    attributes: Attributes = (("class", f"button {kind} {style}".rstrip()), ("name", TOKEN))
    if not is_submit:
        attributes += (("form", LOOSE_FORM),)
    if not is_enabled:
        return (*attributes, ("disabled", None)), ", disabled=True"
    if role == "tab":
        is_chosen = state == "chosen"
        selected = "true" if is_chosen else "false"
        return (*attributes, ("role", "tab"), ("aria-selected", selected)), f", selected={is_chosen}"
    if state == "chosen":
        return (*attributes, ("aria-current", "page")), ""
    if state:
        is_open = state == "open"
        return (*attributes, ("aria-expanded", "true" if is_open else "false")), f", expanded={is_open}"
    return attributes, ""


def write_link(w: Writer, part: Link) -> None:
    """Write a link: its address is for the reader, using it posts its token."""
    text = w.said(part.text)
    attributes: Attributes = (("href", quoted(part.href or "/")), ("data-go", TOKEN))
    w.named("a", text, attributes, _link_line(w, part, text), (part.id, part.row, "", LINK))


def _link_line(w: Writer, part: Link, text: str) -> str:
    """Return what the accessibility text says of a link."""
    focused = ", focused" if w.focus == (part.id, part.row, "") else ""
    return f"link {text.strip()!r}{focused}, url={w.site.url(part.href or '/')!r}"


def filled(w: Writer, link: Link, text: str, line: str) -> Filled:
    """Return what an element with a line says that a link with a text fills."""
    aims = ((link.id, link.row, "", FRAME), (link.id, link.row, "", LINK))
    return Filled(line, _link_line(w, link, text), link, aims)


def write_filled(w: Writer, tag: str, link: Link, line: str, attributes: Attributes = ()) -> None:
    """Write an element that a link fills."""
    w.filled(tag, (filled(w, link, w.said(link.text), line),), (attributes,))


def write_control(w: Writer, part: Button | Link) -> None:
    """Write a button or a link."""
    if isinstance(part, Button):
        write_button(w, part)
    else:
        write_link(w, part)


def write_actions(w: Writer, controls: Sequence[Button | Link]) -> None:
    """Write the line that holds neighbouring buttons and links."""
    w.open("div", _ACTIONS)
    for control in in_turn(w, controls):
        w.part(control)
    w.close()


def in_turn(w: Writer, controls: Sequence[Button | Link]) -> Sequence[Button | Link]:
    """Return neighbouring controls in the order in which the variant has them."""
    if len(controls) < 2:
        return controls
    w.facets |= BUTTONS
    return controls[::-1] if w.site.variant.buttons in REVERSED else controls


def write_items(w: Writer, controls: Sequence[Button | Link]) -> None:
    """Write buttons and links as the items of a list; a link fills its item."""
    for control in controls:
        if isinstance(control, Link):
            write_filled(w, "li", control, "listitem ''")
        else:
            w.open("li", (), "listitem ''")
            write_button(w, control)
            w.close()


def write_paragraph(w: Writer, text: str, style: str = "") -> None:
    """Write a paragraph."""
    w.leaf("p", w.said(text), (("class", style),) if style else (), "paragraph ''")


def write_terms(w: Writer, items: Sequence[Term], style: str = "") -> None:
    """Write terms with their values."""
    w.open("dl", (("class", style),) if style else (), "DescriptionList ''")
    for name, value, *align in items:
        title = w.said(name)
        attributes = _END if align == ["end"] else ()
        w.open("div")
        w.named("dt", title, (), f"term {title.strip()!r}")
        if isinstance(value, Link):
            write_filled(w, "dd", value, "definition ''", attributes)
        else:
            w.leaf("dd", w.said(value), attributes, "definition ''")
        w.close()
    w.close()
