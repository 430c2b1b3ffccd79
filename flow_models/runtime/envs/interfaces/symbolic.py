"""The symbolic interface: pages as fixed-size integers and numbered actions, for agents without a language model.

What happens is what the machine does; nothing is approximated. Many episodes pass through the same states, so what
follows from a state and an action is computed once and then looked up (`board`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import gymnasium as gym
import numpy as np

from ...machine.base.events import Event
from ...machine.episodes.variation import Variation
from ...site import Rendered
from ...site.resolve import resolve
from ..attempt import Attempt, Info
from ..bundle import Bundle, as_bundle
from ..given import as_action, as_mode, as_seed, as_text
from ..listing import BundleError
from ..symbols.board import Node
from ..symbols.boards import Boards
from ..symbols.encoding import Encoding
from ..symbols.layout import HIGH, Layout

Observation = dict[str, Any]


class SymbolicEnv(gym.Env[Observation, np.int64]):
    """One task of a simulated website as integers.

    Task:
        As in the text interface; the goal is given as numbers of values that it names.

    Actions:
        `Discrete(n)`: nothing, report as infeasible, an answer, or (control, value); `layout` says which number means
        what. Values are those that the goal names among distractors from the site's data, in an order that differs by
        instance. Actions that name nothing present and enabled are masked, and so is the report in tasks that are never
        impossible; whether a guard holds, or whether this instance is impossible, never shows in the mask. A masked
        action counts as a step and changes nothing. Of a variant only what comes between reaches this interface:
        interruptions and conduct, whose buttons are controls like any other.

    Answers:
        They are chosen, and judged as in the text interface, by `ANSWER_RULES` of the package `machine`.

    Observations:
        A dict of `observations`, of shape (length,), what the page shows, and `action_mask`, int8 of shape (n,). The
        numbers are whole, as int32, or with `dtype="float32"` as floats, for networks that make none of them.
        The mask is also in `info["action_mask"]` and from `action_masks()` (bool).

    Start:
        `reset(seed=s)` chooses an instance of the split and a variant by the seed;
        `reset(options={"instance": n, "variant": v})` names them.

    Rewards:
        Success makes the total 1, less `step_cost` a step; milestones pay a part of it early.

    End of episode:
        As in the text interface; `info["end_reason"]` is the position in `END_REASONS`.

    Info:
        `end_reason`, `task`, `instance`, `variant`, `steps` (int64), `reward_parts` (float64 array), `action_mask`
        (int8): all of NumPy, which torchrl reads.

    Version history:
        The `-vN` of an id rises whenever the site, the task, rewards or spaces change.

    Args:
        bundle: The exported package, or its folder.
        tasks: The tasks to play; several are mixed by weight.
        split: `train`, `validation`, `test`, `test:instances` or `test:AXIS`, see `InstanceChooser`.
        variation: `none`, `light`, `full`, or a mapping of axes and aspects, see `InstanceChooser`.
        render_mode: Only None; pages are rendered by the other interfaces.
        dtype: Of the observations' numbers: `int32` or `float32`.

    Raises:
        BundleError: A task, split, variation or dtype does not exist.
    """

    metadata: dict[str, Any] = {"render_modes": []}

    def __init__(
        self,
        bundle: Bundle | Path,
        tasks: Sequence[str],
        split: str = "train",
        variation: Variation = "none",
        render_mode: str | None = None,
        *,
        dtype: Literal["int32", "float32"] = "int32",
    ) -> None:
        bundle = as_bundle(bundle)
        if as_text(dtype) not in ("int32", "float32"):
            raise BundleError(f"Observations are of dtype 'int32' or 'float32', not {dtype!r}")
        self.render_mode = as_mode(render_mode, ())
        self._boards = Boards.of(bundle)
        self.attempt = Attempt(bundle, self._boards.episode, tasks, split, variation, _in_numpy)
        self._dtype = np.dtype(dtype)
        self._actions = self.encoding.actions
        self.action_space = gym.spaces.Discrete(self._actions)
        self.observation_space = gym.spaces.Dict(
            {
                "observations": gym.spaces.Box(0, HIGH, (self.encoding.length,), self._dtype.type),
                "action_mask": gym.spaces.Box(0, 1, (self.encoding.actions,), np.int8),
            }
        )

    @property
    def bundle(self) -> Bundle:
        """The exported package."""
        return self.attempt.bundle

    @property
    def layout(self) -> Layout:
        """Where each number of observations and actions stands, of which kind it is, and how many values it has."""
        return self.encoding.layout

    @property
    def encoding(self) -> Encoding:
        """Which number of an observation or action means what."""
        return self._boards.encoding

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Observation, Info]:
        """Begin an episode."""
        seed = as_seed(seed)
        super().reset(seed=seed)
        info = self.attempt.reset(seed, options, self.np_random)
        return self._seen(self.attempt.played.node, info)

    def step(self, action: np.int64) -> tuple[Observation, float, bool, bool, Info]:
        """Do one action.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet, or the episode has ended.
            gymnasium.error.InvalidAction: It is no number of an action; nothing has changed.
        """
        node, result, _ = self.attempt.running.step(as_action(action, self._actions))
        observation, info = self._seen(node, self.attempt.info(np.array(result.reward_parts)))
        return observation, result.reward, result.terminated, result.truncated, info

    def action_masks(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Return which actions name something present and enabled, shape (n,), dtype bool; also after the end.

        Before the first reset, when some trainers ask already, there is nothing to do but nothing.
        """
        if self.attempt.has_begun:
            return self.attempt.played.node.mask.astype(np.bool_)
        mask = np.zeros(self.encoding.actions, np.bool_)
        mask[0] = True
        return mask

    def action_for(self, wanted: Event | str) -> int | None:
        """Return the action that stands for an event, or for an action as text, on the page as it is now.

        None if there is none, as for opening the menu behind which a variant puts the navigation: here its links
        stand open. Demonstrations are told as texts; each is played here step by step.
        """
        episode = self.attempt.played
        if isinstance(wanted, str):
            page = episode.page
            rendered = Rendered(page, self.attempt.site)
            wanted = resolve(wanted, rendered, page, rendered.site)
        return self.encoding.action(wanted, episode.view, episode.board.vocabulary)

    def get_state(self) -> dict[str, Any]:
        """Return the running episode as plain JSON, to go back to it or to branch from it."""
        return self.attempt.get_state()

    def set_state(self, state: dict[str, Any]) -> Observation:
        """Go back to a state and return what the agent sees there.

        Raises:
            SavedStateError: It belongs to another program or is damaged.
        """
        self.attempt.set_state(state)
        return self._seen(self.attempt.played.node, {})[0]

    def _seen(self, node: Node, info: Info) -> tuple[Observation, Info]:
        """Return what the agent sees at a node, and the info with the mask; all arrays are the caller's."""
        mask = node.mask
        info["action_mask"] = mask.copy()
        return {"observations": node.observation.astype(self._dtype), "action_mask": mask.copy()}, info


def _in_numpy(number: int) -> Any:
    """Return a whole number as NumPy's, unless it is too large, as a variant's seed may be."""
    return np.int64(number) if -(2**63) < number < 2**63 else number
