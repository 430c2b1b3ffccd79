"""From a state to what it shows.

Equal parts are the same objects from view to view, and equal views the same object, so that whoever renders them can
keep what it made.
"""

from collections.abc import Hashable, Sequence

from ..base.appearance import ObstacleButton
from .interruptions import INTERRUPTION, NO_INTERFERENCE, PAUSE, SURE, Interference
from .plan import PageParts, Plan
from .state import Start, State, Surface
from .view import Button, Heading, Interruption, Link, Shown, Text, View

HOME_LINK = "home"
"""The block of the link on the built-in page "not found" that leads to the start page."""

_KEPT = 256
"""Views kept by what they are made of (parts by identity), all forgotten when there are more.

An equal page is the same object: what is kept on it (its rendering, its controls) and by it (its integers on a board)
is found again.
"""


class Views:
    """Makes the views of one machine."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._kept: dict[Hashable, tuple[View, PageParts]] = {}
        # By name, as many as the program has.
        self._interruptions: dict[str, Interruption] = {}

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
        beside = held = None
        interference = state.interference
        if interference is not NO_INTERFERENCE:
            held = interference.held
            if held is not None and interference.conduct != SURE:
                return self._paused(state)
            beside = self._interruption(interference)
        dialog = None
        if held is not None:
            dialog = self._paused(state)
        elif state.dialog is not None:
            dialog = self._surface(start, state, state.dialog, None, None)
        return self._surface(start, state, state.base, dialog, beside)

    def _surface(
        self, start: Start, state: State, surface: Surface, over: View | None, beside: Interruption | None
    ) -> View:
        """Return the view of a page or of a dialog."""
        page = self._plan.page(surface.page)
        notices = state.notices if over is None else ()
        focus = state.focus
        if page is None:
            return self._not_found(surface, notices, focus, over, beside)
        parts = page.parts(start, state, surface)
        key = (id(parts), surface.path, notices, focus, id(over), surface.errors, id(beside))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            title, header, main, footer = parts
            errors = dict(surface.errors)
            view = View(
                surface.page, title, surface.path, page.kind, notices, header, main, footer, over, errors, focus, beside
            )
            found = self._kept[key] = (view, parts)
        return found[0]

    def _not_found(
        self,
        surface: Surface,
        notices: tuple[tuple[str, str], ...],
        focus: tuple[str, str, str] | None,
        over: View | None,
        beside: Interruption | None,
    ) -> View:
        """Return the built-in page for unknown addresses."""
        plan = self._plan
        key = ("not found", surface.path, notices, focus, id(over), id(beside))
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
        view = View("", "Page not found", surface.path, "page", notices, (), main, (), over, {}, focus, beside)
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[key] = (view, PageParts(view.title, (), main, ()))
        return view

    def _interruption(self, interference: Interference) -> Interruption | None:
        """Return the interruption that is shown, always the same object for one of them."""
        if not interference.is_shown:
            return None
        found = self._interruptions.get(interference.interruption)
        if found is None:
            texts = self._plan.program.variation.interruptions[interference.interruption]
            word = self._plan.program.word
            found = self._interruptions[interference.interruption] = Interruption(
                INTERRUPTION,
                interference.interruption,
                word(texts.title),
                word(texts.text),
                self._buttons(INTERRUPTION, texts.buttons),
                texts.is_modal,
            )
        return found

    def _paused(self, state: State) -> View:
        """Return the page, or the dialog of `sure`, by which conduct holds an event back."""
        name, path = state.interference.conduct, state.base.path
        key = (PAUSE, name, path, state.focus)
        found = self._kept.get(key)
        if found is not None:
            return found[0]
        program = self._plan.program
        texts, word = program.variation.conduct[name], program.word
        level = 2 if name == SURE else 1
        main: tuple[Shown, ...] = (
            Heading("title", word(texts.title), level),
            Text("text", word(texts.text), "plain"),
            *self._buttons(PAUSE, texts.buttons),
        )
        kind = "dialog" if name == SURE else "page"
        view = View("", word(texts.title), path, kind, (), (), main, (), focus=state.focus)
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[key] = (view, PageParts(view.title, (), main, ()))
        return view

    def _buttons(self, block: str, texts: Sequence[ObstacleButton]) -> tuple[Button, ...]:
        """Return the buttons of an interruption or a pause."""
        word = self._plan.program.word
        return tuple(Button(block, one.part, word(one.text), "secondary", True, False, "") for one in texts)


def broken_view(path: str) -> View:
    """Return the page that a site shows when something in it failed."""
    main: tuple[Shown, ...] = (
        Heading("title", "Something went wrong", 1),
        Text("text", "The site could not do this. Please try again later.", "plain"),
    )
    return View("", "Something went wrong", path, "page", (), (), main, ())
