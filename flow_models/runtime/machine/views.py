"""From a state to what it shows.

Equal parts are the same objects from view to view, and equal views the same object, so that whoever renders them can
keep what it made.
"""

from typing import TYPE_CHECKING

from .pages import PageParts, Plan
from .state import Start, State, Surface
from .view import Heading, Link, Shown, Text, View

if TYPE_CHECKING:
    from collections.abc import Hashable

HOME_LINK = "home"
"""The block of the link on the built-in page "not found" that leads to the start page."""

_KEPT = 256


class Views:
    """Makes the views of one machine."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._kept: dict[Hashable, tuple[View, PageParts]] = {}

    def view(self, start: Start, state: State) -> View:
        """Return what a state shows; computed once for each state.

        Raises:
            FormulaFaultError: A formula of the page failed.
        """
        if state.known_view is None:
            state.known_view = self._made(start, state)
        return state.known_view

    def _made(self, start: Start, state: State) -> View:
        """Return the view of a state, the same object as for an equal state before."""
        if state.broken:
            return broken_view(state.base.path)
        dialog = None if state.dialog is None else self._surface(start, state, state.dialog, None)
        return self._surface(start, state, state.base, dialog)

    def _surface(self, start: Start, state: State, surface: Surface, over: View | None) -> View:
        """Return the view of a page or of a dialog."""
        plan = self._plan
        page = plan.page(surface.page)
        notices = state.notices if over is None else ()
        focus = state.focus
        if page is None:
            return self._not_found(surface, notices, focus)
        scene = plan.scene(start, state, surface)
        parts = page.parts(scene, surface.errors)
        key = (id(parts), surface.path, notices, focus, id(over), surface.errors)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            title, header, main, footer = parts
            errors = dict(surface.errors)
            view = View(
                surface.page, title, surface.path, page.kind, notices, header, main, footer, over, errors, focus
            )
            found = self._kept[key] = (view, parts)
        return found[0]

    def _not_found(
        self, surface: Surface, notices: tuple[tuple[str, str], ...], focus: tuple[str, str, str] | None
    ) -> View:
        """Return the built-in page for unknown addresses."""
        plan = self._plan
        key = ("not found", surface.path, notices, focus)
        found = self._kept.get(key)
        if found is not None:
            return found[0]
        path = plan.addresses.path(plan.start_page)
        href = path.fixed if path is not None and path.is_fixed else "/"
        main: tuple[Shown, ...] = (
            Heading("title", "Page not found", 1),
            Text("text", "There is nothing at this address.", "plain"),
            Link(HOME_LINK, "", "Go to the start page", href),
        )
        view = View("", "Page not found", surface.path, "page", notices, (), main, (), focus=focus)
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[key] = (view, PageParts(view.title, (), main, ()))
        return view


def broken_view(path: str) -> View:
    """Return the page that a site shows when something in it failed."""
    main: tuple[Shown, ...] = (
        Heading("title", "Something went wrong", 1),
        Text("text", "The site could not do this. Please try again later.", "plain"),
    )
    return View("", "Something went wrong", path, "page", (), (), main, ())
