"""The browser interface: the same tasks, actions, texts and rewards as `text`, in a real Chromium.

All that concerns the browser is done in a thread of its own (`own_thread`), on a `stage`; here is only what an
environment says to Gymnasium.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, SupportsIndex, TypeVar

import gymnasium as gym
import numpy as np

from ...machine.base.results import Result
from ...machine.episodes.episode import Episode
from ...machine.episodes.variation import Variation
from ...site.actions import SETS, ActionError, Call
from ..bundle import Bundle
from ..chromium.errors import BrowserError, BrowserGoneError
from ..chromium.launch import Chromium
from ..chromium.own_thread import OwnThread
from ..chromium.picture import Pixels
from ..chromium.stage import Stage
from ..chromium.window import DESKTOP, PHONE_SIZE, Screen, Window
from ..given import as_flag, as_names, as_seconds, as_whole
from ..spaces import UnicodeText
from .text import LENGTHS, Observation, TextEnv

T = TypeVar("T")

HTML_LENGTH: Final = 4_000_000
"""Characters of `pruned_html`, as `LENGTHS` of the other texts."""

_LEAST, _MOST = 200, 4000
"""Sides of a page in CSS pixels."""

OBSERVED: Final = ("axtree_txt", "screenshot", "screenshot_som", "pruned_html")
"""What an observation may show of the page."""


class BrowserEnv(TextEnv):
    """One task of a simulated website, in Chromium; see `TextEnv` for tasks, actions, rewards and ends.

    The site answers under its own `https://` address without a socket, and the browser can reach nothing else.
    One browser serves all episodes of an environment, and nothing of one is left in the next. It lives in a thread of
    its own, so an environment can be used from any thread, within a running event loop too; one at a time.

    Actions:
        As `TextEnv`; they are done with mouse and keyboard. With `actions="coord"` they name places in CSS pixels, as
        BrowserGym's set of that name: `mouse_click(640, 200)`, `mouse_dblclick`, `mouse_move`, `mouse_down`,
        `mouse_up`, `mouse_drag_and_drop`, `scroll_at`, `keyboard_type('25.00')`, `keyboard_insert_text`,
        `keyboard_press('Control+a')`, `keyboard_down('Shift')`, `keyboard_up('Shift')`, besides those that name no
        element (`scroll`, `goto`, `send_msg_to_user` and so on); `"both"` takes all. What is held down stays so until
        it is released, a reset or a state that is put back; with Shift, Control, Alt or Meta held a click is refused,
        as with `modifiers`, and so is `mouse_upload_file`. The list of a drop-down is the browser's own and on no
        picture: arrow keys choose in it.

    Observations:
        As `TextEnv`, with what `observe` names: `axtree_txt` (text), `screenshot` (uint8, height, width, 3, in pixels
        of the device), `screenshot_som` (the same with a numbered box around all that can be used), `pruned_html`
        (text).

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
        actions: `bid` for actions that name elements, `coord` for those that name places, `both`.
        viewport: Width and height of the page in CSS pixels; None for 1280 and 720, on a phone for 390 and 844.
        device_scale: How many pixels of a screenshot a CSS pixel is wide.
        phone: Whether the page is on a phone, where clicks are touches.
        timeout_s: How long one call to the browser may take.
        multi_action: As of `TextEnv`.

    Raises:
        BundleError: A task, split or variation does not exist.
        ValueError: `observe` or `actions` names something else, or there is no such screen.
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
        actions: str = "bid",
        viewport: Sequence[int] | None = None,
        device_scale: float = 1.0,
        phone: bool = False,
        timeout_s: float = 30.0,
        multi_action: bool = False,
    ) -> None:
        super().__init__(bundle, tasks, split, variation, render_mode, multi_action=multi_action)
        self.observe = as_names(observe, "What observations show")
        unknown = set(self.observe) - set(OBSERVED)
        if unknown:
            raise ValueError(f"there is no observation {sorted(unknown)[0]!r}; there are {', '.join(OBSERVED)}")
        if actions not in SETS:
            raise ValueError(f"there are no actions {actions!r}; there are {', '.join(SETS)}")
        self._actions = actions
        self.screen = _screen(viewport, device_scale, is_phone=as_flag(phone, "phone"))
        self.timeout_s = as_seconds(timeout_s, "timeout_s")
        spaces: dict[str, gym.Space[Any]] = dict(self.observation_space.items())  # type: ignore[attr-defined]
        del spaces["axtree_txt"]
        shown: dict[str, gym.Space[Any]] = {
            "axtree_txt": UnicodeText(LENGTHS["axtree_txt"]),
            "screenshot": gym.spaces.Box(0, 255, self.screen.shape, np.uint8),
            "screenshot_som": gym.spaces.Box(0, 255, self.screen.shape, np.uint8),
            "pruned_html": UnicodeText(HTML_LENGTH),
        }
        spaces |= {name: shown[name] for name in self.observe}
        self.observation_space = gym.spaces.Dict(spaces)
        self._thread: OwnThread | None = None
        self._stage: Stage | None = None

    @property
    def window(self) -> Window:
        """The page on which the episode is shown; what Playwright has of it may be used `inside` only.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet, or the browser was closed.
        """
        if self._stage is None:
            raise gym.error.ResetNeeded("Call reset() before using the environment")
        return self._stage.window

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        raise TypeError(
            "An environment with a browser cannot be copied or pickled: the browser is a process of its own. Make "
            "another one, and bring it to where this one stands with get_state() and set_state()."
        )

    def render(self) -> Any:
        """Return the page as text or as a picture, as the render mode says; None for a window."""
        if self.render_mode == "rgb_array":
            return self._screenshot()
        return self._stage.text if self.render_mode == "ansi" and self._stage is not None else None

    def close(self) -> None:
        """End the browser; again is no error."""
        thread, self._thread, self._stage = self._thread, None, None
        if thread is not None:
            thread.end()

    def inside(self, work: Callable[[Window], T]) -> T:
        """Do something with the page in the browser's own thread, where alone Playwright can be used.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet, or the browser was closed.
            BrowserGoneError: The browser has crashed or does not answer, or is that of another process.
        """
        return self._on_stage(lambda stage: work(stage.window))

    def _on_stage(self, work: Callable[[Stage], T]) -> T:
        """Do something in the browser's own thread; it is ended if that takes too long."""
        stage, thread = self._stage, self._thread
        if stage is None or thread is None:
            raise gym.error.ResetNeeded("Call reset() before using the environment")
        return thread.run(partial(_watched, stage, work))

    def _begun(self) -> None:
        """Show the episode that has been put in place; a browser that has gone since is replaced.

        Raises:
            BrowserMissingError: There is no Chromium, Playwright or display.
            BrowserGoneError: The browser does not start.
        """
        episode, site = self.episode, self.attempt.site

        def opened(stage: Stage) -> None:
            stage.open(episode, site)

        if self._stage is not None and self._stage.window.chromium.is_running:
            with suppress(BrowserGoneError):
                self._on_stage(opened)
                return
        self.close()
        self._thread = OwnThread(self)
        try:
            self._stage = self._thread.run(
                partial(
                    _started,
                    self._thread,
                    self.observe,
                    self.screen,
                    self.timeout_s,
                    with_window=self.render_mode == "human",
                )
            )
            self._on_stage(opened)
        except BaseException:
            self.close()
            raise

    def _did(self, call: Call | ActionError, episode: Episode) -> Result:
        """Do one action in the browser, or refuse it, and return what it brought."""
        try:
            return self._on_stage(lambda stage: stage.act(call))
        except BrowserError as error:
            return episode.break_off(str(error))

    def _screenshot(self) -> Pixels:
        """Return what the page looks like."""
        return self.inside(Window.screenshot)

    def _observation(self) -> Observation:
        """Return what the agent sees now."""
        shown = {} if self._stage is None else self._stage.seen
        seen = {name: _handed(name, value) for name, value in shown.items()}
        goal = self.episode.goal[: LENGTHS["goal"]]
        return {"goal": goal, "last_action": self._last[0], "last_action_error": self._last[1], **seen}


def _handed(name: str, value: Any) -> Any:
    """Return a part of an observation for the caller to have: a picture of its own, a text within its space."""
    return value.copy() if isinstance(value, np.ndarray) else value[: LENGTHS.get(name, HTML_LENGTH)]


def _screen(viewport: Sequence[int] | None, scale: float, *, is_phone: bool) -> Screen:
    """Return what a page is shown on.

    Raises:
        ValueError: There is no such screen.
    """
    usual = PHONE_SIZE if is_phone else DESKTOP[:2]
    sides = [as_whole(side) for side in (usual if viewport is None else viewport)]
    width, height = sides if len(sides) == 2 else (None, None)
    if not (width and height and min(width, height) >= _LEAST and max(width, height) <= _MOST):
        raise ValueError(f"viewport is a width and a height from {_LEAST} to {_MOST}, not {viewport!r}")
    if isinstance(scale, bool) or not isinstance(scale, int | float) or not 0.25 <= scale <= 4:
        raise ValueError(f"device_scale is a number from 0.25 to 4, not {scale!r}")
    return Screen(width, height, float(scale), is_phone)


def _started(
    thread: OwnThread, observe: Sequence[str], screen: Screen, timeout_s: float, *, with_window: bool
) -> Stage:
    """Return a page in a new browser; in its thread."""
    thread.chromium = Chromium(with_window=with_window, timeout_s=timeout_s)
    with thread.chromium.watched():
        return Stage(Window(thread.chromium, screen), observe)


def _watched(stage: Stage, work: Callable[[Stage], T]) -> T:
    """Do something on a stage whose browser is ended if that takes too long; in its thread."""
    with stage.window.chromium.watched():
        return work(stage)
