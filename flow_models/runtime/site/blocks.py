"""What each block looks like: `describe` writes a part of a machine's view to a writer.

The line of each element is what Chromium's accessibility tree says of it through BrowserGym (measured, and compared
with the browser by tests/parity). Two things follow from that and shape the HTML: numbers, amounts and dates are typed
into plain text boxes, because the browser's own widgets for them differ by version and locale; and lists have no
markers, because a marker is text.

Nothing here knows an address or a name that changes from one rendering to the next, so what was written once for a
part is true in all documents that show it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..machine.pages.view import (
    Button,
    Columns,
    Details,
    Divider,
    Field,
    FoldOut,
    Form,
    Group,
    Heading,
    Image,
    Interruption,
    Link,
    ListView,
    Menu,
    Navigation,
    NoticeBox,
    Pagination,
    Shown,
    Steps,
    Tabs,
    Text,
    controls_in,
)
from .elements import Attributes, flat
from .fields import write_field
from .lists import write_list
from .order import parts_reordered, reordered
from .pieces import (
    ABOVE,
    ACTION_PATH,
    write_actions,
    write_button,
    write_items,
    write_link,
    write_paragraph,
    write_terms,
)
from .unfolding import write_fold_out, write_menu, write_pagination, write_steps, write_tabs
from .writer import BUTTONS, Writer


@dataclass(slots=True, init=False)
class Frame(Shown):
    """What stands around the page: its header (with the site's mark and name), its footer, a navigation behind it.

    Parts that are the same from page to page; the frame holds them, so that what is known of them stays true.
    """

    tag: str
    parts: tuple[Shown, ...]

    def __init__(self, tag: str, parts: tuple[Shown, ...]) -> None:
        self.id = ""
        self.tag = tag
        self.parts = parts
        self.cache = None
        self.known_controls = tuple([control for part in parts for control in controls_in(part)])
        self.known_blocks = None


_INLINE: Final = frozenset({Button, Link})
"""Kinds of parts that stand next to each other; looked up by exact type, as everything that every part is asked."""

CONTAINERS: Final = frozenset({Form, Group, Columns})
"""Kinds of parts that are little themselves: what is inside them is kept, not they."""

_FORM: Final[Attributes] = (
    ("method", "post"),
    ("action", ACTION_PATH),
    ("autocomplete", "off"),
    ("novalidate", None),
)


def describe(w: Writer, part: Shown) -> None:
    """Write a part of a view."""
    write: Callable[[Writer, Any], None] = _DESCRIPTIONS[type(part)]
    write(w, part)


def describe_all(w: Writer, parts: Sequence[Shown]) -> None:
    """Write parts in a row, their buttons and links where the variant has them."""
    _write_all(w, _placed(w, parts))


def _placed(w: Writer, parts: Sequence[Shown]) -> Sequence[Shown]:
    """Return parts with buttons and links where they are drawn, or right below the heading that they follow."""
    if len(parts) < 2 or not any(type(part) in _INLINE for part in parts):
        return parts
    w.facets |= BUTTONS
    if w.site.variant.buttons not in ABOVE:
        return parts
    placed: list[Shown] = []
    for heading, rest in _below_headings(parts):
        # Stable: those that are drawn apart come to stand beside each other, in their order.
        placed += [*heading, *sorted(rest, key=lambda part: type(part) not in _INLINE)]
    return placed


def _write_all(w: Writer, parts: Sequence[Shown]) -> None:
    """Write parts in a row as they come; buttons and links next to each other share a line."""
    line: list[Any] = []
    for part in parts:
        if type(part) in _INLINE:
            line.append(part)
            continue
        if line:
            write_actions(w, line)
            line = []
        w.part(part)
    if line:
        write_actions(w, line)


def _frame(w: Writer, part: Frame) -> None:
    inert: Attributes = (("inert", None),) if w.is_inert else ()
    if part.tag == "header":
        w.open("header", (("class", "top"), *inert), "banner ''")
        _brand(w)
    elif part.tag == "footer":
        w.open("footer", (("class", "end"), *inert), "contentinfo ''")
    else:
        w.open("div", (("class", "behind"), *inert))
    _write_all(w, part.parts)
    w.close()


def _brand(w: Writer) -> None:
    """Write the site's mark and name."""
    name, logo = w.site.shown_name, flat(w.site.logo)
    w.open("div", (("class", "brand"),))
    if logo:
        # The mark is no name; a click on it hits nothing, as on any text.
        w.open("span", (("class", "mark"), ("aria-hidden", "true")), None, logo)
        w.text(logo)
        w.close()
    if name:
        w.leaf("span", name)
    w.close()


def _heading(w: Writer, part: Heading) -> None:
    text = w.said(part.text)
    w.named(f"h{part.level}", text, (), f"heading {text.strip()!r}")


def _text(w: Writer, part: Text) -> None:
    write_paragraph(w, part.text, "" if part.style == "plain" else part.style)


def _notice(w: Writer, part: NoticeBox) -> None:
    w.open("div", (("class", f"notice {part.tone}"), ("role", "note")), "note ''")
    write_paragraph(w, part.text)
    w.close()


def _image(w: Writer, part: Image) -> None:
    text = w.said(part.text)
    style = ("class", f"picture {part.picture}")
    if text:
        w.named("div", "", (style, ("role", "img"), ("aria-label", text)), f"image {text.strip()!r}")
    else:
        w.leaf("div", "", (style, ("aria-hidden", "true")))


def _interruption(w: Writer, part: Interruption) -> None:
    """Write something in the way: a banner, or the dialog that stands over everything else."""
    title = w.said(part.title)
    attributes: Attributes = (("aria-label", title),)
    if part.is_modal:
        w.open("div", (("class", "veil"),))
        dialog: Attributes = (("role", "dialog"), ("aria-modal", "true"), *attributes, ("data-out", None))
        w.open("section", dialog, f"dialog {title.strip()!r}, modal=True")
    else:
        inert: Attributes = (("inert", None),) if w.is_inert else ()
        w.open("section", (("class", f"banner {part.style}"), *attributes, *inert), f"region {title.strip()!r}")
    w.named("h2", title, (), f"heading {title.strip()!r}")
    write_paragraph(w, part.text)
    write_actions(w, part.buttons)
    w.close()
    if part.is_modal:
        w.close()


def _divider(w: Writer, _part: Divider) -> None:
    w.named("hr", "", (), "separator '', orientation='horizontal'")


def _details(w: Writer, part: Details) -> None:
    write_terms(w, reordered(w, part.items, [title for title, _ in part.items]), "details")


def _navigation(w: Writer, part: Navigation) -> None:
    title = w.said(part.title)
    w.open("nav", (("aria-label", title),) if title else (), f"navigation {title.strip()!r}")
    w.open("ul", (("role", "list"),), "list ''")
    write_items(w, parts_reordered(w, part.links))
    w.close()
    w.close()


def _form(w: Writer, part: Form) -> None:
    w.open("form", _FORM, "form ''")
    describe_all(w, part.children)
    w.close()


def _group(w: Writer, part: Group) -> None:
    title = w.said(part.title)
    if title:
        w.open("section", (("class", "group"), ("aria-label", title)), f"region {title.strip()!r}")
        w.named("h2", title, (), f"heading {title.strip()!r}")
    else:
        w.open("div", (("class", "group"),))
    describe_all(w, _turned(w, part))
    w.close()


def _turned(w: Writer, part: Group) -> Sequence[Shown]:
    """Return what is inside a group in the order in which the variant has it; what follows a heading stays below it."""
    ordered: list[Shown] = []
    for heading, rest in _below_headings(part.children):
        ordered += [*heading, *parts_reordered(w, rest)]
    return ordered


def _below_headings(parts: Sequence[Shown]) -> list[tuple[list[Shown], list[Shown]]]:
    """Return parts as runs, each with the heading above it, if there is one."""
    runs: list[tuple[list[Shown], list[Shown]]] = [([], [])]
    for part in parts:
        if isinstance(part, Heading):
            runs.append(([part], []))
        else:
            runs[-1][1].append(part)
    return runs


def _fold_out(w: Writer, part: FoldOut) -> None:
    write_fold_out(w, part, describe_all)


def _tabs(w: Writer, part: Tabs) -> None:
    write_tabs(w, part, describe_all)


def _columns(w: Writer, part: Columns) -> None:
    w.open("div", (("class", "columns"),))
    for column in part.columns:
        w.open("div")
        describe_all(w, column)
        w.close()
    w.close()


_DESCRIPTIONS: Final[dict[type[Shown], Callable[[Writer, Any], None]]] = {
    Frame: _frame,
    Heading: _heading,
    Text: _text,
    NoticeBox: _notice,
    Divider: _divider,
    Field: write_field,
    Button: write_button,
    Link: write_link,
    ListView: write_list,
    Details: _details,
    Navigation: _navigation,
    Form: _form,
    Group: _group,
    Columns: _columns,
    Image: _image,
    FoldOut: _fold_out,
    Tabs: _tabs,
    Menu: write_menu,
    Pagination: write_pagination,
    Steps: write_steps,
    Interruption: _interruption,
}
"""What describes each kind of part; keyed by exact type, which costs a third of a dispatch by subclass."""
