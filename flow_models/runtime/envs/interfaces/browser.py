"""The browser interface: the same tasks, actions, texts and rewards as `text`, in a real Chromium.

What an action does is Chromium's business. What became of the page tells which event that was: the page has sent
something, a field has another text, the focus is elsewhere, or nothing happened. So the simulation's own reading of
actions has no part in it, and the two can be compared.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, SupportsIndex

import gymnasium as gym
import numpy as np

from ...machine.base.events import Event
from ...machine.base.results import Result
from ...machine.episodes.episode import Episode
from ...machine.episodes.variation import Variation
from ...machine.pages.state import caret_in
from ...machine.pages.view import Field
from ...site.actions import UNCHANGED, ActionError, Call
from ...site.document import OUTSIDE
from ...site.elements import BOX, EXPANDED, Target
from ...site.keyboard import line_of, selected
from ...site.web import Session
from ..bundle import Bundle
from ..chromium.errors import BrowserError, BrowserGoneError
from ..chromium.launch import Chromium
from ..chromium.performing import performed
from ..chromium.picture import Pixels
from ..chromium.reading import Reading
from ..chromium.window import SIZE, Window
from ..given import as_names, as_seconds
from ..spaces import UnicodeText
from .text import Observation, TextEnv, together

OBSERVED: Final = ("axtree_txt", "screenshot", "pruned_html")
"""What an observation may show of the page."""


class BrowserEnv(TextEnv):
    """One task of a simulated website, in Chromium; see `TextEnv` for tasks, actions, rewards and ends.

    The site answers under its own `https://` address without a socket, and the browser can reach nothing else.
    One browser serves all episodes of an environment, and nothing of one is left in the next.

    Actions:
        As `TextEnv`; they are done with mouse and keyboard.

    Observations:
        As `TextEnv`, with what `observe` names: `axtree_txt` (text), `screenshot` (uint8, height 720, width 1280, 3),
        `pruned_html` (text).

    End of episode:
        Besides those of `TextEnv`: if the browser crashes or does not answer, the episode is truncated with
        `environment_error`; the next reset starts a new browser.

    Args:
        bundle: The exported package, or its folder.
        tasks: The tasks to play; several are mixed by weight.
        split: As of `TextEnv`.
        variation: As of `TextEnv`.
        render_mode: None, `ansi` for the page as text, `rgb_array` for a picture, `human` for a window.
        observe: What observations show of the page.
        timeout_s: How long one call to the browser may take.
        multi_action: As of `TextEnv`.

    Raises:
        BundleError: A task, split or variation does not exist.
        ValueError: `observe` names something else.
    """

    metadata = {"render_modes": ["ansi", "rgb_array", "human"], "render_fps": 15}

    def __init__(
        self,
        bundle: Bundle | Path,
        tasks: Sequence[str],
        split: str = "train",
        variation: Variation = "none",
        render_mode: str | None = None,
        *,
        observe: Sequence[str] = ("axtree_txt",),
        timeout_s: float = 30.0,
        multi_action: bool = False,
    ) -> None:
        super().__init__(bundle, tasks, split, variation, render_mode, multi_action=multi_action)
        self.observe = as_names(observe, "What observations show")
        unknown = set(self.observe) - set(OBSERVED)
        if unknown:
            raise ValueError(f"there is no observation {sorted(unknown)[0]!r}; there are {', '.join(OBSERVED)}")
        self.timeout_s = as_seconds(timeout_s, "timeout_s")
        spaces: dict[str, gym.Space[Any]] = dict(self.observation_space.items())  # type: ignore[attr-defined]
        del spaces["axtree_txt"]
        shown: dict[str, gym.Space[Any]] = {
            "axtree_txt": UnicodeText(1_000_000),
            "screenshot": gym.spaces.Box(0, 255, (SIZE[1], SIZE[0], 3), np.uint8),
            "pruned_html": UnicodeText(4_000_000),
        }
        spaces |= {name: shown[name] for name in self.observe}
        self.observation_space = gym.spaces.Dict(spaces)
        self._window: Window | None = None
        self._reading = Reading("", True, frozenset())
        self._seen: dict[str, Any] = {}
        self._results: list[Result] = []

    @property
    def window(self) -> Window:
        """The page on which the episode is shown.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet, or the browser was closed.
        """
        if self._window is None:
            raise gym.error.ResetNeeded("Call reset() before using the environment")
        return self._window

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        raise TypeError(
            "An environment with a browser cannot be copied or pickled: the browser is a process of its own. Make "
            "another one, and bring it to where this one stands with get_state() and set_state()."
        )

    def render(self) -> Any:
        """Return the page as text or as a picture, as the render mode says; None for a window."""
        if self.render_mode == "rgb_array":
            return self._screenshot()
        return self._reading.text if self.render_mode == "ansi" else None

    def close(self) -> None:
        """End the browser; again is no error."""
        window, self._window = self._window, None
        if window is not None:
            window.chromium.close()

    def _begun(self) -> None:
        """Show the episode that has been put in place; a browser that has gone since is replaced.

        Raises:
            BrowserMissingError: There is no Chromium, Playwright or display.
            BrowserGoneError: The browser does not start.
        """
        session = Session(self.episode, self.attempt.site, listener=lambda _, result: self._results.append(result))
        self._seen = {}
        if self._window is not None and self._window.chromium.is_running:
            with suppress(BrowserGoneError):
                self._open(self._window, session)
                return
        self.close()
        chromium = Chromium(with_window=self.render_mode == "human", timeout_s=self.timeout_s)
        try:
            with chromium.watched():
                self._window = Window(chromium)
            self._open(self._window, session)
        except BaseException:
            chromium.close()
            self._window = None
            raise

    def _open(self, window: Window, session: Session) -> None:
        """Show a session and read it."""
        with window.chromium.watched():
            window.open(session)
            focused = str(self._rendered(self.episode).focused_number)
            if self.episode.state.focus is not None and focused != window.look.focus:
                window.focus(focused)
            self._reading = window.reading()
            self._notice(window)

    def _did(self, call: Call | ActionError, episode: Episode) -> Result:
        """Do one action in the browser, or refuse it, and return what it brought."""
        window = self.window
        self._results.clear()
        try:
            with window.chromium.watched():
                self._act(call, window)
        except BrowserError as error:
            return episode.break_off(str(error))
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
        is_idle = call.name in ("hover", "check", "uncheck") or (
            call.name == "focus" and window.look.focus == before != call.arguments["bid"]
        )
        if is_idle or (focus is None and call.name not in ("click", "dblclick")):
            return Event("noop")
        if focus is None:
            return Event("blur")
        return Event("focus", *focus) if focus[0] else Event("blur", value=OUTSIDE)

    def _line(self, window: Window, call: Call) -> Event | None:
        """Return the event by which the box that has the focus got another text or selection; None if it did not.

        Where a click puts the caret depends on pixels; the environment puts it where the simulation does.
        """
        line, target = window.look.lines.get(window.look.focus), self._target(window.look.focus)
        field = None if target is None else self.episode.view.control(target.block)
        if line is None or not isinstance(field, Field) or (call.name in ("fill", "clear") and line.text != field.text):
            return None
        if call.arguments.get("bid") == window.look.focus and call.name in ("click", "dblclick"):
            is_word = call.name == "dblclick" and call.button() == "left"
            line = line_of(field, self.episode.state.carets)
            line = line.last_word() if is_word else line.ended()
        event = selected(field, line, self.episode.state.carets)
        return event if event.kind == "fill" else None

    def _target(self, number: str) -> Target | None:
        """Return what the element with a number stands for."""
        return self._rendered(self.episode).targets.get(int(number)) if number else None

    def _select(self, window: Window) -> None:
        """Select in the boxes of the page what is selected in the simulation, where a click or a reset differs."""
        targets, carets = self._rendered(self.episode).targets, self.episode.state.carets
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
        target = self._target(number)
        if target is None:
            return None
        is_open = target.kind == "select" and number in self._reading.expanded
        return (target.block, target.row, EXPANDED if is_open else target.option)

    def _notice(self, window: Window) -> None:
        """Note what observations show of the page as it is now."""
        self._select(window)
        self._seen = {"url": window.look.address, "focused_element_bid": window.look.focus}
        if "axtree_txt" in self.observe:
            self._seen["axtree_txt"] = self._reading.text
        if "pruned_html" in self.observe:
            self._seen["pruned_html"] = window.pruned_html()
        if "screenshot" in self.observe:
            self._seen["screenshot"] = window.screenshot()

    def _screenshot(self) -> Pixels:
        """Return what the page looks like."""
        with self.window.chromium.watched():
            return self.window.screenshot()

    def _observation(self) -> Observation:
        """Return what the agent sees now."""
        seen = {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in self._seen.items()}
        return {"goal": self.episode.goal, "last_action": self._last[0], "last_action_error": self._last[1], **seen}
