"""BrowserGym's observations and actions without a browser, so that an agent that was written for them runs unchanged.

All keys of BrowserGym 0.14.3 are there. Real are the goal, the chat, the open page with its title and address, the
focus, the last action and its error, `axtree_object` (of which `flatten_axtree_to_str` makes the text that the browser
gives) and `dom_object` (the document with BrowserGym's numbers and marks). What only a browser knows is not:
`screenshot` is one black pixel, boxes are None, what is in reach counts as visible wherever it has been scrolled, and
`clickable` is what can be used. Chat and elapsed time tell the clock's time; all else follows from the seed.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

import gymnasium as gym
import numpy as np

from ...machine.base.results import Result
from ...machine.episodes.graph_episode import GraphEpisode
from ...machine.episodes.variation import Variation
from ...site import Rendered
from ...site.actions import ActionError, Call
from ..attempt import Info
from ..bundle import Bundle
from ..chromium.nodes import nodes_of
from ..chromium.snapshot import Marked, Snapshot, snapshot_of
from ..dialogue.episode import FaultError
from ..dialogue.told import in_task_info
from ..interfaces.text import LENGTHS, Observation, TextEnv
from ..spaces import OfKind, UnicodeText

GREETING: Final = "Hi! I am your UI assistant, I can perform web tasks for you. What can I help you with?"
"""What BrowserGym's chat begins with."""

_NAMES: Final = b"browsergym"
"""From which the names of fields follow that only browsers send back."""

_SAYING: Final = {"send_msg_to_user": "assistant", "report_infeasible": "infeasible"}

_OBSERVED: Final[Mapping[str, type[Any]]] = {
    "chat_messages": tuple,
    "goal_object": tuple,
    "open_pages_urls": tuple,
    "open_pages_titles": tuple,
    "dom_object": dict,
    "axtree_object": dict,
    "extra_element_properties": dict,
}
_TEXTS: Final = ("goal", "url", "focused_element_bid", "last_action", "last_action_error")


def register(bundle: Bundle, split: str = "train", variation: Variation = "none") -> tuple[str, ...]:
    """Register the tasks of a package as `browsergym/MODULE.text.TASK` and return these ids, in the order of its tasks.

    Args:
        bundle: The exported package.
        split: Which instances are played, unless `task_kwargs` name another split.
        variation: In which variants they appear, unless `task_kwargs` name another variation.

    Raises:
        BundleError: A split or variation does not exist.
    """
    ids = []
    for task in bundle.task_names:
        BrowserGymText(bundle, task, split, variation)
        usual = {"bundle": bundle, "task": task, "split": split, "variation": variation}
        ids.append(f"browsergym/{bundle.module}.text.{task}")
        gym.registry.pop(ids[-1], None)
        gym.register(ids[-1], entry_point=f"{__name__}:{BrowserGymText.__name__}", kwargs=usual)
    return tuple(ids)


class BrowserGymText(TextEnv):
    """One task as BrowserGym shows it, without a browser; see `TextEnv` for actions, rewards and ends.

    Observations:
        The keys of BrowserGym's `BrowserEnv`, see this module.

    Info:
        That of `TextEnv`, and as of BrowserGym `task_info`, the same in names, and when the action was done.

    Args:
        bundle: The exported package.
        task: The name of the task.
        split: Which instances are played.
        variation: In which variants they appear.
        task_kwargs: `split`, `variation`, `instance` and `variant`; others mean nothing here.
        use_raw_page_output: Not possible: there is no page of Playwright's.
        multi_action: Whether one text may hold several actions, as BrowserGym's usual action set lets it.
        _browser: What else BrowserGym's environment takes, which concerns its browser; it means nothing here.

    Raises:
        BundleError: A task, split or variation does not exist.
        ValueError: A page of Playwright's is asked for.
    """

    def __init__(
        self,
        bundle: Bundle,
        task: str,
        split: str = "train",
        variation: Variation = "none",
        *,
        task_kwargs: Mapping[str, Any] | None = None,
        use_raw_page_output: bool = False,
        multi_action: bool = True,
        **_browser: Any,
    ) -> None:
        if use_raw_page_output:
            raise ValueError("There is no browser here, so an agent gets no page of Playwright's")
        given = dict(task_kwargs or {})
        wanted = (given.get("split", split), given.get("variation", variation))
        super().__init__(bundle, (task,), *wanted, multi_action=multi_action)
        self._asked = {name: given[name] for name in ("instance", "variant") if given.get(name) is not None}
        self._chat: list[dict[str, Any]] = []
        self._started = time.time()
        self.observation_space = gym.spaces.Dict(
            {
                **{name: OfKind(kind) for name, kind in _OBSERVED.items()},
                **{name: UnicodeText(LENGTHS[name]) for name in _TEXTS},
                "screenshot": gym.spaces.Box(0, 255, (1, 1, 3), np.uint8),
                "active_page_index": gym.spaces.Box(0, 255, (1,), np.int64),
                "elapsed_time": gym.spaces.Box(0, np.inf, (1,), np.float64),
            }
        )

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Observation, Info]:
        """Begin an episode."""
        observation, info = super().reset(seed=seed, options={**self._asked, **(options or {})})
        return observation, {**info, "task_info": in_task_info(self.bundle, info)}

    def step(self, action: str) -> tuple[Observation, float, bool, bool, Info]:
        """Do one action, or several.

        Raises:
            FaultError: The site broke.
            gymnasium.error.ResetNeeded: There has been no reset yet, or the episode has ended.
        """
        began = time.time()
        observation, reward, terminated, truncated, info = super().step(action)
        times = {"action_exec_start": began, "action_exec_stop": time.time(), "action_exec_timeout": 0.0}
        return observation, reward, terminated, truncated, {**info, **times}

    def _brought(self, said: str, result: Result) -> tuple[Observation, float, bool, bool, Info]:
        """Return what a step brought.

        Raises:
            FaultError: The site broke.
        """
        observation, reward, terminated, truncated, info = super()._brought(said, result)
        told = in_task_info(self.bundle, info)
        if told["is_fault"]:
            raise FaultError.of(told, result.error)
        return observation, reward, terminated, truncated, {**info, "task_info": told}

    def _begun(self) -> None:
        """Begin the chat."""
        self._chat, self._started = [], time.time()
        self._say("assistant", GREETING)
        self._say("user", self.episode.goal)

    def _say(self, role: str, message: str) -> None:
        self._chat.append({"role": role, "timestamp": time.time(), "message": message})

    def _did(self, call: Call | ActionError, episode: GraphEpisode) -> Result:
        """Do one action; what it says stands in the chat."""
        result = super()._did(call, episode)
        if isinstance(call, Call) and call.name in _SAYING and not result.error:
            self._say(_SAYING[call.name], call.said().value)
        return result

    def _observation(self) -> Observation:
        """Return what the agent sees now."""
        seen = super()._observation()
        rendered = self._rendered(self.episode)
        nodes, snapshot = nodes_of(rendered.axtree), _snapshot(rendered, seen["url"])
        return {
            **{name: seen[name] for name in _TEXTS},
            "chat_messages": tuple(dict(message) for message in self._chat),
            "goal_object": ({"type": "text", "text": self.episode.goal},),
            "open_pages_urls": (seen["url"],),
            "open_pages_titles": (nodes[0]["name"]["value"],),
            "active_page_index": np.asarray([0]),
            "screenshot": np.zeros((1, 1, 3), np.uint8),
            "dom_object": snapshot.dom,
            "axtree_object": {"nodes": nodes},
            "extra_element_properties": snapshot.properties,
            "elapsed_time": np.asarray([time.time() - self._started]),
        }


def _snapshot(rendered: Rendered, url: str) -> Snapshot:
    """Return the document of a page as BrowserGym observes it."""

    def marked(number: int) -> Marked:
        spot = rendered.at(number)
        return Marked(is_shown=spot is not None and not spot.is_hidden, is_used=number in rendered.targets)

    return snapshot_of(rendered.html(_NAMES), url, marked)
