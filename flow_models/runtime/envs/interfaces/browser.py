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
from ...site.actions import UNCHANGED, ActionError, Call, parse_action
from ...site.document import OUTSIDE
from ...site.elements import EXPANDED
from ...site.web import Session
from ..bundle import Bundle
from ..chromium.errors import BrowserError, BrowserGoneError
from ..chromium.launch import Chromium
from ..chromium.performing import perform
from ..chromium.picture import Pixels
from ..chromium.reading import Reading
from ..chromium.window import SIZE, Window
from ..spaces import UnicodeText
from .text import Observation, TextEnv

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
    ) -> None:
        super().__init__(bundle, tasks, split, variation, render_mode)
        unknown = set(observe) - set(OBSERVED)
        if unknown:
            raise ValueError(f"there is no observation {sorted(unknown)[0]!r}; there are {', '.join(OBSERVED)}")
        self.observe = tuple(observe)
        self.timeout_s = timeout_s
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
            self._reading = window.reading()
            self._notice(window)

    def _done(self, action: str, episode: Episode) -> Result:
        """Do an action in the browser and return what it brought."""
        window = self.window
        self._results.clear()
        try:
            with window.chromium.watched():
                self._act(action, window)
        except BrowserError as error:
            return episode.break_off(str(error))
        return _together(self._results)

    def _act(self, action: str, window: Window) -> None:
        """Do an action, let the episode take the step that it was, and read the page if it can have changed."""
        from playwright.sync_api import Error

        before, refusal = window.look.focus, ""
        event: Event | None = None
        call = Call("noop", {})
        try:
            call = parse_action(action)
            event = perform(call, window)
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
        if is_idle or (focus is None and call.name != "click"):
            return Event("noop")
        if focus is None:
            return Event("blur")
        return Event("focus", *focus) if focus[0] else Event("blur", value=OUTSIDE)

    def _focus(self, window: Window) -> tuple[str, str, str] | None:
        """Return the block, row and option that have the focus, or None for the document."""
        if not self._reading.is_focused:
            return ("", "", OUTSIDE)
        number = window.look.focus
        target = self._rendered(self.episode).targets.get(int(number)) if number else None
        if target is None:
            return None
        is_open = target.kind == "select" and number in self._reading.expanded
        return (target.block, target.row, EXPANDED if is_open else target.option)

    def _notice(self, window: Window) -> None:
        """Note what observations show of the page as it is now."""
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


def _together(results: Sequence[Result]) -> Result:
    """Return what several steps brought as one: what a page sends can hold a change and a use."""
    if len(results) == 1:
        return results[0]
    parts = tuple(sum(part) for part in zip(*(result.reward_parts for result in results), strict=True))
    return results[-1]._replace(reward=sum(result.reward for result in results), reward_parts=parts)
