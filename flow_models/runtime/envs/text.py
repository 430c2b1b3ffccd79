"""The text interface: the agent reads the text that Chromium would give and acts with BrowserGym's actions."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import gymnasium as gym
import numpy as np

from ..machine.episode import Episode
from ..machine.events import Event
from ..machine.results import END_REASONS, REWARD_PARTS
from ..machine.view import View
from ..site import Element, Rendered, Site
from ..site.resolve import resolve, to_action
from .bundle import Bundle, Instance
from .instances import InstanceChooser, as_bundle, seeded
from .spaces import ActionText, UnicodeText

Observation = dict[str, str]
Info = dict[str, Any]

ECHOED: Final = 10_000
"""Characters of an action that the next observation repeats."""


class TextEnv(gym.Env[Observation, str]):
    """One task of a simulated website, read and acted on as text.

    Task:
        The goal is in the observation, in words. Episodes of one environment differ in their instance: who is to be
        paid, how much, which rows the site has.

    Actions:
        One call as a string, of BrowserGym's set: `click('14')`, `fill('17', '25.00')`,
        `select_option('21', 'Ana Silva')`, `check`, `uncheck`, `clear`, `press`, `focus`, `hover`, `scroll`,
        `go_back()`, `go_forward()`, `goto('https://...')`, `noop()`, `send_msg_to_user('...')`,
        `report_infeasible('...')`. Numbers are those in `axtree_txt`. An action that cannot be done changes nothing,
        counts as a step, and says why in `last_action_error`.

    Observations:
        A dict of texts: `goal`, `axtree_txt`, `url`, `last_action`, `last_action_error`, `focused_element_bid`.

    Start:
        `reset(seed=s)` chooses an instance of the split by the seed; further resets go on in the same sequence.
        `reset(options={"instance": n})` names one (with `"task"` where several are mixed).

    Rewards:
        Success makes the total 1, less `step_cost` a step; milestones pay a part of it early.

    End of episode:
        `terminated` on success, failure, a wrong answer or a report of infeasibility; `truncated` at the task's step
        limit and when the site itself breaks. `info["end_reason"]` is the position in `END_REASONS`, 0 while running.

    Info:
        `end_reason` (int), `reward_parts` (float64 array in the order of `REWARD_PARTS`), `task` (int, position in the
        bundle's tasks), `instance` (int), `steps` (int).

    Version history:
        The `-vN` of an id rises whenever the site, the task, rewards or spaces change.

    Args:
        bundle: The exported package, or its folder.
        tasks: The tasks to play; several are mixed by weight.
        split: `train`, `validation` or `test:instances`.
        render_mode: None, or `ansi` for the page as text.

    Raises:
        BundleError: A task or split does not exist.
    """

    metadata = {"render_modes": ["ansi"]}

    def __init__(
        self, bundle: Bundle | Path, tasks: Sequence[str], split: str = "train", render_mode: str | None = None
    ) -> None:
        self.bundle = as_bundle(bundle)
        self.render_mode = render_mode
        self.observation_space = gym.spaces.Dict(  # type: ignore[assignment]  # a Dict of texts gives dicts of texts
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
        self._chooser = InstanceChooser(self.bundle, tasks, split)
        self._task_numbers = {name: number for number, name in enumerate(self.bundle.task_names)}
        self._site = Site.of(self.bundle.program)
        self._episode: Episode | None = None
        self._instance: Instance | None = None
        self._last = ("", "")

    @property
    def episode(self) -> Episode:
        """The running episode.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet.
        """
        if self._episode is None:
            raise gym.error.ResetNeeded("Call reset() before using the environment")
        return self._episode

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Observation, Info]:
        """Begin an episode."""
        super().reset(seed=seed)
        seeded(self._chooser, self, seed)
        self._instance = self._chooser.next(options or {})
        self._episode = self.bundle.episode(self._instance)
        self._last = ("", "")
        return self._observation(), self._info("", (0.0,) * len(REWARD_PARTS))

    def step(self, action: str) -> tuple[Observation, float, bool, bool, Info]:
        """Do one action."""
        episode = self.episode
        view = episode.view
        event = resolve(action, Rendered.of(view, self._site), view, self._site)
        result = episode.step(event)
        self._last = (_echo(action), _echo(result.error))
        info = self._info(result.end_reason, result.reward_parts)
        return self._observation(), result.reward, result.terminated, result.truncated, info

    def action_for(self, event: Event) -> str:
        """Return the action string that performs an event on the page as it is now."""
        view = self.episode.view
        return to_action(event, Rendered.of(view, self._site), self._site)

    def render(self) -> str | None:
        """Return the page as text, if the render mode is `ansi`."""
        return Rendered.of(self.episode.view, self._site).axtree if self.render_mode == "ansi" else None

    def get_state(self) -> dict[str, Any]:
        """Return the running episode as plain JSON, to go back to it or to branch from it."""
        return {"instance": list(self._playing()), "episode": self.episode.get_state(), "last": list(self._last)}

    def set_state(self, state: dict[str, Any]) -> Observation:
        """Go back to a state and return what the agent sees there."""
        self._instance = Instance(*state["instance"])
        self._episode = self.bundle.episode(self._instance)
        self._episode.set_state(state["episode"])
        action, error = state["last"]
        self._last = (action, error)
        return self._observation()

    def _playing(self) -> Instance:
        """Return the running instance.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet.
        """
        if self._instance is None:
            raise gym.error.ResetNeeded("Call reset() before using the environment")
        return self._instance

    def _observation(self) -> Observation:
        """Return what the agent sees now."""
        view = self.episode.view
        rendered = Rendered.of(view, self._site)
        return {
            "goal": self.episode.goal,
            "axtree_txt": rendered.axtree,
            "url": self._site.url(view.path),
            "last_action": self._last[0],
            "last_action_error": self._last[1],
            "focused_element_bid": _focused(rendered, view),
        }

    def _info(self, end_reason: str, parts: Sequence[float]) -> Info:
        """Return the numbers that go with an observation."""
        instance = self._playing()
        return {
            "end_reason": END_REASONS.index(end_reason),
            "reward_parts": np.array(parts, dtype=np.float64),
            "task": self._task_numbers[instance.task],
            "instance": instance.n,
            "steps": self.episode.steps,
        }


def _echo(text: str) -> str:
    """Return an action, or an error that quotes it, within the observations' space and without halves of characters."""
    return text if len(text) <= ECHOED and text.isascii() else text[:ECHOED].encode(errors="replace").decode()


def _focused(rendered: Rendered, view: View) -> str:
    """Return the number of the element that has the focus: a control, else the body."""
    shown = view if view.dialog is None else view.dialog
    if shown.focus is not None:
        block, row, option = shown.focus
        place = (block, row, "" if option == "open" else option)  # a list that is open leaves the focus on its field
        for number, target in rendered.targets.items():
            if target[:3] == place and target.kind != "label":
                return str(number)
    head = rendered.tree.children[0]
    return str(1 + head.count) if isinstance(head, Element) else ""
