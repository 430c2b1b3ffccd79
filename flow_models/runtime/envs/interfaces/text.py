"""The text interface: the agent reads the text that Chromium would give and acts with BrowserGym's actions."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import gymnasium as gym
import numpy as np

from ...machine.base.events import Event
from ...machine.base.results import Result
from ...machine.episodes.episode import Episode
from ...machine.episodes.variation import Variation
from ...site import Rendered
from ...site.phrasing import to_action
from ...site.resolve import resolve
from ..attempt import Attempt, Info
from ..bundle import Bundle, as_bundle
from ..spaces import ActionText, UnicodeText

Observation = dict[str, Any]

ECHOED: Final = 10_000
"""Characters of an action that the next observation repeats."""


class TextEnv(gym.Env[Observation, str]):
    """One task of a simulated website, read and acted on as text.

    Task:
        The goal is in the observation, in words. Episodes of one environment differ in their instance (who is to be
        paid, how much, which rows the site has) and in their variant: how the site looks, what it says, and what
        comes between.

    Actions:
        One call as a string, of BrowserGym's set: `click('14')`, `fill('17', '25.00')`,
        `select_option('21', 'Ana Silva')`, `check`, `uncheck`, `clear`, `press`, `focus`, `hover`, `scroll`,
        `go_back()`, `go_forward()`, `goto('https://...')`, `noop()`, `send_msg_to_user('...')`,
        `report_infeasible('...')`. Numbers are those in `axtree_txt`. An action that cannot be done changes nothing,
        counts as a step, and says why in `last_action_error`.
        A site takes what is typed as its pages show it: without spaces at the ends and what nobody sees, in Unicode's
        form NFC; all characters of a password count.

    Answers:
        In a question `send_msg_to_user` ends the episode. A message is understood wholly, or it is wrong: it gives the
        one expected value, once, and what else it says are words without value, without negation, doubt, question or
        alternative. `ANSWER_RULES` of the package `machine` says it for each type of answer.

    Observations:
        A dict of texts: `goal`, `axtree_txt`, `url`, `last_action`, `last_action_error`, `focused_element_bid`.

    Start:
        `reset(seed=s)` chooses an instance of the split and a variant by the seed; further resets go on in the same
        sequence. `reset(options={"instance": n, "variant": v})` names them (with `"task"` where several are mixed);
        a variant is named by its seed or by a mapping of its fields.

    Rewards:
        Success makes the total 1, less `step_cost` a step; milestones pay a part of it early.

    End of episode:
        `terminated` on success, failure, a wrong answer or a report of infeasibility; `truncated` at the task's step
        limit and when the site itself breaks. `info["end_reason"]` is the position in `END_REASONS`, 0 while running.
        After the end, `step` raises `gymnasium.error.ResetNeeded`.

    Info:
        `end_reason` (int), `reward_parts` (float64 array in the order of `REWARD_PARTS`), `task` (int, position in the
        bundle's tasks), `instance` (int), `variant` (int, its seed), `steps` (int).

    Version history:
        The `-vN` of an id rises whenever the site, the task, rewards or spaces change.

    Args:
        bundle: The exported package, or its folder.
        tasks: The tasks to play; several are mixed by weight.
        split: `train`, `validation`, `test`, `test:instances` or `test:AXIS`, see `InstanceChooser`.
        variation: `none`, `light`, `full`, or a mapping of axes and aspects, see `InstanceChooser`.
        render_mode: None, or `ansi` for the page as text.

    Raises:
        BundleError: A task, split or variation does not exist.
    """

    metadata = {"render_modes": ["ansi"], "render_fps": 15}

    def __init__(
        self,
        bundle: Bundle | Path,
        tasks: Sequence[str],
        split: str = "train",
        variation: Variation = "none",
        render_mode: str | None = None,
    ) -> None:
        bundle = as_bundle(bundle)
        self.attempt = Attempt(bundle, bundle.episode, tasks, split, variation)
        self.render_mode = render_mode
        self.observation_space = gym.spaces.Dict(
            {
                "goal": UnicodeText(10_000),
                "axtree_txt": UnicodeText(1_000_000),
                "url": UnicodeText(20_000),
                "last_action": UnicodeText(ECHOED),
                "last_action_error": UnicodeText(10_000),
                "focused_element_bid": UnicodeText(20),
            }
        )
        self.action_space = ActionText()
        self._last = ("", "")

    @property
    def bundle(self) -> Bundle:
        """The exported package."""
        return self.attempt.bundle

    @property
    def episode(self) -> Episode:
        """The running episode.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet.
        """
        return self.attempt.played

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Observation, Info]:
        """Begin an episode."""
        super().reset(seed=seed)
        info = self.attempt.reset(seed, options, self.np_random)
        self._last = ("", "")
        self._begun()
        return self._observation(), info

    def step(self, action: str) -> tuple[Observation, float, bool, bool, Info]:
        """Do one action.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet, or the episode has ended.
        """
        result = self._done(action, self.attempt.running)
        self._last = (_echo(action), _echo(result.error))
        info = self.attempt.info(np.array(result.reward_parts, dtype=np.float64))
        return self._observation(), result.reward, result.terminated, result.truncated, info

    def action_for(self, event: Event) -> str:
        """Return the action string that performs an event on the page as it is now."""
        rendered = self._rendered(self.episode)
        return to_action(event, rendered, rendered.site)

    def render(self) -> str | None:
        """Return the page as text, if the render mode is `ansi`."""
        return self._rendered(self.episode).axtree if self.render_mode == "ansi" else None

    def get_state(self) -> dict[str, Any]:
        """Return the running episode as plain JSON, to go back to it or to branch from it."""
        return {**self.attempt.get_state(), "last": list(self._last)}

    def set_state(self, state: dict[str, Any]) -> Observation:
        """Go back to a state and return what the agent sees there.

        Raises:
            SavedStateError: It belongs to another program or is damaged.
        """
        self.attempt.set_state(state)
        action, error = state["last"]
        self._last = (action, error)
        self._begun()
        return self._observation()

    def _begun(self) -> None:
        """Take note that another episode, or another state, has been put in place; here nothing depends on it."""

    def _done(self, action: str, episode: Episode) -> Result:
        """Do an action and return what it brought."""
        rendered = self._rendered(episode)
        return episode.step(resolve(action, rendered, rendered.view, rendered.site))

    def _rendered(self, episode: Episode) -> Rendered:
        """Return the page as it is now."""
        return Rendered.of(episode.view, self.attempt.site)

    def _observation(self) -> Observation:
        """Return what the agent sees now."""
        episode = self.episode
        action, error = self._last
        rendered = self._rendered(episode)
        return {
            "goal": episode.goal,
            "axtree_txt": rendered.axtree,
            "url": rendered.site.url(rendered.view.path),
            "last_action": action,
            "last_action_error": error,
            "focused_element_bid": str(rendered.focused_number),
        }


def _echo(text: str) -> str:
    """Return an action, or an error that quotes it, within the observations' space and without halves of characters."""
    return text if len(text) <= ECHOED and text.isascii() else text[:ECHOED].encode(errors="replace").decode()
