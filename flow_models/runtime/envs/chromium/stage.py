"""A page of a browser on which episodes are shown and played, all of it in the browser's own thread.

What an action does is Chromium's business. What became of the page tells which event that was: the page has sent
something, a field has another text, the focus is elsewhere, or nothing happened. So the simulation's own reading of
actions has no part in it, and the two can be compared.

Nothing here knows the environment: Playwright keeps the frames of its last call, and whoever stands in them is not
forgotten.
"""

from collections.abc import Sequence
from typing import Any

from ...machine.base.events import Event
from ...machine.base.results import Result, together
from ...machine.episodes.episode import Episode
from ...machine.pages.state import caret_in
from ...machine.pages.view import Field
from ...site import Rendered
from ...site.actions import UNCHANGED, ActionError, Call
from ...site.document import OUTSIDE
from ...site.elements import BOX, EXPANDED, Target
from ...site.keyboard import line_of, selected
from ...site.site import Site
from ...site.web import Session
from .performing import CLICKS, performed
from .reading import Reading
from .window import Window


class Stage:
    """A page on which one episode after the other is played.

    Attributes:
        window: The page.
        seen: What observations show of the page as it is now.
    """

    def __init__(self, window: Window, observe: Sequence[str]) -> None:
        """Make a stage of a page; `observe` names what observations show of it."""
        self.window = window
        self.seen: dict[str, Any] = {}
        self._observe = observe
        self._reading = Reading("", True, frozenset())
        self._results: list[Result] = []

    @property
    def text(self) -> str:
        """The accessibility text, as it was read last."""
        return self._reading.text

    def open(self, episode: Episode, site: Site) -> None:
        """Show an episode and read it."""
        window, self.seen = self.window, {}
        window.open(Session(episode, site, listener=lambda _, result: self._results.append(result)))
        focused = str(self._rendered(window).focused_number)
        if episode.state.focus is not None and focused != window.look.focus:
            window.focus(focused)
        self._reading = window.reading()
        self._notice(window)

    def act(self, call: Call | ActionError) -> Result:
        """Do one action in the browser, or refuse it, and return what it brought."""
        self._results.clear()
        self._act(call, self.window)
        return together(self._results)

    def _act(self, action: Call | ActionError, window: Window) -> None:
        """Do an action, let the episode take the step that it was, and read the page if it can have changed."""
        from playwright.sync_api import Error

        before, refusal = window.look.focus, ""
        event: Event | None = None
        call = Call("noop", {}) if isinstance(action, ActionError) else action
        try:
            event = performed(action, window)
        except ActionError as error:
            if str(error) == UNCHANGED:
                refusal = UNCHANGED
            else:
                event = Event("reject", value=str(error))
        except Error as error:
            if window.chromium.has_gone(error):
                raise
            refusal = str(error).partition("\nCall log")[0].strip()
        is_read = event is not None
        if event is not None:
            window.session.step(event)
        elif not self._results:
            is_read = self._follow(window, call, refusal, before)
        if window.session.is_stale:
            window.show_anew()
            is_read = False
        if not is_read:
            self._reading = window.reading()
        self._notice(window)

    def _follow(self, window: Window, call: Call, refusal: str, before: str) -> bool:
        """Let the episode take the step that the page shows an action to have been; say whether the page was read."""
        session = window.session
        window.refresh()
        if window.look.asked is not None:
            window.send(window.look.asked)
            if not self._results:
                session.step(Event("noop"))
            return False
        self._reading = window.reading()
        line = None if refusal else self._line(window, call)
        if line is not None:
            session.step(line)
            return True
        changed = list(window.look.changed[-1:])
        if not (changed and session.drafted(changed) and self._results):
            session.step(self._refused(window, refusal) if refusal else self._event_of(call, window, before))
        return True

    def _refused(self, window: Window, refusal: str) -> Event:
        """Return the event of an action that failed; a click that changed nothing has moved the focus."""
        focus = self._focus(window) if refusal == UNCHANGED else None
        return Event("reject", value=refusal) if focus is None else Event("reject", focus[0], focus[2], refusal)

    def _event_of(self, call: Call, window: Window, before: str) -> Event:
        """Return what an action was that has changed no text: it moved the focus, or did nothing."""
        focus = self._focus(window)
        is_idle = call.name in ("hover", "check", "uncheck", "mouse_move") or (
            call.name == "focus" and window.look.focus == before != call.arguments["bid"]
        )
        if is_idle or (focus is None and call.name not in CLICKS):
            return Event("noop")
        if focus is None:
            return Event("blur")
        return Event("focus", *focus) if focus[0] else Event("blur", value=OUTSIDE)

    def _line(self, window: Window, call: Call) -> Event | None:
        """Return the event by which the box that has the focus got another text or selection; None if it did not.

        Where a click puts the caret depends on pixels; the environment puts it where the simulation does.
        """
        visit, focus = window.session.visit, window.look.focus
        line, target = window.look.lines.get(focus), self._target(window, focus)
        field = None if target is None else visit.view.control(target.block)
        if line is None or not isinstance(field, Field) or (call.name in ("fill", "clear") and line.text != field.text):
            return None
        if call.arguments.get("bid") == focus and call.name in ("click", "dblclick"):
            is_word = call.name == "dblclick" and call.button() == "left"
            line = line_of(field, visit.state.carets)
            line = line.last_word() if is_word else line.ended()
        event = selected(field, line, visit.state.carets)
        return event if event.kind == "fill" else None

    def _rendered(self, window: Window) -> Rendered:
        """Return the page as the simulation has it now."""
        return Rendered(window.session.visit.view, window.session.site)

    def _target(self, window: Window, number: str) -> Target | None:
        """Return what the element with a number stands for."""
        return self._rendered(window).targets.get(int(number)) if number else None

    def _select(self, window: Window) -> None:
        """Select in the boxes of the page what is selected in the simulation, where a click or a reset differs."""
        targets, carets = self._rendered(window).targets, window.session.visit.state.carets
        boxes = {str(number): caret_in(carets, one.block) for number, one in targets.items() if one.kind == BOX}
        seen = {bid: (line.anchor, line.caret) for bid, line in window.look.lines.items()}
        others = {bid: ends for bid, ends in boxes.items() if seen.get(bid, ends) != ends}
        if others:
            window.select(others)

    def _focus(self, window: Window) -> tuple[str, str, str] | None:
        """Return the block, row and option that have the focus, or None for the document."""
        if not self._reading.is_focused:
            return ("", "", OUTSIDE)
        number = window.look.focus
        target = self._target(window, number)
        if target is None:
            return None
        is_open = target.kind == "select" and number in self._reading.expanded
        return (target.block, target.row, EXPANDED if is_open else target.option)

    def _notice(self, window: Window) -> None:
        """Note what observations show of the page as it is now."""
        self._select(window)
        self.seen = {"url": window.look.address, "focused_element_bid": window.look.focus}
        if "axtree_txt" in self._observe:
            self.seen["axtree_txt"] = self._reading.text
        if "pruned_html" in self._observe:
            self.seen["pruned_html"] = window.pruned_html()
        if "screenshot" in self._observe:
            self.seen["screenshot"] = window.screenshot()
        if "screenshot_som" in self._observe:
            self.seen["screenshot_som"] = window.marked_screenshot()
