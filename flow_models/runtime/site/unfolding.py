"""What blocks look like of which a visitor sees a part at a time: fold-outs, tabs, menus, pages of a list, steps."""

from collections.abc import Callable, Sequence
from typing import Final

from ..machine.pages.view import FoldOut, Menu, Pagination, Shown, Steps, Tabs
from .elements import Attributes
from .order import parts_reordered
from .pieces import write_button, write_items
from .writer import Writer

PAGES_TITLE: Final = "Pages"

DescribeAll = Callable[[Writer, Sequence[Shown]], None]

_LIST: Final[Attributes] = (("role", "list"),)


def write_fold_out(w: Writer, part: FoldOut, describe_all: DescribeAll) -> None:
    """Write a fold-out: its button and, while it is open, a region with what it has unfolded."""
    title = w.said(part.button.text)
    w.open("div", (("class", "fold"),))
    write_button(w, part.button, "fold-button")
    if part.is_open:
        w.open("section", (("class", "fold-body"), ("aria-label", title)), f"region {title.strip()!r}")
        describe_all(w, part.children)
        w.close()
    w.close()


def write_tabs(w: Writer, part: Tabs, describe_all: DescribeAll) -> None:
    """Write tabs: their buttons and the panel of the chosen one."""
    w.open("div", (("class", "tabs"),))
    w.open(
        "div",
        (("class", "tab-row"), ("role", "tablist")),
        "tablist '', multiselectable=False, orientation='horizontal'",
    )
    for button in part.buttons:
        write_button(w, button, "tab", role="tab")
    w.close()
    title = w.said(part.buttons[part.chosen - 1].text) if part.buttons else ""
    attributes: Attributes = (("class", "tab-body"), ("role", "tabpanel"), ("aria-label", title))
    w.open("div", attributes, f"tabpanel {title.strip()!r}")
    describe_all(w, part.children)
    w.close()
    w.close()


def write_menu(w: Writer, part: Menu) -> None:
    """Write a menu: its button and, while it is open, a list of its items."""
    title = w.said(part.title)
    style = ("class", "menu open" if part.is_open and part.items else "menu")
    if title:
        w.open("nav", (style, ("aria-label", title)), f"navigation {title.strip()!r}")
    else:
        w.open("div", (style,))
    write_button(w, part.button, "menu-button")
    if part.is_open and part.items:
        w.open("ul", (("class", "menu-items"), *_LIST), "list ''")
        write_items(w, parts_reordered(w, part.items))
        w.close()
    w.close()


def write_pagination(w: Writer, part: Pagination) -> None:
    """Write the buttons that turn the pages of a list."""
    w.open("nav", (("class", "pages"), ("aria-label", PAGES_TITLE)), f"navigation {PAGES_TITLE!r}")
    w.leaf("p", f"Page {part.page} of {part.pages}", (("class", "small"),), "paragraph ''")
    w.open("ul", _LIST, "list ''")
    for button in part.buttons:
        w.open("li", (), "listitem ''")
        write_button(w, button, "page")
        w.close()
    w.close()
    w.close()


def write_steps(w: Writer, part: Steps) -> None:
    """Write where a visitor stands in a sequence."""
    w.open("ol", (("class", "steps"), *_LIST), "list ''")
    for number, title in enumerate(part.titles, 1):
        text = w.said(title)
        if number == part.current:
            w.open("li", (("aria-current", "step"),), "listitem ''")
            w.leaf("strong", text, (), "strong ''")
            w.close()
        else:
            w.leaf("li", text, (("class", "done"),) if number < part.current else (), "listitem ''")
    w.close()
