"""The whole document of a view: head, site header, page, dialog, footer.

The document is a pure function of the view and the site; the names of fields and buttons are one of the view, the site
and a seed for tokens. Its head always holds the same elements, so numbers in the body do not depend on how the page was
reached. While a dialog is open, everything else is inert, which takes it out of reach and out of the accessibility
text; an open `<dialog>` element alone would not.
"""

from functools import partial
from typing import Final

from ..machine.pages.view import Field, Navigation, Shown, View
from .blocks import Frame, describe_all
from .elements import Attributes, Focus, flat
from .pieces import ACTION_PATH, LOOSE_FORM, write_paragraph
from .site import Site, quoted
from .writer import DocumentWriter, Writer

SCRIPT_PATH: Final = "/_/site.js"
HEAD_COUNT: Final = 7
"""Elements of every head, itself included."""

BODY_NUMBER: Final = 1 + HEAD_COUNT

OUTSIDE: Final = "outside"
"""The option in a view's focus, without a block, that says that Tab has left the page for the browser's controls."""

FRAMES_KEPT: Final = 512
"""Headers and footers that a site keeps, by the identity of their parts; the oldest goes.

As one part, a header is looked up and put in its place as a whole: steps as text take half as long again without.
"""

ERRORS_TITLE: Final = "There is a problem"

_LOOSE_FORM: Final[Attributes] = (("id", LOOSE_FORM), ("method", "post"), ("action", ACTION_PATH), ("hidden", None))
_NOTICE_LINES: Final = {
    "status": "status '', live='polite', atomic, relevant='additions text'",
    "alert": "alert '', live='assertive', atomic, relevant='additions text'",
}


def write_document(w: DocumentWriter, view: View, *, reports_drafts: bool = False) -> None:
    """Write the document of a view; `reports_drafts` lets the page's script tell what is being typed."""
    site = w.site
    title, name = w.said(view.title), site.shown_name
    title = f"{title} · {name}" if title and name and title != name else title or name
    focused = "" if w.focus == ("", "", OUTSIDE) else ", focused"
    w.begin(
        f"RootWebArea {title.strip()!r}{focused}, url={site.url(view.path)!r}",
        HEAD_COUNT,
        partial(_attributes, site, view, reports_drafts=reports_drafts),
        partial(_head, title),
    )
    _page_and_what_is_over_it(w, view)
    w.unread(1, _loose_form)
    w.close()
    w.close()


def _attributes(site: Site, view: View, *, reports_drafts: bool) -> Attributes:
    """Return the attributes of the document."""
    attributes: Attributes = (("lang", site.locale), ("data-address", quoted(view.path)))
    section = site.start_of(view.page)
    if section:
        attributes += (("data-section", quoted(section)),)
    if site.classes:
        attributes += (("class", site.classes),)
    if reports_drafts:
        attributes += (("data-drafts", None),)
    return attributes


def focus_of(view: View) -> Focus:
    """Return the focus within what is in reach."""
    return view.focus if view.dialog is None else view.dialog.focus or view.focus


def _page_and_what_is_over_it(w: DocumentWriter, view: View) -> None:
    """Write a page, with the dialog and the interruption that stand over it; only the topmost is not inert."""
    interruption, dialog = view.interruption, view.dialog
    is_blocked = interruption is not None and interruption.is_modal
    if dialog is None and not is_blocked:
        _page(w, view)
    else:
        w.inert(lambda w: _page(w, view))
    if dialog is not None and is_blocked:
        w.inert(lambda w: _dialog(w, view, dialog))
    elif dialog is not None:
        _dialog(w, view, dialog)
    if interruption is not None and is_blocked:
        w.part(interruption)


def _head(title: str, w: Writer) -> None:
    """Write the head: always the same elements."""
    w.open("head")
    w.leaf("meta", "", (("charset", "utf-8"),))
    w.leaf("meta", "", (("name", "viewport"), ("content", "width=device-width, initial-scale=1")))
    w.leaf("title", title)
    w.leaf("link", "", (("rel", "icon"), ("href", "data:,")))
    w.leaf("link", "", (("rel", "stylesheet"), ("href", w.site.style_path)))
    w.leaf("script", "", (("src", SCRIPT_PATH),))
    w.close()


def _loose_form(w: Writer) -> None:
    w.leaf("form", "", _LOOSE_FORM)


def _page(w: Writer, view: View) -> None:
    """Write what a dialog may stand over: header, page and footer."""
    inert: Attributes = (("inert", None),) if w.is_inert else ()
    site = w.site
    is_behind = site.variant.navigation == "end"
    if view.interruption is not None and not view.interruption.is_modal:
        w.part(view.interruption)
    w.part(_frame(site, "header", view.header, navigation=False if is_behind else None))
    # What the site itself says between pages stands apart.
    apart: Attributes = () if view.page else (("class", "apart"),)
    w.open("main", (*apart, *inert), "main ''")
    if view.dialog is None:
        _remarks(w, view)
    describe_all(w, view.main)
    w.close()
    if is_behind:
        behind = _frame(site, "div", view.header, navigation=True)
        if behind.parts:
            w.part(behind)
    if view.footer:
        w.part(_frame(site, "footer", view.footer))


def _frame(site: Site, tag: str, parts: tuple[Shown, ...], *, navigation: bool | None = None) -> Frame:
    """Return what holds a header or footer, its navigations alone, or all but those; the same one from page to page."""
    key = (tag, id(parts), navigation)
    found = site.frames.get(key)
    if found is None:
        held = [part for part in parts if navigation is None or isinstance(part, Navigation) is navigation]
        if len(site.frames) >= FRAMES_KEPT:
            del site.frames[next(iter(site.frames))]
        # The whole header is kept too: while it is there, nothing else can have its id.
        found = site.frames[key] = (Frame(tag, tuple(held)), parts)
    frame: Frame = found[0]
    return frame


def _dialog(w: Writer, view: View, dialog: View) -> None:
    """Write the open dialog."""
    title = w.said(dialog.title)
    attributes: Attributes = (("role", "dialog"), ("aria-modal", "true"), ("aria-label", title))
    w.open("div", (("class", "veil"), *((("inert", None),) if w.is_inert else ())))
    w.open("section", attributes, f"dialog {title.strip()!r}, modal=True")
    _remarks(w, view, dialog)
    describe_all(w, dialog.main)
    w.close()
    w.close()


def _remarks(w: Writer, view: View, dialog: View | None = None) -> None:
    """Write the passing notices and the summary of validation messages that stand above a page or dialog."""
    for tone, text in dict.fromkeys((*view.notices, *(dialog.notices if dialog else ()))):
        role = "alert" if tone == "error" else "status"
        w.open("div", (("class", f"notice {tone}"), ("role", role)), _NOTICE_LINES[role])
        write_paragraph(w, text)
        w.close()
    shown = view if dialog is None else dialog
    if not shown.errors:
        return
    w.open("div", (("class", "notice error"), ("role", "alert")), _NOTICE_LINES["alert"])
    write_paragraph(w, ERRORS_TITLE, "summary")
    for field in shown.controls():
        if isinstance(field, Field) and field.error:
            write_paragraph(w, f"{w.said(field.title)}: {flat(field.error)}".removeprefix(": "))
    w.close()
