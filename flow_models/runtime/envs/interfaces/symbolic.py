"""The symbolic interface: pages as fixed-size integers and numbered actions, for agents without a language model.

What happens is what the machine does; nothing is approximated. Many episodes pass through the same states, so what
follows from a state and an action is computed once and then looked up (`board`).
"""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import gymnasium as gym
import numpy as np

from ...machine.base.events import Event
from ...machine.base.results import REWARD_PARTS
from ...machine.base.variant import PLAIN, Variant
from ...machine.episodes.saved import state_from_json, state_to_json
from ...machine.episodes.variation import Variation
from ...machine.pages.interruptions import first_side
from ..bundle import Bundle, BundleError, Instance
from ..instances import InstanceChooser, as_bundle, seeded
from ..symbols.board import STEP_LIMIT, Board, Node
from ..symbols.encoding import HIGH, Encoding, Mask
from ..symbols.vocabulary import Vocabulary, plausible_answers

Observation = dict[str, Any]
Info = dict[str, Any]

BOARDS: Final = 1024
"""Instances whose visited states are kept."""

NODES: Final = 100_000
"""Visited states that are kept over all instances; beyond them the instances used longest ago are forgotten."""

POOL: Final = 40
"""Instances from which plausible answers to a question are gathered."""


class SymbolicEnv(gym.Env[Observation, np.int64]):
    """One task of a simulated website as integers.

    Task:
        As in the text interface; the goal is given as numbers of values that it names.

    Actions:
        `Discrete(n)`: nothing, report as infeasible, an answer, or (control, value); `encoding` says which number
        means what. Values are those that the goal names among distractors from the site's data, in an order that
        differs by instance. Actions that name nothing present and enabled are masked; whether a guard holds never
        shows in the mask. A masked action counts as a step and changes nothing. Of a variant only what comes between
        reaches this interface: interruptions and conduct, whose buttons are controls like any other.

    Observations:
        A dict of `observations`, int32 of shape (length,), what the page shows, and `action_mask`, int8 of shape (n,).
        The mask is also in `info["action_mask"]` and from `action_masks()` (bool).

    Start:
        `reset(seed=s)` chooses an instance of the split and a variant by the seed;
        `reset(options={"instance": n, "variant": v})` names them.

    Rewards:
        Success makes the total 1, less `step_cost` a step; milestones pay a part of it early.

    End of episode:
        As in the text interface; `info["end_reason"]` is the position in `END_REASONS`.

    Info:
        `end_reason` (int), `reward_parts` (float64 array), `task`, `instance`, `variant`, `steps` (int),
        `action_mask` (int8).

    Version history:
        The `-vN` of an id rises whenever the site, the task, rewards or spaces change.

    Args:
        bundle: The exported package, or its folder.
        tasks: The tasks to play; several are mixed by weight.
        split: `train`, `validation`, `test`, `test:instances` or `test:AXIS`, see `InstanceChooser`.
        variation: `none`, `light`, `full`, or a mapping of axes and aspects, see `InstanceChooser`.
        render_mode: Only None; pages are rendered by the other interfaces.

    Raises:
        BundleError: A task, split or variation does not exist.
    """

    metadata: dict[str, Any] = {"render_modes": []}

    def __init__(
        self,
        bundle: Bundle | Path,
        tasks: Sequence[str],
        split: str = "train",
        variation: Variation = "none",
        render_mode: str | None = None,
    ) -> None:
        self.bundle = as_bundle(bundle)
        self.render_mode = render_mode
        self.encoding = Encoding(self.bundle.program)
        self.action_space = gym.spaces.Discrete(self.encoding.actions)
        self.observation_space = gym.spaces.Dict(
            {
                "observations": gym.spaces.Box(0, HIGH, (self.encoding.length,), np.int32),
                "action_mask": gym.spaces.Box(0, 1, (self.encoding.actions,), np.int8),
            }
        )
        self._chooser = InstanceChooser(self.bundle, tasks, split, variation)
        self._task_numbers = {name: number for number, name in enumerate(self.bundle.task_names)}
        self._boards: OrderedDict[tuple[str, int], Board] = OrderedDict()
        self._answers: dict[str, tuple[str, ...]] = {}
        self._board: Board | None = None
        self._node: Node | None = None
        self._instance: Instance | None = None
        self._variant = PLAIN
        self._steps = 0

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Observation, Info]:
        """Begin an episode."""
        super().reset(seed=seed)
        seeded(self._chooser, self, seed)
        instance, variant = self._chooser.next(options or {})
        board = self._board_of(instance)
        node = board.first(first_side(variant))
        self._board = board
        self._node = node
        self._instance = instance
        self._variant = variant
        self._steps = 0
        return self._seen(node, 0, np.zeros(len(REWARD_PARTS)))

    def step(self, action: np.int64) -> tuple[Observation, float, bool, bool, Info]:
        """Do one action."""
        board, node, _ = self._playing()
        edge = board.edge(node, int(action))
        self._steps += 1
        self._node = edge.node
        reason = edge.end_reason
        truncated = edge.truncated
        if not reason and self._steps >= board.max_steps:
            reason, truncated = STEP_LIMIT, True
        observation, info = self._seen(edge.node, reason, edge.reward_parts.copy())
        return observation, edge.reward, edge.terminated, truncated, info

    def action_masks(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Return which actions name something present and enabled, shape (n,), dtype bool."""
        return self._playing()[1].mask.astype(np.bool_)

    def action_for(self, event: Event) -> int | None:
        """Return the action that stands for an event on the page as it is now, or None if there is none."""
        board, node, _ = self._playing()
        view = self.bundle.machine.view(board.start, node.state)
        return self.encoding.action(event, view, board.vocabulary)

    def get_state(self) -> dict[str, Any]:
        """Return the running episode as plain JSON, to go back to it or to branch from it."""
        _, node, instance = self._playing()
        return {
            "program": self.bundle.machine.program_hash,
            "instance": list(instance),
            "variant": list(self._variant),
            "steps": self._steps,
            "reached": list(node.reached),
            "state": state_to_json(node.state),
        }

    def set_state(self, state: dict[str, Any]) -> Observation:
        """Go back to a state and return what the agent sees there.

        Raises:
            BundleError: It belongs to another program.
        """
        if state["program"] != self.bundle.machine.program_hash:
            raise BundleError("This state was saved by another program")
        instance = Instance(*state["instance"])
        board = self._board_of(instance)
        visited = state_from_json(state["state"], board.start.state, self.bundle.machine.schema)
        node = board.node(visited, tuple(map(bool, state["reached"])))
        self._board, self._node, self._instance, self._steps = board, node, instance, int(state["steps"])
        self._variant = Variant(*state["variant"])
        return {"observations": node.observation.copy(), "action_mask": node.mask.copy()}

    def _playing(self) -> tuple[Board, Node, Instance]:
        """Return where the episode stands.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet.
        """
        if self._board is None or self._node is None or self._instance is None:
            raise gym.error.ResetNeeded("Call reset() before using the environment")
        return self._board, self._node, self._instance

    def _seen(self, node: Node, reason: int, parts: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[Observation, Info]:
        """Return the observation and info at a node; fresh arrays, which the caller may keep or change."""
        mask: Mask = node.mask.copy()
        instance = self._playing()[2]
        info = {
            "end_reason": reason,
            "reward_parts": parts,
            "task": self._task_numbers[instance.task],
            "instance": instance.n,
            "variant": self._variant.seed,
            "steps": self._steps,
            "action_mask": mask,
        }
        return {"observations": node.observation.copy(), "action_mask": mask.copy()}, info

    def _board_of(self, instance: Instance) -> Board:
        """Return the board of an instance; boards used longest ago make room."""
        key = (instance.task, instance.n)
        board = self._boards.get(key)
        if board is not None:
            self._boards.move_to_end(key)
            return board
        while len(self._boards) >= BOARDS or sum(map(len, self._boards.values())) > NODES:
            self._boards.popitem(last=False)
        machine = self.bundle.machine
        start = self.bundle.start(instance)
        vocabulary = Vocabulary(machine, start, self._plausible(instance.task))
        board = self._boards[key] = Board(machine, start, instance.infeasible, self.encoding, vocabulary)
        return board

    def _plausible(self, task: str) -> tuple[str, ...]:
        """Return plausible answers to a task's question."""
        found = self._answers.get(task)
        if found is None:
            if not self.bundle.machine.rules(task).is_question:
                return ()
            instances = self.bundle.instances[task][:POOL]
            starts = tuple(self.bundle.start(instance) for instance in instances)
            found = self._answers[task] = plausible_answers(self.bundle.machine, starts)
        return found
