"""The whole document of a view: head, site header, page, dialog, footer.

The document is a pure function of the view and the site; the names of fields and buttons are one of the view, the site
and a seed for tokens. Its head always holds the same elements, so numbers in the body do not depend on how the page was
reached. While a dialog is open, everything else is inert, which takes it out of reach and out of the accessibility
text; an open `<dialog>` element alone would not.
"""

import hashlib
from typing import Final

from ..machine.view import Field, Shown, View
from .blocks import elements_of
from .elements import HIDDEN, Attributes, Element, Reading, Target, Tokens, flat, to_axtree, to_html
from .pieces import ACTION_PATH, LOOSE_FORM, Focus, paragraph
from .site import Site, quoted

STYLE_PATH: Final = "/_/site.css"
SCRIPT_PATH: Final = "/_/site.js"
HEAD_COUNT: Final = 7
"""Elements of every head, itself included."""

OUTSIDE: Final = "outside"
"""The option in a view's focus, without a block, that says that Tab has left the page for the browser's controls."""

FRAMES_KEPT: Final = 512
"""Headers and footers that a site remembers."""

ERRORS_TITLE: Final = "There is a problem"

_NOTICE_LINES: Final = {
    "status": "status '', live='polite', atomic, relevant='additions text'",
    "alert": "alert '', live='assertive', atomic, relevant='additions text'",
}


def document(view: View, site: Site) -> Element:
    """Return the element tree of a view."""
    dialog = view.dialog
    focus = view.focus if dialog is None else None
    title = flat(" · ".join(dict.fromkeys(part for part in (view.title, site.name) if part)))
    head = Element("head", reading=Reading(is_hidden=True, later=lambda: _head(title))).defer(HEAD_COUNT)
    top = _framed("header", view.header, site, focus)
    remarks = () if dialog is not None else _remarks(view)
    main = Element("main", (*remarks, *elements_of(view.main, site, focus)), (), "main ''")
    parts = [top, main]
    if view.footer:
        parts.append(_framed("footer", view.footer, site, focus))
    if dialog is not None:
        parts = [_inert(part) for part in parts]
        parts.append(_dialog(view, dialog, site))
    loose: Attributes = (("id", LOOSE_FORM), ("method", "post"), ("action", ACTION_PATH), ("hidden", None))
    parts.append(Element("form", (), loose, reading=HIDDEN))
    body = Element("body", tuple(parts))
    attributes: Attributes = (("lang", site.locale), ("data-address", quoted(view.path)))
    is_outside = (view.focus or (dialog.focus if dialog else None)) == ("", "", OUTSIDE)
    focused = "" if is_outside else ", focused"
    line = f"RootWebArea {title.strip()!r}{focused}, url={site.url(view.path)!r}"
    return Element("html", (head, body), attributes, line)


def _framed(tag: str, parts: tuple[Shown, ...], site: Site, focus: Focus) -> Element:
    """Return the header or footer, which are mostly the same parts from page to page."""
    key = (tag, *map(id, parts))
    found = site.frames.get(key) if focus is None else None
    if found is not None:
        return found[1]
    inner = elements_of(parts, site, focus)
    if tag == "header":
        made = Element("header", (_brand(site), *inner), (("class", "top"),), "banner ''")
    else:
        made = Element("footer", inner, (("class", "end"),), "contentinfo ''")
    if focus is None:
        if len(site.frames) >= FRAMES_KEPT:
            site.frames.clear()
        site.frames[key] = (parts, made.keep())
    return made


def _inert(part: Element) -> Element:
    """Return a part of the page as it is behind a dialog."""
    attributes: Attributes = (*part.attributes, ("inert", None))
    return Element(part.tag, part.children, attributes, reading=HIDDEN)


def _head(title: str) -> tuple[Element, ...]:
    """Return what is inside the head: always the same elements."""
    return (
        Element("meta", attributes=(("charset", "utf-8"),)),
        Element("meta", attributes=(("name", "viewport"), ("content", "width=device-width, initial-scale=1"))),
        Element("title", (title,) if title else ()),
        Element("link", attributes=(("rel", "icon"), ("href", "data:,"))),
        Element("link", attributes=(("rel", "stylesheet"), ("href", STYLE_PATH))),
        Element("script", attributes=(("src", SCRIPT_PATH),)),
    )


def _brand(site: Site) -> Element:
    """Return the site's mark and name."""
    name = flat(site.name)
    parts: list[Element] = []
    if site.logo:
        mark: Attributes = (("class", "mark"), ("aria-hidden", "true"))
        parts.append(Element("span", (flat(site.logo),), mark, reading=HIDDEN))
    if name:
        parts.append(Element("span", (name,)))
    return Element("div", tuple(parts), (("class", "brand"),))


def _dialog(view: View, dialog: View, site: Site) -> Element:
    """Return the open dialog."""
    title = flat(dialog.title)
    attributes: Attributes = (("role", "dialog"), ("aria-modal", "true"), ("aria-label", title))
    children = (*_remarks(view, dialog), *elements_of(dialog.main, site, dialog.focus or view.focus))
    section = Element("section", children, attributes, f"dialog {title.strip()!r}, modal=True")
    return Element("div", (section,), (("class", "veil"),))


def _remarks(view: View, dialog: View | None = None) -> tuple[Element, ...]:
    """Return the passing notices and the summary of validation messages that stand above a page or dialog."""
    remarks: list[Element] = []
    for tone, text in dict.fromkeys((*view.notices, *(dialog.notices if dialog else ()))):
        role = "alert" if tone == "error" else "status"
        attributes: Attributes = (("class", f"notice {tone}"), ("role", role))
        remarks.append(Element("div", (paragraph(text),), attributes, _NOTICE_LINES[role]))
    shown = view if dialog is None else dialog
    if shown.errors:
        wrong = [field for field in shown.controls() if isinstance(field, Field) and field.error]
        lines = [paragraph(f"{flat(field.title)}: {flat(field.error)}".removeprefix(": ")) for field in wrong]
        summary = (paragraph(ERRORS_TITLE, "summary"), *lines)
        remarks.append(Element("div", summary, (("class", "notice error"), ("role", "alert")), _NOTICE_LINES["alert"]))
    return tuple(remarks)


class Rendered:
    """One rendering of a view; each text is written when it is first asked for.

    Attributes:
        tree: The element tree.
    """

    __slots__ = ("_axtree", "_numbers", "_targets", "tree")

    def __init__(self, tree: Element) -> None:
        self.tree = tree
        self._axtree: str | None = None
        self._targets: dict[int, Target] | None = None
        self._numbers: dict[Target, int] | None = None

    @classmethod
    def of(cls, view: View, site: Site) -> "Rendered":
        """Return the rendering of a view, the one made earlier where there is one."""
        kept = view.cache
        if isinstance(kept, Rendered):
            return kept
        made = cls(document(view, site))
        view.cache = made
        return made

    @property
    def axtree(self) -> str:
        """The accessibility text."""
        if self._axtree is None:
            self._axtree = to_axtree(self.tree)
        return self._axtree

    @property
    def targets(self) -> dict[int, Target]:
        """What can be used, by element number, in document order; nothing that is inert."""
        if self._targets is None:
            self._targets = dict(_targets(self.tree, 0))
        return self._targets

    def number_of(self, target: Target) -> int | None:
        """Return the number of the first element with a target, or None if the page does not have it."""
        if self._numbers is None:
            numbers: dict[Target, int] = {}
            for number, found in self.targets.items():
                numbers.setdefault(found, number)
            self._numbers = numbers
        return self._numbers.get(target)

    def html(self, seed: bytes, *, reports_drafts: bool = False) -> str:
        """Write the HTML with names for fields and buttons that follow from a secret seed."""
        tree = self.tree
        if reports_drafts:
            tree = Element(tree.tag, tree.children, (*tree.attributes, ("data-drafts", None)))
        return to_html(tree, token_maker(seed))


def _targets(element: Element, number: int) -> "list[tuple[int, Target]]":
    """Return the targets of a subtree with their numbers."""
    if element.is_hidden:
        return []
    found = [] if element.target is None else [(number, element.target)]
    number += 1
    for child in element.parts():
        if isinstance(child, Element):
            found += _targets(child, number)
            number += child.count
    return found


def token_maker(seed: bytes) -> Tokens:
    """Return the function from element numbers to the names that only holders of the seed can know."""

    def token(number: int) -> str:
        return "t" + hashlib.blake2s(str(number).encode(), key=seed[:32], digest_size=9).hexdigest()

    return token
